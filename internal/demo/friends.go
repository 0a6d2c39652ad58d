package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"commonweal/internal/listen/friends"
	"commonweal/law"
)

// friendsMonths is for how long patients have been asked.
const friendsMonths = 6

// collecting is a place where patients are asked, with how many answer in a month. The
// last is so small that its figures are for those who run it alone.
type collecting struct {
	friends.Point
	answers, eligible int
	good              float64 // share of answers that are good or very good
	cards             bool
}

var collectings = []collecting{
	{friends.Point{
		Code: "riverside-ward", Name: "Riverside Ward", Setting: friends.Inpatient, SiteName: "Riverside Ward", Ward: "Riverside",
		Modes: []friends.Mode{friends.KioskThere, friends.PaperThere}, Languages: []string{"en", "cy"},
	}, 36, 140, 0.88, true},
	{friends.Point{
		Code: "orchard-clinic", Name: "Orchard children’s clinic", Setting: friends.Outpatient, SiteName: "Orchard Children’s Centre",
		Modes: []friends.Mode{friends.SMS, friends.Online}, Languages: []string{"en", "cy"},
	}, 60, 410, 0.95, false},
	{friends.Point{
		Code: "ferry-lane-therapies", Name: "Therapies at Ferry Lane", Setting: friends.Community, SiteName: "Ferry Lane",
		Modes: []friends.Mode{friends.SMS, friends.KioskThere, friends.Telephone}, Languages: []string{"en"},
	}, 66, 380, 0.93, false},
	{friends.Point{
		Code: "bridge-street-feet", Name: "Foot clinic, Bridge Street", Setting: friends.Community, SiteName: "Bridge Street",
		Modes: []friends.Mode{friends.Online}, Languages: []string{"en"},
	}, 4, 30, 0.9, false},
}

// Invented words of patients: of those whose experience was good, and of the others.
var (
	pleased = []string{
		"Everybody told me their name and what they were about to do.",
		"Seen on time, listened to, home by noon.",
		"The physiotherapist rang me afterwards to ask how the exercises went.",
		"My daughter was frightened and they took their time with her.",
		"Kind people. The tea could be hotter.",
	}
	displeased = []string{
		"Waited an hour and nobody said why.",
		"I had to tell my story to three people.",
		"The ward was so loud at night that I did not sleep.",
		"Mr Bellwright in bed four had his illness read out for all to hear.",
	}
)

// patientsAsked puts the friends-and-family test on the agenda: half a year of answers,
// with cards and numbers of patients; each month closed when it is over, and one corrected
// because cards turned up.
func (b *builder) patientsAsked(add func(day law.Date, hour int, name string, do func(context.Context) error)) {
	first := firstOfMonth(b.Today).AddMonths(-friendsMonths)
	for !civil(first, 8).After(b.clock.Now()) {
		first = first.AddMonths(1) // the demonstration is younger than that
	}
	r := rand.New(rand.NewPCG(seed, 7))
	points := make([]friends.Point, len(collectings))
	add(first, 8, "friends: points", func(ctx context.Context) error {
		for i, c := range collectings {
			c.Opened = first
			var err error
			if points[i], err = b.h.Friends.Save(ctx, b.ids["rhian"], Org, c.Point); err != nil {
				return err
			}
		}
		return nil
	})
	add(first, 11, "friends: months counted before", func(ctx context.Context) error { return b.countedBefore(ctx, first, r) })
	late := friends.MonthOf(firstOfMonth(b.Today).AddMonths(-3))
	for m := friends.MonthOf(first); !b.Today.Before(m.First()); m = m.Add(1) {
		// Answers come on three days: a point takes only so many at once.
		for i, day := range []int{5, 13, 24} {
			add(m.First().AddDays(day), 14, fmt.Sprintf("friends: %s, %d", m, i), func(ctx context.Context) error { return b.patientsAnswer(ctx, points, r) })
		}
		add(m.First().AddDays(25), 10, "friends: cards of "+m.String(), func(ctx context.Context) error { return b.cards(ctx, points[0], m, r) })
		next := m.Add(1).First()
		add(next, 5, "friends: close "+m.String(), func(ctx context.Context) error { return b.closeMonth(ctx, points, m, r) })
		if m == late {
			add(next.AddDays(4), 10, "friends: correct "+m.String(), func(ctx context.Context) error {
				if err := b.cards(ctx, points[0], m, r); err != nil {
					return err
				}
				_, err := b.h.Friends.Correct(ctx, b.ids["huw"], Org, m, "A stack of cards lay in the ward’s office and was keyed after the month was closed.")
				return err
			})
		}
	}
}

