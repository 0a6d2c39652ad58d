package web

import (
	"net/http"
	"strings"

	"commonweal/internal/web/page"
)

type registerNewPage struct {
	Words page.Text
	Found page.Links
	Empty *page.Panel
}

const mostFound = 20

// registerNew finds the person whose application came on paper.
func (s *Server) registerNew(v *visit) error {
	words := clip(strings.TrimSpace(v.r.URL.Query().Get("q")), 100)
	p := registerNewPage{Words: page.Text{Name: "q", Label: "Name or e-mail", Hint: "The beginning of a first name, a surname or an e-mail address.", Type: "search", Value: words, Verbatim: true}}
	if words != "" {
		people, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, words, mostFound)
		if err != nil {
			return err
		}
		for _, x := range people {
			p.Found = append(p.Found, page.LinkLine{Text: x.Name(), Href: "/register/people/" + x.ID, Note: x.Email})
		}
		if len(p.Found) == 0 {
			panel := page.Empty("Nobody of this name is known here", "People become known through a staff list, or when an officer is appointed.", page.Link{Text: "Back to the register", Href: "/register"})
			p.Empty = &panel
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Register of members", Href: "/register"}
	f.Heading = "Whose application is it?"
	f.Sentence = "Find the person, then enter what the paper says."
	f.Data = p
	return v.show(http.StatusOK, "register_new", f)
}
