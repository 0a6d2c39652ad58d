package web

import (
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

// Whoever looks for somebody types a name, and a name does not belong in an
// address: addresses stay in the history of a shared computer and in the logs of
// what stands between. A search is therefore sent as a form. The words go into the
// reader's own browser for the minutes that the search takes, see keepDraft, under
// an id that is all the address says of them. What is no personal data, such as a
// class or a day, stays in the address.

// searches are the lists in which somebody is looked for, each with what else its
// form asks.
var searches = []struct {
	path    string
	action  policy.Action
	filters []string
}{
	{"/staff", policy.StaffView, []string{"group", "on"}},
	{"/register", policy.RegisterView, []string{"class", "constituency", "show", "on"}},
	{"/register/inspect", policy.RegisterInspect, nil},
	{"/register/new", policy.MemberApplyFor, nil},
	{"/officers/appoint", policy.OfficerView, []string{"role"}},
	{"/shares/holdings", policy.ShareViewAny, []string{"class", "on"}},
	{"/shares/certificates", policy.CertificateViewAny, nil},
}

// searchRoutes take the forms of the searches.
func (s *Server) searchRoutes() []route {
	var out []route
	for _, x := range searches {
		out = append(out, route{pattern: "POST " + x.path + "/find", action: x.action, serve: func(v *visit) error { return v.find(x.path, x.filters) }})
	}
	return out
}

// longestWords is how much of what was typed is looked for.
const longestWords = 100

// find leads from the form of a search to the list with what was found.
func (v *visit) find(path string, filters []string) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	to := url.Values{}
	for _, name := range filters {
		if value := clip(strings.TrimSpace(form.Get(name)), longestWords); value != "" {
			to.Set(name, value)
		}
	}
	if slices.Contains(filters, "on") {
		v.dayInto(to, form)
	}
	words := clip(strings.Join(strings.Fields(form.Get("q")), " "), longestWords)
	if words != "" {
		id := v.house.World.ID()
		if err := v.keepDraft(searchDraft(path), url.Values{"id": {id}, "by": {v.actor.Person}, "q": {words}}); err != nil {
			return err
		}
		to.Set("find", id)
	}
	if len(to) == 0 {
		return v.redirect(path)
	}
	return v.redirect(path + "?" + to.Encode())
}

// dayInto puts the day of a form into an address: as one date, or as it was typed
// where it is none, so that the page says what to put right.
func (v *visit) dayInto(to, form url.Values) {
	field := page.DateField{Name: "on"}
	field.Fill(form)
	day, ok := readDay(&field, "day", false)
	switch {
	case !ok:
		field.Fill(form)
		for part, typed := range map[string]string{"on-day": field.Day, "on-month": field.Month, "on-year": field.Year} {
			to.Set(part, clip(typed, 20))
		}
	case !day.IsZero() && day != v.today():
		to.Set("on", day.String())
	}
}

func searchDraft(path string) string { return "find" + strings.ReplaceAll(path, "/", "-") }

// sought are the words that somebody looks for in a list, or "" for all of it. It
// reports false where the address has the id of a search that the browser does not
// keep any more: it was long ago, or another one followed.
func (v *visit) sought(path string) (words string, kept bool) {
	id := v.searchID()
	if id == "" {
		return "", true
	}
	draft, ok := v.draft(searchDraft(path))
	if !ok || draft.Get("id") != id || draft.Get("by") != v.actor.Person {
		return "", false
	}
	return draft.Get("q"), true
}

// searchID is what the address says of a search.
func (v *visit) searchID() string { return v.r.URL.Query().Get("find") }

const searchLost = "We no longer have what you looked for. Type it again."

// searchField is the question for the words, with those that were typed. They are
// kept for as long again, because the search goes on.
func (v *visit) searchField(path, label string) page.Text {
	words, kept := v.sought(path)
	field := page.Text{Name: "q", Label: label, Type: "search", Value: words, Verbatim: true}
	switch {
	case !kept:
		field.Error = searchLost
	case words != "":
		v.lend(searchDraft(path), v.lent(searchDraft(path)))
	}
	return field
}
