package wave

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/prose"
)

// Wrong is one thing that is wrong with a file of rules, and what to do about it.
type Wrong struct {
	Row    int    // of the file, the heading is 1; 0 for the file as a whole
	Field  string // heading of the column, or ""
	Why    string // a sentence
	Remedy string // a sentence
}

func (w Wrong) String() string {
	where := "the file"
	if w.Row > 0 {
		where = fmt.Sprintf("row %d", w.Row)
	}
	if w.Field != "" {
		where += ", " + w.Field
	}
	return where + ": " + w.Why + " " + w.Remedy
}

// Headings are those of a file of rules, in order.
var Headings = []string{"code", "name", "part_of", "site", "staff_group", "job_role"}

const (
	mostRuleBytes = 1 << 20
	mostWrong     = 50
)

// ReadRules reads the rules of units from CSV with the headings code, name, part_of,
// site, staff_group and job_role, in any order. It gives the rules or everything that is
// wrong, up to fifty things.
func ReadRules(r io.Reader) ([]Rule, []Wrong) {
	raw, err := io.ReadAll(io.LimitReader(r, mostRuleBytes+1))
	switch {
	case err != nil:
		return nil, []Wrong{{Why: "It cannot be read.", Remedy: "Send it again."}}
	case len(raw) > mostRuleBytes:
		return nil, []Wrong{{Why: "It is larger than 1 MB.", Remedy: "A row is one rule; a few hundred are enough."}}
	case !utf8.Valid(raw):
		return nil, []Wrong{{Why: "It is not UTF-8 text.", Remedy: "Save it as \"CSV UTF-8\"."}}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	c := csv.NewReader(bufio.NewReader(bytes.NewReader(raw)))
	c.FieldsPerRecord = -1
	heads, err := c.Read()
	if err != nil {
		return nil, []Wrong{{Why: "It has no row of headings.", Remedy: "Begin with: " + strings.Join(Headings, ",") + "."}}
	}
	at, wrong := columns(heads)
	if len(wrong) > 0 {
		return nil, wrong
	}
	var rules []Rule
	rows := []int{}
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		row, _ := c.FieldPos(0)
		if err != nil {
			return nil, append(wrong, Wrong{Row: row, Why: "It is not CSV: " + plainCSV(err) + ".", Remedy: "Put a field with commas or quotes into quotes."})
		}
		if len(fields) != len(heads) {
			wrong = append(wrong, Wrong{Row: row, Why: fmt.Sprintf("It has %d fields and the headings are %d.", len(fields), len(heads)), Remedy: "Give each row as many fields, empty ones too."})
			continue
		}
		get := func(name string) string { return strings.Join(strings.Fields(fields[at[name]]), " ") }
		rules = append(rules, Rule{get("code"), get("name"), get("part_of"), get("site"), get("staff_group"), get("job_role")})
		rows = append(rows, row)
	}
	wrong = append(wrong, checkRules(rules, func(i int) int { return rows[i] })...)
	if len(wrong) > 0 {
		return nil, wrong[:min(len(wrong), mostWrong)]
	}
	return rules, nil
}

