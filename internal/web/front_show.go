package web

import (
	"net/http"

	"commonweal/internal/web/page"
)

type frontPage struct {
	Brand  string
	Demo   bool
	People []demoPerson
	Claims []page.Figure
	Open   page.Links
}

// frontShow tells a stranger in ten seconds what this is.
func (s *Server) frontShow(v *visit) error {
	p := frontPage{Brand: brandOf(v.org).Name, Demo: v.house.Demo}
	if p.Demo {
		people, err := v.demoPeople()
		if err != nil {
			return err
		}
		p.People = people[:min(4, len(people))]
	}
	f := v.frame()
	f.Title = "Owned by the people who work here"
	f.Data = p
	return v.show(http.StatusOK, "front", f)
}

// homeShow is where a signed-in person begins: what waits, what is new, what
// they may do.
func (s *Server) homeShow(v *visit) error {
	f := v.frame()
	f.Heading = "Good day, " + v.actor.Name
	return v.show(http.StatusOK, "home", f)
}
