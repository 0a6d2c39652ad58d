package web

import (
	"bytes"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

// layoutRoutes load published files by their layout, looking first if that is wanted.
func (s *Server) layoutRoutes() []route {
	const at = "/evidence/imports/new"
	return []route{
		{pattern: "GET " + at, action: policy.PublishedImport, serve: s.layoutNew},
		{pattern: "POST " + at, action: policy.PublishedImport, serve: s.layoutNewDo, upload: staffUpload},
	}
}

func init() {
	byProgram["POST /evidence/imports/new"] = []string{"importPublished"}
}

// layoutPage asks for a published file; after a look it says what would be kept.
type layoutPage struct {
	File     page.Upload
	Do       page.Radios
	Kinds    []string
	Looked   string // what a look found; empty before
	Rejected *page.Table
	More     int // that do not fit, beyond those in the table
}

func layoutForm(values url.Values) layoutPage {
	p := layoutPage{
		File: page.Upload{Name: "file", Label: "The file", Hint: "As it was published: CSV, or a workbook (.xlsx or .xlsm). 64 MB at most.", Accept: ".csv,.xlsx,.xlsm"},
		Do: page.Radios{Name: "do", Legend: "What shall be done with it?", Value: "look", Options: []page.Option{
			{Value: "look", Label: "Look only: say what would be kept, and what does not fit"}, {Value: "keep", Label: "Keep what fits"},
		}},
	}
	if do := values.Get("do"); do != "" {
		p.Do.Value = do
	}
	for _, f := range published.Formats() {
		p.Kinds = append(p.Kinds, page.Begin(f.String()))
	}
	return p
}

func (v *visit) showLayout(status int, p layoutPage) error {
	f := v.frame()
	f.Back, f.Heading = page.Link{Text: "Imported files", Href: "/evidence/imports"}, "Load a published file"
	f.Sentence = "What a file is follows from its headings. Rows that fit are kept; the others are listed with the reason. What was published before stays to be read."
	f.Errors = page.Problems(p.File, p.Do)
	f.Data = p
	return v.show(status, "indicator_layout", f)
}

// layoutNew asks for the file.
func (s *Server) layoutNew(v *visit) error { return v.showLayout(http.StatusOK, layoutForm(nil)) }

// layoutNewDo looks at it, or keeps it.
func (s *Server) layoutNewDo(v *visit) error {
	sent, values, err := v.sent()
	p := layoutForm(values)
	refuse := func(why string) error {
		p.File.Error = why
		return v.showLayout(http.StatusUnprocessableEntity, p)
	}
	if refusable(err) {
		v.refusedAt(err, &p.File.Error, map[string]*string{"file": &p.File.Error})
		return v.showLayout(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	if len(sent.content) == 0 {
		if sent.name != "" {
			return refuse("The file is empty. Choose the one that was published.")
		}
		return refuse("Choose the file.")
	}
	if p.Do.Value != "look" && p.Do.Value != "keep" {
		p.Do.Error = "Say what shall be done with the file."
		return v.showLayout(http.StatusUnprocessableEntity, p)
	}
	file := published.File{Name: fileName(sent.name), Content: bytes.NewReader(sent.content), Size: int64(len(sent.content))}
	report, rejected, err := v.house.Published.Try(v.ctx, file)
	if err != nil {
		// Whatever is wrong while nothing is kept is wrong with the file.
		return refuse(page.Begin(clip(err.Error(), 300)) + ".")
	}
	p.add(report, rejected)
	if p.Do.Value == "look" {
		return v.showLayout(http.StatusOK, p)
	}
	out, err := v.house.Published.Import(v.ctx, v.actor.Person, v.org.ID, file, nil)
	switch {
	case fault.Is(err, fault.Invalid):
		return refuse("Nothing in the file fits. The reasons are below.")
	case fault.Is(err, fault.Conflict):
		return refuse("Another organisation on this machine keeps the published figures. Ask it to load the file.")
	case err != nil:
		return err
	}
	return v.redirect("/evidence/imports/" + out.Import.ID)
}

// add says what a look found.
func (p *layoutPage) add(r published.Report, rejected []published.Rejection) {
	p.Looked = page.Begin(r.Format.String()) + ": " + count(r.Values+r.Suppressed, "figure", "figures") + " of " + count(r.Organisations, "organisation", "organisations") +
		" would be kept, " + number(r.Suppressed) + " of them hidden by the publisher."
	if r.Passed > 0 {
		p.Looked += " " + count(r.Passed, "row is", "rows are") + " not of one organisation as a whole and would be passed over."
	}
	if len(rejected) == 0 {
		p.Looked += " Everything else fits."
		return
	}
	t := page.Table{Caption: "What does not fit", Columns: []page.Column{{Head: "Where"}, {Head: "Column"}, {Head: "Why", Wide: true}, {Head: "What becomes of it", Wide: true}}}
	for _, one := range rejected[:min(len(rejected), rejectionsAPage)] {
		t.Rows = append(t.Rows, page.Row{{Text: rejectionPlace(one)}, {Text: orWhole(one.Field)}, {Text: one.Reason}, {Text: one.Remedy}})
	}
	p.Rejected, p.More = &t, max(0, len(rejected)-rejectionsAPage)
}
