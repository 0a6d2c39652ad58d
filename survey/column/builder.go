package column

import (
	"errors"
	"fmt"
	"math"
)

// Builder takes respondents one by one and makes a table of them.
type Builder struct {
	schema  Schema
	answers [][]uint8  // by question
	members [][]uint32 // by group
	rows    int
	spent   bool
}

// NewBuilder starts a table. Expected is how many respondents will be added: with
// the right number no memory is taken twice; with a wrong one some is.
func NewBuilder(s Schema, expected int) (*Builder, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if expected < 0 || int64(expected) > math.MaxUint32 {
		return nil, fmt.Errorf("%d respondents expected, not 0 to %d", expected, uint32(math.MaxUint32))
	}
	b := &Builder{
		schema:  s.copied(),
		answers: make([][]uint8, len(s.Questions)),
		members: make([][]uint32, len(s.Groups)),
	}
	for q := range b.answers {
		b.answers[q] = make([]uint8, 0, expected)
	}
	for g := range b.members {
		b.members[g] = make([]uint32, 0, expected)
	}
	return b, nil
}

// Add takes one respondent: an answer to each question and a member of each group,
// in the order of the schema. A respondent who is refused leaves nothing behind, and
// the next one has the same number.
func (b *Builder) Add(answers []uint8, members []uint32) error {
	if b.spent {
		return errors.New("the table is already built")
	}
	if err := b.check(answers, members); err != nil {
		return fmt.Errorf("respondent %d: %w", b.rows+1, err)
	}
	for q, code := range answers {
		b.answers[q] = append(b.answers[q], code)
	}
	for g, m := range members {
		b.members[g] = append(b.members[g], m)
	}
	b.rows++
	return nil
}

func (b *Builder) check(answers []uint8, members []uint32) error {
	switch {
	case int64(b.rows) >= math.MaxUint32:
		return errors.New("a table holds no more")
	case len(answers) != len(b.schema.Questions):
		return fmt.Errorf("%d answers to %d questions", len(answers), len(b.schema.Questions))
	case len(members) != len(b.schema.Groups):
		return fmt.Errorf("members of %d groups, not of %d", len(members), len(b.schema.Groups))
	}
	for q, code := range answers {
		if int(code) > b.schema.Questions[q].Options {
			return fmt.Errorf("question %s: code %d is above %d", b.schema.Questions[q].ID, code, b.schema.Questions[q].Options)
		}
	}
	for g, m := range members {
		if int64(m) >= int64(b.schema.Groups[g].Size) {
			return fmt.Errorf("group %s: member %d is above %d", b.schema.Groups[g].Name, m, b.schema.Groups[g].Size-1)
		}
	}
	return nil
}

// Table sorts what was added and hands it over. The builder is spent.
func (b *Builder) Table() (*Table, error) {
	if b.spent {
		return nil, errors.New("the table is already built")
	}
	b.spent = true
	t := &Table{schema: b.schema, rows: b.rows, answers: b.answers, members: b.members}
	first := b.members[0]
	t.starts, t.added = order(first, b.schema.Groups[0].Size)
	if isSorted(first) {
		t.added = nil
	} else {
		arrange(t.answers, t.added)
		arrange(t.members[1:], t.added)
	}
	// The first group is in the starts: a column of it would say the same again.
	t.members[0] = nil
	t.index = make([]index, len(t.members))
	for g := 1; g < len(t.members); g++ {
		t.index[g].starts, t.index[g].rows = order(t.members[g], b.schema.Groups[g].Size)
	}
	b.answers, b.members = nil, nil
	return t, nil
}

// order lists places by their member, in the order they had within one (a counting
// sort), and says where in the list each member starts.
func order(members []uint32, size int) (starts, list []uint32) {
	starts = make([]uint32, size+1)
	for _, m := range members {
		starts[m+1]++
	}
	for m := range size {
		starts[m+1] += starts[m]
	}
	next := append([]uint32(nil), starts[:size]...)
	list = make([]uint32, len(members))
	for i, m := range members {
		list[next[m]] = uint32(i)
		next[m]++
	}
	return starts, list
}

func isSorted(members []uint32) bool {
	for i := 1; i < len(members); i++ {
		if members[i] < members[i-1] {
			return false
		}
	}
	return true
}

// arrange puts every column into the order of the list. One spare column goes round:
// what was the old column is where the next one is written.
func arrange[T uint8 | uint32](columns [][]T, list []uint32) {
	spare := make([]T, len(list))
	for c, old := range columns {
		spare = spare[:len(list)]
		for i, from := range list {
			spare[i] = old[from]
		}
		columns[c], spare = spare, old
	}
}
