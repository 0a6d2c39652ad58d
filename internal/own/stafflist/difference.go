package stafflist

import (
	"fmt"
	"slices"
	"strings"

	"commonweal/law"
)

// comparables lists every field that is compared, how people read it, and how it
// is taken over.
var comparables = []struct {
	field Field
	read  func(Person) string
	take  func(into *Person, from Person)
}{
	{Given, func(p Person) string { return p.Given }, func(p *Person, q Person) { p.Given = q.Given }},
	{Family, func(p Person) string { return p.Family }, func(p *Person, q Person) { p.Family = q.Family }},
	{PreferredName, func(p Person) string { return p.PreferredName }, func(p *Person, q Person) { p.PreferredName = q.PreferredName }},
	{Email, func(p Person) string { return p.Email }, func(p *Person, q Person) { p.Email = q.Email }},
	{AssignmentNumber, func(p Person) string { return p.Main.AssignmentNumber }, func(p *Person, q Person) { p.Main.AssignmentNumber = q.Main.AssignmentNumber }},
	{StaffGroup, func(p Person) string { return p.Main.StaffGroup }, func(p *Person, q Person) { p.Main.StaffGroup = q.Main.StaffGroup }},
	{Role, func(p Person) string { return p.Main.Role }, func(p *Person, q Person) { p.Main.Role = q.Main.Role }},
	{Site, func(p Person) string { return p.Main.Site }, func(p *Person, q Person) { p.Main.Site = q.Main.Site }},
	{Organisation, func(p Person) string { return p.Main.Organisation }, func(p *Person, q Person) { p.Main.Organisation = q.Main.Organisation }},
	{Contract, func(p Person) string { return p.Main.Category.Label() }, func(p *Person, q Person) { p.Main.Category = q.Main.Category }},
	{FTE, func(p Person) string { return hundredths(p.Main.FTE) }, func(p *Person, q Person) { p.Main.FTE = q.Main.FTE }},
	{Start, func(p Person) string { return spoken(p.Main.Start) }, func(p *Person, q Person) { p.Main.Start = q.Main.Start }},
	{End, func(p Person) string { return spoken(p.Main.End) }, func(p *Person, q Person) { p.Main.End = q.Main.End }},
	{ContractEnd, func(p Person) string { return spoken(p.Main.ContractEnd) }, func(p *Person, q Person) { p.Main.ContractEnd = q.Main.ContractEnd }},
}

// merge returns what is known with what the list says laid over it. Fields the
// file does not have stay as they are.
func (c *comparison) merge(was, listed Person) Person {
	now := was
	for _, f := range comparables {
		if c.fields[f.field] {
			f.take(&now, listed)
		}
	}
	if !c.fields[End] && was.Main.End == c.plan.AsAt {
		// A file without leaving dates that has someone whose end is this very
		// day: the end came from a list of the same day that lacked them.
		now.Main.End = law.Date{}
	}
	if c.fields[OtherPosts] && !c.sameOthers(was.Others, listed.Others) {
		now.Others = listed.Others
	}
	return now
}

// differences says what changes from was to now.
func (c *comparison) differences(was, now Person) []Difference {
	var out []Difference
	for _, f := range comparables {
		if before, after := f.read(was), f.read(now); before != after {
			out = append(out, Difference{f.field, said(before), said(after)})
		}
	}
	if c.fields[OtherPosts] && !c.sameOthers(was.Others, now.Others) {
		out = append(out, Difference{OtherPosts, said(otherPosts(was.Others)), said(otherPosts(now.Others))})
	}
	return out
}

// sameOthers compares further posts in the fields the file has.
func (c *comparison) sameOthers(a, b []Post) bool {
	if len(a) != len(b) {
		return false
	}
	seen := func(posts []Post) []Post {
		out := make([]Post, len(posts))
		for i, post := range posts {
			masked := Person{}
			for _, f := range comparables {
				if c.fields[f.field] {
					f.take(&masked, Person{Main: post})
				}
			}
			out[i] = masked.Main
		}
		slices.SortFunc(out, comparePosts)
		return out
	}
	return slices.Equal(seen(a), seen(b))
}

// otherPosts names further posts in a line.
func otherPosts(posts []Post) string {
	names := make([]string, len(posts))
	for i, post := range posts {
		var parts []string
		for _, part := range []string{post.Role, post.Site, post.AssignmentNumber, hundredths(post.FTE)} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		names[i] = strings.Join(parts, ", ")
	}
	return strings.Join(names, "; ")
}

// hundredths writes 60 as 0.60, and nothing for none.
func hundredths(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// said shows an empty value as a word.
func said(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
