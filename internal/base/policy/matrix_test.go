package policy_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

var update = flag.Bool("update", false, "write the matrix file")

const matrixFile = "testdata/matrix.txt"

// The whole table is in a file, so that a change of who may do what cannot pass
// as a detail of the code.
func TestMatrixIsAsReviewed(t *testing.T) {
	got := policy.Text()
	if *update {
		if err := os.WriteFile(matrixFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(matrixFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("who may do what has changed: look at it, then run the test with -update\ngot:\n%s", got)
	}
}

// Whoever is refused is told why in a sentence, and without our jargon.
func TestEveryAnswerHasAReason(t *testing.T) {
	for _, c := range policy.Matrix() {
		reason := c.Answer.Reason
		if len(reason) < 15 || !strings.HasSuffix(reason, ".") || reason[0] < 'A' || reason[0] > 'Z' {
			t.Errorf("%s by %s: %q is not a sentence", c.Action, c.Role, reason)
		}
		if strings.ContainsAny(reason, "_!%") || strings.Contains(reason, string(c.Action)) {
			t.Errorf("%s by %s: %q is not plain English", c.Action, c.Role, reason)
		}
		if c.Answer.Rule == "" {
			t.Errorf("%s by %s: no rule", c.Action, c.Role)
		}
	}
}

func TestTableIsWellFormed(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+\.[a-z]+(_[a-z]+)*$`)
	seen := map[policy.Action]bool{}
	for _, a := range policy.Actions() {
		if !name.MatchString(string(a)) || seen[a] || a.Does() == "" {
			t.Errorf("action %q is malformed, there twice, or does nothing", a)
		}
		seen[a] = true
	}
	for _, a := range constants(t) {
		if !seen[policy.Action(a)] {
			t.Errorf("action %q is a constant but not in the table: nobody may ever do it", a)
		}
		delete(seen, policy.Action(a))
	}
	for a := range seen {
		t.Errorf("action %q is in the table and has no constant", a)
	}
	for _, r := range policy.Roles() {
		if r.About() == "" || r.Title() == "" || strings.Contains(r.Title(), "_") {
			t.Errorf("role %s has no words for people", r)
		}
	}
	for _, s := range policy.Scopes() {
		if !regexp.MustCompile(`^(read|write):[a-z]+$`).MatchString(s) {
			t.Errorf("scope %q is malformed", s)
		}
	}
}

// Nothing that shows personal content is open to the platform administrator:
// who runs the machine reads none of what people entrusted to the mutual.
func TestPlatformAdministratorSeesNothingPersonal(t *testing.T) {
	forbidden := regexp.MustCompile(`^(member|roll|nomination|petition|share|stake|certificate|staff|register|person|officer\.view|record\.(export|entry_view)|notice\.(send|delivery_view))`)
	open := map[policy.Action]bool{policy.RegisterInspectRequest: true, policy.MemberClassView: true}
	for _, c := range policy.Matrix() {
		if c.Role == policy.PlatformAdministrator && c.Answer.Allowed && forbidden.MatchString(string(c.Action)) && !open[c.Action] {
			t.Errorf("the platform administrator may %s (%s)", c.Action.Does(), c.Action)
		}
	}
}

// Each role may do something that the public may not, or it is no role.
func TestEveryRoleMaySomething(t *testing.T) {
	more := map[policy.Role]bool{}
	for _, c := range policy.Matrix() {
		if c.Answer.Allowed && c.Answer.Rule != policy.RulePublic {
			more[c.Role] = true
		}
	}
	for _, r := range policy.Roles() {
		if more[r] != (r != policy.Public) {
			t.Errorf("role %s: more than the public: %v", r, more[r])
		}
	}
}

// constants are the values of the Action constants in the source.
func constants(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "action.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		return true
	})
	return out
}
