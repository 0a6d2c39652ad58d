package staff

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Post is one post that a person held, between two days, as the lists of one
// employer tell it. A change of particulars ends one and begins the next.
type Post struct {
	Employer   string // organisation id
	StaffGroup string
	Role       string
	Site       string
	OrgCode    string
	Category   stafflist.Category
	FTE        int  // hundredths of whole time; 0 is not said
	Main       bool // the list calls it the main post
	From, To   law.Date
	// Starts is the first day of the employment that the post is part of.
	Starts      law.Date
	ContractEnd law.Date
}

// posts makes the posts of one person on one list from all versions of it. The
// days of a post are those on which it was held, so a version that tells of the
// end of employment ends the post and begins none.
func posts(employer string, versions []Version) []Post {
	var out []Post
	for _, s := range Timeline(versions) {
		from, to := laterOf(s.From, s.Main.Start), firstEnd(s.To, s.Main.End)
		out = extend(out, post(employer, s.Main, from, to, s.Main.Start, true))
		for _, other := range s.Others {
			out = extend(out, post(employer, other, laterOf(from, other.Start), firstEnd(to, other.End), s.Main.Start, false))
		}
	}
	return out
}

func post(employer string, p stafflist.Post, from, to, starts law.Date, main bool) Post {
	return Post{
		Employer: employer, StaffGroup: p.StaffGroup, Role: p.Role, Site: p.Site, OrgCode: p.Organisation, Category: p.Category,
		FTE: p.FTE, Main: main, From: from, To: to, Starts: starts, ContractEnd: p.ContractEnd,
	}
}

// extend adds a post, or makes the last one that says the same longer where it
// follows without a gap: a change of name is no change of post.
func extend(list []Post, p Post) []Post {
	if !p.To.IsZero() && p.To.Before(p.From) {
		return list
	}
	for i, q := range slices.Backward(list) {
		if q.To.IsZero() || q.To.AddDays(1) != p.From {
			continue
		}
		q.From, q.To = p.From, p.To
		if q == p {
			list[i].To = p.To
			return list
		}
	}
	return append(list, p)
}

// firstEnd is the earlier of two last days, either of which may be open.
func firstEnd(a, b law.Date) law.Date {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	return earlierOf(a, b)
}

// Posts calls yield for every post, past, present and planned, of one person, or
// of everybody on the lists of the organisation when person is "". Posts of one
// person come together. It reads in the transaction it is given and needs nothing
// else of the service; yield must not use that transaction.
func (s *Service) Posts(ctx context.Context, tx *db.Tx, org, person string, yield func(person string, p Post) error) error {
	query := `SELECT s.id, s.person_id, s.employer_id, ` + versionColumns + ` FROM staff s JOIN staff_version v ON v.staff_id = s.id
		WHERE s.org_id = ?`
	args := []any{org}
	if person != "" {
		query, args = query+` AND s.person_id = ?`, append(args, person)
	}
	var of struct{ id, person, employer string }
	var versions []Version
	flush := func() error {
		for _, p := range posts(of.employer, versions) {
			if err := yield(of.person, p); err != nil {
				return err
			}
		}
		versions = versions[:0]
		return nil
	}
	r := newReader()
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var id, person, employer string
		var v Version
		if err := r.version(rows, &v, &id, &person, &employer); err != nil {
			return err
		}
		if id != of.id {
			if err := flush(); err != nil {
				return err
			}
			of.id, of.person, of.employer = id, person, employer
		}
		versions = append(versions, v)
		return nil
	}, query+` ORDER BY s.person_id, s.id, v.n`, args...)
	if err != nil {
		return err
	}
	return flush()
}
