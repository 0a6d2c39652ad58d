package web

import (
	"cmp"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// findingAsked is what says which finding an action follows from.
type findingAsked struct {
	Wave, Unit string
	About      action.About
	ID         string
	Says       string // of comments; of a figure the release says it
}

// finding reads a finding from the release of a survey. What is not shown there is no
// finding: an action may not tell what a release hides.
func (v *visit) finding(q findingAsked) (action.Finding, wave.Wave, error) {
	w, err := v.house.Waves.ByCode(v.ctx, v.org.ID, q.Wave)
	if fault.Is(err, fault.NotFound) || err == nil && len(w.Releases) == 0 {
		return action.Finding{}, w, fault.Fieldf("wave", "there are no results of a survey %q", q.Wave)
	}
	if err != nil {
		return action.Finding{}, w, err
	}
	f := action.Finding{Wave: w.Code, WaveName: w.Title, About: q.About, ID: q.ID, Says: q.Says}
	if q.Unit != "" && q.Unit != wave.Whole {
		u, ok := w.Unit(q.Unit)
		if !ok {
			return f, w, fault.Fieldf("unit", "the survey %s has no team %q", w.Title, q.Unit)
		}
		f.Unit, f.UnitName = u.Code, u.Name
	}
	switch q.About {
	case action.Comments:
		f.ID, f.Label = "", "Comments"
		return f, w, v.commentsShown(w, f.Unit)
	case action.Score:
		s, ok := w.Instrument.Score(q.ID)
		if !ok {
			return f, w, fault.Fieldf("measure", "the survey %s has no score %q", w.Title, q.ID)
		}
		f.Label = s.Label.In("en")
	case action.Question:
		asked, ok := w.Instrument.Question(q.ID)
		if !ok {
			return f, w, fault.Fieldf("measure", "the survey %s has no question %q", w.Title, q.ID)
		}
		f.Label = asked.Label.In("en")
	default:
		return f, w, fault.Fieldf("measure", "choose what the finding is about")
	}
	found, err := v.house.Found(v.ctx, v.org.ID, f)
	if err != nil {
		return f, w, err
	}
	if !found.Shown {
		return f, w, fault.Fieldf("measure", "this is not shown in the results, to protect the people in it, so no action can name it. Choose a larger group, or the whole organisation")
	}
	f.Says = found.Text() + ", " + found.Range()
	return f, w, nil
}

// commentsShown refuses a finding about comments of a group whose comments nobody is
// shown: it would say what few people wrote.
func (v *visit) commentsShown(w wave.Wave, unit string) error {
	_, shown, _, err := v.house.ReleaseOf(v.ctx, v.org.ID, w.ID)
	if err != nil {
		return err
	}
	if figures, ok := shown.At(cmp.Or(unit, wave.Whole), disclose.Everybody); !ok || !figures.Comments {
		return fault.Fieldf("measure", "comments of this group are not shown, to protect the people in it, so no action can tell them. Choose a larger group, or the whole organisation")
	}
	return nil
}

// placeIn is where an action is done, by the code of a unit of the survey.
func placeIn(w wave.Wave, code string) (action.Place, error) {
	if code == "" || code == wave.Whole {
		return action.Place{}, nil
	}
	u, ok := w.Unit(code)
	if !ok {
		return action.Place{}, fault.Fieldf("where", "the survey %s has no team %q", w.Title, code)
	}
	if u.Level == wave.Directorate {
		return action.Place{Directorate: u.Code, DirectorateName: u.Name}, nil
	}
	p := action.Place{Unit: u.Code, UnitName: u.Name}
	if above, ok := w.Unit(u.PartOf); ok && above.Level == wave.Directorate {
		p.Directorate, p.DirectorateName = above.Code, above.Name
	}
	return p, nil
}
