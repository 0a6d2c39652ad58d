package demo

import (
	"context"

	"commonweal/internal/own/register"
	"commonweal/law"
)

// ask lets somebody ask to see the register of the joint venture, which is a
// company's: anyone may, and says what for.
func (b *builder) ask(ctx context.Context, day law.Date, name, purpose string) (register.Request, error) {
	b.at(day, 10)
	return b.h.Register.Ask(ctx, Venture, register.Ask{
		Audience: law.Anyone, Name: name, Address: "9 Kiln Cottages, Severn Bridge", Email: "reader@example.net",
		Purpose: purpose, Shared: register.No, Wants: register.Copy,
	})
}

// answered is a request that got its copy in time.
func (b *builder) answered(ctx context.Context, day law.Date) error {
	r, err := b.ask(ctx, day, "Marrow Lane Tenants’ Group", "to write to members about parking at the clinic")
	if err != nil {
		return err
	}
	b.at(day.AddDays(2), 15)
	_, err = b.h.Register.HandOut(ctx, b.ids["carys"], Venture, register.HandingOut{Request: r.ID, Means: register.Copied})
	return err
}

// late is a request whose five working days are over, and one that is new.
func (b *builder) late(ctx context.Context) error {
	_, err := b.ask(ctx, b.Today.AddDays(-10), "Ferris Oldcastle", "research into who owns local services")
	return err
}

func (b *builder) fresh(ctx context.Context) error {
	_, err := b.ask(ctx, b.Today.AddDays(-2), "The Border Echo", "to check who the members are before an article")
	return err
}
