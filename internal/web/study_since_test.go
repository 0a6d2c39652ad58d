package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// letters is a study of invented teams that begin in two different months.
func letters() study.Spec {
	s := inquiry()
	s.Code, s.Title, s.Question = "letters", "A letter to new starters", "Does turnover move where a member writes to each new starter?"
	s.Unit, s.Outcomes = "team", []study.Outcome{{Name: "turnover", Column: "turnover", Better: study.Down, Unit: "points", Covers: 1}}
	s.Treatment = &study.Treatment{Name: "the letters", Starts: "began"}
	s.Primary = study.Specification{Name: "by when a team began", Method: study.Staggered}
	s.Also = []study.Specification{{Name: "the same by interactions", Method: study.SunAbraham}, {Name: "plain", Method: study.FixedEffects}}
	s.Power = study.Plan{Sites: 16, Smallest: "0.3"}
	return s
}

// teams are 24 of them by month: eight begin in May, eight in September, eight never.
func teams() string {
	var data strings.Builder
	data.WriteString("team,month,turnover,began\n")
	for u := range 24 {
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&data, "t%02d,2025-%02d,%d.%d,%d\n", u, m, 3+u%4, (u*u*7+m*m*5+u*m*3)%10, []int{0, 202505, 202509}[u%3])
		}
	}
	return data.String()
}

// The page of a study whose sites begin at different times shows each time since the start,
// who stands behind it, and what points before the start cannot show; the bundle is as it
// was, and checks out.
func TestStudies_EachTimeSinceTheStart(t *testing.T) {
	s := newSite(t)
	if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", letters()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.House.Studies.Lock(s.ctx, s.Secretary, "severn", "letters", strings.NewReader(teams())); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.House.Studies.Run(s.ctx, s.Secretary, "severn", "letters"); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies/letters").want(http.StatusOK).lacks("since the start")
	if _, err := s.House.Studies.Publish(s.ctx, s.Secretary, "severn", "letters"); err != nil {
		t.Fatal(err)
	}
	b := s.as("").get("/evidence/studies/letters").want(http.StatusOK).says("At each time since the start", "Turnover at each time since the start of the letters",
		"In points: the difference from the comparison, asked as “by when a team began”", "do not show that the sites and the others would have stayed alike",
		"Not the same sites stand behind each point: there are from 8 to 16.", "not of all points together", "do not join the two sides", "Hollow, little behind it: one start, or fewer than 5 sites",
		"At each time since the start, asked in other ways", "asked as “the same by interactions”", "The difference there is nought by design.")
	for _, row := range []string{"7 months after", "Month of the start", "7 months before"} {
		if !regexp.MustCompile(`<th scope="row">` + row + `</th>`).MatchString(b.Body) {
			t.Errorf("the table has no %s", row)
		}
	}
	if n := strings.Count(b.Body, `aria-label="Turnover at each time since the start of the letters"`); n != 1 {
		t.Errorf("%d tables have the same name", n)
	}
	if n := strings.Count(b.Body, ">The start</text>"); n != 4 {
		t.Errorf("the start is marked %d times in two charts of two widths", n)
	}
	if again := s.as("").get("/evidence/studies/letters").want(http.StatusOK); again.Body != b.Body {
		t.Error("the page is another the second time")
	}
	bundle, err := study.ReadBundle(bytes.NewReader([]byte(s.as("").get("/evidence/studies/letters/bundle.zip").want(http.StatusOK).Body)))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(bundle, "", ""); err != nil || !r.OK() {
		t.Errorf("%+v, %v", r, err)
	}
}
