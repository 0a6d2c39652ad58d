package share

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// The classes of the tests: the one-pound membership share of a society, an
// investment share that can be withdrawn, and one that can be passed on.
var classes = []Class{
	{ID: "pound", Code: "membership", Name: "Membership", NominalPence: 100, CancelsOnLeaving: true, MaxHoldingPence: 100, Starts: day("2025-01-01")},
	{ID: "invest", Code: "investment", Name: "Investment", NominalPence: 1000, Dividend: true, Withdrawable: true, Starts: day("2025-01-01"), Ends: day("2027-01-01")},
	{ID: "trade", Code: "transferable", Name: "Transferable", NominalPence: 500, Transferable: true, Starts: day("2025-01-01")},
}

var societyCap = &Cap{Pence: 10_000_000, WithdrawableOnly: true, Citation: "CCBSA 2014, s.24"}

func empty(t testing.TB) *Ledger {
	t.Helper()
	l, err := NewLedger(classes, nil, nil, societyCap)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func issue(id, to, class string, n int64, on string) Entry {
	price := map[string]int64{"pound": 100, "invest": 1000, "trade": 500}[class]
	return Entry{ID: id, Kind: Issue, Class: class, To: to, Quantity: n, PaidPence: n * price, Effective: day(on)}
}

func reverse(id, of, on string) Entry {
	return Entry{ID: id, Kind: Reverse, Reverses: of, Effective: day(on), Reason: "entered for the wrong person"}
}

func TestLedger_Add(t *testing.T) {
	start := []Entry{
		issue("p", "ann", "pound", 1, "2026-01-10"),
		issue("i", "ann", "invest", 100, "2026-01-10"),
		issue("x", "ann", "trade", 10, "2026-01-10"),
		{ID: "t", Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 4, Effective: day("2026-03-01")},
		issue("w", "cat", "invest", 2, "2026-01-10"),
		reverse("wr", "w", "2026-01-10"),
	}
	cases := []struct {
		name string
		e    Entry
		kind fault.Kind // "" for an entry that stands
		says string
	}{
		{"a transfer of what is there", Entry{Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 6, Effective: day("2026-03-01")}, "", ""},
		{"one share too many", Entry{Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 7, Effective: day("2026-03-01")}, fault.Conflict, "holds 6"},
		{"enough on its day and too few on a later one", Entry{Kind: Transfer, Class: "trade", From: "ann", To: "cat", Quantity: 7, Effective: day("2026-02-01")}, fault.Conflict, "holds 6 of Transferable on 2026-03-01"},
		{"before they were issued", Entry{Kind: Transfer, Class: "trade", From: "ann", To: "cat", Quantity: 1, Effective: day("2026-01-09")}, fault.Conflict, "holds 0"},
		{"a class that cannot be transferred", Entry{Kind: Transfer, Class: "pound", From: "ann", To: "ben", Quantity: 1, Effective: day("2026-03-01")}, fault.Conflict, "cannot be transferred"},
		{"to oneself", Entry{Kind: Transfer, Class: "trade", From: "ann", To: "ann", Quantity: 1, Effective: day("2026-03-01")}, fault.Invalid, "already holds"},
		{"a second membership share", issue("", "ann", "pound", 1, "2026-04-01"), fault.Conflict, "the most is £1"},
		{"a second membership share for a day that is past", issue("", "ann", "pound", 1, "2025-06-01"), fault.Conflict, "the most is £1"},
		{"up to the £100,000 of a society: CCBSA 2014, s.24", issue("", "ann", "invest", 9900, "2026-04-01"), "", ""},
		{"a share above it", issue("", "ann", "invest", 9901, "2026-04-01"), fault.Conflict, "s.24"},
		{"shares that cannot be withdrawn do not count towards it", issue("", "ann", "trade", 100_000, "2026-04-01"), "", ""},
		{"for less than it is worth", Entry{Kind: Issue, Class: "trade", To: "cat", Quantity: 2, PaidPence: 999, Effective: day("2026-04-01")}, fault.Invalid, "fully paid"},
		{"before the class began", issue("", "ann", "trade", 1, "2024-12-31"), fault.Invalid, "begins on"},
		{"after the class ended", issue("", "ann", "invest", 1, "2027-01-01"), fault.Invalid, "no shares of class"},
		{"taken out after the class ended", Entry{Kind: Redeem, Class: "invest", From: "ann", Quantity: 100, PaidPence: 100_000, Effective: day("2027-06-01"), Reason: "asked"}, "", ""},
		{"a penny more than it is worth", Entry{Kind: Redeem, Class: "invest", From: "ann", Quantity: 1, PaidPence: 1001, Effective: day("2026-06-01"), Reason: "asked"}, fault.Invalid, "more than the £10"},
		{"withdrawing what cannot be withdrawn", Entry{Kind: Redeem, Class: "trade", From: "ann", Quantity: 1, Effective: day("2026-06-01"), Reason: "asked"}, fault.Conflict, "cannot be withdrawn"},
		{"cancelling what does not cancel", Entry{Kind: Cancel, Class: "trade", From: "ann", Quantity: 1, Effective: day("2026-06-01"), Reason: "left"}, fault.Conflict, "not cancelled on leaving"},
		{"cancelling without a reason", Entry{Kind: Cancel, Class: "pound", From: "ann", Quantity: 1, Effective: day("2026-06-01")}, fault.Invalid, "says why"},
		{"converting part of a holding", Entry{Kind: Convert, Class: "invest", From: "ann", Quantity: 10, ToClass: "trade", ToQuantity: 20, Effective: day("2026-06-01")}, "", ""},
		{"converting at another value", Entry{Kind: Convert, Class: "invest", From: "ann", Quantity: 10, ToClass: "trade", ToQuantity: 21, Effective: day("2026-06-01")}, fault.Invalid, "keeps the value"},
		{"undoing a transfer", reverse("", "t", "2026-03-01"), "", ""},
		{"undoing an issue that was passed on", reverse("", "x", "2026-01-10"), fault.Conflict, "holds 6 of Transferable on 2026-03-01"},
		{"undoing an undoing", reverse("", "wr", "2026-04-01"), fault.Conflict, "itself a reversal"},
		{"undoing twice", reverse("", "w", "2026-04-01"), fault.Conflict, "reversed before"},
		{"undoing from before it counted", reverse("", "t", "2026-02-28"), fault.Invalid, "cannot be reversed"},
		{"undoing what is not there", reverse("", "nothing", "2026-02-28"), fault.NotFound, "no entry"},
		{"undoing without a reason", Entry{Kind: Reverse, Reverses: "t", Effective: day("2026-03-01")}, fault.Invalid, "says why"},
		{"no shares", issue("", "ann", "trade", 0, "2026-04-01"), fault.Invalid, "not between"},
		{"of a class that is not there", Entry{Kind: Issue, Class: "gold", To: "ann", Quantity: 1, Effective: day("2026-04-01")}, fault.NotFound, "no share class"},
		{"the same entry again", issue("p", "cat", "trade", 1, "2026-04-01"), fault.Conflict, "already"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := empty(t)
			for _, e := range start {
				if _, err := l.Add(e); err != nil {
					t.Fatal(err)
				}
			}
			if c.e.ID == "" {
				c.e.ID = "new"
			}
			before := l.HoldingsOn(day("2030-01-01"))
			_, err := l.Add(c.e)
			if c.kind == "" && err == nil {
				return
			}
			if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v; want %s ...%s...", err, c.kind, c.says)
			}
			if after := l.HoldingsOn(day("2030-01-01")); !reflect.DeepEqual(before, after) {
				t.Errorf("a refused entry changed holdings from %v to %v", before, after)
			}
		})
	}
}

