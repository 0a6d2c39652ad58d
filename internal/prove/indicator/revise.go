package indicator

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/spc"
)

// Change is one thing in which a revision of a definition differs from the one before.
type Change struct{ What, Was, Now string }

// Changes are all in which two revisions differ, in words.
func Changes(was, now Definition) (out []Change) {
	whole := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, c := range []Change{
		{"Name", was.Name, now.Name},
		{"What it tells", was.About, now.About},
		{"What is counted", was.Numerator, now.Numerator},
		{"Out of", was.Denominator, now.Denominator},
		{"In every", whole(was.Per), whole(now.Per)},
		{"Better is", Better(was.Direction), Better(now.Direction)},
		{"After a figure", was.Unit, now.Unit},
		{"Decimals", strconv.Itoa(was.Decimals), strconv.Itoa(now.Decimals)},
		{"Source", was.Source, now.Source},
		{"Licence", was.Licence, now.Licence},
		{"It holds from", was.Starts.String(), now.Starts.String()},
		{"It ended", was.Closed.String(), now.Closed.String()},
		{"A figure", string(was.Kind), string(now.Kind)},
		{"A figure each", string(was.Every), string(now.Every)},
		{"Each speaks of", whole(was.Covers), whole(now.Covers)},
	} {
		if c.Was != c.Now {
			out = append(out, c)
		}
	}
	return out
}

// Better says which way is better.
func Better(d spc.Direction) string {
	switch d {
	case spc.Up:
		return "higher"
	case spc.Down:
		return "lower"
	}
	return "neither way"
}

// follows refuses a revision under which the figures that are there would not be of one
// series any more.
func (d Definition) follows(was Definition) error {
	const own = "give it a code of its own"
	_, began, _ := was.Starts.Civil()
	_, begins, _ := d.Starts.Civil()
	switch {
	case was.Every != d.Every || was.Covers != d.Covers || was.Kind != d.Kind:
		return fault.Fieldf("every", "measure %s is another measure if its figures speak of other periods or come about otherwise: "+own, d.Code)
	case was.Per != d.Per:
		return fault.Fieldf("per", "measure %s has figures in every %d: one in every %d is another measure, "+own, d.Code, was.Per, d.Per)
	case d.Every == Year && began != begins:
		return fault.Fieldf("starts", "the years of measure %s begin in %s: one whose years begin in %s is another measure, "+own, d.Code, began, begins)
	}
	return nil
}
