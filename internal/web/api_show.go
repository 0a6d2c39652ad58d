package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type apiPage struct {
	Try    page.Verify
	Scopes []apiScope
}

// apiScope is one scope with what a token that has it can ask.
type apiScope struct {
	Title, Note string
	Operations  []apiLine
}

// apiLine is one operation. The address is in pieces, so that a narrow screen
// can break it where it may.
type apiLine struct {
	Summary, Method string
	Path            []string
	For             string
}

// apiShow explains the programming interface to somebody who writes a program.
func (s *Server) apiShow(v *visit) error {
	f := v.frame()
	f.Heading = "For programs"
	f.Sentence = "What these pages do, a program can do in your name, as far as you let it."
	base := v.house.Address
	f.Data = apiPage{
		Try: page.Verify{
			ID: "try", Title: "Try it", Intro: "Put these into a terminal. The first needs no token.",
			Steps: []page.Command{
				{Title: "Ask what everybody may know", Label: "Command to ask for the organisation", Text: "curl " + base + apiRoot + "/organisation"},
				{
					Title: "Ask who you are, with your token in place of cw_...", Label: "Command to ask who you are",
					Text: "curl -H 'Authorization: Bearer cw_...' " + base + apiRoot + "/me",
				},
				{Title: "Get the description that programs read", Label: "Command to get the OpenAPI document", Text: "curl -o commonweal.json " + base + "/api/openapi.json"},
			},
			After: "The description is an OpenAPI 3.1 document. It is made from the program itself, so it says what the program does. " +
				"A token never does more than its owner may. Whoever has yours acts as you, so keep it as you keep a password.",
		},
		Scopes: apiScopes(),
	}
	return v.show(http.StatusOK, "api_show", f)
}

// apiScopes lists the operations by the scope that they need.
func apiScopes() []apiScope {
	byScope := map[string][]operation{}
	for _, o := range operations() {
		scope := policy.ScopeOf(o.action)
		byScope[scope] = append(byScope[scope], o)
	}
	var out []apiScope
	for _, scope := range append([]string{"-"}, policy.Scopes()...) {
		if len(byScope[scope]) == 0 {
			continue
		}
		x := apiScope{Title: scope}
		if scope == "-" {
			x.Title, x.Note = "No token", "Anybody may ask these."
		}
		for _, o := range byScope[scope] {
			line := apiLine{Summary: o.summary, Method: o.method, Path: strings.SplitAfter(apiRoot+o.path, "/")}
			if scope != "-" {
				line.For = whoMay(o.action)
			}
			x.Operations = append(x.Operations, line)
		}
		out = append(out, x)
	}
	return out
}
