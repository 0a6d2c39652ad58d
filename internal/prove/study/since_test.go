package study_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/readtest"
	"commonweal/internal/prove/study"
)

// sinces are what a study of invented data found by time since the start.
func sinces(t *testing.T, s study.Spec, raw string) ([]study.Since, *study.Output) {
	t.Helper()
	d, err := study.LockData(s, strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := study.Run(s, d, study.Registration{})
	if err != nil {
		t.Fatal(err)
	}
	before, err := out.JSON()
	if err != nil {
		t.Fatal(err)
	}
	list, err := study.Sinces(s, d, out)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := out.JSON(); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the output was changed: %v", err)
	}
	return list, out
}

// behind writes the counts of the points: "-3:20/2" is 20 units of 2 starts.
func behind(s study.Since) string {
	var parts []string
	for _, p := range s.Points {
		switch {
		case p.Fixed:
			parts = append(parts, fmt.Sprintf("%d:fixed", p.Times))
		case s.Thin(p):
			parts = append(parts, fmt.Sprintf("%d:%d/%d thin", p.Times, p.Units, p.Starts))
		default:
			parts = append(parts, fmt.Sprintf("%d:%d/%d", p.Times, p.Units, p.Starts))
		}
	}
	return strings.Join(parts, " ")
}

// Ten units begin in 2004, ten in 2007, watched from 2001 to 2010: counted by hand.
func TestSinces_WhoStandsBehindEachPoint(t *testing.T) {
	list, out := sinces(t, madeSpec(), made(2004, 2007))
	var names []string
	for _, s := range list {
		names = append(names, s.Specification+" of "+s.Outcome.Name)
		if !s.Counted || s.Every != "year" || s.Starts != 2 {
			t.Errorf("%s: %v, %s, %d starts", s.Specification, s.Counted, s.Every, s.Starts)
		}
	}
	// Every specification on the primary outcome, the primary one on the other; no subgroup.
	if got := strings.Join(names, "; "); got != "by cohort of turnover; by cohort of absence; cohorts again of turnover" {
		t.Errorf("%s", got)
	}
	if got, want := behind(list[0]), "-6:10/1 thin -5:10/1 thin -4:10/1 thin -3:20/2 -2:20/2 -1:fixed 0:20/2 1:20/2 2:20/2 3:20/2 4:10/1 thin 5:10/1 thin 6:10/1 thin"; got != want {
		t.Errorf("interactions\n got %s\nwant %s", got, want)
	}
	// A change takes the time before it, so that each cohort has one point less before.
	if got, want := behind(list[2]), "-5:10/1 thin -4:10/1 thin -3:10/1 thin -2:20/2 -1:20/2 0:20/2 1:20/2 2:20/2 3:20/2 4:10/1 thin 5:10/1 thin 6:10/1 thin"; got != want {
		t.Errorf("cohorts\n got %s\nwant %s", got, want)
	}
	if !list[0].Primary || list[1].Primary || list[2].Primary {
		t.Error("which is the primary one")
	}
	// The figures are those of the output.
	points := map[string]study.Estimate{}
	for _, e := range out.Results[0].Estimates {
		points[e.Term] = e
	}
	for _, p := range list[0].Points {
		if e := points[fmt.Sprintf("time %d", p.Times)]; !p.Fixed && (e.Value != p.Value || e.Low != p.Low || e.High != p.High) {
			t.Errorf("time %d is %+v, and the output says %+v", p.Times, p.Estimate, e)
		}
	}
}

