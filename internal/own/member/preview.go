package member

import (
	"cmp"
	"slices"

	"commonweal/law"
)

// ConstituencyPreview is what a set of constituencies does with the people of
// today: the staff and others whom the rule of the class fits or may fit, and its
// members.
type ConstituencyPreview struct {
	On     law.Date // the day that was looked at: today, or the first day if later
	People int
	Sizes  []Size // by position
	// Overlaps are pairs of rules that fit the same people. The first of the two
	// has them.
	Overlaps []Overlap
	None     int // people whom no rule fits: members of the class without constituency
	Unclear  int // people of whom we cannot tell
}

// Size is how many people a constituency has.
type Size struct {
	Code, Name string
	People     int
}

// Overlap is a pair of constituencies whose rules fit the same people.
type Overlap struct {
	First, Second string // codes
	People        int
	Examples      []string // ids of some of them
}

const maxExamples = 5

func previewConstituencies(b *Book, class string, starts, today law.Date, list []*dossier) ConstituencyPreview {
	out := ConstituencyPreview{On: later(today, starts)}
	set := b.set(class, out.On)
	sizes := make([]int, len(set))
	overlaps := map[[2]int]*Overlap{}
	for _, d := range list {
		of, ok := belongs(b, class, out.On, d)
		if !ok {
			continue
		}
		out.People++
		var fits []int
		unclear := false
		for k := range set {
			switch evaluate(set[k].rule, of).Verdict {
			case law.Holds:
				fits = append(fits, k)
			case law.CannotTell:
				unclear = unclear || len(fits) == 0
			}
		}
		switch {
		case unclear:
			out.Unclear++
		case len(fits) == 0:
			out.None++
		default:
			sizes[fits[0]]++
		}
		for i, first := range fits {
			for _, second := range fits[i+1:] {
				o := overlaps[[2]int{first, second}]
				if o == nil {
					o = &Overlap{First: set[first].Code, Second: set[second].Code}
					overlaps[[2]int{first, second}] = o
				}
				o.People++
				if len(o.Examples) < maxExamples {
					o.Examples = append(o.Examples, d.Person)
				}
			}
		}
	}
	for k := range set {
		out.Sizes = append(out.Sizes, Size{set[k].Code, set[k].Name, sizes[k]})
	}
	for _, o := range overlaps {
		out.Overlaps = append(out.Overlaps, *o)
	}
	slices.SortFunc(out.Overlaps, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second))
	})
	return out
}

// belongs reports whether somebody counts for the preview of a class, and with
// which particulars.
func belongs(b *Book, class string, on law.Date, d *dossier) (Particulars, bool) {
	in := d.inputs(b)
	if fitOn(in, class, on).Verdict == law.Fails {
		if s := StatusOn(on, in); s.State != Member || s.Class != class {
			return Particulars{}, false
		}
	}
	of := unknownParticulars
	of.Employment = No
	var main *Post
	for i, p := range d.posts {
		if p.holds(on) && (main == nil || p.before(*main)) {
			main = &d.posts[i]
		}
	}
	if main != nil {
		of = particularsOf(*main, on)
	}
	for _, f := range inForce(d.facts) {
		if f.Kind == AreaGiven && !f.Effective.After(on) {
			of.Area = f.Data
		}
	}
	return of, true
}

// ClassPreview is whom a version of a class fits.
type ClassPreview struct {
	On                 law.Date // the day that was looked at: today, or the first day if later
	Fits, Not, Unclear int      // people who are employed, or applied, or are members
	// Members are those of the class on that day; MembersNotFitting those of them
	// whom the rule does not fit.
	Members, MembersNotFitting int
}

func previewClass(b *Book, c Class, today law.Date, list []*dossier) ClassPreview {
	out := ClassPreview{On: later(today, c.Starts)}
	for _, d := range list {
		in := d.inputs(b)
		member := false
		if s := StatusOn(out.On, in); s.State == Member && s.Class == c.Code {
			member = true
			out.Members++
		}
		if len(d.facts) == 0 && !slices.ContainsFunc(d.posts, func(p Post) bool { return p.holds(out.On) }) {
			continue
		}
		switch fitOn(in, c.Code, out.On).Verdict {
		case law.Holds:
			out.Fits++
		case law.CannotTell:
			out.Unclear++
		default:
			out.Not++
			if member {
				out.MembersNotFitting++
			}
		}
	}
	return out
}

func later(a, b law.Date) law.Date {
	if a.Before(b) {
		return b
	}
	return a
}
