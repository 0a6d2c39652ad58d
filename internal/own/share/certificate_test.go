package share

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"commonweal/internal/base/fault"
)

// keep gives a certificate its id and number, as the store does.
func keep(l *Ledger, c Certificate, number int) {
	c.ID, c.Number = "c"+string(rune('0'+number)), number
	l.Keep(c)
}

func TestCertificates(t *testing.T) {
	l := empty(t)
	if _, err := l.Add(issue("x", "ann", "trade", 10, "2026-01-10")); err != nil {
		t.Fatal(err)
	}
	c, err := l.Certify("ann", "trade", day("2026-02-01"))
	if err != nil || c.Quantity != 10 || c.Entry != "x" {
		t.Fatalf("%+v, %v", c, err)
	}
	keep(l, c, 1)
	if _, err := l.Certify("ann", "trade", day("2026-02-01")); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same shares got a second certificate: %v", err)
	}
	early := Entry{ID: "t0", Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 4, Effective: day("2026-01-31")}
	if _, err := l.Add(early); !fault.Is(err, fault.Conflict) {
		t.Errorf("an entry from before the certificate was taken: %v", err)
	}
	late := early
	late.ID, late.Effective = "t1", day("2026-02-01")
	effect, err := l.Add(late)
	if err != nil {
		t.Fatal(err)
	}
	if len(effect.Cancelled) != 1 || effect.Cancelled[0].Number != 1 || effect.Cancelled[0].CancelledBy != "t1" {
		t.Errorf("cancelled: %+v", effect.Cancelled)
	}
	if effect.Balance == nil || effect.Balance.Quantity != 6 || effect.Balance.Member != "ann" {
		t.Fatalf("balance: %+v", effect.Balance)
	}
	keep(l, *effect.Balance, 2)
	if n := l.Uncertified("ann", "trade", day("2026-03-01")); n != 0 {
		t.Errorf("%d shares of ann without a certificate", n)
	}
	if n := l.Uncertified("ben", "trade", day("2026-03-01")); n != 4 {
		t.Errorf("%d shares of ben without a certificate", n)
	}
	rest := late
	rest.ID, rest.Quantity, rest.Effective = "t2", 6, day("2026-03-01")
	effect, err = l.Add(rest)
	if err != nil || len(effect.Cancelled) != 1 || effect.Balance != nil {
		t.Errorf("all gone: %+v, %v", effect, err)
	}
}

// Shares that are already promised to somebody else from a later day are not
// certified to the holder of today.
func TestCertify_NotWhatIsGoneLater(t *testing.T) {
	l := empty(t)
	for _, e := range []Entry{
		issue("x", "ann", "trade", 10, "2026-01-10"),
		{ID: "t", Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 4, Effective: day("2026-06-01")},
	} {
		if _, err := l.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := l.Certify("ann", "trade", day("2026-02-01")); err != nil || c.Quantity != 6 {
		t.Errorf("%+v, %v", c, err)
	}
}

// One-pound shares that cancel on leaving go on the day membership ended, and the
// pound is to be paid back.
func TestOnLeaving(t *testing.T) {
	l := empty(t)
	for _, e := range []Entry{
		issue("a", "ann", "pound", 1, "2026-01-10"),
		issue("i", "ann", "invest", 5, "2026-01-10"),
		issue("b", "ben", "pound", 1, "2026-01-10"),
		issue("c", "cat", "pound", 1, "2026-09-10"),
	} {
		if _, err := l.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	got := l.OnLeaving(day("2026-12-01"), []Leaver{
		{"ann", day("2026-11-28"), "Ended on 28 November 2026 under rule 14."},
		{"ben", day("2026-12-02"), "not yet"},
		{"cat", day("2026-08-01"), "had left before the share was issued"},
		{"dan", day("2026-08-01"), "has no share"},
	})
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	if g := got[0]; g.Member != "ann" || g.Class != "pound" || g.Effective != day("2026-11-28") || g.PaidPence != 100 || g.Quantity != 1 {
		t.Errorf("ann: %+v", g)
	}
	if g := got[1]; g.Member != "cat" || g.Effective != day("2026-12-01") {
		t.Errorf("cat: %+v", g)
	}
	for i, g := range got {
		e := g.Entry()
		e.ID = "cancel" + string(rune('0'+i))
		if _, err := l.Add(e); err != nil {
			t.Error(err)
		}
	}
	if again := l.OnLeaving(day("2026-12-01"), []Leaver{{"ann", day("2026-11-28"), ""}}); len(again) != 0 {
		t.Errorf("cancelled shares are to be cancelled again: %+v", again)
	}
	if n := l.Balance("ann", "invest", day("2026-12-01")); n != 5 {
		t.Errorf("the investment shares of a leaver are %d, and they do not cancel", n)
	}
}

// Whatever happens, good certificates never say more than is held from then on.
func TestCertificates_NeverMoreThanHeld(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	cancelled := 0
	for range 100 {
		l := grown(t, rng, 40)
		number := 0
		certify := func(c Certificate) {
			number++
			c.ID, c.Number = fmt.Sprint("c", number), number
			l.Keep(c)
		}
		for i := range 60 {
			on := day("2026-01-01").AddDays(rng.IntN(200))
			for _, h := range l.HoldingsOn(on) {
				if c, err := l.Certify(h.Member, h.Class, on); err == nil && rng.IntN(3) == 0 {
					certify(c)
				}
			}
			e := Entry{ID: fmt.Sprint("n", i), Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: int64(1 + rng.IntN(5)), Effective: on}
			if rng.IntN(2) == 0 {
				e.From, e.To = e.To, e.From
			}
			effect, err := l.Add(e)
			if err != nil {
				continue
			}
			cancelled += len(effect.Cancelled)
			if effect.Balance != nil {
				certify(*effect.Balance)
			}
			for a, moves := range l.accounts {
				if low, _ := lowest(moves, day("2026-08-01")); l.covered(a) > low {
					t.Fatalf("%v: certificates for %d of %d", a, l.covered(a), low)
				}
			}
		}
	}
	if cancelled < 20 {
		t.Errorf("only %d certificates were cancelled: the test tries too little", cancelled)
	}
}

func TestStatement(t *testing.T) {
	l := empty(t)
	for _, e := range []Entry{
		issue("x", "ann", "trade", 10, "2026-03-10"),
		issue("y", "ann", "trade", 5, "2026-01-10"),
		{ID: "t", Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 12, Effective: day("2026-06-01")},
		reverse("r", "y", "2026-01-10"),
	} {
		_, err := l.Add(e)
		if (err != nil) != (e.ID == "r") { // the five were passed on
			t.Fatal(e.ID, err)
		}
	}
	var got []string
	for _, line := range l.Statement("ann") {
		got = append(got, fmt.Sprint(line.Entry.ID, line.Change, " ", line.Balance))
	}
	if want := []string{"y5 5", "x10 15", "t-12 3"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
