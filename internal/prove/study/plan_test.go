package study_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/readtest"
	"commonweal/internal/prove/sheet"
	"commonweal/internal/prove/study"
)

// wardsOf are twelve wards through two years in which nothing was tried.
func wardsOf() string {
	var b strings.Builder
	b.WriteString("ward,month,absence\n")
	for w := range 12 {
		for m := range 24 {
			fmt.Fprintf(&b, "w%02d,%d-%02d,%.3f\n", w, 2024+m/12, m%12+1, 4+float64(w%5)/2+math.Sin(float64(w*31+m*17)))
		}
	}
	return b.String()
}

// What is said before a study begins is plain, and says whether the sites are enough.
func TestSizes_Says(t *testing.T) {
	a := study.Asked{Unit: "ward", Time: "month", Column: "absence", From: 202501, Sites: []int{4, 2}}
	for name, c := range map[string]struct {
		matters float64
		want    []string
	}{
		"nothing is said of what matters": {0, []string{"4 sites of 12 can show a change of ", "missed more often than one time in five"}},
		"the sites are enough":            {5, []string{"4 sites can test absence.", "What would matter is 5 points."}},
		"they are not, and no more are":   {0.0001, []string{"4 sites cannot test absence.", "No number of these 12 would be enough."}},
	} {
		a.Matters = c.matters
		s, err := study.SizesOf(strings.NewReader(wardsOf()), a)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		said := s.Says("absence", "points")
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q lacks %q", name, said, want)
			}
		}
		if age := readtest.Age(said); age > 13 {
			t.Errorf("%s reads at %.1f years", said, age)
		}
		if s.Pool != 12 || len(s.Sizes) != 2 || s.Sizes[0].Smallest >= s.Sizes[1].Smallest {
			t.Errorf("%s: %+v", name, s)
		}
	}
	needs, err := study.SizesOf(strings.NewReader(wardsOf()), study.Asked{Unit: "ward", Time: "month", Column: "absence", From: 202501, Sites: []int{1}, Matters: 0.3})
	if err != nil || needs.Needed < 2 || !strings.Contains(needs.Says("absence", "points"), fmt.Sprintf("It would take %d.", needs.Needed)) {
		t.Errorf("%+v, %v", needs, err)
	}
}

// What cannot be worked out says which heading, time or number is wrong.
func TestSizes_Refused(t *testing.T) {
	sound := study.Asked{Unit: "ward", Time: "month", Column: "absence", From: 202501, Sites: []int{3}}
	for want, change := range map[string]func(*study.Asked){
		`there is no heading "team"`:             func(a *study.Asked) { a.Unit = "team" },
		`there is no heading "day"`:              func(a *study.Asked) { a.Time = "day" },
		`there is no heading "falls"`:            func(a *study.Asked) { a.Column = "falls" },
		"202601 does not cut them in two":        func(a *study.Asked) { a.From = 202601 },
		"12 of them would leave none to compare": func(a *study.Asked) { a.Sites = []int{12} },
	} {
		a := sound
		change(&a)
		if _, err := study.SizesOf(strings.NewReader(wardsOf()), a); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// The two histories that the program carries are those of the published files: ten sites
// can show 0.051 of SHMI, twice what is claimed, and 0.23 points of absence.
func TestHistories(t *testing.T) {
	list := study.Histories()
	for i, want := range []map[int]float64{{10: 0.051, 20: 0.038, 40: 0.030}, {5: 0.31, 10: 0.23, 20: 0.16}} {
		for k, size := range want {
			near(t, list[i].Name, study.Number(list[i].Smallest(k)), size, size/20)
		}
	}
	shmi, err := sheet.Read(bytes.NewReader(published(t, "NSS-2012-2019-trusts-engagement-SHMI-merged.csv")))
	if err != nil {
		t.Fatal(err)
	}
	check := func(c study.Carried, in *sheet.Sheet, a study.Asked) {
		t.Helper()
		a.Sites = []int{10}
		s, err := study.Sizes(in, a)
		if err != nil {
			t.Fatal(err)
		}
		if s.Pool != c.Pool || math.Abs(s.Spread-c.Spread) > c.Spread/1000 {
			t.Errorf("%s: the file has %d units and %.6f, and %d and %.6f are carried", c.Name, s.Pool, s.Spread, c.Pool, c.Spread)
		}
	}
	check(list[0], shmi, study.Asked{Unit: "Code", Time: "Year.Index", Column: "SHMI.Index", From: 2016})
	check(list[1], trustsOnly(t), study.Asked{Unit: "ORG_CODE", Time: "DATE", Column: "SICKNESS_ABSENCE_RATE_PERCENT", From: 202410})
}

// trustsOnly is the published absence of trusts, without the other organisations.
func trustsOnly(t *testing.T) *sheet.Sheet {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(published(t, "NHS-sickness-absence-by-org-2024-04_2025-03.csv"), []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "ORG_CODE")
	s := &sheet.Sheet{Headings: rows[0]}
	for _, r := range rows[1:] {
		if strings.HasPrefix(r[at], "R") {
			s.Rows = append(s.Rows, r)
		}
	}
	return s
}
