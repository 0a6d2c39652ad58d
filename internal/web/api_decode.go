package web

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// deepest is how far objects and lists may be inside each other.
const deepest = 16

// decodeStrict reads a body into a struct. Unlike encoding/json alone it refuses
// what the sender cannot have meant: a field that does not exist or comes twice,
// a name in other capitals, null, a required field that is missing, anything
// after the end. The refusal names the field and what to send instead.
func decodeStrict(data []byte, into any) error {
	if !utf8.Valid(data) {
		return misread("", "Send UTF-8.", "The body is not text in UTF-8.")
	}
	d := &strictReader{dec: json.NewDecoder(bytes.NewReader(data))}
	d.dec.UseNumber()
	t := reflect.TypeOf(into).Elem()
	if err := d.value(field{typ: t}, "", 0); err != nil {
		return err
	}
	if _, err := d.dec.Token(); !errors.Is(err, io.EOF) {
		return misread("", "Send one JSON object and nothing after it.", "Something follows the JSON object.")
	}
	if err := json.Unmarshal(data, into); err != nil {
		return misread("", "Compare it with /api/openapi.json.", "The body cannot be read: %v.", err)
	}
	return nil
}

type strictReader struct{ dec *json.Decoder }

// next reads one token.
func (d *strictReader) next(at string) (json.Token, error) {
	token, err := d.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, misread(at, "Send a complete JSON object.", "The body ends too early.")
		}
		return nil, misread(at, "Send JSON.", "The body is not JSON: there is a mistake near character %d.", d.dec.InputOffset())
	}
	return token, nil
}

// value checks that what comes next is of the field's type.
func (d *strictReader) value(f field, at string, depth int) error {
	if depth > deepest {
		return misread(at, "Send something flatter.", "The body has more than %d levels.", deepest)
	}
	if f.typ.Kind() == reflect.Pointer {
		f.typ = f.typ.Elem()
	}
	token, err := d.next(at)
	if err != nil {
		return err
	}
	if f.typ == anyType || f.typ == rawType {
		return d.rest(token, at, depth)
	}
	if isText(f.typ) {
		text, ok := token.(string)
		if !ok {
			return misread(at, "Send "+f.wanted()+" in quotation marks.", "%s is %s.", named(at), kindOfToken(token))
		}
		return f.checkText(at, text)
	}
	switch f.typ.Kind() {
	case reflect.Struct:
		return d.object(f, token, at, depth)
	case reflect.Map:
		return d.mapping(f, token, at, depth)
	case reflect.Slice:
		return d.items(f, token, at, depth)
	case reflect.Bool:
		if _, ok := token.(bool); !ok {
			return misread(at, "Send true or false.", "%s is %s.", named(at), kindOfToken(token))
		}
		return nil
	case reflect.Int, reflect.Int64:
		n, ok := token.(json.Number)
		if !ok {
			return misread(at, "Send "+f.wanted()+".", "%s is %s.", named(at), kindOfToken(token))
		}
		return f.checkNumber(at, n.String())
	default:
		return misread(at, "", "%s cannot be sent.", named(at))
	}
}

func (d *strictReader) object(f field, token json.Token, at string, depth int) error {
	if token != json.Delim('{') {
		return misread(at, "Send an object: {...}.", "%s is %s.", named(at), kindOfToken(token))
	}
	fields, seen := fieldsOf(f.typ), map[string]bool{}
	for d.dec.More() {
		name, err := d.name(at, seen)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(fields, func(x field) bool { return x.name == name })
		if i < 0 {
			return misread(join(at, clip(name, 40)), remedyNames(fields), "There is no such field.")
		}
		if err := d.value(fields[i], join(at, name), depth+1); err != nil {
			return err
		}
	}
	if _, err := d.next(at); err != nil {
		return err
	}
	for _, x := range fields {
		if x.required && !seen[x.name] {
			return misread(join(at, x.name), "Send "+x.wanted()+".", "This field is missing.")
		}
	}
	return nil
}

