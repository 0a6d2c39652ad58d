package friends_test

import (
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/listen/friends"
	"commonweal/internal/schema/schematest"
)

// What everybody may see of a month hides a small ward, and whatever would give it back by
// subtraction; the national layout, for submission, has it.
func TestPublic_HidesASmallWard(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	for _, p := range []struct {
		at  friends.Point
		bad int
	}{{r.ward, 12}, {r.clinic, 15}, {r.small, 1}} {
		r.take(p.at, friends.Poor, p.bad)
		if p.at.ID != r.small.ID {
			r.take(p.at, friends.VeryGood, 60)
		} else {
			r.take(p.at, friends.VeryGood, 2)
		}
	}
	r.on("2026-11-02")
	closed, err := r.Close(ctx, "lead", org, month("2026-10"))
	r.must(err)
	public, err := closed.Public()
	r.must(err)
	if got, ok := public.Point(r.small); ok {
		t.Errorf("three answers of a ward are shown: %+v", got)
	}
	if got, ok := public.Whole(); !ok || got.Positive < 75 || got.Positive > 85 {
		t.Errorf("the whole: %+v %v", got, ok)
	}
	shown := 0
	for _, p := range []friends.Point{r.ward, r.clinic} {
		if _, ok := public.Point(p); ok {
			shown++
		}
	}
	if shown == 2 {
		t.Error("both other places are shown beside the whole: the small ward is what is left")
	}
}

// The numbers that SQLite gives to rows do not tell in which order patients answered, or
// wrote, before their month is closed.
func TestTake_LeavesNoOrder(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	for i := range 40 {
		r.Clock.Advance(6 * time.Second)
		a := r.answer(friends.Good)
		a.Language = []string{"en", "cy"}[i/20] // the first twenty, and the last
		a.Text = a.Language
		r.must(r.Take(ctx, r.ward.Code, a))
	}
	for _, table := range []struct{ name, of string }{{"friends_open", "language"}, {"friends_comment", "words"}} {
		first := 0 // of the lower half of the numbers, those of the first twenty
		r.must(r.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM (SELECT `+table.of+` AS is_of FROM `+table.name+` ORDER BY rowid LIMIT 20) AS half WHERE is_of = 'en'`).Scan(&first)
		}))
		if first == 0 || first >= 18 {
			t.Errorf("%s: %d of the first twenty stand first", table.name, first)
		}
	}
}
