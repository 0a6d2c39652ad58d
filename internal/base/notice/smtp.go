package notice

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
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

func (s *SMTP) client() (*gomail.Client, error) {
	opts := []gomail.Option{
		gomail.WithPort(s.port),
		gomail.WithTimeout(s.timeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}),
	}
	switch s.tls {
	case tlsImplicit:
		opts = append(opts, gomail.WithSSL())
	case tlsOpportunistic:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case tlsNone:
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.user != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return gomail.NewClient(s.host, opts...)
}

// Deliver hands one mail to the server. Only an answer to the recipient or to
// the text that begins with 5 is taken as final; a server that cannot be
// reached, refuses the password or the sender, or has no TLS is a fault of the
// setting, which is mended while the mail waits.
func (s *SMTP) Deliver(ctx context.Context, m Mail) error {
	msg, err := m.message(s.from)
	if err != nil {
		return unsendable(err)
	}
	client, err := s.client()
	if err != nil {
		return fmt.Errorf("mail server setting: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 4*s.timeout)
	defer cancel()
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
