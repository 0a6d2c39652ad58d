package indicator

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/prove/published"
	"commonweal/law"
)

// gathered is a sink that keeps values, and mergers of a directory.
type gathered struct {
	values []published.Value
	list   []published.Succession
}

func (*gathered) Source(published.Source) error    { return nil }
func (*gathered) Measure(published.Measure) error  { return nil }
func (*gathered) Reject(published.Rejection) error { return nil }

// Value implements published.Sink.
func (g *gathered) Value(v published.Value) error { g.values = append(g.values, v); return nil }

// Organisation implements published.Sink.
func (g *gathered) Organisation(o published.Organisation) error {
	for _, p := range o.Predecessors {
		g.list = append(g.list, published.Succession{From: p, To: o.ODS, On: o.Merged})
	}
	return nil
}

func readReal(t *testing.T, names ...string) *gathered {
	t.Helper()
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	g := &gathered{}
	for _, name := range names {
		path := filepath.Join(root, name)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("the published file %s is not here: %v", name, err)
		}
		if _, err := published.ReadPath(t.Context(), path, g); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func assembled(d derived, g *gathered) map[place]Figure {
	a := assembly{derived: d, history: published.NewHistory(g.list), at: map[place]*parts{}}
	for i, id := range d.of {
		for _, v := range g.values {
			if v.Measure == id {
				a.add(i, v)
			}
		}
	}
	out := map[place]Figure{}
	for _, f := range a.list() {
		out[place{f.Unit, f.Period}] = f
	}
	return out
}

// Hounslow and Richmond (RY9) went into Kingston (RAX) on 1 November 2024, and Solent
// (R1C) into Hampshire and Isle of Wight (RW1) a month before. In the real absence file
// the joined series goes on over both days, and nothing is left under the old codes.
func TestMerged_RealCodes(t *testing.T) {
	g := readReal(t, filepath.Join("panel", "nhs_trust_directory.csv"), "NHS-sickness-absence-by-org-2024-04_2025-03.csv")
	raw := map[string]map[string]float64{}
	for _, v := range g.values {
		if raw[v.Measure] == nil {
			raw[v.Measure] = map[string]float64{}
		}
		raw[v.Measure][v.ODS+string(v.Period)] = v.Value
	}
	got := assembled(absenceMeasure(), g)
	month := func(year int, m time.Month) law.Date { return law.NewDate(year, m, 1) }
	lost, available := raw[published.AbsenceLost.ID], raw[published.AbsenceAvailable.ID]
	october := got[place{"RAX", month(2024, time.October)}]
	if want := available["RAX2024-10"] + available["RY92024-10"]; math.Abs(october.Denominator-want) > 1e-6 || available["RY92024-10"] == 0 {
		t.Errorf("October of RAX is out of %g, want %g", october.Denominator, want)
	}
	if want := 100 * (lost["RAX2024-10"] + lost["RY92024-10"]) / (available["RAX2024-10"] + available["RY92024-10"]); math.Abs(october.Value-want) > 1e-9 {
		t.Errorf("October of RAX is %g, want %g: sums over sums, not a mean of rates", october.Value, want)
	}
	if november := got[place{"RAX", month(2024, time.November)}]; november.Denominator != available["RAX2024-11"] {
		t.Errorf("November of RAX is out of %g", november.Denominator)
	}
	for key := range got {
		if key.code == "RY9" || key.code == "R1C" {
			t.Errorf("%v stands under a code that has gone", key)
		}
	}
	// The joined series has no step at the merger as large as the part that came.
	for _, c := range []struct {
		code          string
		before, after law.Date
	}{{"RAX", month(2024, time.September), month(2024, time.November)}, {"RW1", month(2024, time.September), month(2024, time.November)}} {
		a, b := got[place{c.code, c.before}], got[place{c.code, c.after}]
		if r := b.Denominator / a.Denominator; r < 0.9 || r > 1.15 {
			t.Errorf("%s goes from %g to %g days available over its merger", c.code, a.Denominator, b.Denominator)
		}
	}
}

// Scores of organisations that merged are not added, and not averaged: they stay.
func TestMerged_ScoresStay(t *testing.T) {
	g := readReal(t, filepath.Join("panel", "nhs_trust_directory.csv"), "NQPS-org-scores-202122Q4-202223Q1.csv")
	var engagement derived
	for _, d := range derivedMeasures() {
		if d.Code == "nhs-pulse-engagement" {
			engagement = d
		}
	}
	got := assembled(engagement, g)
	if f, ok := got[place{"RY9", law.NewDate(2022, time.January, 1)}]; !ok || f.Value < 1 {
		t.Errorf("the score of RY9 is %+v, %v", f, ok)
	}
	if len(got) != 376 {
		t.Errorf("%d scores, want 378 rows less the two that are refused", len(got))
	}
}

// A year's deaths stand in the quarter in which the year ends, and are of four quarters:
// so no control chart is drawn of them.
func TestMortality_Rolls(t *testing.T) {
	d := mortalityMeasure()
	if !d.Rolling() || d.Covers != 4 {
		t.Errorf("covers %d", d.Covers)
	}
	if day, ok := d.period("2012-01/2012-12"); !ok || day != law.NewDate(2012, time.October, 1) {
		t.Errorf("the year 2012 stands at %s", day)
	}
	g := readReal(t, filepath.Join("funnel", "shmi_published_2011-10_2013-01.csv"))
	got := assembled(d, g)
	if f := got[place{"RA2", law.NewDate(2011, time.January, 1)}]; math.Abs(f.Value-1346/1478.9925) > 1e-9 {
		t.Errorf("%+v", f)
	}
}

// Every measure that can be made has a definition that would be accepted, and a code
// kept for such measures.
func TestDerived_Definitions(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range derivedMeasures() {
		if seen[d.Code] || !hasReserved(d.Code) {
			t.Errorf("code %s", d.Code)
		}
		seen[d.Code] = true
		checked := d.Definition
		checked.Code = "x"
		if err := checked.check(); err != nil {
			t.Errorf("%s: %v", d.Code, err)
		}
		if (d.count == nil) == d.Kind.Counted() || len(d.of) < d.needs || d.Licence == "" || strings.TrimSpace(d.About) == "" {
			t.Errorf("%+v", d)
		}
	}
}

// Waits add up over the kinds of department that there are.
func TestWaits_AddUp(t *testing.T) {
	a := assembly{derived: waitsMeasure(), at: map[place]*parts{}}
	for i, v := range []float64{100, 20, 0, 0, 50, 1} {
		if i != 2 && i != 3 {
			a.add(i, published.Value{ODS: "RZA", Period: "2024-04", Value: v})
		}
	}
	got := a.list()
	if len(got) != 1 || got[0].Numerator != 129 || got[0].Denominator != 150 || math.Abs(got[0].Value-86) > 1e-12 {
		t.Errorf("%+v", got)
	}
}
