package stafflist

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"commonweal/law"
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

// earliestStart is before anyone now employed began; lists write 1 January 1900
// for "not known".
var earliestStart = law.NewDate(1945, time.January, 1)

// line reads one line into the list.
func (p *parser) line(l line) {
	p.list.Read++
	p.cells, p.row, p.rejects = l.cells, Row{Number: l.number}, p.rejects[:0]
	p.lastLen = len(l.cells)
	p.number()
	p.names()
	if l.fault != "" {
		p.refuse("", "", l.fault+" Export the list again.")
	} else if p.csv && (l.beyond || l.reaches(p.width)) {
		p.refuse("", "", "This row has more cells than there are headings, so they may have slipped. Export the list again with quotation marks.")
	}
	p.email()
	p.post()
	p.days()
	if len(p.rejects) == 0 {
		p.list.Rows = append(p.list.Rows, p.row)
		return
	}
	for _, r := range p.rejects {
		r.EmployeeNumber, r.Name, r.email = shown(p.row.EmployeeNumber), shown(p.row.Name()), p.row.Email
		p.list.Rejects = append(p.list.Rejects, r)
	}
}

// refuse adds a reason. The value is made fit to show.
func (p *parser) refuse(f Field, value, reason string) {
	p.rejects = append(p.rejects, Reject{Row: p.row.Number, Field: f, Value: strings.Clone(shown(value)), Reason: reason})
}

func (p *parser) note(f Field, text string) {
	p.list.Notes = append(p.list.Notes, Note{Row: p.row.Number, EmployeeNumber: shown(p.row.EmployeeNumber), Field: f, Text: text})
}

// raw returns the tidied cell of the field, without any NI number in it. The
// result does not hold on to the rest of the line.
func (p *parser) raw(f Field) string {
	column, ok := p.columns[f]
	if !ok || column >= len(p.cells) {
		return ""
	}
	value := tidy(p.cells[column])
	if value == "" {
		return ""
	}
	if clean, removed := withoutNINumbers(value); removed {
		p.note(f, f.Label()+" held an NI number. We took it out and did not keep it. "+strings.Replace(p.remedy, "Correct", "Delete", 1))
		value = clean
	}
	return strings.Clone(value)
}

// maxText is the longest name or title that is taken for one.
const maxText = 200

// text returns the cell of the field if it is fit to be kept, else refuses the row.
func (p *parser) text(f Field) string {
	value := p.raw(f)
	if value == "" {
		return ""
	}
	for _, r := range value {
		if r == utf8.RuneError {
			p.refuse(f, value, f.Label()+" "+quoted(value)+" has a damaged letter. Export the list again as UTF-8.")
			return value
		}
		if unprintable(r) {
			p.refuse(f, value, f.Label()+" "+quoted(value)+" holds a character that cannot be printed. "+strings.Replace(p.remedy, "Correct it", "Type it again", 1))
			return value
		}
	}
	if utf8.RuneCountInString(value) > maxText {
		p.refuse(f, value, f.Label()+" is longer than 200 letters. "+strings.Replace(p.remedy, "Correct", "Shorten", 1))
		return value
	}
	if sheetError(value) {
		p.refuse(f, value, f.Label()+" "+quoted(value)+" is an error of the spreadsheet. Mend the formula and save the list again.")
		return value
	}
	if strings.IndexByte("=+@", value[0]) >= 0 || value[0] == '-' && len(value) > 1 {
		p.note(f, f.Label()+" "+quoted(value)+" looks like a formula. We kept it as text.")
	}
	return value
}

// shared returns the text with one copy for all rows that say the same.
func (p *parser) shared(f Field) string {
	value := p.text(f)
	if one, ok := p.kept[value]; ok {
		return one
	}
	if len(p.kept) < keptDates {
		p.kept[value] = value
	}
	return value
}

