package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A closed list names every constant of its type and nothing else: a value added
// in a room would otherwise be refused when it is sent, and be wrong in answers.
func TestClosedListsAreWhole(t *testing.T) {
	for typ, values := range closedLists {
		path, ok := strings.CutPrefix(typ.PkgPath(), "commonweal/")
		if !ok {
			t.Errorf("%s is none of ours", typ)
			continue
		}
		declared := constantsOf(t, filepath.Join("..", "..", filepath.FromSlash(path)), typ.Name())
		given := slices.Sorted(slices.Values(values))
		slices.Sort(declared)
		if !slices.Equal(declared, given) {
			t.Errorf("%s: the room declares %v, the interface knows %v", typ, declared, given)
		}
	}
}

// constantsOf are the values of a type's constants in the source of a package.
func constantsOf(t *testing.T, dir, typ string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if ident, ok := spec.Type.(*ast.Ident); !ok || ident.Name != typ {
				return true
			}
			for _, value := range spec.Values {
				if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
						out = append(out, text)
					}
				}
			}
			return true
		})
	}
	return out
}
