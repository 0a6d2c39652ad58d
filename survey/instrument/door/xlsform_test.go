package door_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

func shipped(t testing.TB) []instrument.Instrument {
	t.Helper()
	list, err := instrument.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func load(t testing.TB, id string) instrument.Instrument {
	t.Helper()
	in, err := instrument.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func hash(t testing.TB, in instrument.Instrument) string {
	t.Helper()
	h, err := in.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Every shipped instrument goes through a workbook and back to the same hash.
func TestXLSForm_RoundTrip(t *testing.T) {
	for _, in := range shipped(t) {
		var b bytes.Buffer
		if err := door.WriteXLSForm(&b, in); err != nil {
			t.Fatal(err)
		}
		back, err := door.ReadXLSForm(&b)
		if err != nil {
			t.Fatalf("%s: %v", in.ID, err)
		}
		if hash(t, back) != hash(t, in) {
			t.Errorf("%s came back as another instrument", in.ID)
		}
	}
}

// A text that a spreadsheet would change is refused rather than changed.
func TestWriteXLSForm_RefusesLoss(t *testing.T) {
	for name, text := range map[string]string{
		"too long for a cell":                      strings.Repeat("a", 40_000),
		"no character of XML":                      "before\x01after",
		"what a spreadsheet takes for a character": "_x0041_",
	} {
		in := load(t, instrument.MutualCulture)
		in.Source = text
		if err := door.WriteXLSForm(&bytes.Buffer{}, in); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	// What only looks dangerous goes through.
	in := load(t, instrument.MutualCulture)
	in.Source = "=1+1 <b>&amp;</b>\nsecond line"
	if err := door.WriteXLSForm(&bytes.Buffer{}, in); err != nil {
		t.Error(err)
	}
}

// form makes a workbook from sheets as text: rows by line, cells by |.
func form(t testing.TB, sheets map[string]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for _, name := range []string{"survey", "choices", "settings", "cw_scores"} {
		text, ok := sheets[name]
		if !ok {
			continue
		}
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range strings.Split(text, "\n") {
			for j, cell := range strings.Split(row, "|") {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellStr(name, at, strings.TrimSpace(cell)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// foreign is a form as somebody else's program would write it.
func foreign() map[string]string {
	return map[string]string{
		"survey": `type | name | label | relevant | required
begin group | canteen | The canteen | |
select_one yesno | uses_it | Do you eat there? | |
select_one taste | good | How is the food? | ${uses_it} = '1' |
end group | | | |`,
		"choices": `list_name | name | label
yesno | 1 | Yes
yesno | 2 | No
taste | 1 | Good
taste | 2 | Bad`,
		"settings": `form_title | form_id | version
Canteen | canteen | 3`,
	}
}

// A form without any column of ours is taken in as questions without points.
func TestReadXLSForm_Foreign(t *testing.T) {
	in, err := door.ReadXLSForm(bytes.NewReader(form(t, foreign())))
	if err != nil {
		t.Fatal(err)
	}
	q, ok := in.Question("good")
	if !ok || q.Concept != "good" || q.Group != "canteen" || q.Ask == nil || q.Ask.Question != "uses_it" || q.Text.In("en") != "How is the food?" {
		t.Errorf("%+v", q)
	}
	if in.ID != "canteen" || in.Version != 3 || len(in.Unworded()) != 0 || len(in.Scores) != 0 {
		t.Errorf("%+v", in)
	}
}

// Whatever an instrument cannot hold is refused at its row, with what to do.
func TestReadXLSForm_Refuses(t *testing.T) {
	for _, c := range []struct {
		name, why       string
		sheet, old, new string
		says            string
	}{
		{"several answers", "each answer counts once", "survey", "select_one taste", "select_multiple taste", "sheet survey, row 4, type: a question takes one answer, so that every answer can be counted and scored; ask one yes-or-no question for each option"},
		{"a clock", "no time goes with an answer", "survey", "select_one taste | good | How is the food? | ${uses_it} = '1' |", "start | started | | |", `sheet survey, row 4, type: "start" notes a person, place, device or time, and nothing of that goes with an answer; take the row out`},
		{"free text", "comments are kept apart", "survey", "select_one taste", "text", "row 4, type: free text is not a question of an instrument"},
		{"must be answered", "nobody is made to", "survey", "Do you eat there? | |", "Do you eat there? | | yes", "sheet survey, row 3, required: nobody is made to answer a question; clear the cell"},
		{"calculation", "it would be lost", "survey", "required", "calculation", ""},
		{"two questions in a condition", "only one equality is known", "survey", "${uses_it} = '1'", "${uses_it} = '1' and ${good} = '1'", "row 4, relevant:"},
		{"a list that is not there", "no options", "survey", "select_one taste", "select_one tastes", `sheet survey, row 4, question good scale: "tastes" is not a scale of this instrument`},
		{"a word for a code", "codes are numbers", "choices", "taste | 2", "taste | bad", `sheet choices, row 5, name: "bad" is not the number of an option; number the options of a list from 1`},
		{"points that are none", "ten, not a lot", "choices", "taste | 2 | Bad", "taste | 2 | Bad | x", `sheet choices, row 5, column 4: "x" stands under no heading`},
		{"no version", "a version fixes what was asked", "settings", "canteen | 3", "canteen | draft", `sheet settings, row 2, version: "draft" is not a version of an instrument; write a whole number from 1`},
		{"two rows of settings", "which?", "settings", "canteen | 3", "canteen | 3\nCanteen | canteen | 4", "sheet settings: there are 2 rows under the headings, not 1"},
		{"plain labels in Welsh", "they would be taken for English", "settings", "version\nCanteen | canteen | 3", "version | default_language\nCanteen | canteen | 3 | Cymraeg (cy)", `sheet settings, row 2, default_language: the labels of the sheet survey are in "Cymraeg (cy)"`},
		{"a group without end", "where does its page end?", "survey", "\nend group | | | |", "", "sheet survey, row 2, type: the group canteen does not end"},
		{"one option in Welsh", "half a page in Welsh", "choices", "label\nyesno | 1 | Yes", "label | label::Cymraeg (cy)\nyesno | 1 | Yes | Oes", `sheet choices, row 2, scale yesno options, code 1, label: there is a text in "cy", which the title has not`},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheets := foreign()
			was := sheets[c.sheet]
			sheets[c.sheet] = strings.Replace(was, c.old, c.new, 1)
			if c.name == "calculation" {
				sheets["survey"] = strings.Replace(sheets["survey"], "there? | |", "there? | | 1+1", 1)
				c.says = "sheet survey, row 3, calculation: an instrument has nothing like this, so it would be lost; clear the column"
			}
			if sheets[c.sheet] == was {
				t.Fatal("nothing changed")
			}
			_, err := door.ReadXLSForm(bytes.NewReader(form(t, sheets)))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v\nwant %s: %s", err, c.says, c.why)
			}
		})
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("type,name"), "no sheets": form(t, nil), "too long": bytes.Repeat([]byte("a"), 5<<20),
	} {
		if _, err := door.ReadXLSForm(bytes.NewReader(b)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// A file that repeats one mistake is not told of it a thousand times.
func TestReadXLSForm_TellsSoMany(t *testing.T) {
	sheets := foreign()
	var rows strings.Builder
	for i := range 200 {
		fmt.Fprintf(&rows, "\nnote | n%d | Read this | |", i)
	}
	sheets["survey"] += rows.String()
	_, err := door.ReadXLSForm(bytes.NewReader(form(t, sheets)))
	if err == nil || !strings.HasSuffix(err.Error(), "and 150 more") {
		t.Errorf("%v", err)
	}
}

func FuzzReadXLSForm(f *testing.F) {
	f.Add(form(f, foreign()))
	var b bytes.Buffer
	if err := door.WriteXLSForm(&b, load(f, instrument.Engagement)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := door.ReadXLSForm(bytes.NewReader(b))
		if err != nil {
			return
		}
		if _, err := in.Canonical(); err != nil {
			t.Error(err)
		}
	})
}
