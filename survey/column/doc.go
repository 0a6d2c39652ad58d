// Package column holds the coded answers to a survey in memory, and counts them.
//
// # What it holds
//
// An answer is one byte: 0 where the question was not answered, otherwise the place
// of the option in the question's scale, from 1. A [Table] keeps one column of bytes
// a question, so that the answers to a hundred questions by a million and a half
// people are 150 MB. What a respondent belongs to (organisation, occupation, team)
// is a [Group]: a small whole number below the group's size. Someone who did not
// say belongs to a member that the caller sets aside for it.
//
// A [Builder] takes the respondents one by one and refuses what the [Schema] does
// not allow, naming respondent and question. Respondents have no name here but
// their place in the order in which they were added, counted from 1.
//
//	b, err := column.NewBuilder(schema, len(answers))
//	err = b.Add(answers, groups)
//	t, err := b.Table()
//	var c column.Counts
//	err = t.Count(&c, "organisation", "occupation")
//	counts := c.Of(question, c.Cell(organisation, occupation)) // counts[0]: no answer
//
// # Why it is fast
//
// Rows are sorted by the first group of the schema. Counting by that group is then
// counting run after run into a handful of counters, and crossing it with another
// group needs, for one run, only the counters of that other group: they stay in the
// nearest cache however many organisations there are. Questions are counted one at
// a time, for a column is read in order and its counters are together.
//
// Put first the group that is asked for most, and keep it first when crossing.
//
// # Invariants
//
//   - Complete: the counts of a question in a cell, with those who did not answer
//     it, are the respondents of the cell.
//   - Bounded: a table takes a byte an answer, eight bytes a respondent for each
//     group after the first, and four for the order they came in. Counts above
//     [MaxCounters] are refused before any memory is taken.
//   - Pure: no clock, no chance, no files. A built table does not change, and may be
//     read by many goroutines; a [Cube] belongs to one at a time.
package column
