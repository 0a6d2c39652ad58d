// Package demo makes the demonstration mutual: Severn & Wye Community Health,
// an invented community benefit society of about 3,000 staff, with two years of
// people joining and leaving, officers in every role, shares, patient members
// and a joint venture.
//
// Everything is written through the same services as in real use, on a clock
// that runs through the two years. The people are invented and depend on the
// seed alone.
package demo

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/demo/voting"
	"commonweal/internal/house"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Org is the code of the demonstration mutual.
const Org = "severn-wye"

// Options say where and how large.
type Options struct {
	House house.Options
	Today law.Date
	Staff int // about how many at the start; 0 is 2,950
	// Months of history before today; 0 is 24.
	Months int
	// Progress hears what is being made; nil hears nothing.
	Progress func(step string)
}

// Exists reports whether the database already holds the demonstration, whole.
// Half of one is a Conflict: it has to be made again in a new database.
func Exists(ctx context.Context, h *house.House) (bool, error) {
	if _, err := h.Identity.Organisation(ctx, Org); err != nil {
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		return false, err
	}
	entries, err := h.Journal.Entries(ctx, Org, 0, 1)
	if err != nil {
		return false, err
	}
	if len(entries) == 0 || entries[0].Kind != finished && !wasFinished(ctx, h) {
		return false, fault.Errorf(fault.Conflict, "the demonstration was left half made: remove the database and make it again")
	}
	return true, nil
}

// Build makes the demonstration in an empty database.
func Build(ctx context.Context, o Options) (err error) {
	if o.Staff == 0 {
		o.Staff = 2_950
	}
	if o.Months == 0 {
		o.Months = 24
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	start := firstOfMonth(o.Today).AddMonths(-o.Months)
	clock := world.At(civil(start, 9))
	o.House.Demo = true
	h, err := house.Open(ctx, world.Fixed(clock, seed), o.House)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := h.Close(); err == nil {
			err = closeErr
		}
	}()
	b := &builder{Options: o, h: h, clock: clock, start: start, ids: map[string]string{}, tell: o.Progress}
	return b.build(ctx)
}

const seed = 20261121

// builder makes the demonstration, step by step.
type builder struct {
	Options
	ctx   context.Context // of the build, for what the agenda does
	h     *house.House
	clock *world.Clock
	start law.Date
	ids   map[string]string // of the cast, by key
	rows  []stafflist.Row   // the staff list as it stands
	month int
	tell  func(string)
	// agenda is what is done on days between the steps, in order of time: the polls go
	// on while people join and leave. failed is the first that could not be done.
	agenda []voting.Act
	failed error
}

func (b *builder) build(ctx context.Context) error {
	b.ctx = ctx
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"the society and its secretary", b.found},
		{"the first staff list", b.firstList},
		{"officers", b.appoint},
		{"the rule-book", b.rules},
		{"the shares", b.shareClass},
		{"the founding members", b.founders},
		{"stakes and certificates", b.stakes},
		{"what is to be voted on", b.polls},
		{"what is to be asked", b.surveys},
		{"what follows from it, and what patients are asked", b.follow},
		{"two years of joining and leaving", b.years},
		{"published figures", b.published},
		{"three years of our own figures", b.indicators},
		{"patient members", b.patients},
		{"what was tested", b.studies},
		{"a request that is late", b.late},
		{"somebody who thinks better of it", b.thinkBetter},
		{"a request that is new", b.fresh},
		{"the end", b.finish},
	} {
		b.tell(step.name)
		if err := cmp.Or(step.do(ctx), b.failed); err != nil {
			return fmt.Errorf("make %s: %w", step.name, err)
		}
	}
	return nil
}

// at moves the clock to an hour of a day, never back, and does on the way what the
// agenda has until then.
func (b *builder) at(d law.Date, hour int) {
	t := civil(d, hour)
	for len(b.agenda) > 0 && b.failed == nil && !b.agenda[0].At.After(t) {
		next := b.agenda[0]
		b.agenda = b.agenda[1:]
		if next.At.After(b.clock.Now()) {
			b.clock.Set(next.At)
		}
		if err := next.Do(b.ctx); err != nil {
			b.failed = fmt.Errorf("%s: %w", next.Name, err)
		}
	}
	if t.After(b.clock.Now()) {
		b.clock.Set(t)
	}
}

// found sets the society up with its first secretary.
func (b *builder) found(ctx context.Context) error {
	huw := cast["huw"]
	_, people, err := b.h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: Org, Name: "Severn & Wye Community Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety),
		RegisteredNo: "7912", RegisteredOffice: "Alder House, 1 Weir Lane, Severn Bridge", Opened: b.start,
	}, identity.Setup{Person: identity.Person{Given: huw.given, Family: huw.family, Email: huw.email()}, Role: policy.Secretary})
	if err != nil {
		return err
	}
	b.ids["huw"] = people[0]
	return nil
}

const finished = "demo.finished"

func wasFinished(ctx context.Context, h *house.House) bool {
	before := int64(0)
	for {
		list, err := h.Journal.Entries(ctx, Org, before, 500)
		if err != nil || len(list) == 0 {
			return false
		}
		for _, e := range list {
			if e.Kind == finished {
				return true
			}
		}
		before = list[len(list)-1].Seq
		if before == 0 {
			return false
		}
	}
}

func firstOfMonth(d law.Date) law.Date {
	year, month, _ := d.Civil()
	return law.NewDate(year, month, 1)
}

// civil is an hour of a day in London.
func civil(d law.Date, hour int) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, hour, 0, 0, 0, law.London())
}
