package column

import "fmt"

// MaxCounters is how many counters one [Cube] may have: 256 MiB of counts, and
// twice that of sums.
const MaxCounters = 1 << 26

// Cube has a counter for every option of every question in every cell, where a cell
// is one member of each of the groups it was counted by.
//
// The zero value is ready. Used again it keeps its memory, so that a page that is
// counted a thousand times takes it once.
type Cube[T uint32 | float64] struct {
	flat   []T
	sizes  []int // of the groups
	cells  int
	widths []int // by question: its options and one more for no answer
	from   []int // by question: where its counters start in flat

	cell []uint32 // by row, where cells of several groups had to be worked out
}

// Counts is how many respondents gave each answer.
type Counts = Cube[uint32]

// Sums is the weight of the respondents who gave each answer.
type Sums = Cube[float64]

// Cells is how many cells there are: the product of the sizes of the groups.
func (c *Cube[T]) Cells() int { return c.cells }

// Cell is the place of one member of each group, in the order counted by. It panics
// where there is no such member, as an index out of range does.
func (c *Cube[T]) Cell(members ...int) int {
	if len(members) != len(c.sizes) {
		panic(fmt.Sprintf("column: cell of %d members in a cube of %d groups", len(members), len(c.sizes)))
	}
	cell := 0
	for i, m := range members {
		if m < 0 || m >= c.sizes[i] {
			panic(fmt.Sprintf("column: member %d of a group of %d", m, c.sizes[i]))
		}
		cell = cell*c.sizes[i] + m
	}
	return cell
}

// Of is the counters of one question in one cell: first those who did not answer it,
// then each option. The slice is the cube's own, and good until it is counted again.
func (c *Cube[T]) Of(question, cell int) []T {
	if cell < 0 || cell >= c.cells {
		panic(fmt.Sprintf("column: cell %d of %d", cell, c.cells))
	}
	at := c.from[question] + cell*c.widths[question]
	return c.flat[at : at+c.widths[question] : at+c.widths[question]]
}

// Question is the counters of one question in all cells, one cell after the other.
func (c *Cube[T]) Question(question int) []T {
	at, n := c.from[question], c.cells*c.widths[question]
	return c.flat[at : at+n : at+n]
}

// part is some of a question's counters, where a cube is cut into parts of so many
// cells.
func (c *Cube[T]) part(question, part, cells int) []T {
	n := cells * c.widths[question]
	return c.Question(question)[part*n : (part+1)*n]
}

// shape makes room for the counts by these groups, all nought. A cube that is
// refused is as it was.
func (c *Cube[T]) shape(s Schema, by []int) error {
	width := s.width()
	cells := 1
	for _, g := range by {
		more := int64(cells) * int64(s.Groups[g].Size)
		if more > int64(MaxCounters/width) {
			return fmt.Errorf("counts by %s: more than %d counters", names(s, by), MaxCounters)
		}
		cells = int(more)
	}
	c.room(s, by, cells)
	return nil
}

func (c *Cube[T]) room(s Schema, by []int, cells int) {
	c.cells = cells
	c.sizes, c.widths, c.from = c.sizes[:0], c.widths[:0], c.from[:0]
	for _, g := range by {
		c.sizes = append(c.sizes, s.Groups[g].Size)
	}
	at := 0
	for _, q := range s.Questions {
		c.widths = append(c.widths, q.Options+1)
		c.from = append(c.from, at)
		at += cells * (q.Options + 1)
	}
	if cap(c.flat) < at {
		c.flat = make([]T, at)
		return
	}
	c.flat = c.flat[:at]
	clear(c.flat)
}

func names(s Schema, by []int) string {
	text := ""
	for i, g := range by {
		if i > 0 {
			text += " and "
		}
		text += s.Groups[g].Name
	}
	return text
}
