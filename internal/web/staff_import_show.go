package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type staffReceiptPage struct {
	Tally   page.Tally
	Facts   page.Summary
	Rejects *page.Table
	Kept    string
	Gone    string
	People  page.Link
}

// staffImportShow is the receipt of a list that was applied.
func (s *Server) staffImportShow(v *visit) error {
	x, err := v.house.Staff.ImportByID(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	rejects, err := v.house.Staff.Rejects(v.ctx, v.org.ID, x.ID)
	if err != nil {
		return err
	}
	facts, err := v.importFacts(x)
	if err != nil {
		return err
	}
	p := staffReceiptPage{
		Facts: facts,
		Tally: page.Tally{Label: "What the list changed", Items: []page.Figure{
			{Value: number(x.Joiners), Label: said(page.Plural(x.Joiners, "joiner", "joiners"))},
			{Value: number(x.Leavers), Label: said(page.Plural(x.Leavers, "leaver", "leavers"))},
			{Value: number(x.Changes), Label: said(page.Plural(x.Changes, "change", "changes"))},
			{Value: number(x.Rejected), Label: "refused"},
			{Value: number(x.Unchanged), Label: "as before"},
		}},
	}
	if x.Joiners+x.Leavers+x.Changes > 0 {
		p.People = page.Link{Text: "See whom it changed", Href: "/staff/imports/" + x.ID + "/people"}
	}
	switch {
	case len(rejects) > 0:
		t := rejectsTable(rejects)
		p.Rejects = &t
		p.Kept = "Shown for seven days, so that they can be put right. Then they are deleted and only their number stays."
	case x.Rejected > 0:
		p.Gone = phrase(x.Rejected, "row was refused.", "rows were refused.") + " Which and why was shown for seven days and is deleted."
	}
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Kicker = "Receipt, staff list of " + dayInFull(x.AsAt)
	f.Heading = "The list was applied"
	f.Sentence = receiptSentence(x)
	if v.r.URL.Query().Get("applied") == "now" {
		f.Notice = page.Notice{Done: true, Text: fmt.Sprintf("The list is applied. It is entry %s of the record.", number(x.Entry))}
	}
	f.Data = p
	return v.show(http.StatusOK, "staff_import_show", f)
}

func receiptSentence(x staff.Import) string {
	n := x.Joiners + x.Leavers + x.Changes
	if n == 0 {
		return "The staff list stayed as it was. Nobody’s membership ended by it."
	}
	return fmt.Sprintf("%s changed on the staff list. Nobody’s membership ended by it.", page.Begin(count(n, "person", "people")))
}

func (v *visit) importFacts(x staff.Import) (page.Summary, error) {
	names, err := v.employerNames()
	if err != nil {
		return nil, err
	}
	by, err := v.nameOf(x.AppliedBy)
	if err != nil {
		return nil, err
	}
	rows := page.Summary{
		{Term: "Record", Fact: "Entry " + number(x.Entry), Change: page.Link{Text: "See it", Hidden: "in the record", Href: fmt.Sprintf("/record?before=%d", x.Entry+1)}},
		{Term: "Applied", Fact: v.moment(x.Applied) + ", by " + by},
		{Term: "File", Fact: orNone(x.FileName)},
		{Term: "Rows", Fact: number(x.Rows)},
		{Term: "Read as", Fact: profileInWords(x.Profile)},
		{Term: "Fingerprint of the file", Fact: grouped(x.SHA256)},
	}
	if len(names) > 1 {
		rows = append(rows, page.SummaryRow{Term: "Staff of", Fact: names[x.Employer]})
	}
	if x.Held > 0 {
		rows = append(rows, page.SummaryRow{Term: "Left as they were", Fact: count(x.Held, "person", "people") + ", because a row that may be theirs was refused"})
	}
	if len(x.Dropped) > 0 {
		rows = append(rows, page.SummaryRow{Term: "Dropped on reading", Fact: page.List(x.Dropped)})
	}
	if x.ConfirmedBy != "" {
		who, err := v.nameOf(x.ConfirmedBy)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.SummaryRow{Term: "Asked twice", Fact: "Confirmed by " + who})
	}
	return rows, nil
}

