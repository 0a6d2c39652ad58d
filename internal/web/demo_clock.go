package web

import (
	"net/http"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/demo"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type demoMoment struct{ At, Text, When string }

// demoMoments are the moments to which a visitor can let time pass.
func (v *visit) demoMoments() ([]demoMoment, error) {
	list, err := v.house.Moments(v.ctx, v.org.ID)
	var out []demoMoment
	for _, m := range list {
		out = append(out, demoMoment{m.At.UTC().Format(time.RFC3339Nano), m.Text, m.At.In(law.London()).Format("15:04") + " on " + v.day(law.Today(m.At))})
	}
	return out, err
}

// demoSkip lets the demonstration's time pass.
func (s *Server) demoSkip(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339Nano, form.Get("at"))
	if err != nil {
		return fault.Errorf(fault.Conflict, "choose one of the moments on the page")
	}
	if err := v.house.SkipTo(v.ctx, v.actor.Person, v.org.ID, at); err != nil {
		return err
	}
	return v.redirect("/demo?done=skipped")
}

type drawerPage struct {
	Letters []demo.Letter
	Parts   []demo.Part
	Booth   string
}

// demoDrawer is what the invented person whom the visitor plays keeps at home.
func (s *Server) demoDrawer(v *visit) error {
	if !v.house.Demo {
		return fault.Errorf(fault.NotFound, "this is no demonstration")
	}
	if v.actor.Person == "" {
		return v.redirect("/demo")
	}
	d, err := demo.DrawerOf(v.ctx, v.house, v.actor.Person)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Be somebody else", Href: "/demo"}
	f.Heading = "What you keep at home"
	f.Sentence = "In real use nobody but you has this: a letter from the registrar, or a file on your own computer. Here you are somebody invented, so we show it."
	f.Data = drawerPage{Letters: d.Letters, Parts: d.Parts}
	return v.show(http.StatusOK, "demo_drawer", f)
}
