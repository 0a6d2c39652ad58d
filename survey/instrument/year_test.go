package instrument_test

import (
	"strings"
	"testing"

	"commonweal/survey/instrument"
)

// Numbers that are printed somewhere besides the table they were worked out
// from: the speaking-up questions of 2021 (The Christie, board papers, April
// 2022), advocacy in 2022 and 2025 (core questionnaires), and what moved aside
// for the questions on safety in 2022 and on sexual behaviour and food in 2023
// (NHS Staff Survey, key changes).
func TestInYear_Numbers(t *testing.T) {
	for _, c := range []struct {
		id, question, concept string
	}{
		{"nhs-people-promise-2021", "q17a", "safe-to-raise-clinical-concerns"},
		{"nhs-people-promise-2021", "q21e", "safe-to-speak-up"},
		{"nhs-people-promise-2021", "q21f", "speaking-up-would-be-acted-on"},
		{"nhs-people-promise-2021", "q21a", "care-comes-first"},
		{"nhs-people-promise-2022", "q21a", "had-an-appraisal"},
		{"nhs-people-promise-2022", "q23c", "recommends-as-workplace"},
		{"nhs-people-promise-2023", "q25d", "happy-with-care-for-friend"},
		{"nhs-people-promise-2025", "q25d", "happy-with-care-for-friend"},
	} {
		in := load(t, c.id)
		q, ok := in.Question(c.question)
		if !ok || q.Concept != c.concept {
			t.Errorf("%s of %s is about %q, want %s", c.question, c.id, q.Concept, c.concept)
		}
	}
}

// In each year all thirty scores stand on as many questions as in 2024, and no
// question carries a number that another had in the same year.
func TestInYear_SameStructure(t *testing.T) {
	whole := load(t, instrument.PeoplePromise)
	for _, year := range whole.Years {
		in, err := whole.InYear(year)
		if err != nil {
			t.Fatal(err)
		}
		if len(in.Questions) != len(whole.Questions) || len(in.Scores) != 30 {
			t.Errorf("%d: %d questions and %d scores", year, len(in.Questions), len(in.Scores))
		}
		for i, s := range in.Scores {
			for j, id := range s.Questions {
				q, _ := in.Question(id)
				was, _ := whole.Question(whole.Scores[i].Questions[j])
				if q.Concept != was.Concept || q.ID != "q"+q.Numbers[year] {
					t.Errorf("%d: part %d of %s is about %s, not %s", year, j, s.ID, q.Concept, was.Concept)
				}
			}
		}
	}
}

// A year that the instrument does not have, and one in which a score would be
// without its question, are errors that say so.
func TestInYear_Refuses(t *testing.T) {
	whole := load(t, instrument.PeoplePromise)
	if _, err := whole.InYear(2019); err == nil || !strings.Contains(err.Error(), "2019 is not one of its years") {
		t.Errorf("%v", err)
	}
	in, err := instrument.Read([]byte(strings.Replace(small, `"numbers": {"2023": "1", "2024": "2a"}`, `"numbers": {"2024": "2a"}`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.InYear(2023); err == nil || !strings.Contains(err.Error(), "score S_1: b has no number in 2023") {
		t.Errorf("%v", err)
	}
	// The condition goes with the question it is on.
	of, err := in.InYear(2024)
	if err != nil || of.Questions[1].ID != "q2a" || of.Questions[1].Ask.Question != "q1" || in.Questions[1].Ask.Question != "a" {
		t.Errorf("%v, %+v", err, of.Questions)
	}
}
