package archive

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"commonweal/belenios"
)

// Step is an event with the records that it brought.
type Step struct {
	Event  Event
	Head   Head
	Stage  Stage    // that it led to
	Data   []Record // the payload is the last
	Offset int64    // where the step ends
}

// Payload is the record that the event refers to, or nothing.
func (s Step) Payload() []byte {
	if len(s.Data) == 0 {
		return nil
	}
	return s.Data[len(s.Data)-1].Body
}

// bring is how many records a step of each type brings: its payload and what
// that refers to.
var bring = map[EventType]int{
	Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2,
	Shuffle: 2, EndShuffles: 0, PartialDecryption: 2, Result: 1,
}

// mostRecords is the most that any step brings: Setup.
const mostRecords = 4

// Scanner reads steps one after another. What it returns is chained, in the
// order that an election has, and complete: every record is new, comes right
// before the event that brings it, and is referred to once.
type Scanner struct {
	r      *Reader
	ranked func(Step) (bool, error)
	head   *Head
	stage  Stage
	isRank bool
	seen   map[belenios.Hash]bool
	data   []Record
	end    int64 // where the last whole step ends
}

// NewScanner reads steps from r. When the first step, Setup, has come, it asks
// ranked whether the election has a question whose ballots are shuffled.
func NewScanner(r *Reader, ranked func(Step) (bool, error)) *Scanner {
	return &Scanner{r: r, ranked: ranked, seen: map[belenios.Hash]bool{}, end: r.Offset()}
}

// Head is the last event read, nil before the first.
func (s *Scanner) Head() *Head { return s.head }

// End is where the last whole step ended.
func (s *Scanner) End() int64 { return s.end }

// Next returns the next step, and [io.EOF] after the last.
func (s *Scanner) Next() (Step, error) {
	s.data = nil
	for {
		rec, err := s.r.Next()
		if errors.Is(err, io.EOF) && len(s.data) > 0 {
			return Step{}, fmt.Errorf("record %s: no event refers to it: %w", s.data[0].Name(), ErrTorn)
		}
		if err != nil {
			return Step{}, err
		}
		if s.seen[rec.Hash] {
			return Step{}, fmt.Errorf("record %s: it is in the archive twice", rec.Name())
		}
		s.seen[rec.Hash] = true
		if rec.Kind == EventRecord {
			return s.step(rec)
		}
		s.data = append(s.data, rec)
		if len(s.data) > mostRecords { // they are in memory until their event comes
			return Step{}, fmt.Errorf("record %s: %d records without an event; none brings more than %d", rec.Name(), len(s.data), mostRecords)
		}
	}
}

func (s *Scanner) step(rec Record) (Step, error) {
	e, err := ParseEvent(rec.Body)
	if err != nil {
		return Step{}, err
	}
	if err := e.follow(s.head); err != nil {
		return Step{}, err
	}
	stage, err := s.stage.after(e.Type, s.isRank)
	if err != nil {
		return Step{}, fmt.Errorf("event %d: %w", e.Height, err)
	}
	if err := s.complete(e); err != nil {
		return Step{}, fmt.Errorf("event %d: %w", e.Height, err)
	}
	step := Step{Event: e, Head: Head{e.Height, rec.Hash}, Stage: stage, Data: s.data, Offset: s.r.Offset()}
	if e.Type == Setup {
		s.isRank, err = s.ranked(step)
		if err != nil {
			return Step{}, err
		}
	}
	s.stage, s.head, s.end = stage, &step.Head, step.Offset
	return step, nil
}

// complete checks that the records before an event are those that it refers
// to, directly or through its payload, and no others.
func (s *Scanner) complete(e Event) error {
	if len(s.data) != bring[e.Type] {
		return fmt.Errorf("%s brings %d records and should bring %d", e.Type, len(s.data), bring[e.Type])
	}
	if e.Payload == nil {
		return nil
	}
	last := s.data[len(s.data)-1]
	if *e.Payload != last.Hash {
		return fmt.Errorf("%s refers to %s, which is not the record before it", e.Type, *e.Payload)
	}
	refers, err := references(e.Type, last.Body)
	if err != nil {
		return err
	}
	for i, want := range refers {
		if slices.Contains(refers[:i], want) {
			return fmt.Errorf("%s refers to %s twice", e.Type, want)
		}
		if !slices.ContainsFunc(s.data[:len(refers)], func(r Record) bool { return r.Hash == want }) {
			return fmt.Errorf("%s refers to %s, which does not come right before it", e.Type, want)
		}
	}
	return nil
}

// references are the records that a payload refers to.
func references(t EventType, payload []byte) ([]belenios.Hash, error) {
	switch t {
	case Setup:
		d, err := belenios.ParseSetupData(payload)
		return []belenios.Hash{d.Election, d.Trustees, d.Credentials}, err
	case EncryptedTally:
		d, err := belenios.ParseSizedTally(payload)
		if err != nil {
			return nil, err
		}
		return []belenios.Hash{d.Tally}, nil
	case Shuffle, PartialDecryption:
		d, err := belenios.ParseOwned(payload)
		return []belenios.Hash{d.Payload}, err
	}
	return nil, nil
}
