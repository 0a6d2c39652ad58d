package published

import (
	"context"
	"fmt"
)

// readSurvey reads either of the two Staff Survey workbooks.
func readSurvey(ctx context.Context, f File, format Format, from Source, t *tally) (err error) {
	book, err := openWorkbook(f)
	if err != nil {
		return err
	}
	defer book.close()
	s := survey{format: format, from: from, out: t, known: map[string]Organisation{}, codes: map[string]string{}}
	for _, sheet := range book.sheets() {
		if err := s.sheet(ctx, book, sheet); err != nil {
			return err
		}
	}
	if s.year == 0 {
		return fmt.Errorf("no sheet of the workbook could be read")
	}
	return nil
}

// survey is the state kept from sheet to sheet. It grows with the number of
// organisations and questions, not of figures.
type survey struct {
	format Format
	from   Source
	out    *tally
	year   int
	known  map[string]Organisation // as first seen
	codes  map[string]string       // question to the sheet that holds it
}

func (s *survey) lead() []string {
	if s.format == FormatSurveyNational {
		return nationalLead
	}
	return organisationLead
}

func (s *survey) sheet(ctx context.Context, book workbook, sheet string) error {
	rows, err := book.rows(sheet)
	if err != nil {
		return err
	}
	err = s.read(ctx, rows)
	if closing := rows.close(); err == nil {
		err = closing
	}
	return err
}

func (s *survey) read(ctx context.Context, rows *sheetRows) error {
	l, ok, err := s.preamble(rows)
	if err != nil || !ok {
		return err
	}
	rowsOf := map[string]int{}
	for {
		cells, ok := rows.next()
		if !ok {
			return nil // rows.close tells whether an error ended it
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if blank(cells) {
			s.out.report.Blank++
			continue
		}
		s.out.report.Rows++
		if err := s.row(rows, l, cells, rowsOf); err != nil {
			return err
		}
	}
}

// preamble reads down to the headings. The sheet of notes and an empty sheet
// are passed over; any other sheet without headings, or with those of another
// year or workbook, is rejected whole, so that none is lost in silence.
func (s *survey) preamble(rows *sheetRows) (layout, bool, error) {
	var year int
	var questions []string
	empty := true
	for range maxPreamble {
		cells, ok := rows.next()
		if !ok {
			break
		}
		empty = empty && blank(cells)
		if y, ok := surveyYear(cells); ok && year == 0 {
			year = y
		}
		switch headingFormat(cells) {
		case s.format:
			return s.headings(rows, year, questions, cells)
		case "":
			if len(questionColumns(cells, MaxColumns)) > 0 && questions == nil {
				questions = cells
			}
		default:
			return layout{}, false, s.out.reject(Rejection{
				Sheet: rows.sheet, Row: rows.row,
				Reason: "This sheet belongs to the other workbook of the survey.", Remedy: "Import that workbook as it was published.",
			})
		}
	}
	if empty || rows.sheet == notesSheet {
		return layout{}, false, nil
	}
	return layout{}, false, s.out.reject(Rejection{
		Sheet:  rows.sheet,
		Reason: "The sheet has no row with the headings of the survey.", Remedy: "All of it is left out. Compare it with the one published.",
	})
}

const notesSheet = "Notes" // prose, in both workbooks

func (s *survey) headings(rows *sheetRows, year int, questions, heads []string) (layout, bool, error) {
	refuse := func(reason, remedy string) (layout, bool, error) {
		return layout{}, false, s.out.reject(Rejection{Sheet: rows.sheet, Row: rows.row, Reason: reason, Remedy: remedy})
	}
	if year == 0 {
		return refuse("The sheet does not say of which year it is.", "Its first row should begin with NHS Staff Survey and the year.")
	}
	if s.year == 0 {
		s.year = year
		if err := s.out.source(s.source(year)); err != nil {
			return layout{}, false, err
		}
	}
	if year != s.year {
		return refuse(fmt.Sprintf("The sheet is of %d and the workbook of %d.", year, s.year), "Import each year's workbook by itself.")
	}
	l, faults := heading(rows.sheet, rows.row, year, questions, heads, s.lead())
	for _, f := range faults {
		if err := s.out.reject(f); err != nil {
			return layout{}, false, err
		}
	}
	kept := l.blocks[:0]
	for _, b := range l.blocks {
		if other, twice := s.codes[b.code]; twice {
			r := Rejection{
				Sheet: rows.sheet, Row: rows.row, Field: b.code,
				Reason: fmt.Sprintf("This question stands also on sheet %s.", other), Remedy: "Only that sheet's figures are read.",
			}
			if err := s.out.reject(r); err != nil {
				return layout{}, false, err
			}
			continue
		}
		s.codes[b.code] = rows.sheet
		kept = append(kept, b)
		for _, c := range b.columns {
			if err := s.out.measure(c.measure); err != nil {
				return layout{}, false, err
			}
		}
	}
	l.blocks = kept
	return l, true, nil
}

func (s *survey) source(year int) Source {
	src := s.from
	what := "organisations"
	if s.format == FormatSurveyNational {
		what = "England"
	}
	src.Name = fmt.Sprintf("NHS Staff Survey %d, %s", year, what)
	src.Publisher, src.Year = publisher, year
	src.Licence = LicenceLine(fmt.Sprintf("NHS Staff Survey %d", year))
	return src
}

func blank(cells []string) bool {
	for _, c := range cells {
		if clean(c) != "" {
			return false
		}
	}
	return true
}
