package notice

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// StopPath is where the pages take a link that stops a kind of message: GET
// shows what it would stop, POST does it. Mail programs post to it by
// themselves (RFC 8058), from no page of ours and without a session, so the
// check on where a post comes from must let this path through: the link itself
// is the proof.
const StopPath = "/mail/stop/"

func (o *Office) deriveKeys(keys *journal.Keys) error {
	secret, err := keys.Derive("notice stop link")
	if err != nil {
		return err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return err
	}
	if o.stop, err = cipher.NewGCM(block); err != nil {
		return err
	}
	o.hashKey, err = keys.Derive("notice address")
	return err
}

// Stop is what a link would stop.
type Stop struct {
	Org  string
	Kind Kind
	who  string
}

// stopLink makes the address in a message that stops its kind. The token is
// sealed, not only signed: nobody can make one, and none of it says whose it is.
// It does not run out, because mail is kept for years, and all that can be done
// with a stolen one is to make us quiet.
func (o *Office) stopLink(org, who, kind string) string {
	nonce := make([]byte, o.stop.NonceSize())
	o.world.Bytes(nonce)
	sealed := o.stop.Seal(nonce, nonce, []byte(strings.Join([]string{org, who, kind}, "\x00")), []byte(StopPath))
	return o.base + StopPath + base64.RawURLEncoding.EncodeToString(sealed)
}

// ReadStop reads the token of a stop link: what follows [StopPath].
func (o *Office) ReadStop(token string) (Stop, error) {
	bad := fault.Errorf(fault.NotFound, "the link to stop messages is not one of ours or is not whole")
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(sealed) < o.stop.NonceSize() {
		return Stop{}, bad
	}
	n := o.stop.NonceSize()
	plain, err := o.stop.Open(nil, sealed[:n], sealed[n:], []byte(StopPath))
	if err != nil {
		return Stop{}, bad
	}
	parts := strings.Split(string(plain), "\x00")
	if len(parts) != 3 {
		return Stop{}, bad
	}
	kind, ok := o.kinds[parts[2]]
	if !ok || kind.Statutory {
		return Stop{}, fault.Errorf(fault.Conflict, "messages of the kind %s are no longer sent or cannot be turned off", parts[2])
	}
	return Stop{Org: parts[0], Kind: kind, who: parts[1]}, nil
}

// DoStop mutes what a link says. Doing it twice is the same as once.
func (o *Office) DoStop(ctx context.Context, token string) (Stop, error) {
	s, err := o.ReadStop(token)
	if err != nil {
		return Stop{}, err
	}
	return s, o.choose(ctx, s.Org, s.who, s.Kind.Name, Never)
}

// addressHash stands for an address in tables. It is keyed, since addresses are
// easily guessed.
func (o *Office) addressHash(address string) string {
	h := hmac.New(sha256.New, o.hashKey)
	h.Write([]byte(strings.ToLower(address)))
	return hex.EncodeToString(h.Sum(nil))
}

// who is the key of somebody's preferences and of their digest.
func (o *Office) who(p Person) string {
	if p.ID != "" {
		return p.ID
	}
	return "address/" + o.addressHash(p.Email)
}
