package notice

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"commonweal/internal/base/fault"
)

// Transport takes mail to where it goes.
type Transport interface {
	// Deliver hands one mail over. When it returns nil the other side has taken
	// it. A *DeliveryError says whether another try may help; any other error
	// is tried again.
	Deliver(ctx context.Context, m Mail) error
	// From is the address that mail is sent from.
	From() string
}

// DeliveryError is why a mail was not taken, without the server's words: those
// name people.
type DeliveryError struct {
	Code      string // smtp_550, auth, tls, connect, timeout, address, folder
	Permanent bool   // for this mail; a wrong password is not
}

func (e *DeliveryError) Error() string { return "the mail was not taken: " + e.Code }

// Class is what the job table keeps.
func (e *DeliveryError) Class() string { return e.Code }

var (
	_ Transport = (*SMTP)(nil)
	_ Transport = (*Folder)(nil)
)

// OpenTransport reads where mail goes from one line of configuration:
//
//	smtp://user@host:587?from=notices@trust.example&password-file=/run/mail&tls=mandatory
//	dir:/var/lib/commonweal/mail
//	dir:/var/lib/commonweal/mail?from=notices@trust.example
//
// The options of smtp are from (needed), password-file, ca-file, tls and
// timeout (30s where absent). tls is mandatory (STARTTLS or nothing; the usual),
// implicit (TLS from the first byte, port 465), opportunistic, or none. A
// password is refused where the connection might not be encrypted, except to
// this machine itself. A user name with an @ in it is written with %40.
func OpenTransport(spec string) (Transport, error) {
	scheme, rest, ok := strings.Cut(spec, ":")
	switch {
	case ok && scheme == "dir":
		return openFolder(rest)
	case ok && scheme == "smtp":
		return openSMTP(spec)
	}
	return nil, fault.Errorf(fault.Invalid, "the mail setting begins neither with smtp:// nor with dir:")
}

// options reads the query of a mail setting and refuses what is not known.
func options(query string, known ...string) (url.Values, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "the mail setting has options that cannot be read")
	}
	for name, list := range values {
		found := false
		for _, k := range known {
			found = found || k == name
		}
		if !found {
			return nil, fault.Errorf(fault.Invalid, "the mail setting has an option %q; known are %s", name, strings.Join(known, ", "))
		}
		if len(list) > 1 {
			return nil, fault.Errorf(fault.Invalid, "the mail setting gives %s twice", name)
		}
	}
	return values, nil
}

func openSMTP(spec string) (*SMTP, error) {
	u, err := url.Parse(spec)
	if err != nil { // its text would repeat the setting
		return nil, fault.Errorf(fault.Invalid, "the mail setting is not an address of the form smtp://user@host:587?from=...")
	}
	if u.Path != "" && u.Path != "/" || u.Hostname() == "" {
		return nil, fault.Errorf(fault.Invalid, "the mail setting is not of the form smtp://user@host:587?from=...")
	}
	if _, ok := u.User.Password(); ok {
		return nil, fault.Errorf(fault.Invalid, "the mail setting has the password in it: put it into a file and name that with password-file")
	}
	values, err := options(u.RawQuery, "from", "password-file", "ca-file", "tls", "timeout")
	if err != nil {
		return nil, err
	}
	s := &SMTP{host: u.Hostname(), user: u.User.Username(), timeout: 30 * time.Second}
	if s.from, err = ParseAddress(values.Get("from")); err != nil {
		return nil, fault.Errorf(fault.Invalid, "the mail setting needs from=ADDRESS: %s", fault.Message(err))
	}
	if err := s.setTLS(values.Get("tls")); err != nil {
		return nil, err
	}
	if s.port, err = port(u.Port(), s.tls); err != nil {
		return nil, err
	}
	if text := values.Get("timeout"); text != "" {
		s.timeout, err = time.ParseDuration(text)
		if err != nil || s.timeout < time.Second || s.timeout > 5*time.Minute {
			return nil, fault.Errorf(fault.Invalid, "the mail setting has timeout=%q; it is between 1s and 5m", text)
		}
	}
	if err := s.readPassword(values.Get("password-file")); err != nil {
		return nil, err
	}
	if err := s.readAuthority(values.Get("ca-file")); err != nil {
		return nil, err
	}
	return s, nil
}

func port(text string, mode tlsMode) (int, error) {
	switch {
	case text == "" && mode == tlsImplicit:
		return 465, nil
	case text == "":
		return 587, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 65535 {
		return 0, fault.Errorf(fault.Invalid, "the mail setting has the port %q", text)
	}
	return n, nil
}

func (s *SMTP) readPassword(path string) error {
	if (path == "") != (s.user == "") {
		return fault.Errorf(fault.Invalid, "the mail setting needs a user name and a password-file together")
	}
	if path == "" {
		return nil
	}
	if s.tls != tlsMandatory && s.tls != tlsImplicit && !loopback(s.host) {
		return fault.Errorf(fault.Invalid, "the mail setting would send the password to %s over a connection that may not be encrypted: use tls=mandatory or tls=implicit", s.host)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the mail password file %s cannot be read", path)
	}
	s.password = strings.TrimRight(string(text), "\r\n")
	if s.password == "" {
		return fault.Errorf(fault.Invalid, "the mail password file %s is empty", path)
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// asDelivery makes a DeliveryError of a failure before the server has seen the
// mail: none of these is the mail's fault.
func asDelivery(err error, otherwise string) *DeliveryError {
	var timeout interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return &DeliveryError{Code: "timeout"}
	}
	return &DeliveryError{Code: otherwise}
}

func smtpCode(code int) string { return fmt.Sprintf("smtp_%d", code) }
