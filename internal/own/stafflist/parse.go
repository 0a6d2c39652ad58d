package stafflist

import (
	"strings"
)

// parser turns lines into rows and rejects.
type parser struct {
	list    List
	columns map[Field]int
	width   int // of the headings
	csv     bool
	dates   *dateReader
	groups  groupIndex
	decimal string
	remedy  string
	// kept holds each word that many rows share once.
	kept map[string]string

	// The row in hand.
	cells   []string
	row     Row
	rejects []Reject
	lastLen int
}

func newParser(o Options, m mapping, width int, source Source) (*parser, error) {
	dates, err := newDateReader(o.Profile.DateForms)
	if err != nil {
		return nil, err
	}
	groups := o.Groups
	if groups == nil {
		groups = StaffGroups()
	}
	p := &parser{
		columns: map[Field]int{}, width: width, csv: source.Kind == "CSV", dates: dates,
		groups: indexGroups(groups), decimal: o.Profile.Decimal, remedy: o.Profile.remedy(), kept: map[string]string{},
	}
	for _, c := range m.columns {
		p.columns[c.field] = c.column
	}
	p.list = List{Source: source, Fields: m.fields(), remedy: p.remedy}
	for _, d := range m.dropped {
		if d.Kind != "" {
			p.list.Dropped = append(p.list.Dropped, d)
		}
	}
	for _, d := range m.dropped {
		if d.Kind == "" {
			p.list.Dropped = append(p.list.Dropped, d)
		}
	}
	return p, nil
}

// line reads one line into the list.
func (p *parser) line(l line) {
	p.list.Read++
	p.cells, p.row, p.rejects = l.cells, Row{Number: l.number}, p.rejects[:0]
	p.lastLen = len(l.cells)
	switch {
	case l.fault != "":
		p.slipped(l.fault + " Export the list again.")
		return
	case p.csv && (l.beyond || l.reaches(p.width)):
		p.slipped("This row has more cells than there are headings, so they may have slipped. Export the list again with quotation marks.")
		return
	}
	p.number()
	p.names()
	p.email()
	p.post()
	p.days()
	if len(p.rejects) == 0 {
		p.list.Rows = append(p.list.Rows, p.row)
		return
	}
	for _, r := range p.rejects {
		r.EmployeeNumber, r.Name, r.email = shown(p.row.EmployeeNumber), shown(p.row.Name()), p.row.Email
		r.name = p.row.Name()
		p.list.Rejects = append(p.list.Rejects, r)
	}
}

// slipped refuses a row whose cells may stand under the wrong headings. Any of
// them may then be a birth date, so none is shown; number and name serve only to
// find whose row it may be.
func (p *parser) slipped(reason string) {
	notes := len(p.list.Notes)
	p.number()
	p.names()
	p.list.Notes = p.list.Notes[:notes]
	r := Reject{Row: p.row.Number, Reason: reason}
	if name := p.row.Name(); !strings.ContainsAny(name, "0123456789") && sensitiveValue(p.row.Given)+sensitiveValue(p.row.Family) == "" {
		r.name = name
	}
	if onlyDigits(p.row.EmployeeNumber) {
		r.EmployeeNumber = p.row.EmployeeNumber
	}
	p.list.Rejects = append(p.list.Rejects, r)
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// cutShort looks for signs that the file was not exported or sent to its end.
func (p *parser) cutShort(rows table) string {
	switch total := p.list.Read + 1; {
	case total == 65_536 || total == maxSheetRow:
		return "The list has exactly as many rows as a spreadsheet can hold, so it may be cut short."
	case p.list.Read == 0:
		return ""
	}
	if t, ok := rows.(*csvTable); ok && t.unended && p.lastLen < p.width {
		return "The last row stops before its last column, so the file may be cut short."
	}
	return ""
}