// rate is an answer of somebody of a place.
func rate(r *rand.Rand, good float64) friends.Rating {
	switch v := r.Float64(); {
	case v < good*0.7:
		return friends.VeryGood
	case v < good:
		return friends.Good
	case v < good+(1-good)*0.4:
		return friends.Neither
	case v < good+(1-good)*0.65:
		return friends.Poor
	case v < good+(1-good)*0.85:
		return friends.VeryPoor
	}
	return friends.DontKnow
}

func (b *builder) patientsAnswer(ctx context.Context, points []friends.Point, r *rand.Rand) error {
	for i, c := range collectings {
		n := (c.answers + r.IntN(5)) / 3
		if b.Staff < 1000 {
			n = (n + 2) / 3
		}
		for range n {
			a := friends.Answer{Nonce: b.h.Friends.Nonce(), Rating: rate(r, c.good), Mode: c.Modes[0], Language: "en"}
			if second := c.Modes[min(1, len(c.Modes)-1)]; second.ByPatient() && r.IntN(3) == 0 {
				a.Mode = second
			}
			if len(c.Languages) > 1 && r.IntN(9) == 0 {
				a.Language = "cy"
			}
			if r.IntN(11) == 0 && a.Rating != friends.DontKnow {
				list := pleased
				if a.Rating > friends.Good {
					list = displeased
				}
				a.Text, a.Publish = list[r.IntN(len(list))], r.IntN(3) > 0
			}
			if err := b.h.Friends.Take(ctx, points[i].Code, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// cards keys a stack of cards, one with words on it.
func (b *builder) cards(ctx context.Context, p friends.Point, m friends.Month, r *rand.Rand) error {
	_, err := b.h.Friends.Key(ctx, b.ids["huw"], Org, friends.Cards{
		Point: p.ID, Month: m, Mode: friends.PaperThere, Counts: friends.Counts{5 + r.IntN(5), 2 + r.IntN(3), r.IntN(2), r.IntN(2), 1, r.IntN(2)},
		Texts: []friends.Text{{Rating: friends.VeryGood, Words: pleased[r.IntN(len(pleased))], Publish: true}, {Rating: friends.VeryPoor, Words: displeased[r.IntN(len(displeased))]}},
	})
	return err
}

// closeMonth says how many could have answered, closes the month, and has the gate decide
// about what was written in it. What was written in the last month waits at the gate.
func (b *builder) closeMonth(ctx context.Context, points []friends.Point, m friends.Month, r *rand.Rand) error {
	for i, c := range collectings {
		if err := b.h.Friends.Eligible(ctx, b.ids["huw"], Org, points[i].ID, m, c.eligible+r.IntN(c.eligible/5)); err != nil {
			return err
		}
	}
	if _, err := b.h.Friends.Close(ctx, b.ids["huw"], Org, m); err != nil {
		return err
	}
	if !m.Add(1).Before(friends.MonthOf(b.Today)) {
		return nil
	}
	waiting, err := b.h.Friends.Waiting(ctx, Org)
	if err != nil {
		return err
	}
	for _, c := range waiting {
		d := friends.Decision{Comment: c.ID, Show: true, Words: c.Without}
		if strings.Contains(c.Words, "bed four") {
			d = friends.Decision{Comment: c.ID, Reason: "It tells of another patient’s illness, who could be known by it. The ward has been told."}
		}
		if err := b.h.Friends.Decide(ctx, b.ids["rhian"], Org, d); err != nil {
			return err
		}
	}
	return nil
}

// countedBefore brings in months that were counted by hand before: a year by the question
// that was asked until March 2020, and those of the year before the points were opened.
func (b *builder) countedBefore(ctx context.Context, first law.Date, r *rand.Rand) error {
	var file strings.Builder
	file.WriteString(strings.Join(friends.PastColumns, ",") + "\n")
	year := func(from friends.Month, questions friends.Questions) {
		for i := range 12 {
			all := 90 + r.IntN(60)
			second, third, fourth, fifth, unknown := all/4+r.IntN(9), r.IntN(4), r.IntN(3), r.IntN(3), r.IntN(3)
			fmt.Fprintf(&file, "%s,%s,%s,,,%d,%d,%d,%d,%d,%d,%d\n", from.Add(i), questions, friends.Community,
				all-second-third-fourth-fifth-unknown, second, third, fourth, fifth, unknown, 5*all)
		}
	}
	year(friends.Month{Year: 2019, Month: 4}, friends.Recommend)
	year(friends.MonthOf(first).Add(-12), friends.Experience)
	in, err := b.h.Friends.Import(ctx, b.ids["huw"], Org, strings.NewReader(file.String()))
	if err == nil && len(in.Wrong) > 0 {
		err = fmt.Errorf("months counted before: row %d, %s: %s", in.Wrong[0].Row, in.Wrong[0].Field, in.Wrong[0].Says)
	}
	return err
}
