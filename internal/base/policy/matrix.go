package policy

import (
	"fmt"
	"sort"
	"strings"
)

// Cell is one answer of the table: may a holder of the role alone do the
// action to something of their own organisation, their own where it is an own
// thing?
type Cell struct {
	Role   Role
	Action Action
	Kind   string // of the resource, where the rule depends on it
	Answer Decision
}

// Matrix is every action by every role, in the order of the table.
func Matrix() []Cell {
	var out []Cell
	for _, action := range Actions() {
		for _, kind := range kinds(action) {
			for _, role := range Roles() {
				out = append(out, Cell{role, action, kind, ask(role, action, kind)})
			}
		}
	}
	return out
}

func kinds(action Action) []string {
	out := []string{""}
	for kind := range byKind[action] {
		out = append(out, kind)
	}
	sort.Strings(out)
	return out
}

func ask(role Role, action Action, kind string) Decision {
	a := Actor{Org: "organisation"}
	if role != Public {
		a.Person, a.Roles = "person", []Role{role}
	}
	on := a.Inside()
	if action.IsOwn() {
		on = a.Own()
	}
	on.Kind = kind
	return Allow(a, action, on)
}

// letters are the heads of the columns of [Text].
var letters = map[Role]string{
	Public: "pub", Applicant: "app", Member: "mem", PatientMember: "pat", Secretary: "sec", ReturningOfficer: "ret",
	Registrar: "rgr", Teller: "tel", Trustee: "key", Scrutineer: "scr", EngagementLead: "eng", Director: "dir", CouncilMember: "cou", StaffSide: "uni", SpinOutLead: "spi",
	Commissioner: "com", ProgrammeOfficer: "pro", Regulator: "reg", PlatformAdministrator: "adm",
}

// Text writes the matrix as a table: "yes", "own" (only one's own) or a dot.
func Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-42s", "")
	for _, role := range Roles() {
		fmt.Fprintf(&b, " %-3s", letters[role])
	}
	b.WriteString("  token scope\n")
	n := len(Roles())
	cells := Matrix()
	for i := 0; i < len(cells); i += n {
		name := string(cells[i].Action)
		if cells[i].Kind != "" {
			name += "[" + cells[i].Kind + "]"
		}
		fmt.Fprintf(&b, "%-42s", name)
		for _, cell := range cells[i : i+n] {
			fmt.Fprintf(&b, " %-3s", answer(cell))
		}
		scope := index[cells[i].Action].scope
		if scope == noToken {
			scope = "never"
		}
		b.WriteString("  " + scope + "\n")
	}
	return b.String()
}

func answer(cell Cell) string {
	switch {
	case !cell.Answer.Allowed:
		return "."
	case cell.Answer.Rule == RuleOwn:
		return "own"
	}
	return "yes"
}
