package friends

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Cards are answers that a member of staff keys, a stack at a time.
type Cards struct {
	ID     string
	Point  string // id
	Month  Month
	Mode   Mode // one that patients do not send themselves
	Counts Counts
	Texts  []Text // to be keyed; not kept here
	Keyed  law.Date
	By     string
	Struck law.Date // no date where it counts
	Reason string   // why it was struck
}

// Text is what one patient wrote on a card.
type Text struct {
	Rating  Rating
	Words   string
	Publish bool
}

// maxStack is how many cards one stack may have: more is a slip of a finger.
const maxStack = 5000

// Key keeps answers on cards or by telephone. It is the engagement lead's or the
// secretary's. Those of a month that is closed count when it is corrected.
func (s *Service) Key(ctx context.Context, actor, org string, c Cards) (Cards, error) {
	c.By, c.Keyed = actor, s.today()
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.cards_keyed", Actor: actor}, func(tx *journal.Tx) error {
		p, err := pointByID(ctx, tx.Tx, org, c.Point)
		if err != nil {
			return err
		}
		if err := c.check(p, s.today()); err != nil {
			return err
		}
		c.ID = tx.ID()
		tx.Detail("point", p.ID)
		tx.Detail("month", c.Month.String())
		tx.Detail("cards", c.Counts.All())
		if err := tx.Insert(ctx, "friends_cards", c.row()); err != nil {
			return err
		}
		for i, t := range c.Texts {
			if clean(t.Words) == "" {
				continue
			}
			sum := sha256.Sum256([]byte("friends card " + c.ID + " " + strconv.Itoa(i)))
			err := writeComment(ctx, tx.Tx, org, Comment{
				ID: hex.EncodeToString(sum[:16]), Point: p.ID, Month: c.Month, Rating: t.Rating, Words: clean(t.Words), Publish: t.Publish,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	c.Texts = nil
	return c, err
}

func (c Cards) check(p Point, today law.Date) error {
	for i, n := range c.Counts { // each by itself: a sum of large numbers can be small
		switch {
		case n < 0:
			return fault.Fieldf("counts", "a number of cards cannot be %d (%s)", n, Rating(i+1).Words())
		case n > maxStack:
			return fault.Fieldf("counts", "%d cards are more than a stack has: key at most %d at a time", n, maxStack)
		}
	}
	switch {
	case c.Month.IsZero():
		return fault.Fieldf("month", "choose the month that the cards are of")
	case MonthOf(today).Before(c.Month):
		return fault.Fieldf("month", "%s is yet to come", c.Month.Words())
	case c.Month.Before(MonthOf(p.Opened)) || !p.Closed.IsZero() && MonthOf(p.Closed).Before(c.Month):
		return fault.Fieldf("month", "%s took no answers in %s", p.Name, c.Month.Words())
	case !c.Mode.Known() || c.Mode.ByPatient():
		return fault.Fieldf("mode", "choose how the answers came: on a card, on paper, by telephone or in another way")
	case !p.Takes(c.Mode):
		return fault.Fieldf("mode", "answers do not come to %s that way: change the point first", p.Name)
	case c.Counts.All() == 0:
		return fault.Fieldf("counts", "enter how many cards there are")
	case c.Counts.All() > maxStack:
		return fault.Fieldf("counts", "%d cards are more than a stack has: key at most %d at a time", c.Counts.All(), maxStack)
	}
	written := Counts{}
	for _, t := range c.Texts {
		if clean(t.Words) == "" {
			continue
		}
		if !t.Rating.Known() {
			return fault.Fieldf("texts", "say which answer the card with these words has")
		}
		if utf8.RuneCountInString(t.Words) > MaxText {
			return fault.Fieldf("texts", "use at most %d letters for what one patient wrote", MaxText)
		}
		written[t.Rating-1]++
	}
	for i := range written {
		if written[i] > c.Counts[i] {
			return fault.Fieldf("texts", "there are more comments of patients who said %q than cards with that answer", Rating(i+1).Words())
		}
	}
	return nil
}

// Strike takes a stack that was keyed wrongly out of the count, with the reason. The
// record keeps that it was there.
func (s *Service) Strike(ctx context.Context, actor, org, id, reason string) error {
	if reason = clean(reason); reason == "" {
		return fault.Fieldf("reason", "say why it is struck")
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.cards_struck", Actor: actor}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "friends_cards", id)
		if err != nil {
			return err
		}
		if row["struck"] != nil {
			return fault.Errorf(fault.Conflict, "this stack is struck already")
		}
		tx.Detail("cards", id)
		return tx.Amend(ctx, "friends_cards", id, func(row journal.Row) {
			row["struck"], row["struck_by"], row["strike_reason"] = s.today().String(), actor, reason
		})
	})
	return err
}

// Keyed are the stacks of a month, in the order in which they were keyed.
func (s *Service) Keyed(ctx context.Context, org string, m Month) (out []Cards, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = cards(ctx, tx, org, m)
		return err
	})
	return out, err
}

