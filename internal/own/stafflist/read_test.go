package stafflist_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"commonweal/internal/own/stafflist"
)

const headings = "Employee Number,First Name,Last Name,Latest Start Date,Staff Group,Email Address,FTE,Leaving Date,Assignment Category,Role\n"

// one is a good row.
const one = "20418833,Siân,Heronfold,01/05/2024,Nursing and Midwifery Registered,sian.heronfold@example.org,0.6,,Permanent,Staff Nurse\n"

func open(file string, o stafflist.Options) (stafflist.List, error) {
	if o.Profile.Name == "" {
		o.Profile = stafflist.Local()
	}
	return stafflist.Read(strings.NewReader(file), int64(len(file)), o)
}

func TestRead_Encodings(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String(headings + one)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(headings+one, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, file, encoding, delimiter string }{
		{"UTF-8", headings + one, "UTF-8", ","},
		{"UTF-8 with a mark", "\ufeff" + headings + one, "UTF-8", ","},
		{"Windows-1252, which British Excel saves", windows, "Windows-1252", ","},
		{"UTF-16, which Excel calls Unicode text", wide, "UTF-16", "\t"},
		{"Windows line ends", strings.ReplaceAll(headings+one, "\n", "\r\n"), "UTF-8", ","},
		{"semicolons", strings.ReplaceAll(headings+one, ",", ";"), "UTF-8", ";"},
		{"Excel's own hint", "sep=;\n" + strings.ReplaceAll(headings+one, ",", ";"), "UTF-8", ";"},
		{"a title above the headings", "Staff in post,,\n\n" + headings + one, "UTF-8", ","},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(test.file, stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Rows) != 1 || len(list.Rejects) != 0 {
				t.Fatalf("%d rows, rejects %+v", len(list.Rows), list.Rejects)
			}
			row := list.Rows[0]
			if row.Given != "Siân" || row.FTE != 60 || row.Start != date(t, "2024-05-01") || row.StaffGroup != "Nursing and midwifery" || row.Category != stafflist.Permanent {
				t.Errorf("read %+v", row)
			}
			if list.Source.Encoding != test.encoding || list.Source.Delimiter != test.delimiter {
				t.Errorf("source %+v", list.Source)
			}
		})
	}
}

// The file as a whole is refused in words that say what to do.
func TestRead_UnreadableFiles(t *testing.T) {
	for _, test := range []struct {
		name, file, want string
		o                stafflist.Options
	}{
		{"empty", "", "The file is empty.", stafflist.Options{}},
		{"blank", "\n\n,,\n", "The file has no rows.", stafflist.Options{}},
		{"binary", "a,b\x00c\n", "not a staff list we can read", stafflist.Options{}},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file", stafflist.Options{}},
		{"no surname column", "Employee Number,First Name,Start Date\n1,A,01/01/2020\n", "no column for surname", stafflist.Options{}},
		{"two columns of one heading", "FTE," + headings + "1," + one, "Two columns have the heading “FTE”", stafflist.Options{}},
		{"too large", headings + one, "The largest we read", stafflist.Options{Limits: stafflist.Limits{Bytes: 10}}},
		{"too many rows", headings + one + one + one, "more than 2 rows", stafflist.Options{Limits: stafflist.Limits{Rows: 2}}},
		{"cut inside a quoted cell", headings + "20418833,\"Si", "never closed", stafflist.Options{}},
		{"NI numbers for employee numbers", headings + strings.ReplaceAll(one, "20418833", "QQ123456C"), "because of what it holds (NI number), which we never read", stafflist.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := open(test.file, test.o)
			var u *stafflist.Unreadable
			if !errors.As(err, &u) {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(u.Plain, test.want) {
				t.Errorf("got %q, want %q", u.Plain, test.want)
			}
			if strings.Contains(u.Error(), "QQ123456C") {
				t.Error("the error shows an NI number")
			}
		})
	}
}

// The limit on rows counts every row, also the first ones that are looked at together.
func TestRead_RowLimitHoldsInTheSample(t *testing.T) {
	list, err := open(headings+one+one, stafflist.Options{Limits: stafflist.Limits{Rows: 2}})
	if err != nil || list.Read != 2 {
		t.Errorf("%d rows, %v", list.Read, err)
	}
}