// grown makes a random ledger of entries that were accepted.
func grown(t testing.TB, rng *rand.Rand, n int) *Ledger {
	l := empty(t)
	people := []string{"ann", "ben", "cat", "dan"}
	start := day("2026-01-01")
	for i := range n {
		e := Entry{
			ID: fmt.Sprintf("e%03d", i), Number: i + 1,
			Kind:     []Kind{Issue, Issue, Transfer, Convert, Redeem, Cancel, Reverse}[rng.IntN(7)],
			Class:    classes[rng.IntN(3)].ID,
			Quantity: int64(1 + rng.IntN(9)), Effective: start.AddDays(rng.IntN(200)), Reason: "test",
		}
		switch e.Kind {
		case Issue:
			e.To = people[rng.IntN(4)]
			e.PaidPence = e.Quantity * 1000
		case Transfer:
			e.From, e.To = people[rng.IntN(4)], people[rng.IntN(4)]
		case Convert:
			e.From, e.Class, e.ToClass, e.ToQuantity = people[rng.IntN(4)], "invest", "trade", e.Quantity*2
		case Reverse:
			e = Entry{ID: e.ID, Number: e.Number, Kind: Reverse, Reverses: fmt.Sprintf("e%03d", rng.IntN(n)), Effective: e.Effective, Reason: "test"}
		default:
			e.From = people[rng.IntN(4)]
		}
		_, _ = l.Add(e) // refused ones are not in the ledger
	}
	return l
}

