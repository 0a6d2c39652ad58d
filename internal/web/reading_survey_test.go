package web_test

import (
	"regexp"
	"testing"
)

// scene is a mutual in which some addresses show something, to some of its people.
type scene struct {
	of      *regexp.Regexp
	site    *site
	ids     map[string]string
	readers map[string]*browser
}

// surveyScenes are a survey that is drafted, one that is open, and one whose results are
// out, with an action upon them and patients who are asked.
func surveyScenes(t *testing.T) []scene {
	drafted := newListeningDraft(t)
	open := newListening(t)
	open.House.Waves.UseBits(2048)
	open.signed()
	a := newActing(t)
	done := a.agreed("Cover breaks", "2027-03-01")
	caring, lead := newCaring(t)
	ids := func(wave string) map[string]string { return map[string]string{"{wave}": wave} }
	return []scene{
		{
			regexp.MustCompile(`^(/surveys/plan/waves/\{wave\}/(plan|ask|whom|how|questions|teams|call|abandon)|/surveys/plan/(new|bring)$)`),
			drafted.site, ids(surveyCode),
			map[string]*browser{"the lead": drafted.as(drafted.Lead)},
		},
		{
			regexp.MustCompile(`^(/surveys/plan/waves|/surveys/\{wave\}$|/surveys/\{wave\}/(check|files|token|receipt)|/api/v1/survey-plans|/api/v1/surveys(/\{wave\}(/check|/counted/.*)?)?$)`),
			open.site, ids(surveyCode),
			map[string]*browser{"the lead": open.as(open.Lead), "one who is asked": open.as(open.People[0]), "a teller": open.as(open.tellerToo())},
		},
		{
			regexp.MustCompile(`^(/friends|/surveys/friends|/api/v1/friends)`),
			caring,
			map[string]string{"{code}": "eye-clinic", "{month}": "2026-11"},
			map[string]*browser{"the lead": lead, "the public": caring.as("")},
		},
		{
			regexp.MustCompile(`^(/surveys|/api/v1/(surveys|actions))`),
			a.site,
			map[string]string{"{wave}": "ns-2025", "{unit}": "theatres", "{number}": "1", "{action}": done.ID, "{step}": "report"},
			map[string]*browser{"the lead": a.as(a.Lead), "the owner": a.as(a.Owner), "a director": a.as(a.Director)},
		},
	}
}
