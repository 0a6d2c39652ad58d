package stafflist

import (
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

// records reads every record that is not blank with the given delimiter.
func records(text string, delimiter byte, limits Limits) (out [][]string, numbers []int, faults int, err error) {
	t := newCSV(strings.NewReader(text), delimiter, limits.withDefaults())
	for {
		l, err := t.next()
		if err == io.EOF {
			return out, numbers, faults, nil
		}
		if err != nil {
			return out, numbers, faults, err
		}
		row := make([]string, len(l.cells))
		for i, cell := range l.cells {
			row[i] = strings.Clone(cell)
		}
		if l.fault != "" {
			faults++
		}
		out, numbers = append(out, row), append(numbers, l.number)
	}
}

func TestCSV_RowsAreNumberedAsASpreadsheetShowsThem(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       [][]string
		numbers    []int
	}{
		{"plain", "a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"Windows line ends", "a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"old Macintosh line ends", "a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"no line end at the end", "a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"blank rows count but are not given", "a,b\n\n,\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 4}},
		{"a line break in a cell is not a row", "a,\"b\nc\"\n1,2\n", [][]string{{"a", "b\nc"}, {"1", "2"}}, []int{1, 2}},
		{"doubled marks", `a,"say ""hi"""` + "\n", [][]string{{"a", `say "hi"`}}, []int{1}},
		{"a mark inside a bare cell is a letter", `a,5" pipe` + "\n", [][]string{{"a", `5" pipe`}}, []int{1}},
		{"empty last cell", "a,\n", [][]string{{"a", ""}}, []int{1}},
		{"empty quoted cell", "a,\"\"\n", [][]string{{"a", ""}}, []int{1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, numbers, faults, err := records(test.text, ',', Limits{})
			if err != nil || faults != 0 {
				t.Fatalf("%v, %d faults", err, faults)
			}
			if !reflect.DeepEqual(got, test.want) || !reflect.DeepEqual(numbers, test.numbers) {
				t.Errorf("got %q at %v, want %q at %v", got, numbers, test.want, test.numbers)
			}
		})
	}
}

// A mark in the wrong place spoils its own row, not the rest of the list.
func TestCSV_MisplacedMarkSpoilsOneRow(t *testing.T) {
	got, _, faults, err := records("a,b\n\"x\"y,2\n3,4\n", ',', Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if faults != 1 || len(got) != 3 || got[2][0] != "3" {
		t.Errorf("%d faults in %q", faults, got)
	}
}

func TestCSV_LimitsHaveClearErrors(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a mark never closed", "a,b\n1,\"x\n2,3\n", "never closed"},
		{"a cell too long", "a\n" + strings.Repeat("x", 101) + "\n", "longer than 100"},
		{"a quoted cell too long", "a\n\"" + strings.Repeat("x\n", 80) + "\"\n", "longer than 100"},
		{"too many columns", strings.Repeat(",", 60) + "\n", "more than 50 columns"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, _, err := records(test.text, ',', Limits{Cell: 100, Columns: 50})
			var u *Unreadable
			if !errors.As(err, &u) || !strings.Contains(u.Plain, test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSniffDelimiter(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       byte
	}{
		{"commas", "Employee Number,Surname\n1,A\n", ','},
		{"semicolons with decimal commas", "No;Name;FTE\n1;A;0,60\n2;B;1,00\n", ';'},
		{"tabs with commas in names", "No\tName\n1\tHeron, Alun\n2\tOtter, Asha\n", '\t'},
		{"bars", "No|Name\n1|A\n", '|'},
		{"one column only", "Name\nA\n", ','},
		{"a title above", "Staff list, November\n\nNo;Name;Site\n1;A;B\n2;C;D\n", ';'},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := sniffDelimiter([]byte(test.text), Limits{}.withDefaults()); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Where encoding/csv reads a text without complaint, ours reads the same.
func FuzzCSV_AgreesWithEncodingCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,\"b\nc\"\r\n", `"a""b",c`, "\r\n,\n", "\"", "a\"b,c\n", "a,b\n\"x\"y,2\n", "\xff\xfe,\x00\n", "é,ł\n", "a\rb\r\n", "\"a\r\nb\"\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, numbers, faults, err := records(text, ',', Limits{})
		for i := 1; i < len(numbers); i++ {
			if numbers[i] <= numbers[i-1] {
				t.Fatalf("row numbers do not rise: %v", numbers)
			}
		}
		// encoding/csv keeps a carriage return on its own; ours ends a row by it.
		if strings.Contains(strings.ReplaceAll(text, "\r\n", "\n"), "\r") {
			return
		}
		peer := csv.NewReader(strings.NewReader(text))
		peer.FieldsPerRecord = -1
		all, peerErr := peer.ReadAll()
		if peerErr != nil {
			return
		}
		if err != nil || faults > 0 {
			t.Fatalf("encoding/csv reads it, ours says %v with %d faults", err, faults)
		}
		var want [][]string
		for _, row := range all {
			if !(line{cells: row}).blank() {
				want = append(want, row)
			}
		}
		for _, row := range got {
			for i, cell := range row {
				row[i] = strings.ReplaceAll(cell, "\r\n", "\n")
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("ours %q, encoding/csv %q", got, want)
		}
	})
}
