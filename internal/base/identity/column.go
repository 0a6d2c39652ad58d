package identity

import (
	"slices"
	"strings"

	"commonweal/law"
)

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// day is a column that holds a day, or nothing.
func day(d law.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// readDay reads a day column; what the schema let in can be read.
func readDay(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		return law.Date{}
	}
	return d
}

// marks are n question marks for IN (...).
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// chunks are how many values an IN list may have: few sizes, so that each
// statement is prepared once, and a small one for what asks about one person.
var chunks = []int{1, 10, 200}

// inChunks calls fn with the values in lists of one of the sizes of [chunks], the
// last one filled up with its first value.
func inChunks(values []string, fn func(args []any) error) error {
	for len(values) > 0 {
		size := chunks[len(chunks)-1]
		for _, c := range slices.Backward(chunks) {
			if len(values) <= c {
				size = c
			}
		}
		n := min(size, len(values))
		args := make([]any, size)
		for i := range args {
			args[i] = values[0]
			if i < n {
				args[i] = values[i]
			}
		}
		if err := fn(args); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}
