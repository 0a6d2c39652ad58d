package house

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
	"commonweal/survey/score"
)

// Unsaid is the code, in releases, of those who did not say their staff group; with the
// code of a unit before it, of those in the unit who did not say their team. No unit and
// no staff group can have such a code.
const Unsaid = "--unsaid"

// closeWaves is how near two waves end for the attacker to take it that whoever answered
// both answered alike, so that who left and joined between them is looked at.
const closeWaves = 35 // days

// tested is what is kept of the test of a release, beside the release.
type tested struct {
	Public      disclose.Knowledge   `json:"public"`
	Certificate disclose.Certificate `json:"certificate"`
	Drivers     *DriverShares        `json:"drivers,omitempty"`
	Weighted    *Weighted            `json:"weighted,omitempty"`
}

// ReleaseWave scores a survey that is counted, hides what would give anybody away, attacks
// what is left together with everything released before, and stores it with the
// certificate. It refuses, with what the attacker finds, where nothing can be released
// safely. Everybody who was asked is told. It is the engagement lead's.
func (h *House) ReleaseWave(ctx context.Context, actor, org, id string) (wave.Release, error) {
	w, body, earlier, err := h.prepareRelease(ctx, org, id)
	if err != nil {
		return wave.Release{}, err
	}
	n := wave.NewRelease{}
	if n.Body, err = body.release.Canonical(); err != nil {
		return wave.Release{}, err
	}
	rows, err := h.Answers.Answers(ctx, w.ID)
	if err != nil {
		return wave.Release{}, err
	}
	goes, err := drivers(w.Instrument, rows, n.Body)
	if err != nil {
		return wave.Release{}, err
	}
	goes = goes.safe(body.release, body.public)
	weighted, err := Weigh(w, body.release)
	if err != nil {
		return wave.Release{}, err
	}
	if n.Certificate, err = json.Marshal(tested{body.public, body.certificate, goes, weighted}); err != nil {
		return wave.Release{}, err
	}
	for _, e := range earlier {
		n.TestedWith = append(n.TestedWith, e.ID)
	}
	r, err := h.Waves.Release(ctx, actor, org, id, n)
	if err != nil {
		return r, err
	}
	if w, err = h.Waves.Wave(ctx, org, id); err != nil {
		return r, err
	}
	// The files of the survey have what is under a signed head; so it is under one now.
	if _, err := h.Journal.Sign(ctx, org); err != nil {
		return r, err
	}
	return r, h.tellResults(ctx, w)
}

// safe gives shares out or none: they are the one thing that is worked out from answers
// beside a release. None are where the release hides something that they are about in the
// whole organisation, for a share would tell how that was answered; nor where who answered
// a survey that ended at nearly the same time is known but for those who moved, for the
// difference of two shares is theirs.
func (d *DriverShares) safe(r disclose.Release, public disclose.Knowledge) *DriverShares {
	if d == nil || slices.ContainsFunc(public.Moves, func(m disclose.Move) bool { return m.To == r.Wave || m.From == r.Wave }) {
		return nil
	}
	whole := r.Lattice.Units[0].Code
	if _, ok := r.Score(whole, disclose.Everybody, d.Outcome); !ok {
		return nil
	}
	for _, x := range d.Drivers {
		ok := false
		if d.Of == "question" {
			_, ok = r.Question(whole, disclose.Everybody, x.ID)
		} else {
			_, ok = r.Score(whole, disclose.Everybody, x.ID)
		}
		if !ok {
			return nil
		}
	}
	return d
}

// RehearseRelease makes the release of a survey and tests it, and stores nothing: what
// would be shown, and the certificate.
func (h *House) RehearseRelease(ctx context.Context, org, id string) (disclose.Release, disclose.Certificate, error) {
	_, p, _, err := h.prepareRelease(ctx, org, id)
	return p.release, p.certificate, err
}

// prepared is a release that was tested and is not stored.
type prepared struct {
	release     disclose.Release
	certificate disclose.Certificate
	public      disclose.Knowledge
}

