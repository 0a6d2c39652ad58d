package staff

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"commonweal/law"
)

// Whatever a row of lists says of somebody, one after another: on the date of each
// list what is in force is what it says; the versions are numbered without a gap;
// the main posts follow each other and never overlap; and no list reaches back
// before the days that it and the one before it give.
func TestRevise_AnyListsHoldTogether(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		var lists []told
		asAt := on(t, "2020-01-01")
		start, end, site := law.NewDate(2019, 6, 1), law.Date{}, "A"
		for range 2 + r.IntN(8) {
			asAt = asAt.AddDays(1 + r.IntN(60))
			switch r.IntN(6) {
			case 0:
				site = string(rune('A' + r.IntN(3)))
			case 1:
				end = asAt.AddDays(r.IntN(80) - 60)
			case 2:
				end = law.Date{}
			case 3:
				start = start.AddDays(r.IntN(200) - 100)
			case 4:
				start, end = asAt.AddDays(r.IntN(40)-30), law.Date{}
			}
			if !end.IsZero() && end.Before(start) {
				end = law.Date{}
			}
			lists = append(lists, told{asAt.String(), start.String(), end.String(), site})
		}
		for n := 1; n <= len(lists); n++ {
			versions := tell(t, lists[:n])
			now, asAt := lists[n-1].person(t), on(t, lists[n-1].asAt)
			var inForce Version
			for _, s := range Timeline(versions) {
				if !s.From.After(asAt) && (s.To.IsZero() || !s.To.Before(asAt)) {
					inForce = s.Version
				}
			}
			if now.Main.Start.After(asAt) {
				if inForce.N > 0 && inForce.employs(asAt) && n == 1 {
					t.Fatalf("seed %d: employed before the first day: %v", seed, lists[:n])
				}
				continue
			}
			if !inForce.same(now) {
				t.Fatalf("seed %d: on %s %+v is in force and the list says %+v\n%v", seed, asAt, inForce, now, lists[:n])
			}
			var last Post
			for _, p := range posts("wye", versions) {
				if !last.From.IsZero() && (last.To.IsZero() || !p.From.After(last.To)) {
					t.Fatalf("seed %d: posts overlap: %v and %v\n%v", seed, last, p, lists[:n])
				}
				last = p
			}
			if held := !last.From.IsZero() && !asAt.Before(last.From) && (last.To.IsZero() || !asAt.After(last.To)); held != inForce.employs(asAt) {
				t.Fatalf("seed %d: a post is held on %s: %t, employed: %t\n%v", seed, asAt, held, inForce.employs(asAt), fmt.Sprint(lists[:n]))
			}
		}
	}
}
