package published

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// factHeads are the headings of the carried table. A score and its base stand
// side by side; "-" is a figure that the publisher hid, nothing one that is not
// published.
func factHeads() []string {
	heads := []string{"ods", "name", "group", "region"}
	for _, code := range CarriedScores() {
		name := factNames[code]
		heads = append(heads, name, name+"_base")
	}
	return append(heads, "absence_2024_25", "absence_months")
}

var factNames = map[string]string{
	"E": "engagement", "E_1": "motivation", "E_2": "involvement", "E_3": "advocacy",
	"PP1": "pp1", "PP2": "pp2", "PP3": "pp3", "PP4": "pp4", "PP5": "pp5", "PP6": "pp6", "PP7": "pp7", "M": "morale",
}

// WriteFacts writes the carried table.
func WriteFacts(w io.Writer, facts []Fact) error {
	out := csv.NewWriter(w)
	if err := out.Write(factHeads()); err != nil {
		return err
	}
	for _, f := range facts {
		o := f.Organisation
		row := []string{o.ODS, o.Name, o.Group, o.Region}
		for _, code := range CarriedScores() {
			row = append(row, factCells(f.Scores, code)...)
		}
		absence := []string{"", ""}
		if f.Absence.Months > 0 {
			absence = []string{strconv.FormatFloat(f.Absence.Rate, 'f', 2, 64), strconv.Itoa(f.Absence.Months)}
		}
		if err := out.Write(append(row, absence...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func factCells(scores map[string]Value, code string) []string {
	v, ok := scores[code]
	if !ok {
		return []string{"", ""}
	}
	base := ""
	if v.Base > 0 {
		base = strconv.Itoa(v.Base)
	}
	if v.Suppressed {
		return []string{"-", base}
	}
	return []string{strconv.FormatFloat(v.Value, 'f', 2, 64), base}
}

// ReadFacts reads a table as WriteFacts writes it. It stops at the first cell
// that is wrong: the table is ours, so a fault in it is a fault of the program.
func ReadFacts(r io.Reader) ([]Fact, error) {
	rows := csv.NewReader(r)
	heads, err := rows.Read()
	if err != nil {
		return nil, err
	}
	want := factHeads()
	if len(heads) != len(want) {
		return nil, fmt.Errorf("%d headings where %d should be", len(heads), len(want))
	}
	for i := range want {
		if heads[i] != want[i] {
			return nil, fmt.Errorf("heading %d is %q and should be %q", i+1, heads[i], want[i])
		}
	}
	var facts []Fact
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return facts, nil
		}
		if err != nil {
			return nil, err
		}
		f, err := readFact(row)
		if err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		facts = append(facts, f)
	}
}

func readFact(row []string) (Fact, error) {
	o := Organisation{ODS: row[0], Name: row[1], Scope: ScopeOrganisation, Group: row[2], Region: row[3]}
	switch {
	case o.ODS == England:
		o.Scope = ScopeEngland
	case !ValidODS(o.ODS):
		return Fact{}, fmt.Errorf("%q is not an ODS code", o.ODS)
	}
	f := Fact{Organisation: o, Scores: map[string]Value{}}
	for i, code := range CarriedScores() {
		m, _ := ScoreOf(code)
		v := Value{ODS: o.ODS, Measure: m.ID, Period: Year(carriedSurvey)}
		cell, base := row[4+2*i], row[5+2*i]
		if cell == "" {
			continue
		}
		var ok bool
		if v.Base, ok = count(base); !ok && (base != "" || cell != "-") {
			return Fact{}, fmt.Errorf("%s of %s: base %q is not a number of answers", code, o.ODS, base)
		}
		if v.Suppressed = cell == "-"; !v.Suppressed {
			if v.Value, ok = number(cell); !ok || v.Value < m.Low || v.Value > m.High {
				return Fact{}, fmt.Errorf("%s of %s: %q is not a score", code, o.ODS, cell)
			}
		}
		f.Scores[code] = v
	}
	rate, months := row[len(row)-2], row[len(row)-1]
	if rate == "" && months == "" {
		return f, nil
	}
	var okRate, okMonths bool
	f.Absence.Rate, okRate = number(rate)
	f.Absence.Months, okMonths = count(months)
	f.Absence.Period = Span(carriedFirst, carriedLast)
	if !okRate || !okMonths || f.Absence.Rate < 0 || f.Absence.Rate > 100 || f.Absence.Months < 1 || f.Absence.Months > 12 {
		return Fact{}, fmt.Errorf("absence of %s: %q over %q months", o.ODS, rate, months)
	}
	return f, nil
}
