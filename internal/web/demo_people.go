package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type demoPerson struct {
	Name, Org, Person, Office, About string
}

type demoPage struct{ People []demoPerson }

// demoShow lists the invented people that a visitor may be.
func (s *Server) demoShow(v *visit) error {
	if !v.house.Demo {
		return fault.Errorf(fault.NotFound, "this is no demonstration")
	}
	people, err := v.demoPeople()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Be an invented person"
	f.Sentence = "Everybody here is invented. Look round as any of them; nothing you do reaches anyone."
	f.Data = demoPage{People: people}
	return v.show(http.StatusOK, "demo", f)
}

// demoPeople are a few members without an office first, then the officers.
func (v *visit) demoPeople() ([]demoPerson, error) {
	list, err := v.house.DemoPeople(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var out []demoPerson
	for _, p := range list {
		out = append(out, describe(p))
	}
	return out, nil
}

func describe(p identity.DemoPerson) demoPerson {
	d := demoPerson{Name: p.Name, Org: p.Org, Person: p.Person}
	var titles, does []string
	for _, role := range p.Roles {
		titles = append(titles, role.Title())
		does = append(does, role.About())
	}
	d.Office, d.About = page.Begin(page.List(titles)), strings.Join(does, " ")
	return d
}

// demoSignIn begins a session as an invented person.
func (s *Server) demoSignIn(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	in, err := v.house.Identity.DemoSignIn(v.ctx, form.Get("org"), form.Get("person"), v.client())
	if err != nil {
		return err
	}
	v.remember(in.Secret)
	return v.redirect("/home")
}

// anybody is the action of what needs no permission.
const anybody = policy.FrontView
