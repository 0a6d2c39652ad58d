package belenios

import (
	"fmt"
	"strconv"

	"commonweal/belenios/group"
)

// Kind says how the answers to a question are counted.
type Kind int

const (
	// Homomorphic answers are 0 or 1 for each choice; only their sums are decrypted; §4.9.1 p. 13.
	Homomorphic Kind = iota
	// NonHomomorphic answers are a vector of small numbers, such as ranks. The
	// ciphertexts are shuffled and each is decrypted; §4.9.2 p. 14.
	NonHomomorphic
)

// Question is what voters are asked.
type Question struct {
	Kind    Kind
	Title   string
	Answers []string

	// Of homomorphic questions: from Min to Max answers may be chosen, and with Blank
	// none at all even where Min is above 0.
	Blank    bool
	Min, Max int

	// Extra is the raw value that a non-homomorphic question may carry for others.
	Extra []byte
}

const (
	maxQuestions = 1000
	maxAnswers   = 1000
)

// Ciphertexts is how many ciphertexts an answer has. With Blank the first of them says
// whether the vote is blank; §4.11.1 p. 15.
func (q *Question) Ciphertexts() int {
	switch {
	case q.Kind == NonHomomorphic:
		return 1
	case q.Blank:
		return len(q.Answers) + 1
	}
	return len(q.Answers)
}

// width is how many numbers a voter gives.
func (q *Question) width() int {
	if q.Kind == NonHomomorphic {
		return len(q.Answers)
	}
	return q.Ciphertexts()
}

func (q *Question) check(g group.Group) error {
	switch {
	case len(q.Answers) == 0:
		return fmt.Errorf("no answers")
	case len(q.Answers) > maxAnswers:
		return fmt.Errorf("%d answers are more than %d", len(q.Answers), maxAnswers)
	case q.Kind == NonHomomorphic && g.EncodeLimit() == 0:
		return fmt.Errorf("a non-homomorphic question cannot be asked in the group %s: it does not say how numbers become elements", g.Name())
	case q.Kind == NonHomomorphic && len(q.Answers) > g.EncodeLimit():
		return fmt.Errorf("%d answers: an element of %s holds %d", len(q.Answers), g.Name(), g.EncodeLimit())
	case q.Kind == NonHomomorphic:
		return nil
	case q.Extra != nil:
		return fmt.Errorf("a homomorphic question has no extra value")
	case q.Min < 0 || q.Min > q.Max || q.Max < 1 || q.Max > len(q.Answers):
		return fmt.Errorf("from %d to %d of %d answers cannot be chosen", q.Min, q.Max, len(q.Answers))
	}
	return nil
}

func (q *Question) append(b []byte) []byte {
	if q.Kind == NonHomomorphic {
		b = append(b, `{"type":"NonHomomorphic","value":{"answers":`...)
		b = appendList(b, q.Answers, appendString)
		b = append(appendString(append(b, `,"question":`...), q.Title), '}')
		if q.Extra != nil {
			b = append(append(b, `,"extra":`...), q.Extra...)
		}
		return append(b, '}')
	}
	b = appendList(append(b, `{"answers":`...), q.Answers, appendString)
	if q.Blank {
		b = append(b, `,"blank":true`...)
	}
	b = strconv.AppendInt(append(b, `,"min":`...), int64(q.Min), 10)
	b = strconv.AppendInt(append(b, `,"max":`...), int64(q.Max), 10)
	return append(appendString(append(b, `,"question":`...), q.Title), '}')
}

func parseQuestion(v value) (Question, error) {
	if v.kind != '{' {
		return Question{}, fmt.Errorf("not an object")
	}
	if _, typed := v.get("type"); typed {
		return parseNonHomomorphic(v)
	}
	if err := v.only("answers", "blank", "min", "max", "question"); err != nil {
		return Question{}, err
	}
	q := Question{Kind: Homomorphic}
	if err := q.words(v); err != nil {
		return Question{}, err
	}
	var err error
	if q.Min, err = v.small("min"); err != nil {
		return Question{}, err
	}
	if q.Max, err = v.small("max"); err != nil {
		return Question{}, err
	}
	if blank, ok := v.get("blank"); ok {
		if blank.kind != 't' && blank.kind != 'f' {
			return Question{}, fmt.Errorf("blank is neither true nor false")
		}
		q.Blank = blank.kind == 't'
	}
	return q, nil
}

func parseNonHomomorphic(v value) (Question, error) {
	if err := v.only("type", "value", "extra"); err != nil {
		return Question{}, err
	}
	kind, err := v.string("type")
	if err != nil {
		return Question{}, err
	}
	if kind != "NonHomomorphic" {
		return Question{}, fmt.Errorf("unknown type of question %s", excerpt(kind))
	}
	inner, ok := v.get("value")
	if !ok || inner.kind != '{' {
		return Question{}, fmt.Errorf("value is not an object")
	}
	if err := inner.only("answers", "question"); err != nil {
		return Question{}, err
	}
	q := Question{Kind: NonHomomorphic}
	if extra, ok := v.get("extra"); ok {
		q.Extra = []byte(extra.raw)
	}
	return q, q.words(inner)
}

// words reads what both kinds have.
func (q *Question) words(v value) error {
	var err error
	if q.Title, err = v.string("question"); err != nil {
		return err
	}
	answers, ok := v.get("answers")
	if !ok || answers.kind != '[' {
		return fmt.Errorf("answers is not a list")
	}
	for i, a := range answers.items {
		if a.kind != '"' {
			return fmt.Errorf("answer %d is not a string", i+1)
		}
		q.Answers = append(q.Answers, a.text)
	}
	return nil
}