// name reads the name of a field, which may come once.
func (d *strictReader) name(at string, seen map[string]bool) (string, error) {
	token, err := d.next(at)
	if err != nil {
		return "", err
	}
	name, ok := token.(string)
	if !ok {
		return "", misread(at, "Send JSON.", "The body is not JSON: there is a mistake near character %d.", d.dec.InputOffset())
	}
	if seen[name] {
		return "", misread(join(at, clip(name, 40)), "Send it once.", "This field comes twice.")
	}
	seen[name] = true
	return name, nil
}

func (d *strictReader) mapping(f field, token json.Token, at string, depth int) error {
	if token != json.Delim('{') {
		return misread(at, "Send an object: {...}.", "%s is %s.", named(at), kindOfToken(token))
	}
	seen := map[string]bool{}
	for d.dec.More() {
		name, err := d.name(at, seen)
		if err != nil {
			return err
		}
		if err := d.value(field{typ: f.typ.Elem(), enum: valuesOf(f.typ.Elem())}, join(at, clip(name, 40)), depth+1); err != nil {
			return err
		}
	}
	_, err := d.next(at)
	return err
}

func (d *strictReader) items(f field, token json.Token, at string, depth int) error {
	if token != json.Delim('[') {
		return misread(at, "Send a list: [...].", "%s is %s.", named(at), kindOfToken(token))
	}
	n := 0
	for d.dec.More() {
		if f.max != nil && int64(n) >= *f.max {
			return misread(at, "Send "+f.wanted()+".", "%s has too many items.", named(at))
		}
		if err := d.value(field{typ: f.typ.Elem(), enum: valuesOf(f.typ.Elem())}, at+"["+strconv.Itoa(n)+"]", depth+1); err != nil {
			return err
		}
		n++
	}
	if f.min != nil && int64(n) < *f.min {
		return misread(at, "Send "+f.wanted()+".", "%s has too few items.", named(at))
	}
	_, err := d.next(at)
	return err
}

// rest reads the rest of a value that may be anything.
func (d *strictReader) rest(token json.Token, at string, depth int) error {
	open, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	if depth > deepest {
		return misread(at, "Send something flatter.", "The body has more than %d levels.", deepest)
	}
	seen := map[string]bool{}
	for d.dec.More() {
		inner := at
		if open == '{' {
			name, err := d.name(at, seen)
			if err != nil {
				return err
			}
			inner = join(at, clip(name, 40))
		}
		token, err := d.next(inner)
		if err != nil {
			return err
		}
		if err := d.rest(token, inner, depth+1); err != nil {
			return err
		}
	}
	_, err := d.next(at)
	return err
}

// isText reports whether values of the type are JSON strings.
func isText(t reflect.Type) bool {
	return t.Kind() == reflect.String || reflect.PointerTo(t).Implements(textReader)
}

// checkText checks a text against its list, its format and its length.
func (f field) checkText(at, text string) error {
	wrong := func(format string, args ...any) error {
		return misread(at, "Send "+f.wanted()+".", format, args...)
	}
	switch {
	case f.enum != nil:
		if !slices.Contains(f.enum, text) {
			return wrong("%s is %q.", named(at), clip(text, 40))
		}
		return nil
	case text == "" && (f.required || f.formatOf() != ""):
		return wrong("%s is empty.", named(at))
	case f.max != nil && int64(utf8.RuneCountInString(text)) > *f.max:
		return wrong("%s is too long.", named(at))
	case strings.ContainsRune(text, 0):
		return wrong("%s has a null character in it.", named(at))
	case f.formatOf() == "uuid" && !isUUID(text):
		return wrong("%s is %q.", named(at), clip(text, 40))
	}
	if reflect.PointerTo(f.typ).Implements(textReader) {
		if err := reflect.New(f.typ).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)); err != nil {
			return wrong("%s is %q.", named(at), clip(text, 40))
		}
	}
	return nil
}

// checkNumber checks that a number is whole and within its bounds.
func (f field) checkNumber(at, text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || f.min != nil && n < *f.min || f.max != nil && n > *f.max {
		return misread(at, "Send "+f.wanted()+".", "%s is %s.", named(at), clip(text, 40))
	}
	return nil
}

// isUUID reports whether a text is a UUID in its usual form (RFC 9562, section 4).
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if !strings.ContainsRune("0123456789abcdef", rune(c)) {
			return false
		}
	}
	return true
}