func (c Cards) row() journal.Row {
	return journal.Row{
		"id": c.ID, "point_id": c.Point, "month": c.Month.String(), "mode": c.Mode, "very_good": c.Counts[0], "good": c.Counts[1],
		"neither": c.Counts[2], "poor": c.Counts[3], "very_poor": c.Counts[4], "dont_know": c.Counts[5], "keyed": c.Keyed.String(), "keyed_by": c.By,
	}
}

func cards(ctx context.Context, tx *db.Tx, org string, m Month) (out []Cards, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		c := Cards{Month: m}
		var keyed, struck string
		n := &c.Counts
		err := rows.Scan(&c.ID, &c.Point, &c.Mode, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &keyed, &c.By, &struck, &c.Reason)
		c.Keyed, c.Struck = d.of(keyed), d.of(struck)
		out = append(out, c)
		return errors.Join(err, d.err)
	}, `SELECT id, point_id, mode, very_good, good, neither, poor, very_poor, dont_know, keyed, keyed_by, COALESCE(struck, ''),
		COALESCE(strike_reason, '') FROM friends_cards WHERE org_id = ? AND month = ? ORDER BY id`, org, m.String())
	return out, err
}

// maxEligible is more patients than a point sees in a month.
const maxEligible = 1_000_000

// Eligible says how many patients of a point could have answered in a month. Said again
// it replaces the number; the record keeps the one before.
func (s *Service) Eligible(ctx context.Context, actor, org, point string, m Month, n int) error {
	switch {
	case n < 0 || n > maxEligible:
		return fault.Fieldf("eligible", "%d is no number of patients", n)
	case m.IsZero() || MonthOf(s.today()).Before(m):
		return fault.Fieldf("month", "choose a month that has begun")
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.eligible_said", Actor: actor}, func(tx *journal.Tx) error {
		p, err := pointByID(ctx, tx.Tx, org, point)
		if err != nil {
			return err
		}
		if !p.Setting.HasRate() {
			return fault.Fieldf("eligible", "no response rate is reported for ambulance services")
		}
		tx.Detail("point", p.ID)
		tx.Detail("month", m.String())
		var id string
		err = tx.QueryRow(ctx, `SELECT id FROM friends_eligible WHERE point_id = ? AND month = ?`, p.ID, m.String()).Scan(&id)
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
		row := journal.Row{"id": id, "point_id": p.ID, "month": m.String(), "patients": n, "day": s.today().String(), "said_by": actor}
		if id == "" {
			row["id"] = tx.ID()
			return tx.Insert(ctx, "friends_eligible", row)
		}
		return tx.Update(ctx, "friends_eligible", row)
	})
	return err
}

// EligibleIn is how many patients could have answered in a month, by point, where it was
// said.
func (s *Service) EligibleIn(ctx context.Context, org string, m Month) (out map[string]int, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = eligible(ctx, tx, org, m)
		return err
	})
	return out, err
}

func eligible(ctx context.Context, tx *db.Tx, org string, m Month) (map[string]int, error) {
	out := map[string]int{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var point string
		var n int
		err := rows.Scan(&point, &n)
		out[point] = n
		return err
	}, `SELECT point_id, patients FROM friends_eligible WHERE org_id = ? AND month = ?`, org, m.String())
	return out, err
}

// order puts figures by their point.
func byPoint(figures map[string]*Figure) []Figure {
	out := make([]Figure, 0, len(figures))
	for _, f := range figures {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b Figure) int {
		if a.Point < b.Point {
			return -1
		}
		return 1
	})
	return out
}
