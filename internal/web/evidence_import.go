package web

import (
	"net/http"
	"strconv"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type importPage struct {
	Facts     page.Defs
	Rejected  *page.Table
	Pages     page.Pages
	Files     page.Links
	Replacing page.Link
	Source    string
}

const rejectionsAPage = 100

// evidenceImport shows one imported file and what of it did not fit. With .csv
// or .json after the id it is a file of the rejections.
func (s *Server) evidenceImport(v *visit) error {
	id, file := v.fileCode("id")
	i, rejections, err := v.house.Published.ImportByID(v.ctx, id)
	if err != nil {
		return err
	}
	if file {
		return v.sendRejections(i, rejections)
	}
	f := v.frame()
	f.Back, f.Kicker, f.Heading = page.Link{Text: "Imported files", Href: "/evidence/imports"}, i.Source.Name, i.Source.FileName
	f.Sentence = importSentence(i)
	p := importPage{Source: i.Source.Licence, Facts: page.Defs{
		{Term: "Imported", Fact: v.moment(i.Imported)},
		{Term: "Rows read", Fact: number(i.Rows)},
		{Term: "Organisations and parts of England", Fact: number(i.Organisations)},
		{Term: "Measures", Fact: number(i.Measures)},
		{Term: "Values", Fact: number(i.Values)},
		{Term: "Hidden by the publisher", Fact: number(i.Hidden)},
		{Term: "In force", Fact: number(i.Kept)},
		{Term: "Entry in the record of " + i.Org, Fact: number(i.Entry)},
		{Term: "SHA-256 of the file", Fact: i.Source.SHA256},
	}}
	if i.ReplacedBy != "" {
		p.Replacing = page.Link{Text: "What replaced it", Href: "/evidence/imports/" + i.ReplacedBy}
	}
	if len(rejections) > 0 {
		p.Files = fileLinks("/evidence/imports/"+i.ID, "", "All that was left out")
		at, _ := strconv.Atoi(v.r.URL.Query().Get("page")) // anything else is the first page
		p.addRejections(i, rejections, at)
	}
	f.Data = p
	return v.show(http.StatusOK, "evidence_import", f)
}

func importSentence(i published.Import) string {
	stored := count(i.Values+i.Hidden, "figure was", "figures were") + " stored. "
	if i.Values+i.Hidden == 0 {
		stored = count(i.Organisations, "organisation was", "organisations were") + " stored. "
	}
	if i.Rejected == 0 {
		return stored + "Everything in the file fitted."
	}
	return stored + count(i.Rejected, "part of the file did not fit and was left out.", "parts of the file did not fit and were left out.")
}

func (p *importPage) addRejections(i published.Import, all []published.Rejection, at int) {
	pages := (len(all) + rejectionsAPage - 1) / rejectionsAPage
	at = min(max(at, 1), pages)
	t := page.Table{Caption: "What did not fit", Columns: []page.Column{{Head: "Where"}, {Head: "Column"}, {Head: "Why", Wide: true}, {Head: "What became of it", Wide: true}}}
	from := (at - 1) * rejectionsAPage
	for _, r := range all[from:min(from+rejectionsAPage, len(all))] {
		t.Rows = append(t.Rows, page.Row{{Text: rejectionPlace(r)}, {Text: orWhole(r.Field)}, {Text: r.Reason}, {Text: r.Remedy}})
	}
	p.Rejected = &t
	if pages < 2 {
		return
	}
	here := "/evidence/imports/" + i.ID + "?page="
	p.Pages.Place = "Page " + number(at) + " of " + number(pages)
	if at > 1 {
		p.Pages.Prev = here + strconv.Itoa(at-1)
	}
	if at < pages {
		p.Pages.Next = here + strconv.Itoa(at+1)
	}
}

// rejectionPlace says where in the file something stood.
func rejectionPlace(r published.Rejection) string {
	switch {
	case r.Sheet != "" && r.Row > 0:
		return "Sheet " + r.Sheet + ", row " + number(r.Row)
	case r.Sheet != "":
		return "Sheet " + r.Sheet
	}
	return "Row " + number(r.Row)
}

func orWhole(s string) string {
	if s == "" {
		return "the whole of it"
	}
	return s
}

// rejectionLine is one thing that did not fit, for a program.
type rejectionLine struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy"`
}

func (v *visit) sendRejections(i published.Import, all []published.Rejection) error {
	lines := []rejectionLine{}
	csv := newSheet("Sheet", "Row", "Column", "Why", "What became of it", "Source")
	for _, r := range all {
		lines = append(lines, rejectionLine{r.Sheet, r.Row, r.Field, r.Reason, r.Remedy})
		csv.add(r.Sheet, strconv.Itoa(r.Row), r.Field, r.Reason, r.Remedy, i.Source.Name)
	}
	if v.wantsJSON() {
		return v.sendJSON("rejected-"+i.ID, lines)
	}
	return v.sendCSV("rejected-"+i.ID, csv)
}
