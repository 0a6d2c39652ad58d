package instrument_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"commonweal/survey/instrument"
)

const small = `{
  "id": "try", "version": 1, "title": {"en": "A try"}, "source": "ours", "series": "0-10", "years": [2023, 2024],
  "groups": [{"id": "all", "stem": {"en": "How is it?"}}],
  "scales": [
    {"id": "yes-no", "kind": "yes-no", "options": [
      {"code": 1, "label": {"en": "Yes"}, "points": 10}, {"code": 2, "label": {"en": "No"}, "points": 0}]},
    {"id": "pick", "kind": "choice", "options": [
      {"code": 1, "label": {"en": "This"}}, {"code": 2, "label": {"en": "That"}}]}
  ],
  "questions": [
    {"concept": "sort", "id": "a", "label": {"en": "Sort"}, "scale": "pick", "numbers": {"2024": "1"}},
    {"concept": "good", "id": "b", "label": {"en": "Good"}, "group": "all", "scale": "yes-no", "numbers": {"2023": "1", "2024": "2a"},
     "ask": {"question": "a", "is": [1], "otherwise": [{"code": 2, "points": 0}]}}
  ],
  "scores": [
    {"id": "S_1", "label": {"en": "Part"}, "kind": "sub-score", "level": "people", "questions": ["b"], "least": 1},
    {"id": "S", "label": {"en": "Whole"}, "kind": "theme", "level": "people", "scores": ["S_1"], "least": 1}
  ]
}`

