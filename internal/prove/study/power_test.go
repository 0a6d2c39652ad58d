package study_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// What ten sites can show of sickness absence, from a published year of all trusts: 0.23
// points, so they can test it. Before anything begins, and in the words of the output.
func TestRun_TenSitesCanTestAbsence(t *testing.T) {
	raw := published(t, "NHS-sickness-absence-by-org-2024-04_2025-03.csv")
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	code, day := slices.Index(rows[0], "ORG_CODE"), slices.Index(rows[0], "DATE")
	var trusts bytes.Buffer
	w := csv.NewWriter(&trusts)
	count := map[string]int{}
	for i, row := range rows {
		if i == 0 || strings.HasPrefix(row[code], "R") {
			if i > 0 {
				count[row[code]]++
				parts := strings.Split(row[day], "/")
				row[day] = parts[2] + "-" + parts[1]
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Flush()
	var units []string
	for u, n := range count {
		if n == 12 {
			units = append(units, u)
		}
	}
	slices.Sort(units)
	for k, want := range map[int]float64{5: 0.31, 10: 0.23, 20: 0.16, 40: 0.12} {
		s := pathfinders(units[:k])
		s.Unit, s.Time, s.Also = "ORG_CODE", "DATE", nil
		s.Outcomes = []study.Outcome{{Name: "sickness absence", Column: "SICKNESS_ABSENCE_RATE_PERCENT", Better: study.Down, Unit: "points", Covers: 1}}
		s.Treatment.From, s.Window = 202410, study.Window{From: 202404, To: 202503}
		s.Power = study.Plan{Sites: k, Smallest: "0.35", History: &study.History{From: 202404, Cut: 202410, To: 202503}}
		out := run(t, s, trusts.Bytes())
		t.Logf("%d sites of %d: %v", k, out.Power[0].Pool, out.Power[0].Smallest)
		near(t, fmt.Sprint(k, " sites"), out.Power[0].Smallest, want, want/20)
		if !strings.Contains(out.Power[0].Says, "large enough to test it") {
			t.Errorf("%s", out.Power[0].Says)
		}
	}
}
