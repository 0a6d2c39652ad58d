package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/web/page"
)

// conductPage is a page of sections.
type conductPage struct {
	Sections []conductSection
	Aside    []conductSection
}

// conductSection is a heading with what stands under it.
type conductSection struct {
	ID, Heading string
	Text        []string
	Show        []page.Component
	Links       page.Links
	Button      page.Button // leads somewhere, or sends an empty form to Post
	Post        string
	Pages       page.Pages
}

// Narrow reports whether a part of the section is read like text, and so gets no more
// than a line's length.
func (conductSection) Narrow(part page.Component) bool {
	switch part.(type) {
	case page.Defs, page.Summary, page.Panel, page.Details, page.Waits:
		return true
	}
	return false
}

// conductAct is a page with one act on it: what it is about, what is asked, what
// follows, one button.
type conductAct struct {
	Action   string
	Groups   []conductFields
	Summary  page.Summary
	Facts    page.Defs
	Sections []conductSection
	Effects  []string
	Hidden   []hiddenField
	Button   page.Button
	Cancel   page.Link
}

// conductFields are questions that belong together.
type conductFields struct {
	Heading string
	Text    string
	Fields  []page.Field
}

type hiddenField struct{ Name, Value string }

// ask makes one group of fields.
func ask(fields ...page.Field) []conductFields { return []conductFields{{Fields: fields}} }

// problems are those of all fields.
func (a conductAct) problems() []page.Error {
	var out []page.Error
	for _, g := range a.Groups {
		out = append(out, page.Problems(g.Fields...)...)
	}
	return out
}

// showAct shows a page with one act. wrong is what is about no field.
func (v *visit) showAct(status int, f page.Frame, a conductAct, wrong string) error {
	f.Errors = a.problems()
	if wrong != "" {
		f.Errors = append([]page.Error{{Message: wrong}}, f.Errors...)
	}
	if len(f.Errors) > 0 && status == http.StatusOK {
		status = http.StatusUnprocessableEntity
	}
	f.Data = a
	return v.show(status, "conduct_act", f)
}

// sections shows a page of sections, with an aside where there is one.
func (v *visit) sections(f page.Frame, p conductPage) error {
	return v.sectionsAt(http.StatusOK, f, p)
}

func (v *visit) sectionsAt(status int, f page.Frame, p conductPage) error {
	f.Data = p
	if len(p.Aside) > 0 {
		return v.show(status, "conduct_split", f)
	}
	return v.show(status, "conduct_page", f)
}

// settledStatus is that of a page about what is decided already: a form that comes
// for it did nothing.
func settledStatus(status int) int {
	if status == http.StatusOK {
		return status
	}
	return http.StatusConflict
}

// whyField asks for a reason that is kept.
func whyField(form url.Values, hint string) *page.TextArea {
	f := &page.TextArea{Name: "reason", Label: "Why?", Hint: hint, Rows: 3, Value: form.Get("reason")}
	if form != nil {
		f.Error = reasonMissing(form)
	}
	return f
}

func reasonMissing(form url.Values) string {
	if blank(form.Get("reason")) {
		return "Say why."
	}
	return ""
}

// doneNotice is the banner after an act.
func doneNotice(v *visit, known map[string]string) page.Notice {
	if text, ok := known[v.queried().Get("done")]; ok {
		return page.Notice{Done: true, Text: text}
	}
	return page.Notice{}
}

// queried is what an address asks.
func (v *visit) queried() url.Values { return v.r.URL.Query() }

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// spelled are facts too long to stand beside their terms on a phone.
func spelled(facts page.Defs) page.Summary {
	var out page.Summary
	for _, d := range facts {
		out = append(out, page.SummaryRow{Term: d.Term, Fact: d.Fact})
	}
	return out
}
