package instrument

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// MaxSize is the most that [Read] takes, in bytes. The national survey's whole
// structure is a thirtieth of it.
const MaxSize = 1 << 20

// parts is an instrument whose lists are still text, so that what does not fit
// can be named by its place in them.
type parts struct {
	Instrument
	Groups    []json.RawMessage `json:"groups"`
	Scales    []json.RawMessage `json:"scales"`
	Questions []json.RawMessage `json:"questions"`
	Scores    []json.RawMessage `json:"scores"`
}

// Read reads an instrument from JSON and checks it.
//
// It is strict: a field that is not known, one that stands twice, a name in
// capitals, anything after the end or an instrument that [Instrument.Check]
// faults is an error, which names the question and field.
func Read(b []byte) (Instrument, error) {
	if len(b) > MaxSize {
		return Instrument{}, fmt.Errorf("instrument: %d bytes are more than %d", len(b), MaxSize)
	}
	if !utf8.Valid(b) {
		return Instrument{}, errors.New("instrument: not UTF-8")
	}
	if err := fields(b); err != nil {
		return Instrument{}, fmt.Errorf("instrument: %w", err)
	}
	var p parts
	if err := strict(b, &p); err != nil {
		return Instrument{}, fmt.Errorf("instrument: %w", err)
	}
	in := p.Instrument
	err := errors.Join(
		each(in.ID, "group", p.Groups, &in.Groups),
		each(in.ID, "scale", p.Scales, &in.Scales),
		each(in.ID, "question", p.Questions, &in.Questions),
		each(in.ID, "score", p.Scores, &in.Scores),
	)
	if err != nil {
		return Instrument{}, err
	}
	if err := in.Check(); err != nil {
		return Instrument{}, err
	}
	return in, nil
}

// each reads the members of one list.
func each[T any](instrument, kind string, raw []json.RawMessage, into *[]T) error {
	var faults []error
	for i, b := range raw {
		var v T
		if err := strict(b, &v); err != nil {
			faults = append(faults, fmt.Errorf("instrument %s: %s: %w", instrument, named(kind, i, b), err))
		}
		*into = append(*into, v)
	}
	return errors.Join(faults...)
}

// named calls a member by its ID, if it has one that can be read.
func named(kind string, i int, b []byte) string {
	var v struct{ ID string }
	if err := json.Unmarshal(b, &v); err != nil || v.ID == "" {
		return fmt.Sprintf("%s %d", kind, i+1)
	}
	return kind + " " + v.ID
}

// strict decodes one value and nothing after it, in words of ours.
func strict(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("%s: a %s does not belong here", wrong.Field, wrong.Value)
	case err != nil:
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// maxDepth is more than twice as deep as an instrument goes.
const maxDepth = 16

// fields walks the text once for what the decoder would let pass: a field that
// stands twice, of which it takes the last; a name in capitals or a year with a
// nought before it, which it takes for the same; a nought with a minus, which
// would be written back with it; and anything after the end.
func fields(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := walk(d, maxDepth); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the end")
	}
	return nil
}

func walk(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if n, ok := t.(json.Number); ok && strings.HasPrefix(n.String(), "-") {
		if v, err := n.Float64(); err != nil || v == 0 {
			return fmt.Errorf("number %s: write nought without a minus", n)
		}
	}
	if t != json.Delim('{') && t != json.Delim('[') {
		return nil
	}
	if depth == 0 {
		return fmt.Errorf("more than %d levels deep", maxDepth)
	}
	seen := map[string]bool{}
	for d.More() {
		if t == json.Delim('{') {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			if !small(name) {
				return fmt.Errorf("field %q: not a name in small letters or a year", name)
			}
			if seen[name] {
				return fmt.Errorf("field %q: stands twice", name)
			}
			seen[name] = true
		}
		if err := walk(d, depth-1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func small(name string) bool {
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && name[0] != '0'
}
