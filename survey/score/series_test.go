package score_test

import (
	"testing"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// A survey on the scale from 1 to 5, as the key findings were up to 2017 (NHS
// England, NHS Staff Survey results, 2017). The wordings are made up.
const before2018 = `{
  "id": "old-scale", "version": 1, "title": {"en": "A survey on the old scale"}, "source": "made up",
  "series": "1-5", "years": [2017],
  "scales": [{"id": "agreement", "kind": "rating", "options": [
    {"code": 1, "label": {"en": "Not at all"}, "points": 1}, {"code": 2, "label": {"en": "Hardly"}, "points": 2},
    {"code": 3, "label": {"en": "Partly"}, "points": 3}, {"code": 4, "label": {"en": "Mostly"}, "points": 4},
    {"code": 5, "label": {"en": "Wholly"}, "points": 5}]}],
  "questions": [
    {"concept": "glad", "id": "a", "label": {"en": "Glad"}, "scale": "agreement", "numbers": {"2017": "1a"}},
    {"concept": "sorry", "id": "b", "label": {"en": "Sorry"}, "scale": "agreement", "reverse": true, "numbers": {"2017": "1b"}}],
  "scores": [{"id": "E", "label": {"en": "Engagement"}, "kind": "theme", "level": "people", "questions": ["a", "b"], "least": 2}]
}`

// The old scale turns round on its own middle, and what it gives cannot be
// joined to what the new one gives.
func TestOneToFive(t *testing.T) {
	in, err := instrument.Read([]byte(before2018))
	if err != nil {
		t.Fatal(err)
	}
	old, err := score.New(in)
	if err != nil {
		t.Fatal(err)
	}
	if got := valueOf(t, old, "E", "a=4 b=1"); !near(got, score.Of(4.5)) {
		t.Errorf("mean of 4 and 5 is %+v", got)
	}
	tally := old.Tally()
	if err := tally.Add(row(t, in, "a=4 b=1")); err != nil {
		t.Fatal(err)
	}
	before := score.Point{Year: 2017, Result: resultOf(t, tally, "E")}
	after := score.Point{Year: 2024, Result: resultOf(t, tallied(t, instrument.Engagement), "E")}
	if line, err := score.Join(before, after); err == nil {
		t.Errorf("joined: %v", line)
	}
}