// One meaning has one text and one hash, whatever file it came from.
func TestCanonical(t *testing.T) {
	in, err := instrument.Read([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	b, err := in.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := instrument.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(in, again) {
		t.Errorf("read back otherwise:\n%+v\n%+v", in, again)
	}
	// The same file with its fields in another order, as a tool may write it.
	var loose map[string]any
	if err := json.Unmarshal([]byte(small), &loose); err != nil {
		t.Fatal(err)
	}
	sorted, err := json.MarshalIndent(loose, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	other, err := instrument.Read(sorted)
	if err != nil {
		t.Fatal(err)
	}
	h, err := in.Hash()
	if err != nil {
		t.Fatal(err)
	}
	if o, err := other.Hash(); err != nil || o != h {
		t.Errorf("hash %s of the same instrument in another order, want %s (%v)", o, h, err)
	}
	in.Scores[0].Least = 2
	if _, err := in.Hash(); err == nil {
		t.Error("an instrument that does not hold together has a hash")
	}
}

// What does not fit is refused by the question and field it is in.
func TestRead_Refuses(t *testing.T) {
	for _, c := range []struct {
		name, why string
		old, new  string
		says      string
	}{
		{"unknown field", "a slip of the pen may not be passed over", `"least": 1}`, `"lest": 1}`, `score S_1: unknown field "lest"`},
		{"field twice", "the decoder would take the last", `"source": "ours"`, `"source": "ours", "source": "theirs"`, `field "source": stands twice`},
		{"capitals", "the decoder would take it for the same", `"source"`, `"Source"`, `field "Source": not a name`},
		{"year with a nought", "it would be the same year twice", `"2023": "1"`, `"02024": "1"`, `field "02024"`},
		{"minus nought", "it would be written back as another text", `"points": 0}]},`, `"points": -0}]},`, "number -0: write nought without a minus"},
		{"below the series", "nothing is worth less than nought of ten", `[{"code": 2, "points": 0}]`, `[{"code": 2, "points": -1}]`, `question b: ask: -1 points are not between 0 and 10`},
		{"a share of ten", "a percentage is from 0 to 100", `"kind": "sub-score", "level": "people", "questions": ["b"], "least": 1`, `"kind": "share", "level": "people", "questions": ["b"], "least": 1, "worth": [{"code": 1, "points": 100}]`, `score S_1: kind: a share does not go with the series "0-10"`},
		{"a share of nothing", "which answers are shares of all?", `"kind": "sub-score"`, `"kind": "share"`, `score S_1: worth: a share and a net-promoter give points to options`},
		{"points twice over", "the scale has them already", `"questions": ["b"], "least": 1`, `"questions": ["b"], "least": 1, "worth": [{"code": 1, "points": 10}]`, `score S_1: worth: a share and a net-promoter give points to options, and no other score does`},
		{"half a share", "one counts or does not", `"kind": "sub-score", "level": "people", "questions": ["b"], "least": 1`, `"kind": "share", "level": "people", "questions": ["b"], "least": 1, "worth": [{"code": 1, "points": 50}]`, `score S_1: worth: 50 points are none of [0 100]`},
		{"a share of no option", "seven of two", `"kind": "sub-score", "level": "people", "questions": ["b"], "least": 1`, `"kind": "share", "level": "people", "questions": ["b"], "least": 1, "worth": [{"code": 7, "points": 100}]`, `score S_1: worth: 7 is not an option of b`},
		{"after the end", "two instruments in one file", "]\n}", "]\n} {}", "something stands after the end"},
		{"text for a number", "the field is named", `"least": 1}`, `"least": "1"}`, "score S_1: least: a string does not belong here"},
		{"no version", "nought is none", `"version": 1`, `"version": 0`, "instrument try: version: 0 is less than 1"},
		{"no English", "the language everyone falls back to", `"title": {"en"`, `"title": {"cy"`, "instrument try: title: there is no English text"},
		{"no such language", "three letters", `{"en": "How is it?"}`, `{"en": "How is it?", "cym": "Sut mae?"}`, `group all: stem: "cym" is not a two-letter language`},
		{"one stem in Welsh", "the rest of that page would be English", `{"en": "How is it?"}`, `{"en": "How is it?", "cy": "Sut mae?"}`, `group all: stem: there is a text in "cy", which the title has not`},
		{"the title alone in Welsh", "the page under it would be English", `{"en": "A try"}`, `{"en": "A try", "cy": "Prawf"}`, `scale yes-no: options, code 1, label: there is no text in "cy", which the title has`},
		{"a group of nobody", "a page with nothing on it", `"group": "all", `, ``, `group all: id: no question is in it`},
		{"no such scale", "a question hangs in the air", `"scale": "pick"`, `"scale": "peck"`, `instrument try: question a: scale: "peck" is not a scale of this instrument`},
		{"no such group", "so does this", `"group": "all"`, `"group": "al"`, `question b: group: "al"`},
		{"concept twice", "two questions cannot be one", `"concept": "good"`, `"concept": "sort"`, `question b: concept: another question is about "sort" too`},
		{"id twice", "columns of that name cannot be told apart", `"id": "b"`, `"id": "A"`, "question A: id: another question has it too"},
		{"number twice", "two questions of one number in a year", `"2024": "2a"`, `"2024": "1"`, "question b: numbers: another question is 1 in 2024 too"},
		{"number of another year", "the year is not listed", `"2023": "1"`, `"2022": "1"`, "question b: numbers: 2022 is not one of the instrument's years"},
		{"old scale", "the survey of 2017 is scored from 1 to 5", `[2023, 2024]`, `[2017, 2023, 2024]`, "years: the survey of 2017 is scored 1-5, not 0-10"},
		{"unasked option", "the condition can never hold", `"is": [1]`, `"is": [3]`, "question b: ask: 3 is not an option of a"},
		{"asks ahead", "a circle could arise", `"question": "a"`, `"question": "b"`, `question b: ask: "b" is not a question that comes before`},
		{"points for those asked", "they have answers of their own", `[{"code": 2, "points": 0}]`, `[{"code": 1, "points": 0}]`, "question b: ask: 1 is not an option of a that leaves the question out"},
		{"code nought", "nought is no answer", `{"code": 1, "label": {"en": "Yes"}`, `{"code": 0, "label": {"en": "Yes"}`, "scale yes-no: options: code 0 is not between 1 and 250"},
		{"code twice", "two options of one code", `{"code": 1, "label": {"en": "Yes"}`, `{"code": 2, "label": {"en": "Yes"}`, "scale yes-no: options: code 2 stands twice"},
		{"off the scale", "eleven of ten", `"points": 10}`, `"points": 11}`, `scale yes-no: kind: "yes-no" does not fit the points`},
		{"nothing to score", "a choice is worth nothing", `"questions": ["b"]`, `"questions": ["a"]`, "score S_1: questions: a has no points"},
		{"least too many", "nobody could have it", `["b"], "least": 1`, `["b"], "least": 2`, "score S_1: least: 2 is not between 1 and the number of parts, 1"},
		{"score of itself", "a circle", `"scores": ["S_1"]`, `"scores": ["S"]`, "score S: scores: S is itself made of scores"},
		{"both kinds of part", "a mean of unlike things", `"scores": ["S_1"]`, `"questions": ["b"], "scores": ["S_1"]`, "score S: questions: a score is made of questions or of scores"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(small, c.old, c.new, 1)
			if text == small {
				t.Fatalf("%q is not in the instrument", c.old)
			}
			if _, err := instrument.Read([]byte(text)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q: %s", err, c.says, c.why)
			}
		})
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "null": []byte("null"), "a list": []byte("[]"), "not UTF-8": {'"', 0xff, '"'},
		"deep": bytes.Repeat([]byte("["), 1<<19), "too long": bytes.Repeat([]byte(" "), instrument.MaxSize+1),
	} {
		if _, err := instrument.Read(b); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// Every fault is told at once, so that a file is mended in one go.
func TestRead_TellsAll(t *testing.T) {
	text := strings.Replace(strings.Replace(small, `"scale": "pick"`, `"scale": "peck"`, 1), `"version": 1`, `"version": 0`, 1)
	_, err := instrument.Read([]byte(text))
	if err == nil || !strings.Contains(err.Error(), "version") || !strings.Contains(err.Error(), "peck") {
		t.Errorf("%v", err)
	}
}

// Whatever is read can be written and is read back the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	files, err := filepath.Glob("shipped/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := instrument.Read(b)
		if err != nil {
			return
		}
		first, err := in.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		again, err := instrument.Read(first)
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		second, err := again.Canonical()
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%v\n%s\n%s", err, first, second)
		}
	})
}
