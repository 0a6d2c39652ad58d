package web

import (
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/venture"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type venturePage struct {
	None    *page.Panel
	Parents page.Table
	Rest    string
	Others  page.Table // terms that held before, or will
	Matters []matterPart
	Past    []matterPart
	Edit    bool
	Acts    page.Links
	Day     page.DateField
	Asked   bool
}

// matterPart is a reserved matter in words.
type matterPart struct {
	ID, Title, Text, Consent, When string
	Release                        bool
}

// isVenture reports whether the organisation is a joint venture, or has begun to
// be set up as one.
func (v *visit) isVenture(parents []venture.Parent) bool {
	return v.org.LegalForm == string(law.JointVenture) || len(parents) > 0
}

// ventureShow is who owns a joint venture, and what it may not decide alone.
func (s *Server) ventureShow(v *visit) error {
	day, field, ok := v.dayAsked("As it was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	parents, err := v.house.Ventures.Parents(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "The joint venture"
	if !v.isVenture(parents) {
		panel := v.noVenture()
		f.Data = venturePage{None: &panel}
		return v.show(http.StatusOK, "venture_show", f)
	}
	names, err := v.parentNames(parents)
	if err != nil {
		return err
	}
	matters, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	p := venturePage{Edit: v.can(policy.VentureEdit), Day: field, Asked: day != v.today()}
	on := venture.On(parents, day)
	if p.Parents, err = v.parentsTable(on, names, day); err != nil {
		return err
	}
	if p.Edit {
		p.Acts = append(p.Acts, page.LinkLine{Text: "Set the terms of a parent", Href: "/venture/parents/new", Note: "A new one, or other terms for one that there is."})
		for _, x := range on {
			if x.Ends.IsZero() || x.Ends.After(v.today()) {
				p.Acts = append(p.Acts, page.LinkLine{Text: "End the terms of " + names[x.Org], Href: "/venture/parents/" + x.ID + "/end"})
			}
		}
		p.Acts = append(p.Acts, page.LinkLine{Text: "Reserve a matter", Href: "/venture/matters/new"})
	}
	if rest := venture.Whole - venture.Held(parents, day); rest > 0 && len(on) > 0 {
		p.Rest = hundredthsOfPercent(rest) + " of it is held by none of them."
	}
	p.Others = v.otherTerms(parents, names, day)
	for _, m := range matters {
		part := matterPart{ID: m.ID, Title: m.Title, Text: m.Text, Consent: consentInWords(m, names)}
		switch {
		case m.Holds(day):
			part.When = "Reserved since " + v.day(m.Starts) + "."
			if !m.Ends.IsZero() {
				part.When = "Reserved from " + v.day(m.Starts) + " until " + v.day(m.Ends) + "."
			}
			part.Release = p.Edit && (m.Ends.IsZero() || m.Ends.After(v.today()))
			p.Matters = append(p.Matters, part)
		case m.Starts.After(day):
			part.When = "Reserved from " + v.day(m.Starts) + " on."
			p.Past = append(p.Past, part)
		default:
			part.When = "Reserved from " + v.day(m.Starts) + " until " + v.day(m.Ends) + "."
			p.Past = append(p.Past, part)
		}
	}
	f.Sentence = v.ventureSentence(on, names, day)
	f.Errors = page.Problems(field)
	if f.Notice, err = v.ventureNotice(); err != nil {
		return err
	}
	if len(on) > 0 {
		f.Files = append(f.Files, v.files("/venture/parents", "the parents", day))
	}
	if len(p.Matters) > 0 {
		f.Files = append(f.Files, v.files("/venture/matters", "the reserved matters", day))
	}
	f.Data = p
	return v.show(status, "venture_show", f)
}

func (v *visit) noVenture() page.Panel {
	what := v.org.Name + " is owned by its members and not by other organisations, so nothing is kept here. A joint venture shows here which organisations own it, and what it may not decide without them."
	if form := v.formToday(); form != nil {
		what = v.org.Name + " is " + article(inRunningText(form.Label)) + ". A joint venture shows here which organisations own it, and what it may not decide without them."
	}
	return page.Empty("This organisation is no joint venture", what, page.Link{Text: "See your membership", Href: "/membership"})
}

func (v *visit) ventureNotice() (page.Notice, error) {
	done := map[string][2]string{
		"set": {"The terms are recorded.", "venture.parent_set"}, "ended": {"The end is recorded.", "venture.parent_ended"},
		"reserved": {"The matter is reserved.", "venture.matter_reserved"}, "released": {"The matter is released.", "venture.matter_released"},
	}[v.r.URL.Query().Get("done")]
	if done[0] == "" || !v.can(policy.VentureEdit) {
		return page.Notice{}, nil
	}
	return v.doneNotice(done[0], done[1])
}

// parentNames are the names of the parents by id; an id stands for one that has
// none here.
func (v *visit) parentNames(parents []venture.Parent) (map[string]string, error) {
	names := map[string]string{}
	for _, p := range parents {
		if names[p.Org] != "" {
			continue
		}
		o, err := v.house.Identity.Organisation(v.ctx, p.Org)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		names[p.Org] = o.Name
		if o.Name == "" {
			names[p.Org] = p.Org
		}
	}
	return names, nil
}

func (v *visit) ventureSentence(on []venture.Parent, names map[string]string, day law.Date) string {
	if len(on) == 0 {
		return "No parent is recorded on " + v.day(day) + "."
	}
	var list []string
	seats := 0
	for _, p := range on {
		list = append(list, names[p.Org])
		seats += p.BoardSeats
	}
	verb, when := "own", ""
	if len(on) == 1 {
		verb = "owns"
	}
	fill := "fill"
	if len(on) == 1 {
		fill = "fills"
	}
	if day != v.today() {
		when = " on " + v.day(day)
	}
	if day.Before(v.today()) {
		verb, fill = "owned", "filled"
	}
	return fmt.Sprintf("%s %s %s%s, and %s %s%s on its board.", page.List(list), verb, v.org.Name, when, fill, said(page.Words(seats)), said(page.Plural(seats, " seat", " seats")))
}

// parentsTable is the parents of a day, with what they hold and whom they bring.
func (v *visit) parentsTable(on []venture.Parent, names map[string]string, day law.Date) (page.Table, error) {
	employed, members, err := v.brought(day)
	if err != nil {
		return page.Table{}, err
	}
	t := page.Table{Caption: "Parents on " + v.day(day), Columns: []page.Column{
		{Head: "Parent"}, {Head: "Holds", Number: true}, {Head: "Seats", Number: true}, {Head: "Staff", Number: true}, {Head: "Members", Number: true}, {Head: "Since"},
	}}
	for _, p := range on {
		since := v.day(p.Starts)
		if !p.Ends.IsZero() {
			since += " until " + v.day(p.Ends)
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: names[p.Org]}, {Text: hundredthsOfPercent(p.ShareholdingBP)}, {Text: number(p.BoardSeats)}, {Text: number(employed[p.Org])}, {Text: number(members[p.Org])}, {Text: since},
		})
	}
	return t, nil
}

