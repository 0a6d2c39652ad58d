package belenios

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The election alone may be formatted freely and carry fields that others added. It is
// read into a tree that keeps the bytes of every value and admits no field twice.

// maxDepth bounds nesting, so that a short text cannot exhaust the stack.
const maxDepth = 64

// value is one JSON value. kind is the first byte of its text, with '0' for numbers.
type value struct {
	kind   byte
	raw    string
	text   string // of a string
	items  []value
	fields []Field
	values []value // beside fields
}

// Field is a named value, as it stands in the text.
type Field struct {
	Name string
	Raw  []byte
}

// get finds a field of an object.
func (v *value) get(name string) (value, bool) {
	for i, f := range v.fields {
		if f.Name == name {
			return v.values[i], true
		}
	}
	return value{}, false
}

// only refuses fields other than those named.
func (v *value) only(names ...string) error {
next:
	for _, f := range v.fields {
		for _, n := range names {
			if f.Name == n {
				continue next
			}
		}
		return fmt.Errorf("unknown field %s", excerpt(f.Name))
	}
	return nil
}

type freeParser struct {
	text string
	pos  int
}

// parseFree reads one JSON value (RFC 8259) that fills the text from the first byte to
// the last. It wants UTF-8, whole surrogate pairs, and every name once in its object.
func parseFree(text string) (value, error) {
	if !utf8.ValidString(text) {
		return value{}, fmt.Errorf("not UTF-8")
	}
	p := &freeParser{text: text}
	v, err := p.value(0)
	if err != nil {
		return value{}, fmt.Errorf("at byte %d: %w", p.pos, err)
	}
	if p.pos != len(text) {
		return value{}, fmt.Errorf("at byte %d: %s follows the end", p.pos, excerpt(text[p.pos:]))
	}
	return v, nil
}

func (p *freeParser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// next is the byte at the position, 0 at the end.
func (p *freeParser) next() byte {
	if p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

func (p *freeParser) expect(c byte) error {
	if p.next() != c {
		return fmt.Errorf("%s where %q was expected", excerpt(p.text[p.pos:]), c)
	}
	p.pos++
	return nil
}

func (p *freeParser) value(depth int) (value, error) {
	if depth == maxDepth {
		return value{}, fmt.Errorf("more than %d values within one another", maxDepth)
	}
	start := p.pos
	v := value{kind: p.next()}
	var err error
	switch c := p.next(); {
	case c == '{':
		err = p.object(&v, depth)
	case c == '[':
		err = p.array(&v, depth)
	case c == '"':
		v.text, err = p.string()
	case c == '-' || isDigit(c):
		v.kind = '0'
		err = p.number()
	default:
		err = p.word()
	}
	v.raw = p.text[start:p.pos]
	return v, err
}

func (p *freeParser) word() error {
	for _, w := range []string{"true", "false", "null"} {
		if strings.HasPrefix(p.text[p.pos:], w) {
			p.pos += len(w)
			return nil
		}
	}
	return fmt.Errorf("%s is not a value", excerpt(p.text[p.pos:]))
}

func (p *freeParser) object(v *value, depth int) error {
	p.pos++
	p.space()
	if p.next() == '}' {
		p.pos++
		return nil
	}
	seen := map[string]bool{}
	for {
		p.space()
		name, err := p.string()
		if err != nil {
			return err
		}
		if seen[name] {
			return fmt.Errorf("field %s stands twice in one object", excerpt(name))
		}
		seen[name] = true
		p.space()
		if err := p.expect(':'); err != nil {
			return err
		}
		p.space()
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		v.fields = append(v.fields, Field{name, []byte(item.raw)})
		v.values = append(v.values, item)
		p.space()
		if p.next() != ',' {
			return p.expect('}')
		}
		p.pos++
	}
}

func (p *freeParser) array(v *value, depth int) error {
	p.pos++
	p.space()
	if p.next() == ']' {
		p.pos++
		return nil
	}
	for {
		p.space()
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		v.items = append(v.items, item)
		p.space()
		if p.next() != ',' {
			return p.expect(']')
		}
		p.pos++
	}
}

func (p *freeParser) digits() error {
	start := p.pos
	for isDigit(p.next()) {
		p.pos++
	}
	if p.pos == start {
		return fmt.Errorf("%s where a digit was expected", excerpt(p.text[p.pos:]))
	}
	return nil
}

func (p *freeParser) number() error {
	if p.next() == '-' {
		p.pos++
	}
	if p.next() == '0' {
		p.pos++
	} else if err := p.digits(); err != nil {
		return err
	}
	if p.next() == '.' {
		p.pos++
		if err := p.digits(); err != nil {
			return err
		}
	}
	if c := p.next(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.next(); c == '+' || c == '-' {
			p.pos++
		}
		return p.digits()
	}
	return nil
}

func (p *freeParser) string() (string, error) {
	if err := p.expect('"'); err != nil {
		return "", err
	}
	var out strings.Builder
	for {
		c := p.next()
		switch {
		case c == '"':
			p.pos++
			return out.String(), nil
		case p.pos == len(p.text):
			return "", fmt.Errorf("a string does not end")
		case c < 0x20:
			return "", fmt.Errorf("a string holds the control character %#x", c)
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out.WriteRune(r)
		default:
			out.WriteByte(c)
			p.pos++
		}
	}
}

func (p *freeParser) escape() (rune, error) {
	p.pos++
	c := p.next()
	if c == 'u' {
		return p.unicode()
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	i := strings.IndexByte(from, c)
	if i < 0 || c == 0 {
		return 0, fmt.Errorf(`unknown escape \%s`, excerpt(string(rune(c))))
	}
	p.pos++
	return rune(to[i]), nil
}

func (p *freeParser) unicode() (rune, error) {
	first, err := p.hex4()
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	if p.next() == '\\' {
		p.pos++
		if p.next() == 'u' {
			second, err := p.hex4()
			if err != nil {
				return 0, err
			}
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r, nil
			}
		}
	}
	return 0, fmt.Errorf("half of a surrogate pair")
}

// hex4 reads the four digits after \u.
func (p *freeParser) hex4() (rune, error) {
	if len(p.text)-p.pos < 5 {
		return 0, fmt.Errorf(`an escape \u does not end`)
	}
	digits := p.text[p.pos+1 : p.pos+5]
	if !all(strings.ToLower(digits), isHexOrDigit) {
		return 0, fmt.Errorf(`%s follows \u`, excerpt(digits))
	}
	n, err := strconv.ParseUint(digits, 16, 16)
	p.pos += 5
	return rune(n), err
}
