package action_test

import (
	"strings"
	"testing"

	"commonweal/internal/listen/action"
	"commonweal/internal/schema/schematest"
)

func figure(wave string, value, low, high float64) action.Figure {
	return action.Figure{Wave: wave, WaveName: "the survey of " + wave, Shown: true, Places: 1, Value: value, Low: low, High: high}
}

// A change is claimed only where its own interval leaves nought out, and never as the
// work of the action.
func TestCompare(t *testing.T) {
	hidden := figure("2026", 0, 0, 0)
	hidden.Shown = false
	percent := func(f action.Figure) action.Figure {
		f.Percent, f.Places = true, 0
		return f
	}
	for _, c := range []struct {
		name          string
		before, after action.Figure
		differs       bool
		says          string
	}{
		{"a rise that stands out", figure("2025", 4.9, 4.6, 5.2), figure("2026", 5.9, 5.6, 6.2), true, "It rose by 1.0, likely by between 0.6 and 1.4."},
		{"a fall that stands out", figure("2025", 5.9, 5.6, 6.2), figure("2026", 4.9, 4.6, 5.2), true, "It fell by 1.0, likely by between 0.6 and 1.4."},
		{"a rise that does not", figure("2025", 4.9, 4.6, 5.2), figure("2026", 5.2, 4.9, 5.5), false, "That does not show a change."},
		{"intervals that overlap and still differ", figure("2025", 4.9, 4.6, 5.2), figure("2026", 5.4, 5.1, 5.7), true, "rose by 0.5"},
		{"in percent", percent(figure("2025", 40, 35, 45)), percent(figure("2026", 57, 52, 62)), true, "It was 40% in the survey of 2025 (likely between 35% and 45%) and 57%"},
		{"points of percent", percent(figure("2025", 40, 35, 45)), percent(figure("2026", 57, 52, 62)), true, "rose by 17 points, likely by between 10 points and 24 points"},
		{"hidden now", figure("2025", 4.9, 4.6, 5.2), hidden, false, "Not shown, to protect the people in it."},
		{"hidden then", hidden, figure("2026", 4.9, 4.6, 5.2), false, "Not shown, to protect the people in it."},
		{"no survey since", figure("2025", 4.9, 4.6, 5.2), action.Figure{}, false, "No later survey"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := action.Compare(c.before, c.after)
			if got.Differs != c.differs || !strings.Contains(got.Sentence, c.says) {
				t.Errorf("%+v", got)
			}
			if got.Differs && !strings.Contains(got.Sentence, "a survey cannot tell") {
				t.Errorf("it claims a cause: %s", got.Sentence)
			}
		})
	}
}

func TestService_Measured(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.figures["ns-2025 theatres pp4.burnout"] = figure("ns-2025", 4.9, 4.6, 5.2)
		m.figures["next theatres pp4.burnout"] = figure("ns-2026", 5.9, 5.6, 6.2)
		a := m.agree(nil)
		got, err := m.svc.Measured(ctx, org, a.ID)
		if err != nil || !got.Differs || got.After.Wave != "ns-2026" {
			t.Errorf("%+v, %v", got, err)
		}
		words := m.agree(func(d *action.Draft) { d.About, d.ID = action.Comments, "" })
		if got, err := m.svc.Measured(ctx, org, words.ID); err != nil || got.Sentence != "" {
			t.Errorf("what many wrote has a figure: %+v, %v", got, err)
		}
	})
}

// The board sees each team under its directorate, the whole before its parts, and what
// is overdue first, the oldest day first.
func TestBoard(t *testing.T) {
	b := schematest.SQLite(t)
	m := newMutual(t, b)
	place := func(dir, unit, due string) {
		m.agree(func(d *action.Draft) {
			d.Place = action.Place{Directorate: dir, DirectorateName: strings.ToUpper(dir), Unit: unit, UnitName: strings.ToUpper(unit)}
			d.Due = day(due)
		})
	}
	place("surgery", "theatres", "2026-12-18")
	place("surgery", "", "2026-12-18")
	place("medicine", "ward", "2026-11-25")
	place("medicine", "ward", "2026-11-20")
	place("", "", "2027-02-01")
	m.must(m.svc.Name(ctx, m.lead, org, action.Head{Directorate: "medicine", Name: "Medicine", Person: m.head}))
	m.on("2026-12-01")
	list, err := m.svc.All(ctx, org)
	m.must(err)
	heads, err := m.svc.Heads(ctx, org)
	m.must(err)
	board := action.Board(list, heads)
	var got []string
	for _, d := range board {
		got = append(got, d.Code+":")
		for _, team := range d.Teams {
			got = append(got, team.Code+"/")
			for _, a := range team.Actions {
				got = append(got, a.Due.String())
			}
		}
	}
	want := ": / 2027-02-01 medicine: ward/ 2026-11-20 2026-11-25 surgery: / 2026-12-18 theatres/ 2026-12-18"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if board[1].Head != m.head || board[1].Tally.Overdue != 2 || board[2].Tally.Open() != 2 || action.Stand(list).Overdue != 2 {
		t.Errorf("%+v", board)
	}
}
