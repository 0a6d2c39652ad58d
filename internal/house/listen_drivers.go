package house

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"

	"commonweal/internal/listen/answers"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// What goes with a score is worked out once, when a survey is released and its answers
// are still there, from what single people answered: averages of teams rise and fall
// together and would show nothing. It is kept with the release, of everybody together and
// of no group.
const (
	mostDrivers     = 16 // every set of them is looked at
	fewestDrivers   = 3
	driverResamples = 400
	leastDriven     = 100 // people who answered all of it, whatever the method would do with
	driverLevel     = 0.95
)

// DriverShares is how much of the differences between people in one score each question,
// or other score, goes with. It does not say that one causes the other.
type DriverShares struct {
	Outcome string        `json:"outcome"` // the score
	Of      string        `json:"of"`      // "question" or "score": what the shares are of
	R2      float64       `json:"r2"`      // of all of them together
	People  int           `json:"people"`  // who answered all of it, to the nearest five
	Drivers []DriverShare `json:"drivers"` // the largest share first
}

// DriverShare is the share of one question or score, with its uncertainty.
type DriverShare struct {
	ID        string  `json:"id"`
	Share     float64 `json:"share"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Rank      int     `json:"rank"`
	BestRank  int     `json:"best_rank"`
	WorstRank int     `json:"worst_rank"`
}

// drivers works the shares out. There are none where too few people answered all of it,
// or the instrument has nothing to set against its first score.
func drivers(in instrument.Instrument, rows []answers.Row, release []byte) (*DriverShares, error) {
	scorer, err := score.New(in)
	if err != nil {
		return nil, err
	}
	outcome, of, ids := driven(in)
	if len(ids) < fewestDrivers || len(ids) > mostDrivers {
		return nil, nil
	}
	r := estimate.Respondents{RowsAre: estimate.People, Outcome: outcome, Questions: ids, Answers: make([][]float64, len(ids))}
	complete := 0
	for _, row := range rows {
		items, err := scorer.Items(row.Answers)
		if err != nil {
			return nil, err
		}
		people, err := scorer.Person(row.Answers)
		if err != nil {
			return nil, err
		}
		value := func(id string, question bool) float64 {
			list, at := people, -1
			if question {
				list = items
				for i, q := range in.Questions {
					if q.ID == id {
						at = i
					}
				}
			} else {
				for i, s := range in.Scores {
					if s.ID == id {
						at = i
					}
				}
			}
			if at < 0 || !list[at].Known {
				return math.NaN()
			}
			return list[at].Points
		}
		all := !math.IsNaN(value(outcome, false))
		r.Values = append(r.Values, value(outcome, false))
		for i, id := range ids {
			v := value(id, of == "question")
			r.Answers[i] = append(r.Answers[i], v)
			all = all && !math.IsNaN(v)
		}
		if all {
			complete++
		}
	}
	if complete < max(leastDriven, estimate.LeastPeople(len(ids))) {
		return nil, nil
	}
	seed := sha256.Sum256(release)
	random := rand.New(rand.NewPCG(binary.BigEndian.Uint64(seed[:8]), binary.BigEndian.Uint64(seed[8:16]))) //nolint:gosec // resampling, and the same for the same release
	shares, err := estimate.Drivers(r, driverResamples, driverLevel, random)
	if err != nil {
		return nil, nil //nolint:nilerr // answers that are all alike, or move together: there is nothing to say
	}
	places := func(v float64) float64 { return math.Round(v*1000) / 1000 }
	out := &DriverShares{Outcome: outcome, Of: of, R2: places(shares.R2), People: (shares.People + 2) / 5 * 5}
	for _, d := range shares.Drivers {
		out.Drivers = append(out.Drivers, DriverShare{d.Question, places(d.Share), places(d.Low), places(d.High), d.Rank, d.BestRank, d.WorstRank})
	}
	return out, nil
}

// driven says what is set against what: the first score that is no sub-score against the
// questions that are no part of it, or against the other such scores where these are too
// many. Where all questions are part of it, its last sub-score is set against the others:
// whether people would recommend the place, against how they find their work.
func driven(in instrument.Instrument) (outcome, of string, ids []string) {
	var head instrument.Score
	for _, s := range in.Scores {
		if s.Kind != instrument.SubScore && (head.ID == "" || s.ID == "E") {
			head = s
		}
	}
	inside := partsOf(in, head)
	for _, q := range in.Questions {
		if scale, ok := in.Scale(q.Scale); ok && !inside[q.ID] && scale.Kind != instrument.Choice && q.Ask == nil {
			ids = append(ids, q.ID)
		}
	}
	switch {
	case head.ID == "":
		return "", "", nil
	case len(ids) >= fewestDrivers && len(ids) <= mostDrivers && head.Level == instrument.OfPeople:
		return head.ID, "question", ids
	case len(ids) > mostDrivers && head.Level == instrument.OfPeople:
		ids = nil
		for _, s := range in.Scores {
			if s.Kind != instrument.SubScore && s.ID != head.ID && s.Level == instrument.OfPeople {
				ids = append(ids, s.ID)
			}
		}
		return head.ID, "score", ids
	case len(head.Scores) < 2:
		return "", "", nil
	}
	last, _ := in.Score(head.Scores[len(head.Scores)-1])
	own := partsOf(in, last)
	ids = nil
	for _, q := range in.Questions {
		if inside[q.ID] && !own[q.ID] {
			ids = append(ids, q.ID)
		}
	}
	return last.ID, "question", ids
}

// partsOf are the questions that a score is made of.
func partsOf(in instrument.Instrument, s instrument.Score) map[string]bool {
	out := map[string]bool{}
	for _, q := range s.Questions {
		out[q] = true
	}
	for _, id := range s.Scores {
		if inner, ok := in.Score(id); ok {
			for q := range partsOf(in, inner) {
				out[q] = true
			}
		}
	}
	return out
}
