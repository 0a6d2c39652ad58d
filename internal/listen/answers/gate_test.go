package answers

import "testing"

// One reader alone neither shows a comment nor buries it.
func TestGated_TwoReaders(t *testing.T) {
	show := func(text string) Reading { return Reading{Verdict: Show, Text: text} }
	no := Reading{Verdict: Withhold, Reason: "It names somebody."}
	for _, c := range []struct {
		name                      string
		readings                  []Reading
		shown, withheld, keptBack bool
	}{
		{"nobody has read it", nil, false, false, false},
		{"one would show it", []Reading{show("a")}, false, false, false},
		{"one withholds it, which is not for good", []Reading{no}, false, false, true},
		{"a second brings it back to be talked over", []Reading{no, show("a")}, false, false, true},
		{"two outweigh the one", []Reading{no, show("a"), show("a")}, true, false, false},
		{"two withhold it", []Reading{no, no}, false, true, false},
		{"two against one withhold it", []Reading{no, show("a"), no}, false, true, false},
		{"two and two: it stays back", []Reading{no, show("a"), no, show("a")}, false, true, false},
		{"two agree on the words", []Reading{show("a"), show("a")}, true, false, false},
		{"a third would take more out", []Reading{show("a"), show("a"), show("b")}, false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := Gated{Readings: c.readings}
			_, shown := g.Shown()
			_, withheld := g.Withheld()
			if shown != c.shown || withheld != c.withheld || g.KeptBack() != c.keptBack {
				t.Errorf("shown %v, withheld %v, kept back %v", shown, withheld, g.KeptBack())
			}
		})
	}
}
