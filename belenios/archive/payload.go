package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// SetupData is the payload of Setup: what the election is made of.
type SetupData struct {
	Election    Hash `json:"election"`
	Trustees    Hash `json:"trustees"`
	Credentials Hash `json:"credentials"`
}

// SizedTally is the payload of EncryptedTally (section 4.16).
type SizedTally struct {
	NumTallied  int
	TotalWeight int64
	Tally       Hash
}

// Owned is the payload of Shuffle and PartialDecryption: whose it is, by the
// trustee's number in the order of the trustees, from 1.
type Owned struct {
	Owner   int  `json:"owner"`
	Payload Hash `json:"payload"`
}

// Encode is the one form of setup data.
func (d SetupData) Encode() []byte { return compact(d) }

// Encode is the one form of an owned payload.
func (o Owned) Encode() []byte { return compact(o) }

// weight is a number that is written as a string where it is above 2^30-1, as
// the protocol's own programs write it.
type weight int64

func (w weight) MarshalJSON() ([]byte, error) {
	if w > 1<<30-1 {
		return strconv.AppendQuote(nil, strconv.FormatInt(int64(w), 10)), nil
	}
	return strconv.AppendInt(nil, int64(w), 10), nil
}

func (w *weight) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseInt(string(bytes.Trim(text, `"`)), 10, 64)
	if err != nil {
		return fmt.Errorf("weight %.80q is not a number", text)
	}
	*w = weight(n)
	return nil
}

type sizedFields struct {
	NumTallied  int    `json:"num_tallied"`
	TotalWeight weight `json:"total_weight"`
	Tally       Hash   `json:"encrypted_tally"`
}

// Encode is the one form of a sized tally.
func (s SizedTally) Encode() []byte {
	return compact(sizedFields{s.NumTallied, weight(s.TotalWeight), s.Tally})
}

func compact(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic("hashes and numbers cannot fail to be written: " + err.Error())
	}
	return body
}

// ParseSetupData reads setup data in their one form.
func ParseSetupData(body []byte) (SetupData, error) { return exact[SetupData](body, "setup data") }

// ParseOwned reads an owned payload in its one form.
func ParseOwned(body []byte) (Owned, error) {
	o, err := exact[Owned](body, "owned payload")
	if err == nil && o.Owner < 1 {
		err = fmt.Errorf("owned payload: its owner is %d and trustees are counted from 1", o.Owner)
	}
	return o, err
}

// ParseSizedTally reads a sized tally in its one form.
func ParseSizedTally(body []byte) (SizedTally, error) {
	raw, err := exact[sizedFields](body, "sized tally")
	if err == nil && (raw.NumTallied < 0 || raw.TotalWeight < 0) {
		err = fmt.Errorf("sized tally: it counts fewer than none")
	}
	return SizedTally{raw.NumTallied, int64(raw.TotalWeight), raw.Tally}, err
}

// exact reads a value and checks that it is written in its one form.
func exact[T any](body []byte, what string) (T, error) {
	var v T
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("%s %.80q: %w", what, body, err)
	}
	if !bytes.Equal(compact(v), body) {
		return v, fmt.Errorf("%s %.200q: it is not in the one form that it may have", what, body)
	}
	return v, nil
}
