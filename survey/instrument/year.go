package instrument

import (
	"fmt"
	"maps"
	"slices"
)

// InYear gives the instrument for answers to one year's survey: questions are
// called by that year's numbers ("q21a"), those that were not asked or whose
// number is not known are left out, and the ID ends in the year. Concepts and
// numbers stay, so that years can still be set side by side.
//
// The same column heading is another question in another year: q21a was care
// as first priority in 2021 and having had an appraisal in 2022. So a file of
// answers is scored by the instrument of its year and no other.
//
// It is an error if a score needs a question that has no number in the year.
func (in Instrument) InYear(year int) (Instrument, error) {
	if !slices.Contains(in.Years, year) {
		return Instrument{}, fmt.Errorf("instrument %s: %d is not one of its years", in.ID, year)
	}
	called := map[string]string{}
	for _, q := range in.Questions {
		if n, ok := q.Numbers[year]; ok {
			called[q.ID] = "q" + n
		}
	}
	of := in
	of.ID = fmt.Sprintf("%s-%d", in.ID, year)
	of.Title = Text{}
	for l, t := range in.Title {
		of.Title[l] = fmt.Sprintf("%s, %d", t, year)
	}
	of.Questions = nil
	for _, q := range in.Questions {
		id, ok := called[q.ID]
		if !ok {
			continue
		}
		q.ID, q.Numbers, q.Breaks = id, maps.Clone(q.Numbers), maps.Clone(q.Breaks)
		if q.Ask != nil {
			ask := *q.Ask
			ask.Question = called[ask.Question]
			q.Ask = &ask
		}
		of.Questions = append(of.Questions, q)
	}
	of.Groups = slices.DeleteFunc(slices.Clone(in.Groups), func(g Group) bool {
		return !slices.ContainsFunc(of.Questions, func(q Question) bool { return q.Group == g.ID })
	})
	of.Scores = slices.Clone(in.Scores)
	for i, s := range of.Scores {
		of.Scores[i].Questions = nil
		for _, id := range s.Questions {
			if called[id] == "" {
				return Instrument{}, fmt.Errorf("instrument %s: score %s: %s has no number in %d", in.ID, s.ID, id, year)
			}
			of.Scores[i].Questions = append(of.Scores[i].Questions, called[id])
		}
	}
	return of, of.Check()
}
