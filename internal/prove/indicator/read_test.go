package indicator

import (
	"math"
	"strings"
	"testing"
	"time"

	"commonweal/law"
	"commonweal/spc"
)

var absence = Definition{
	ID: "1", Code: "absence", N: 1, Name: "Sickness absence", About: "Days lost.", Numerator: "days lost", Denominator: "days available", Unit: "%", Decimals: 1,
	Direction: spc.Down, Kind: Proportion, Source: "Payroll", Every: Month, Covers: 1, Starts: law.NewDate(2023, time.April, 1),
}

var merged = map[string]Merger{"R1F": {Into: "R0D", On: law.NewDate(2024, time.November, 1)}, "R0A": {Into: "R0D"}}

// Each row that does not fit is refused with its row, its heading and why; the others go
// in.
func TestRead_RefusesByRow(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		columns    Columns
		fits       int
		says       []string
	}{
		{"all is well", "2024-04,5,100\n2024-05,6,100\n", Columns{}, 2, nil},
		{"a month stands twice", "2024-04,5,100\nApril 2024,6,100\n", Columns{}, 1, []string{"row 3: the same period and unit stand already in row 2"}},
		{"a period is blank", ",5,100\n2024-04,5,100\n", Columns{}, 1, []string{`row 2, month "": is blank`}},
		{"a day is no month's", "15/04/2024,5,100\n30/04/2024,5,100\n", Columns{}, 1, []string{`row 2, month "15/04/2024": is neither the first nor the last day of a month`}},
		{"a day and month the other way round", "04/30/2024,5,100\n", Columns{}, 0, []string{`"04/30/2024": is not a day or a month`}},
		{"a period before the measure began", "2023-03,5,100\n", Columns{}, 0, []string{"is before 2023-04-01"}},
		{"a value is no number", "2024-04,five,100\n2024-05,-,100\n2024-06,1,100\n", Columns{}, 1, []string{`row 2, lost "five": is not a number`, `row 3, lost "-": says that there is no value`}},
		{
			"a month that is not over, and one of a year mistyped", "2024-04,5,100\n2024-05,5,100\n2042-05,5,100\n",
			Columns{Today: law.NewDate(2024, time.May, 31)},
			1,
			[]string{`row 3, month "2024-05": is not over yet: its last day is 2024-05-31`, `row 4, month "2042-05": is not over yet`},
		},
		{"more is lost than there is", "2024-04,101,100\n", Columns{}, 0, []string{"is more than the whole, 100"}},
		{"nothing to divide by", "2024-04,0,0\n", Columns{}, 0, []string{"is nothing to divide by"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, rejected, _, err := Read(strings.NewReader("month,lost,available\n"+c.rows), absence, Columns{Period: "month", Numerator: "lost", Denominator: "available", Today: c.columns.Today}, "", merged, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkRead(t, got, rejected, c.fits, c.says)
		})
	}
}

// Codes of organisations: merged ones and sites are refused, one's own becomes the whole.
func TestRead_Organisations(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		fits       int
		says       []string
	}{
		{"a code after its merger", "2024-10,R1F,5,100\n2024-11,R1F,5,100\n", 1, []string{`row 3, org "R1F": went into R0D on 2024-11-01`}},
		{"a merged code whose day is not known", "2024-10,R0A,5,100\n", 0, []string{"is now part of R0D"}},
		{"a site beside its trust", "2024-04,RRK,5,100\n2024-04,RRK97,1,20\n", 1, []string{`row 3, org "RRK97": is a site of RRK`}},
		{"a site of a trust that the directory knows", "2024-04,RXA01,5,100\n", 0, []string{"is a site of RXA"}},
		{"no code at all", "2024-04,Somewhere,5,100\n", 0, []string{"is not the ODS code"}},
		{"the whole of England is no organisation", "2024-04,ENG,5,100\n", 0, []string{"is not the ODS code"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, rejected, _, err := Read(strings.NewReader("month,org,lost,available\n"+c.rows), absence,
				Columns{Period: "month", Numerator: "lost", Denominator: "available", Organisation: "org"}, "NQL", merged, map[string]bool{"RXA": true})
			if err != nil {
				t.Fatal(err)
			}
			checkRead(t, got, rejected, c.fits, c.says)
		})
	}
	got, _, _, err := Read(strings.NewReader("month,org,lost,available\n2024-04,nql,5,100\n2024-04,RRK,1,50\n"), absence,
		Columns{Period: "month", Numerator: "lost", Denominator: "available", Organisation: "org"}, "NQL", nil, nil)
	if err != nil || len(got) != 2 || got[0].Unit != Whole || got[0].Value != 5 || got[1].Unit != "RRK" || got[1].Value != 2 {
		t.Errorf("one's own code is the whole: %+v, %v", got, err)
	}
}

