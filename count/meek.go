package count

import (
	"slices"
)

// Meek's method as the Proportional Representation Foundation's reference rule
// puts it: nine decimals, omega a millionth. Comments cite its steps.
func meek() Rule {
	return Rule{
		ID: "meek", Version: 1, Name: "Meek, reference rule of the Proportional Representation Foundation",
		Ranked: true, Method: Keep, Decimals: 9, Fillings: []Filling{Countback},
		Sources: []Source{{"Proportional Representation Foundation, Reference Meek Rule, steps A to C and T", "stored copy of prfound.org, steps A to B.3"}},
		Readings: []Reading{
			{"B.2.a", "A paper ranks candidates equally.", "It counts in every order of them, in equal parts, so that whoever is ranked after them gets only what all of them leave."},
			{"B.2.a", "A paper leaves a place out.", "The place is passed over."},
			{"B.2.f", "An elected candidate falls below the quota.", "The keep factor rises, to 1 at most; it stays where the vote is nought."},
			{"T", "How are ties broken?", "By lot, among all within the surplus of the lowest."},
		},
	}
}

func meekShared() Rule {
	r := meek()
	r.ID, r.Name, r.Shared = "meek-shared", "Meek, equal preferences parted once", true
	r.Readings = slices.Clone(r.Readings)
	r.Readings[0].Answer = "The vote is parted equally among those of them not excluded; what an elected one does not keep goes on to the next place, not to the equal ones."
	return r
}

const (
	whole = 1_000_000_000 // one vote, and a keep factor of 1
	omega = whole / 1_000_000
)

// meekCount is what a Meek count holds besides the tally.
type meekCount struct {
	*tally
	keep    []int64
	tree    tree
	equals  []int32 // rankings with equal preferences
	surplus int64
}

func (t *tally) countMeek() error {
	// A. Everyone keeps a whole vote.
	m := &meekCount{tally: t, keep: make([]int64, t.n+1)}
	for c := 1; c <= t.n; c++ {
		if t.state[c] == hopeful {
			m.keep[c] = whole
		}
	}
	t.result.Valid, t.result.Invalid = t.b.total-t.b.blank, t.b.blank
	for i := range t.b.start {
		if slices.ContainsFunc(t.b.raw(i), func(v uint16) bool { return v&equal != 0 }) {
			m.equals = append(m.equals, int32(i))
		}
	}
	t.begin(First)
	for {
		// B.1, C.1: complete when all seats are filled or can be.
		if t.hopefuls <= t.vacancies() {
			if t.stage.Kind == First {
				m.gather()
				m.distribute()
			}
			m.total()
			t.electLeft()
			t.finish()
			return nil
		}
		elected, err := m.iterate()
		if err != nil {
			return err
		}
		m.total()
		if !t.over() && t.hopefuls <= t.vacancies() {
			t.electLeft()
		}
		t.finish()
		if t.over() {
			return nil
		}
		if elected {
			t.begin(Surpluses)
			continue
		}
		if err := m.defeat(); err != nil {
			return err
		}
	}
}

// total works out what is with no candidate.
func (m *meekCount) total() {
	m.lost = m.result.Valid * m.one
	for _, v := range m.votes {
		m.lost -= v
	}
}

// iterate is step B.2: shares are worked out again and again until somebody is
// elected or they stand still. It reports whether somebody was elected.
func (m *meekCount) iterate() (bool, error) {
	m.gather()
	for last := int64(-1); ; last = m.surplus {
		m.distribute() // B.2.a
		// B.2.b: the quota, to nine decimals and one unit more.
		sum := int64(0)
		for _, v := range m.votes {
			sum += v
		}
		m.quota = sum/int64(m.seats+1) + 1
		// B.2.c: winners.
		before := len(m.result.Elected)
		if err := m.electThose(m.reaching()); err != nil {
			return false, err
		}
		// B.2.d: the total surplus, not less than nought.
		m.surplus = 0
		for _, c := range m.result.Elected {
			m.surplus += m.votes[c] - m.quota
		}
		m.surplus = max(0, m.surplus)
		// B.2.e: finished?
		if len(m.result.Elected) > before {
			return true, nil
		}
		if m.surplus < omega || last >= 0 && m.surplus >= last {
			if before > 0 {
				m.remark(Remark{Topic: Settled, Amount: m.amount(m.surplus)})
			}
			return false, nil
		}
		m.update()
	}
}

// update is step B.2.f: each elected candidate keeps less, in the measure by which
// the vote exceeds the quota. Both steps round up.
func (m *meekCount) update() {
	for _, c := range m.result.Elected {
		wanted := muldivUp(m.keep[c], m.quota, whole)
		switch {
		case m.votes[c] == 0:
		case wanted >= m.votes[c]:
			m.keep[c] = whole
		default:
			m.keep[c] = muldivUp(wanted, whole, m.votes[c])
		}
	}
}

// defeat is step B.3: the lowest is defeated, with ties among all who are within
// the surplus of the lowest.
func (m *meekCount) defeat() error {
	list := m.lowest()
	m.begin(Exclusion)
	tied := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return m.votes[c] > m.votes[list[0]]+m.surplus })
	slices.Sort(tied)
	c, err := m.choose(ToExclude, tied, noHistory) // T
	if err != nil {
		return err
	}
	m.stage.Candidates = []int{c}
	m.exclude(c)
	m.keep[c], m.votes[c] = 0, 0
	return nil
}
