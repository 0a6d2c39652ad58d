package token

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Why a token or a key is refused.
var (
	ErrMalformed = errors.New("not a token")
	ErrWave      = errors.New("the token is of another wave")
	ErrForged    = errors.New("the token was not signed with the key of the wave")
	ErrKey       = errors.New("the key is not the one of the wave's notice")
)

const (
	version = "cw1" // the first part of the text form

	nonceSize  = 32
	prefixSize = 32 // of a randomised message: RFC 9474, section 4.1

	maxWave = 64
	// MaxText is the longest text form there is.
	MaxText = len(version) + 1 + maxWave + 1 + (nonceSize+prefixSize+mostBits/8+2)/3*4
)

// Token is a one-time pass of one wave.
type Token struct {
	wave   string
	nonce  [nonceSize]byte
	prefix [prefixSize]byte
	sig    []byte
}

// encoding allows one text for the same bytes and no other.
var encoding = base64.RawURLEncoding.Strict()

// Parse reads the text form. It says nothing of whether the token is good: see
// [PublicKey.Verify]. Whatever it refuses is [ErrMalformed].
func Parse(text string) (Token, error) {
	if len(text) > MaxText {
		return Token{}, fmt.Errorf("%w: %d characters are more than %d", ErrMalformed, len(text), MaxText)
	}
	part := strings.Split(text, ".")
	if len(part) != 3 || part[0] != version {
		return Token{}, fmt.Errorf("%w: it does not have the form %s.WAVE.LETTERS", ErrMalformed, version)
	}
	if err := checkWave(part[1]); err != nil {
		return Token{}, err
	}
	if strings.ContainsAny(part[2], "\r\n") { // the decoder passes over them
		return Token{}, fmt.Errorf("%w: it is broken over lines", ErrMalformed)
	}
	body, err := encoding.DecodeString(part[2])
	if err != nil {
		return Token{}, fmt.Errorf("%w: its letters are not base64url", ErrMalformed)
	}
	size := len(body) - nonceSize - prefixSize
	if size < leastBits/8 || size > mostBits/8 {
		return Token{}, fmt.Errorf("%w: it has %d bytes", ErrMalformed, len(body))
	}
	t := Token{wave: part[1], sig: body[nonceSize+prefixSize:]}
	copy(t.nonce[:], body)
	copy(t.prefix[:], body[nonceSize:])
	return t, nil
}

// String is the text form: version, wave, and the rest in base64url.
func (t Token) String() string {
	return version + "." + t.wave + "." + encoding.EncodeToString(t.body())
}

// Wave is the wave that the token is of.
func (t Token) Wave() string { return t.wave }

// SpentHash is what stands for the token once it was used, in hexadecimal: its SHA-256
// together with the wave. Nobody can tell from it who answered or what.
func (t Token) SpentHash() string {
	h := sha256.New()
	_, _ = h.Write([]byte("commonweal spent token 1\x00" + t.wave + "\x00"))
	_, _ = h.Write(t.body())
	return hex.EncodeToString(h.Sum(nil))
}

func (t Token) body() []byte {
	body := make([]byte, 0, nonceSize+prefixSize+len(t.sig))
	body = append(body, t.nonce[:]...)
	body = append(body, t.prefix[:]...)
	return append(body, t.sig...)
}

// prepared is the message that is signed: random bytes before it, as the randomised
// variant asks, and the wave within it.
func (t Token) prepared() []byte {
	return append(append([]byte{}, t.prefix[:]...), message(t.wave, t.nonce[:])...)
}

func message(wave string, nonce []byte) []byte {
	return append([]byte("commonweal survey token 1\x00"+wave+"\x00"), nonce...)
}

// checkWave refuses what is not an id of a wave: small letters, figures and hyphens.
func checkWave(wave string) error {
	if wave == "" || len(wave) > maxWave {
		return fmt.Errorf("%w: its wave has %d characters", ErrMalformed, len(wave))
	}
	for _, c := range []byte(wave) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return fmt.Errorf("%w: its wave has a character that no wave has", ErrMalformed)
		}
	}
	return nil
}
