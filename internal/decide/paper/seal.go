package paper

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"

	"commonweal/internal/base/journal"
)

// A reading is sealed with AES-256-GCM, under a key that is derived from the key file
// for the contest. What it is sealed to is its place, so that no reading can be moved
// to another paper or put under another teller's name.

func (s *Service) cipher(org, contest string) (cipher.AEAD, error) {
	key, err := s.keys.Derive("paper 1 " + org + " " + contest)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// place names where a reading stands: batch, paper and who read it.
func place(batch string, paper int, who string) []byte {
	return fmt.Appendf(nil, "%s\n%d\n%s", batch, paper, who)
}

func (s *Service) seal(tx *journal.Tx, contest string, b Ballot, at []byte) (string, error) {
	aead, err := s.cipher(tx.Org(), contest)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	s.journal.World().Bytes(nonce)
	// Every ballot is as long as the longest: the length of a seal tells nothing.
	text := fmt.Appendf(nil, "%-*s", sealedSize, b.String())
	return base64.StdEncoding.EncodeToString(aead.Seal(nonce, nonce, text, at)), nil
}

// sealedSize has room for a ranking of fifty.
const sealedSize = 256

func (s *Service) open(org string, c Contest, sealed string, at []byte) (Ballot, error) {
	aead, err := s.cipher(org, c.ID)
	if err != nil {
		return Ballot{}, err
	}
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < aead.NonceSize() {
		return Ballot{}, fmt.Errorf("a reading of contest %s is not one that was sealed here", c.Code)
	}
	text, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], at)
	if err != nil {
		return Ballot{}, fmt.Errorf("a reading of contest %s is not what was sealed here: %w", c.Code, err)
	}
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return ParseBallot(string(text), c.Shape)
}
