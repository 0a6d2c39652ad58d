package disclose

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"commonweal/survey/score"
)

// house describes an invented organisation.
type house struct {
	directorates, teams, groups int // teams in a directorate
	people                      [2]int
	respond                     float64
	questions, scores           int
	skip                        float64 // share of answers left out
}

func (h house) lattice() Lattice {
	l := Lattice{Units: []Unit{{Code: "all"}}}
	for d := range h.directorates {
		l.Units = append(l.Units, Unit{Code: fmt.Sprintf("d%d", d), Of: "all"})
	}
	for d := range h.directorates {
		for t := range h.teams {
			l.Units = append(l.Units, Unit{Code: fmt.Sprintf("d%dt%d", d, t), Of: fmt.Sprintf("d%d", d)})
		}
	}
	for g := range h.groups {
		l.Groups = append(l.Groups, fmt.Sprintf("g%d", g))
	}
	return l
}

// fivePoint is a question on five points, the last two of them good.
func fivePoint(id string) Question {
	q := Question{ID: id}
	for o := range 5 {
		p := 2.5 * float64(o)
		q.Options = append(q.Options, Option{Positive: o > 2, Points: &p})
	}
	return q
}

func (h house) shape(wave string) Shape {
	s := Shape{Wave: wave, Instrument: "invented", Lattice: h.lattice()}
	for q := range h.questions {
		s.Questions = append(s.Questions, fivePoint(fmt.Sprintf("q%d", q)))
	}
	for i := range h.scores {
		sc := Score{ID: fmt.Sprintf("s%d", i), Least: 2, Worst: 0, Best: 10}
		for k := range 3 {
			sc.Questions = append(sc.Questions, fmt.Sprintf("q%d", (3*i+k)%h.questions))
		}
		s.Scores = append(s.Scores, sc)
	}
	return s
}

// person is one who answered.
type person struct {
	unit, group string
	answers     []uint8
}

func (h house) staff(random *rand.Rand) (people []person, eligible []Eligible) {
	byCell := map[Cell]int{}
	l := h.lattice()
	parents := l.parents()
	for u := range l.Units {
		if u <= h.directorates {
			continue
		}
		n := h.people[0] + random.IntN(h.people[1]-h.people[0]+1)
		mood := 0.25 * random.NormFloat64()
		for range n {
			group := Everybody
			if h.groups > 0 {
				group = l.Groups[int(float64(h.groups)*math.Pow(random.Float64(), 1.6))]
			}
			for up := u; up >= 0; up = parents[up] {
				byCell[Cell{Unit: l.Units[up].Code}]++
				if group != Everybody {
					byCell[Cell{Unit: l.Units[up].Code, Group: group}]++
				}
			}
			if random.Float64() > h.respond {
				continue
			}
			p := person{unit: l.Units[u].Code, group: group, answers: make([]uint8, h.questions)}
			own := random.NormFloat64()
			for q := range p.answers {
				lean := 0.8*math.Sin(float64(7*q)) + 0.6
				if random.Float64() >= h.skip {
					v := math.Round(3 + lean + mood + 0.6*own + 0.8*random.NormFloat64())
					p.answers[q] = uint8(min(5, max(1, v)))
				}
			}
			people = append(people, p)
		}
	}
	for c := range l.size() {
		eligible = append(eligible, Eligible{Cell: l.cell(c), People: byCell[l.cell(c)]})
	}
	return people, eligible
}

func listed(wave string, list []Eligible) []Eligible {
	out := make([]Eligible, len(list))
	for i, e := range list {
		e.Wave = wave
		out[i] = e
	}
	return out
}

// cubeOf counts people by the rules of the fixture's scores.
func cubeOf(t testing.TB, s Shape, people []person) *Cube {
	t.Helper()
	c, err := NewCube(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		values := make([]score.Value, len(s.Scores))
		for i, sc := range s.Scores {
			var parts []score.Value
			for _, id := range sc.Questions {
				for q := range s.Questions {
					if s.Questions[q].ID == id && p.answers[q] > 0 {
						parts = append(parts, score.Of(*s.Questions[q].Options[p.answers[q]-1].Points))
					}
				}
			}
			values[i] = score.Combine(sc.Least, parts...)
		}
		if err := c.Add(p.unit, p.group, p.answers, values); err != nil {
			t.Fatal(err)
		}
	}
	return c
}
