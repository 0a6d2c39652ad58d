package web

import (
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// surveysWait is what waits for somebody who is asked: a survey that is open, and no pass
// fetched for it.
func (v *visit) surveysWait() (page.Waits, error) {
	if !v.isAsked() || !v.can(policy.SurveyView) {
		return nil, nil
	}
	list, err := v.surveys()
	if err != nil {
		return nil, err
	}
	var out page.Waits
	for _, s := range list {
		if s.stage != wave.Open || s.BroughtIn() {
			continue
		}
		st, err := v.standsTo(s)
		if err != nil {
			return nil, err
		}
		if st.Eligible && !st.Drawn {
			w := v.surveyWait(s)
			w.Title = "Answer: " + s.Title
			out = append(out, w)
		}
	}
	return out, nil
}
