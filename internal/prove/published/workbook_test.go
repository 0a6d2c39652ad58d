package published

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheetOf is one sheet of a workbook made for a test: rows of cells, where nil
// leaves a cell empty, a number is a number and text is text.
type sheetOf struct {
	name string
	rows [][]any
}

const title = "NHS Staff Survey 2024 - WEIGHTED Results"

// organisationHeads are the six columns that open a sheet of organisations.
var organisationHeads = []any{"ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting"}

// themes is a sheet laid out like the published one, with two scores.
func themes(rows ...[]any) sheetOf {
	top := [][]any{
		{title, nil, nil, nil, nil, nil, "Staff Engagement - Staff engagement", nil, "E_1 - Motivation", nil},
		{"THEMES Staff Engagement-E_1"},
		{"\nNote: fewer than 10 responses are not displayed"},
		{},
		append(append([]any{}, organisationHeads...), "Staff Engagement - score", "Base (number of responses)", "E_1 - score", "Base (number of responses)"),
	}
	return sheetOf{"THEMES", append(top, rows...)}
}

// question is a sheet with one question of two options.
func question(rows ...[]any) sheetOf {
	top := [][]any{
		{title, nil, nil, nil, nil, nil, "Q18 - In the last month have you seen any errors?"},
		{"HEALTH Q18"},
		{"\nNote"},
		{},
		append(append([]any{}, organisationHeads...), "% Yes", "% No", "Base (number of responses)"),
	}
	return sheetOf{"HEALTH Q18", append(top, rows...)}
}

func notes() sheetOf {
	return sheetOf{"Notes", [][]any{{}, {nil, "NHS Staff Survey 2024 - Detailed Spreadsheets"}, {}, {nil, "Organisational results"}}}
}

func workbookOf(t testing.TB, sheets ...sheetOf) File {
	t.Helper()
	book := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", s.name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range s.rows {
			at, err := excelize.CoordinatesToCellName(1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(s.name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return fileOf("survey.xlsx", b.Bytes())
}

func fileOf(name string, content []byte) File {
	return File{Name: name, Content: bytes.NewReader(content), Size: int64(len(content))}
}

// read reads f and fails the test if the file as a whole cannot be read.
func read(t testing.TB, f File) (*memory, Report) {
	t.Helper()
	sink := newMemory()
	report, err := Read(context.Background(), f, sink)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(sink.rejections); got != report.Rejected {
		t.Errorf("report counts %d rejections and the sink has %d", report.Rejected, got)
	}
	if got := len(sink.values); got != report.Values+report.Suppressed {
		t.Errorf("report counts %d values and the sink has %d", report.Values+report.Suppressed, got)
	}
	return sink, report
}
