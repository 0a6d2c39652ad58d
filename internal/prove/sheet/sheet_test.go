package sheet_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/sheet"
)

func read(t *testing.T, text string) *sheet.Sheet {
	t.Helper()
	s, err := sheet.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What published files really hold.
func TestRead_AsPublished(t *testing.T) {
	s := read(t, "\ufeffDate,Org,Value\n01/04/2024,\"Leeds, York and Selby\",\"1,234.5\"\n2024-05-01,RRK,-\n1 June 2024,RRK,12.5%\nJul-24,RRK,\u22123\n")
	days, err := s.Days("date")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range days {
		said = append(said, d.String())
	}
	if !slices.Equal(said, []string{"2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01"}) {
		t.Errorf("%v", said)
	}
	v, err := s.Numbers("Value")
	if err != nil || v[0] != 1234.5 || !math.IsNaN(v[1]) || v[2] != 12.5 || v[3] != -3 {
		t.Errorf("%v, %v", v, err)
	}
	names, err := s.Text("Org")
	if err != nil || names[0] != "Leeds, York and Selby" {
		t.Errorf("%q, %v", names, err)
	}
	if s := read(t, "\"a\"\r,\"b\"\n1,2\r\n"); s.Headings[0] != "a" || s.Rows[0][1] != "2" {
		t.Errorf("%q, %q", s.Headings, s.Rows)
	}
	if s := read(t, "a,b\r1,2\r"); len(s.Rows) != 1 || s.Headings[1] != "b" {
		t.Errorf("%q, %q", s.Headings, s.Rows)
	}
	if s := read(t, "a;b\n1;2,5\n"); s.Headings[1] != "b" {
		t.Errorf("%q", s.Headings)
	}
}

// A row is named by where a spreadsheet shows it, whatever stands above it.
func TestRead_PlacesOfRows(t *testing.T) {
	s := read(t, ",\nDate,Value\n\n2024-04-01,1\n\"2024-\n05-01\",2\n\n , \n2024-06-01,six\n,\n,,,\n")
	var places []int
	for i := range s.Rows {
		places = append(places, s.Place(i))
	}
	if want := []int{4, 5, 8}; !slices.Equal(places, want) {
		t.Errorf("rows %v and not %v: %q", places, want, s.Rows)
	}
	if _, err := s.Numbers("Value"); err == nil || !strings.HasPrefix(err.Error(), `row 8, Value: "six"`) {
		t.Errorf("%v", err)
	}
	late, err := s.Where("Value", "six")
	if err != nil || late.Place(0) != 8 {
		t.Errorf("%+v, %v", late, err)
	}
	for text, want := range map[string]string{
		"a,b\n\n1,2\n1,2,3\n":        "row 4 has 3 cells",
		"a,b\n\"1\n1\",2\n\n1,\"2\n": "row 4: a quote is open",
		"a,b\n,\n":                   "no rows below",
		",\n":                        "the file is empty",
	} {
		if _, err := sheet.Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
}

func TestRead_Refuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", "the file is empty"},
		"headings alone":  {"a,b\n", "no rows below"},
		"a heading twice": {"a,a\n1,2\n", `heading "a" stands twice`},
		"a row too long":  {"a,b\n1,2\n1,2,3\n", "row 3 has 3 cells, and there are 2 headings"},
		"an open quote":   {"a,b\n1,\"2\n", "a quote is open"},
	} {
		if _, err := sheet.Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	s := read(t, "Date,Value,n\n2024-04-01,1,1\n31/02/2024,\"1,5\",1.5\n")
	for heading, c := range map[string]struct {
		read func() error
		want string
	}{
		"Date":  {func() error { _, err := s.Days("Date"); return err }, `row 3, Date: "31/02/2024" is not a day; write`},
		"Value": {func() error { _, err := s.Numbers("Value"); return err }, `row 3, Value: "1,5" has a comma that parts no thousands`},
		"n":     {func() error { _, err := s.Whole("n"); return err }, `row 3, n: "1.5" is not a whole number`},
		"":      {func() error { _, err := s.Text("Rate"); return err }, `no heading "Rate"; the headings are Date, Value, n`},
	} {
		err := c.read()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", heading, err, c.want)
		}
		var cell *sheet.CellError
		if heading != "" && (!errors.As(err, &cell) || cell.Row != 3) {
			t.Errorf("%s: %v names no row", heading, err)
		}
	}
}

