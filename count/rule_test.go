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
	known := map[string]string{
		"nhs-2014 version 1":       "957ec1b11da8788a7fb0a2e8fd43216eaa40e9f3a54e84e48cc16c442f8d7963",
		"nhs-2014-stage version 1": "184fe2296a65c6891f5a4983368dcc412e5305ca94c36bfa8cf541fe11526d6c",
		"ers97 version 1":          "7b7b0943fca0ce6e4f83afa6f717a33dba9d3eb64ead03072ae8d1160085dd35",
		"scottish-2007 version 1":  "178a15c2e4a66856e935d358253ced37dfc82806ddfeeffde73c6b6bc5ea9915",
		"meek version 1":           "5f2e01f69f40740ac060709916f363f561538b361c8e2833d3cf59927e605460",
		"meek-shared version 1":    "694558c01c5156464b4b71fbc4efc58ad2a946e5ce26c972a9a6e6556aa001d8",
		"fptp version 1":           "1eaef62399da769b4df75c9d7aa7146546e7ac0eeed30bb7bc46271bed154db5",
		"choose-k version 1":       "bf3f92a11217f1f1eba7ae2e9a39dcb22d37d4583aa4e046bd8afa3d1a6ae93e",
		"approval version 1":       "856dc618ed3a3be661654cda41794facc66fbcd0d6d8106de9c229ed0def15fb",
	}
	for _, r := range Rules() {
		if known[r.String()] != r.Fingerprint() {
			t.Errorf("%q: %q,", r.String(), r.Fingerprint())
		}
	}
}

// A rule that no method can carry out is refused, not counted somehow.
func TestCount_WrongRule(t *testing.T) {
	b := papers(t, 2, 1, "3 1", "2 2")
	for _, r := range []Rule{{}, {ID: "x", Method: "borda"}, {ID: "x", Method: Gregory, Decimals: 3}, {ID: "x", Method: Keep, Decimals: 6}} {
		if _, err := Count(b, r, Options{}); err == nil {
			t.Errorf("%+v was counted", r)
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
