package stafflist_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/own/stafflist"
)

// book builds workbooks with a library that is not the one under test.
type book struct {
	t testing.TB
	*excelize.File
}

func workbook(t testing.TB, fill func(book)) []byte {
	t.Helper()
	b := book{t, excelize.NewFile()}
	fill(b)
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (b book) rows(sheet string, rows [][]any) {
	for i, row := range rows {
		for j, value := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				b.t.Fatal(err)
			}
			if value == nil {
				continue
			}
			if err := b.SetCellValue(sheet, cell, value); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// style gives cells a number format by its code.
func (b book) style(sheet, from, to, code string) {
	id, err := b.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.SetCellStyle(sheet, from, to, id); err != nil {
		b.t.Fatal(err)
	}
}

func localRows() [][]any {
	return [][]any{
		{"Employee Number", "First Name", "Last Name", "Latest Start Date", "FTE", "Email Address"},
		{"20418833", "Siân", "Heronfold", time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC), 0.6, "sian@example.org"},
		{20418834, "Asha", "Otterbrook", "02/05/2024", "1.00", nil},
	}
}

func TestXLSX_ReadsWhatASpreadsheetHolds(t *testing.T) {
	for _, test := range []struct {
		name  string
		sheet string
		fill  func(book)
		check func(*testing.T, stafflist.List)
	}{
		{"dates as numbers and as text, numbers as numbers and as text", "", func(b book) { b.rows("Sheet1", localRows()) }, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Start != date(t, "2024-05-01") || l.Rows[1].Start != date(t, "2024-05-02") {
				t.Errorf("starts %s, %s", l.Rows[0].Start, l.Rows[1].Start)
			}
			if l.Rows[1].EmployeeNumber != "20418834" || l.Rows[0].FTE != 60 || l.Rows[1].FTE != 100 {
				t.Errorf("read %+v", l.Rows)
			}
		}},
		{"a date whose format was lost", "", func(b book) {
			rows := localRows()
			rows[1][3] = 45413
			b.rows("Sheet1", rows)
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Start != date(t, "2024-05-01") {
				t.Errorf("start %s", l.Rows[0].Start)
			}
		}},
		{"a custom date format, and one that only looks like it", "", func(b book) {
			rows := localRows()
			rows[1][3], rows[2][3] = 45413, 45414
			b.rows("Sheet1", rows)
			b.style("Sheet1", "D2", "D3", `[$-809]dd\ mmmm\ yyyy;@`)
			b.style("Sheet1", "A3", "A3", `0" days"`)
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Start != date(t, "2024-05-01") || l.Rows[1].EmployeeNumber != "20418834" {
				t.Errorf("read %+v", l.Rows)
			}
		}},
		{"days counted from 1904", "", func(b book) {
			yes := true
			if err := b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
				b.t.Fatal(err)
			}
			rows := localRows()
			rows[1][3] = 45413 - 1462
			b.rows("Sheet1", rows)
			b.style("Sheet1", "D2", "D2", "yyyy-mm-dd")
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Start != date(t, "2024-05-01") {
				t.Errorf("start %s", l.Rows[0].Start)
			}
		}},
		{"noughts that only the format shows", "", func(b book) {
			rows := localRows()
			rows[1][0] = 418833
			b.rows("Sheet1", rows)
			b.style("Sheet1", "A2", "A2", "00000000")
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].EmployeeNumber != "00418833" {
				t.Errorf("number %s", l.Rows[0].EmployeeNumber)
			}
		}},
		{"rich text", "", func(b book) {
			b.rows("Sheet1", localRows())
			if err := b.SetCellRichText("Sheet1", "C2", []excelize.RichTextRun{{Text: "Heron"}, {Text: "fold", Font: &excelize.Font{Bold: true}}}); err != nil {
				b.t.Fatal(err)
			}
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Family != "Heronfold" {
				t.Errorf("surname %q", l.Rows[0].Family)
			}
		}},
		{"a sheet by name", "Staff", func(b book) {
			if _, err := b.NewSheet("Staff"); err != nil {
				b.t.Fatal(err)
			}
			b.rows("Sheet1", [][]any{{"Read me"}})
			b.rows("Staff", localRows())
		}, func(t *testing.T, l stafflist.List) {
			if l.Source.Sheet != "Staff" || len(l.Source.Sheets) != 2 {
				t.Errorf("source %+v", l.Source)
			}
		}},
		{"a hidden first sheet is passed over", "", func(b book) {
			if _, err := b.NewSheet("Staff"); err != nil {
				b.t.Fatal(err)
			}
			b.rows("Staff", localRows())
			b.SetActiveSheet(1)
			if err := b.SetSheetVisible("Sheet1", false); err != nil {
				b.t.Fatal(err)
			}
		}, func(t *testing.T, l stafflist.List) {
			if l.Source.Sheet != "Staff" {
				t.Errorf("source %+v", l.Source)
			}
		}},
		{"blank rows keep their numbers", "", func(b book) {
			rows := localRows()
			b.rows("Sheet1", [][]any{{"Staff in post"}, {}, rows[0], rows[1], {}, rows[2]})
		}, func(t *testing.T, l stafflist.List) {
			if l.Rows[0].Number != 4 || l.Rows[1].Number != 6 {
				t.Errorf("rows %d, %d", l.Rows[0].Number, l.Rows[1].Number)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := workbook(t, test.fill)
			list, err := stafflist.Read(bytes.NewReader(file), int64(len(file)), stafflist.Options{Profile: stafflist.Local(), Sheet: test.sheet})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Rows) != 2 || len(list.Rejects) != 0 {
				t.Fatalf("%d rows, rejects %+v", len(list.Rows), list.Rejects)
			}
			test.check(t, list)
		})
	}
}

