package answer

import (
	"slices"
	"strings"
	"testing"

	"commonweal/survey/instrument"
)

// routed asks one question of everybody, one beside it of those who said yes, and a page
// of two more of those who said no.
const routed = `{"id": "routed", "version": 1, "title": {"en": "Routed"}, "source": "a test", "series": "0-10",
 "groups": [{"id": "first", "stem": {"en": "First"}}, {"id": "second", "stem": {"en": "Second"}}],
 "scales": [{"id": "yesno", "kind": "yes-no", "options": [
  {"code": 1, "label": {"en": "Yes"}, "points": 10}, {"code": 2, "label": {"en": "No"}, "points": 0}]}],
 "questions": [
  {"concept": "a", "id": "a", "label": {"en": "A"}, "text": {"en": "Did you have one?"}, "group": "first", "scale": "yesno"},
  {"concept": "b", "id": "b", "label": {"en": "B"}, "text": {"en": "Did it help?"}, "group": "first", "scale": "yesno", "ask": {"question": "a", "is": [1]}},
  {"concept": "c", "id": "c", "label": {"en": "C"}, "text": {"en": "Did you want one?"}, "group": "second", "scale": "yesno", "ask": {"question": "a", "is": [2]}},
  {"concept": "d", "id": "d", "label": {"en": "D"}, "text": {"en": "Did you ask for one?"}, "group": "second", "scale": "yesno", "ask": {"question": "a", "is": [2]}}]}`

// A question that turns on one of the same page says so there; a page on which nothing is
// asked of somebody is passed over; what is asked of others does not count.
func TestRouting(t *testing.T) {
	d := newDoor(t)
	in, err := instrument.Read([]byte(routed))
	if err != nil {
		t.Fatal(err)
	}
	terms := d.terms("routed", "routed-2026")
	text, err := in.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if terms.InstrumentHash, err = in.Hash(); err != nil {
		t.Fatal(err)
	}
	terms.Instrument, terms.Languages, terms.Comments, terms.Units, terms.Groups = string(text), []string{"en"}, false, nil, nil
	if err := d.Box.Publish(d.ctx, terms); err != nil {
		t.Fatal(err)
	}
	p, err := paperOf(terms)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		answers map[string]int
		steps   []string
		counts  []uint8
	}{
		{"nothing said yet: the second page is not put", nil, []string{"first", reviewStep}, []uint8{0, 0, 0, 0}},
		{"yes", map[string]int{"a": 1, "b": 2}, []string{"first", reviewStep}, []uint8{1, 2, 0, 0}},
		{"no: the second page is put, and what was said beside yes is left behind", map[string]int{"a": 2, "b": 2, "c": 1}, []string{"first", "second", reviewStep}, []uint8{2, 0, 1, 0}},
		{"back to yes: the second page is left behind", map[string]int{"a": 1, "c": 1, "d": 2}, []string{"first", reviewStep}, []uint8{1, 0, 0, 0}},
	} {
		g := given{Answers: c.answers}
		if got := p.steps(g); !slices.Equal(got, c.steps) {
			t.Errorf("%s: pages %v, want %v", c.name, got, c.steps)
		}
		sheet, err := p.sheet(g)
		if err != nil || !slices.Equal([]uint8(sheet.Answers), c.counts) {
			t.Errorf("%s: the sheet has %v, want %v: %v", c.name, sheet.Answers, c.counts, err)
		}
	}
	first := d.postTo("/answers/routed-2026", with(d.get("/answers/routed-2026").form(), "go", "next")).has("Only if you answered “Yes” to “Did you have one?”.")
	second := d.postTo("/answers/routed-2026", with(first.form(), "q.a", "2", "go", "next")).has("Did you want one?")
	review := d.postTo("/answers/routed-2026", with(second.form(), "q.c", "1", "go", "next")).is(200, "Look at your answers").hasNot("Did it help?")
	d.postTo("/answers/routed-2026", with(review.form(), "pass", d.pass("routed"), "go", "send")).is(200, "Your answers are in")
}

// A page in Welsh has nothing of ours in English on it, and the other way round.
func TestLanguages_AreNotMixed(t *testing.T) {
	d := newDoor(t)
	pages := func(language string) []reply {
		form := with(d.get("/answers/autumn-2026?lang="+language).form(), "go", "next")
		out := []reply{d.get("/answers/autumn-2026?lang=" + language)}
		for range 6 {
			r := d.post(form)
			out = append(out, r)
			form = with(r.form(), "go", "next")
		}
		out = append(out,
			d.post(with(out[len(out)-1].form(), "go", "send")),                                                    // nothing is answered
			d.post(with(out[1].form(), "q.stake_mine", "9", "go", "next")),                                        // no such option
			d.post(with(out[len(out)-1].form(), "q.stake_mine", "4", "go", "to:-review")),                         //
			d.post(with(out[1].form(), "q.stake_mine", "4", "pass", "cw1.autumn.AAAA", "go", "send")),             // forged
			d.post(with(out[1].form(), "q.stake_mine", "4", "serial", "nothing like it", "go", "send")),           // no slip
			d.post(with(out[1].form(), "comment", strings.Repeat("a", 3000), "q.stake_mine", "4", "go", "send")),  // too long
			d.post(with(out[1].form(), "q.stake_mine", "4", "pass", d.pass("autumn"), "whole", "", "go", "send")), // torn
			d.post(with(out[1].form(), "q.stake_mine", "4", "pass", d.pass("autumn"), "go", "send")).is(200, map[string]string{"en": "Your answers are in", "cy": "Mae eich atebion wedi cyrraedd"}[language]),
		)
		return out
	}
	for language, foreign := range map[string]map[string]string{"en": welsh, "cy": english} {
		for i, r := range pages(language) {
			if !strings.Contains(r.Body, `<html lang="`+language+`"`) {
				t.Errorf("page %d in %s is in another language:\n%s", i, language, r.Body)
			}
			for _, text := range []string{"Skip to main content", "There is a problem", "The record", "Check it yourself", "Error:", "runs on", "People are"} {
				if language == "cy" && strings.Contains(unescaped(r.Body), text) {
					t.Errorf("page %d in Welsh says %q", i, text)
				}
			}
			for key, text := range foreign {
				if key == "step.in" || key == "language.name" || strings.Contains(text, "%") || len(text) < 12 {
					continue
				}
				if strings.Contains(unescaped(r.Body), text) {
					t.Errorf("page %d in %s says %q (%s)", i, language, text, key)
				}
			}
		}
	}
}
