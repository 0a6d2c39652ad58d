package web

import (
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/instrument"
)

// surveyStands says in a sentence where a survey stands.
func (v *visit) surveyStands(s survey) string {
	if s.BroughtIn() && s.stage != wave.Abandoned {
		return "It was held by " + s.Source + " and brought in here. That everybody answered once cannot be shown for it."
	}
	switch s.stage {
	case wave.Called:
		return "It opens on " + v.weekday(s.Opens) + "."
	case wave.Open:
		return "It is open until the end of " + v.weekday(s.Closes) + "."
	case wave.Closed:
		return "It closed at the end of " + v.weekday(s.Closes) + ". Its results are not out yet."
	case wave.Released:
		return "It closed on " + v.day(s.Closes) + ", and its results are out."
	case wave.Ended:
		return "Its results are out, and the answers are erased."
	case wave.Abandoned:
		return "It was abandoned on " + v.day(s.Abandoned) + "."
	}
	return ""
}

// whomInWords is who is asked.
func (v *visit) whomInWords(s survey) string {
	if s.BroughtIn() {
		return "Those whom " + s.Source + " asked"
	}
	who := "Everybody who was employed on " + v.day(s.Census)
	if s.Whom == wave.Members {
		who = "Every member who was employed on " + v.day(s.Census)
	}
	return who + ": " + count(s.Eligible, "person", "people")
}

var languageNames = map[string]string{"en": "English", "cy": "Welsh"}

func languagesInWords(codes []string) string {
	var names []string
	for _, c := range codes {
		name := languageNames[c]
		if name == "" {
			name = c
		}
		names = append(names, name)
	}
	return page.List(names)
}

// surveyPart is a group of questions, as it is put.
type surveyPart struct {
	Stem      string
	Questions []string
}

// surveyParts are the questions of a survey with what they are put under.
func surveyParts(in instrument.Instrument) []surveyPart {
	stems := map[string]string{}
	for _, g := range in.Groups {
		stems[g.ID] = g.Stem.In("en")
	}
	var out []surveyPart
	at := map[string]int{}
	for _, q := range in.Questions {
		i, ok := at[q.Group]
		if !ok {
			i = len(out)
			at[q.Group] = i
			out = append(out, surveyPart{Stem: stems[q.Group]})
		}
		text := q.Text.In("en")
		if text == "" {
			text = q.Label.In("en") // of an instrument that only scores
		}
		out[i].Questions = append(out[i].Questions, text)
	}
	return out
}
