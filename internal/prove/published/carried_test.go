package published

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func carried(t testing.TB) *memory {
	t.Helper()
	sink := newMemory()
	report, err := Carried(context.Background(), sink)
	if err != nil {
		t.Fatal(err)
	}
	if report.Rejected > 0 || report.Values+report.Suppressed != len(sink.values) {
		t.Fatalf("report %+v with %d values", report, len(sink.values))
	}
	return sink
}

// The carried table has every organisation of the survey, England, and the
// seven mutuals with their published scores.
func TestCarried(t *testing.T) {
	sink := carried(t)
	sink.inOrder(t)
	if got := len(sink.organisations); got != 264 {
		t.Errorf("%d organisations, want 263 and England", got)
	}
	mutuals := map[string]float64{}
	for ods, o := range sink.organisations {
		if IsMutual(o.Group) {
			mutuals[o.ShortName()] = sink.values[key{ods, "nss.E", "2024"}].Value
		}
	}
	want := map[string]float64{"NAViGO": 7.91, "First Community": 7.77, "Livewell Southwest": 7.16, "East Coast": 7.07, "Nottingham CityCare": 6.99, "CSH Surrey": 6.97, "Sirona": 6.57}
	if len(mutuals) != len(want) {
		t.Errorf("mutuals %v", mutuals)
	}
	for name, score := range want {
		if mutuals[name] != score {
			t.Errorf("%s scores %v, want %v", name, mutuals[name], score)
		}
	}
	if v := sink.values[key{England, "nss.E", "2024"}]; v.Value != 6.85 || v.Base != 745006 {
		t.Errorf("England %+v", v)
	}
	if s := sink.sources[0]; !strings.HasPrefix(s.Licence, "Contains public sector information licensed under the Open Government Licence v3.0.") {
		t.Errorf("licence %q", s.Licence)
	}
	for ods, o := range sink.organisations {
		if _, known := GroupNamed(o.Group); !known && o.Scope == ScopeOrganisation {
			t.Errorf("organisation %s is in the unknown group %q", ods, o.Group)
		}
	}
}

// Writing the table that was read gives the same bytes: nothing is lost.
func TestFacts_RoundTrip(t *testing.T) {
	facts, err := ReadFacts(bytes.NewReader(carriedTable))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteFacts(&b, facts); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), carriedTable) {
		t.Error("the table changes when it is read and written")
	}
}

// A hidden figure is written as "-" and read back as hidden.
func TestFacts_Suppressed(t *testing.T) {
	in := []Fact{{
		Organisation: Organisation{ODS: "RAA", Name: "A", Scope: ScopeOrganisation, Group: "CSUs"},
		Scores:       map[string]Value{"E": {ODS: "RAA", Measure: "nss.E", Period: "2024", Suppressed: true}},
	}}
	var b bytes.Buffer
	if err := WriteFacts(&b, in); err != nil {
		t.Fatal(err)
	}
	out, err := ReadFacts(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := out[0].Scores["E"]; !got.Suppressed || got.Value != 0 || len(out[0].Scores) != 1 {
		t.Errorf("read back %+v", out[0])
	}
}

// A table with a wrong cell is refused with the line and the cell.
func TestReadFacts_Wrong(t *testing.T) {
	head := strings.Join(factHeads(), ",") + "\n"
	line := func(ods, score, base, rate, months string) string {
		return ods + ",A,CSUs,," + score + "," + base + strings.Repeat(",", 22) + "," + rate + "," + months + "\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"a code", line("Raa", "7.00", "100", "", ""), `line 2: "Raa" is not an ODS code`},
		{"a score", line("RAA", "70", "100", "", ""), `line 2: E of RAA: "70" is not a score`},
		{"a base", line("RAA", "7.00", "", "", ""), `line 2: E of RAA: base "" is not a number of answers`},
		{"months", line("RAA", "7.00", "100", "5.00", "13"), `line 2: absence of RAA: "5.00" over "13" months`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := ReadFacts(strings.NewReader(head + c.text)); err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func FuzzReadFacts(f *testing.F) {
	f.Add(carriedTable[:2000])
	f.Fuzz(func(t *testing.T, content []byte) {
		facts, err := ReadFacts(bytes.NewReader(content))
		if err != nil {
			return
		}
		for _, fact := range facts {
			for code, v := range fact.Scores {
				if v.Value < 0 || v.Value > 10 {
					t.Errorf("%s of %s is %g", code, fact.Organisation.ODS, v.Value)
				}
			}
		}
	})
}
