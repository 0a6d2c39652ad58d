package web_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

var updateDocument = flag.Bool("update-openapi", false, "write the golden file of the OpenAPI document")

const documentFile = "testdata/openapi.json"

// document is the OpenAPI document as a program gets it.
type document struct {
	OpenAPI    string
	Paths      map[string]map[string]documented
	Components struct {
		Schemas         map[string]map[string]any
		SecuritySchemes map[string]any
	}
}

type documented struct {
	OperationID string `json:"operationId"`
	Summary     string
	Description string
	Tags        []string
	Security    []map[string][]string
	Parameters  []struct {
		Ref      string `json:"$ref"`
		Name, In string
		Required bool
		Schema   map[string]any
	}
	RequestBody map[string]any `json:"requestBody"`
	Responses   map[string]struct {
		Ref         string `json:"$ref"`
		Description string
		Content     map[string]struct{ Schema map[string]any }
	}
}

func (s *site) document() (document, map[string]any, []byte) {
	s.t.Helper()
	r := (&program{site: s}).get("/api/openapi.json").want(http.StatusOK)
	var d document
	var raw map[string]any
	r.into(&d)
	r.into(&raw)
	return d, raw, r.Body
}

// The whole document is in a file, so that a change of what programs build on
// cannot pass as a detail of the code.
func TestOpenAPIIsAsReviewed(t *testing.T) {
	_, _, got := newSite(t).document()
	if *updateDocument {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(documentFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(documentFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the document has changed: run the test with -update-openapi, look at the difference and commit it%s", firstDifference(string(got), string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "\ngot:  " + g[i] + "\nwant: " + w[i]
		}
	}
	return ""
}

// The document holds together by the rules of OpenAPI 3.1 and JSON Schema
// 2020-12, as far as they concern what it uses.
func TestOpenAPIIsWellFormed(t *testing.T) {
	d, raw, _ := newSite(t).document()
	if d.OpenAPI != "3.1.0" {
		t.Errorf("openapi is %q", d.OpenAPI)
	}
	for _, name := range []string{"openapi", "info", "paths", "components"} {
		if raw[name] == nil {
			t.Errorf("%s is missing", name)
		}
	}
	checkRefs(t, raw, raw, "#")
	ids, placeholder := map[string]string{}, regexp.MustCompile(`\{(\w+)\}`)
	for path, methods := range d.Paths {
		for method, o := range methods {
			at := strings.ToUpper(method) + " " + path
			if o.OperationID == "" || ids[o.OperationID] != "" {
				t.Errorf("%s: operationId %q is missing or that of %s", at, o.OperationID, ids[o.OperationID])
			}
			ids[o.OperationID] = at
			if o.Summary == "" || len(o.Tags) != 1 || o.Tags[0] == "" || !strings.HasSuffix(o.Description, ".") {
				t.Errorf("%s: not described: %+v", at, o)
			}
			checkResponses(t, at, o)
			checkSecurity(t, at, o)
			want := map[string]bool{}
			for _, m := range placeholder.FindAllStringSubmatch(path, -1) {
				want[m[1]] = true
			}
			seen := map[string]bool{}
			for _, p := range o.Parameters {
				key := p.In + " " + p.Name
				if p.Ref == "" && (seen[key] || p.Schema == nil || p.In == "path" && (!want[p.Name] || !p.Required)) {
					t.Errorf("%s: parameter %s is there twice, has no schema, or is not in the path", at, key)
				}
				seen[key] = true
				delete(want, p.Name)
			}
			if len(want) > 0 {
				t.Errorf("%s: %v in the path is no parameter", at, want)
			}
			if (method == "post") != (o.RequestBody != nil) {
				t.Errorf("%s: a body where none is read, or none where one is", at)
			}
		}
	}
}

func checkResponses(t *testing.T, at string, o documented) {
	t.Helper()
	done := 0
	for code, r := range o.Responses {
		if r.Ref == "" && r.Description == "" {
			t.Errorf("%s: response %s has no description", at, code)
		}
		if strings.HasPrefix(code, "2") {
			done++
			if _, file := r.Content["application/zip"]; !file && r.Content["application/json"].Schema == nil {
				t.Errorf("%s: response %s has no schema", at, code)
			}
		}
	}
	if done != 1 {
		t.Errorf("%s: %d ways to succeed, want 1", at, done)
	}
}

// Whatever is not for everybody names a scope that a token can have: an
// operation that no token may use would be of no use.
func checkSecurity(t *testing.T, at string, o documented) {
	t.Helper()
	scopes := map[string]bool{}
	for _, s := range policy.Scopes() {
		scopes[s] = true
	}
	public := len(o.Security) == 2 && len(o.Security[0]) == 0
	if !public && (len(o.Security) != 1 || len(o.Security[0]["token"]) != 1 || !scopes[o.Security[0]["token"][0]]) {
		t.Errorf("%s: security %v names no scope", at, o.Security)
	}
}

// checkRefs follows every $ref and looks at the words of every schema.
func checkRefs(t *testing.T, root, node any, at string) {
	t.Helper()
	switch x := node.(type) {
	case map[string]any:
		if ref, ok := x["$ref"].(string); ok && resolve(root, ref) == nil {
			t.Errorf("%s: %s leads nowhere", at, ref)
		}
		if x["type"] == "array" && x["items"] == nil {
			t.Errorf("%s: an array of nothing", at)
		}
		if required, ok := x["required"].([]any); ok {
			properties, _ := x["properties"].(map[string]any)
			for _, name := range required {
				if properties[name.(string)] == nil {
					t.Errorf("%s: %s is required and has no schema", at, name)
				}
			}
		}
		for name, inner := range x {
			checkRefs(t, root, inner, at+"/"+name)
		}
	case []any:
		for _, inner := range x {
			checkRefs(t, root, inner, at+"/*")
		}
	}
}

func resolve(root any, ref string) any {
	path, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil
	}
	for part := range strings.SplitSeq(path, "/") {
		m, _ := root.(map[string]any)
		root = m[part]
	}
	return root
}

// Every operation is a route, and the other way round: the pages and the
// document cannot disagree about what there is.
func TestOpenAPIHasEveryRoute(t *testing.T) {
	s := newSite(t)
	d, _, _ := s.document()
	for path, methods := range d.Paths {
		for method := range methods {
			req := (&program{site: s}).request(strings.ToUpper(method), regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "0"), "{}")
			r := (&program{site: s}).do(req)
			var p struct{ Remedy string }
			if err := json.Unmarshal(r.Body, &p); err != nil {
				t.Errorf("%s %s: %s", method, path, r.Body)
			}
			if r.Status == http.StatusMethodNotAllowed || strings.Contains(p.Remedy, "openapi.json for what there is") {
				t.Errorf("%s %s is in the document and not on the server", method, path)
			}
		}
	}
}