// brought counts the staff and the members that each employer brings on a day.
// Somebody with posts at two employers counts with each.
func (v *visit) brought(day law.Date) (employed, members map[string]int, err error) {
	roll, err := v.house.Members.Roll(v.ctx, v.org.ID, day)
	if err != nil {
		return nil, nil, err
	}
	is := map[string]bool{}
	for _, r := range roll {
		is[r.Person] = true
	}
	employed, members = map[string]int{}, map[string]int{}
	seen := map[[2]string]bool{}
	err = v.house.Staff.EachOn(v.ctx, staff.Filter{Org: v.org.ID, Day: day}, func(e staff.Entry) error {
		if k := [2]string{e.Employer, e.PersonID}; !seen[k] {
			seen[k] = true
			employed[e.Employer]++
			if is[e.PersonID] {
				members[e.Employer]++
			}
		}
		return nil
	})
	return employed, members, err
}

func (v *visit) otherTerms(parents []venture.Parent, names map[string]string, day law.Date) page.Table {
	t := page.Table{Caption: "Terms before and to come", Columns: []page.Column{{Head: "Parent"}, {Head: "Holds", Number: true}, {Head: "Board seats", Number: true}, {Head: "From"}, {Head: "Until"}}}
	for _, p := range slices.Backward(parents) {
		if p.Holds(day) {
			continue
		}
		until := page.Cell{Text: "goes on", Kind: page.Quiet}
		if !p.Ends.IsZero() {
			until = page.Cell{Text: v.day(p.Ends)}
		}
		t.Rows = append(t.Rows, page.Row{{Text: names[p.Org]}, {Text: hundredthsOfPercent(p.ShareholdingBP)}, {Text: number(p.BoardSeats)}, {Text: v.day(p.Starts)}, until})
	}
	return t
}

// consentInWords says whose consent a reserved matter needs.
func consentInWords(m venture.Matter, names map[string]string) string {
	switch m.Rule {
	case venture.EveryParent:
		return "Needs the consent of every parent."
	case venture.Shareholding:
		return "Needs the consent of parents who together hold at least " + hundredthsOfPercent(m.Threshold) + "."
	case venture.Number:
		return "Needs the consent of at least " + said(page.Words(m.Threshold)) + said(page.Plural(m.Threshold, " parent.", " parents."))
	case venture.Named:
		var list []string
		for _, org := range m.Named {
			if names[org] != "" {
				org = names[org]
			}
			list = append(list, org)
		}
		return "Needs the consent of " + page.List(list) + "."
	}
	return ""
}

// hundredthsOfPercent writes 5100 as 51% and 3333 as 33.33%.
func hundredthsOfPercent(bp int) string {
	if bp%100 == 0 {
		return fmt.Sprintf("%d%%", bp/100)
	}
	return fmt.Sprintf("%d.%02d%%", bp/100, bp%100)
}
