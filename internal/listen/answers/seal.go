package answers

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// ballot is a sheet that was found good, as it is sealed.
type ballot struct {
	Serial  bool   // by a serial, not a token
	Hash    string // spent hash, in hexadecimal
	Codes   Codes
	Unit    string
	Group   string
	Comment string
}

const (
	maxCode   = 64 // characters of the code of a unit or group
	fieldHead = 2  // bytes of a field's length
	fields    = 6
)

// width is how many bytes every sheet of a wave is sealed as: enough for the longest.
func (a *asked) width() int {
	n := a.answerWidth()
	if a.terms.Comments {
		n += maxCommentBytes
	}
	return stepped(n)
}

// answerWidth is how many bytes every sheet is sealed as once its comment is apart.
func (a *asked) answerWidth() int {
	return stepped(fields*fieldHead + 1 + sha256.Size + len(a.in.Questions) + 2*maxCode)
}

func stepped(n int) int {
	const step = 256
	return (n + step - 1) / step * step
}

// pack writes a ballot in so many bytes.
func (b ballot) pack(width int) ([]byte, error) {
	hash, err := hex.DecodeString(b.Hash)
	if err != nil {
		return nil, err
	}
	kind := []byte{0}
	if b.Serial {
		kind[0] = 1
	}
	out := make([]byte, 0, width)
	for _, field := range [fields][]byte{kind, hash, b.Codes, []byte(b.Unit), []byte(b.Group), []byte(b.Comment)} {
		out = binary.BigEndian.AppendUint16(out, uint16(len(field)))
		out = append(out, field...)
	}
	if len(out) > width {
		return nil, fmt.Errorf("a sheet of %d bytes does not go into %d", len(out), width)
	}
	return out[:width], nil
}

func unpack(text []byte) (ballot, error) {
	var field [fields][]byte
	for i := range field {
		if len(text) < fieldHead {
			return ballot{}, errors.New("a sealed sheet is torn")
		}
		n := int(binary.BigEndian.Uint16(text))
		text = text[fieldHead:]
		if n > len(text) {
			return ballot{}, errors.New("a sealed sheet is torn")
		}
		field[i], text = text[:n], text[n:]
	}
	return ballot{
		Serial: len(field[0]) == 1 && field[0][0] == 1, Hash: hex.EncodeToString(field[1]), Codes: Codes(field[2]),
		Unit: string(field[3]), Group: string(field[4]), Comment: string(field[5]),
	}, nil
}

// equal says whether two ballots of one token or serial say the same.
func (b ballot) equal(o ballot) bool {
	return b.Hash == o.Hash && b.Serial == o.Serial && string(b.Codes) == string(o.Codes) &&
		b.Unit == o.Unit && b.Group == o.Group && b.Comment == o.Comment
}

// derived keeps what one key is for apart from what it is also for.
func derived(key []byte, purpose string) []byte {
	h := hmac.New(sha256.New, key)
	_, _ = h.Write([]byte("commonweal answers " + purpose))
	return h.Sum(nil)
}

// seal encrypts a text for the row of this id: AES-256-GCM with a random nonce before it.
func (s *Service) seal(key []byte, row string, text []byte) ([]byte, error) {
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, aead.NonceSize(), aead.NonceSize()+len(text)+aead.Overhead())
	s.world.Bytes(out)
	return aead.Seal(out, out, text, []byte(row)), nil
}

func unseal(key []byte, row string, sealed []byte) ([]byte, error) {
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, errors.New("a sealed sheet is torn")
	}
	n := aead.NonceSize()
	return aead.Open(nil, sealed[:n], sealed[n:], []byte(row))
}

func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(derived(key, "seal"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// keyingMark stands for a serial among papers that were keyed once, for whoever has the key.
func keyingMark(key []byte, hash string) string {
	h := hmac.New(sha256.New, derived(key, "keying"))
	_, _ = h.Write([]byte(hash))
	return hex.EncodeToString(h.Sum(nil))
}

// markOf stands for a token or serial among what waits, for whoever has the key.
func markOf(key []byte, hash string) []byte {
	h := hmac.New(sha256.New, derived(key, "mark"))
	_, _ = h.Write([]byte(hash))
	return h.Sum(nil)
}
