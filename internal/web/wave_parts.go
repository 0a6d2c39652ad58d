package web

import (
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// planRoot is where surveys are planned, opened, closed and released. A single survey
// has "waves" before its code, so that its address and a member's never overlap.
const planRoot = "/surveys/plan"

// planned is one survey as those who run it see it.
type planned struct {
	*visit
	w     wave.Wave
	stage wave.Stage
}

// planning wraps the pages of one survey.
func (s *Server) planning(do func(p *planned) error) func(v *visit) error {
	return func(v *visit) error {
		p, err := v.planned(v.r.PathValue("wave"))
		if err != nil {
			return err
		}
		return do(p)
	}
}

// planned finds a survey by its code. A draft is there for those alone who run surveys.
func (v *visit) planned(code string) (*planned, error) {
	w, err := v.house.Waves.ByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Errorf(fault.NotFound, "there is no survey at this address")
	}
	if err != nil {
		return nil, err
	}
	if w.Called.IsZero() && !v.runsSurveys() {
		return nil, fault.Errorf(fault.NotFound, "there is no survey at this address")
	}
	return &planned{visit: v, w: w, stage: w.Stage(v.now)}, nil
}

// at is an address below that of the survey.
func (p *planned) at(parts ...string) string {
	return strings.Join(append([]string{planRoot, "waves", p.w.Code}, parts...), "/")
}

// frameOf is the frame of a page below that of the survey.
func (p *planned) frameOf(heading, sentence string) page.Frame {
	f := p.frame()
	f.Back = page.Link{Text: p.w.Title, Href: p.at()}
	f.Kicker, f.Heading, f.Sentence = p.w.Title, heading, sentence
	return f
}

// refuse shows why something is not done now, and what may be.
func (p *planned) refuse(heading, why, otherwise string, next page.Link) error {
	f := p.frameOf(heading, "")
	if next.Href == "" {
		next = page.Link{Text: "Back to the survey", Href: p.at()}
	}
	f.Data = page.Refused("Why", why, otherwise, next)
	return p.show(409, "fault", f)
}

// plans are all surveys, the one that closes last first.
func (v *visit) plans() ([]*planned, error) {
	waves, err := v.house.Waves.List(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var out []*planned
	for _, w := range waves {
		if w.Called.IsZero() && !v.runsSurveys() {
			continue // a draft is the business of those who run surveys
		}
		out = append(out, &planned{visit: v, w: w, stage: w.Stage(v.now)})
	}
	return out, nil
}

// closesWords is when the survey closes, as people say it.
func (p *planned) closesWords() string {
	return "at the end of " + p.onDay(p.w.Closes)
}

// askedLanguages are the languages in which a survey can be asked.
var askedLanguages = map[string]string{"en": "English", "cy": "Welsh"}

func languageName(code string) string {
	if name, ok := askedLanguages[code]; ok {
		return name
	}
	return code
}

func languageList(codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, languageName(c))
	}
	return page.List(out)
}

func kindTitle(k wave.Kind) string { return page.Begin(k.Words()) }

var whomWords = map[wave.Whom]string{
	wave.AllStaff: "everybody employed on the census day",
	wave.Members:  "the members among those employed on the census day",
}

var weightingWords = map[wave.Weighting]string{
	wave.Unweighted: "not weighted: every answer counts the same",
	wave.ByGroup:    "weighted so that the staff groups count as they do among those who were asked, in the scores of the whole organisation",
}

// engagementLead reports whether the visitor leads surveys.
func (v *visit) engagementLead() bool { return v.actor.Holds(policy.EngagementLead) }

// levels of units, from the top.
var unitLevels = []wave.Level{wave.Organisation, wave.Directorate, wave.Team}

// unitsAt are the units of a level, in the order of their names.
func unitsAt(units []wave.Unit, level wave.Level) []wave.Unit {
	var out []wave.Unit
	for _, u := range units {
		if u.Level == level {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b wave.Unit) int { return strings.Compare(a.Name, b.Name) })
	return out
}
