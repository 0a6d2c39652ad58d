package web

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// Every page that takes a form names the operations by which a program does the
// same, asked by the same right; or it stands in the list of those for which there
// is none, with the reason.
func TestProgramsDoWhatPagesDo(t *testing.T) {
	known := map[string]operation{}
	for _, o := range operations() {
		known[o.id] = o
	}
	pages := map[string]policy.Action{}
	for _, r := range (&Server{}).routes() {
		if method, path, _ := strings.Cut(r.pattern, " "); method != http.MethodGet && !strings.HasPrefix(path, apiRoot) {
			pages[r.pattern] = r.action
		}
	}
	for page, action := range pages {
		ids, reason := byProgram[page], pagesAlone[page]
		if (len(ids) > 0) == (reason != "") {
			t.Errorf("%s: an operation does the same (%v) or there is a reason why none does (%q): one of the two", page, ids, reason)
		}
		for _, id := range ids {
			switch o, ok := known[id]; {
			case !ok:
				t.Errorf("%s: there is no operation %s", page, id)
			case o.action != action:
				t.Errorf("%s is asked as %s, and %s as %s", page, action, id, o.action)
			}
		}
		if inside, asksAgain := askedInside[page]; asksAgain {
			action = inside
		}
		if reason == inPerson && policy.ScopeOf(action) != "" {
			t.Errorf("%s: a token may %s with the scope %s, and no operation does it", page, action.Does(), policy.ScopeOf(action))
		}
	}
	for page := range byProgram {
		if _, ok := pages[page]; !ok {
			t.Errorf("%s takes no form", page)
		}
	}
	for page := range pagesAlone {
		if _, ok := pages[page]; !ok {
			t.Errorf("%s takes no form", page)
		}
	}
}

// askedInside is what the handlers of pages ask policy that depend on the office.
var askedInside = map[string]policy.Action{"POST /officers/appoint": policy.OfficerAppoint, "POST /officers/{id}/end": policy.OfficerEnd}

// Every operation that changes something does what some page does, or is among
// those that programs alone need.
func TestPagesDoWhatProgramsDo(t *testing.T) {
	named := map[string]bool{}
	for _, ids := range byProgram {
		for _, id := range ids {
			named[id] = true
		}
	}
	for _, o := range operations() {
		if o.method == http.MethodPost && named[o.id] == (programsAlone[o.id] != "") {
			t.Errorf("%s: a page does the same, or there is a reason why none does: one of the two", o.id)
		}
	}
}
