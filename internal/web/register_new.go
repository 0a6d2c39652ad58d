package web

import (
	"net/http"

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
	p := registerNewPage{Words: v.searchField("/register/new", "Name or e-mail")}
	p.Words.Hint = "The beginning of a first name, a surname or an e-mail address."
	if p.Words.Value != "" {
		people, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, p.Words.Value, mostFound)
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
	f.Errors = page.Problems(p.Words)
	f.Data = p
	return v.show(http.StatusOK, "register_new", f)
}
