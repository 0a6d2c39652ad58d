package demo

import (
	"context"
	"fmt"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/law"
)

// shareClass makes the one class of shares: £1, one each, no dividend, gone
// when membership ends.
func (b *builder) shareClass(ctx context.Context) error {
	id, err := b.h.Shares.MakeClass(ctx, b.ids["huw"], Org, share.Class{
		Code: "member", Name: "Member share", NominalPence: 100, CancelsOnLeaving: true, MaxHoldingPence: 100, Starts: b.start,
	})
	b.ids["class"] = id
	return err
}

// issue gives each of those admitted their share, in one change.
func (b *builder) issue(ctx context.Context, list []member.Entrant, day law.Date) error {
	members, err := b.entrantIDs(ctx, list, day)
	if err != nil {
		return err
	}
	var entries []share.Entry
	for _, e := range list {
		entries = append(entries, share.Entry{
			Kind: share.Issue, Class: b.ids["class"], To: members[e.Person], Quantity: 1, PaidPence: 100, Effective: day, Reason: "on admission",
		})
	}
	_, err = b.h.Shares.Record(ctx, b.ids["huw"], Org, entries...)
	return err
}

// entrantIDs are the ids of those just admitted, by person.
func (b *builder) entrantIDs(ctx context.Context, list []member.Entrant, day law.Date) (map[string]string, error) {
	if len(list) > 200 {
		return b.memberIDs(ctx, day)
	}
	out := map[string]string{}
	for _, e := range list {
		file, err := b.h.Members.File(ctx, Org, e.Person)
		if err != nil {
			return nil, err
		}
		out[e.Person] = file.MemberID
	}
	return out, nil
}

// memberIDs are the ids in the register, by person.
func (b *builder) memberIDs(ctx context.Context, day law.Date) (map[string]string, error) {
	rows, err := b.h.Members.Register(ctx, Org, day)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r.Person] = r.MemberID
	}
	return out, nil
}

// leave does what follows when memberships have ended: shares are cancelled by
// their terms, and what was owed two months ago has been paid.
func (b *builder) leave(ctx context.Context, to law.Date) error {
	if err := b.h.Nightly(ctx); err != nil {
		return err
	}
	due, err := b.h.Shares.ToPay(ctx, Org)
	if err != nil {
		return err
	}
	var old []string
	for _, d := range due {
		if d.Entry.Effective.Before(to.AddMonths(-2)) {
			old = append(old, d.Entry.ID)
		}
	}
	return b.h.Shares.PayAll(ctx, b.ids["huw"], Org, old, to, "payroll "+to.String()[:7])
}

// stakes grants rights and roles that rest on no capital, and uses some.
func (b *builder) stakes(ctx context.Context) error {
	day := b.start.AddMonths(1)
	b.at(day, 10)
	members, err := b.memberIDs(ctx, day)
	if err != nil {
		return err
	}
	for i, s := range []struct {
		who  string
		kind share.StakeKind
		what string
		used string
	}{
		{"amara", share.Role, "A seat on the rota panel", "Took part in the rota panel"},
		{"dev", share.Right, "To put one item a year on the board’s agenda", "Put lone-working phones on the agenda"},
		{"tomos", share.Right, "To see the monthly accounts", ""},
	} {
		id, err := b.h.Shares.Grant(ctx, b.ids["huw"], Org, share.Stake{
			Member: members[b.ids[s.who]], Kind: s.kind, Title: s.what, Basis: fmt.Sprintf("rule %d", 22+i), Granted: day,
		})
		if err != nil {
			return err
		}
		if s.used != "" {
			if err := b.h.Shares.UseStake(ctx, b.ids["huw"], Org, id, day, s.used); err != nil {
				return err
			}
		}
	}
	_, err = b.h.Shares.Certify(ctx, b.ids["huw"], Org, "", b.ids["class"])
	return err
}

func (b *builder) published(ctx context.Context) error {
	_, err := b.h.Published.ImportCarried(ctx, "setup", Org)
	return err
}