func TestRead_ReaderThatFails(t *testing.T) {
	_, err := stafflist.Read(failing{}, 1000, stafflist.Options{Profile: stafflist.Local()})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

// Signs that the export or the upload stopped early.
func TestRead_SeesAFileCutShort(t *testing.T) {
	for _, test := range []struct {
		name, file string
		want       bool
	}{
		{"whole", headings + one, false},
		{"whole without a last line end", headings + strings.TrimSpace(one), false},
		{"cut in the last row", headings + one + "20418834,Asha,Otterbrook,01/05/2024", true},
		{"old spreadsheet's last row", headings + strings.Repeat(one, 65_535), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(test.file, stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := list.Cut != ""; got != test.want {
				t.Errorf("cut: %q", list.Cut)
			}
		})
	}
}

// What must never leave the reader is planted in every kind of column; nothing
// the reader returns holds it.
func TestRead_SensitiveValuesNeverLeave(t *testing.T) {
	secrets := []string{"QQ123456C", "QQ 12 34 56 C", "QQ654321A", "1971-02-03", "03/02/1971", "SECRETFAITH", "White - British", "54321.09", "12-34-56", "SECRETHEALTH", "Lesbian"}
	head := "Employee Number,First Name,Last Name,Start Date,Role,Site,NI Number,D.O.B.,Ethnic Origin,Religious Belief,Annual Salary,Sort Code,Disability Flag,Notes,Preferred Name\n"
	var file strings.Builder
	file.WriteString(head)
	for i := range 600 {
		role, site, name := "Nurse", "Alder House", ""
		switch {
		case i == 550:
			role = "Nurse QQ 12 34 56 C" // late, inside a text, in a column that is kept
		case i == 551:
			name = "QQ654321A"
		}
		fmt.Fprintf(&file, "%d,Asha,Otterbrook,01/05/2024,%s,%s,QQ123456C,03/02/1971,White - British,SECRETFAITH,54321.09,12-34-56,SECRETHEALTH,QQ123456C,%s\n", 20_000_000+i, role, site, name)
	}
	list, err := open(file.String(), stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Rows) != 600 {
		t.Fatalf("%d rows, %+v", len(list.Rows), list.Rejects)
	}
	if list.Rows[550].Role != "Nurse" || list.Rows[551].PreferredName != "" {
		t.Errorf("%q, %q", list.Rows[550].Role, list.Rows[551].PreferredName)
	}
	if len(list.Notes) != 2 {
		t.Errorf("notes %+v", list.Notes)
	}
	mustNotHold(t, fmt.Sprintf("%+v", list), secrets)
	var kinds []string
	for _, d := range list.Dropped {
		kinds = append(kinds, d.Kind)
	}
	if got, want := strings.Join(kinds, "; "), "NI number; birth date; ethnicity; religion; pay; bank account; disability; "; got != want {
		t.Errorf("dropped %q, want %q", got, want)
	}
}

// A column is dropped for what it holds, whatever its heading says.
func TestRead_DropsByContent(t *testing.T) {
	for _, test := range []struct{ name, value, kind string }{
		{"NI numbers", "qq 12 34 56 c", "NI number"},
		{"ethnicity", "Asian or Asian British - Indian", "ethnicity"},
		{"sexual orientation", "Heterosexual or Straight", "sexual orientation"},
		{"religion", "Christianity", "religion"},
		{"sex", "Female", "sex or gender"},
		{"pay", "£31,049", "pay"},
		{"pay band", "Band 5", "pay band"},
		{"marital status", "Civil partnership", "marital status"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Employee Number,First Name,Last Name,Start Date,Role\n")
			for i := range 10 {
				fmt.Fprintf(&file, "%d,Asha,Otterbrook,01/05/2024,%q\n", 100+i, test.value)
			}
			list, err := open(file.String(), stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Dropped) != 1 || list.Dropped[0] != (stafflist.Drop{Heading: "Role", Kind: test.kind, ByContent: true}) {
				t.Errorf("dropped %+v", list.Dropped)
			}
			mustNotHold(t, fmt.Sprintf("%+v", list), []string{test.value})
		})
	}
}

// Surnames that are also words of a sensitive list are kept: one cell convicts nobody.
func TestRead_KeepsPeopleCalledLikeAReligion(t *testing.T) {
	list, err := open("Employee Number,First Name,Last Name,Start Date\n1,Christian,Islam,01/05/2024\n2,Asha,Otterbrook,01/05/2024\n3,Single,Jain,01/05/2024\n4,Ade,Heronfold,01/05/2024\n", stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Rows) != 4 || list.Rows[0].Family != "Islam" || list.Rows[0].Given != "Christian" {
		t.Errorf("read %+v", list)
	}
}

// A rejected cell is quoted back; if a sensitive value slipped into it, it is not.
func TestRead_RejectsShowNoNINumber(t *testing.T) {
	rows := []string{
		"20418833,Siân,Heronfold,QQ123456C,,,,,,\n",
		"20418834,Siân,Heronfold,01/05/2024,QQ123456C,,,,,\n",
		"20418835,Siân,Heronfold,01/05/2024,,a QQ123456C b,,,,\n",
		"QQ123456C,Siân,Heronfold,01/05/2024,,,9,,,\n",
		"20418836,Siân,Heronfold,01/05/2024,,,QQ123456C,,QQ 12 34 56 C x,\n",
	}
	list, err := open(headings+strings.Repeat(one, 30)+strings.Join(rows, ""), stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustNotHold(t, fmt.Sprintf("%+v", list), []string{"QQ123456C", "QQ 12 34 56 C", "123456"})
}

func mustNotHold(t *testing.T, text string, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			t.Errorf("what the reader returned holds %q", secret)
		}
	}
}

func TestPeek(t *testing.T) {
	file := "Staff list of November,,\n\n" + headings + one
	seen, err := stafflist.Peek(strings.NewReader(file), int64(len(file)), stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if seen.Row != 3 || len(seen.Headings) != 10 || seen.Headings[0] != "Employee Number" {
		t.Errorf("saw %+v", seen)
	}
}

// A file without headings does not have its first person shown as headings.
func TestPeek_NoHeadings(t *testing.T) {
	_, err := stafflist.Peek(strings.NewReader(one), int64(len(one)), stafflist.Options{})
	var u *stafflist.Unreadable
	if !errors.As(err, &u) || !strings.Contains(u.Plain, "cannot find the headings") {
		t.Errorf("got %v", err)
	}
}

// Whatever bytes come, the reader returns; and every row is read or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte(headings + one))
	f.Add([]byte("sep=;\n"))
	f.Add([]byte("\xff\xfeE\x00m\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Add(workbook(f, func(b book) { b.rows("Sheet1", localRows()) }))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, profile := range stafflist.Profiles() {
			list, err := stafflist.Read(bytes.NewReader(file), int64(len(file)), stafflist.Options{Profile: profile})
			if err != nil {
				continue
			}
			if len(list.Rows)+list.Refused() != list.Read {
				t.Fatalf("%d read, %d good, %d refused", list.Read, len(list.Rows), list.Refused())
			}
		}
		_, _ = stafflist.Peek(bytes.NewReader(file), int64(len(file)), stafflist.Options{})
	})
}
