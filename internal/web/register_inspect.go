package web

import (
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/own/register"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type registerInspectPage struct {
	Refused *page.Panel
	Columns []string
	Rows    []inspectRow
	Empty   *page.Panel
	Found   string
	Pages   page.Pages
	Words   page.Text
	Terms   register.Terms
	Checked string
	Notes   []string
}

// inspectRow is one entry, its name first.
type inspectRow struct {
	Name  string
	Cells []inspectCell
}

// inspectCell is one part of an entry. Long words, such as addresses of mail, are
// in pieces, so that a narrow page may break them.
type inspectCell struct {
	Head   string
	Pieces []string
}

// registerInspect shows a member what the law lets members see of the register
// today: of a society, no other member's shares.
func (s *Server) registerInspect(v *visit) error {
	terms, err := v.house.Register.Terms(v.ctx, v.org.ID, law.Member)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "The register, as members may see it"
	if !terms.Right {
		panel := page.Refused("Members have no right to look", terms.Why, "You may always see your own entry.", page.Link{Text: "See your own entry", Href: "/membership"})
		f.Data = registerInspectPage{Refused: &panel}
		return v.show(http.StatusForbidden, "register_inspect", f)
	}
	reg, err := v.house.Register.View(v.ctx, v.org.ID, v.today(), law.Member, "")
	if err != nil {
		return err
	}
	p := registerInspectPage{Terms: terms, Checked: sourceNote(terms.Provenance), Notes: reg.Notes()}
	f.Sentence = count(reg.Members(), "person is a member", "people are members") + " today. You see what the law lets every member see."
	v.listInspected(&p, reg)
	f.Errors = page.Problems(p.Words)
	f.Data = p
	return v.show(http.StatusOK, "register_inspect", f)
}

// listInspected puts one page of the entries that are asked for into a table.
func (v *visit) listInspected(p *registerInspectPage, reg register.Register) {
	q := v.r.URL.Query()
	at, _ := strconv.Atoi(q.Get("page"))
	at = min(max(at, 1), 1_000_000)
	p.Words = v.searchField("/register/inspect", "Name")
	words := p.Words.Value
	var rows []inspectRow
	for _, s := range reg.Page().Sections {
		for _, l := range s.Lines {
			var row inspectRow
			for i, c := range reg.Columns {
				if c.Field == law.FieldMemberName {
					row.Name = l.Cells[i]
					continue
				}
				row.Cells = append(row.Cells, inspectCell{Head: c.Heading, Pieces: pieces(l.Cells[i])})
			}
			if words == "" || nameHas(row.Name, words) {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		panel := page.Empty("Nobody is found", "Look for less of the name.", page.Link{Text: "Show everybody", Href: "/register/inspect"})
		p.Empty = &panel
		return
	}
	var from, to int
	from, to, p.Pages = pagesOf(at, registerPageSize, len(rows), func(n int) string {
		next := url.Values{"page": {strconv.Itoa(n)}}
		if words != "" {
			next.Set("find", v.searchID())
		}
		return "/register/inspect?" + next.Encode()
	})
	p.Rows = rows[from:to]
	for _, c := range p.Rows[:min(1, len(p.Rows))] {
		for _, cell := range c.Cells {
			p.Columns = append(p.Columns, cell.Head)
		}
	}
	if words != "" {
		p.Found = page.Begin(count(len(rows), "entry is", "entries are")) + " found."
	}
}

// pieces are where a long word may be broken: after the dots, hyphens and the at
// of an address of mail.
func pieces(text string) []string {
	if text == "" {
		return nil
	}
	var out []string
	from := 0
	for i, c := range text {
		if c == '@' || c == '.' || c == '-' {
			out = append(out, text[from:i+1])
			from = i + 1
		}
	}
	return append(out, text[from:])
}
