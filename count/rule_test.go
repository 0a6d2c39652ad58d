package count

import (
	"go/ast"
	reader "go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// Every rule says where it comes from, whether its words were seen, and what was
// chosen where they leave a choice; its parts differ where they must.
func TestRules_Complete(t *testing.T) {
	seen := map[string]bool{}
	prints := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] || r.Version < 1 || r.Name == "" || r.Method == "" {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
		if prints[r.Fingerprint()] || len(r.Fingerprint()) != 64 {
			t.Errorf("%s has the fingerprint %s", r.ID, r.Fingerprint())
		}
		prints[r.Fingerprint()] = true
		if len(r.Sources) == 0 || len(r.Readings) == 0 || r.Fillings == nil {
			t.Errorf("%s has no sources, readings or fillings", r.ID)
		}
		for _, s := range r.Sources {
			if s.Citation == "" || s.Checked == "" {
				t.Errorf("%s: %+v", r.ID, s)
			}
		}
		for _, g := range r.Readings {
			if g.Question == "" || g.Answer == "" || r.Ranked && g.Clause == "" {
				t.Errorf("%s: %+v", r.ID, g)
			}
		}
		found, err := FindRule(r.ID)
		if err != nil || found.Fingerprint() != r.Fingerprint() {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
	if _, err := FindRule("borda"); err == nil || !strings.Contains(err.Error(), "nhs-2014, nhs-2014-stage, ers97") {
		t.Error(err)
	}
}

// A published rule does not change. Whoever changes one gives it the next version
// and its fingerprint a line here, beside the old.
func TestRules_Fingerprints(t *testing.T) {
	known := map[string]string{}
	for _, r := range Rules() {
		if known[r.String()] != r.Fingerprint() {
			t.Errorf("%q: %q,", r.String(), r.Fingerprint())
		}
	}
}

// No floating point anywhere: no such type, no such literal, no package that works
// with it.
func TestSource_NoFloatingPoint(t *testing.T) {
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, entry := range names {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		read++
		fset := token.NewFileSet()
		file, err := reader.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch v := n.(type) {
			case *ast.Ident:
				if v.Name == "float64" || v.Name == "float32" || v.Name == "complex128" || strings.Contains(v.Name, "Float") {
					t.Errorf("%s: %s", fset.Position(v.Pos()), v.Name)
				}
			case *ast.BasicLit:
				if v.Kind == token.FLOAT || v.Kind == token.IMAG {
					t.Errorf("%s: %s", fset.Position(v.Pos()), v.Value)
				}
			case *ast.ImportSpec:
				if v.Path.Value == `"math"` || v.Path.Value == `"math/rand"` || v.Path.Value == `"math/rand/v2"` || v.Path.Value == `"time"` {
					t.Errorf("%s: imports %s", fset.Position(v.Pos()), v.Path.Value)
				}
			}
			return true
		})
	}
	if read < 20 {
		t.Errorf("only %d files were read", read)
	}
}
