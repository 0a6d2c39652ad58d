package archive

// appendRecord appends a record in its tar form.
func appendRecord(out []byte, name string, body []byte, timestamp int64) []byte {
	head := block(name, int64(len(body)), timestamp)
	out = append(out, head[:]...)
	out = append(out, body...)
	return append(out, make([]byte, padding(int64(len(body))))...)
}

// begin is how an archive begins.
func (h Header) begin() []byte {
	return appendRecord(nil, headerName, h.Encode(), h.Timestamp)
}

// step is an event with the data that it brings, in their tar form, and the
// head that it makes.
func (h Header) step(head *Head, t EventType, data ...[]byte) ([]byte, Head) {
	var out []byte
	e := Event{Type: t}
	if head != nil {
		e.Parent, e.Height = &head.Hash, head.Height+1
	}
	for _, body := range data {
		r := Record{Kind: Data, Hash: Sum(body)}
		out = appendRecord(out, r.Name(), body, h.Timestamp)
		e.Payload = &r.Hash // the last one is what the event is about
	}
	body := e.Encode()
	r := Record{Kind: EventRecord, Hash: Sum(body)}
	return appendRecord(out, r.Name(), body, h.Timestamp), Head{Height: e.Height, Hash: r.Hash}
}
