package answers_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
)

// What readers decide about comments is kept, one decision a reader, on either engine; a
// comment is shown when two decided on the same words.
func TestDecide_OnEitherEngine(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 3 {
			s := m.sheet(3, 2, 0, 1)
			s.Comment = "The lift is broken, says Ann."
			m.take(s)
		}
		m.refused("before the close", m.svc.Decide(ctx, wave, "x", answers.Reading{Reader: "a", Verdict: answers.Show, Text: "x"}), fault.Conflict, "not closed")
		m.closing()
		list, err := m.svc.Gate(ctx, wave)
		m.ok(err)
		if len(list) != 3 || len(list[0].Readings) != 0 {
			t.Fatalf("%+v", list)
		}
		const scrubbed = "The lift is broken."
		one := list[0].ID
		for _, step := range []struct {
			reader, text string
			shown        int
		}{
			{"a", scrubbed, 0},
			{"b", "The lift is broken, says somebody.", 0}, // not the same words
			{"b", " " + scrubbed + "\n", 1},                // in the place of what b decided before
		} {
			m.ok(m.svc.Decide(ctx, wave, one, answers.Reading{Reader: step.reader, Verdict: answers.Show, Text: step.text}))
			got, err := m.svc.Shown(ctx, wave)
			m.ok(err)
			if len(got) != step.shown || step.shown == 1 && got[0].Text != scrubbed {
				t.Errorf("after %s said %q: %+v", step.reader, step.text, got)
			}
		}
		m.ok(m.svc.Decide(ctx, wave, list[1].ID, answers.Reading{Reader: "a", Verdict: answers.Withhold, Text: "left over", Reason: "It tells who wrote it."}))
		list, err = m.svc.Gate(ctx, wave)
		m.ok(err)
		if len(list[0].Readings) != 2 || len(list[1].Readings) != 1 || list[1].Readings[0].Text != "" || list[1].Readings[0].Reason != "It tells who wrote it." {
			t.Errorf("%+v", list)
		}
		for name, r := range map[string]answers.Reading{
			"nobody's":            {Verdict: answers.Show, Text: "x"},
			"no verdict":          {Reader: "a"},
			"nothing to show":     {Reader: "a", Verdict: answers.Show, Text: "  "},
			"withheld for no why": {Reader: "a", Verdict: answers.Withhold},
			"too long":            {Reader: "a", Verdict: answers.Show, Text: strings.Repeat("x", answers.MaxComment+1)},
		} {
			if err := m.svc.Decide(ctx, wave, one, r); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		m.refused("of no comment", m.svc.Decide(ctx, wave, "x", answers.Reading{Reader: "a", Verdict: answers.Show, Text: "x"}), fault.NotFound, "no such comment")
	})
}