// profileInWords is what people call a profile.
func profileInWords(name string) string {
	switch name {
	case stafflist.ESR().Name:
		return "an export from ESR"
	case stafflist.Local().Name:
		return "a report with headings in words"
	}
	return "“" + name + "”"
}

// nameOf is who did something, by name.
func (v *visit) nameOf(person string) (string, error) {
	switch person {
	case "", "setup", "system", "rule":
		return "the program", nil
	}
	found, err := v.house.Identity.People(v.ctx, v.org.ID, []string{person})
	if err != nil {
		return "", err
	}
	p, ok := found[person]
	if !ok {
		return "somebody of another organisation", nil
	}
	return p.Name(), nil
}

// grouped writes a long fingerprint in groups of eight, which wrap and can be
// compared by eye.
func grouped(hash string) string {
	out := ""
	for i := 0; i < len(hash); i += 8 {
		if i > 0 {
			out += " "
		}
		out += hash[i:min(i+8, len(hash))]
	}
	return out
}

// staffImportPeople is whom a list changed, long after its dry run is gone.
func (s *Server) staffImportPeople(v *visit) error {
	x, err := v.house.Staff.ImportByID(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	var list []staff.Written
	err = v.house.Staff.WrittenBy(v.ctx, v.org.ID, x.ID, func(w staff.Written) error {
		list = append(list, w)
		return nil
	})
	if err != nil {
		return err
	}
	rows, pages := portion(v, list)
	t := page.Table{Caption: "Whom the list changed", Columns: []page.Column{{Head: "Name"}, {Head: "What"}, {Head: "Post as of then", Wide: true}}}
	for _, w := range rows {
		name := page.Cell{Text: w.Now.Name(), Href: "/staff/" + w.PersonID}
		if name.Text == "" {
			name.Text = "Details erased"
		}
		t.Rows = append(t.Rows, page.Row{name, {Text: v.whatHappened(w, x.AsAt)}, said0(postInShort(w.Now.Main.Role, w.Now.Main.Site))})
	}
	f := v.frame()
	f.Back = page.Link{Text: "Receipt", Href: "/staff/imports/" + x.ID}
	f.Kicker = "Staff list of " + dayInFull(x.AsAt)
	f.Heading = "Whom the list changed"
	if len(list) > 0 {
		f.Files = []page.Files{v.files("/staff/imports", "this list", v.today())}
	}
	f.Data = staffUploadListPage{Table: t, Pages: pages}
	return v.show(http.StatusOK, "staff_upload_list", f)
}

func (v *visit) whatHappened(w staff.Written, asAt law.Date) string {
	left := !w.Now.Main.End.IsZero() && !w.Now.Main.End.After(asAt)
	switch {
	case w.Was == nil:
		return "Joined"
	case left && w.Was.Main.End != w.Now.Main.End:
		return "Left on " + v.day(w.Now.Main.End)
	case !left && !w.Was.Main.End.IsZero() && !w.Was.Main.End.After(asAt):
		return "Came back"
	}
	return "Changed"
}

func postInShort(role, site string) string {
	if role == "" || site == "" {
		return role + site
	}
	return role + ", " + site
}

// staffImportList is every list that was applied, the last first.
func (s *Server) staffImportList(v *visit) error {
	list, err := v.house.Staff.Imports(v.ctx, v.org.ID, "", 1000)
	if err != nil {
		return err
	}
	rows, pages := portion(v, list)
	t := page.Table{Caption: "Staff lists", Columns: []page.Column{{Head: "List of"}, {Head: "What it changed", Wide: true}, {Head: "Applied"}}}
	for _, x := range rows {
		t.Rows = append(t.Rows, page.Row{
			{Text: dayInFull(x.AsAt), Href: "/staff/imports/" + x.ID}, {Text: importInShort(x)}, {Text: v.moment(x.Applied)},
		})
	}
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = "Staff lists that were loaded"
	f.Sentence = "Each is one entry in the record. None of them can be taken out again unseen."
	f.Data = staffUploadListPage{Table: t, Pages: pages}
	return v.show(http.StatusOK, "staff_upload_list", f)
}
