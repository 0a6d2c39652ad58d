package web

import (
	"net/http"

	"commonweal/internal/web/page"
)

type powerPage struct{ Sizes page.Table }

// carriedPower are the smallest sizes that so many sites can show, from the published
// history of two outcomes: SHMI of 2012 to 2019 (124 trusts, four years against four) and
// sickness absence of 2024-25 (201 trusts, six months against six).
// TestRun_TenSitesCanTestAbsence and TestDetectable work them out again where the published
// files are.
var carriedPower = []struct{ Sites, Mortality, Absence string }{
	{"5", "0.071", "0.31"},
	{"10", "0.051", "0.23"},
	{"20", "0.038", "0.16"},
	{"40", "0.030", "0.12"},
}

// powerShow says before a study begins what so many sites can show.
func (s *Server) powerShow(v *visit) error {
	f := v.frame()
	f.Back = evidenceBack
	f.Kicker = "Before a study begins"
	f.Heading = "What so many sites can show"
	f.Sentence = "Ten sites cannot test mortality: they show a change of 5 points of 100 or more, and what is claimed is about half of that. Ten sites can test sickness absence."
	t := page.Table{Caption: "The smallest change that is found in 80 of 100 studies", Visible: true, Columns: []page.Column{
		{Head: "Sites"}, {Head: "Mortality (SHMI, 1 is as expected)", Number: true}, {Head: "Sickness absence (percentage points)", Number: true},
	}}
	for _, c := range carriedPower {
		t.Rows = append(t.Rows, page.Cells(c.Sites, c.Mortality, c.Absence))
	}
	f.Data = powerPage{t}
	return v.show(http.StatusOK, "power_show", f)
}
