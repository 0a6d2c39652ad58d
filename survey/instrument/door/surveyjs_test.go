package door_test

import (
	"strings"
	"testing"

	"commonweal/survey/instrument/door"
)

const js = `{"title": {"default": "Shifts", "cy": "Sifftiau"}, "showProgressBar": "top", "pages": [
  {"name": "page1", "title": {"default": "Your shifts", "cy": "Eich sifftiau"}, "elements": [
    {"type": "boolean", "name": "nights", "title": {"default": "Do you work nights?", "cy": "Ydych chi'n gweithio'r nos?"}, "labelTrue": {"default": "Yes", "cy": "Ydw"}, "labelFalse": {"default": "No", "cy": "Nac ydw"}},
    {"type": "radiogroup", "name": "rest", "title": {"default": "Is there time to rest?", "cy": "Oes amser i orffwys?"}, "visibleIf": "{nights} = true",
     "choices": [{"value": "always", "text": {"default": "Always", "cy": "Bob amser"}}, {"value": "never", "text": {"default": "Never", "cy": "Byth"}}]},
    {"type": "comment", "name": "more"}]},
  {"name": "page2", "elements": [
    {"type": "matrix", "name": "team", "title": {"default": "Your team", "cy": "Eich tîm"},
     "columns": [{"value": 1, "text": {"default": "Disagree", "cy": "Anghytuno"}}, {"value": 2, "text": {"default": "Agree", "cy": "Cytuno"}}],
     "rows": [{"value": "fair", "text": {"default": "Shifts are shared fairly", "cy": "Rhennir sifftiau'n deg"}}, {"value": "known", "text": {"default": "I know them in time", "cy": "Rwy'n gwybod mewn pryd"}}]},
    {"type": "rating", "name": "overall", "title": {"default": "Overall?", "cy": "At ei gilydd?"}, "rateMax": 4, "minRateDescription": {"default": "bad", "cy": "gwael"}}]}]}`

// The common subset comes in with its languages, its groups and its condition.
func TestReadSurveyJS(t *testing.T) {
	in, notes, err := door.ReadSurveyJS(strings.NewReader(js), "shifts")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, q := range in.Questions {
		ids = append(ids, q.ID+"/"+q.Group+"/"+q.Scale)
	}
	if got := strings.Join(ids, " "); got != "nights/page1/nights rest/page1/rest team_fair/team/team team_known/team/team overall//overall" {
		t.Errorf("%s", got)
	}
	rest, _ := in.Question("rest")
	if rest.Ask == nil || rest.Ask.Question != "nights" || rest.Ask.Is[0] != 1 {
		t.Errorf("%+v", rest.Ask)
	}
	overall, _ := in.Scale("overall")
	if len(overall.Options) != 4 || overall.Options[0].Label.In("cy") != "1 (gwael)" || overall.Options[3].Label.In("cy") != "4" {
		t.Errorf("%+v", overall)
	}
	if got := strings.Join(in.Languages(), " "); got != "en cy" || in.Title.In("cy") != "Sifftiau" {
		t.Errorf("languages %s", got)
	}
	if len(notes) != 3 || !strings.Contains(strings.Join(notes, "\n"), "pages[0].elements[2]: free text left out") {
		t.Errorf("%q", notes)
	}
}

func TestReadSurveyJS_Refuses(t *testing.T) {
	for _, c := range []struct {
		name, why, old, new, says string
	}{
		{"several answers", "each answer counts once", `"type": "radiogroup"`, `"type": "checkbox"`, `pages[0].elements[1].type: "checkbox" is not a question with one answer from a list; use radiogroup`},
		{"must be answered", "nobody is made to", `"name": "nights",`, `"name": "nights", "isRequired": true,`, "pages[0].elements[0].isRequired: nobody is made to answer a question; set it to false"},
		{"other", "free text beside the list", `"name": "rest",`, `"name": "rest", "showOtherItem": true,`, "pages[0].elements[1].showOtherItem: it adds an answer beside the list"},
		{"a validator", "it would be lost", `"name": "rest",`, `"name": "rest", "validators": [],`, "pages[0].elements[1].validators: an instrument has nothing like this"},
		{"a calculation", "it would be lost", `"showProgressBar"`, `"calculatedValues": [], "showProgressBar"`, "calculatedValues: an instrument has nothing like this"},
		{"two comparisons", "one equality is known", `"{nights} = true"`, `"{nights} = true and {x} = 1"`, "pages[0].elements[1].visibleIf:"},
		{"nobody's name", "which question?", `"{nights} = true"`, `"{days} = true"`, `visibleIf: "days" is not the name of a question before this one`},
		{"no such value", "it could never hold", `"{nights} = true"`, `"{nights} = 'perhaps'"`, `visibleIf: "perhaps" is not a value of nights`},
		{"a page with a condition", "its questions would be asked of all", `{"name": "page2",`, `{"name": "page2", "visibleIf": "{nights} = true",`, "pages[1].visibleIf: an instrument has nothing like this"},
		{"a name with a blank", "it is to be a column", `"name": "overall"`, `"name": "over all"`, `pages[1].elements[1]: "over all" is not a letter and up to 31 letters, digits and underscores; rename it`},
		{"one text in English", "half a page in each", `"cy": "Byth"`, `"fr": "Jamais"`, `pages[0].elements[1]: there is no text in "cy", which the title has; give every text in the same languages`},
		{"one value twice", "which of them?", `"value": "never"`, `"value": "always"`, `pages[0].elements[1]: the value "always" stands twice`},
		{"a thousand steps", "nobody reads them", `"rateMax": 4`, `"rateMax": 1000`, "pages[1].elements[1]: a rating from 1 to 1000 by 1 has no such number of steps"},
		{"no choices", "nothing to answer", `"columns"`, `"cols"`, "pages[1].elements[0].cols: an instrument has nothing like this"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(js, c.old, c.new, 1)
			if text == js {
				t.Fatal("nothing changed")
			}
			if _, _, err := door.ReadSurveyJS(strings.NewReader(text), "shifts"); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v\nwant %s: %s", err, c.says, c.why)
			}
		})
	}
	for _, text := range []string{"", "null", "[]", "{}", `{"pages": 3}`, `{"pages": [{"elements": [null]}]}`, strings.Repeat(" ", 2<<20)} {
		if _, _, err := door.ReadSurveyJS(strings.NewReader(text), "x"); err == nil {
			t.Errorf("%.20q was read", text)
		}
	}
}

// Whatever is taken in holds together.
func FuzzReadSurveyJS(f *testing.F) {
	f.Add(js)
	f.Add(`{"elements": [{"type": "rating", "name": "a", "rateValues": [1, "b", true]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		in, _, err := door.ReadSurveyJS(strings.NewReader(text), "fuzz")
		if err != nil {
			return
		}
		if _, err := in.Canonical(); err != nil {
			t.Error(err)
		}
	})
}
