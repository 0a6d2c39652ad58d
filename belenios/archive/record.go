package archive

import (
	"fmt"
	"strings"

	"commonweal/belenios"
)

// HeaderName is the name of the first record.
const HeaderName = "BELENIOS"

// Kind says whether a record is data or an event.
type Kind int

// The kinds of records, besides the header.
const (
	Data Kind = iota
	EventRecord
)

const (
	dataSuffix  = ".data.json"
	eventSuffix = ".event.json"
)

func (k Kind) String() string {
	if k == EventRecord {
		return "event"
	}
	return "data"
}

// Record is one entry of the archive after the header.
type Record struct {
	Kind   Kind
	Hash   belenios.Hash
	Body   []byte
	Offset int64 // of its tar header, from the beginning of the archive
}

// Name is the record's name in the tar file.
func (r Record) Name() string {
	if r.Kind == EventRecord {
		return r.Hash.String() + eventSuffix
	}
	return r.Hash.String() + dataSuffix
}

// parseName reads the name of a record.
func parseName(name string) (Kind, belenios.Hash, error) {
	kind, stem := Data, ""
	switch {
	case strings.HasSuffix(name, dataSuffix):
		stem = strings.TrimSuffix(name, dataSuffix)
	case strings.HasSuffix(name, eventSuffix):
		kind, stem = EventRecord, strings.TrimSuffix(name, eventSuffix)
	default:
		return 0, belenios.Hash{}, fmt.Errorf("record %q: it is neither data nor an event", name)
	}
	h, err := belenios.ParseHash(stem)
	if err != nil {
		return 0, belenios.Hash{}, fmt.Errorf("record %q: %w", name, err)
	}
	return kind, h, nil
}