func (h *House) prepareRelease(ctx context.Context, org, id string) (w wave.Wave, p prepared, earlier []wave.Release, err error) {
	if err = h.answerSide(); err != nil {
		return w, p, nil, err
	}
	if w, err = h.Waves.Wave(ctx, org, id); err != nil {
		return w, p, nil, err
	}
	if err = h.Waves.Releasable(w); err != nil {
		return w, p, nil, err
	}
	rows, err := h.Answers.Answers(ctx, w.ID)
	if err != nil {
		return w, p, nil, err
	}
	if len(rows) < w.Minimum {
		return w, p, nil, fault.Errorf(fault.Conflict, "survey %s: fewer than %d people answered, so nothing can be shown", w.Code, w.Minimum)
	}
	if earlier, err = h.Waves.Releases(ctx, org); err != nil {
		return w, p, nil, err
	}
	var before []disclose.Release
	for _, e := range earlier {
		r, err := disclose.ReadRelease(e.Body)
		if err != nil {
			return w, p, nil, fmt.Errorf("release %d: %w", e.Number, err)
		}
		before = append(before, r)
	}
	var strata []wave.Stratum
	if w.Eligible > 0 {
		if strata, err = h.Waves.Strata(ctx, w.Org, w.ID); err != nil {
			return w, p, nil, err
		}
	}
	drawn, err := h.Waves.Counts(ctx, w.Org, w.ID)
	if err != nil {
		return w, p, nil, err
	}
	most := ceilings(w, strata, drawn)
	cube, cells, err := cubeOf(w, rows, most)
	if err != nil {
		return w, p, nil, err
	}
	if p.public, err = h.public(ctx, w, strata, most, cells, earlier); err != nil {
		return w, p, nil, err
	}
	rules := disclose.DefaultRules()
	rules.Minimum, rules.Scores, rules.Comments = w.Minimum, w.Minimum, w.CommentMinimum
	p.release, p.certificate, err = disclose.Protect(cube, before, p.public, rules)
	if refusal := (*disclose.Refusal)(nil); errors.As(err, &refusal) {
		err = fault.Wrap(fault.Conflict, err, "survey %s: nothing is released, for what is hidden could be worked out: %s", w.Code, findings(refusal.Found))
	}
	return w, p, earlier, err
}

// findings says where the attacker still finds something, in one sentence, and not what:
// whoever releases may not know it either.
func findings(list []disclose.Found) string {
	if len(list) == 0 {
		return "the attacker finds hidden figures"
	}
	text := fmt.Sprintf("in %s, of %s", list[0].Cell, list[0].What)
	if len(list) > 1 {
		text += fmt.Sprintf(", and %d more", len(list)-1)
	}
	return text
}

// lattice is the tree of a wave, with a place for those who did not say where there are
// any: an empty one would only have to be hidden, and something else with it.
func lattice(w wave.Wave, cells map[wave.Stratum]int) disclose.Lattice {
	l := disclose.Lattice{}
	said := map[string]bool{}
	unsaid := false
	for c := range cells {
		said[c.Unit] = true
		unsaid = unsaid || c.Group == Unsaid
	}
	for _, u := range w.Units {
		l.Units = append(l.Units, disclose.Unit{Code: u.Code, Of: u.PartOf})
	}
	for _, u := range w.Units {
		if said[u.Code+Unsaid] {
			l.Units = append(l.Units, disclose.Unit{Code: u.Code + Unsaid, Of: u.Code})
		}
	}
	for _, g := range w.Groups {
		l.Groups = append(l.Groups, g.Code)
	}
	if unsaid {
		l.Groups = append(l.Groups, Unsaid)
	}
	return l
}

// cubeOf counts the answers of a wave, with the people in each cell of teams and groups.
func cubeOf(w wave.Wave, rows []answers.Row, most map[disclose.Cell]int) (*disclose.Cube, map[wave.Stratum]int, error) {
	put, cells := places(w, rows, most), map[wave.Stratum]int{}
	for _, c := range put {
		cells[c]++
	}
	shape, err := disclose.ShapeOf(w.Code, w.Instrument, lattice(w, cells))
	if err != nil {
		return nil, nil, err
	}
	cube, err := disclose.NewCube(shape)
	if err != nil {
		return nil, nil, err
	}
	scorer, err := score.New(w.Instrument)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range rows {
		values, err := scorer.Person(r.Answers)
		if err != nil {
			return nil, nil, err
		}
		c := put[i]
		if err := cube.Add(c.Unit, c.Group, r.Answers, values); err != nil {
			return nil, nil, err
		}
	}
	return cube, cells, nil
}

