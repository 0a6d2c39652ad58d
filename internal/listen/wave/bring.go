package wave

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/prose"
)

// BroughtIn is a wave that somebody else asked, to be set beside our own.
type BroughtIn struct {
	Plan    // Opens and Closes are when it was asked; both in the past
	Source  string
	Units   []Unit // of that time; the whole organisation is added where it is missing
	Groups  []Group
	Strata  []Stratum // eligible of that time; none where nobody knows
	Answers int
}

// Bring records a wave that somebody else asked and returns its id. Its answers are the
// answer side's; whoever brings it in gives them there with the same id.
func (s *Service) Bring(ctx context.Context, actor, org string, b BroughtIn) (id string, err error) {
	p := b.Plan
	if p.Census.IsZero() {
		p.Census = p.Opens
	}
	p.Paper, p.RemindOn, p.PaperUntil = false, nil, p.Closes
	if p, err = s.tidy(p); err != nil {
		return "", err
	}
	source, err := prose.Clean("source", b.Source, longestSource)
	if err != nil {
		return "", err
	}
	switch {
	case source == "":
		return "", fault.Fieldf("source", "say who asked this survey")
	case !p.Closes.Before(s.today()):
		return "", fault.Fieldf("closes", "a survey is brought in when it is over, and this closes on %s", p.Closes.Words())
	case b.Answers < 1:
		return "", fault.Fieldf("answers", "there are no answers")
	}
	w := Wave{Org: org, Plan: p, Source: source, Answers: b.Answers}
	if w.Units, err = wholeTree(b.Units); err != nil {
		return "", err
	}
	w.Units, w.Groups = tally(w.Units, b.Groups, b.Strata)
	if err := w.checkStrata(b.Strata); err != nil {
		return "", err
	}
	w.Eligible = w.Units[0].Eligible
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "survey.brought_in", Actor: actor}, func(tx *journal.Tx) error {
		w.ID, id = tx.ID(), ""
		w.Called, w.CalledBy, w.Settled = s.today(), tx.Actor(), s.today()
		if w.InstrumentHash, err = w.Instrument.Hash(); err != nil {
			return err
		}
		if w.Notice, err = w.notice(); err != nil {
			return err
		}
		w.NoticeHash = hashOf(w.Notice)
		tx.Detail("wave", w.ID)
		tx.Detail("notice", w.NoticeHash)
		tx.Detail("answers", w.Answers)
		if err := w.insert(ctx, tx); err != nil {
			return err
		}
		id = w.ID
		return insertStrata(ctx, tx, w, b.Strata)
	})
	return id, err
}

// wholeTree checks units that were given, and puts the whole organisation above them.
func wholeTree(units []Unit) ([]Unit, error) {
	out := []Unit{{Code: Whole, Name: "Whole organisation", Level: Organisation}}
	if len(units) > 0 && units[0].Code == Whole {
		out[0].Name, units = units[0].Name, units[1:]
	}
	level := map[string]Level{Whole: Organisation}
	for _, u := range units {
		if u.PartOf == "" {
			u.PartOf = Whole
		}
		above, ok := level[u.PartOf]
		_, twice := level[u.Code]
		switch {
		case !codeForm.MatchString(u.Code) || len(u.Code) > longestCode || twice:
			return nil, fault.Fieldf("units", "the code %q of a unit cannot be used, or is there twice", u.Code)
		case u.Name == "" || prose.Longer(u.Name, longestTitle):
			return nil, fault.Fieldf("units", "unit %s has no name, or too long a one", u.Code)
		case !ok || above == Team:
			return nil, fault.Fieldf("units", "unit %s is part of %q, which is not above it", u.Code, u.PartOf)
		case u.Level != Directorate && u.Level != Team, above == Directorate && u.Level != Team:
			return nil, fault.Fieldf("units", "unit %s is at the level %q under a %s", u.Code, u.Level, above)
		}
		level[u.Code] = u.Level
		out = append(out, u)
	}
	if len(out) > mostUnits+1 {
		return nil, fault.Fieldf("units", "%d units are more than %d", len(out), mostUnits)
	}
	return out, nil
}

func (w Wave) checkStrata(strata []Stratum) error {
	groups := map[string]bool{"": true}
	for _, g := range w.Groups {
		if !codeForm.MatchString(g.Code) || g.Name == "" || groups[g.Code] {
			return fault.Fieldf("groups", "the staff group %q cannot be used, or is there twice", g.Code)
		}
		groups[g.Code] = true
	}
	if len(groups) > mostGroups+1 {
		return fault.Fieldf("groups", "%d staff groups are more than %d", len(groups)-1, mostGroups)
	}
	seen := map[Stratum]bool{}
	for _, x := range strata {
		u, ok := w.Unit(x.Unit)
		at := Stratum{Unit: x.Unit, Group: x.Group}
		if x.Unit != "" && (!ok || u.Level == Organisation) || !groups[x.Group] || x.Eligible < 0 || seen[at] {
			return fault.Fieldf("strata", "unit %q and staff group %q with %d eligible do not fit the tree", x.Unit, x.Group, x.Eligible)
		}
		seen[at] = true
	}
	return nil
}
