package venture

import (
	"strconv"
	"strings"

	"commonweal/internal/own/member"
	"commonweal/law"
)

// Constituencies makes one constituency for the staff of each parent on a day, in
// the order of [On], for [member.Service.SaveConstituencies]. names are those of
// the parent organisations, by id; an id stands for one that is not there.
func Constituencies(parents []Parent, names map[string]string, day law.Date) []member.Constituency {
	var out []member.Constituency
	for i, p := range On(parents, day) {
		name := names[p.Org]
		if name == "" {
			name = p.Org
		}
		out = append(out, member.Constituency{
			Code: code(p.Org), Name: "Staff of " + name, Rule: EmployerRule(p.Org), Position: i + 1,
		})
	}
	return out
}

// EmployerRule is the rule that fits everybody whom one organisation employs.
func EmployerRule(org string) string { return "employer == " + strconv.Quote(org) }

// EmployersRule is the rule that fits everybody whom one of the parents on a day
// employs: the rule of the class of staff of the venture.
func EmployersRule(parents []Parent, day law.Date) string {
	var quoted []string
	for _, p := range On(parents, day) {
		quoted = append(quoted, strconv.Quote(p.Org))
	}
	return "employer in [" + strings.Join(quoted, ", ") + "]"
}

// code makes the code of a constituency from the id of an organisation.
func code(org string) string {
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		}
		return '-'
	}, org)
	for strings.Contains(out, "--") {
		out = strings.ReplaceAll(out, "--", "-")
	}
	out = "staff-of-" + strings.Trim(out, "-")
	return strings.Trim(out[:min(len(out), 40)], "-")
}
