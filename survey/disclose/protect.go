package disclose

import (
	"fmt"
	"slices"
)

// Protect makes the release of a wave: hides what the rules hide, then the
// cheapest more that leaves the attacker nothing to find in it together with
// all earlier releases of the organisation.
//
// Where that cannot be had the error is a [*Refusal] that lists what the
// attacker still finds; nothing may be published then. Earlier releases stay as
// they are: what the attacker finds in them alone is not held against this one.
func Protect(c *Cube, earlier []Release, public Knowledge, rules Rules) (Release, Certificate, error) {
	if err := rules.Check(); err != nil {
		return Release{}, Certificate{}, err
	}
	return protect(c, earlier, public, rules)
}

// Refusal is the error of a release that cannot be protected.
type Refusal struct{ Found []Found }

func (r *Refusal) Error() string {
	if len(r.Found) == 0 {
		return "the release gives away what it hides"
	}
	return fmt.Sprintf("the release gives away %d quantities that it hides, the first of them: %s", len(r.Found), r.Found[0])
}

// protector is a release in the making.
type protector struct {
	*attacker
	cube    *Cube
	release Release
	world   *world
	table   *table
	from    int // where this release stands among those of its table
	sums    []sum
	of      [][]int // by place: the sums it is in
	before  map[Found]bool
}

func protect(c *Cube, earlier []Release, public Knowledge, rules Rules) (Release, Certificate, error) {
	p := &protector{
		attacker: newAttacker(c.truth()), cube: c, release: c.draft(public, rules),
		sums: c.Lattice.sums(), of: make([][]int, c.Lattice.size()), before: map[Found]bool{},
	}
	for i, m := range p.sums {
		p.of[m.whole] = append(p.of[m.whole], i)
		for _, at := range m.parts {
			p.of[at] = append(p.of[at], i)
		}
	}
	list, err := worlds(append(slices.Clone(earlier), p.release), public)
	if err != nil {
		return Release{}, Certificate{}, err
	}
	for _, w := range list {
		for _, t := range w.tables {
			if t.wave == c.Wave {
				p.world, p.table, p.from = w, t, len(t.releases)-1
			}
		}
	}
	if err := p.remember(public); err != nil {
		return Release{}, Certificate{}, err
	}
	if err := p.hide(); err != nil {
		return Release{}, Certificate{}, err
	}
	return p.certify(earlier, public)
}

// truth is how many answered in a cell.
func (c *Cube) truth() func(wave string, cell Cell) (int, bool) {
	index := make(map[Cell]int, len(c.cells))
	for at := range c.cells {
		index[c.Lattice.cell(at)] = at
	}
	return func(wave string, cell Cell) (int, bool) {
		at, ok := index[cell]
		if wave != c.Wave || !ok {
			return 0, false
		}
		return c.cells[at].people, true
	}
}

// remember notes what is found in the releases so far that bear on this one.
func (p *protector) remember(public Knowledge) error {
	var linked []Release
	for _, t := range p.world.tables {
		for i, r := range t.releases {
			if t != p.table || i != p.from {
				linked = append(linked, *r)
			}
		}
	}
	if len(linked) == 0 {
		return nil
	}
	found, _, err := Attack(linked, public)
	for _, f := range found {
		p.before[f.key()] = true
	}
	return err
}

// key is a quantity without what is known of it.
func (f Found) key() Found {
	f.Low, f.High, f.Width = 0, 0, 0
	return f
}

// news leaves out what was already known before this release.
func (p *protector) news(found []Found) []Found {
	return slices.DeleteFunc(found, func(f Found) bool { return f.Wave != p.cube.Wave && p.before[f.key()] })
}

func (p *protector) figures(at int) *Figures {
	n := p.cube.Lattice.columns()
	return p.release.Cells[at/n][at%n]
}

func (p *protector) set(at int, f *Figures) {
	n := p.cube.Lattice.columns()
	p.release.Cells[at/n][at%n] = f
	p.table.figures[p.table.index[p.cube.Lattice.cell(at)]][p.from] = f
}

// rounds is how often a release is mended that linear programmes still find
// something in.
const rounds = 12

// hide goes through people, questions and scores, and attacks what comes of it
// with all there is; where that still finds something, it mends those.
func (p *protector) hide() error {
	if err := p.hidePeople(); err != nil {
		return err
	}
	people, _, err := p.people(p.world)
	if err != nil {
		return err
	}
	err = p.each(len(p.cube.Questions), func(a *attacker, q int) error {
		own := *p
		own.attacker = a
		return own.hideQuestion(people, q, false)
	})
	if err != nil {
		return err
	}
	if err := p.hideScores(people, nil); err != nil {
		return err
	}
	var found []Found
	for range rounds {
		p.attacker = newAttacker(p.truth)
		found, err = p.attack(p.world)
		if err != nil {
			return err
		}
		if found = p.news(found); len(found) == 0 {
			return nil
		}
		if people, _, err = p.people(p.world); err != nil {
			return err
		}
		if err := p.mend(people, found); err != nil {
			return err
		}
	}
	return &Refusal{found}
}

