package disclose

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// smallRules let a whole table be tried by hand: four are enough.
var smallRules = Rules{Minimum: 4, Scores: 4, Comments: 20, Few: 1, Step: 2}

// leaf is one team (or team and group) of a small table: how many gave each of
// two answers and how many none.
type leaf struct{ yes, no, none int }

// small is a lattice so small that every table of whole numbers can be tried.
type small struct {
	shape  Shape
	leaves []int   // places
	above  [][]int // by place: the leaves in it, by their number
	room   []int   // by leaf
	none   bool    // answers may be left out
}

func newSmall(teams, groups, room int, none bool, random *rand.Rand) small {
	l := Lattice{Units: []Unit{{Code: "all"}}}
	for t := range teams {
		l.Units = append(l.Units, Unit{Code: fmt.Sprintf("t%d", t), Of: "all"})
	}
	for g := range groups {
		l.Groups = append(l.Groups, fmt.Sprintf("g%d", g))
	}
	y := small{none: none, shape: Shape{Wave: "w", Instrument: "tiny", Lattice: l, Questions: []Question{
		{ID: "q", Options: []Option{{Positive: true}, {}}},
	}}}
	y.above = make([][]int, l.size())
	for t := 1; t <= teams; t++ {
		for g := range l.columns() {
			if groups > 0 && g == 0 {
				continue
			}
			at, n := t*l.columns()+g, len(y.leaves)
			y.leaves = append(y.leaves, at)
			y.room = append(y.room, 1+random.IntN(room))
			for _, c := range []int{0, g, t * l.columns(), at} {
				if k := len(y.above[c]); k == 0 || y.above[c][k-1] != n {
					y.above[c] = append(y.above[c], n)
				}
			}
		}
	}
	return y
}

func (y small) knowledge() Knowledge {
	var k Knowledge
	for c := range y.above {
		n := 0
		for _, i := range y.above[c] {
			n += y.room[i]
		}
		k.Eligible = append(k.Eligible, Eligible{Wave: "w", Cell: y.shape.Lattice.cell(c), People: n})
	}
	return k
}

func (y small) random(random *rand.Rand) []leaf {
	list := make([]leaf, len(y.leaves))
	for i := range list {
		for range random.IntN(y.room[i] + 1) {
			switch v := random.IntN(5); {
			case v < 3:
				list[i].yes++
			case v < 4 || !y.none:
				list[i].no++
			default:
				list[i].none++
			}
		}
	}
	return list
}

