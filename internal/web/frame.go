package web

import (
	"strings"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/words"
	"commonweal/internal/base/world"
	"commonweal/internal/web/page"
)

// sections are the links under the organisation's name. Everyone signed in has
// the same; a role adds work to Home and pages inside these.
var sections = []page.Nav{
	{Text: "Home", Href: "/home"},
	{Text: "Membership", Href: "/membership"},
	{Text: "Votes", Href: "/votes"},
	{Text: "Surveys", Href: "/surveys"},
	{Text: "Evidence", Href: "/evidence"},
}

// frame is a page's frame with all that does not depend on the page.
func (v *visit) frame() page.Frame {
	f := page.Frame{
		Org: brandOf(v.org), Now: v.now, Demo: v.house.Demo, Record: v.recordStrip(),
		Footer: []page.Link{
			{Text: "Privacy", Href: "/privacy"}, {Text: "Accessibility", Href: "/accessibility"}, {Text: "Help and glossary", Href: "/help"},
		},
		Legal: v.legalSentence(),
	}
	if v.house.Demo {
		f.Switch = page.Link{Text: "Be somebody else", Href: "/demo"}
	}
	if v.actor.Person == "" {
		f.Account = page.Account{SignIn: "/sign-in"}
		return f
	}
	f.Account = page.Account{Name: nameWithOffice(v.actor), Href: "/account", SignOut: "/sign-out"}
	for _, n := range sections {
		n.Current = v.r.URL.Path == n.Href || strings.HasPrefix(v.r.URL.Path, n.Href+"/") || sectionOf(v.r.URL.Path) == n.Href
		f.Nav = append(f.Nav, n)
	}
	return f
}

// sectionOf says which section a path outside its own tree belongs to: the
// secretary's pages are inside Membership, those of keyholders and the boards inside
// Votes.
func sectionOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "register", "applications", "staff", "shares", "stakes", "control", "inspections", "officers", "venture", "organisation", "classes", "notices":
		return "/membership"
	case "keys", "board":
		return "/votes"
	}
	return ""
}

// show renders the visit's page.
func (v *visit) show(status int, name string, f page.Frame) error {
	return v.renderer.Render(v.w, status, name, f)
}

func brandOf(o identity.Organisation) page.Brand {
	b := page.Brand{Name: o.Name, Mark: o.Brand.Mark, Colour: o.Brand.Colour, Deep: o.Brand.Deep, Wash: o.Brand.Wash}
	if o.Brand.Name != "" {
		b.Name = o.Brand.Name
	}
	return b
}

// nameWithOffice is the name in the corner, with the office where there is one.
func nameWithOffice(a policy.Actor) string {
	for _, role := range a.Roles {
		if role.Appointed() {
			return a.Name + ", " + role.Title()
		}
	}
	return a.Name
}

// recordStrip is the newest signed head of the organisation's record. A record
// that has none yet shows no strip.
func (v *visit) recordStrip() page.Record {
	head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
	if err != nil {
		return page.Record{}
	}
	at, err := time.Parse(world.TimeFormat, head.At)
	if err != nil {
		return page.Record{}
	}
	return page.Record{Entries: head.Size, Signed: at, Words: words.Text(head.Root[:]), Check: "/record"}
}

// legalSentence says what the organisation is, in law.
func (v *visit) legalSentence() string {
	form := "an organisation"
	if v.org.LegalForm != "" {
		if f, err := v.house.Law.Form(lawForm(v.org.LegalForm), v.today()); err == nil {
			form = article(strings.ToLower(f.Label))
		}
	}
	s := v.org.Name + " is " + form
	if v.org.RegisteredNo != "" {
		s += ", no. " + v.org.RegisteredNo
	}
	if v.org.Invented {
		s += " (invented for this demonstration)"
	}
	return s + "."
}

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

// modules are the scripts of a page, as far as they were built.
func (v *visit) modules(names ...string) []string {
	var out []string
	for _, name := range names {
		if _, ok := v.assets.Path(name); ok {
			out = append(out, name)
		}
	}
	return out
}