// public is what everybody may know besides releases: how many are asked where, and
// answered in all, of this wave and all that were released, and who moved between waves
// that end close together.
func (h *House) public(ctx context.Context, w wave.Wave, strata []wave.Stratum, most map[disclose.Cell]int, cells map[wave.Stratum]int, earlier []wave.Release) (k disclose.Knowledge, err error) {
	if len(earlier) > 0 {
		var t tested
		if err := json.Unmarshal(earlier[len(earlier)-1].Certificate, &t); err != nil {
			return k, err
		}
		k = t.Public
	}
	whole := disclose.Eligible{Wave: w.Code, Cell: disclose.Cell{Unit: wave.Whole}}
	for _, n := range cells {
		whole.People += n
	}
	k.Answered = append(k.Answered, whole)
	if w.Eligible == 0 {
		return k, nil
	}
	k.Eligible = append(k.Eligible, eligible(w, strata, cells)...)
	k.AtMost = append(k.AtMost, atMost(w, most, cells)...)
	for _, e := range earlier {
		was, err := h.Waves.Wave(ctx, w.Org, e.Wave)
		if err != nil {
			return k, err
		}
		if apart := was.Closes.DaysUntil(w.Closes); apart > closeWaves || apart < -closeWaves || was.BroughtIn() || w.BroughtIn() {
			continue
		}
		moved, err := h.Waves.Moved(ctx, was, w)
		if err != nil {
			return k, err
		}
		for _, m := range moved {
			k.Moves = append(k.Moves, disclose.Move{
				From: was.Code, To: w.Code, Cell: disclose.Cell{Unit: m.Unit, Group: m.Group}, Left: m.Left, Joined: m.Joined,
			})
		}
	}
	return k, nil
}

// ReleaseBundle is a release with the earlier ones it was tested with, what the attacker
// knew, and the certificate: one file that anyone may check with commonweal survey audit.
func (h *House) ReleaseBundle(ctx context.Context, org, id string) ([]byte, error) {
	all, err := h.Waves.Releases(ctx, org)
	if err != nil {
		return nil, err
	}
	var b disclose.Bundle
	for _, r := range all {
		read, err := disclose.ReadRelease(r.Body)
		if err != nil {
			return nil, err
		}
		if r.Wave != id {
			b.Earlier = append(b.Earlier, read)
			continue
		}
		var t tested
		if err := json.Unmarshal(r.Certificate, &t); err != nil {
			return nil, err
		}
		b.Release, b.Public, b.Certificate = read, t.Public, t.Certificate
		return json.MarshalIndent(b, "", " ")
	}
	return nil, fault.Errorf(fault.NotFound, "survey %q has no release", id)
}

// ReleaseOf is what may be shown of a survey, with its certificate.
func (h *House) ReleaseOf(ctx context.Context, org, id string) (wave.Release, disclose.Release, disclose.Certificate, error) {
	r, err := h.Waves.ReleaseOf(ctx, org, id)
	if err != nil {
		return r, disclose.Release{}, disclose.Certificate{}, err
	}
	read, err := disclose.ReadRelease(r.Body)
	if err != nil {
		return r, read, disclose.Certificate{}, err
	}
	var t tested
	err = json.Unmarshal(r.Certificate, &t)
	return r, read, t.Certificate, err
}

// ReleaseDrivers is what goes with the first score of a survey that was released; nil
// where that could not be told.
func (h *House) ReleaseDrivers(ctx context.Context, org, id string) (*DriverShares, error) {
	r, err := h.Waves.ReleaseOf(ctx, org, id)
	if err != nil {
		return nil, err
	}
	var t tested
	err = json.Unmarshal(r.Certificate, &t)
	return t.Drivers, err
}
