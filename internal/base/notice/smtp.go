package notice

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"

	"commonweal/internal/base/fault"
)

type tlsMode int

const (
	tlsMandatory tlsMode = iota
	tlsImplicit
	tlsOpportunistic
	tlsNone
)

// SMTP delivers to a mail server. Each mail has a connection of its own, so
// that one that is stuck holds up no other.
type SMTP struct {
	host           string
	port           int
	user, password string
	from           string
	tls            tlsMode
	roots          *x509.CertPool // nil means the machine's own
	timeout        time.Duration
}

// From is the address that mail is sent from.
func (s *SMTP) From() string { return s.from }

func (s *SMTP) setTLS(mode string) error {
	modes := map[string]tlsMode{
		"": tlsMandatory, "mandatory": tlsMandatory, "implicit": tlsImplicit, "opportunistic": tlsOpportunistic, "none": tlsNone,
	}
	m, ok := modes[mode]
	if !ok {
		return fault.Errorf(fault.Invalid, "the mail setting has tls=%q; it is mandatory, implicit, opportunistic or none", mode)
	}
	s.tls = m
	return nil
}

// readAuthority reads the certificates that a server of the organisation's own
// is checked with.
func (s *SMTP) readAuthority(path string) error {
	if path == "" {
		return nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the certificate file %s cannot be read", path)
	}
	s.roots = x509.NewCertPool()
	if !s.roots.AppendCertsFromPEM(pem) {
		return fault.Errorf(fault.Invalid, "the certificate file %s has no certificate in it", path)
	}
	return nil
}

// client makes the library's client for one mail, over the line.
func (s *SMTP) client(l *line) (*gomail.Client, error) {
	config := &tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	dial := l.dial
	policy := gomail.TLSMandatory
	switch s.tls {
	case tlsImplicit:
		dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			raw, err := l.dial(ctx, network, address)
			if err != nil {
				return nil, err
			}
			secure := tls.Client(raw, config)
			return secure, secure.HandshakeContext(ctx)
		}
		// The line is encrypted already and the server offers STARTTLS no more;
		// with this policy the library sees that and will use the password.
		policy = gomail.TLSOpportunistic
	case tlsOpportunistic:
		policy = gomail.TLSOpportunistic
	case tlsNone:
		policy = gomail.NoTLS
	}
	opts := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithTLSConfig(config),
		gomail.WithTLSPolicy(policy), gomail.WithDialContextFunc(dial),
	}
	if s.user != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return gomail.NewClient(s.host, opts...)
}

// line is the connection of one mail. The library leaves it open when greeting,
// encryption or sign-in fail, so we hold it and hang up ourselves.
type line struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, errors.Join(net.ErrClosed, conn.Close())
	}
	l.conn = conn
	return conn, nil
}

func (l *line) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.conn != nil {
		_ = l.conn.Close() // closed already when all went well
	}
}

// Deliver hands one mail to the server. Only an answer to the recipient or to
// the text that begins with 5 is taken as final; a server that cannot be
// reached, refuses the password or the sender, or has no TLS is a fault of the
// setting, which is mended while the mail waits.
func (s *SMTP) Deliver(ctx context.Context, m Mail) error {
	msg, err := m.message(s.from)
	if err != nil {
		return errUnsendable
	}
	var l line
	defer l.hangUp()
	client, err := s.client(&l)
	if err != nil {
		return fmt.Errorf("mail server setting: %w", err)
	}
	// The library looks at the context while it dials only.
	defer context.AfterFunc(ctx, l.hangUp)()
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return nil // an error while taking leave comes after the server has the mail
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() >= 400 {
		code := refused.ErrorCode()
		final := refused.Reason == gomail.ErrSMTPRcptTo || refused.Reason == gomail.ErrSMTPData || refused.Reason == gomail.ErrSMTPDataClose
		return &DeliveryError{Code: smtpCode(code), Permanent: final && code >= 500 && !aboutUs(code)}
	}
	switch {
	case ctx.Err() != nil:
		return asDelivery(ctx.Err(), "stopped")
	case strings.Contains(err.Error(), "SMTP AUTH"):
		return asDelivery(err, "auth")
	case strings.Contains(err.Error(), "STARTTLS"), strings.Contains(err.Error(), "tls:"), strings.Contains(err.Error(), "x509:"):
		return asDelivery(err, "tls")
	default:
		return asDelivery(err, "connect")
	}
}

// aboutUs tells the final answers that are about how we speak to the server and
// not about the mail: sign in first, too weak, encryption needed.
func aboutUs(code int) bool { return code == 530 || code == 534 || code == 535 || code == 538 }
