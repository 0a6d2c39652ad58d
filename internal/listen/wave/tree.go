package wave

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
)

// seat is where somebody in the census counts: codes of team and staff group, "" for none.
type seat struct{ Person, Unit, Group string }

// taken is a census: who is asked, and the tree that they are placed in.
type taken struct {
	seats    []seat // by person
	units    []Unit
	groups   []Group
	strata   []Stratum
	unplaced int
}

// take places the people of a census by the rules of a plan.
func take(p Plan, whole string, people []Placed) (taken, error) {
	t := taken{units: []Unit{{Code: Whole, Name: whole, Level: Organisation}}}
	if p.Whom == Members {
		people = slices.DeleteFunc(slices.Clone(people), func(x Placed) bool { return !x.Member })
	}
	groups := names(people, func(x Placed) string { return x.StaffGroup })
	for _, n := range groups.order {
		t.groups = append(t.groups, Group{Code: groups.code[n], Name: n})
	}
	var place func(x Placed) string
	if len(p.Rules) == 0 {
		sites := names(people, func(x Placed) string { return x.Site })
		for _, n := range sites.order {
			t.units = append(t.units, Unit{Code: sites.code[n], Name: n, PartOf: Whole, Level: Team})
		}
		place = func(x Placed) string { return sites.code[tidy(x.Site)] }
	} else {
		t.units = append(t.units, UnitsOf(p.Rules)...)
		place = func(x Placed) string { return PlaceOf(p.Rules, x) }
	}
	if len(t.units) > mostUnits+1 || len(t.groups) > mostGroups {
		return t, fault.Errorf(fault.Invalid, "the staff list makes %d units and %d staff groups: give a file of rules with fewer", len(t.units), len(t.groups))
	}
	counts := map[Stratum]int{}
	seen := map[string]bool{}
	for _, x := range people {
		if seen[x.Person] {
			return t, fmt.Errorf("person %s is in the census twice", x.Person)
		}
		seen[x.Person] = true
		s := seat{x.Person, place(x), groups.code[tidy(x.StaffGroup)]}
		t.seats = append(t.seats, s)
		counts[Stratum{Unit: s.Unit, Group: s.Group}]++
		if s.Unit == "" {
			t.unplaced++
		}
	}
	slices.SortFunc(t.seats, func(a, b seat) int { return strings.Compare(a.Person, b.Person) })
	for s, n := range counts {
		s.Eligible = n
		t.strata = append(t.strata, s)
	}
	slices.SortFunc(t.strata, func(a, b Stratum) int {
		return strings.Compare(a.Unit+"\x00"+a.Group, b.Unit+"\x00"+b.Group)
	})
	t.units, t.groups = tally(t.units, t.groups, t.strata)
	return t, nil
}

// tally puts the eligible of strata into units and groups.
func tally(units []Unit, groups []Group, strata []Stratum) ([]Unit, []Group) {
	units, groups = slices.Clone(units), slices.Clone(groups)
	above := map[string]string{}
	for i := range units {
		above[units[i].Code] = units[i].PartOf
		units[i].Eligible = 0
	}
	inUnit, inGroup := map[string]int{}, map[string]int{}
	for _, s := range strata {
		inGroup[s.Group] += s.Eligible
		inUnit[Whole] += s.Eligible
		for u := s.Unit; u != "" && u != Whole; u = above[u] {
			inUnit[u] += s.Eligible
		}
	}
	for i := range units {
		units[i].Eligible = inUnit[units[i].Code]
	}
	for i := range groups {
		groups[i].Eligible = inGroup[groups[i].Code]
	}
	return units, groups
}

func partOf(rules []Rule) map[string]bool {
	over := map[string]bool{}
	for _, r := range rules {
		over[r.PartOf] = r.PartOf != ""
	}
	return over
}

// GroupsOf gives names of staff groups, as often as they come, a code each, and tells the
// code of a name; "" is not said.
func GroupsOf(said []string) ([]Group, func(name string) string) {
	people := make([]Placed, len(said))
	for i, name := range said {
		people[i].StaffGroup = name
	}
	n := names(people, func(p Placed) string { return p.StaffGroup })
	var out []Group
	for _, name := range n.order {
		out = append(out, Group{Code: n.code[name], Name: name})
	}
	return out, func(name string) string { return n.code[tidy(name)] }
}

// UnitsOf are the directorates and teams of rules: each directorate in the order of its
// first row, and under it its teams.
func UnitsOf(rules []Rule) (out []Unit) {
	over := partOf(rules)
	seen := map[string]bool{}
	add := func(r Rule, l Level) {
		if !seen[r.Code] {
			seen[r.Code] = true
			u := Unit{Code: r.Code, Name: r.Name, PartOf: r.PartOf, Level: l}
			if u.PartOf == "" {
				u.PartOf = Whole
			}
			out = append(out, u)
		}
	}
	for _, r := range rules {
		if !over[r.Code] {
			continue
		}
		add(r, Directorate)
		for _, team := range rules {
			if team.PartOf == r.Code {
				add(team, Team)
			}
		}
	}
	for _, r := range rules {
		add(r, Team)
	}
	return out
}

// named are names in order, each with a code of its own.
type named struct {
	order []string
	code  map[string]string
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// names gathers the names that people have of something.
func names(people []Placed, of func(Placed) string) named {
	n := named{code: map[string]string{}}
	for _, p := range people {
		if name := tidy(of(p)); name != "" && n.code[name] == "" {
			n.code[name] = "-"
			n.order = append(n.order, name)
		}
	}
	slices.Sort(n.order)
	used := map[string]bool{}
	for _, name := range n.order {
		code := slug(name)
		for i := 2; used[code]; i++ {
			code = fmt.Sprintf("%s-%d", slug(name), i)
		}
		used[code] = true
		n.code[name] = code
	}
	return n
}

// censusHash is the SHA-256 over who is asked and where each counts, one line a person
// in order of their ids.
func censusHash(seats []seat) string {
	h := sha256.New()
	h.Write([]byte("commonweal/census/1\n"))
	for _, s := range seats {
		_, _ = fmt.Fprintf(h, "%s\t%s\t%s\n", s.Person, s.Unit, s.Group)
	}
	return hex.EncodeToString(h.Sum(nil))
}
