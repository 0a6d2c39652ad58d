package comment

import (
	"reflect"
	"strings"
	"testing"
)

// The shipped comments are enough for every theme and tone, none is there
// twice, and the file says that they are invented.
func TestShipped(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 400 {
		t.Errorf("%d comments", len(all))
	}
	seen, themes, tones := map[string]bool{}, map[Theme]int{}, map[Tone]int{}
	for _, l := range all {
		if seen[l.Text] {
			t.Errorf("twice: %s", l.Text)
		}
		seen[l.Text] = true
		tones[l.Tone]++
		for _, theme := range l.Themes {
			themes[theme]++
		}
	}
	for _, theme := range Themes() {
		if themes[theme] < 40 {
			t.Errorf("%d comments on %s", themes[theme], theme)
		}
		if theme.Label() == string(theme) {
			t.Errorf("%s has no label", theme)
		}
	}
	for _, tone := range Tones() {
		if tones[tone] < 80 || tone.Label() == string(tone) {
			t.Errorf("%d comments of tone %s, called %s", tones[tone], tone, tone.Label())
		}
	}
	if !strings.Contains(shipped, "made up by the authors") {
		t.Error("the file does not say where its comments come from")
	}
}

func TestReadLabelled_NamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"# one\nteam|good":            "line 2 is not theme|tone|text",
		"team|good| ":                 "line 1 is not theme|tone|text",
		"team|angry|No":               `line 1: tone "angry"`,
		"\nsport|good|No":             `line 2: theme "sport"`,
		"team,team|good|No":           `line 1: theme "team" twice`,
		"team,-|good|No":              `line 1: theme "-"`,
		"team|good|\xff is no letter": "not text in UTF-8",
	} {
		if _, err := ReadLabelled(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	got, err := ReadLabelled("  team , care | bad | a | b \r\n-|wish|n/a")
	want := []Labelled{{Text: "a | b", Themes: []Theme{Team, Care}, Tone: Bad}, {Text: "n/a", Tone: Wish}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// Whatever is read: an error, or comments that a model can be trained on.
func FuzzReadLabelled(f *testing.F) {
	f.Add("team|good|We work well together\n-|bad|No")
	f.Add("#\nteam,care|wish|a|b")
	f.Add("|||")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadLabelled(text)
		if err != nil || len(list) < 2 {
			return
		}
		m, err := Train(list)
		if err != nil {
			t.Fatal(err)
		}
		m.Read(list[0].Text)
	})
}
