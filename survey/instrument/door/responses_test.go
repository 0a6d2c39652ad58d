package door_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

const pulse = "look_forward,enthusiastic,time_passes,initiative,suggestions,improvements,care_first,recommend_work,recommend_care"

// Columns may stand in any order and in capitals; others are handed on.
func TestReadResponses(t *testing.T) {
	file := "\ufefffilled in,team," + strings.ToUpper(pulse) + "\n2026-11-01,Ward 1,5,4,3, 2 ,1,,5,4,3\n,Ward 2,,,,,,,,,\n"
	var rows [][]uint8
	var teams []string
	unused, err := door.ReadResponses(strings.NewReader(file), load(t, instrument.Pulse), []string{"team"}, func(r door.Response) error {
		rows, teams = append(rows, slices.Clone(r.Answers)), append(teams, r.Others[0])
		return nil
	})
	if err != nil || len(rows) != 2 || !slices.Equal(rows[0], []uint8{5, 4, 3, 2, 1, 0, 5, 4, 3}) || !slices.Equal(rows[1], make([]uint8, 9)) {
		t.Errorf("%v, %v", rows, err)
	}
	if !slices.Equal(teams, []string{"Ward 1", "Ward 2"}) || !slices.Equal(unused, []string{"filled in"}) {
		t.Errorf("%q, unused %q", teams, unused)
	}
}

// What is not a file of answers is refused, with its row, its column and what
// to do about it.
func TestReadResponses_Refuses(t *testing.T) {
	good := "5,4,3,2,1,5,5,4,3"
	for _, c := range []struct {
		name, why, file, says string
	}{
		{"nothing", "not even a heading", "", "the file is empty; give a heading"},
		{"heading alone", "nobody answered", pulse + "\n", "there are no answers under the heading; give one row a person"},
		{"a column is missing", "it may be another instrument's file", strings.Replace(pulse, "initiative,", "", 1) + "\n", "row 1, initiative: there is no such column; add the column"},
		{"a column twice", "which of them?", pulse + ",INITIATIVE\n" + good + ",1\n", "row 1, initiative: the column stands twice"},
		{"six of five", "no such option", pulse + "\n" + good + "\n5,4,3,2,1,5,5,4,6\n", `row 3, recommend_care: "6" is not the code of an option; write one of 1, 2, 3, 4, 5, or leave the cell empty`},
		{"nought", "nought is no code; leave it empty", pulse + "\n0,4,3,2,1,5,5,4,3\n", `row 2, look_forward: "0" is not the code`},
		{"a word", "options have codes", pulse + "\nAlways,4,3,2,1,5,5,4,3\n", `row 2, look_forward: "Always" is not the code`},
		{"half a point", "codes are whole", pulse + "\n2.5,4,3,2,1,5,5,4,3\n", `"2.5" is not the code`},
		{"beyond a byte", "it must not wrap round to 1", pulse + "\n257,4,3,2,1,5,5,4,3\n", `"257" is not the code`},
		{"too long", "one cell more than the heading", pulse + "\n" + good + ",1\n", "row 2: the row has 10 cells and the heading 9"},
		{"too short", "one cell less", pulse + "\n5,4\n", "row 2: the row has 2 cells and the heading 9"},
		{"semicolons", "as some spreadsheets save", strings.ReplaceAll(pulse, ",", ";") + "\n", "row 1: the columns are parted by semicolons or tabs; save the file with commas"},
		{"not UTF-8", "two bytes a letter", "\xff\xfea\x00,\x00b\x00\n", "row 1: the file is not UTF-8 text; save it as CSV UTF-8"},
		{"a quote that does not end", "the rest would be one cell", pulse + "\n\"5,4,3,2,1,5,5,4,3\n", "row 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := door.ReadResponses(strings.NewReader(c.file), load(t, instrument.Pulse), nil, func(door.Response) error { return nil })
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q: %s", err, c.says, c.why)
			}
		})
	}
}

// All that is wrong is told at once, and rows after the first mistake are not
// given out; what the caller says ends the reading.
func TestReadResponses_TellsAll(t *testing.T) {
	file := pulse + "\n9,4,3,2,1,5,5,4,3\n5,4,3,2,1,5,5,4,3\n5,4,3,2,1,5,5,4,8\n"
	given := 0
	_, err := door.ReadResponses(strings.NewReader(file), load(t, instrument.Pulse), nil, func(door.Response) error { given++; return nil })
	if err == nil || !strings.Contains(err.Error(), "row 2, look_forward") || !strings.Contains(err.Error(), "row 4, recommend_care") || given != 0 {
		t.Errorf("%v, %d given out", err, given)
	}
	stop := errors.New("stop")
	if _, err := door.ReadResponses(strings.NewReader(pulse+"\n,,,,,,,,\n"), load(t, instrument.Pulse), nil, func(door.Response) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// Whatever is read fits the instrument.
func FuzzReadResponses(f *testing.F) {
	f.Add(pulse + "\n5,4,3,2,1,5,5,4,3\n")
	f.Add(pulse + ",team\n5,4,3,2,1,,5,4,3,\"Ward, 1\"\n")
	f.Add("\ufeff" + pulse + "\r\n,,,,,,,,\r\n")
	in := load(f, instrument.Pulse)
	f.Fuzz(func(t *testing.T, file string) {
		_, _ = door.ReadResponses(strings.NewReader(file), in, nil, func(r door.Response) error {
			if len(r.Answers) != 9 || slices.Max(r.Answers) > 5 {
				t.Errorf("%v", r.Answers)
			}
			return nil
		})
	})
}
