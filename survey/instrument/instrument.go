package instrument

import (
	"fmt"
	"maps"
	"slices"
)

// Instrument is one version of a set of questions.
type Instrument struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Title   Text   `json:"title"`
	// Source names the publication the questions and rules come from.
	Source string `json:"source"`
	Series Series `json:"series"`
	// Years are those of the national survey for which numbers are given.
	Years     []int      `json:"years,omitempty"`
	Groups    []Group    `json:"groups,omitempty"`
	Scales    []Scale    `json:"scales"`
	Questions []Question `json:"questions"`
	Scores    []Score    `json:"scores,omitempty"`
}

// Text is one text in several languages, by two-letter code. English is
// always there.
type Text map[string]string

// Languages lists the languages of an instrument, English first. Whatever is
// shown in one of them is there in each, which [Instrument.Check] sees to, so
// that nobody meets a page in two languages.
func (in Instrument) Languages() []string {
	list := []string{"en"}
	for _, l := range slices.Sorted(maps.Keys(in.Title)) {
		if l != "en" {
			list = append(list, l)
		}
	}
	return list
}

// In gives the text in a language, or in English where there is none.
func (t Text) In(language string) string {
	if s, ok := t[language]; ok {
		return s
	}
	return t["en"]
}

// Group is a set of questions asked together under one stem, one page each.
type Group struct {
	ID   string `json:"id"`
	Stem Text   `json:"stem"`
}

// Question is one thing that is asked.
type Question struct {
	Concept string `json:"concept"`
	ID      string `json:"id"`
	Label   Text   `json:"label"`
	// Text is the wording as asked. An instrument that only scores answers
	// given elsewhere may leave it out; see [Instrument.Unworded].
	Text  Text   `json:"text,omitempty"`
	Group string `json:"group,omitempty"`
	Scale string `json:"scale"`
	// Reverse turns the points round: agreement is the worse answer.
	Reverse bool `json:"reverse,omitempty"`
	// Numbers is the question's number in the national survey by year.
	Numbers map[int]string `json:"numbers,omitempty"`
	// Breaks gives, by year, why answers from that year on start a new series.
	Breaks map[int]string `json:"breaks,omitempty"`
	Ask    *Condition     `json:"ask,omitempty"`
}

// Condition says to whom a question is put: to those who chose one of the
// options Is of another question. An answer from anybody else does not count.
type Condition struct {
	Question string `json:"question"`
	Is       []int  `json:"is"`
	// Otherwise scores the question for people to whom it was not put.
	Otherwise []Instead `json:"otherwise,omitempty"`
}

// Instead gives points on a question to those who chose Code of the question
// in the condition. The points are not turned round.
type Instead struct {
	Code   int     `json:"code"`
	Points float64 `json:"points"`
}

// ScoreKind says where a score stands in the national structure.
type ScoreKind string

const (
	SubScore ScoreKind = "sub-score"
	Element  ScoreKind = "element" // of the People Promise
	Theme    ScoreKind = "theme"   // engagement and morale
	// Share is the percentage of answers that are among some options.
	Share ScoreKind = "share"
	// NetPromoter is the percentage of those who recommend less that of those
	// who do not, as the friends-and-family test was scored in 2013.
	NetPromoter ScoreKind = "net-promoter"
)

// Level says of what a score is the mean.
type Level string

const (
	// OfPeople: each person has a value, and the score is their mean.
	OfPeople Level = "people"
	// OfScores: the score of a group is the mean of the group's own
	// sub-scores, each with its own people; no person has a value. The
	// published engagement of the National Quarterly Pulse Survey is this to
	// the last digit (NHS England, results by organisation, 2021-22 and
	// 2022-23), which a mean of people is only if nobody leaves one out.
	OfScores Level = "scores"
)

// Score is a mean of questions or of other scores, never of both.
type Score struct {
	ID        string    `json:"id"`
	Label     Text      `json:"label"`
	Kind      ScoreKind `json:"kind"`
	Level     Level     `json:"level"`
	Questions []string  `json:"questions,omitempty"`
	Scores    []string  `json:"scores,omitempty"`
	// Least is how many of the parts must have a value for there to be one.
	Least int `json:"least"`
	// Worth is what each option is worth in this score, in place of the
	// points of the scale. An option that is not in it counts as no answer.
	Worth []Worth `json:"worth,omitempty"`
}

// Worth gives points to whoever chose an option. They are not turned round.
type Worth struct {
	Code   int     `json:"code"`
	Points float64 `json:"points"`
}

// Parts are the IDs of what the score is the mean of.
func (s Score) Parts() []string {
	if len(s.Scores) > 0 {
		return s.Scores
	}
	return s.Questions
}

// Question finds a question by its ID.
func (in Instrument) Question(id string) (Question, bool) {
	return find(in.Questions, func(q Question) bool { return q.ID == id })
}

// Concept finds a question by what it is about.
func (in Instrument) Concept(concept string) (Question, bool) {
	return find(in.Questions, func(q Question) bool { return q.Concept == concept })
}

// Numbered finds the question that had this number in that year's survey.
func (in Instrument) Numbered(year int, number string) (Question, bool) {
	return find(in.Questions, func(q Question) bool { n, ok := q.Numbers[year]; return ok && n == number })
}

// Scale finds a scale by its ID.
func (in Instrument) Scale(id string) (Scale, bool) {
	return find(in.Scales, func(s Scale) bool { return s.ID == id })
}

// Score finds a score by its ID.
func (in Instrument) Score(id string) (Score, bool) {
	return find(in.Scores, func(s Score) bool { return s.ID == id })
}

// Unworded lists the questions that cannot be asked, for want of a wording. An
// instrument that lists any can score answers but not open a wave.
func (in Instrument) Unworded() []string {
	var ids []string
	for _, q := range in.Questions {
		if len(q.Text) == 0 {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// Follows returns nil if answers of the later year can be set against those of
// the earlier, and otherwise the reason why not.
func (q Question) Follows(earlier, later int) error {
	for _, y := range []int{earlier, later} {
		if _, ok := q.Numbers[y]; !ok {
			return fmt.Errorf("question %s: not known to have been asked in %d", q.ID, y)
		}
	}
	if earlier > later {
		return fmt.Errorf("question %s: %d is not before %d", q.ID, earlier, later)
	}
	for _, y := range slices.Sorted(maps.Keys(q.Breaks)) {
		if earlier < y && y <= later {
			return fmt.Errorf("question %s: a new series since %d: %s", q.ID, y, q.Breaks[y])
		}
	}
	return nil
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	i := slices.IndexFunc(list, is)
	if i < 0 {
		var none T
		return none, false
	}
	return list[i], true
}
