package published

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // for the table of facts
	"encoding/hex"
	"fmt"
)

//go:embed facts/nss2024.csv
var carriedTable []byte

// CarriedScores are the codes of the scores in the carried table, in order:
// engagement and its sub-scores, the People Promise elements, morale.
func CarriedScores() []string {
	return []string{"E", "E_1", "E_2", "E_3", "PP1", "PP2", "PP3", "PP4", "PP5", "PP6", "PP7", "M"}
}

const (
	carriedFile   = "nss2024.csv"
	carriedSurvey = 2024
	carriedFirst  = Period("2024-04")
	carriedLast   = Period("2025-03")
)

// Fact is one row of the carried table.
type Fact struct {
	Organisation Organisation
	Scores       map[string]Value // by code; a score not published is absent
	Absence      YearAbsence      // Months is nought where the absence file has none
}

// CarriedFacts is the carried table, row by row.
func CarriedFacts() ([]Fact, error) {
	facts, err := ReadFacts(bytes.NewReader(carriedTable))
	if err != nil {
		return nil, fmt.Errorf("carried table: %w", err)
	}
	return facts, nil
}

// Carried feeds sink with the small table of published figures that this
// program carries: the 2024 survey's main scores of every organisation and of
// England, to two decimals, and a year's absence. It is what a machine shows
// that has imported nothing; an imported workbook holds the same figures in full.
func Carried(ctx context.Context, sink Sink) (Report, error) {
	facts, err := CarriedFacts()
	if err != nil {
		return Report{}, err
	}
	sum := sha256.Sum256(carriedTable)
	t := newTally(sink)
	t.report.Format = FormatCarried
	t.report.Rows = len(facts)
	if err := t.source(Source{
		Name: "Published figures carried with this program", Publisher: publisher,
		Licence:  LicenceLine("NHS Staff Survey 2024, NHS Sickness Absence Rates"),
		FileName: carriedFile, SHA256: hex.EncodeToString(sum[:]), Year: carriedSurvey,
	}); err != nil {
		return t.report, err
	}
	for _, code := range CarriedScores() {
		m, _ := ScoreOf(code)
		if err := t.measure(m); err != nil {
			return t.report, err
		}
	}
	if err := t.measure(AbsenceYear); err != nil {
		return t.report, err
	}
	for _, f := range facts {
		if err := ctx.Err(); err != nil {
			return t.report, err
		}
		if err := f.feed(t); err != nil {
			return t.report, err
		}
	}
	return t.report, nil
}

func (f Fact) feed(t *tally) error {
	if err := t.organisation(f.Organisation); err != nil {
		return err
	}
	for _, code := range CarriedScores() {
		if v, ok := f.Scores[code]; ok {
			if err := t.value(v); err != nil {
				return err
			}
		}
	}
	if f.Absence.Months == 0 {
		return nil
	}
	return t.value(Value{
		ODS: f.Organisation.ODS, Measure: AbsenceYear.ID, Period: f.Absence.Period,
		Value: f.Absence.Rate, Base: f.Absence.Months,
	})
}
