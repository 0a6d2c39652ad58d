package claim_test

import (
	"encoding/csv"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commonweal/internal/prove/claim"
	"commonweal/internal/prove/published"
)

// data is the folder of published data, or the test is skipped.
func data(t *testing.T) fs.FS {
	t.Helper()
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(root, "expected.json")); err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	return os.DirFS(root)
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.7f; want %.7f", what, got, want)
	}
}

// The published estimate is made again beside the eight others, and the carried table is
// what the data give.
func TestSpecifications(t *testing.T) {
	got, err := claim.Specifications(data(t))
	if err != nil {
		t.Fatal(err)
	}
	carried := claim.CarriedSpecifications()
	if len(got) != 9 || len(carried) != 9 {
		t.Fatalf("%d and %d specifications", len(got), len(carried))
	}
	for i, s := range got {
		c := carried[i]
		if s.Name != c.Name || s.Why != c.Why || s.Rows != c.Rows || s.Clusters != c.Clusters || s.AsPublished != c.AsPublished {
			t.Errorf("%+v; carried %+v", s, c)
		}
		near(t, s.Name, s.Value, c.Value, 0.00005)
		near(t, s.Name+", error", s.SE, c.SE, 0.00005)
		near(t, s.Name+", p", s.P, c.P, 0.0005)
		near(t, s.Name+", low", s.Low, c.Low, 0.0005)
		near(t, s.Name+", high", s.High, c.High, 0.0005)
	}
	near(t, "as published", got[2].Value, -0.0439507, 5e-8)
	near(t, "its p", got[2].P, 0.034789, 5e-7)
	near(t, "by trust", got[3].SE, 0.0242474, 5e-8)
	near(t, "its p", got[3].P, 0.0702687, 5e-7)
	near(t, "unweighted", got[4].Value, -0.0046679, 5e-8)
	near(t, "within", got[6].Value, -0.01437676, 5e-9)
}

func TestMutuals(t *testing.T) {
	got, err := claim.Mutuals(data(t))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range claim.CarriedMutuals() {
		near(t, c.Measure, got[i].Points, c.Points, 0.05)
		near(t, c.Measure+", low", got[i].Low, c.Low, 0.05)
		near(t, c.Measure+", high", got[i].High, c.High, 0.05)
		near(t, c.Measure+", p", got[i].P, c.P, 0.005)
		if got[i].Mutuals != c.Mutuals || got[i].Trusts != c.Trusts || got[i].Measure != c.Measure {
			t.Errorf("%+v", got[i])
		}
	}
}

// The correlations of the absence claim, from the figures that the program carries.
func TestEngagementAndAbsence(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "published", "facts", "nss2024.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	facts, err := published.ReadFacts(f)
	if err != nil {
		t.Fatal(err)
	}
	all, within := claim.EngagementAndAbsence(facts)
	if all.N != 208 {
		t.Errorf("%d trusts", all.N)
	}
	for what, c := range map[string][2]float64{
		"r": {all.R, -0.30}, "low": {all.Low, -0.42}, "high": {all.High, -0.17}, "within": {within.R, -0.19}, "within, low": {within.Low, -0.32}, "within, high": {within.High, -0.05},
	} {
		near(t, what, c[0], c[1], 0.005)
	}
	if c, _ := claim.Find("absence"); !strings.Contains(c.Compared.Reason, "−0.30, likely between −0.42 and −0.17") || !strings.Contains(c.Compared.Reason, "−0.19, likely between −0.32 and −0.05") {
		t.Error(c.Compared.Reason)
	}
}

// Choose the ten trusts with the highest mortality, do nothing, and they seem to improve:
// so a pool chosen by its outcome says nothing.
func TestPathfinders_ChosenByOutcome(t *testing.T) {
	f, err := data(t).Open("NSS-2012-2019-trusts-engagement-SHMI-merged.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	before, after := map[string][]float64{}, map[string][]float64{}
	for _, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[3], 64)
		if err != nil {
			continue
		}
		switch year := r[1]; {
		case year >= "2013" && year <= "2015":
			before[r[0]] = append(before[r[0]], v)
		case year >= "2016":
			after[r[0]] = append(after[r[0]], v)
		}
	}
	mean := func(v []float64) (m float64) {
		for _, x := range v {
			m += x / float64(len(v))
		}
		return m
	}
	var names []string
	for name := range before {
		if len(before[name]) == 3 && len(after[name]) == 4 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		switch x, y := mean(before[a]), mean(before[b]); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return strings.Compare(a, b)
	})
	change := func(list []string) (m float64) {
		for _, n := range list {
			m += (mean(after[n]) - mean(before[n])) / float64(len(list))
		}
		return m
	}
	fell := change(names[:10]) - change(names[10:])
	near(t, "the ten worst against the rest", fell, -0.067, 0.0015)
}

