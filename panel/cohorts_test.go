package panel_test

import (
	"slices"
	"strings"
	"testing"

	"commonweal/panel"
)

// four units at four times: one never treated, two from the third time, one from the
// second.
func fourUnits() panel.Rows {
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u, start := range []int{0, 2003, 2003, 2002} {
		for year := 2001; year <= 2004; year++ {
			rows.Unit, rows.Time = append(rows.Unit, string(rune('a'+u))), append(rows.Time, year)
			on := 0.0
			if start != 0 && year >= start {
				on = 1
			}
			rows.Columns["on"], rows.Columns["start"] = append(rows.Columns["on"], on), append(rows.Columns["start"], float64(start))
		}
	}
	return rows
}

// A start told by its time and one told by a switch are the same.
func TestStarts(t *testing.T) {
	p := take(t, fourUnits(), "on", "start")
	byTime, err := panel.Starts(p, "start")
	if err != nil {
		t.Fatal(err)
	}
	bySwitch, err := panel.SwitchedOn(p, "on")
	if err != nil {
		t.Fatal(err)
	}
	if want := (panel.Treated{panel.Never, 2, 2, 1}); !slices.Equal(byTime, want) || !slices.Equal(bySwitch, want) {
		t.Errorf("%v, %v", byTime, bySwitch)
	}
}

func TestStarts_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		column string
		at     int
		value  float64
		want   string
	}{
		"two starts":     {"start", 5, 2004, "unit b has two starts"},
		"treated before": {"on", 4, 1, "unit b is treated when it is first seen"},
		"off again":      {"on", 7, 0, "unit b is not treated any more at 2004"},
		"half":           {"on", 6, 0.5, "it holds 1 from the start on"},
	} {
		rows := fourUnits()
		rows.Columns[c.column][c.at] = c.value
		p := take(t, rows, "on", "start")
		read := panel.Starts
		if c.column == "on" {
			read = panel.SwitchedOn
		}
		if _, err := read(p, c.column); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	rows := fourUnits()
	for i := range rows.Columns["start"][4:8] {
		rows.Columns["start"][4+i] = 1999
	}
	if _, err := panel.Starts(take(t, rows, "start"), "start"); err == nil || !strings.Contains(err.Error(), "unit b begins at 1999, when it is first seen") {
		t.Errorf("before the panel: %v", err)
	}
}
