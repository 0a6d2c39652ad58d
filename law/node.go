package law

import (
	"encoding"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// place is where in a pack the reader is, for messages: file, item, field.
type place struct {
	file string
	item string
	path string
}

func (p place) in(field string) place {
	if p.path != "" {
		field = p.path + "." + field
	}
	return place{file: p.file, item: p.item, path: field}
}

func (p place) at(i int) place {
	return place{file: p.file, item: p.item, path: fmt.Sprintf("%s[%d]", p.path, i+1)}
}

// PackError says what is wrong in a pack, and where.
type PackError struct {
	File  string
	Line  int
	Item  string
	Field string
	Err   error
}

func (e *PackError) Error() string {
	text := e.File
	if e.Line > 0 {
		text += ":" + strconv.Itoa(e.Line)
	}
	if e.Item != "" {
		text += ": " + e.Item
	}
	if e.Field != "" {
		text += ": " + e.Field
	}
	return text + ": " + e.Err.Error()
}

func (e *PackError) Unwrap() error { return e.Err }

func (p place) fail(n *yaml.Node, format string, args ...any) error {
	return p.wrap(n, fmt.Errorf(format, args...))
}

func (p place) wrap(n *yaml.Node, err error) error {
	line := 0
	if n != nil {
		line = n.Line
	}
	return &PackError{File: p.file, Line: line, Item: p.item, Field: p.path, Err: err}
}

// reader takes one field of a mapping.
type reader func(p place, n *yaml.Node) error

// mapping gives each field to its reader. A field without a reader, a field
// twice, and a required field that is not there are all refused.
func (p place) mapping(n *yaml.Node, required []string, fields map[string]reader) error {
	if n.Kind != yaml.MappingNode {
		return p.fail(n, "is not a mapping of fields")
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			return p.fail(key, "a field name is not a word")
		}
		read, ok := fields[key.Value]
		if !ok {
			return p.fail(key, "field %q is not known", clip(key.Value))
		}
		if seen[key.Value] {
			return p.fail(key, "field %q is there twice", key.Value)
		}
		seen[key.Value] = true
		if err := read(p.in(key.Value), value); err != nil {
			return err
		}
	}
	for _, name := range required {
		if !seen[name] {
			return p.fail(n, "field %q is missing", name)
		}
	}
	return nil
}

// sequence gives each item of a list to read.
func (p place) sequence(n *yaml.Node, read reader) error {
	if n.Kind != yaml.SequenceNode {
		return p.fail(n, "is not a list")
	}
	for i, item := range n.Content {
		if err := read(p.at(i), item); err != nil {
			return err
		}
	}
	return nil
}

// word reads the plain text of a scalar.
func word(p place, n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode {
		return "", p.fail(n, "is not a single value")
	}
	if n.Tag == "!!null" {
		return "", p.fail(n, "is empty")
	}
	return n.Value, nil
}

// text reads a non-empty text into a string.
func text[T ~string](into *T) reader {
	return func(p place, n *yaml.Node) error {
		s, err := word(p, n)
		if err != nil {
			return err
		}
		if s == "" {
			return p.fail(n, "is empty")
		}
		*into = T(s)
		return nil
	}
}

// parsed reads a value that knows how to read itself.
func parsed(into encoding.TextUnmarshaler) reader {
	return func(p place, n *yaml.Node) error {
		s, err := word(p, n)
		if err != nil {
			return err
		}
		if err := into.UnmarshalText([]byte(s)); err != nil {
			return p.wrap(n, err)
		}
		return nil
	}
}

// flag reads true or false.
func flag(into *bool) reader {
	return func(p place, n *yaml.Node) error {
		s, err := word(p, n)
		if err != nil {
			return err
		}
		switch s {
		case "true":
			*into = true
		case "false":
			*into = false
		default:
			return p.fail(n, "%q is neither true nor false", clip(s))
		}
		return nil
	}
}

// number reads a whole number between two bounds.
func number[T ~int | ~int64](into *T, least, most int64) reader {
	return func(p place, n *yaml.Node) error {
		s, err := word(p, n)
		if err != nil {
			return err
		}
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil || v < least || v > most {
			return p.fail(n, "%q is not a whole number from %d to %d", clip(s), least, most)
		}
		*into = T(v)
		return nil
	}
}

// list reads a list of values that know how to read themselves.
func list[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](into *[]T) reader {
	return func(p place, n *yaml.Node) error {
		return p.sequence(n, func(p place, n *yaml.Node) error {
			var v T
			if err := parsed(P(&v))(p, n); err != nil {
				return err
			}
			*into = append(*into, v)
			return nil
		})
	}
}

// words reads a list of plain texts.
func words[T ~string](into *[]T) reader {
	return func(p place, n *yaml.Node) error {
		return p.sequence(n, func(p place, n *yaml.Node) error {
			var v T
			if err := text(&v)(p, n); err != nil {
				return err
			}
			*into = append(*into, v)
			return nil
		})
	}
}