// parts makes an archive of the given parts.
func parts(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		header := &zip.FileHeader{Name: name, Method: zip.Store}
		if len(text) > 1<<16 {
			header.Method = zip.Deflate
		}
		part, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetOnly makes a workbook whose sheet is the given text.
func sheetOnly(t testing.TB, sheet string) []byte {
	return parts(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="x"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="x" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	})
}

func TestXLSX_HostileFiles(t *testing.T) {
	good := workbook(t, func(b book) { b.rows("Sheet1", localRows()) })
	data := func(s string) []byte { return sheetOnly(t, "<worksheet><sheetData>"+s+"</sheetData></worksheet>") }
	for _, test := range []struct {
		name string
		file []byte
		o    stafflist.Options
		want string
	}{
		{"cut in the middle", good[:len(good)/2], stafflist.Options{}, "damaged"},
		{"a zip of something else", parts(t, map[string]string{"a.txt": "hello"}), stafflist.Options{}, "not an Excel workbook"},
		{"no such sheet", good, stafflist.Options{Sheet: "Leavers"}, "no sheet “Leavers”. It has “Sheet1”"},
		{"a bomb", data("<row>" + strings.Repeat(" ", 40<<20) + "</row>"), stafflist.Options{}, "piece of XML without an end"},
		{"a bomb of small pieces", data(strings.Repeat("<row></row>", 4<<20)), stafflist.Options{}, "times its size"},
		{"more than may be unpacked", data(strings.Repeat("<row></row>", 1<<16)), stafflist.Options{Limits: stafflist.Limits{Unpacked: 1 << 16}}, "unpacks beyond"},
		{"a cell too long", data(`<row><c t="inlineStr"><is><t>` + strings.Repeat("x", 40_000) + `</t></is></c></row>`), stafflist.Options{}, "cell exceeds"},
		{"too many columns", data(`<row><c r="XFD1"><v>1</v></c></row>`), stafflist.Options{}, "more than 400 columns"},
		{"a column that cannot be", data(`<row><c r="ZZZZZZZZZZZZZ1"><v>1</v></c></row>`), stafflist.Options{}, "beyond the last column"},
		{"rows backwards", data(`<row r="5"></row><row r="4"></row>`), stafflist.Options{}, "do not rise"},
		{"a row that cannot be", data(`<row r="99999999"></row>`), stafflist.Options{}, "beyond the last row"},
		{"text that is not there", data(`<row><c t="s"><v>7</v></c></row>`), stafflist.Options{}, "points to no text"},
		{"an end without a start", data(`<row></c></row>`), stafflist.Options{}, "never began"},
		{"an entity of its own", sheetOnly(t, `<!DOCTYPE a [<!ENTITY b "bb">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`), stafflist.Options{}, "entity"},
		{"no end of data", sheetOnly(t, "<worksheet><sheetData>"), stafflist.Options{}, "sheet ends before its data"},
		{"depth", sheetOnly(t, strings.Repeat("<a>", 1<<16)), stafflist.Options{}, "sheet ends before its data"},
		{"a sheet part that is missing", parts(t, map[string]string{"xl/workbook.xml": `<workbook><sheets><sheet name="A" id="x"/></sheets></workbook>`}), stafflist.Options{}, "workbook has no sheet"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.o.Profile = stafflist.Local()
			_, err := stafflist.Read(bytes.NewReader(test.file), int64(len(test.file)), test.o)
			var u *stafflist.Unreadable
			if !errors.As(err, &u) {
				t.Fatalf("got %v", err)
			}
			if text := u.Plain + " / " + u.Error(); !strings.Contains(text, test.want) {
				t.Errorf("got %q, want %q", text, test.want)
			}
		})
	}
}

// A workbook damaged anywhere inside its parts is read or refused, never a panic.
func TestXLSX_DamageNeverPanics(t *testing.T) {
	good := workbook(t, func(b book) {
		b.rows("Sheet1", localRows())
		b.style("Sheet1", "D2", "D2", "dd/mm/yyyy")
	})
	archive, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	whole := map[string]string{}
	var names []string
	for _, part := range archive.File {
		body, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Name, "xl/") && !strings.Contains(part.Name, "theme") {
			names = append(names, part.Name)
		}
		whole[part.Name] = string(text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	const signs = "<>/\"'=& 09-AZst\x00\xff"
	for i := range 1_500 {
		name := names[r.IntN(len(names))]
		text := []byte(whole[name])
		for range 1 + r.IntN(4) {
			at := r.IntN(len(text))
			switch r.IntN(3) {
			case 0:
				text[at] = signs[r.IntN(len(signs))]
			case 1:
				text = append(text[:at], text[min(len(text), at+1+r.IntN(20)):]...)
			default:
				text = append(text[:at], append([]byte(fmt.Sprint(r.IntN(1<<20))), text[at:]...)...)
			}
			if len(text) == 0 {
				break
			}
		}
		broken := map[string]string{}
		for n, s := range whole {
			broken[n] = s
		}
		broken[name] = string(text)
		file := parts(t, broken)
		list, err := stafflist.Read(bytes.NewReader(file), int64(len(file)), stafflist.Options{Profile: stafflist.Local()})
		if err == nil && len(list.Rows)+list.Refused() != list.Read {
			t.Fatalf("damage %d: %d read, %d good, %d refused", i, list.Read, len(list.Rows), list.Refused())
		}
	}
}
