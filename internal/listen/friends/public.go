package friends

import (
	"encoding/json"
	"errors"

	"commonweal/survey/disclose"
)

// Whole is the code of the whole organisation in the release of a month.
const Whole = "all"

// asked is the one question in a release of a month.
const asked = "experience"

// protect makes the release of a month for everybody: organisation, sites and points, by
// the rules of package disclose. Where it cannot be made without giving somebody away
// there is none. A correction makes no new one: what was released of nearly the same
// answers would give the difference away.
func protect(r Revision, before []Revision, all []Point) (shown, certificate string, err error) {
	if n := len(before); n > 0 {
		return before[n-1].Shown, before[n-1].Certificate, nil
	}
	// Where hiding single places would fall on the whole, they are left out: what all
	// patients say is shown before what those of one place say. One of these is given
	// out, and never two.
	for _, d := range []detail{everyPoint, bySite, wholeAlone} {
		release, c, err := protectBy(d, r, all)
		if refusal := new(disclose.Refusal); errors.As(err, &refusal) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		if _, ok := release.Question(Whole, disclose.Everybody, asked); !ok && d != wholeAlone {
			continue
		}
		body, err := release.Canonical()
		if err != nil {
			return "", "", err
		}
		text, err := json.Marshal(c)
		return string(body), string(text), err
	}
	return "", "", nil
}

// detail is how far down a release of a month goes.
type detail int

const (
	wholeAlone detail = iota
	bySite
	everyPoint
)

func protectBy(d detail, r Revision, all []Point) (disclose.Release, disclose.Certificate, error) {
	lattice := disclose.Lattice{Units: []disclose.Unit{{Code: Whole}}}
	sites := map[string]bool{}
	for _, p := range all {
		if at := siteUnit(p); !sites[at] && d >= bySite {
			sites[at] = true
			lattice.Units = append(lattice.Units, disclose.Unit{Code: at, Of: Whole})
		}
	}
	for _, p := range all {
		if d == everyPoint {
			lattice.Units = append(lattice.Units, disclose.Unit{Code: pointUnit(p), Of: siteUnit(p)})
		}
	}
	shape := disclose.Shape{Wave: "friends-" + r.Month.String(), Lattice: lattice, Questions: []disclose.Question{{ID: asked, Options: []disclose.Option{
		{Positive: true}, {Positive: true}, {}, {}, {}, {},
	}}}}
	cube, err := disclose.NewCube(shape)
	if err != nil {
		return disclose.Release{}, disclose.Certificate{}, err
	}
	for _, p := range all {
		f, _ := r.Of(p.ID)
		unit := map[detail]string{wholeAlone: Whole, bySite: siteUnit(p), everyPoint: pointUnit(p)}[d]
		for i, n := range f.Counts {
			for range n {
				if err := cube.Add(unit, disclose.Everybody, []uint8{uint8(i + 1)}, nil); err != nil { //nolint:gosec // 1 to 6
					return disclose.Release{}, disclose.Certificate{}, err
				}
			}
		}
	}
	return disclose.Protect(cube, nil, disclose.Knowledge{}, disclose.DefaultRules())
}

func siteUnit(p Point) string  { return "site " + p.SiteCode + " " + p.SiteName }
func pointUnit(p Point) string { return "point " + p.Code }

// Share is what everybody may see of a place in a month.
type Share struct {
	Base               int // answers, rounded
	Positive, Negative int // whole percent
}

// Public are the figures of a month that everybody may see.
type Public struct{ release *disclose.Release }

// Public reads the release of a closed month; of one that is not closed, or of which none
// could be made, it shows nothing.
func (r Revision) Public() (Public, error) {
	if r.Shown == "" {
		return Public{}, nil
	}
	release, err := disclose.ReadRelease([]byte(r.Shown))
	return Public{&release}, err
}

// Whole is the share of the whole organisation, if it is shown.
func (p Public) Whole() (Share, bool) { return p.at(Whole) }

// Point is the share of one point, if it is shown.
func (p Public) Point(of Point) (Share, bool) { return p.at(pointUnit(of)) }

// Site is the share of the site that a point is on, if it is shown.
func (p Public) Site(of Point) (Share, bool) { return p.at(siteUnit(of)) }

func (p Public) at(unit string) (Share, bool) {
	if p.release == nil {
		return Share{}, false
	}
	s, ok := p.release.Question(unit, disclose.Everybody, asked)
	if !ok || len(s.Percent) != 6 {
		return Share{}, false
	}
	return Share{Base: s.Base, Positive: min(s.Percent[0]+s.Percent[1], 100), Negative: min(s.Percent[3]+s.Percent[4], 100)}, true
}