// plainCSV is what a CSV reader says without the place, which is said already.
func plainCSV(err error) string {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// columns finds each heading's place.
func columns(heads []string) (map[string]int, []Wrong) {
	at := map[string]int{}
	var wrong []Wrong
	for i, h := range heads {
		h = strings.ToLower(strings.TrimSpace(h))
		_, twice := at[h]
		switch {
		case !slices.Contains(Headings, h):
			wrong = append(wrong, Wrong{Row: 1, Field: h, Why: "There is no such heading.", Remedy: "Use: " + strings.Join(Headings, ",") + "."})
		case twice:
			wrong = append(wrong, Wrong{Row: 1, Field: h, Why: "The heading is there twice.", Remedy: "Take one of the columns out."})
		}
		at[h] = i
	}
	for _, h := range Headings {
		if _, ok := at[h]; !ok {
			wrong = append(wrong, Wrong{Row: 1, Field: h, Why: "The heading is missing.", Remedy: "Use: " + strings.Join(Headings, ",") + "."})
		}
	}
	return at, wrong
}

// checkRules finds what is wrong with rules; row tells where each stands.
func checkRules(rules []Rule, row func(i int) int) (wrong []Wrong) {
	add := func(i int, field, remedy, why string, args ...any) {
		wrong = append(wrong, Wrong{Row: row(i), Field: field, Why: fmt.Sprintf(why, args...), Remedy: remedy})
	}
	over := map[string]bool{} // codes that others are part of
	for _, r := range rules {
		over[r.PartOf] = r.PartOf != ""
	}
	first := map[string]Rule{}
	for i, r := range rules {
		switch {
		case !codeForm.MatchString(r.Code) || len(r.Code) > longestCode || r.Code == Whole:
			add(i, "code", "Use small letters, digits and hyphens, and not \"all\".", "The code %q cannot be used.", r.Code)
			continue
		case r.Name == "" || prose.Longer(r.Name, longestTitle) || prose.Plain("name", r.Name) != nil:
			add(i, "name", "Give the name as people know it, in plain text.", "The name %q cannot be used.", r.Name)
		case over[r.Code] && r.PartOf != "":
			add(i, "part_of", "A directorate is part of the whole organisation: leave part_of empty.", "%s is a directorate, for others are part of it.", r.Code)
		case over[r.Code] && r.Site+r.StaffGroup+r.Role != "":
			add(i, "site", "Leave site, staff_group and job_role of a directorate empty: it has the people of its teams.", "%s is a directorate, for others are part of it.", r.Code)
		}
		if was, seen := first[r.Code]; seen {
			switch {
			case over[r.Code]:
				add(i, "code", "Give a directorate one row.", "The directorate %s is there twice.", r.Code)
			case was.Name != r.Name:
				add(i, "name", "Give every rule of one team the same name.", "%s is called %q here and %q before.", r.Code, r.Name, was.Name)
			case was.PartOf != r.PartOf:
				add(i, "part_of", "Put every rule of one team under the same directorate.", "%s is part of %q here and of %q before.", r.Code, r.PartOf, was.PartOf)
			}
			continue
		}
		first[r.Code] = r
	}
	for i, r := range rules {
		if _, ok := first[r.PartOf]; r.PartOf != "" && !ok {
			add(i, "part_of", "Give the directorate a row of its own.", "There is no directorate %q.", r.PartOf)
		}
	}
	if len(first) > mostUnits {
		wrong = append(wrong, Wrong{Why: fmt.Sprintf("It has %d units.", len(first)), Remedy: fmt.Sprintf("At most %d can be handled.", mostUnits)})
	}
	slices.SortStableFunc(wrong, func(a, b Wrong) int { return a.Row - b.Row })
	return wrong
}

// WriteRules writes rules as the CSV that [ReadRules] reads.
func WriteRules(w io.Writer, rules []Rule) error {
	c := csv.NewWriter(w)
	if err := c.Write(Headings); err != nil {
		return err
	}
	for _, r := range rules {
		if err := c.Write([]string{r.Code, r.Name, r.PartOf, r.Site, r.StaffGroup, r.Role}); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// fits reports whether a rule is about somebody.
func (r Rule) fits(p Placed) bool {
	same := func(asked, is string) bool {
		return asked == "" || strings.EqualFold(asked, strings.Join(strings.Fields(is), " "))
	}
	return same(r.Site, p.Site) && same(r.StaffGroup, p.StaffGroup) && same(r.Role, p.Role)
}

// PlaceOf is the code of the team that rules put somebody into; "" for none.
func PlaceOf(rules []Rule, p Placed) string {
	over := partOf(rules)
	for _, r := range rules {
		if !over[r.Code] && r.fits(p) {
			return r.Code
		}
	}
	return ""
}