// On every day what is held is what was issued less what is gone, no holding is
// below nought, and no member holds more than class and law allow.
func TestLedger_Conservation(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	kinds := map[Kind]int{}
	for range 60 {
		l := grown(t, rng, 120)
		for _, e := range l.Entries() {
			kinds[e.Kind]++
		}
		for n := -1; n < 205; n++ {
			on := day("2026-01-01").AddDays(n)
			held := map[string]int64{}
			for _, h := range l.HoldingsOn(on) {
				if c, _ := l.Class(h.Class); h.Quantity < 0 || c.MaxHoldingPence > 0 && h.Pence > c.MaxHoldingPence {
					t.Fatalf("on %s: %+v", on, h)
				}
				held[h.Class] += h.Quantity
			}
			for _, total := range l.TotalsOn(on) {
				if held[total.Class] != total.Issued-total.Gone || total.Quantity != held[total.Class] {
					t.Fatalf("on %s: held %d, %+v", on, held[total.Class], total)
				}
			}
		}
	}
	for _, k := range []Kind{Issue, Transfer, Convert, Redeem, Cancel, Reverse} {
		if kinds[k] == 0 {
			t.Errorf("no %s was ever accepted: the test tries too little", k)
		}
	}
}

// The order in which entries were made does not matter to what is held.
func TestLedger_OrderOfEntryDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		l := grown(t, rng, 80)
		shuffled := slices.Clone(l.Entries())
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other, err := NewLedger(classes, shuffled, nil, societyCap)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 50, 100, 200} {
			on := day("2026-01-01").AddDays(n)
			if a, b := l.HoldingsOn(on), other.HoldingsOn(on); !reflect.DeepEqual(a, b) {
				t.Fatalf("on %s: %v and %v", on, a, b)
			}
		}
	}
}

// An entry and its reversal from the same day leave every day as it was.
func TestLedger_ReversalRestores(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	tried := 0
	for range 200 {
		l := grown(t, rng, 40)
		var before [][]Holding
		for n := range 210 {
			before = append(before, l.HoldingsOn(day("2026-01-01").AddDays(n)))
		}
		e := Entry{ID: "new", Kind: Transfer, Class: "trade", From: "ann", To: "ben", Quantity: 1, Effective: day("2026-01-01").AddDays(rng.IntN(200))}
		if _, err := l.Add(e); err != nil {
			continue
		}
		if _, err := l.Add(Entry{ID: "undo", Kind: Reverse, Reverses: "new", Effective: e.Effective, Reason: "test"}); err != nil {
			t.Fatal(err)
		}
		tried++
		for n := range 210 {
			if after := l.HoldingsOn(day("2026-01-01").AddDays(n)); !reflect.DeepEqual(before[n], after) {
				t.Fatalf("day %d: %v, then %v", n, before[n], after)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d transfers were accepted: the test tries too little", tried)
	}
}
