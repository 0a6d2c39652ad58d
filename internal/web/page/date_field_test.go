package page

import (
	"net/url"
	"testing"
	"time"
)

func TestDateField_Read(t *testing.T) {
	for _, tc := range []struct {
		why              string
		day, month, year string
		iso              string
		problem          Error
	}{
		{"a day", "27", "11", "2026", "2026-11-27", Error{}},
		{"a month by name", "1", "November", "2026", "2026-11-01", Error{}},
		{"a month in three letters", "29", "feb", "2024", "2024-02-29", Error{}},
		{"nothing typed is no error here", "", "", "", "", Error{}},
		{"a day that February has not", "31", "2", "2026", "", Error{"start-day", "31 February 2026 is not a date. Check the day and the month."}},
		{"a leap day in another year", "29", "2", "2025", "", Error{"start-day", "29 February 2025 is not a date. Check the day and the month."}},
		{"no day", "", "2", "2026", "", Error{"start-day", "The start date has no day. Add it."}},
		{"no month", "1", "", "2026", "", Error{"start-month", "The start date has no month. Add it."}},
		{"no year", "1", "2", "", "", Error{"start-year", "The start date has no year. Add it."}},
		{"a month too far", "1", "13", "2026", "", Error{"start-month", `"13" is not a month. Use a number from 1 to 12.`}},
		{"two figures of a year", "1", "2", "26", "", Error{"start-year", "The year of the start date needs four figures, such as 2026."}},
		{"a word for a day", "first", "2", "2026", "", Error{"start-day", `"first" is not a day of the month. Use a number from 1 to 31.`}},
		{"a negative day", "-1", "2", "2026", "", Error{"start-day", `"-1" is not a day of the month. Use a number from 1 to 31.`}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			f := DateField{Name: "start"}
			f.Fill(url.Values{"start-day": {" " + tc.day}, "start-month": {tc.month}, "start-year": {tc.year}})
			iso, ok := f.Read("start date")
			if iso != tc.iso || ok != (tc.problem.Message == "") {
				t.Errorf("got %q %v", iso, ok)
			}
			if got := f.problem(); got.Message != tc.problem.Message || (got.Message != "" && got.Field != tc.problem.Field) {
				t.Errorf("got %+v, want %+v", got, tc.problem)
			}
			if f.Day != tc.day || f.Month != tc.month || f.Year != tc.year {
				t.Error("what was typed is not kept")
			}
		})
	}
}

// The box that the error is about is marked, and only that one, unless it is about the day as a whole.
func TestDateField_Boxes(t *testing.T) {
	f := DateField{Name: "start", Day: "1", Month: "13", Year: "2026"}
	f.Read("start date")
	for i, want := range []bool{false, true, false} {
		if box := f.Boxes()[i]; box.Wrong != want {
			t.Errorf("%s is marked: %v", box.Name, box.Wrong)
		}
	}
}

func TestDateField_SetDay(t *testing.T) {
	var f DateField
	f.SetDay("2026-11-07")
	if f.Day != "7" || f.Month != "11" || f.Year != "2026" {
		t.Errorf("got %+v", f)
	}
	f = DateField{}
	f.SetDay("")
	if f.Day+f.Month+f.Year != "" {
		t.Errorf("got %+v from nothing", f)
	}
}

// Whatever is typed, Read returns a real day, nothing, or an error in words.
func FuzzDateField(f *testing.F) {
	f.Add("31", "2", "2026")
	f.Add("1", "nov", "2026")
	f.Add("", "", "")
	f.Fuzz(func(t *testing.T, day, month, year string) {
		field := DateField{Name: "d", Day: day, Month: month, Year: year}
		iso, ok := field.Read("day")
		switch {
		case !ok && (iso != "" || field.Error == ""):
			t.Errorf("refused with %q and %q", iso, field.Error)
		case ok && iso != "":
			if _, err := time.Parse(time.DateOnly, iso); err != nil {
				t.Errorf("read %q: %v", iso, err)
			}
		}
	})
}
