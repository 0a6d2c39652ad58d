package demo

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"

	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/law"
)

// firstList loads the staff list of the first day.
func (b *builder) firstList(ctx context.Context) error {
	b.rows = invent.Generate(seed, b.Staff, b.start)
	playing(b.rows)
	b.at(b.start.AddDays(1), 8)
	_, err := b.load(ctx, b.start, staff.Confirmed)
	return err
}

// load imports the staff list as it stands, from a file as the payroll gives it.
func (b *builder) load(ctx context.Context, asAt law.Date, yes staff.Confirmation) (staff.Outcome, error) {
	var file bytes.Buffer
	if err := invent.WriteCSV(&file, b.rows, invent.ESR()); err != nil {
		return staff.Outcome{}, err
	}
	return b.h.Staff.Import(ctx, b.ids["huw"], staff.List{
		Org: Org, Employer: Org, AsAt: asAt, File: bytes.NewReader(file.Bytes()), Size: int64(file.Len()),
		Name: fmt.Sprintf("esr-%s.csv", asAt), Profile: "esr",
	}, yes)
}

// founders admits those who signed the founding application: nine in ten of
// the staff whom rule 6 fits.
func (b *builder) founders(ctx context.Context) error {
	day := b.start.AddDays(4)
	b.at(day, 11)
	var list []member.Entrant
	err := b.h.Staff.EachOn(ctx, staff.Filter{Org: Org, Day: day}, func(e staff.Entry) error {
		if eligible(e.Main, day) && (b.named(e.PersonID) || chance(e.PersonID, 100) < 92) {
			list = append(list, member.Entrant{Person: e.PersonID, Class: "staff", Applied: b.start.AddDays(3), Effective: day, Reason: "signed the founding application"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.h.Members.AdmitAll(ctx, b.ids["huw"], Org, member.Source{}, list); err != nil {
		return err
	}
	return b.issue(ctx, list, day)
}

// eligible is what rule 6 asks, for choosing whom the demonstration lets apply;
// the rule itself decides.
func eligible(p stafflist.Post, day law.Date) bool {
	switch p.Category {
	case stafflist.Permanent, stafflist.Apprentice:
		return true
	case stafflist.FixedTerm:
		return !p.ContractEnd.IsZero() && !p.ContractEnd.Before(p.Start.AddMonths(12))
	case stafflist.Bank:
		return !p.Start.IsZero() && !day.Before(p.Start.AddMonths(12))
	}
	return false
}

// years lives through the months: a staff list at the end of each, people who
// apply, the secretary who admits them, shares issued and cancelled, heads
// signed.
func (b *builder) years(ctx context.Context) error {
	from := b.start
	for {
		to := firstOfMonth(from).AddMonths(1).AddDays(-1)
		if to == from {
			to = firstOfMonth(from.AddDays(1)).AddMonths(1).AddDays(-1)
		}
		if !to.Before(b.Today) {
			break
		}
		b.month++
		if err := b.live(ctx, from, to); err != nil {
			return fmt.Errorf("month to %s: %w", to, err)
		}
		if b.month == max(1, b.Months/3) {
			if err := b.venture(ctx); err != nil {
				return fmt.Errorf("the joint venture: %w", err)
			}
		}
		if b.month == b.Months-1 {
			if err := b.answered(ctx, law.Today(b.clock.Now()).AddDays(1)); err != nil {
				return fmt.Errorf("a request to inspect: %w", err)
			}
		}
		from = to
	}
	return nil
}

func (b *builder) live(ctx context.Context, from, to law.Date) error {
	b.rows = invent.Evolve(b.rows, from, to, seed+uint64(b.month))
	b.at(to.AddDays(1), 8)
	out, err := b.load(ctx, to, staff.Confirmed)
	if err != nil {
		return err
	}
	if err := b.admit(ctx, out, to); err != nil {
		return err
	}
	if err := b.leave(ctx, to); err != nil {
		return err
	}
	_, err = b.h.Journal.Sign(ctx, Org)
	return err
}

// admit lets the month's joiners apply and the secretary admit them a few days
// later. The last month's applications wait, so that a visitor finds some.
func (b *builder) admit(ctx context.Context, out staff.Outcome, to law.Date) error {
	var joined []string
	err := b.h.Staff.WrittenBy(ctx, Org, out.Import.ID, func(w staff.Written) error {
		if w.Was == nil && eligible(w.Now.Main, to) && chance(w.PersonID, 100) < 80 {
			joined = append(joined, w.PersonID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	applied := to.AddDays(2)
	if !applied.Before(b.Today) {
		return nil
	}
	b.at(applied, 12)
	var list []member.Entrant
	for _, id := range joined {
		_, err := b.h.Members.Apply(ctx, id, Org, member.Application{Person: id, Class: "staff", Effective: applied})
		if err != nil {
			return err
		}
		list = append(list, member.Entrant{Person: id, Class: "staff", Effective: to.AddDays(6)})
	}
	last := !to.AddDays(1).AddMonths(1).AddDays(-1).Before(b.Today)
	if last && len(list) > 7 {
		list = list[:len(list)-7]
	}
	if len(list) == 0 || !to.AddDays(6).Before(b.Today) {
		return nil
	}
	b.at(to.AddDays(6), 15)
	if err := b.h.Members.AdmitAll(ctx, b.ids["huw"], Org, member.Source{}, list); err != nil {
		return err
	}
	return b.issue(ctx, list, to.AddDays(6))
}

// patients brings in patients and carers, who join for themselves.
func (b *builder) patients(ctx context.Context) error {
	b.at(b.Today.AddDays(-13), 14)
	day := law.Today(b.clock.Now())
	for _, key := range []string{"bryn", "ffion"} {
		id := b.ids[key]
		_, err := b.h.Members.Apply(ctx, id, Org, member.Application{Person: id, Class: "patients", Effective: day, Consent: "2026-1", Area: "NP16"})
		if err != nil {
			return err
		}
		if _, err := b.h.Members.Admit(ctx, b.ids["huw"], Org, member.Decision{Person: id, Class: "patients", Effective: day}); err != nil {
			return err
		}
	}
	return nil
}

// thinkBetter lets one of them take her consent back: her membership ends and
// her details are to be erased.
func (b *builder) thinkBetter(ctx context.Context) error {
	b.at(b.Today.AddDays(-6), 14)
	_, err := b.h.Members.WithdrawConsent(ctx, b.ids["ffion"], Org, b.ids["ffion"], law.Today(b.clock.Now()))
	return err
}

// finish marks the demonstration as whole and signs its head.
func (b *builder) finish(ctx context.Context) error {
	b.at(b.Today, 6)
	_, err := b.h.Journal.Record(ctx, journal.Fact{Org: Org, Kind: finished, Actor: "setup"}, func(*journal.Tx) error { return nil })
	if err != nil {
		return err
	}
	_, err = b.h.Journal.Sign(ctx, Org)
	return err
}

// named reports whether a person is one of the cast.
func (b *builder) named(id string) bool {
	for _, known := range b.ids {
		if known == id {
			return true
		}
	}
	return false
}

// chance is a number below n that depends on the text alone.
func chance(text string, n uint32) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return h.Sum32() % n
}
