package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type registerPage struct {
	Table    page.Table
	Empty    *page.Panel
	Found    string
	Pages    page.Pages
	Search   registerSearch
	Counts   []registerCount
	Print    page.Links
	Taking   *registerTaking
	New      bool
	Showing  page.Links
	Unclear  string
	NoNumber string
}

type registerSearch struct {
	Words        page.Text
	Class        page.Select
	Constituency page.Select
	Show         page.Select
	Day          page.DateField
	Clear        bool
}

// registerCount is one class with its constituencies.
type registerCount struct {
	Name  string
	Lines page.Links
}

// registerShow is the register of members on a day, for the secretary.
func (s *Server) registerShow(v *visit) error {
	q, field, ok := v.registerQuery()
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	rows, err := v.house.Members.Register(v.ctx, v.org.ID, q.Day)
	if err != nil {
		return err
	}
	book, err := v.house.Members.Book(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	p := registerPage{New: v.can(policy.MemberApplyFor)}
	p.Search = v.searchOf(q, field, book)
	p.Search.Clear = q.asks() || q.Day != v.today()
	v.countRegister(&p, rows, q, book)
	v.listRegister(&p, rows, q)
	form, err := v.legalForm(q.Day)
	if err != nil {
		return err
	}
	if form != nil && v.can(policy.RegisterExport) {
		var taking registerTaking
		p.Print, taking = registerCopies(form, q.Day)
		p.Taking = &taking
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Register of members"
	f.Sentence = v.registerSentence(rows, q.Day)
	f.Errors = page.Problems(p.Search.Words, field)
	f.Data = p
	return v.show(status, "register_show", f)
}

func (v *visit) searchOf(q registerQuery, day page.DateField, book *member.Book) registerSearch {
	s := registerSearch{
		Words:        v.searchField("/register", "Name or member number"),
		Class:        page.Select{Name: "class", Label: "Class", Value: q.Class, Options: []page.Option{{Label: "All"}}},
		Constituency: page.Select{Name: "constituency", Label: "Constituency", Value: q.Constituency, Options: []page.Option{{Label: "All"}}},
		Show: page.Select{Name: "show", Label: "Who", Value: q.Show, Options: []page.Option{
			{Label: "Members"}, {Value: showFormer, Label: "Former members"}, {Value: showAll, Label: "Both"},
		}},
		Day: day,
	}
	for _, c := range book.Classes(q.Day) {
		s.Class.Options = append(s.Class.Options, page.Option{Value: c.Code, Label: c.Name})
		for _, part := range book.Constituencies(c.Code, q.Day) {
			s.Constituency.Options = append(s.Constituency.Options, page.Option{Value: part.Code, Label: part.Name})
		}
	}
	s.Constituency.Options = append(s.Constituency.Options, page.Option{Value: noConstituency, Label: "None"})
	return s
}

// registerSentence counts who is in the register on the day.
func (v *visit) registerSentence(rows []member.Row, day law.Date) string {
	members, former := 0, 0
	for _, r := range rows {
		switch {
		case !r.Ceased.IsZero():
			former++
		case !r.Unclear:
			members++
		}
	}
	verb := said(page.Plural(members, "is a member", "are members"))
	when, nobody := "today", "is a member"
	switch {
	case day.Before(v.today()):
		nobody = "was a member"
		verb, when = said(page.Plural(members, "was a member", "were members")), "on "+v.whole(day)
	case day.After(v.today()):
		nobody = "will be a member"
		verb, when = "will be "+said(page.Plural(members, "a member", "members")), "on "+v.whole(day)+", as far as is known now"
	}
	out := fmt.Sprintf("%s %s %s.", count(members, "person", "people"), verb, when)
	if members == 0 {
		out = fmt.Sprintf("Nobody %s %s.", nobody, when)
	}
	if former > 0 {
		out += fmt.Sprintf(" The register also has %s of memberships that ended.", count(former, "entry", "entries"))
	}
	return out
}

// countRegister counts members by class and constituency.
func (v *visit) countRegister(p *registerPage, rows []member.Row, q registerQuery, book *member.Book) {
	type key struct{ class, part string }
	counts, names := map[key]int{}, map[key]string{}
	unclear, unnumbered := 0, 0
	for _, r := range rows {
		switch {
		case !r.Ceased.IsZero():
			continue
		case r.Unclear:
			unclear++
			continue
		case r.Number == 0:
			unnumbered++
		}
		k := key{r.Class, r.Constituency}
		counts[k]++
		names[k] = cmp.Or(r.ConstituencyName, "None")
	}
	for _, c := range book.Classes(q.Day) {
		total := 0
		var parts []key
		for k, n := range counts {
			if k.class == c.Code {
				total += n
				parts = append(parts, k)
			}
		}
		if total == 0 {
			continue
		}
		all := registerQuery{Day: q.Day, Class: c.Code}
		one := registerCount{Name: c.Name, Lines: page.Links{{Text: "All of " + c.Name, Href: all.address("/register", v.today()), After: " " + number(total)}}}
		slices.SortFunc(parts, func(a, b key) int { return cmp.Compare(names[a], names[b]) })
		for _, k := range parts {
			if len(parts) == 1 && k.part == "" {
				continue
			}
			at := registerQuery{Day: q.Day, Class: c.Code, Constituency: cmp.Or(k.part, noConstituency)}
			one.Lines = append(one.Lines, page.LinkLine{Text: names[k], Href: at.address("/register", v.today()), After: " " + number(counts[k])})
		}
		p.Counts = append(p.Counts, one)
	}
	if unclear > 0 {
		p.Unclear = fmt.Sprintf("Of %s we cannot tell on that day, because a fact is missing. They are counted nowhere.", count(unclear, "person", "people"))
	}
	if unnumbered > 0 {
		p.NoNumber = count(unnumbered, "member by rule gets a number tonight.", "members by rule get their numbers tonight.")
	}
}

// listRegister puts the rows that are asked for on a page.
func (v *visit) listRegister(p *registerPage, rows []member.Row, q registerQuery) {
	var found []member.Row
	for _, r := range rows {
		if q.lets(r) {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		panel := page.Empty("Nobody is found", "Look for less, or choose another day.", page.Link{Text: "Show all members today", Href: "/register"})
		if len(rows) == 0 && !q.asks() {
			panel = page.Empty("The register is empty on this day",
				"Members appear here when an application is admitted, or when a class takes people in by its rule.", page.Link{Text: "See what waits to be decided", Href: "/applications"})
		}
		p.Empty = &panel
		return
	}
	var from, to int
	from, to, p.Pages = pagesOf(q.Page, registerPageSize, len(found), func(at int) string {
		next := q
		next.Page = at
		return next.address("/register", v.today())
	})
	ended := q.Show != ""
	p.Table = page.Table{Caption: "Register of members", Columns: []page.Column{{Head: "Name"}, {Head: "Number", Number: true}, {Head: "Class"}, {Head: "Constituency"}, {Head: "Since"}}}
	if ended {
		p.Table.Columns = append(p.Table.Columns, page.Column{Head: "Ended"})
	}
	for _, r := range found[from:to] {
		row := page.Row{v.memberCell(r, q.Day), said0(""), {Text: r.ClassName}, {Text: "none", Kind: page.Quiet}, v.dayCell(r.Entered)}
		if r.Number > 0 {
			row[1] = page.Cell{Text: number(r.Number)}
		}
		if r.ConstituencyName != "" {
			row[3] = page.Cell{Text: r.ConstituencyName}
		}
		if r.Unclear {
			row[4] = page.Cell{Text: "we cannot tell", Kind: page.Quiet}
		}
		if ended {
			row = append(row, v.dayCell(r.Ceased))
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	if q.asks() {
		p.Found = page.Begin(count(len(found), "entry is", "entries are")) + " found."
	}
}

// memberCell is a name that leads to the entry.
func (v *visit) memberCell(r member.Row, day law.Date) page.Cell {
	path := "/register/people/" + r.Person
	if r.MemberID != "" {
		path = "/register/members/" + r.MemberID
	}
	return page.Cell{Text: cmp.Or(r.Name, "Details erased"), Href: registerQuery{Day: day}.address(path, v.today())}
}
