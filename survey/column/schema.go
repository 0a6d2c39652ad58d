package column

import (
	"fmt"
	"math"
)

// MaxMembers is how many members a group may have.
const MaxMembers = 1 << 20

// Schema says what is asked and what the respondents are grouped by.
type Schema struct {
	Questions []Question
	Groups    []Group // rows are sorted by the first
}

// Question is one column of answers.
type Question struct {
	ID      string
	Options int // answers are 1 to Options, and 0 for none; at most 255
}

// Group is a way to divide the respondents: every one of them belongs to one of its
// members, which are numbered from 0.
type Group struct {
	Name string
	Size int // how many members there are
}

func (s Schema) check() error {
	if len(s.Questions) == 0 {
		return fmt.Errorf("schema has no questions")
	}
	if len(s.Groups) == 0 {
		return fmt.Errorf("schema has no groups")
	}
	ids := map[string]bool{}
	for i, q := range s.Questions {
		switch {
		case q.ID == "":
			return fmt.Errorf("question %d has no id", i+1)
		case ids[q.ID]:
			return fmt.Errorf("question %s is there twice", q.ID)
		case q.Options < 1 || q.Options > math.MaxUint8:
			return fmt.Errorf("question %s has %d options, not 1 to %d", q.ID, q.Options, math.MaxUint8)
		}
		ids[q.ID] = true
	}
	if s.width() > MaxCounters {
		return fmt.Errorf("%d questions have more than %d options", len(s.Questions), MaxCounters)
	}
	names := map[string]bool{}
	for i, g := range s.Groups {
		switch {
		case g.Name == "":
			return fmt.Errorf("group %d has no name", i+1)
		case names[g.Name]:
			return fmt.Errorf("group %s is there twice", g.Name)
		case g.Size < 1 || g.Size > MaxMembers:
			return fmt.Errorf("group %s has %d members, not 1 to %d", g.Name, g.Size, MaxMembers)
		}
		names[g.Name] = true
	}
	return nil
}

// width is how many counters one cell takes.
func (s Schema) width() int {
	width := 0
	for _, q := range s.Questions {
		width += q.Options + 1
	}
	return width
}

// copied keeps the caller's later changes out.
func (s Schema) copied() Schema {
	return Schema{
		Questions: append([]Question(nil), s.Questions...),
		Groups:    append([]Group(nil), s.Groups...),
	}
}
