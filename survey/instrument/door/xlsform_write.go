package door

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"commonweal/survey/instrument"
)

// WriteXLSForm writes the instrument as an XLSForm workbook from which
// [ReadXLSForm] gives the same instrument, to the hash.
//
// A question without a wording stands in it by its short label, so that
// converters take the form, and is marked as one that cannot be asked.
func WriteXLSForm(w io.Writer, in instrument.Instrument) error {
	hash, err := in.Hash()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := writeWorkbook(&b, in); err != nil {
		return fmt.Errorf("instrument %s as XLSForm: %w", in.ID, err)
	}
	back, err := ReadXLSForm(bytes.NewReader(b.Bytes()))
	if err != nil {
		return fmt.Errorf("instrument %s as XLSForm: what was written cannot be read: %w", in.ID, err)
	}
	if again, err := back.Hash(); err != nil || again != hash {
		return fmt.Errorf("instrument %s as XLSForm: a text in it does not go through a spreadsheet unchanged", in.ID)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func writeWorkbook(w io.Writer, in instrument.Instrument) (err error) {
	defer recovered(&err)
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", sheetSurvey); err != nil {
		return err
	}
	for _, s := range []struct {
		name string
		rows [][]string
	}{
		{sheetSurvey, surveyRows(in)},
		{sheetChoices, choiceRows(in)},
		{sheetSettings, settingRows(in)},
		{sheetScores, scoreRows(in)},
	} {
		if err := writeSheet(f, s.name, s.rows); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func writeSheet(f *excelize.File, name string, rows [][]string) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, row := range rows {
		for j, cell := range row {
			if cell == "" {
				continue
			}
			if len(cell) > excelize.TotalCellChars {
				return fmt.Errorf("sheet %s, row %d: a text of %d bytes is more than a cell holds", name, i+1, len(cell))
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(name, at, cell); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts are the cells of one text, in the order of the languages.
func texts(t instrument.Text, languages []string) []string {
	cells := make([]string, len(languages))
	for i, l := range languages {
		cells[i] = t[l]
	}
	return cells
}

// headings are the columns of one text.
func headings(languages []string, heading func(language string) string) []string {
	cells := make([]string, len(languages))
	for i, l := range languages {
		cells[i] = heading(l)
	}
	return cells
}

func labelHeading(l string) string { return inLanguage("label", l) }
func shortHeading(l string) string { return shortPrefix + l }
func titleHeading(l string) string { return titlePrefix + l }

func surveyRows(in instrument.Instrument) [][]string {
	languages := in.Languages()
	head := append([]string{"type", "name"}, headings(languages, labelHeading)...)
	head = append(head, "appearance", "relevant", "cw_concept")
	head = append(head, headings(languages, shortHeading)...)
	head = append(head, "cw_asked", "cw_reverse", "cw_numbers", "cw_breaks", "cw_otherwise")
	rows := [][]string{head}
	group := ""
	for _, q := range in.Questions {
		if q.Group != group {
			if group != "" {
				rows = append(rows, []string{"end_group"})
			}
			group = q.Group
			for _, g := range in.Groups {
				if g.ID == group {
					rows = append(rows, append(append([]string{"begin_group", g.ID}, texts(g.Stem, languages)...), "field-list"))
				}
			}
		}
		rows = append(rows, questionRow(q, languages))
	}
	if group != "" {
		rows = append(rows, []string{"end_group"})
	}
	return rows
}

func questionRow(q instrument.Question, languages []string) []string {
	wording, asked, reverse, relevant, otherwise := q.Text, "", "", "", ""
	if len(wording) == 0 {
		wording, asked = q.Label, "no"
	}
	if q.Reverse {
		reverse = "yes"
	}
	if q.Ask != nil {
		relevant = writeCondition(*q.Ask)
		var codes []int
		var points []float64
		for _, o := range q.Ask.Otherwise {
			codes, points = append(codes, o.Code), append(points, o.Points)
		}
		otherwise = writePoints(codes, points)
	}
	row := append([]string{"select_one " + q.Scale, q.ID}, texts(wording, languages)...)
	row = append(row, "", relevant, q.Concept)
	row = append(row, texts(q.Label, languages)...)
	return append(row, asked, reverse, writeNumbers(q.Numbers), writeBreaks(q.Breaks), otherwise)
}

func choiceRows(in instrument.Instrument) [][]string {
	languages := in.Languages()
	head := append([]string{"list_name", "name"}, headings(languages, labelHeading)...)
	rows := [][]string{append(head, "cw_kind", "cw_points")}
	for _, s := range in.Scales {
		for _, o := range s.Options {
			points := ""
			if o.Points != nil {
				points = decimal(*o.Points)
			}
			row := append([]string{s.ID, strconv.Itoa(o.Code)}, texts(o.Label, languages)...)
			rows = append(rows, append(row, string(s.Kind), points))
		}
	}
	return rows
}

func settingRows(in instrument.Instrument) [][]string {
	languages := in.Languages()
	years := make([]string, len(in.Years))
	for i, y := range in.Years {
		years[i] = strconv.Itoa(y)
	}
	head := append([]string{"form_title", "form_id", "version", "default_language"}, headings(languages[1:], titleHeading)...)
	row := append([]string{in.Title["en"], in.ID, strconv.Itoa(in.Version), "English (en)"}, texts(in.Title, languages[1:])...)
	return [][]string{
		append(head, "cw_source", "cw_series", "cw_years"),
		append(row, in.Source, string(in.Series), strings.Join(years, " ")),
	}
}

func scoreRows(in instrument.Instrument) [][]string {
	languages := in.Languages()
	head := append([]string{"id", "kind", "level"}, headings(languages, shortHeading)...)
	rows := [][]string{append(head, "questions", "scores", "least", "worth")}
	for _, s := range in.Scores {
		var codes []int
		var points []float64
		for _, w := range s.Worth {
			codes, points = append(codes, w.Code), append(points, w.Points)
		}
		row := append([]string{s.ID, string(s.Kind), string(s.Level)}, texts(s.Label, languages)...)
		rows = append(rows, append(row, strings.Join(s.Questions, " "), strings.Join(s.Scores, " "), strconv.Itoa(s.Least), writePoints(codes, points)))
	}
	return rows
}

// recovered turns a panic of the spreadsheet library, which damaged files
// cause, into an error.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the workbook is damaged: %v", r)
	}
}
