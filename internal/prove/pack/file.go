package pack

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"commonweal/law"
)

// Row is one period of a measure, as files have it. What is not known is nil.
type Row struct {
	Period                    law.Date
	Value, Mean, Lower, Upper *float64
	Numerator, Denominator    *float64
	Rule, Type                string
}

// Rows are the points of the chart; without a chart the figures alone.
func (p Page) Rows() []Row {
	var out []Row
	parts := map[law.Date][2]*float64{}
	for _, f := range p.Figures {
		if f.Denominator != 0 {
			numerator, denominator := f.Numerator, f.Denominator
			parts[f.Period] = [2]*float64{&numerator, &denominator}
		}
		if p.Chart == nil {
			value := f.Value
			out = append(out, Row{Period: f.Period, Value: &value, Numerator: parts[f.Period][0], Denominator: parts[f.Period][1]})
		}
	}
	if p.Chart == nil {
		return out
	}
	for _, c := range p.Chart.Points {
		mean, lower, upper, value := c.Mean, c.Lower, c.Upper, c.Value
		r := Row{Period: c.Date, Mean: &mean, Lower: &lower, Upper: &upper, Rule: string(c.Rule), Type: string(c.Kind), Numerator: parts[c.Date][0], Denominator: parts[c.Date][1]}
		if !c.Gap {
			r.Value = &value
		}
		out = append(out, r)
	}
	return out
}

// Workbook writes a pack as a workbook: the sentences on the first sheet, the matrix on
// the second, what was changed on the third, then a sheet a measure. The same pack gives the same cells.
func Workbook(w io.Writer, title string, pages []Page, left []Measure) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closeErr := book.Close(); err == nil {
			err = closeErr
		}
	}()
	const first = "Pack"
	if err := book.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	rows := [][]any{{title}, {Sentence(pages)}, {Chance(pages)}, {}, {"Place", "Code", "Measure", "In words", "Variation", "Target", "Source", "Licence"}}
	for i, p := range pages {
		rows = append(rows, []any{i + 1, p.Measure.Indicator, p.Definition.Name, p.Sentence, p.Variation.Title, p.Assurance.Title, p.Definition.Source, p.Definition.Licence})
	}
	if err := fill(book, first, rows); err != nil {
		return err
	}
	if err := wide(book, first, 8, 24, 34, 90, 24, 24, 28, 40); err != nil {
		return err
	}
	matrix := [][]any{{"Variation"}}
	for _, a := range Assurances {
		matrix[0] = append(matrix[0], a)
	}
	for i, cells := range Sum(pages) {
		row := []any{Variations[i]}
		for _, cell := range cells {
			var names []string
			for _, at := range cell {
				names = append(names, pages[at].Definition.Name)
			}
			row = append(row, strings.Join(names, "; "))
		}
		matrix = append(matrix, row)
	}
	const glance, changed = "Matrix", "Changed"
	if _, err := book.NewSheet(glance); err != nil {
		return err
	}
	if err := fill(book, glance, matrix); err != nil {
		return err
	}
	if err := wide(book, glance, 20, 40, 40, 40, 40); err != nil {
		return err
	}
	if _, err := book.NewSheet(changed); err != nil {
		return err
	}
	rows = [][]any{{"What was changed in how the measures are defined, counted and shown, and which have left"}, {}, {"Measure", "Day", "What was changed", "Why"}}
	for _, p := range pages {
		for _, c := range p.Changes {
			rows = append(rows, []any{p.Definition.Name, c.Day.String(), c.What, c.Why})
		}
	}
	for _, m := range left {
		rows = append(rows, []any{m.Indicator, m.Ended.String(), "It left the pack.", m.EndReason})
	}
	if err := fill(book, changed, rows); err != nil {
		return err
	}
	if err := wide(book, changed, 34, 12, 90, 90); err != nil {
		return err
	}
	for i, p := range pages {
		name := fmt.Sprintf("%d %s", i+1, p.Measure.Indicator)
		if len(name) > 31 { // as long as a sheet's name may be
			name = name[:31]
		}
		if _, err := book.NewSheet(name); err != nil {
			return err
		}
		rows := [][]any{{p.Sentence}, {}, {"Period", "Value", "Mean", "Lower limit", "Upper limit", "Rule", "Type", "Target", "Numerator", "Denominator"}}
		for _, r := range p.Rows() {
			var target any
			if aim := p.Measure.Aim(); aim != nil {
				target = *aim
			}
			rows = append(rows, []any{r.Period.String(), cell(r.Value), cell(r.Mean), cell(r.Lower), cell(r.Upper), r.Rule, r.Type, target, cell(r.Numerator), cell(r.Denominator)})
		}
		if err := fill(book, name, rows); err != nil {
			return err
		}
		if err := wide(book, name, 12, 12, 12, 12, 12, 26, 14, 10, 14, 14); err != nil {
			return err
		}
	}
	return book.Write(w)
}

// wide gives the columns of a sheet room for what stands in them.
func wide(book *excelize.File, sheet string, widths ...float64) error {
	for i, width := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := book.SetColWidth(sheet, column, column, width); err != nil {
			return err
		}
	}
	return nil
}

func cell(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

func fill(book *excelize.File, sheet string, rows [][]any) error {
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := book.SetSheetRow(sheet, at, &row); err != nil {
			return err
		}
	}
	return nil
}
