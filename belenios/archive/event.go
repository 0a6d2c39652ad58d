package archive

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"commonweal/belenios"
)

// EventType is what happened.
type EventType string

// The events of an election (section 4.4).
const (
	Setup             EventType = "Setup"
	Ballot            EventType = "Ballot"
	EndBallots        EventType = "EndBallots"
	EncryptedTally    EventType = "EncryptedTally"
	Shuffle           EventType = "Shuffle"
	EndShuffles       EventType = "EndShuffles"
	PartialDecryption EventType = "PartialDecryption"
	Result            EventType = "Result"
)

// hasPayload says of each type of event whether it refers to a record.
var hasPayload = map[EventType]bool{
	Setup: true, Ballot: true, EndBallots: false, EncryptedTally: true,
	Shuffle: true, EndShuffles: false, PartialDecryption: true, Result: true,
}

// Event is a step of the election. Each names the one before it, so that the
// hash of the last one stands for all of them: it is the archive's head.
type Event struct {
	Parent  *belenios.Hash // nil in the first
	Height  int            // 0 in the first
	Type    EventType
	Payload *belenios.Hash // nil where the type has none
}

// Encode is the event's one form.
func (e Event) Encode() []byte {
	b := []byte{'{'}
	if e.Parent != nil {
		b = fmt.Appendf(b, `"parent":"%s",`, *e.Parent)
	}
	b = fmt.Appendf(b, `"height":%d,"type":"%s"`, e.Height, e.Type)
	if e.Payload != nil {
		b = fmt.Appendf(b, `,"payload":"%s"`, *e.Payload)
	}
	return append(b, '}')
}

// maxEvent bounds an event: two hashes, a number and a word.
const maxEvent = 300

// ParseEvent reads an event. Only the form that [Event.Encode] writes is one.
func ParseEvent(body []byte) (Event, error) {
	if len(body) > maxEvent {
		return Event{}, fmt.Errorf("event %.80q: it has %d bytes and no event has more than %d", body, len(body), maxEvent)
	}
	var raw struct {
		Parent, Payload *string
		Height          int
		Type            EventType
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		return Event{}, fmt.Errorf("event %.80q: %w", body, err)
	}
	e := Event{Height: raw.Height, Type: raw.Type}
	for _, ref := range []struct {
		text *string
		to   **belenios.Hash
	}{{raw.Parent, &e.Parent}, {raw.Payload, &e.Payload}} {
		if ref.text == nil {
			continue
		}
		h, err := belenios.ParseHash(*ref.text)
		if err != nil {
			return Event{}, fmt.Errorf("event %d: %w", e.Height, err)
		}
		*ref.to = &h
	}
	if string(e.Encode()) != string(body) {
		return Event{}, fmt.Errorf("event %.200q: it is not in the one form that it may have", body)
	}
	with, known := hasPayload[e.Type]
	switch {
	case e.Height < 0:
		return Event{}, fmt.Errorf("event %d: events are counted from 0", e.Height)
	case !known:
		return Event{}, fmt.Errorf("event %d: its type %.40q is not known", e.Height, e.Type)
	case with && e.Payload == nil:
		return Event{}, fmt.Errorf("event %d: %s refers to no record", e.Height, e.Type)
	case !with && e.Payload != nil:
		return Event{}, fmt.Errorf("event %d: %s refers to a record and may not", e.Height, e.Type)
	}
	return e, nil
}

// Head is the last event of an archive: how many came before it and its hash.
// Whoever keeps one can tell later whether the archive only grew.
type Head struct {
	Height int
	Hash   belenios.Hash
}

// String is the form in which a head is kept: the height and the hash.
func (h Head) String() string { return fmt.Sprintf("%d %s", h.Height, h.Hash) }

// MarshalJSON writes the head as an object.
func (h Head) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `{"height":%d,"hash":"%s"}`, h.Height, h.Hash), nil
}

// ParseHead reads what [Head.String] wrote.
func ParseHead(text string) (Head, error) {
	height, hash, ok := strings.Cut(text, " ")
	n, err := strconv.Atoi(height)
	if !ok || err != nil || n < 0 {
		return Head{}, fmt.Errorf("head %.100q: it should be a number and a hash", text)
	}
	h, err := belenios.ParseHash(hash)
	if err != nil {
		return Head{}, fmt.Errorf("head %.100q: %w", text, err)
	}
	head := Head{n, h}
	if head.String() != text {
		return Head{}, fmt.Errorf("head %.100q: it should be %q", text, head)
	}
	return head, nil
}

// follow checks that e is the next event after head; head is nil before the
// first.
func (e Event) follow(head *Head) error {
	switch {
	case head == nil && e.Parent != nil:
		return fmt.Errorf("event %d: it is the first and names one before it", e.Height)
	case head == nil && e.Height != 0:
		return fmt.Errorf("event %d: it is the first and should have the number 0", e.Height)
	case head == nil:
		return nil
	case e.Parent == nil || *e.Parent != head.Hash:
		return fmt.Errorf("event %d: it does not name the event before it, %s", e.Height, head.Hash)
	case e.Height != head.Height+1:
		return fmt.Errorf("event %d: it follows event %d", e.Height, head.Height)
	}
	return nil
}