func sheetError(s string) bool {
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

// maxNumber is longer than any employee number in use.
const maxNumber = 30

func (p *parser) number() {
	value := p.raw(EmployeeNumber)
	switch {
	case value == "":
		p.refuse(EmployeeNumber, "", "No employee number, so we cannot tell who this is. "+strings.Replace(p.remedy, "Correct", "Add", 1))
	case shortened(value):
		p.refuse(EmployeeNumber, value, "Employee number "+quoted(value)+" was shortened by a spreadsheet. Export the list again and keep the column as text.")
	case !numberLike(value):
		p.refuse(EmployeeNumber, value, "Employee number "+quoted(value)+" has signs that such a number does not have. "+p.remedy)
	default:
		p.row.EmployeeNumber = value
	}
	assignment := p.text(AssignmentNumber)
	p.row.AssignmentNumber = assignment
}

// numberLike allows letters, digits and the signs that divide them, and begins
// with a letter or digit, so that no formula is a number.
func numberLike(s string) bool {
	if len(s) > maxNumber || !isAlnum(s[0]) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) && strings.IndexByte("-/._", s[i]) < 0 {
			return false
		}
	}
	return true
}

// shortened recognises 2.04188E+07.
func shortened(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	if !ok {
		return false
	}
	_, err := strconv.ParseFloat(mantissa, 64)
	if err != nil {
		return false
	}
	_, err = strconv.Atoi(exponent)
	return err == nil
}

func (p *parser) names() {
	if _, ok := p.columns[FullName]; ok {
		p.fullName()
	} else {
		p.row.Given, p.row.Family = p.text(Given), p.text(Family)
	}
	p.row.PreferredName = p.text(PreferredName)
	if p.row.Family == "" {
		p.refuse(Family, "", "No surname. "+strings.Replace(p.remedy, "Correct", "Add", 1))
	}
}

var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "doctor": true, "prof": true,
	"professor": true, "rev": true, "reverend": true, "sir": true, "dame": true, "lady": true, "lord": true,
}

// fullName reads "Family, Title Given".
func (p *parser) fullName() {
	value := p.text(FullName)
	family, given, ok := strings.Cut(value, ",")
	p.row.Family = strings.TrimSpace(family)
	if value == "" {
		return
	}
	if !ok {
		p.refuse(FullName, value, "Full name "+quoted(value)+" has no comma, so we cannot tell the surname. Use one column for the surname and one for the first name.")
		return
	}
	parts := strings.Fields(given)
	for len(parts) > 1 && titles[strings.ToLower(strings.TrimSuffix(parts[0], "."))] {
		parts = parts[1:]
	}
	p.row.Given = strings.Join(parts, " ")
}

func (p *parser) email() {
	value := strings.ToLower(p.text(Email))
	if value == "" {
		return
	}
	p.row.Email = value
	if !emailLike(value) {
		p.row.Email = ""
		p.refuse(Email, value, "Email "+quoted(value)+" is not an email address. "+p.remedy)
	}
}