// Words that would say more than the evidence does, in every sentence of every claim.
func TestClaims_Words(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\b(cause[sd]?|because of|leads? to|led to|results? in|prove[sn]?|proof|showed no effect|no effect|no difference|there is no|reduces?|improves? (mortality|absence)|drives?|due to|thanks to|impact)\b`)
	for _, c := range claim.All() {
		texts := []string{c.Sentence, c.Counted.Reason, c.Compared.Reason, c.Tested.Reason}
		for _, e := range c.Bears {
			texts = append(texts, e.Shows)
		}
		for _, text := range append(texts, c.Open...) {
			if w := forbidden.FindString(text); w != "" {
				t.Errorf("%s: %q in %q", c.ID, w, text)
			}
			if text == "" {
				t.Errorf("%s has an empty sentence", c.ID)
			}
		}
		if len(c.Said) == 0 || len(c.Bears) == 0 || c.Words == "" {
			t.Errorf("%s: nobody said it, or nothing bears on it", c.ID)
		}
		for _, g := range []claim.Grade{c.Counted, c.Compared, c.Tested} {
			if !slices.Contains([]claim.Verdict{claim.Yes, claim.Partly, claim.NotShown, claim.NotYet}, g.Verdict) {
				t.Errorf("%s: %q", c.ID, g.Verdict)
			}
		}
		if found, ok := claim.Find(c.ID); !ok || found.Words != c.Words {
			t.Errorf("%s is not found", c.ID)
		}
	}
	if w := forbidden.FindString(claim.SpecificationSentence); w != "" {
		t.Errorf("%q", w)
	}
}

// Last year's engagement: by the survey before it is the figure of the reference, by the
// calendar another in the third decimal. The note on the page says both, and why.
func TestSpecifications_LastYear(t *testing.T) {
	got, err := claim.Specifications(data(t))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "by the survey before", got[8].Value, 0.005778075, 5e-9)
	near(t, "its error", got[8].SE, 0.04170361, 5e-8)
	near(t, "its p", got[8].P, 0.8900027, 5e-7)
	strict, err := claim.ByCalendar(data(t))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "by the calendar", strict.Value, 0.003625282, 5e-9)
	near(t, "its error", strict.SE, 0.0418, 0.00005)
	near(t, "its p", strict.P, 0.931, 0.0005)
	if strict.Rows != 929 || got[8].Rows != 929 {
		t.Errorf("%d and %d rows", strict.Rows, got[8].Rows)
	}
	for _, part := range []string{"Croydon (RJ6)", "2015", "2014", "+0.0036 (error 0.0418, p 0.931)"} {
		if !strings.Contains(claim.LagNote, part) {
			t.Errorf("the note does not say %q", part)
		}
	}
}

// Each named mutual on the friends-and-family question as staff are asked it, from the
// published workbook, which takes seconds to read.
func TestFriends(t *testing.T) {
	if os.Getenv("COMMONWEAL_LONG") == "" {
		t.Skip("COMMONWEAL_LONG is not set, and the workbook takes seconds to read")
	}
	got, together, err := claim.Friends(t.Context(), data(t))
	if err != nil {
		t.Fatal(err)
	}
	carried, apart := claim.CarriedFriends()
	if len(got) != 7 || len(carried) != 7 {
		t.Fatalf("%+v and %+v; %+v", got, carried, together)
	}
	for i, r := range got {
		t.Logf("%+v", r)
		c := carried[i]
		if r.ODS != c.ODS || r.Name != c.Name || r.Answers != c.Answers || r.Beside != c.Beside || r.Trusts != c.Trusts {
			t.Errorf("%+v; carried %+v", r, c)
		}
		near(t, r.Name, r.Percent, c.Percent, 0.05)
		near(t, r.Name+", low", r.Low, c.Low, 0.05)
		near(t, r.Name+", high", r.High, c.High, 0.05)
		near(t, r.Name+", middle", r.Middle, c.Middle, 0.05)
	}
	t.Logf("%+v", together)
	near(t, "together", together.Points, apart.Points, 0.05)
	near(t, "together, low", together.Low, apart.Low, 0.05)
	near(t, "together, high", together.High, apart.High, 0.05)
	near(t, "p", together.P, apart.P, 0.005)
	if together.Mutuals != apart.Mutuals || together.Trusts != apart.Trusts {
		t.Errorf("%+v", together)
	}
}
