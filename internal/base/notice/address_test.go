package notice_test

import (
	"encoding/base64"
	"io"
	"net/mail"
	"strings"
	"testing"

	"commonweal/internal/base/notice"
)

func newBase64(r io.Reader) io.Reader { return base64.NewDecoder(base64.StdEncoding, r) }

func TestParseAddress(t *testing.T) {
	long := strings.Repeat("a", 65) + "@fen.example"
	for _, c := range []struct {
		in string
		ok bool
	}{
		{"zoe@fen.example", true},
		{" zoe.b+votes@mail.fen.example ", true},
		{"o'brien@fen.example", true},
		{"zoë@fen.example", true},
		{"zoe@münchen.example", true},
		{"office@localhost", true},
		{"", false},
		{"zoe", false},
		{"zoe@fen", false},
		{"@fen.example", false},
		{"zoe@", false},
		{"zoe@@fen.example", false},
		{"zoe@-fen.example", false},
		{"zoe@fen..example", false},
		{"zoe@fen_x.example", false},
		{"zoe@[127.0.0.1]", false},
		{"Zoe <zoe@fen.example>", false},
		{"zoe@fen.example, x@fen.example", false},
		{"zoe@fen.example\r\nBcc: x@fen.example", false},
		{"zoe\t@fen.example", false},
		{`"zoe b"@fen.example`, false},
		{"zoe@fen.example(comment)", false},
		{"zoe\u202e@fen.example", false},
		{".zoe@fen.example", false},
		{long, false},
		{strings.Repeat("a", 60) + "@" + strings.Repeat("b.", 100) + "example", false},
	} {
		got, err := notice.ParseAddress(c.in)
		if (err == nil) != c.ok || c.ok && got != strings.TrimSpace(c.in) {
			t.Errorf("%q gave %q, %v", c.in, got, err)
		}
	}
}

// Whatever is accepted is one address on one line for any reader of headers.
func FuzzParseAddress(f *testing.F) {
	f.Add("zoe@fen.example")
	f.Add("zoë@münchen.example\r\n")
	f.Add(`"a b"@c.d`)
	f.Fuzz(func(t *testing.T, s string) {
		got, err := notice.ParseAddress(s)
		if err != nil {
			return
		}
		if strings.ContainsAny(got, "\r\n\x00 <>,;\"") {
			t.Fatalf("%q was accepted as %q", s, got)
		}
		list, err := mail.ParseAddressList("x <" + got + ">")
		if err != nil || len(list) != 1 || list[0].Address != got {
			t.Fatalf("%q was accepted and reads as %v, %v", s, list, err)
		}
	})
}
