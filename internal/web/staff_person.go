package web

import (
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type staffPersonPage struct {
	Employments []staffEmployment
	Membership  string
	Entry       page.Link
}

type staffEmployment struct {
	Title string // where somebody is on several lists
	Facts page.Defs
	Posts page.Table
	Lists page.Table
}

// staffPerson is what the staff lists say of one person through time.
func (s *Server) staffPerson(v *visit) error {
	id := v.r.PathValue("id")
	history, err := v.house.Staff.History(v.ctx, v.org.ID, id)
	if err != nil {
		return err
	}
	if len(history) == 0 {
		return fault.Errorf(fault.NotFound, "nobody on the staff list has this address")
	}
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, id)
	if err != nil {
		return err
	}
	employers, err := v.employerNames()
	if err != nil {
		return err
	}
	var p staffPersonPage
	for _, e := range history {
		one := v.employment(e)
		if len(history) > 1 || len(employers) > 1 {
			one.Title = employers[e.Employer]
		}
		p.Employments = append(p.Employments, one)
	}
	if policy.Allow(v.actor, policy.MemberViewAny, v.about(id)).Allowed {
		file, err := v.house.Members.File(v.ctx, v.org.ID, id)
		if err != nil {
			return err
		}
		p.Membership = file.Timeline.On(v.today()).Reason
		if file.Number > 0 {
			p.Entry = page.Link{Text: "See their entry in the register", Href: "/register/members/" + file.MemberID}
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = person.Name()
	f.Sentence = v.worksSentence(history)
	f.Data = p
	return v.show(http.StatusOK, "staff_person", f)
}

// worksSentence says where somebody works today, or when they left.
func (v *visit) worksSentence(history []staff.Employment) string {
	var last law.Date
	for _, e := range history {
		for _, p := range e.Posts {
			if !p.Main {
				continue
			}
			switch {
			case p.From.After(v.today()):
				return "Begins on " + v.day(p.Starts) + "."
			case p.To.IsZero() || !p.To.Before(v.today()):
				s := "Works here"
				if p.Role != "" {
					s += " as " + p.Role
				}
				if p.Site != "" {
					s += " at " + p.Site
				}
				return s + ". Here since " + v.day(p.Starts) + "."
			case p.To.After(last):
				last = p.To
			}
		}
	}
	if last.IsZero() {
		return "The staff lists say no more of this person."
	}
	return "Left on " + v.day(last) + "."
}

func (v *visit) employment(e staff.Employment) staffEmployment {
	out := staffEmployment{
		Posts: page.Table{Caption: "Posts over time", Columns: []page.Column{
			{Head: "From"}, {Head: "Until"}, {Head: "Role"}, {Head: "Staff group"}, {Head: "Site"}, {Head: "Contract"}, {Head: "Hours"},
		}},
		Lists: page.Table{Caption: "What the lists said, and when", Columns: []page.Column{{Head: "In force from"}, {Head: "Staff list"}, {Head: "Name on it"}}},
	}
	if e.Erased {
		out.Facts = page.Defs{{Term: "Details", Fact: "erased"}}
	} else {
		out.Facts = page.Defs{{Term: "Employee number", Fact: orNone(e.EmployeeNumber)}}
		if n := len(e.Timeline); n > 0 {
			out.Facts = append(out.Facts, page.Def{Term: "Work e-mail", Fact: orNone(e.Timeline[n-1].Email)})
		}
	}
	posts := slices.Clone(e.Posts)
	slices.SortStableFunc(posts, func(a, b staff.Post) int { return b.From.Compare(a.From) })
	for _, p := range posts {
		until := page.Cell{Text: "goes on", Kind: page.Quiet}
		if !p.To.IsZero() {
			until = page.Cell{Text: v.day(p.To)}
		}
		role := said0(p.Role)
		if !p.Main && p.Role != "" {
			role.Text += " (further post)"
		}
		out.Posts.Rows = append(out.Posts.Rows, page.Row{
			{Text: v.day(p.From)}, until, role, said0(p.StaffGroup), said0(p.Site), said0(p.Category.Label()), said0(wholeTime(p.FTE)),
		})
	}
	for i := len(e.Timeline) - 1; i >= 0; i-- {
		t := e.Timeline[i]
		out.Lists.Rows = append(out.Lists.Rows, page.Row{
			{Text: v.day(t.From)}, {Text: "List that said so", Href: "/staff/imports/" + t.Import}, said0(t.Name()),
		})
	}
	return out
}

// wholeTime says hundredths of whole time in words.
func wholeTime(n int) string {
	switch n {
	case 0:
		return ""
	case 100:
		return "whole time"
	}
	return fmt.Sprintf("%s of whole time", hundredths(n))
}
