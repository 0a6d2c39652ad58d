package study_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// published is a file of the published data, or the test is skipped.
func published(t testing.TB, name string) []byte {
	t.Helper()
	dir := os.Getenv("COMMONWEAL_PUBLISHED")
	if dir == "" {
		dir = "../../../../shared/data"
	}
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	return raw
}

const shmi = "NSS-2012-2019-trusts-engagement-SHMI-merged.csv"

var stated = study.Stated{
	Anticipation: "None is known.", Spillover: "None is known.", Mergers: "Trusts that merged count under their later code.",
	Missing: "Rows without a value are left out.", OtherPolicies: "Special measures from 2013.", Measurement: "The index covers one year.",
}

// engagement asks whether mortality goes with engagement within trusts.
func engagement() study.Spec {
	return study.Spec{
		V: study.Version, Code: "engagement-mortality", Title: "Engagement and mortality", Question: "Does mortality within a trust go with the engagement of its staff?",
		Data: study.Source{Source: "Published SHMI and staff survey, 2012 to 2019", Seen: "A paper of 2020 used part of them."},
		Unit: "Code", Time: "Year.Index",
		Outcomes: []study.Outcome{{Name: "mortality (SHMI)", Column: "SHMI.Index", Better: study.Down, Covers: 1}},
		Exposure: "Engagement.Index", Window: study.Window{From: 2012, To: 2019},
		Pool:       study.Pool{Rule: "Every acute trust with both figures."},
		Primary:    study.Specification{Name: "within trust and year", Method: study.FixedEffects},
		Correction: study.Holm, Alpha: "0.05", Power: study.Plan{Smallest: "0.025"}, Stopping: "Run once, on all years.", Seed: 7, Stated: stated,
		MindChange: "An interval that lies below -0.025.",
		Also: []study.Specification{
			{Name: "within year", Method: study.FixedEffects, Effects: []string{"time"}},
			{Name: "all together", Method: study.FixedEffects, Effects: []string{"none"}},
			{Name: "weighted by clinical answers", Method: study.FixedEffects, Weights: "Survey.clinical.proportion"},
			{Name: "within and between", Method: study.Mundlak},
		},
	}
}

