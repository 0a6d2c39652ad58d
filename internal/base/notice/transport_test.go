package notice_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
)

var ctx = context.Background()

func letterOf(id string) notice.Mail {
	return notice.Mail{
		ID: id, FromName: `Fen "and" Dyke`, ReplyTo: "secretary@fen.example", ToName: "Zoë Blackthorn", To: "zoe@fen.example",
		Date: time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC), Subject: "General meeting on Friday 4 December",
		Text: "You are called to a meeting.\n", HTML: "<p>You are called to a meeting.</p>",
		Unsubscribe: "https://fen.example/mail/stop/abc", AttachName: "note.txt", Note: "a — note\n",
	}
}

func open(t testing.TB, spec string) notice.Transport {
	t.Helper()
	tr, err := notice.OpenTransport(spec)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func passwordFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenTransport_Refuses(t *testing.T) {
	pw := passwordFile(t, "secret\n")
	for _, c := range []struct{ name, spec, says string }{
		{"nothing", "", "begins neither"},
		{"another scheme", "http://host", "begins neither"},
		{"no sender", "smtp://mail.example:25", "from="},
		{"a sender that is none", "smtp://mail.example?from=me", "from="},
		{"no host", "smtp://?from=a@b.example", "form smtp://"},
		{"a path", "smtp://mail.example/x?from=a@b.example", "form smtp://"},
		{"the password in the setting", "smtp://u:hunter2@mail.example?from=a@b.example", "password-file"},
		{"a user without a password", "smtp://u@mail.example?from=a@b.example", "together"},
		{"a password without a user", "smtp://mail.example?from=a@b.example&password-file=" + pw, "together"},
		{"a password in the clear", "smtp://u@mail.example?from=a@b.example&tls=none&password-file=" + pw, "not be encrypted"},
		{"a password that may be in the clear", "smtp://u@mail.example?from=a@b.example&tls=opportunistic&password-file=" + pw, "not be encrypted"},
		{"an empty password file", "smtp://u@mail.example?from=a@b.example&password-file=" + passwordFile(t, "\n"), "is empty"},
		{"no password file", "smtp://u@mail.example?from=a@b.example&password-file=/nonexistent", "cannot be read"},
		{"a mode of TLS that is none", "smtp://mail.example?from=a@b.example&tls=yes", "tls="},
		{"an unknown option", "smtp://mail.example?from=a@b.example&tsl=none", `"tsl"`},
		{"an option twice", "smtp://mail.example?from=a@b.example&from=b@b.example", "twice"},
		{"a port that is none", "smtp://mail.example:99999?from=a@b.example", "port"},
		{"no time at all", "smtp://mail.example?from=a@b.example&timeout=0s", "timeout"},
		{"certificates that are none", "smtp://mail.example?from=a@b.example&ca-file=" + pw, "no certificate"},
		{"no folder", "dir:", "names no folder"},
		{"a folder with an unknown option", "dir:/tmp/x?to=a", `"to"`},
	} {
		_, err := notice.OpenTransport(c.spec)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v; want a fault that says %q", c.name, err, c.says)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: the error repeats the password: %v", c.name, err)
		}
	}
}

// STARTTLS, checked with the organisation's own authority, and a password: the
// mail arrives whole, with both alternatives, the attachment and its headers.
func TestSMTP_Delivers(t *testing.T) {
	s := serve(t, true)
	s.lock("office\x00pass word", false)
	tr := open(t, "smtp://office@"+s.address()+"?from=notices@fen.example&ca-file="+s.caFile+"&password-file="+passwordFile(t, "pass word\r\n"))
	if err := tr.Deliver(ctx, letterOf("0001")); err != nil {
		t.Fatal(err)
	}
	got := s.mails()
	if len(got) != 1 || !got[0].encrypted || got[0].to != "zoe@fen.example" || !strings.HasPrefix(got[0].from, "FROM:<notices@fen.example>") {
		t.Fatalf("the server has %+v", got)
	}
	checkMail(t, got[0].data)
}

