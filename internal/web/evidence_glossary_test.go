package web

import (
	"strings"
	"testing"

	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/readtest"
)

// The glossary is for somebody who has never heard of a p value: each of its words is
// explained at the reading age of about twelve, and none says what was behind a change.
func TestGlossary_ReadsEasily(t *testing.T) {
	for _, w := range evidenceWords {
		if age := readtest.Age(w.Fact); age > 13 {
			t.Errorf("%s reads at %.1f years: %s", w.Term, age, w.Fact)
		}
		if found := pack.Found(w.Fact); found != "" {
			t.Errorf("%s says %q", w.Term, found)
		}
	}
	all := ""
	for _, w := range evidenceWords {
		all += strings.ToLower(w.Term) + "\n"
	}
	for _, word := range []string{"usual variation", "average", "limits", "signal", "target", "funnel", "95% limits", "place among others", "counted, compared, tested", "p value", "too early to say"} {
		if !strings.Contains(all, word) {
			t.Errorf("the pages say %q and the glossary does not", word)
		}
	}
}