// In a file with semicolons 1,234 may be a thousand and more, or one and a bit: it is
// refused, as whoever wrote it knows which.
func TestNumbers_RefusesACommaThatMayBeEither(t *testing.T) {
	s := read(t, "unit;x\na;1.5\nb;1,234\n")
	chosen, err := s.Where("unit", "b")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*sheet.Sheet{s, chosen} {
		if _, err := s.Numbers("x"); err == nil || !strings.Contains(err.Error(), `row 3, x: "1,234" has a comma, which in a file with semicolons may part thousands or decimals`) {
			t.Errorf("got %v", err)
		}
	}
}

// What is wrong is named by its row in the file, also where only some rows were chosen:
// whoever mends it opens the file.
func TestWhere_KeepsTheRowsOfTheFile(t *testing.T) {
	all, err := sheet.Read(strings.NewReader("site,time,x\na,1,1\nb,1,2\na,2,3\nb,2,tea\n"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := all.Where("site", "b")
	if err != nil || len(b.Rows) != 2 || b.Place(0) != 3 || b.Place(1) != 5 {
		t.Fatalf("the rows of b are %v at %d and %d: %v", b.Rows, b.Place(0), b.Place(1), err)
	}
	var cell *sheet.CellError
	if _, err := b.Numbers("x"); !errors.As(err, &cell) || cell.Row != 5 {
		t.Errorf("the cell that is no number is said to be at %v", err)
	}
	first, err := b.Where("time", "2")
	if err != nil || first.Place(0) != 5 {
		t.Errorf("chosen twice, the row has place %v: %v", first, err)
	}
	both, err := all.Where("time", "1", "2")
	if err != nil || len(both.Rows) != 4 || both.Place(3) != 5 {
		t.Errorf("of either time there are %v: %v", both, err)
	}
	for _, values := range [][]string{{"c"}, {"a", "c"}} {
		if _, err := all.Where("site", values...); err == nil || err.Error() != "no row has c in site" {
			t.Errorf("no row has c, and of %q was said: %v", values, err)
		}
	}
}

// A first line of very many headings takes no time that grows with their square.
func TestRead_RefusesHeadingsWithoutEnd(t *testing.T) {
	if _, err := sheet.Read(strings.NewReader(strings.Repeat("a,", 1<<20) + "\n1\n")); err == nil || !strings.Contains(err.Error(), "headings") {
		t.Errorf("a million headings: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"a,b\n1,2\n", "\ufeffdate;x\n2024-01-01;3\n", "a\n\"1,000\"\n", "a,b\n\"\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := sheet.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, h := range s.Headings {
			if v, err := s.Numbers(h); err == nil && len(v) != len(s.Rows) {
				t.Errorf("%d numbers of %d rows", len(v), len(s.Rows))
			}
			_, _ = s.Days(h)
			_, _ = s.Whole(h)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, text := range []string{"1", "-1,234.50", "1e3", "NA", "12%", "0x1p-2", "1_000", "Inf"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := sheet.Number(text); err == nil && math.IsInf(v, 0) {
			t.Errorf("%q is %v", text, v)
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, text := range []string{"2024-04-01", "01/04/2024", "1 April 2024", "Apr-24", "2024-04", "31/02/2024", "0000-00-00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := sheet.Day(text)
		if err != nil {
			return
		}
		if again, err := sheet.Day(day.String()); err != nil || again != day {
			t.Errorf("%q is %v, which is %v: %v", text, day, again, err)
		}
	})
}
