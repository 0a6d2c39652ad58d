package notice_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a small SMTP server on this machine (RFC 5321, STARTTLS, AUTH
// PLAIN). answers replace its usual answer to a command, by command.
type server struct {
	listener net.Listener
	tls      *tls.Config // nil: no STARTTLS
	caFile   string
	implicit bool   // TLS from the first byte
	wantAuth string // "user\x00password", "" for open

	mu       sync.Mutex
	answers  map[string]string
	received []taken
	auths    int
}

type taken struct {
	from, to, data string
	encrypted      bool
}

func serve(t *testing.T, withTLS bool) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{listener: listener, answers: map[string]string{}}
	if withTLS {
		s.tls, s.caFile = certificate(t)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.talk(conn) })
		}
	})
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
	return s
}

func (s *server) address() string { return s.listener.Addr().String() }

func (s *server) answer(command, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[command] = text
}

// lock asks every client for the user and the password; implicit is TLS from the
// first byte.
func (s *server) lock(userAndPassword string, implicit bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wantAuth, s.implicit = userAndPassword, implicit
}

// passwords counts how often a password was sent.
func (s *server) passwords() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.auths
}

func (s *server) mails() []taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]taken{}, s.received...)
}

func (s *server) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	var mail taken
	s.mu.Lock()
	implicit, wantAuth := s.implicit, s.wantAuth
	s.mu.Unlock()
	if implicit {
		conn, mail.encrypted = tls.Server(conn, s.tls), true
	}
	c := textproto.NewConn(conn)
	say := func(text string) { _ = c.PrintfLine("%s", text) }
	say("220 test ready")
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		command, rest, _ := strings.Cut(line, " ")
		command = strings.ToUpper(command)
		s.mu.Lock()
		told, ok := s.answers[command]
		s.mu.Unlock()
		if ok && told == "hang up" {
			return
		}
		if ok && told == "nothing" {
			continue
		}
		if ok && command != "DATA" {
			say(told)
			continue
		}
		switch command {
		case "EHLO":
			say("250-test")
			if s.tls != nil && !mail.encrypted {
				say("250-STARTTLS")
			}
			if wantAuth != "" {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go ahead")
			secure := tls.Server(conn, s.tls)
			conn, c, mail.encrypted = secure, textproto.NewConn(secure), true
		case "AUTH":
			_, blob, _ := strings.Cut(rest, " ")
			raw, _ := base64.StdEncoding.DecodeString(blob)
			s.mu.Lock()
			s.auths++
			s.mu.Unlock()
			if strings.TrimPrefix(string(raw), "\x00") != wantAuth {
				say("535 5.7.8 wrong")
				continue
			}
			say("235 welcome")
		case "MAIL":
			mail.from = rest
			say("250 ok")
		case "RCPT":
			mail.to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
			say("250 ok")
		case "DATA":
			say("354 go on")
			lines, err := c.ReadDotLines()
			if err != nil {
				return
			}
			if ok {
				say(told)
				continue
			}
			mail.data = strings.Join(lines, "\r\n") + "\r\n"
			s.mu.Lock()
			s.received = append(s.received, mail)
			s.mu.Unlock()
			say("250 taken")
		case "NOOP", "RSET":
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("502 what")
		}
	}
}

// certificate makes a key and a certificate for this machine, and the file that
// an organisation with its own authority would name.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, path
}
