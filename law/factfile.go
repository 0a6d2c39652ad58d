package law

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// DecodeFacts reads a JSON object of facts by name, such as
//
//	{"members": 212, "employee_members": 180, "notice_given_on": "2026-11-27"}
//
// The kind of each value is that of the fact: money is whole pence, a percentage
// is a number from 0 to 100, a date is text. A name with null is left unknown.
// One file may hold the facts of many rules, but a name that no rule knows is
// refused with the name it may have meant, because a fact that is misspelt is a
// fact that is missing. Values of the wrong kind give a [FactError].
func (l *Library) DecodeFacts(data []byte) (Facts, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := open(decoder); err != nil {
		return nil, err
	}
	facts := make(Facts)
	seen := make(map[string]bool)
	for decoder.More() {
		name, err := key(decoder)
		if err != nil {
			return nil, err
		}
		if seen[name] {
			return nil, &FactError{Fact: name, Value: "the name", Reason: "is there twice", Remedy: "keep one of the two"}
		}
		seen[name] = true
		var raw any
		if err := decoder.Decode(&raw); err != nil {
			return nil, fmt.Errorf("facts: the value of %s cannot be read: %w", clip(name), err)
		}
		if err := l.take(facts, name, raw); err != nil {
			return nil, err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("facts: the object does not end: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("facts: something follows the object")
	}
	return facts, nil
}

func open(decoder *json.Decoder) error {
	token, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("facts: not JSON: %w", err)
	}
	if token != json.Delim('{') {
		return errors.New(`facts: not a JSON object such as {"members": 212}`)
	}
	return nil
}

func key(decoder *json.Decoder) (string, error) {
	token, err := decoder.Token()
	if err != nil {
		return "", fmt.Errorf("facts: not JSON: %w", err)
	}
	name, ok := token.(string)
	if !ok {
		return "", fmt.Errorf("facts: %v is not a name", token)
	}
	return name, nil
}

// take puts one decoded value among the facts.
func (l *Library) take(facts Facts, name string, raw any) error {
	f, ok := l.facts[name]
	if !ok {
		names := make([]string, 0, len(l.facts))
		for n := range l.facts {
			names = append(names, n)
		}
		return &NotFoundError{Kind: "fact", ID: name, Near: near(name, names)}
	}
	if raw == nil {
		return nil
	}
	value, fault := f.read(raw)
	if fault != nil {
		return fault
	}
	facts[name] = value
	return nil
}

// read turns a decoded JSON value into a value of the fact's kind.
func (f Fact) read(raw any) (Value, *FactError) {
	shown := written(raw)
	wrong := &FactError{Fact: f.Name, Value: shown, Reason: "is not " + article(f.Type), Remedy: f.Type.remedy()}
	var value Value
	switch f.Type {
	case TypeBool:
		b, ok := raw.(bool)
		if !ok {
			return Value{}, wrong
		}
		value = Bool(b)
	case TypeInt, TypeMoney:
		number, ok := raw.(json.Number)
		if !ok {
			return Value{}, wrong
		}
		n, err := strconv.ParseInt(number.String(), 10, 64)
		if err != nil {
			return Value{}, wrong
		}
		value = Value{kind: f.Type, n: n}
	case TypeDecimal, TypePercent:
		number, ok := raw.(json.Number)
		if !ok {
			return Value{}, wrong
		}
		x, err := number.Float64()
		if err != nil {
			return Value{}, wrong
		}
		value = Value{kind: f.Type, f: x}
	case TypeDate:
		s, ok := raw.(string)
		if !ok {
			return Value{}, wrong
		}
		d, err := ParseDate(s)
		if err != nil {
			return Value{}, wrong
		}
		value = Day(d)
	default:
		s, ok := raw.(string)
		if !ok {
			return Value{}, wrong
		}
		value = Text(s)
	}
	if fault := value.fits(f); fault != nil {
		fault.Value = shown
		return Value{}, fault
	}
	return value, nil
}

func written(raw any) string {
	data, err := json.Marshal(raw)
	if err != nil {
		return "the value"
	}
	return clip(string(data))
}

func article(t FactType) string {
	switch t {
	case TypeBool:
		return "a yes or no"
	case TypeInt:
		return "a whole number"
	case TypeMoney:
		return "an amount in whole pence"
	case TypeText:
		return "text"
	}
	return "a " + string(t)
}

// Facts lists every fact that some rule asks for, by name.
func (l *Library) Facts() []Fact {
	all := make([]Fact, 0, len(l.facts))
	for _, f := range l.facts {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Fact) int { return strings.Compare(a.Name, b.Name) })
	return all
}
