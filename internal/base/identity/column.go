package identity

import (
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

// chunk is how many values an IN list has: the same each time, so that the
// statement is prepared once.
const chunk = 200

// inChunks calls fn with the values in lists of exactly [chunk], the last one
// filled up with its first value.
func inChunks(values []string, fn func(args []any) error) error {
	for len(values) > 0 {
		n := min(chunk, len(values))
		args := make([]any, chunk)
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
