package friends_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

var ctx = context.Background()

const org = "wye"

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func month(s string) friends.Month {
	m, err := friends.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

var library = func() *law.Library {
	l, err := law.Load()
	if err != nil {
		panic(err)
	}
	return l
}()

// room is the room with a ward, a clinic and a small ward of one site.
type room struct {
	*schematest.Base
	*friends.Service
	t                   testing.TB
	ward, clinic, small friends.Point
	nonces              int
}

func newRoom(t testing.TB, b *schematest.Base) *room {
	t.Helper()
	svc, err := friends.New(friends.Options{
		Journal: b.Journal, Law: library,
		Scrubber: func(context.Context, string) (func(string) string, error) {
			return func(words string) string { return strings.ReplaceAll(words, "Megan", "[name]") }, nil
		},
	})
	r := &room{Base: b, Service: svc, t: t}
	r.must(err)
	r.on("2026-10-05")
	save := func(code, name string, setting friends.Setting, ward string) friends.Point {
		p, err := svc.Save(ctx, "lead", org, friends.Point{
			Code: code, Name: name, Setting: setting, SiteCode: "rx101", SiteName: "Ferry Lane", Ward: ward,
			Modes:     []friends.Mode{friends.KioskThere, friends.Online, friends.PaperThere},
			Languages: []string{"en", "cy"}, Opened: day("2026-10-01"),
		})
		r.must(err)
		return p
	}
	r.ward = save("wharf-ward", "Wharf ward", friends.Inpatient, "Wharf")
	r.clinic = save("eye-clinic", "Eye clinic", friends.Outpatient, "")
	r.small = save("weir-ward", "Weir ward", friends.Inpatient, "Weir")
	return r
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// on moves the clock to nine in the morning of a day.
func (r *room) on(s string) {
	r.t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	r.must(err)
	r.Clock.Set(at.Add(9 * time.Hour))
}

func (r *room) answer(rating friends.Rating) friends.Answer {
	r.nonces++
	return friends.Answer{Nonce: fmt.Sprintf("%032x", r.nonces), Rating: rating, Mode: friends.KioskThere, Language: "en"}
}

// take sends so many answers of a rating to a point, as slowly as the bounds want.
func (r *room) take(p friends.Point, rating friends.Rating, n int) {
	r.t.Helper()
	for range n {
		r.Clock.Advance(6 * time.Second)
		r.must(r.Take(ctx, p.Code, r.answer(rating)))
	}
}

// rows counts the rows of a table.
func (r *room) rows(table string) (n int) {
	r.t.Helper()
	r.must(r.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n) }))
	return n
}

func refused(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}
