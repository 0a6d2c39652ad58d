package web

import (
	"net/http"
	"strconv"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type importsPage struct {
	Empty *page.Panel
	Table page.Table
	Files page.Links
	Load  page.Links
}

// evidenceImports lists the imported files, for those who may import.
func (s *Server) evidenceImports(v *visit) error {
	list, err := v.house.Published.Imports(v.ctx)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back, f.Heading = evidenceBack, "Imported files"
	p := importsPage{Files: fileLinks("/evidence/imports", "", "This list"), Load: page.Links{{Text: "Load a published file", Href: "/evidence/imports/new"}}}
	if len(list) == 0 {
		p.Empty = evidenceEmpty()
		f.Data = p
		return v.show(http.StatusOK, "evidence_imports", f)
	}
	inForce, rejected := 0, 0
	p.Table = page.Table{Caption: "Imported files, the newest first", Columns: []page.Column{
		{Head: "File"},
		{Head: "What it is"},
		{Head: "Imported"},
		{Head: "Values", Number: true},
		{Head: "Hidden by the publisher", Number: true},
		{Head: "Rejected", Number: true},
		{Head: "State"},
	}}
	for _, i := range list {
		if i.InForce() {
			inForce++
			rejected += i.Rejected
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{
			{Text: i.Source.FileName, Href: "/evidence/imports/" + i.ID},
			{Text: i.Source.Name},
			{Text: v.moment(i.Imported)},
			{Text: number(i.Values)},
			{Text: number(i.Hidden)},
			{Text: number(i.Rejected)},
			{Text: importState(i)},
		})
	}
	f.Sentence = "Figures from " + count(inForce, "file", "files") + " are in force. "
	if rejected == 0 {
		f.Sentence += "Everything in them fitted."
	} else {
		f.Sentence += count(rejected, "part of them did not fit and was left out.", "parts of them did not fit and were left out.")
	}
	f.Data = p
	return v.show(http.StatusOK, "evidence_imports", f)
}

// importState says whether pages still show what a file said.
func importState(i published.Import) string {
	switch {
	case !i.InForce():
		return "replaced"
	case i.Kept < i.Values+i.Hidden:
		return "in part replaced"
	}
	return "in force"
}

// importLine is one imported file, for a program.
type importLine struct {
	ID         string `json:"id"`
	File       string `json:"file"`
	SHA256     string `json:"sha256"`
	Kind       string `json:"kind"`
	Source     string `json:"source"`
	Licence    string `json:"licence"`
	Imported   string `json:"imported"`
	Values     int    `json:"values"`
	Hidden     int    `json:"hidden"`
	Rejected   int    `json:"rejected"`
	InForce    int    `json:"in_force"`
	ReplacedBy string `json:"replaced_by,omitempty"`
	Record     string `json:"record"`
	Entry      int64  `json:"entry"`
}

// evidenceImportsFile is the list as CSV or JSON.
func (s *Server) evidenceImportsFile(v *visit) error {
	list, err := v.house.Published.Imports(v.ctx)
	if err != nil {
		return err
	}
	lines := []importLine{}
	csv := newSheet("File", "SHA-256", "Kind", "What it is", "Imported", "Values", "Hidden", "Rejected", "In force", "State", "Record", "Entry", "Licence")
	for _, i := range list {
		lines = append(lines, importLine{
			ID: i.ID, File: i.Source.FileName, SHA256: i.Source.SHA256, Kind: string(i.Format), Source: i.Source.Name, Licence: i.Source.Licence,
			Imported: i.Imported, Values: i.Values, Hidden: i.Hidden, Rejected: i.Rejected, InForce: i.Kept, ReplacedBy: i.ReplacedBy, Record: i.Org, Entry: i.Entry,
		})
		csv.add(i.Source.FileName, i.Source.SHA256, string(i.Format), i.Source.Name, i.Imported, strconv.Itoa(i.Values), strconv.Itoa(i.Hidden),
			strconv.Itoa(i.Rejected), strconv.Itoa(i.Kept), importState(i), i.Org, strconv.FormatInt(i.Entry, 10), i.Source.Licence)
	}
	if v.wantsJSON() {
		return v.sendJSON("published-imports", lines)
	}
	return v.sendCSV("published-imports", csv)
}