// TLS from the first byte, and no STARTTLS after it.
func TestSMTP_ImplicitTLS(t *testing.T) {
	s := serve(t, true)
	s.lock("office\x00right", true)
	tr := open(t, "smtp://office@"+s.address()+"?from=notices@fen.example&tls=implicit&ca-file="+s.caFile+"&password-file="+passwordFile(t, "right"))
	if err := tr.Deliver(ctx, letterOf("0001")); err != nil {
		t.Fatal(err)
	}
	if got := s.mails(); len(got) != 1 || !got[0].encrypted || s.passwords() != 1 {
		t.Fatalf("the server has %+v after %d passwords", got, s.passwords())
	}
}

// A process that stops does not wait for a server that says nothing.
func TestSMTP_Stop(t *testing.T) {
	s := serve(t, false)
	s.answer("EHLO", "nothing")
	tr := open(t, "smtp://"+s.address()+"?from=notices@fen.example&tls=none&timeout=5m")
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	var refused *notice.DeliveryError
	if err := tr.Deliver(ctx, letterOf("0001")); !errors.As(err, &refused) || refused.Code != "timeout" {
		t.Errorf("%v; want a timeout", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %s to stop", took)
	}
}

func checkMail(t *testing.T, data string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Name != `Fen "and" Dyke` || from[0].Address != "notices@fen.example" {
		t.Errorf("from %v, %v", from, err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Zoë Blackthorn" {
		t.Errorf("to %v, %v", to, err)
	}
	for name, want := range map[string]string{
		"Message-Id":            "<0001@fen.example>",
		"Subject":               "General meeting on Friday 4 December",
		"Date":                  "Thu, 19 Nov 2026 09:30:00 +0000",
		"List-Unsubscribe":      "<https://fen.example/mail/stop/abc>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Auto-Submitted":        "auto-generated",
		"Reply-To":              `"Fen \"and\" Dyke" <secretary@fen.example>`,
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q; want %q", name, got, want)
		}
	}
	parts := partsOf(t, m)
	if parts["text/plain"] != "You are called to a meeting.\r\n" && parts["text/plain"] != "You are called to a meeting.\n" {
		t.Errorf("plain text %q", parts["text/plain"])
	}
	if !strings.Contains(parts["text/html"], "<p>You are called") {
		t.Errorf("HTML %q", parts["text/html"])
	}
	if parts["note.txt"] != "a — note\n" {
		t.Errorf("attachment %q", parts["note.txt"])
	}
}

// partsOf reads a MIME message: text by type, attachments by name.
func partsOf(t testing.TB, m *mail.Message) map[string]string {
	t.Helper()
	out := map[string]string{}
	var walk func(contentType, encoding, name string, body io.Reader)
	walk = func(contentType, encoding, name string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(contentType)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(kind, "multipart/") {
			r := multipart.NewReader(body, params["boundary"])
			for {
				p, err := r.NextRawPart()
				if errors.Is(err, io.EOF) {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				walk(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.FileName(), p)
			}
		}
		switch encoding {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = newBase64(body)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if name == "" {
			name = kind
		}
		out[name] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	walk(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body)
	return out
}

// Which failures end a mail and which only this try.
func TestSMTP_Failures(t *testing.T) {
	for _, c := range []struct {
		name      string
		set       func(s *server)
		options   string
		code      string
		permanent bool
	}{
		{"there is no such mailbox", func(s *server) { s.answer("RCPT", "550 5.1.1 no zoe@fen.example here") }, "", "smtp_550", true},
		{"the mailbox is busy", func(s *server) { s.answer("RCPT", "450 4.2.1 busy") }, "", "smtp_450", false},
		{"the text is refused", func(s *server) { s.answer("DATA", "554 5.7.1 spam") }, "", "smtp_554", true},
		{"the text is put off", func(s *server) { s.answer("DATA", "451 4.7.1 later") }, "", "smtp_451", false},
		{"the sender is refused: our setting", func(s *server) { s.answer("MAIL", "553 5.7.1 not you") }, "", "smtp_553", false},
		{"we should have signed in: our setting", func(s *server) { s.answer("RCPT", "530 5.7.0 sign in first") }, "", "smtp_530", false},
		{"it hangs up", func(s *server) { s.answer("EHLO", "hang up") }, "", "connect", false},
		{"it does not encrypt though it must", func(*server) {}, "&tls=mandatory", "tls", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, false)
			c.set(s)
			opts := c.options
			if opts == "" {
				opts = "&tls=none"
			}
			tr := open(t, "smtp://"+s.address()+"?from=notices@fen.example&timeout=5s"+opts)
			err := tr.Deliver(ctx, letterOf("0001"))
			var refused *notice.DeliveryError
			if !errors.As(err, &refused) || refused.Code != c.code || refused.Permanent != c.permanent {
				t.Fatalf("%#v; want %s, permanent %t", err, c.code, c.permanent)
			}
			if strings.Contains(err.Error(), "zoe") {
				t.Errorf("the error names the person: %v", err)
			}
			if len(s.mails()) != 0 {
				t.Error("the server has the mail")
			}
		})
	}
}

// A wrong password and a certificate that nobody vouches for are faults of the
// setting: the mail waits.
func TestSMTP_SettingAtFault(t *testing.T) {
	s := serve(t, true)
	s.lock("office\x00right", false)
	wrong := passwordFile(t, "wrong")
	for _, c := range []struct{ name, options, code string }{
		{"password", "&ca-file=" + s.caFile + "&password-file=" + wrong, "auth"},
		{"certificate", "&password-file=" + wrong, "tls"},
	} {
		tr := open(t, "smtp://office@"+s.address()+"?from=notices@fen.example&timeout=5s"+c.options)
		err := tr.Deliver(ctx, letterOf("0001"))
		var refused *notice.DeliveryError
		if !errors.As(err, &refused) || refused.Code != c.code || refused.Permanent {
			t.Errorf("%s: %v; want %s, not permanent", c.name, err, c.code)
		}
	}
	if s.passwords() != 1 {
		t.Errorf("the password was sent %d times; never over a connection that is not trusted", s.passwords())
	}
}

// A server that says yes and then falls over has the mail: it is not sent again.
func TestSMTP_FailureAfterAcceptance(t *testing.T) {
	s := serve(t, false)
	s.answer("QUIT", "hang up")
	tr := open(t, "smtp://"+s.address()+"?from=notices@fen.example&tls=none&timeout=5s")
	if err := tr.Deliver(ctx, letterOf("0001")); err != nil {
		t.Fatalf("the server took the mail and we say %v", err)
	}
	if len(s.mails()) != 1 {
		t.Error("the mail is not there")
	}
}

// The same mail in a folder is one file however often it is delivered, and no
// half file is ever there.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	tr := open(t, "dir:"+dir+"?from=notices@fen.example")
	for range 2 {
		if err := tr.Deliver(ctx, letterOf("0001")); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "0001.eml" {
		t.Fatalf("the folder has %v, %v", files, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "0001.eml"))
	if err != nil {
		t.Fatal(err)
	}
	checkMail(t, string(data))
	var refused *notice.DeliveryError
	if err := tr.Deliver(ctx, letterOf("../0002")); !errors.As(err, &refused) || !refused.Permanent {
		t.Errorf("an id that leaves the folder gave %v", err)
	}
}

// Nobody gets a header of their own in: what would is refused, whatever field
// it is in.
func TestMail_HeaderInjection(t *testing.T) {
	dir := t.TempDir()
	tr := open(t, "dir:"+dir)
	evil := "x\r\nBcc: everybody@fen.example"
	for name, change := range map[string]func(m *notice.Mail){
		"subject":     func(m *notice.Mail) { m.Subject = evil },
		"sender":      func(m *notice.Mail) { m.FromName = evil },
		"recipient":   func(m *notice.Mail) { m.ToName = evil },
		"address":     func(m *notice.Mail) { m.To = "zoe@fen.example\r\nBcc: everybody@fen.example" },
		"two":         func(m *notice.Mail) { m.To = "zoe@fen.example, everybody@fen.example" },
		"reply":       func(m *notice.Mail) { m.ReplyTo = evil },
		"attachment":  func(m *notice.Mail) { m.AttachName = evil },
		"unsubscribe": func(m *notice.Mail) { m.Unsubscribe = "https://fen.example/" + evil },
	} {
		m := letterOf("0001")
		change(&m)
		var refused *notice.DeliveryError
		if err := tr.Deliver(ctx, m); !errors.As(err, &refused) || !refused.Permanent {
			t.Errorf("%s: %v; want a refusal for good", name, err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("the folder has %v, %v", files, err)
	}
}
