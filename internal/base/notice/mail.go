package notice

import (
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Mail is one message ready to go. All of its header fields are checked again
// when it is written.
type Mail struct {
	// ID names the message for ever: trying again sends the same Message-ID, so
	// that a second copy can be told from a second message.
	ID               string
	FromName         string
	ReplyTo          string
	ToName, To       string
	Date             time.Time
	Subject          string
	Text, HTML       string
	Unsubscribe      string // address that stops this kind, or ""
	AttachName, Note string // one text attachment, or ""
}

// message builds the MIME message: plain text first, HTML as its alternative.
func (m Mail) message(from string) (*gomail.Msg, error) {
	for _, s := range []string{m.ID, m.Subject, m.FromName, m.ToName, m.AttachName, m.Unsubscribe} {
		if !plainText(s) {
			return nil, fmt.Errorf("mail %s: a header field has a control character", m.ID)
		}
	}
	to, err := ParseAddress(m.To)
	if err != nil {
		return nil, fmt.Errorf("mail %s: %w", m.ID, err)
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	// As structures, not as text: the library's own formatting does not escape
	// a quote in a name.
	msg.FromMailAddress(&mail.Address{Name: m.FromName, Address: from})
	msg.EnvelopeFromMailAddress(&mail.Address{Address: from})
	msg.ToMailAddress(&mail.Address{Name: m.ToName, Address: to})
	if m.ReplyTo != "" {
		reply, err := ParseAddress(m.ReplyTo)
		if err != nil {
			return nil, fmt.Errorf("mail %s: reply: %w", m.ID, err)
		}
		msg.ReplyToMailAddress(&mail.Address{Name: m.FromName, Address: reply})
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date)
	_, domain, _ := strings.Cut(from, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	if strings.HasPrefix(m.Unsubscribe, "https://") {
		if err := msg.SetListUnsubscribeOneClick(m.Unsubscribe); err != nil {
			return nil, fmt.Errorf("mail %s: %w", m.ID, err)
		}
	} else if m.Unsubscribe != "" {
		msg.SetListUnsubscribe(m.Unsubscribe)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	if m.Note != "" {
		err := msg.AttachReader(m.AttachName, strings.NewReader(m.Note), gomail.WithFileContentType("text/plain; charset=utf-8"))
		if err != nil {
			return nil, fmt.Errorf("mail %s: attachment: %w", m.ID, err)
		}
	}
	return msg, nil
}

// write writes the mail as RFC 5322 has it.
func (m Mail) write(w io.Writer, from string) error {
	msg, err := m.message(from)
	if err != nil {
		return errUnsendable
	}
	_, err = msg.WriteTo(w)
	return err
}

// errUnsendable is a mail that cannot be written down at all: no try mends it.
var errUnsendable = &DeliveryError{Code: "message", Permanent: true}
