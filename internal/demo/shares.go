package demo

import (
	"context"

	"commonweal/internal/own/member"
	"commonweal/law"
)

func (b *builder) issue(context.Context, []member.Entrant, law.Date) error { return nil }

func (b *builder) leave(context.Context, law.Date) error { return nil }

func (b *builder) published(context.Context) error { return nil }
