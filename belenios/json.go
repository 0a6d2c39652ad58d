package belenios

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"commonweal/belenios/group"
)

// Every object but the election has one legal form, so it is read against the text
// that we would write: a reader knows what must come next, and anything else, be it
// white space, another order of fields or a second field of the same name, is refused.

// maxSmall is the greatest number that is written as a JSON number; greater ones are
// JSON strings, which is how 2.0 writes weights and counts.
const maxSmall = 1<<30 - 1

// reader walks over one canonical text. The first error sticks; after it everything
// read is a zero value.
type reader struct {
	what string // the object, for errors
	text string
	pos  int
	err  error
}

// newReader refuses texts longer than limit before it looks at them.
func newReader(what string, b []byte, limit int) *reader {
	r := &reader{what: what}
	if len(b) > limit {
		r.err = fmt.Errorf("%s: %d bytes are more than %d", what, len(b), limit)
		return r
	}
	r.text = string(b)
	return r
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: at byte %d: %s", r.what, r.pos, fmt.Sprintf(format, args...))
	}
}

// failed notes an error from below with its place.
func (r *reader) failed(err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: at byte %d: %w", r.what, r.pos, err)
	}
}

// at reports whether s comes next, without moving.
func (r *reader) at(s string) bool { return r.err == nil && strings.HasPrefix(r.text[r.pos:], s) }

// lit moves over s, which must come next.
func (r *reader) lit(s string) {
	if r.err != nil {
		return
	}
	if !r.at(s) {
		r.fail("%s is not in canonical form: expected %s", excerpt(r.text[r.pos:]), s)
		return
	}
	r.pos += len(s)
}

// end is what every Parse asks last.
func (r *reader) end() error {
	if r.err == nil && r.pos != len(r.text) {
		r.fail("%s follows the end", excerpt(r.text[r.pos:]))
	}
	return r.err
}

// plain reads a quoted text without escapes, of at most limit bytes, in which every
// byte satisfies ok.
func (r *reader) plain(what string, limit int, ok func(byte) bool) string {
	r.lit(`"`)
	if r.err != nil {
		return ""
	}
	rest := r.text[r.pos:]
	n := strings.IndexByte(rest[:min(len(rest), limit+1)], '"')
	if n < 0 {
		r.fail("%s is longer than %d bytes or does not end", what, limit)
		return ""
	}
	for i := range n {
		if !ok(rest[i]) {
			r.fail("%q is not the canonical text of a %s", rest[:min(n, 20)], what)
			return ""
		}
	}
	r.pos += n + 1
	return rest[:n]
}

func (r *reader) element(g group.Group) group.Element {
	text := r.plain("group element", maxNumber, isHexOrDigit)
	if r.err != nil {
		return nil
	}
	e, err := g.Parse(text)
	r.failed(err)
	return e
}

func (r *reader) scalar(g group.Group) group.Scalar {
	text := r.plain("scalar", maxNumber, isDigit)
	if r.err != nil {
		return group.Scalar{}
	}
	s, err := g.ParseScalar(text)
	r.failed(err)
	return s
}

// maxNumber is longer than any number of 2048 bits in decimal.
const maxNumber = 640

// small reads a JSON number in [0, limit].
func (r *reader) small(what string, limit int64) int64 {
	if r.err != nil {
		return 0
	}
	n := 0
	for rest := r.text[r.pos:]; n < len(rest) && isDigit(rest[n]); n++ {
	}
	text := r.text[r.pos : r.pos+n]
	v, err := parseCount(text)
	if err != nil || v > limit {
		r.fail("%s: %s is not a number from 0 to %d", what, excerpt(r.text[r.pos:]), limit)
		return 0
	}
	r.pos += n
	return v
}

// count reads a number that is a JSON string when it is above maxSmall.
func (r *reader) count(what string) int64 {
	if !r.at(`"`) {
		return r.small(what, maxSmall)
	}
	text := r.plain(what, 20, isDigit)
	if r.err != nil {
		return 0
	}
	v, err := parseCount(text)
	if err != nil || v <= maxSmall {
		r.fail("%s: %q is not a number above %d", what, text, maxSmall)
	}
	return v
}

func (r *reader) hash() Hash {
	text := r.plain("hash", 64, isHexOrDigit)
	if r.err != nil {
		return Hash{}
	}
	h, err := ParseHash(text)
	r.failed(err)
	return h
}

// list reads an array of at most limit items.
func list[T any](r *reader, what string, limit int, item func() T) []T {
	r.lit("[")
	items := []T{}
	if r.at("]") {
		r.lit("]")
		return items
	}
	for r.err == nil {
		if len(items) == limit {
			r.fail("more than %d items in %s", limit, what)
			break
		}
		items = append(items, item())
		if !r.at(",") {
			r.lit("]")
			break
		}
		r.lit(",")
	}
	return items
}

// exactly reads an array of n items.
func exactly[T any](r *reader, what string, n int, item func() T) []T {
	items := list(r, what, n, item)
	if r.err == nil && len(items) != n {
		r.fail("%d items in %s, not %d", len(items), what, n)
	}
	return items
}

// parseCount reads a canonical decimal in [0, 2^63).
func parseCount(text string) (int64, error) {
	if text == "" || (text[0] == '0' && len(text) > 1) || !all(text, isDigit) {
		return 0, fmt.Errorf("%s is not a canonical number", excerpt(text))
	}
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil || v > math.MaxInt64 {
		return 0, fmt.Errorf("%s is too large", excerpt(text))
	}
	return int64(v), nil
}

func all(text string, ok func(byte) bool) bool {
	for i := range len(text) {
		if !ok(text[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHexOrDigit(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' }

// excerpt quotes the beginning of a text for an error.
func excerpt(text string) string {
	const most = 24
	if len(text) > most {
		return strconv.QuoteToASCII(text[:most]) + "…"
	}
	return strconv.QuoteToASCII(text)
}

func appendElement(b []byte, e group.Element) []byte {
	return append(append(append(b, '"'), e.String()...), '"')
}

func appendScalar(b []byte, s group.Scalar) []byte {
	return append(append(append(b, '"'), s.String()...), '"')
}

// appendCount writes what count reads.
func appendCount(b []byte, n int64) []byte {
	if n <= maxSmall {
		return strconv.AppendInt(b, n, 10)
	}
	return append(strconv.AppendInt(append(b, '"'), n, 10), '"')
}

func appendList[T any](b []byte, items []T, one func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, item)
	}
	return append(b, ']')
}

// appendString writes a JSON string. It escapes what JSON demands and nothing more.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// embedded reads a JSON string that holds another JSON text of ours: printable ASCII
// in which only the quotation mark and the backslash are escaped.
func (r *reader) embedded(what string, limit int) string {
	r.lit(`"`)
	if r.err != nil {
		return ""
	}
	var out strings.Builder
	for i := r.pos; i < len(r.text) && out.Len() <= limit; i++ {
		c := r.text[i]
		switch {
		case c == '"':
			r.pos = i + 1
			return out.String()
		case c == '\\' && i+1 < len(r.text) && (r.text[i+1] == '"' || r.text[i+1] == '\\'):
			i++
			c = r.text[i]
		case c < 0x20 || c > 0x7e || c == '\\':
			r.fail("%s holds the byte %#x", what, c)
			return ""
		}
		out.WriteByte(c)
	}
	r.fail("%s is longer than %d bytes or does not end", what, limit)
	return ""
}
