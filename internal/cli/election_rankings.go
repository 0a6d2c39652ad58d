package cli

import (
	"bytes"
	"flag"
	"slices"

	"commonweal/belenios/archive"
	"commonweal/count"
	"commonweal/internal/base/fault"
)

func electionRankingsCommand() command {
	return command{
		name:  "election rankings",
		args:  "ARCHIVE",
		about: "Write the decrypted rankings to a BLT file, for \"commonweal count\"",
		help: `In a ballot the number 1 stands with the first preference, 2 with the second and so on; 0
stands with those who are not ranked. Equal numbers and numbers left out go into the file as
they are: what they mean is for the rules of counting to say.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			number := f.Int("question", 0, "`number` of the question, from 1 (default: the only one that is ranked)")
			seats := f.Int("seats", 1, "`number` of seats to fill")
			out := f.String("out", "", "new `file` (default: standard output)")
			return func(c *call) error {
				return c.withElection(c.args[0], func(e *openElection) error {
					q, err := rankedQuestion(e.report, *number)
					if err != nil {
						return err
					}
					papers, err := papersOf(q, *seats, e.report.Election.Name)
					if err != nil {
						return fault.Wrap(fault.Invalid, err, "the rankings cannot be written")
					}
					var text bytes.Buffer
					if err := papers.WriteBLT(&text); err != nil {
						return err
					}
					return c.deliver(*out, text.Bytes())
				})
			}
		},
	}
}

// rankedQuestion finds the question.
func rankedQuestion(r *archive.Report, number int) (archive.Question, error) {
	if r.Stage != archive.Finished {
		return archive.Question{}, fault.Errorf(fault.Conflict, "there are no rankings yet: %s", r.Stage.Sentence())
	}
	var found []int
	for i, q := range r.Questions {
		if q.Rankings != nil {
			found = append(found, i+1)
		}
	}
	switch {
	case number == 0 && len(found) == 1:
		number = found[0]
	case number == 0:
		return archive.Question{}, usagef("%s ranked: say which with --question", plural(len(found), "question is", "questions are"))
	case !slices.Contains(found, number):
		return archive.Question{}, usagef("question %d is not ranked or not there", number)
	}
	return r.Questions[number-1], nil
}

func papersOf(q archive.Question, seats int, title string) (*count.Ballots, error) {
	papers, err := count.NewBallots(seats, q.Choices...)
	if err != nil {
		return nil, err
	}
	papers.Title = title
	for _, vector := range q.Rankings {
		if err := papers.Add(1, paper(vector)...); err != nil {
			return nil, err
		}
	}
	return papers, nil
}

// paper turns the numbers that stand with the candidates into places.
func paper(numbers []int) []count.Rank {
	places := make([]count.Rank, slices.Max(numbers))
	for candidate, n := range numbers {
		if n > 0 {
			places[n-1] = append(places[n-1], candidate+1)
		}
	}
	return places
}
