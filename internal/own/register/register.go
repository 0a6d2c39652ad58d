package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/law"
)

// Full is the view of whoever keeps the register: everything.
const Full law.Audience = ""

// Organisation is whose register it is.
type Organisation struct {
	Code, Name   string
	RegisteredNo string
	Office       string // registered office
}

// Source is what a register is made of.
type Source struct {
	Organisation Organisation
	// Rows are the times of membership that had begun by the day.
	Rows []member.Row
	// Ledger may be nil where there are no shares.
	Ledger *share.Ledger
	// Withheld are the ids of members who asked to be left out of what is shown.
	Withheld map[string]bool
}

// Register is the register of members at the end of a day, or a view of it.
type Register struct {
	Organisation Organisation
	Form         *law.Form
	Day          law.Date
	View         law.Audience // Full for the register itself
	Columns      []Column
	Entries      []Entry
	// Expired counts former members whose time in the register is over.
	Expired int
	// Astray counts members' holdings that belong to nobody in the register.
	Astray int
	// LeftOut counts members who asked to be left out of the view.
	LeftOut int

	withheld map[string]bool
	ledger   *share.Ledger
	numbers  map[string]int // of all who ever were members, by member id
}

// New makes the register of a day. It is in order of number and of the day
// entered; members who have no number yet come last.
func New(form *law.Form, day law.Date, in Source) Register {
	r := Register{Organisation: in.Organisation, Form: form, Day: day, Columns: columns(form), withheld: in.Withheld, ledger: in.Ledger, numbers: map[string]int{}}
	held := holdings(in.Ledger, day)
	rows := slices.Clone(in.Rows)
	slices.SortStableFunc(rows, byNumber)
	placed := 0
	for i, row := range rows {
		r.numbers[row.MemberID] = row.Number
		if row.Entered.After(day) {
			continue
		}
		e := r.entry(row)
		// Shares stand with the last time of membership of whoever holds them.
		if row.MemberID != "" && (i+1 == len(rows) || rows[i+1].MemberID != row.MemberID || rows[i+1].Entered.After(day)) {
			e.ByClass = held[row.MemberID]
			placed += len(e.ByClass)
		}
		for _, h := range e.ByClass {
			e.Shares += h.Quantity
			e.PaidPence += h.Pence
		}
		if r.expired(e) {
			r.Expired++
			continue
		}
		r.Entries = append(r.Entries, e.only(r.Columns).with(e))
	}
	for _, list := range held {
		r.Astray += len(list)
	}
	r.Astray -= placed
	return r
}

// with puts back the organisation's own marks of an entry.
func (e Entry) with(own Entry) Entry {
	e.Number, e.MemberID, e.Person, e.Unclear = own.Number, own.MemberID, own.Person, own.Unclear
	return e
}

func byNumber(a, b member.Row) int {
	if (a.Number == 0) != (b.Number == 0) {
		return cmp.Compare(b.Number, a.Number)
	}
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Person, b.Person), a.Entered.Compare(b.Entered))
}

func (r *Register) entry(row member.Row) Entry {
	e := Entry{
		Number: row.Number, MemberID: row.MemberID, Person: row.Person, Unclear: row.Unclear,
		Name: row.Name, Family: row.Family, PostalAddress: line(row.PostalAddress), Email: row.Email,
		MemberClass: row.ClassName, Constituency: row.ConstituencyName, Entered: row.Entered,
	}
	if !row.Ceased.IsZero() && !row.Ceased.After(r.Day) {
		e.Ceased = row.Ceased
	}
	e.ServiceAddress = e.PostalAddress
	if officeServes(r.Form) {
		e.ServiceAddress = line(r.Organisation.Office)
	}
	if e.Email != "" {
		e.EmailPurposes = "notices"
	}
	return e
}

// expired reports whether an entry has been kept as long as the form says. Nobody
// who still holds shares leaves the register.
func (r *Register) expired(e Entry) bool {
	if !e.Former() || e.Shares > 0 {
		return false
	}
	until, limited := r.Form.Retention.Until(e.Ceased)
	return limited && r.Day.After(until)
}

func holdings(l *share.Ledger, day law.Date) map[string][]Holding {
	out := map[string][]Holding{}
	if l == nil {
		return out
	}
	for _, h := range l.HoldingsOn(day) {
		name := h.Class
		if c, ok := l.Class(h.Class); ok {
			name = c.Name
		}
		out[h.Member] = append(out[h.Member], Holding{Class: name, Quantity: h.Quantity, Pence: h.Pence})
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b Holding) int { return cmp.Compare(a.Class, b.Class) })
	}
	return out
}

// line puts an address on one line.
func line(address string) string {
	var parts []string
	for _, p := range strings.FieldsFunc(address, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if p = strings.Trim(strings.TrimSpace(p), ","); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// Members and Former count the entries.
func (r Register) Members() int { return len(r.Entries) - r.Former() }

// Former counts the entries of memberships that had ended.
func (r Register) Former() int {
	n := 0
	for _, e := range r.Entries {
		if e.Former() {
			n++
		}
	}
	return n
}

// unclear counts the entries of which we cannot tell; views do not show which.
func (r Register) unclear() int {
	n := 0
	for _, e := range r.Entries {
		if e.Unclear {
			n++
		}
	}
	return n
}

// Notes say in sentences what a reader of the register has to know.
func (r Register) Notes() []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range r.Columns {
		if c.Note != "" && !seen[c.Note] {
			seen[c.Note] = true
			var of []string
			for _, same := range r.Columns {
				if same.Note == c.Note {
					of = append(of, same.Heading)
				}
			}
			out = append(out, strings.Join(of, ", ")+": "+c.Note)
		}
	}
	if r.Expired > 0 {
		out = append(out, fmt.Sprintf("%s left the register because they had been kept as long as it asks: %s",
			plural(r.Expired, "entry of a former member has", "entries of former members have"), r.Form.Retention.Text))
	}
	if r.LeftOut > 0 {
		out = append(out, fmt.Sprintf("%s asked to be left out of what is shown.", plural(r.LeftOut, "member has", "members have")))
	}
	if n := r.unclear(); n > 0 {
		out = append(out, fmt.Sprintf("Of %d we cannot tell on that day whether membership goes on. Their own pages say what is missing.", n))
	}
	if r.Astray > 0 && r.View == Full {
		out = append(out, fmt.Sprintf("%s to nobody in the register. Look at the share ledger.", plural(r.Astray, "holding of shares belongs", "holdings of shares belong")))
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "One " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
