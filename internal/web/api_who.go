package web

import (
	"slices"
	"strings"
	"sync"

	"commonweal/internal/base/policy"
)

// whoMay says for whom an action is, in words, as policy answers it: "a
// secretary", "everybody who is signed in".
func whoMay(action policy.Action) string {
	roles := mayTable()[action]
	for _, role := range roles {
		switch role {
		case policy.Public:
			return "everybody"
		case policy.Applicant:
			return "everybody who is signed in"
		}
	}
	if len(roles) < manyRoles {
		return anyOf(roles)
	}
	var not []policy.Role
	for _, role := range policy.Roles() {
		if role != policy.Public && role != policy.Applicant && !slices.Contains(roles, role) {
			not = append(not, role)
		}
	}
	return "every member and officer, but not " + anyOf(not)
}

// manyRoles is from how many on it is shorter to say who may not.
const manyRoles = 9

func anyOf(roles []policy.Role) string {
	titles := make([]string, len(roles))
	for i, role := range roles {
		titles[i] = article(role.Title())
	}
	if n := len(titles); n > 1 {
		return strings.Join(titles[:n-1], ", ") + " or " + titles[n-1]
	}
	return strings.Join(titles, "")
}

// mayTable is the policy by action: the roles that alone suffice.
var mayTable = sync.OnceValue(func() map[policy.Action][]policy.Role {
	out := map[policy.Action][]policy.Role{}
	for _, cell := range policy.Matrix() {
		if cell.Kind == "" && cell.Answer.Allowed {
			out[cell.Action] = append(out[cell.Action], cell.Role)
		}
	}
	return out
})
