package poll

import (
	"errors"
	"time"

	"commonweal/internal/base/world"
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
func day(d law.Date) any { return text(d.String()) }

// moment is a column that holds an instant, or nothing.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(world.TimeFormat)
}

// scans reads days and instants that are stored as text, and keeps what went wrong.
type scans struct{ err error }

func (s *scans) day(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(text)
	s.err = errors.Join(s.err, err)
	return d
}

func (s *scans) moment(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(world.TimeFormat, text)
	s.err = errors.Join(s.err, err)
	return t
}