// mend goes thoroughly through the questions and scores that were found.
func (p *protector) mend(people *system, found []Found) error {
	again := map[string]bool{}
	for _, f := range found {
		if f.What == "people" {
			return p.hidePeople()
		}
		again["question "+f.Question] = true
		again["score "+f.Score] = true
	}
	for q, question := range p.cube.Questions {
		if again["question "+question.ID] {
			if err := p.hideQuestion(people, q, true); err != nil {
				return err
			}
		}
	}
	return p.hideScores(people, again)
}

// hideScores goes through the scores. Taking a score away may take the
// protection of another with it: so it goes round until nothing moves.
func (p *protector) hideScores(people *system, found map[string]bool) error {
	d := bounds
	if found != nil {
		d = thorough
	}
	for again := true; again; {
		again = false
		for s, sc := range p.cube.Scores {
			if sc.Groups {
				continue
			}
			moved, err := p.hideScore(people, s, found["score "+sc.ID])
			if err != nil {
				return err
			}
			again = again || moved
		}
		moved, err := p.hideWithin(people, d)
		if err != nil {
			return err
		}
		again = again || moved
		p.hideComposed()
	}
	return nil
}

func (p *protector) hidePeople() error {
	kept := map[int]*Figures{}
	n := &hunt{
		attack: func() ([]Found, error) {
			_, found, err := p.people(p.world)
			return found, err
		},
		shown:  func(at int) bool { return p.figures(at) != nil },
		hide:   func(at int) { kept[at] = p.figures(at); p.set(at, nil) },
		show:   func(at int) { p.set(at, kept[at]) },
		enough: true,
	}
	p.close(n)
	return p.pursue(n, true)
}

func (p *protector) hideQuestion(people *system, q int, all bool) error {
	kept := map[int]*Share{}
	id := p.cube.Questions[q].ID
	n := &hunt{
		attack: func() ([]Found, error) { return p.question(p.world, people, id) },
		shown:  func(at int) bool { return share(p.figures(at), q) != nil },
		hide:   func(at int) { kept[at] = p.figures(at).Questions[q]; p.figures(at).Questions[q] = nil },
		show:   func(at int) { p.figures(at).Questions[q] = kept[at] },
	}
	return p.pursue(n, all)
}

func (p *protector) hideScore(people *system, s int, all bool) (bool, error) {
	kept := map[int]*Mean{}
	id := p.cube.Scores[s].ID
	n := &hunt{
		attack: func() ([]Found, error) { return p.score(p.world, people, id) },
		shown: func(at int) bool {
			f := p.figures(at)
			return f != nil && f.Scores[s] != nil
		},
		hide: func(at int) { kept[at] = p.figures(at).Scores[s]; p.figures(at).Scores[s] = nil },
		show: func(at int) { p.figures(at).Scores[s] = kept[at] },
	}
	err := p.pursue(n, all)
	return len(n.hidden) > 0, err
}

// hideWithin hides scores that give away what is hidden in the same cell: of
// those it is part of, the one of fewest parts.
func (p *protector) hideWithin(people *system, d depth) (moved bool, err error) {
	for range len(p.cube.Scores) + 1 {
		p.depth = d
		found, err := p.within(p.world, people)
		p.depth = thorough
		if err != nil {
			return moved, err
		}
		found = p.news(found)
		if len(found) == 0 {
			return moved, nil
		}
		progress := false
		done := map[Cell]bool{}
		for _, f := range found {
			at := p.cube.Lattice.place(f.Cell)
			if at < 0 || p.figures(at) == nil || done[f.Cell] {
				continue
			}
			if s := p.teller(p.figures(at), f); s >= 0 {
				p.figures(at).Scores[s] = nil
				done[f.Cell], progress, moved = true, true, true
			}
		}
		if !progress {
			return moved, &Refusal{found}
		}
	}
	return moved, nil
}

// teller is the shown score of fewest parts that holds what was found, or that
// shares a part with the score that was found; -1 if there is none.
func (p *protector) teller(f *Figures, found Found) int {
	best, size := -1, 0
	for i := range p.cube.Scores {
		if f.Scores[i] == nil || p.cube.Scores[i].Groups {
			continue
		}
		parts := p.release.holds(i)
		tells := parts[found.Question] && found.Question != ""
		if found.Score != "" {
			for q := range p.release.holds(p.release.score(found.Score)) {
				tells = tells || parts[q]
			}
		}
		if tells && (best < 0 || len(parts) < size) {
			best, size = i, len(parts)
		}
	}
	return best
}

// holds is all questions that a score is made of in the end.
func (r *Release) holds(score int) map[string]bool {
	all := map[string]bool{}
	for _, id := range r.Scores[score].Questions {
		all[id] = true
	}
	for _, id := range r.Scores[score].Scores {
		for q := range r.holds(r.score(id)) {
			all[q] = true
		}
	}
	return all
}

// hideComposed hides scores of groups of which a part is hidden.
func (p *protector) hideComposed() {
	for _, row := range p.release.Cells {
		for _, f := range row {
			for i, sc := range p.cube.Scores {
				if f == nil || !sc.Groups {
					continue
				}
				for _, id := range sc.Scores {
					if f.Scores[p.release.score(id)] == nil {
						f.Scores[i] = nil
					}
				}
			}
		}
	}
}
