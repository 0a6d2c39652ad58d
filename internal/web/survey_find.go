package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/answer"
	"commonweal/internal/web/page"
)

// survey is a wave as the pages of those who are asked show it.
type survey struct {
	wave.Wave
	stage wave.Stage
}

// path is the address of the survey.
func (s survey) path() string { return "/surveys/" + s.Code }

func (s survey) back() page.Link { return page.Link{Text: s.Title, Href: s.path()} }

func (v *visit) surveyOf(w wave.Wave) survey { return survey{w, w.Stage(v.now)} }

// surveyAsked is the survey that the address names. A draft is nobody's yet.
func (v *visit) surveyAsked() (survey, error) { return v.surveyNamed(v.r.PathValue("wave")) }

func (v *visit) surveyNamed(code string) (survey, error) {
	w, err := v.house.Waves.ByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) || err == nil && w.Called.IsZero() {
		return survey{}, fault.Errorf(fault.NotFound, "there is no survey at this address")
	}
	return v.surveyOf(w), err
}

// surveys are those that were called, the one that closes last first.
func (v *visit) surveys() ([]survey, error) {
	list, err := v.house.Waves.List(v.ctx, v.org.ID)
	var out []survey
	for _, w := range list {
		if !w.Called.IsZero() {
			out = append(out, v.surveyOf(w))
		}
	}
	return out, err
}

// answersAddress is where a survey is answered: on another host where there is one, and
// by its id where its code might be that of another organisation's.
func (v *visit) answersAddress(s survey) string {
	name := s.Code
	if v.org.ID != v.publicOrg {
		name = s.ID
	}
	return v.answersAt + answer.Prefix + name
}

// isAsked reports whether somebody looks who may be asked in surveys at all.
func (v *visit) isAsked() bool {
	return v.actor.Person != "" && policy.Allow(v.actor, policy.SurveyAnswerOwn, v.actor.Own()).Allowed
}

// standsTo is how the visitor stands to a survey; the zero Standing for somebody who is
// never asked.
func (v *visit) standsTo(s survey) (wave.Standing, error) {
	if !v.isAsked() {
		return wave.Standing{}, nil
	}
	return v.house.Waves.Eligible(v.ctx, v.org.ID, s.ID, v.actor.Person)
}
