package house

import (
	"context"
	"fmt"
	"strings"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Thresholds are the shares, in percent, above which a staff list is asked
// about twice.
var Thresholds = stafflist.Thresholds{Leavers: 5, Surnames: 20, Refused: 20}

// Foresight tells what would follow for membership if a staff list were
// applied. It works everything out from the rules and stores nothing.
type Foresight struct {
	house    *House
	org      string
	employer string
	day      law.Date // of the list
	today    law.Date
	book     *member.Book
	ledger   *share.Ledger
	bearers  map[string]string // employee number -> person, read when first needed
	open     *member.Book      // the classes for staff as if nobody had to apply; nil where there are none
}

// Foresee begins to tell what would follow from a list of an employer.
func (h *House) Foresee(ctx context.Context, u staff.Upload) (*Foresight, error) {
	book, err := h.Members.Book(ctx, u.Org)
	if err != nil {
		return nil, err
	}
	f := &Foresight{house: h, org: u.Org, employer: u.Employer, day: u.AsAt, today: law.Today(h.World.Now()), book: book}
	if f.ledger, err = h.Shares.Ledger(ctx, u.Org); err != nil {
		return nil, err
	}
	var classes []member.Class
	for _, c := range book.Classes(u.AsAt) {
		if c.Kind == member.Staff {
			c.Admission = member.Automatic
			classes = append(classes, c)
		}
	}
	if len(classes) > 0 {
		f.open, err = member.NewBook(member.NewCompiler(), classes, nil)
	}
	return f, err
}

// Rules says in a sentence what leaving employment begins.
func (f *Foresight) Rules() string {
	var out []string
	for _, c := range f.book.Classes(f.today) {
		if c.Leaving != member.EmploymentEnds {
			continue
		}
		when := "membership ends on the day that employment does"
		switch {
		case c.GraceDays == 1:
			when = "membership ends the day after employment does"
		case c.GraceDays > 1:
			when = fmt.Sprintf("membership ends %d days after employment does", c.GraceDays)
		}
		out = append(out, fmt.Sprintf("A leaver on the list starts %s: %s, and the member is told.", ruleName(c), when))
	}
	if len(out) == 0 {
		return "What follows for a member who left is for the rules to say, and the member is told."
	}
	return strings.Join(out, " ")
}

func ruleName(c member.Class) string {
	if c.LeavingRef != "" {
		return c.LeavingRef
	}
	return "the rule of the class " + c.Name
}

// personOf finds who bears an employee number on the employer's list, or "". The
// list is read once, because a page asks for many.
func (f *Foresight) personOf(ctx context.Context, number string) (string, error) {
	if f.bearers == nil {
		f.bearers = map[string]string{}
		err := f.house.Staff.EachOn(ctx, staff.Filter{Org: f.org, Employer: f.employer, Day: f.day}, func(e staff.Entry) error {
			f.bearers[e.EmployeeNumber] = e.PersonID
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return f.bearers[number], nil
}

// Leaver says what follows for the membership of somebody who left.
func (f *Foresight) Leaver(ctx context.Context, l stafflist.Leaver) (Consequence, error) {
	person, err := f.personOf(ctx, l.EmployeeNumber)
	if err != nil || person == "" {
		return Consequence{}, err
	}
	file, err := f.house.Members.File(ctx, f.org, person)
	if err != nil {
		return Consequence{}, err
	}
	posts := make([]member.Post, 0, len(file.Posts))
	for _, p := range file.Posts {
		if p.Employer == f.employer && (p.To.IsZero() || p.To.After(l.Left)) {
			p.To = l.Left
		}
		if !p.To.IsZero() && p.To.Before(p.From) {
			continue
		}
		posts = append(posts, p)
	}
	now := file.Timeline.On(f.today)
	then := member.StatusOn(f.today, member.Inputs{Book: f.book, Facts: file.Facts, Posts: posts})
	out := f.consequence(now, then)
	if !out.Day.IsZero() {
		for _, c := range f.ledger.OnLeaving(out.Day, []share.Leaver{{Member: file.MemberID, On: out.Day}}) {
			out.Shares += c.Quantity
			out.Pence += c.PaidPence
		}
	}
	return out, nil
}

// Consequence is what follows for the membership of somebody who left.
type Consequence struct {
	Kind   ConsequenceKind
	Day    law.Date // of MemberEnds and MemberEnded
	Rule   string   // that brings it about: "rule 14"
	Shares int64    // that are cancelled when membership ends
	Pence  int64    // that are given back for them
	Reason string   // of OtherwiseFollows
}

// ConsequenceKind says what follows.
type ConsequenceKind int

// What may follow.
const (
	NothingFollows   ConsequenceKind = iota // not a member
	MemberStays                             // a member, and stays one
	MemberEnds                              // membership will end
	MemberEnded                             // membership has ended, counted from a day that is past
	OtherwiseFollows                        // the reason says what
)

// consequence is what becomes of one status when it turns into another.
func (f *Foresight) consequence(now, then member.Status) Consequence {
	switch {
	case now.State == member.Ended, now.State == member.NotAMember && then.State == member.NotAMember:
		return Consequence{}
	case then.State == member.Member && then.Ends.IsZero():
		return Consequence{Kind: MemberStays}
	case then.State == member.Member:
		return Consequence{Kind: MemberEnds, Day: then.Ends, Rule: f.rule(then.Class)}
	case now.State == member.Member && then.State == member.Ended:
		return Consequence{Kind: MemberEnded, Day: then.Since, Rule: f.rule(then.Class)}
	default:
		return Consequence{Kind: OtherwiseFollows, Reason: then.Reason}
	}
}

func (f *Foresight) rule(class string) string {
	c, err := f.book.Class(class, f.today)
	if err != nil {
		return "the rules"
	}
	return ruleName(c)
}

// Joiners are the joiners of a list by what the rules for staff say of them.
type Joiners struct{ May, MayNot, Unclear int }

// Joiners counts which joiners may become members. It reports false where no
// class is for staff.
func (f *Foresight) Joiners(list []stafflist.Joiner) (out Joiners, ok bool) {
	if f.open == nil {
		return out, false
	}
	for _, j := range list {
		switch member.StatusOn(f.day, member.Inputs{Book: f.open, Posts: f.posts(j.Person)}).State {
		case member.Member:
			out.May++
		case member.CannotTell:
			out.Unclear++
		default:
			out.MayNot++
		}
	}
	return out, true
}

// posts are those a list gives somebody, as the rules see them.
func (f *Foresight) posts(p stafflist.Person) []member.Post {
	var out []member.Post
	for i, post := range append([]stafflist.Post{p.Main}, p.Others...) {
		out = append(out, member.Post{
			StaffGroup: post.StaffGroup, Role: post.Role, Site: post.Site, OrgCode: post.Organisation, Employer: f.employer,
			Category: string(post.Category), FTE: post.FTE, Main: i == 0, From: post.Start, To: post.End, ContractEnds: post.ContractEnd,
		})
	}
	return out
}

// Moves reports whether a change puts a member into another constituency.
func (f *Foresight) Moves(ctx context.Context, c stafflist.Change) (bool, error) {
	person, err := f.personOf(ctx, c.EmployeeNumber)
	if err != nil || person == "" {
		return false, err
	}
	file, err := f.house.Members.File(ctx, f.org, person)
	if err != nil {
		return false, err
	}
	now := file.Timeline.On(f.day)
	if now.State != member.Member {
		return false, nil
	}
	posts := f.posts(c.Person)
	for _, p := range file.Posts {
		if p.Employer != f.employer {
			posts = append(posts, p)
		}
	}
	then := member.StatusOn(f.day, member.Inputs{Book: f.book, Facts: file.Facts, Posts: posts})
	return then.State == member.Member && then.Constituency != now.Constituency, nil
}
