package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Page is the register ready to be laid out and printed: by surname, under
// letters, so that a name is found without a separate index (Companies Act 2006,
// s.115 asks for one above fifty members).
type Page struct {
	Organisation Organisation
	Title        string
	On           string // 21 November 2026
	Lead         string // how many, and who may see this
	Columns      []Column
	Sections     []Section
	Notes        []string
	// Law lists the citations behind the columns, each once.
	Law []string
}

// Section is the entries of one letter.
type Section struct {
	Letter string
	Lines  []Line
}

// Line is one entry in the order of the columns.
type Line struct {
	Number string // empty where the view has none
	Cells  []string
	Former bool
}

// Page lays the register out for print.
func (r Register) Page() Page {
	p := Page{
		Organisation: r.Organisation, Title: "Register of members", On: dayWords(r.Day), Lead: r.lead(),
		Columns: r.Columns, Notes: r.Notes(),
	}
	for _, c := range r.Columns {
		if note := c.Law.Note(); !slices.Contains(p.Law, note) {
			p.Law = append(p.Law, note)
		}
	}
	for _, e := range r.byName() {
		letter := e.letter()
		if n := len(p.Sections); n == 0 || p.Sections[n-1].Letter != letter {
			p.Sections = append(p.Sections, Section{Letter: letter})
		}
		s := &p.Sections[len(p.Sections)-1]
		l := Line{Number: number(e.Number), Former: e.Former(), Cells: make([]string, len(r.Columns))}
		for i, c := range r.Columns {
			l.Cells[i] = e.Words(c.Field)
		}
		s.Lines = append(s.Lines, l)
	}
	return p
}

func (r Register) lead() string {
	s := fmt.Sprintf("%s on %s", counted(r.Members(), "member", "members"), dayWords(r.Day))
	if n := r.Former(); n > 0 {
		s += ", and " + counted(n, "former member", "former members")
	}
	s += ". "
	if i, ok := r.Form.Inspection(r.View); ok {
		return s + i.Text
	}
	return s + "This is the whole register. It is for those who keep it."
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// byName are the entries by surname, whatever its accents and capitals.
func (r Register) byName() []Entry {
	type keyed struct {
		key string
		e   Entry
	}
	list := make([]keyed, len(r.Entries))
	for i, e := range r.Entries {
		list[i] = keyed{fold(cmp.Or(e.Family, e.Name)) + "\x00" + fold(e.Name), e}
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), a.e.Entered.Compare(b.e.Entered))
	})
	out := make([]Entry, len(list))
	for i, k := range list {
		out[i] = k.e
	}
	return out
}

// letter is the heading that the entry comes under: the initial of the surname.
func (e Entry) letter() string {
	if c, _ := utf8.DecodeRuneInString(fold(cmp.Or(e.Family, e.Name))); unicode.IsLetter(c) {
		return strings.ToUpper(string(c))
	}
	return "#"
}
