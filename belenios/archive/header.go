package archive

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Version is the version of the archive's form.
const Version = 1

// Header is the first record: when the election's archive was begun. Every
// record carries the same time, so that it tells nothing about when a ballot
// was cast.
type Header struct {
	Timestamp int64 // seconds since 1970
}

// Encode is the header's one form.
func (h Header) Encode() []byte {
	return fmt.Appendf(nil, `{"version":%d,"timestamp":"%d"}`, Version, h.Timestamp)
}

// ParseHeader reads a header. Only the form that [Header.Encode] writes is one.
func ParseHeader(body []byte) (Header, error) {
	var raw struct {
		Version   int    `json:"version"`
		Timestamp string `json:"timestamp"`
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		return Header{}, fmt.Errorf("header %.80q: %w", body, err)
	}
	if raw.Version != Version {
		return Header{}, fmt.Errorf("header: version %d is not known", raw.Version)
	}
	at, err := strconv.ParseInt(raw.Timestamp, 10, 64)
	if err != nil || at < 0 || at > maxSize {
		return Header{}, fmt.Errorf("header: timestamp %q is not a time", raw.Timestamp)
	}
	h := Header{Timestamp: at}
	if string(h.Encode()) != string(body) {
		return Header{}, fmt.Errorf("header %.80q: it is not in the one form that it may have", body)
	}
	return h, nil
}
