package column

import "fmt"

// Table is the answers, sorted by the first group. It does not change.
type Table struct {
	schema  Schema
	rows    int
	answers [][]uint8  // by question, then row
	members [][]uint32 // by group, then row; none for the first
	starts  []uint32   // of the first group: member m has the rows starts[m] to starts[m+1]
	index   []index    // by group; none for the first
	added   []uint32   // by row: the respondent's place when added; nil where it is the row
}

// index finds the rows of a member without a pass over all of them.
type index struct {
	starts []uint32 // by member
	rows   []uint32
}

// Len is how many respondents there are.
func (t *Table) Len() int { return t.rows }

// Schema is what the table was built with.
func (t *Table) Schema() Schema { return t.schema.copied() }

func (t *Table) group(name string) (int, error) {
	for g := range t.schema.Groups {
		if t.schema.Groups[g].Name == name {
			return g, nil
		}
	}
	return 0, fmt.Errorf("there is no group %q", name)
}

// groups finds each name, once.
func (t *Table) groups(names []string) ([]int, error) {
	found := make([]int, len(names))
	seen := make([]bool, len(t.schema.Groups))
	for i, name := range names {
		g, err := t.group(name)
		if err != nil {
			return nil, err
		}
		if seen[g] {
			return nil, fmt.Errorf("group %s is named twice", name)
		}
		seen[g] = true
		found[i] = g
	}
	return found, nil
}
