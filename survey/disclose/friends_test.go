package disclose

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// ward is one row of the friends-and-family test: answers from very good to
// very poor, and don't know.
type ward struct {
	name    string
	answers [6]int
}

func (w ward) total() int {
	n := 0
	for _, x := range w.answers {
		n += x
	}
	return n
}

func (w ward) positive() int { return w.answers[0] + w.answers[1] }

// friendsRow is what the national workbook shows of a row.
type friendsRow struct {
	total    int     // -1: *
	positive float64 // share; -1: *
	answers  bool    // the breakdown is shown
}

// friendsSuppression is the national rule for one level: rows of one to four
// responses are starred; where one row is, the next lowest loses its breakdown
// too, but keeps total and percentage positive.
func friendsSuppression(wards []ward) []friendsRow {
	rows := make([]friendsRow, len(wards))
	order := make([]int, len(wards))
	starred := 0
	for i, w := range wards {
		order[i] = i
		rows[i] = friendsRow{w.total(), float64(w.positive()) / float64(max(1, w.total())), true}
		if n := w.total(); n >= 1 && n <= 4 {
			rows[i] = friendsRow{-1, -1, false}
			starred++
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(wards[a].total(), wards[b].total()) })
	if starred == 1 {
		for _, i := range order {
			if rows[i].answers && rows[i].total > 0 {
				rows[i].answers = false
				break
			}
		}
	}
	return rows
}

// hierarchy is a trust of sites of wards, each site with one ward of one to
// four responses.
func hierarchy(random *rand.Rand) (sites [][]ward) {
	for s := range 3 {
		var list []ward
		for k := range 4 + random.IntN(3) {
			w := ward{name: fmt.Sprintf("s%dw%d", s, k)}
			n := 5 + random.IntN(60)
			if k == 0 {
				n = 1 + random.IntN(4)
			}
			for range n {
				o := 0
				for random.Float64() > 0.6 && o < 5 {
					o++
				}
				w.answers[o]++
			}
			list = append(list, w)
		}
		sites = append(sites, list)
	}
	return sites
}

// The national friends-and-family suppression is undone every time: the second
// row keeps its total and percentage, so the parent less the others is the
// starred ward (NHS England's own description of the rule: rows below five, the
// next lowest with them, upwards through site, trust and board). Of the same
// wards our release leaves the attacker nothing.
func TestAttack_FriendsAndFamily(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 20))
	starred, broken := 0, 0
	for range 60 {
		sites := hierarchy(random)
		for _, wards := range sites {
			rows := friendsSuppression(wards)
			s := &system{whole: true}
			var totals, goods []term
			all, good := 0, 0
			for i, r := range rows {
				all, good = all+wards[i].total(), good+wards[i].positive()
				n, p := s.quantity(1, 4), s.quantity(0, 4)
				if r.total >= 0 {
					s.low[n], s.top[n] = float64(r.total), float64(r.total)
					s.low[p], s.top[p] = r.positive*float64(r.total)-0.5, r.positive*float64(r.total)+0.5
				}
				totals, goods = append(totals, term{n, 1}), append(goods, term{p, 1})
			}
			s.between(float64(all), float64(all), totals...)
			s.between(float64(good), float64(good), goods...)
			if err := s.carry(); err != nil {
				t.Fatal(err)
			}
			for i, r := range rows {
				if r.total >= 0 {
					continue
				}
				starred++
				if s.low[2*i] == float64(wards[i].total()) && s.top[2*i] == s.low[2*i] && s.low[2*i+1] == float64(wards[i].positive()) && s.top[2*i+1] == s.low[2*i+1] {
					broken++
				}
			}
		}
	}
	if starred != broken || starred < 150 {
		t.Errorf("%d of %d starred wards were recovered; the rule is broken every time", broken, starred)
	}
	for range 8 {
		found, err := ourFriends(t, hierarchy(random))
		if err != nil || len(found) > 0 {
			t.Errorf("our release: found %v, %v", found, err)
		}
	}
}

func ourFriends(t *testing.T, sites [][]ward) ([]Found, error) {
	s := Shape{Wave: "may", Instrument: "friends", Lattice: Lattice{Units: []Unit{{Code: "trust"}}}}
	q := Question{ID: "experience", Options: make([]Option, 6)}
	q.Options[0].Positive, q.Options[1].Positive = true, true
	s.Questions = []Question{q}
	for i, wards := range sites {
		site := fmt.Sprintf("s%d", i)
		s.Lattice.Units = append(s.Lattice.Units, Unit{Code: site, Of: "trust"})
		for _, w := range wards {
			s.Lattice.Units = append(s.Lattice.Units, Unit{Code: w.name, Of: site})
		}
	}
	c, err := NewCube(s)
	if err != nil {
		return nil, err
	}
	for _, wards := range sites {
		for _, w := range wards {
			for o, n := range w.answers {
				for range n {
					if err := c.Add(w.name, Everybody, []uint8{uint8(o + 1)}, nil); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	r, _, err := Protect(c, nil, Knowledge{}, DefaultRules())
	if err != nil {
		return nil, err
	}
	if shown, _ := r.Tally(); shown.Questions < 3 {
		t.Errorf("only %d figures are shown", shown.Questions)
	}
	found, _, err := Attack([]Release{r}, Knowledge{})
	return found, err
}
