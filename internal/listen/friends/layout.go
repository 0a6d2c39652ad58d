package friends

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Provider is the organisation that submits.
type Provider struct{ Code, Name string }

// Sheet is one level of the national layout of a month: the organisation, its sites or
// its wards. A cell is text or a whole number; percentages are whole.
type Sheet struct {
	Name string
	Head []string
	Rows [][]any
}

// total is a line of a sheet in the making.
type total struct {
	Figure
	known bool // every point says how many could have answered
	at    Point
}

func (t *total) add(p Point, f Figure) {
	t.Counts = t.Counts.Plus(f.Counts)
	for i := range f.Modes {
		t.Modes[i] += f.Modes[i]
	}
	if f.Eligible == nil {
		t.known = false
		return
	}
	n := *f.Eligible
	if t.Eligible != nil {
		n += *t.Eligible
	}
	t.Eligible = &n
}

// Layout lays a month of one setting out as the national collection asks for it: nothing
// is hidden, because the national body hides small numbers when it publishes. Never
// publish it as it is. A percentage is of all responses, those who do not know among
// them.
func Layout(org Provider, r Revision, all []Point, of Setting) []Sheet {
	whole := &total{known: true}
	sites, wards := map[string]*total{}, map[string]*total{}
	for _, p := range all {
		f, ok := r.Of(p.ID)
		if !ok || p.Setting != of {
			continue
		}
		whole.add(p, f)
		for key, level := range map[string]map[string]*total{p.SiteCode + p.SiteName: sites, p.SiteCode + p.SiteName + "\n" + p.Ward: wards} {
			if level[key] == nil {
				level[key] = &total{known: true, at: p}
			}
			level[key].add(p, f)
		}
	}
	month := r.Month.Words()
	out := []Sheet{
		{Name: "Organisation", Head: head(of, nil, nil), Rows: [][]any{row(of, *whole, month, org)}},
		{Name: "Collection modes", Head: []string{"Period", "Organisation code", "Organisation name"}, Rows: [][]any{{month, org.Code, org.Name}}},
	}
	for i, m := range Modes() {
		out[1].Head = append(out[1].Head, m.Words())
		out[1].Rows[0] = append(out[1].Rows[0], whole.Modes[i])
	}
	if of == Ambulance {
		return out
	}
	place := []string{"Site code", "Site name"}
	s := Sheet{Name: "Sites", Head: head(of, place, nil)}
	for _, t := range inOrder(sites) {
		s.Rows = append(s.Rows, row(of, *t, month, org, t.at.SiteCode, t.at.SiteName))
	}
	out = append(out, s)
	if of.HasWards() {
		s := Sheet{Name: "Wards", Head: head(of, append(place, "Ward name"), []string{"First speciality", "Second speciality"})}
		for _, t := range inOrder(wards) {
			s.Rows = append(s.Rows, append(row(of, *t, month, org, t.at.SiteCode, t.at.SiteName, t.at.Ward), t.at.First, t.at.Second))
		}
		out = append(out, s)
	}
	return out
}

func inOrder(level map[string]*total) []*total {
	var out []*total
	for _, t := range level {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *total) int {
		return cmp.Or(cmp.Compare(a.at.SiteCode, b.at.SiteCode), cmp.Compare(a.at.SiteName, b.at.SiteName), cmp.Compare(a.at.Ward, b.at.Ward))
	})
	return out
}

func head(of Setting, place, after []string) []string {
	out := append([]string{"Period", "Organisation code", "Organisation name"}, place...)
	out = append(out, "Total responses")
	if of.HasRate() {
		out = append(out, "Total eligible", "Response rate %")
	}
	out = append(out, "Percentage positive", "Percentage negative")
	for _, r := range Ratings() {
		out = append(out, r.Words())
	}
	return append(out, after...)
}

func row(of Setting, t total, month string, org Provider, place ...string) []any {
	out := []any{month, org.Code, org.Name}
	for _, p := range place {
		out = append(out, p)
	}
	all := t.Counts.All()
	out = append(out, all)
	if of.HasRate() {
		if t.known && t.Eligible != nil {
			out = append(out, *t.Eligible, percentOr(all, *t.Eligible))
		} else {
			out = append(out, "", "")
		}
	}
	out = append(out, percentOr(t.Counts.Positive(), all), percentOr(t.Counts.Negative(), all))
	for _, n := range t.Counts {
		out = append(out, n)
	}
	return out
}

func percentOr(part, all int) any {
	if n, ok := Percent(part, all); ok {
		return n
	}
	return ""
}

// WriteCSV writes all sheets below each other, each row beginning with its level, so that
// the file is one table with the columns of every sheet.
func WriteCSV(w io.Writer, sheets []Sheet) error {
	head := []string{"Level"}
	for _, s := range sheets {
		for _, column := range s.Head {
			if !slices.Contains(head, column) {
				head = append(head, column)
			}
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(head); err != nil {
		return err
	}
	for _, s := range sheets {
		for _, cells := range s.Rows {
			line := make([]string, len(head))
			line[0] = s.Name
			for i, column := range s.Head {
				line[slices.Index(head, column)] = cellText(cells[i])
			}
			if err := out.Write(line); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func cellText(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case string:
		if v != "" && (v[0] == '=' || v[0] == '+' || v[0] == '-' || v[0] == '@') {
			return "'" + v // a spreadsheet would work it out
		}
		return v
	}
	return fmt.Sprint(v)
}

// WriteXLSX writes a workbook with a sheet of notes and one for each level.
func WriteXLSX(w io.Writer, sheets []Sheet, notes []string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", "Notes"); err != nil {
		return err
	}
	for i, n := range notes {
		if err := f.SetCellStr("Notes", "A"+strconv.Itoa(i+1), n); err != nil {
			return err
		}
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
		if err := f.SetSheetRow(s.Name, "A1", &s.Head); err != nil {
			return err
		}
		if err := f.SetRowStyle(s.Name, 1, 1, bold); err != nil {
			return err
		}
		for i, cells := range s.Rows {
			if err := f.SetSheetRow(s.Name, "A"+strconv.Itoa(i+2), &cells); err != nil {
				return err
			}
		}
	}
	return f.Write(w)
}