func (y small) cube(t *testing.T, table []leaf) *Cube {
	c, err := NewCube(y.shape)
	if err != nil {
		t.Fatal(err)
	}
	for i, at := range y.leaves {
		cell := y.shape.Lattice.cell(at)
		for code, n := range []int{table[i].none, table[i].yes, table[i].no} {
			for range n {
				if err := c.Add(cell.Unit, cell.Group, []uint8{uint8(code)}, nil); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return c
}

// fits says whether a release could have been made of such a cell.
func fits(r *Release, f *Figures, c leaf) bool {
	if f == nil {
		return true
	}
	n, b := c.yes+c.no+c.none, c.yes+c.no
	if n < r.Rules.Minimum || r.Rules.base(n) != f.Base {
		return false
	}
	s := f.Questions[0]
	if s == nil {
		return true
	}
	return b >= r.Rules.Scores && !r.Rules.oneSided(r.Questions[0], []int{c.yes, c.no}) && r.Rules.base(b) == s.Base &&
		percent(c.yes, b) == s.Percent[0] && percent(c.no, b) == s.Percent[1]
}

// spans is what every table that fits the release has in a cell.
type spans struct{ people, yes, no open }

// every tries all tables.
func (y small) every(r *Release) (list []spans, tables int) {
	list = make([]spans, len(y.above))
	table := make([]leaf, len(y.leaves))
	n := r.Lattice.columns()
	var put func(i int)
	put = func(i int) {
		if i == len(table) {
			totals := make([]leaf, len(y.above))
			for c, of := range y.above {
				for _, k := range of {
					totals[c].yes += table[k].yes
					totals[c].no += table[k].no
					totals[c].none += table[k].none
				}
				if !fits(r, r.Cells[c/n][c%n], totals[c]) {
					return
				}
			}
			tables++
			for c, v := range totals {
				s := &list[c]
				if tables == 1 {
					*s = spans{open{99, -1}, open{99, -1}, open{99, -1}}
				}
				s.people.take(v.yes + v.no + v.none)
				s.yes.take(v.yes)
				s.no.take(v.no)
			}
			return
		}
		for yes := 0; yes <= y.room[i]; yes++ {
			for no := 0; yes+no <= y.room[i]; no++ {
				for none := 0; yes+no+none <= y.room[i]; none++ {
					if none > 0 && !y.none {
						break
					}
					table[i] = leaf{yes, no, none}
					if at := y.leaves[i]; fits(r, r.Cells[at/n][at%n], table[i]) {
						put(i + 1)
					}
				}
			}
		}
	}
	put(0)
	return list, tables
}

func (o *open) take(v int) { o.low, o.top = min(o.low, v), max(o.top, v) }

// smalls alternates shapes. All tables that the attacker thinks possible are
// tried only where answers may be left out.
func smalls(random *rand.Rand, all bool) small {
	switch k := random.IntN(4); {
	case k == 0:
		return newSmall(3, 0, 6, true, random)
	case k == 1:
		return newSmall(2, 2, 3, true, random)
	case all:
		return newSmall(3, 0, 5, true, random)
	case k == 2:
		return newSmall(4, 0, 6, false, random)
	default:
		return newSmall(2, 2, 6, false, random)
	}
}

// Of every hidden quantity of a protected release there is more than one value
// among all tables of whole numbers that fit the release: nobody can know it,
// with whatever arithmetic. The attacker had no part in finding these tables.
func TestProtect_EveryHiddenCellHasSeveralTables(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	released, hidden, wide := 0, 0, 0
	for range 60 {
		y := smalls(random, false)
		truth := y.random(random)
		c := y.cube(t, truth)
		r, _, err := protect(c, nil, y.knowledge(), smallRules)
		if err != nil {
			t.Fatalf("%v: %v", truth, err)
		}
		list, tables := y.every(&r)
		if tables == 0 {
			t.Fatalf("%v: not even the true table fits the release", truth)
		}
		released++
		n := r.Lattice.columns()
		for at, s := range list {
			room := 0
			for _, i := range y.above[at] {
				room += y.room[i]
			}
			f := r.Cells[at/n][at%n]
			if room == 0 || f != nil && f.Questions[0] != nil {
				continue
			}
			if y.harmless(s) {
				continue // known to be one that could have been shown
			}
			hidden++
			if f == nil && s.people.low == s.people.top {
				t.Errorf("%v: %s: respondents can only be %d", truth, r.Lattice.cell(at), s.people.low)
			}
			for name, o := range map[string]open{"yes": s.yes, "no": s.no} {
				if o.low == o.top {
					t.Errorf("%v: %s: %s can only be %d", truth, r.Lattice.cell(at), name, o.low)
				}
				if o.top-o.low >= min(smallRules.Few+1, room) {
					wide++
				}
			}
		}
	}
	t.Logf("%d releases, %d hidden cells, %d of %d counts as open as the rules ask", released, hidden, wide, 2*hidden)
	if hidden < 100 || wide < hidden*2*95/100 {
		t.Errorf("only %d of %d counts are as open as the rules ask", wide, 2*hidden)
	}
}

func (y small) harmless(s spans) bool {
	return s.people.low >= smallRules.Minimum && s.yes.low > smallRules.Few && s.no.low > smallRules.Few
}

// On releases that only the primary rules were applied to, whatever all tables
// agree on the attacker finds, and what the attacker says lies around what the
// tables have.
func TestAttack_FindsWhatAllTablesAgreeOn(t *testing.T) {
	if testing.Short() {
		t.Skip("it counts over many small tables")
	}
	random := rand.New(rand.NewPCG(11, 3))
	agreed, missed := 0, 0
	for range 240 {
		y := smalls(random, true)
		truth := y.random(random)
		r := y.cube(t, truth).draft(y.knowledge(), smallRules)
		found, _, err := Attack([]Release{r}, y.knowledge())
		if err != nil {
			t.Fatalf("%v: %v", truth, err)
		}
		list, _ := y.every(&r)
		known := map[string]Found{}
		for _, f := range found {
			at := r.Lattice.place(f.Cell)
			if f.Rest {
				continue
			}
			s := list[at]
			o, name := s.people, "people"
			switch {
			case f.Option == 1 || f.Side == Favourable:
				o, name = s.yes, "yes"
			case f.Option == 2 || f.Side == Otherwise:
				o, name = s.no, "no"
			}
			known[fmt.Sprint(at, name)] = f
			if float64(o.low) < f.Low || float64(o.top) > f.High {
				t.Errorf("%v: %s, and there are tables with %d to %d", truth, f, o.low, o.top)
			}
		}
		n := r.Lattice.columns()
		for at, s := range list {
			room := 0
			for _, i := range y.above[at] {
				room += y.room[i]
			}
			f := r.Cells[at/n][at%n]
			if room == 0 || f != nil && f.Questions[0] != nil || y.harmless(s) {
				continue
			}
			for name, o := range map[string]open{"yes": s.yes, "no": s.no} {
				if o.low != o.top {
					continue
				}
				agreed++
				if _, ok := known[fmt.Sprint(at, name)]; !ok {
					missed++
					t.Errorf("%v: %s: all tables have %d who said %s, and the attacker does not know", truth, r.Lattice.cell(at), o.low, name)
				}
			}
		}
	}
	t.Logf("%d counts on which all tables agree, %d missed", agreed, missed)
	if agreed < 20 {
		t.Errorf("only %d counts to find", agreed)
	}
}
