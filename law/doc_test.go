package law_test

import (
	"os"
	"strings"
	"testing"

	"commonweal/law"
)

// The pack shown in the package comment loads and answers.
func TestPackageComment_PackLoads(t *testing.T) {
	data, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "//\t"); ok {
			shown.WriteString(text)
		}
	}
	l, err := law.Load(pack(shown.String()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, shown.String())
	}
	on := day(t, today)
	r, err := l.Rule("ours.quorum", on)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Evaluate(law.Facts{"members_present": law.Int(49)}, on)
	if err != nil || got.Verdict != law.Fails || got.Reasons[0] != "There are 49 members, and it takes 50." {
		t.Errorf("%s, %q, %v", got.Verdict, got.Reasons, err)
	}
}