// emailLike takes a bare address whose domain has a dot.
func emailLike(s string) bool {
	if len(s) > 254 {
		return false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	return !strings.ContainsAny(local, "\" \\") && strings.Contains(strings.Trim(domain, "."), ".") && !strings.HasSuffix(domain, ".")
}

func (p *parser) post() {
	p.row.Role, p.row.Site, p.row.Organisation = p.shared(Role), p.shared(Site), p.shared(Organisation)
	if value := p.text(StaffGroup); value != "" {
		name, ok := p.groups.find(value)
		if !ok {
			p.refuse(StaffGroup, value, "Staff group "+quoted(value)+" is not known. "+p.didYouMean(p.groups.nearest(value), "staff groups"))
		}
		p.row.StaffGroup = name
	}
	p.category()
	p.fte()
	switch value := p.raw(Primary); strings.ToLower(value) {
	case "":
	case "yes", "y", "true", "1", "primary":
		p.row.Primary = Yes
	case "no", "n", "false", "0", "secondary":
		p.row.Primary = No
	default:
		p.refuse(Primary, value, "Main assignment "+quoted(value)+" is neither yes nor no. "+p.remedy)
	}
}

func (p *parser) didYouMean(suggestion, known string) string {
	if suggestion != "" {
		return "Did you mean " + suggestion + "?"
	}
	return strings.TrimSuffix(p.remedy, ".") + ", or add it to your " + known + "."
}

func (p *parser) category() {
	if value := p.text(Contract); value != "" {
		category, ok := findCategory(value)
		if !ok {
			suggestion := nearestCategory(value)
			reason := "Contract " + quoted(value) + " is not known. " + p.remedy
			if suggestion != "" {
				reason = "Contract " + quoted(value) + " is not known. Did you mean " + suggestion + "?"
			}
			p.refuse(Contract, value, reason)
		}
		p.row.Category = category
	}
	value := p.text(PersonType)
	if value == "" {
		return
	}
	switch kind, category := readPersonType(value); kind {
	case standingSpecial:
		p.row.Category = category
	case standingApplicant:
		p.refuse(PersonType, value, "This is an applicant, who is not employed yet. Leave applicants out of the list.")
		p.rejects[len(p.rejects)-1].nobody = true
	case standingGone:
		if p.raw(End) == "" {
			p.refuse(End, "", "Marked as "+quoted(value)+" but without a leaving date. "+strings.Replace(p.remedy, "Correct", "Add", 1))
		}
	case standingStaff:
	case standingUnknown:
		p.refuse(PersonType, value, "Person type "+quoted(value)+" is not known, so we cannot tell if this is an employee. "+p.remedy)
	}
}

// fte reads hundredths of whole time.
func (p *parser) fte() {
	value := p.raw(FTE)
	if value == "" {
		return
	}
	number := value
	switch {
	case p.decimal == ",":
		number = strings.Replace(value, ",", ".", 1)
	case p.decimal == "" && strings.Count(value, ",") == 1 && !strings.Contains(value, "."):
		number = strings.Replace(value, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || strings.ContainsAny(number, "xXpPiInN_") {
		p.refuse(FTE, value, "FTE "+quoted(value)+" is not a number. "+p.remedy)
		return
	}
	if n < 0 || n > 2 {
		p.refuse(FTE, value, "FTE "+quoted(value)+" is not between 0 and 2. If it is hours a week, choose another column. If not, c"+strings.TrimPrefix(p.remedy, "C"))
		return
	}
	p.row.FTE = int(n*100 + 0.5)
}

func (p *parser) days() {
	start, okStart := p.day(Start)
	end, okEnd := p.day(End)
	contractEnd, okContract := p.day(ContractEnd)
	p.row.Start, p.row.End, p.row.ContractEnd = start, end, contractEnd
	if !okStart {
		return
	}
	if start.IsZero() {
		p.refuse(Start, "", "No start date. "+strings.Replace(p.remedy, "Correct", "Add", 1))
		return
	}
	if start.Before(earliestStart) {
		p.refuse(Start, start.String(), "Start date "+spoken(start)+" is too long ago to be right. "+p.remedy)
		return
	}
	if okEnd && !end.IsZero() && end.Before(start) {
		p.refuse(End, end.String(), "Leaving date "+spoken(end)+" is before the start date "+spoken(start)+". "+p.remedy)
	}
	if okContract && !contractEnd.IsZero() && contractEnd.Before(start) {
		p.refuse(ContractEnd, contractEnd.String(), "Contract end date "+spoken(contractEnd)+" is before the start date "+spoken(start)+". "+p.remedy)
	}
}

// day reads a date. An empty cell is no date and no fault.
func (p *parser) day(f Field) (law.Date, bool) {
	value := p.raw(f)
	if value == "" {
		return law.Date{}, true
	}
	if day, ok := p.dates.read(value); ok {
		return day, true
	}
	if !p.csv {
		// A date cell whose format was lost still holds the day's number.
		if n, err := strconv.Atoi(value); err == nil && n > 16_000 && n < 80_000 {
			if day, ok := serialDay(float64(n), p.list.Source.from1904); ok {
				return day, true
			}
		}
	}
	p.refuse(f, value, f.Label()+" "+quoted(value)+" is not a date. "+p.remedy)
	return law.Date{}, false
}

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
