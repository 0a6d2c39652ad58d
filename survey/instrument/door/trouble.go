package door

import (
	"errors"
	"fmt"
	"strings"

	"commonweal/survey/instrument"
)

// Trouble is one thing that keeps a file from being taken in.
type Trouble struct {
	// Part is the sheet of a workbook, or nothing.
	Part string
	// Row counts from 1, the heading being row 1; nought where the trouble is
	// with no row. In JSON the place stands in Field.
	Row    int
	Field  string // the column, or the path within JSON
	Why    string
	Remedy string
}

// Error writes the trouble on one line.
func (t Trouble) Error() string {
	var where []string
	if t.Part != "" {
		where = append(where, "sheet "+t.Part)
	}
	if t.Row > 0 {
		where = append(where, fmt.Sprintf("row %d", t.Row))
	}
	if t.Field != "" {
		where = append(where, t.Field)
	}
	line := t.Why
	if len(where) > 0 {
		line = strings.Join(where, ", ") + ": " + line
	}
	if t.Remedy != "" {
		line += "; " + t.Remedy
	}
	return line
}

// mostTroubles is how many are told of one file; who made more has made one
// mistake many times.
const mostTroubles = 50

// troubles gathers what is wrong with a file.
type troubles struct {
	list []error
	more int
}

func (t *troubles) add(one Trouble) {
	if len(t.list) == mostTroubles {
		t.more++
		return
	}
	t.list = append(t.list, one)
}

func (t *troubles) err() error {
	if t.more > 0 {
		return errors.Join(append(t.list, fmt.Errorf("and %d more", t.more))...)
	}
	return errors.Join(t.list...)
}

// place is where the part of an instrument stood in a file.
type place struct {
	part  string
	row   int
	field string
}

// check turns the faults of an instrument into troubles at their places, by
// what [instrument.Fault] calls the part: "question q3c".
func (t *troubles) check(in instrument.Instrument, places map[string]place, remedies map[string]string) {
	err := in.Check()
	if err == nil {
		return
	}
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	for _, e := range list {
		var f instrument.Fault
		if !errors.As(e, &f) {
			t.add(Trouble{Why: e.Error()})
			continue
		}
		at := places[f.Where]
		field, remedy := at.field, "correct it"
		if field == "" {
			field = strings.TrimSpace(f.Where + " " + f.Field)
		}
		// The field of a text within a list ends in its kind: "options, code 2, label".
		if r, ok := remedies[f.Field[strings.LastIndex(f.Field, " ")+1:]]; ok {
			remedy = r
		}
		t.add(Trouble{Part: at.part, Row: at.row, Field: field, Why: f.Why, Remedy: remedy})
	}
}
