package published

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// directoryOf is what the real directory of trusts knows.
func directoryOf(t *testing.T) Known {
	t.Helper()
	sink := newMemory()
	if _, err := ReadPath(t.Context(), realFile(t, filepath.Join("panel", "nhs_trust_directory.csv")), sink); err != nil {
		t.Fatal(err)
	}
	k := Known{Codes: map[string]bool{}, Month: "2026-11"}
	var list []Succession
	for code, o := range sink.organisations {
		k.Codes[code] = true
		for _, p := range o.Predecessors {
			list = append(list, Succession{From: p, To: code, On: o.Merged})
		}
	}
	k.History = NewHistory(list)
	return k
}

// The published files of the layouts, with what each is known to hold.
func TestRead_RealLayouts(t *testing.T) {
	known := directoryOf(t)
	if s := known.History["RY9"]; s.To != "RAX" || s.On != "2024-11-01" {
		t.Fatalf("Hounslow and Richmond went into %+v", s)
	}
	for _, c := range []struct {
		file             string
		format           Format
		rows, rejected   int
		values           int
		first, rejection string // part of a rejection that has to be among them
	}{
		{"NQPS-org-scores-202122Q4-202223Q1.csv", FormatPulse, 378, 2, 2256, "row 113", "RAJ in January 2022 to March 2022 stands already in row 112"},
		{"panel/nhs_quarterly_pulse_2022.csv", FormatPulse, 565, 189, 0, "row 266, Engagement Score", "nobody answered"},
		{"panel/nhs_quarterly_pulse_2022.csv", FormatPulse, 565, 189, 0, "row 2, time", "The period is blank"},
		{"funnel/shmi_published_2011-10_2013-01.csv", FormatSHMI, 868, 0, 6076, "", ""},
		{"spc/ae_attendances_2016-04_2019-03.csv", FormatAttendance, 12765, 0, 38295, "", ""},
	} {
		t.Run(c.file, func(t *testing.T) {
			f, closer, err := Open(realFile(t, c.file))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = closer.Close() }()
			sink := newMemory()
			report, err := ReadKnowing(context.Background(), f, known, sink)
			if err != nil {
				t.Fatal(err)
			}
			if report.Format != c.format || report.Rows != c.rows || report.Rejected != c.rejected || c.values > 0 && report.Values != c.values {
				t.Errorf("%d rows, %d rejected, %d passed, %d values", report.Rows, report.Rejected, report.Passed, report.Values)
			}
			found := c.rejection == ""
			for i, r := range sink.rejections {
				found = found || strings.Contains(r.String(), c.first) && strings.Contains(r.String(), c.rejection)
				if i < 3 {
					t.Log(r)
				}
			}
			if !found {
				t.Errorf("no rejection at %s has %q", c.first, c.rejection)
			}
		})
	}
}

// Codes that really merged: the absence file has Hounslow and Richmond (RY9) up to the
// last month before it went into Kingston (RAX) on 1 November 2024, and Solent (R1C) up
// to September 2024. All of that goes in; the same rows a month later are refused.
func TestRead_RealMergers(t *testing.T) {
	known := directoryOf(t)
	raw, err := os.ReadFile(realFile(t, "NHS-sickness-absence-by-org-2024-04_2025-03.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sink := newMemory()
	if _, err := ReadKnowing(t.Context(), fileOf("a.csv", raw), known, sink); err != nil {
		t.Fatal(err)
	}
	if len(sink.rejections) != 0 {
		t.Errorf("rejections %v", sink.rejections)
	}
	for _, c := range []struct {
		key key
		in  bool
	}{
		{key{"RY9", "absence.lost", "2024-10"}, true},
		{key{"RY9", "absence.lost", "2024-11"}, false},
		{key{"R1C", "absence.lost", "2024-09"}, true},
		{key{"R1C", "absence.lost", "2024-10"}, false},
		{key{"RW1", "absence.lost", "2024-10"}, true},
	} {
		if _, ok := sink.values[c.key]; ok != c.in {
			t.Errorf("%v: %v", c.key, ok)
		}
	}
	// The rows of October under the day of November.
	late := strings.ReplaceAll(string(raw), "31/10/2024", "30/11/2024")
	sink = newMemory()
	if _, err := ReadKnowing(t.Context(), fileOf("a.csv", []byte(late)), known, sink); err != nil {
		t.Fatal(err)
	}
	merged := 0
	for _, r := range sink.rejections {
		if strings.Contains(r.Reason, "RY9 went into RAX on 2024-11-01, before November 2024.") {
			merged++
		}
	}
	if merged != 1 {
		t.Errorf("%d rows of RY9 after its merger are refused for that", merged)
	}
}

// The real files with their rows in another order give the same figures and names, and as
// many rejections.
func TestRead_RealAnyOrder(t *testing.T) {
	known := directoryOf(t)
	chance := rand.New(rand.NewPCG(3, 9))
	for _, file := range []string{"NQPS-org-scores-202122Q4-202223Q1.csv", "panel/nhs_quarterly_pulse_2022.csv", "NHS-sickness-absence-by-org-2024-04_2025-03.csv", "funnel/shmi_published_2011-10_2013-01.csv"} {
		raw, err := os.ReadFile(realFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(string(raw), "\r\n"), "\n")
		ordered := newMemory()
		if _, err := ReadKnowing(t.Context(), fileOf("x.csv", raw), known, ordered); err != nil {
			t.Fatal(err)
		}
		chance.Shuffle(len(lines)-1, func(i, k int) { lines[i+1], lines[k+1] = lines[k+1], lines[i+1] })
		shuffled := newMemory()
		if _, err := ReadKnowing(t.Context(), fileOf("x.csv", []byte(strings.Join(lines, "\n"))), known, shuffled); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(ordered.values, shuffled.values) || fmt.Sprint(ordered.organisations) != fmt.Sprint(shuffled.organisations) || len(ordered.rejections) != len(shuffled.rejections) {
			t.Errorf("%s: another order gives other figures", file)
		}
	}
}