// A value beside its numerator and denominator has to be what they make.
func TestRead_HoldsValueAgainstItsParts(t *testing.T) {
	columns := Columns{Period: "month", Value: "rate", Numerator: "lost", Denominator: "available"}
	got, rejected, _, err := Read(strings.NewReader("month,rate,lost,available\n2024-04,5.6,\"1,112\",\"20,000\"\n2024-05,7.1,1112,20000\n"), absence, columns, "", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkRead(t, got, rejected, 1, []string{`row 3, rate "7.1": is not what numerator and denominator make: 5.56`})
	if math.Abs(got[0].Value-5.56) > 1e-12 {
		t.Errorf("the value is what the parts make, unrounded: %v", got[0].Value)
	}
}

// A file that cannot be read at all says which heading it lacks.
func TestRead_Headings(t *testing.T) {
	for _, c := range []struct {
		name, file, says string
		columns          Columns
	}{
		{"no such heading", "month,lost\n2024-04,5\n", `there is no heading "when"`, Columns{Period: "when", Value: "lost"}},
		{"half of the parts", "month,lost\n2024-04,5\n", "or of neither", Columns{Period: "month", Numerator: "lost"}},
		{"no values", "month,lost\n2024-04,5\n", "name the heading of the values", Columns{Period: "month"}},
		{"two kinds of unit", "month,lost,a,b\n2024-04,5,1,2\n", "not both", Columns{Period: "month", Value: "lost", Organisation: "a", Part: "b"}},
		{"nothing in it", "", "the file is empty", Columns{Period: "month", Value: "lost"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, _, err := Read(strings.NewReader(c.file), absence, c.columns, "", nil, nil)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want ...%s...", err, c.says)
			}
		})
	}
}

// Quarters and years begin where they begin; a year begins with the definition.
func TestDefinition_Periods(t *testing.T) {
	quarters, years := absence, absence
	quarters.Every, years.Every = Quarter, Year
	for _, c := range []struct {
		d          Definition
		day, first string
	}{
		{quarters, "2024-04-01", "2024-04-01"},
		{quarters, "2024-06-30", "2024-04-01"},
		{quarters, "2024-05-01", ""},
		{years, "2025-03-31", "2024-04-01"},
		{years, "2024-04-01", "2024-04-01"},
		{years, "2024-12-31", ""},
	} {
		day, err := law.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.d.start(day)
		if (err != nil) != (c.first == "") || err == nil && got.String() != c.first {
			t.Errorf("%s %s: %v, %v; want %s", c.d.Every, c.day, got, err, c.first)
		}
	}
}

func checkRead(t *testing.T, got []Figure, rejected []Rejection, fits int, says []string) {
	t.Helper()
	if len(got) != fits || len(rejected) != len(says) {
		t.Fatalf("%d fit and %v do not; want %d and %q", len(got), rejected, fits, says)
	}
	for i, want := range says {
		if !strings.Contains(rejected[i].String(), want) {
			t.Errorf("rejected: %s; want ...%s...", rejected[i], want)
		}
	}
}

// Whatever a file holds, each of its rows is kept or refused, and no period and unit is
// kept twice.
func FuzzRead(f *testing.F) {
	f.Add("month,org,lost,available\n2024-04,RRK,5,100\n,R1F,x,-\n")
	f.Add("month;org;lost;available\n30/04/2024;RRK97;5;100\n")
	f.Fuzz(func(t *testing.T, file string) {
		got, rejected, rows, err := Read(strings.NewReader(file), absence, Columns{Period: "month", Numerator: "lost", Denominator: "available", Organisation: "org"}, "NQL", merged, nil)
		if err != nil {
			return
		}
		if len(got)+len(rejected) != rows {
			t.Errorf("%d rows, %d kept, %d refused", rows, len(got), len(rejected))
		}
		seen := map[Figure]bool{}
		for _, v := range got {
			key := Figure{Period: v.Period, Unit: v.Unit}
			if seen[key] || math.IsNaN(v.Value) || v.Period.IsZero() {
				t.Errorf("kept %+v", v)
			}
			seen[key] = true
		}
	})
}