func run(t testing.TB, s study.Spec, raw []byte) *study.Output {
	t.Helper()
	d, err := study.LockData(s, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := study.Run(s, d, study.Registration{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func near(t *testing.T, what string, got study.Number, want, within float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > within || !got.Known() {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Real mortality as a study gives the numbers that R gives: strong across trusts, not
// shown within them, and all of them are there to see.
func TestRun_RealMortality(t *testing.T) {
	out := run(t, engagement(), published(t, shmi))
	for _, c := range []struct {
		name           string
		value, se, p   float64
		n, clusters, i int
	}{
		{"within trust and year", -0.01437676, 0.04563085, 0.7531704, 1073, 144, 0},
		{"within year", -0.2447538, 0.07316039, 0.001049452, 1073, 144, 0},
		{"all together", -0.1777072, 0.05892408, 0.003033373, 1073, 144, 0},
		{"within and between", -0.0186361, 0.0321553, 0.5622, 1073, 144, 0},
		{"within and between", -0.3639016, 0.1161322, 0.0017, 1073, 144, 1},
	} {
		at := slices.IndexFunc(out.Results, func(r study.Result) bool { return r.Specification == c.name })
		if at < 0 {
			t.Fatalf("%s was not run", c.name)
		}
		r := out.Results[at]
		if r.Refused != "" || r.N != c.n || r.Clusters != c.clusters {
			t.Errorf("%s: %d rows, %d clusters, %s", c.name, r.N, r.Clusters, r.Refused)
			continue
		}
		near(t, c.name, r.Estimates[c.i].Value, c.value, 1e-6)
		near(t, c.name+" error", r.Estimates[c.i].SE, c.se, 1e-6)
		near(t, c.name+" p", r.Estimates[c.i].P, c.p, 1e-4)
	}
	if !out.Results[0].Primary || !strings.HasPrefix(out.Sentences[0], "The study did not show that mortality (SHMI) goes with Engagement.Index") ||
		!strings.Contains(out.Sentences[0], "not ruled out") {
		t.Errorf("%q", out.Sentences)
	}
	if out.Warnings[0] != "This study was not registered before it was run. Read it as a look at the data, and not as a test." {
		t.Errorf("%q", out.Warnings)
	}
}

// pathfinders are ten trusts drawn by chance to which nothing was done.
func pathfinders(units []string) study.Spec {
	s := engagement()
	s.Code, s.Title, s.Question = "ten-sites", "Ten sites", "Does mortality move in ten sites drawn by chance?"
	s.Exposure = ""
	s.Treatment = &study.Treatment{Name: "the programme", Units: units, From: 2016}
	s.Power = study.Plan{Sites: 10, Smallest: "0.025", History: &study.History{From: 2012, Cut: 2016, To: 2019}}
	s.Primary = study.Specification{Name: "change scores", Method: study.Chance}
	s.Also = []study.Specification{
		{Name: "plain fixed effects", Method: study.FixedEffects},
		{Name: "synthetic difference in differences", Method: study.SyntheticDiD},
		{Name: "by cohort", Method: study.Staggered},
	}
	return s
}

// Ten made-up pathfinders on real mortality: power is 0.051 before anything starts, the
// sheet is filled, and by chance assignment nothing is shown.
func TestRun_TenFakePathfinders(t *testing.T) {
	raw := published(t, shmi)
	units := always(raw)
	chance := rand.New(rand.NewPCG(3, 10))
	found, sets := 0, 40
	if testing.Short() {
		sets = 3
	}
	for set := range sets {
		var ten []string
		for _, i := range chance.Perm(len(units))[:10] {
			ten = append(ten, units[i])
		}
		s := pathfinders(ten)
		if set > 0 {
			s.Also = nil
		} else if testing.Short() {
			s.Also = s.Also[:1] // the mix draws placebos, and cohorts are slow with so many units
		}
		out := run(t, s, raw)
		if out.Tests[0].Shown {
			found++
		}
		if set > 0 {
			continue
		}
		near(t, "smallest", out.Power[0].Smallest, 0.051, 0.051/20)
		if out.Power[0].Pool != 124 || !strings.Contains(out.Power[0].Says, "the study is too small to test it") {
			t.Errorf("%+v", out.Power[0])
		}
		text := string(out.Text())
		for _, want := range []string{"10 treated units", "Change per time before the start", "standard deviations", fmt.Sprint(1+len(s.Also), " specifications were run on the primary outcome")} {
			if !strings.Contains(text, want) {
				t.Errorf("the output does not say %q:\n%s", want, text)
			}
		}
	}
	if found > 6 {
		t.Errorf("%d of 40 sets of made-up sites show something", found)
	}
}

// always are the trusts with mortality at every time.
func always(raw []byte) []string {
	count := map[string]int{}
	for _, line := range strings.Split(string(raw), "\n")[1:] {
		cells := strings.Split(line, ",")
		if len(cells) > 3 && cells[3] != "NA" {
			count[strings.Trim(cells[0], `"`)]++
		}
	}
	var units []string
	for u, n := range count {
		if n == 8 {
			units = append(units, u)
		}
	}
	slices.Sort(units)
	return units
}

// made is a panel of invented units; those with an odd number begin at one of the starts.
func made(starts ...int) string {
	chance := rand.New(rand.NewPCG(5, 5))
	var b strings.Builder
	b.WriteString("unit,time,y,z,start,region\n")
	for u := range 40 {
		level := chance.NormFloat64()
		start := 0
		if u%2 == 1 {
			start = starts[u/2%len(starts)]
		}
		for time := 2001; time <= 2010; time++ {
			y := level + 0.1*chance.NormFloat64()
			if start > 0 && time >= start {
				y++
			}
			fmt.Fprintf(&b, "u%02d,%d,%.4f,%.4f,%d,%s\n", u, time, y, chance.NormFloat64(), start, []string{"north", "south"}[u%4/2])
		}
	}
	return b.String()
}

func madeSpec() study.Spec {
	s := engagement()
	s.Code, s.Unit, s.Time, s.Exposure = "made", "unit", "time", ""
	s.Outcomes = []study.Outcome{
		{Name: "turnover", Column: "y", Better: study.Down, Unit: "points", Covers: 1},
		{Name: "absence", Column: "z", Better: study.Down, Covers: 1},
	}
	s.Treatment = &study.Treatment{Name: "the change", Starts: "start"}
	s.Window = study.Window{From: 2001, To: 2010}
	s.Power = study.Plan{Sites: 20, Smallest: "0.5"}
	s.Primary = study.Specification{Name: "by cohort", Method: study.SunAbraham}
	s.Also = []study.Specification{{Name: "plain", Method: study.FixedEffects}, {Name: "cohorts again", Method: study.Staggered}}
	s.Subgroups = []study.Condition{{Column: "region", Value: "north"}}
	return s
}

// Plain fixed effects are refused for staggered starts: as one of several they stand with
// the reason, and as the primary specification nothing is run.
func TestRun_StaggeredStartsRefused(t *testing.T) {
	raw := []byte(made(2004, 2007))
	out := run(t, madeSpec(), raw)
	at := slices.IndexFunc(out.Results, func(r study.Result) bool { return r.Specification == "plain" })
	if r := out.Results[at]; !strings.Contains(r.Refused, "on made data where the truth is -1 they give -3.7") || len(r.Estimates) != 0 {
		t.Errorf("%+v", r)
	}
	e, _ := out.Results[0].Answer()
	near(t, "turnover", e.Value, 1, 0.1)
	if !out.Tests[0].Shown || out.Tests[1].Shown || !strings.Contains(out.Sentences[0], "points higher") || !strings.Contains(out.Sentences[0], "worse direction") {
		t.Errorf("%+v %q", out.Tests, out.Sentences)
	}
	s := madeSpec()
	s.Primary.Method = study.FixedEffects
	d, err := study.LockData(s, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := study.Run(s, d, study.Registration{}); err == nil || !strings.Contains(err.Error(), "Plain fixed effects then compare") {
		t.Errorf("got %v", err)
	}
}

// Rows in another order, with columns that nobody asked for and on any number of
// processors, change no byte.
func TestRun_SameBytes(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(made(2005)), "\n")
	s := madeSpec()
	s.Also = append(s.Also, study.Specification{Name: "chance", Method: study.Chance}, study.Specification{Name: "mix", Method: study.SyntheticDiD})
	chance := rand.New(rand.NewPCG(1, 2))
	var first []byte
	for _, cores := range []int{1, 8, 3} {
		before := runtime.GOMAXPROCS(cores)
		shuffled := slices.Clone(lines[1:])
		chance.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		file := "note," + lines[0]
		for i, l := range shuffled {
			file += fmt.Sprintf("\r\n%d,%s", i, l)
		}
		out := run(t, s, []byte(file))
		raw, err := out.JSON()
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, out.Text()...)
		if first == nil {
			first = raw
		}
		if !bytes.Equal(first, raw) {
			t.Errorf("%d processors give other bytes", cores)
		}
		runtime.GOMAXPROCS(before)
	}
}

// Units chosen on the outcome come with the warning that they would move back by
// themselves, on the sheet with how far apart they stood.
func TestRun_RegressionToTheMean(t *testing.T) {
	s := madeSpec()
	s.Pool.ChosenOnOutcome = true
	out := run(t, s, []byte(made(2005)))
	if !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "move back towards the middle by themselves") }) {
		t.Errorf("%q", out.Warnings)
	}
	if !slices.ContainsFunc(out.Sheet, func(l study.Line) bool {
		return l.Subject == "Regression to the mean" && l.From == study.FromData && strings.Contains(l.Says, "standard deviations")
	}) {
		t.Errorf("%+v", out.Sheet)
	}
}

// What cannot be right in the data is named with its row.
func TestLockData_Refuses(t *testing.T) {
	s := madeSpec()
	head := "unit,time,y,z,start,region\n"
	for name, c := range map[string]struct{ file, says string }{
		"no column":   {"unit,time,y,start,region\na,2001,1,0,n\n", `there is no heading "z"`},
		"not a value": {head + "a,2001,ten,1,0,n\n", `row 2, y: "ten" is not a number`},
		"twice":       {head + "a,2001,1,1,0,n\nb,2001,1,1,0,n\na,2001,2,2,0,n\n", "rows 2 and 4 are both a at 2001"},
		"no unit":     {head + ",2001,1,1,0,n\n", "row 2, unit: the cell is empty"},
		"no time":     {head + "a,soon,1,1,0,n\n", "is not a whole number"},
		"empty":       {"", "the file is empty"},
	} {
		if _, err := study.LockData(s, strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v; want ...%s...", name, err, c.says)
		}
	}
}
