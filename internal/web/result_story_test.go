package web

import (
	"math"
	"strings"
	"testing"

	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
)

// moved is a unit that moved, surely or not.
func moved(name string, of wave.Level, by float64, sure bool) unitDelta {
	d := delta{Known: true, Value: by, Low: by - 0.2, High: by + 0.2, Decimals: 2, Adjusted: 1}
	if sure {
		d.Adjusted = 0.001
	}
	return unitDelta{Unit: wave.Unit{Code: strings.ToLower(name), Name: name, Level: of}, delta: d}
}

// The sentence of what changed names the directorates where they are few, counts the teams
// where they are many, and says nothing of a level that the survey has not.
func TestChanged_LevelSentence(t *testing.T) {
	c := &changed{Units: []unitDelta{
		moved("Wards", wave.Directorate, -1, true), moved("Families", wave.Directorate, 0.5, true), moved("Offices", wave.Directorate, 0.1, false),
	}}
	if got, want := c.levelSentence(wave.Directorate), " Of the directorates Families rose, and Wards fell by more than chance."; got != want {
		t.Errorf("few: %q, want %q", got, want)
	}
	if got := c.levelSentence(wave.Team); got != "" {
		t.Errorf("no teams: %q", got)
	}
	for _, name := range []string{"A", "B", "C", "D"} {
		c.Units = append(c.Units, moved(name, wave.Team, 0.4, true))
	}
	if got, want := c.levelSentence(wave.Team), " Of 4 teams four rose by more than chance, and none fell."; got != want {
		t.Errorf("many: %q, want %q", got, want)
	}
	still := &changed{Units: []unitDelta{moved("Offices", wave.Directorate, 0.1, false)}}
	if got := still.levelSentence(wave.Directorate); !strings.Contains(got, "No directorate moved") {
		t.Errorf("none: %q", got)
	}
}

// The first page tells how far each directorate moved that did, with its range, and
// nothing of one that did not.
func TestChanged_Story(t *testing.T) {
	c := &changed{Before: &results{}, Units: []unitDelta{
		moved("Wards", wave.Directorate, -1, true), moved("Families", wave.Directorate, 0.52, true), moved("Offices", wave.Directorate, 0.1, false), moved("A", wave.Team, 3, true),
	}}
	c.Before.w.Title = "Staff survey 2025"
	want := "Since Staff survey 2025 Wards fell by 1.00 (likely −1.20 to −0.80) and Families rose by 0.52 (likely +0.32 to +0.72): more than chance would often give among so many. Why, the figures do not say."
	if got := c.story(wave.Directorate); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c.Units = c.Units[2:]
	if got := c.story(wave.Directorate); got != "" {
		t.Errorf("nothing moved, and it says %q", got)
	}
}

// A change is said in words, and one that would be written as nought is none.
func TestDelta_WayWords(t *testing.T) {
	for want, v := range map[string]float64{"rose by 0.17": 0.17, "fell by 0.17": -0.17, "stayed the same": -0.004} {
		if got := (delta{Value: v, Decimals: 2, P: math.NaN()}).wayWords(); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

// Counts that are rounded each by itself need not add up, and the page says so where they
// do not.
func TestWordsSentence_DoesNotAddUp(t *testing.T) {
	const says = "they do not add up"
	if got := wordsSentence(action.Tally{Shown: true, Helped: 10, NotYet: 10, Of: 15}); !strings.Contains(got, says) {
		t.Errorf("10 and 10 of 15: %q", got)
	}
	if got := wordsSentence(action.Tally{Shown: true, Helped: 10, NotYet: 5, Of: 15}); strings.Contains(got, says) {
		t.Errorf("10 and 5 of 15: %q", got)
	}
}
