package archive

import "commonweal/belenios"

// RecordSize is what a record with a body of so many bytes takes in the file.
func RecordSize(body int64) int64 { return blockSize + body + padding(body) }

// AppendRecord appends a record in its one tar form, for whoever keeps records
// elsewhere than in a file. The time is the header's.
func AppendRecord(out []byte, name string, body []byte, timestamp int64) []byte {
	head := block(name, int64(len(body)), timestamp)
	out = append(out, head[:]...)
	out = append(out, body...)
	return append(out, make([]byte, padding(int64(len(body))))...)
}

// begin is how an archive begins.
func (h Header) begin() []byte {
	return AppendRecord(nil, HeaderName, h.Encode(), h.Timestamp)
}

// addition is an event to be added, with the data that it brings and the stage
// that it leads to. The last of the data is what the event is about.
type addition struct {
	kind  EventType
	stage Stage
	data  [][]byte
}

// step is an addition in its tar form, which begins at the given byte of the
// archive, and as a [Scanner] will return it.
func (h Header) step(head *Head, at int64, a addition) ([]byte, Step) {
	var out []byte
	e := Event{Type: a.kind}
	if head != nil {
		e.Parent, e.Height = &head.Hash, head.Height+1
	}
	s := Step{Stage: a.stage}
	add := func(kind Kind, body []byte) belenios.Hash {
		r := Record{Kind: kind, Hash: belenios.HashOf(body), Body: body, Offset: at + int64(len(out))}
		out = AppendRecord(out, r.Name(), body, h.Timestamp)
		if kind == Data {
			s.Data = append(s.Data, r)
		}
		return r.Hash
	}
	for _, body := range a.data {
		hash := add(Data, body)
		e.Payload = &hash
	}
	s.Event = e
	s.Head = Head{e.Height, add(EventRecord, e.Encode())}
	s.Offset = at + int64(len(out))
	return out, s
}
