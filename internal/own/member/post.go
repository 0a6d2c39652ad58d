package member

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/law"
)

// Post is a post that one person holds, as the staff list told it between two
// days. A person who moves from one site to another has two of them, one after
// the other; a person with two jobs has two on the same day.
type Post struct {
	StaffGroup, Role, Site, OrgCode string
	Employer                        string // organisation id
	Category                        string // "permanent", "fixed_term", "bank", ...; see [Post.Employs]
	FTE                             int    // hundredths of whole time; 0 is not said
	Main                            bool   // the staff list calls it the main post
	From, To                        law.Date
	// Starts is the first day of the employment, when it is earlier than From
	// because particulars changed since. No date means From.
	Starts law.Date
	// ContractEnds is the last day of a fixed term; no date means not said.
	ContractEnds law.Date
}

// Staffing gives the staff lists. The room that keeps them implements it.
type Staffing interface {
	// Posts calls yield for every post, past, present and planned, of one
	// person, or of everybody when person is "". Posts of one person come
	// together. It reads in the transaction it is given.
	Posts(ctx context.Context, tx *db.Tx, org, person string, yield func(person string, post Post) error) error
}

// notEmployment are the categories of people who work here without being
// employed here: they are on staff lists, and rules may name them, but they are
// not employees and to become one of them is to leave employment.
var notEmployment = []string{"agency", "honorary", "non_executive", "secondee"}

// Employs reports whether the post is employment. Bank and locum posts are, and
// so is a post whose category the list does not say.
func (p Post) Employs() bool { return !slices.Contains(notEmployment, p.Category) }

// holds reports whether the post is held on the day.
func (p Post) holds(day law.Date) bool {
	return !day.Before(p.From) && (p.To.IsZero() || !day.After(p.To))
}

// begins is the first day of the employment the post belongs to.
func (p Post) begins() law.Date {
	if !p.Starts.IsZero() && p.Starts.Before(p.From) {
		return p.Starts
	}
	return p.From
}

// before orders the posts held on one day: the main one first, then the one
// with more hours, then the older one.
func (p Post) before(q Post) bool {
	switch {
	case p.Main != q.Main:
		return p.Main
	case p.FTE != q.FTE:
		return p.FTE > q.FTE
	}
	return p.From.Before(q.From)
}

// monthsBetween counts the whole months from the start of one day to the end of
// another: 1 January to 31 December is twelve.
func monthsBetween(first, last law.Date) int {
	end := last.AddDays(1)
	if end.Before(first) {
		return 0
	}
	y1, m1, _ := first.Civil()
	y2, m2, _ := end.Civil()
	n := (y2-y1)*12 + int(m2) - int(m1)
	if first.AddMonths(n).After(end) {
		n--
	}
	return max(n, 0)
}