// Where every unit is treated in the end, those that begin last are the comparison, and no
// point has them behind it.
func TestSinces_LastAreTheComparison(t *testing.T) {
	s := madeSpec()
	s.Pool.Where, s.Subgroups = []study.Condition{{Column: "region", Value: "south"}}, nil
	s.Primary = study.Specification{Name: "not yet", Method: study.Staggered, Against: "not-yet"}
	s.Also = nil
	raw := strings.ReplaceAll(made(2004, 2008), ",0,south", ",2009,south")
	list, _ := sinces(t, s, raw)
	if got, want := behind(list[0]), "-6:10/1 -5:10/1 -4:10/1 -3:10/1 -2:10/1 -1:10/1 0:10/1"; got != want || !list[0].NotYet {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A run that took other times into it, as another version may have, has its points and no
// counts: none are better than wrong ones.
func TestSinces_AnotherVersionsRun(t *testing.T) {
	s := madeSpec()
	d, err := study.LockData(s, strings.NewReader(made(2004, 2007)))
	if err != nil {
		t.Fatal(err)
	}
	out, err := study.Run(s, d, study.Registration{})
	if err != nil {
		t.Fatal(err)
	}
	last := len(out.Results[0].Estimates) - 1
	out.Results[0].Estimates = out.Results[0].Estimates[:last]
	list, err := study.Sinces(s, d, out)
	if err != nil || list[0].Counted || !list[1].Counted || list[0].Points[0].Units != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if reads := strings.Join(list[0].Reads(), " "); !strings.Contains(reads, "Another version of the program made this run.") || list[0].Thin(list[0].Points[0]) {
		t.Error(reads)
	}
}

// Methods without such estimates give no points.
func TestSinces_NothingToDraw(t *testing.T) {
	s := madeSpec()
	s.Primary, s.Also = study.Specification{Name: "chance", Method: study.Chance}, nil
	if list, _ := sinces(t, s, made(2005)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// What stands beside the points is plain, says what those before the start cannot show, and
// never that nothing is there.
func TestSince_SaysWhatPointsCannotShow(t *testing.T) {
	list, _ := sinces(t, madeSpec(), made(2004, 2007))
	for i, s := range list {
		for _, text := range append(s.Reads(), s.Made(), s.Brief()) {
			if age := readtest.Age(text); age > 13 {
				t.Errorf("reads at %.1f years: %s", age, text)
			}
		}
		reads, how := strings.Join(s.Reads(), " "), s.Made()
		for _, want := range []string{"do not show that the sites and the others would have stayed alike", "there are from 10 to 20"} {
			if !strings.Contains(reads, want) {
				t.Errorf("%q is not said: %s", want, reads)
			}
		}
		want := "nought by design"
		if i == 2 {
			want = "do not join the two sides"
		}
		if !strings.Contains(how, want) || !strings.Contains(how, "not of all points together") || !strings.Contains(how, "against those that never did") {
			t.Errorf("%q", how)
		}
	}
	if brief := list[1].Brief(); strings.Contains(brief, "not of all points together") || !strings.Contains(brief, "do not show that the sites") || !strings.Contains(brief, "there are from 10 to 20") {
		t.Errorf("%q", brief)
	}
	one := study.Since{Method: study.Staggered, NotYet: true, Counted: true, Starts: 1, Points: []study.Point{
		{Times: -1, Estimate: study.Estimate{Value: 2, Low: 1, High: 3}, Behind: study.Behind{Units: 9, Starts: 1}},
		{Times: 0, Estimate: study.Estimate{Value: 0, Low: -1, High: 1}, Behind: study.Behind{Units: 9, Starts: 1}},
	}}
	if reads := strings.Join(one.Reads(), " "); !strings.Contains(reads, "The range of the one point before the start leaves out nought. That can be chance.") || !strings.Contains(reads, "As many sites, 9,") {
		t.Error(reads)
	}
	if how := one.Made(); !strings.Contains(how, "against those that had not by then") {
		t.Error(how)
	}
	for i, want := range []string{"The range of one of the 2 points before the start leaves out nought.", "The ranges of 2 of the 3 points before the start leave out nought."} {
		one.Points = slices.Insert(one.Points, 0, study.Point{Times: -2 - i, Estimate: study.Estimate{Value: 2, Low: 1 - 2*study.Number(1-i), High: 3}})
		if reads := one.Reads()[0]; !strings.HasPrefix(reads, want) {
			t.Error(reads)
		}
	}
	one.Points = one.Points[3:]
	if reads := strings.Join(one.Reads(), " "); !strings.Contains(reads, "There is no point before the start.") {
		t.Error(reads)
	}
}

func TestEvery(t *testing.T) {
	for want, times := range map[string][]int{"month": {202411, 202412, 202501}, "quarter": {202410, 202501, 202504}, "year": {2023, 2024, 2025}} {
		if got := study.Every(times); got != want {
			t.Errorf("%v: %q", times, got)
		}
	}
	for _, times := range [][]int{{2023}, {2023, 2025}, {1, 2, 3}, {202411, 202501, 202502}, {202300, 202301}} {
		if got := study.Every(times); got != "" {
			t.Errorf("%v: %q", times, got)
		}
	}
	if study.Every([]int{202404, 202504}) != "year" {
		t.Error("a month of each year")
	}
}

// A unit without its last row stands behind every other point of the interactions, and
// behind none where every unit must be there at every time.
func TestSinces_AUnitThatEndsEarly(t *testing.T) {
	var kept []string
	for _, line := range strings.Split(made(2004, 2007), "\n") {
		if !strings.HasPrefix(line, "u01,2010,") {
			kept = append(kept, line)
		}
	}
	list, _ := sinces(t, madeSpec(), strings.Join(kept, "\n"))
	if got := behind(list[0]); !strings.HasSuffix(got, "5:10/1 thin 6:9/1 thin") || !strings.Contains(got, " 0:20/2 ") {
		t.Errorf("interactions: %s", got)
	}
	if got := behind(list[2]); !strings.HasSuffix(got, "5:9/1 thin 6:9/1 thin") || !strings.Contains(got, " 0:19/2 ") {
		t.Errorf("cohorts: %s", got)
	}
}
