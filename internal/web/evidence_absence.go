package web

import (
	"net/http"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

// evidenceAbsence shows the mutuals beside every group on a year's sickness
// absence.
func (s *Server) evidenceAbsence(v *visit) error {
	all, err := v.house.Published.AbsenceOverYear(v.ctx)
	if err != nil {
		return err
	}
	year := all
	year.Figures = published.FullYears(all.Figures)
	f := v.frame()
	f.Back = evidenceBack
	p, err := v.mutualsAmong(&f, year, absenceNote(all.Figures))
	if err != nil {
		return err
	}
	if p.Empty == nil {
		p.More = append(page.Links{{Text: "The same organisations on staff engagement", Href: "/evidence/mutuals"}}, v.ownLinks()...)
		p.Files = fileLinks("/evidence/absence", "", "The year’s absence of every organisation")
	}
	f.Data = p
	return v.show(http.StatusOK, "evidence_mutuals", f)
}

// absenceNote says how the rates came about and which are left out.
func absenceNote(figures []published.Figure) string {
	var short []string
	for _, f := range figures {
		if f.Base < 12 && published.IsMutual(f.Organisation.Group) {
			short = append(short, f.Organisation.ShortName())
		}
	}
	note := "We add up the days of all twelve months and divide once; England is every organisation in the file. " +
		"A rate counts every day and is no sample, so it has no likely range. Commissioning bodies and organisations with fewer than twelve months are left out of the picture."
	if len(short) > 0 {
		note += " Among them: " + strings.Join(short, ", ") + "."
	}
	return note
}
