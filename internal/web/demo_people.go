package web

import (
	"net/http"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/demo/faces"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type demoPerson struct {
	Name, Org, Person, Place, Office, About string
}

type demoPage struct {
	Faces, Officers, Found []demoPerson
	Search                 page.Text
	Searched               bool
	Moments                []demoMoment
	Drawer                 bool
}

// demoFound is how many people a search shows.
const demoFound = 12

// demoShow lists the invented people that a visitor may be: a few to begin
// with, everyone with an office, and anybody else by name.
func (s *Server) demoShow(v *visit) error {
	if !v.house.Demo {
		return fault.Errorf(fault.NotFound, "this is no demonstration")
	}
	p := demoPage{Search: page.Text{
		Name: "name", Label: "Find anybody else by name", Hint: "Any of the three thousand: try a letter or two.",
		Value: strings.TrimSpace(v.r.URL.Query().Get("name")), Width: 20,
	}}
	var err error
	if p.Faces, err = v.demoFaces(); err != nil {
		return err
	}
	officers, err := v.house.Identity.DemoPeople(v.ctx)
	if err != nil {
		return err
	}
	for _, o := range officers {
		p.Officers = append(p.Officers, describe(o))
	}
	if p.Search.Value != "" {
		p.Searched = true
		found, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, p.Search.Value, demoFound)
		if err != nil {
			return err
		}
		for _, who := range found {
			p.Found = append(p.Found, demoPerson{Name: who.Name(), Org: v.org.ID, Person: who.ID, Office: "Works here", About: "See what is theirs."})
		}
	}
	if p.Moments, err = v.demoMoments(); err != nil {
		return err
	}
	p.Drawer = v.actor.Person != ""
	f := v.frame()
	f.Heading = "Be an invented person"
	f.Sentence = "Everybody here is invented. Look round as any of them; nothing you do reaches anyone."
	if v.r.URL.Query().Get("done") == "skipped" {
		f.Notice = page.Notice{Done: true, Text: "Time has passed. It is now " + clockOf(v.house.World.Now()) + " on " + v.day(v.today()) + ". What closes by itself is closed."}
	}
	f.Data = p
	return v.show(http.StatusOK, "demo", f)
}

// demoFaces are the few people whom a visitor is offered first.
func (v *visit) demoFaces() ([]demoPerson, error) {
	var out []demoPerson
	for _, face := range faces.All {
		p, err := v.house.Identity.PersonByEmail(v.ctx, v.org.ID, face.Email)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, demoPerson{Name: p.Name(), Org: v.org.ID, Person: p.ID, About: face.About})
	}
	return out, nil
}

func describe(p identity.DemoPerson) demoPerson {
	d := demoPerson{Name: p.Name, Org: p.Org, Person: p.Person, Place: p.OrgName}
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

func clockOf(at time.Time) string { return at.In(law.London()).Format("15:04") }

// anybody is the action of what needs no permission.
const anybody = policy.FrontView
