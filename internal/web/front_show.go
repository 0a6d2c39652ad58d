package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type frontPage struct {
	About  string
	Demo   bool
	People []demoPerson
	Claims []claim
	Open   page.Links
}

// claim is one thing that is said of the mutual, with the number that shows it.
type claim struct {
	Title, Value, Label string
	Link                page.Link
}

// frontShow tells a stranger in ten seconds what this is.
func (s *Server) frontShow(v *visit) error {
	size, err := s.sizes.of(v.ctx, v, v.org.ID)
	if err != nil {
		return err
	}
	p := frontPage{Demo: v.house.Demo, About: aboutSentence(brandOf(v.org).Name, size), Claims: v.claims(size)}
	if p.Demo {
		if p.People, err = v.demoFaces(); err != nil {
			return err
		}
	}
	p.Open = page.Links{
		{Text: "Seven real mutuals among NHS organisations", Href: "/evidence/mutuals", Note: "Staff engagement, NHS Staff Survey 2024"},
		{Text: "Every NHS organisation, one by one", Href: "/evidence/organisations"},
		{Text: "The rules we work by, and where they come from", Href: "/law"},
		{Text: "Votes, for anybody to follow and check", Href: "/board"},
		{Text: "Ask to inspect the register of members", Href: "/inspection"},
	}
	f := v.frame()
	f.Title = "Owned by the people who work here"
	f.Data = p
	return v.show(http.StatusOK, "front", f)
}

// aboutSentence says what the organisation is, from what its register holds.
func aboutSentence(name string, size sizeOf) string {
	if size.Members == 0 {
		return name + " is setting up as a mutual: an organisation that its staff own, govern and answer for. It has no members yet."
	}
	return name + " is run as a mutual: its staff own it, govern it and answer for it. " +
		"Each member has one vote, and anyone may check how things are decided."
}

func (v *visit) claims(size sizeOf) []claim {
	var out []claim
	if size.Members > 0 {
		label := "members"
		if size.Staff > 0 {
			label = fmt.Sprintf("members, of %s", count(size.Staff, "member of staff", "staff"))
		}
		out = append(out, claim{"Staff own it", number(size.StaffMembers), label, page.Link{Text: "Who may see the register", Href: "/inspection"}})
		if size.Votes > 0 {
			out = append(out, claim{
				"Staff decide in it", said(page.Percent(size.StaffVotes, size.Votes)), "of all votes are held by staff",
				page.Link{Text: "The rules for it", Href: "/law"},
			})
		}
	}
	if head, err := v.house.Journal.Latest(v.ctx, v.org.ID); err == nil {
		out = append(out, claim{"Nothing is changed unseen", number(head.Size), "changes sealed in the record", page.Link{Text: "Check it yourself", Href: "/record"}})
	}
	return append(out, claim{"It shows what works", "7", "real mutuals beside every NHS group", page.Link{Text: "See the evidence", Href: "/evidence"}})
}

// sizeOf is how large an organisation is today.
type sizeOf struct{ Staff, Members, StaffMembers, Votes, StaffVotes int }

// sizes remembers how large organisations are for a few minutes: the front page
// is what strangers load, and counting the members reads the whole register.
type sizes struct {
	mu   sync.Mutex
	kept map[string]keptSize
}

type keptSize struct {
	sizeOf
	until time.Time
}

const sizeKept = 5 * time.Minute

func (s *sizes) of(ctx context.Context, v *visit, org string) (sizeOf, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.kept[org]; ok && v.now.Before(k.until) {
		return k.sizeOf, nil
	}
	size, err := measure(ctx, v, org)
	if err != nil {
		return sizeOf{}, err
	}
	if s.kept == nil {
		s.kept = map[string]keptSize{}
	}
	s.kept[org] = keptSize{size, v.now.Add(sizeKept)}
	return size, nil
}

func measure(ctx context.Context, v *visit, org string) (sizeOf, error) {
	today := v.today()
	list, err := v.house.Staff.On(ctx, staff.Filter{Org: org, Day: today, Size: 1})
	if err != nil {
		return sizeOf{}, err
	}
	out := sizeOf{Staff: list.Total}
	control, err := v.house.Members.Control(ctx, org, today, today)
	switch {
	case fault.Is(err, fault.NotFound) || fault.Is(err, fault.Invalid):
		return out, nil // no rule-book yet
	case err != nil:
		return sizeOf{}, err
	}
	c := countsOn(control, today)
	out.Members, out.StaffMembers, out.Votes, out.StaffVotes = c.Members, c.EmployeeMembers, c.Votes, c.EmployeeVotes
	return out, nil
}

// countsOn takes one day out of a series.
func countsOn(c member.Control, day law.Date) member.Counts {
	for i := len(c.Points) - 1; i >= 0; i-- {
		if !c.Points[i].Day.After(day) {
			return c.Points[i].Counts
		}
	}
	return member.Counts{}
}
