package column

import "fmt"

// Rows is the respondents of one member of a group: an organisation, a team.
type Rows struct {
	table    *Table
	from, to int      // of the first group, which is together
	list     []uint32 // of any other
}

// Rows finds the respondents of one member, without a pass over the others.
func (t *Table) Rows(group string, member int) (Rows, error) {
	g, err := t.group(group)
	if err != nil {
		return Rows{}, err
	}
	if member < 0 || member >= t.schema.Groups[g].Size {
		return Rows{}, fmt.Errorf("group %s: there is no member %d", group, member)
	}
	if g == 0 {
		return Rows{table: t, from: int(t.starts[member]), to: int(t.starts[member+1])}, nil
	}
	x := t.index[g]
	return Rows{table: t, list: x.rows[x.starts[member]:x.starts[member+1]]}, nil
}

// Len is how many respondents there are.
func (r Rows) Len() int { return r.to - r.from + len(r.list) }

// Count counts every option of every question among these respondents, in one cell.
func (r Rows) Count(into *Counts) {
	into.room(r.table.schema, nil, 1)
	for q, codes := range r.table.answers {
		counters := into.Question(q)
		switch {
		case r.list != nil:
			countRows(counters, codes, r.list)
		case len(counters) <= packed:
			countPacked(counters, codes[r.from:r.to])
		default:
			countPlain(counters, codes[r.from:r.to])
		}
	}
}

// Answers appends what these respondents answered to one question. The order is the
// same for every question, so that the answers of one respondent stand at one place.
func (r Rows) Answers(into []uint8, question int) []uint8 {
	codes := r.table.answers[question]
	into = append(into, codes[r.from:r.to]...)
	for _, row := range r.list {
		into = append(into, codes[row])
	}
	return into
}
