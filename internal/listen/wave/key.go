package wave

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/survey/token"
)

// chance gives the world's random bytes as a reader.
type chance struct{ bytes func([]byte) }

func (c chance) Read(p []byte) (int, error) {
	c.bytes(p)
	return len(p), nil
}

// opened keeps the private keys of open waves: opening one takes longer than signing.
type opened struct {
	mu   sync.Mutex
	kept map[string]*token.Key
}

func (o *opened) drop(wave string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.kept, wave)
}

// cipher seals for one purpose of one wave, under a key that is derived from the key file.
func (s *Service) cipher(purpose, org, wave string) (cipher.AEAD, error) {
	key, err := s.keys.Derive("survey " + purpose + " 1 " + org + " " + wave)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (s *Service) seal(purpose, org, wave string, plain, at []byte) (string, error) {
	aead, err := s.cipher(purpose, org, wave)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	s.journal.World().Bytes(nonce)
	return base64.StdEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, at)), nil
}

func (s *Service) unseal(purpose, org, wave, sealed string, at []byte) ([]byte, error) {
	aead, err := s.cipher(purpose, org, wave)
	if err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < aead.NonceSize() {
		return nil, fmt.Errorf("%s of wave %s: not what was sealed here", purpose, wave)
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], at)
	if err != nil {
		return nil, fmt.Errorf("%s of wave %s: not what was sealed here: %w", purpose, wave, err)
	}
	return plain, nil
}

// mark stands for a person in one wave to whoever has the key file, and to nobody else.
func (s *Service) mark(org, wave, person string) (string, error) {
	key, err := s.keys.Derive("survey mark 1 " + org + " " + wave)
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte(person))
	return hex.EncodeToString(m.Sum(nil)), nil
}

// makeKey makes the key of a wave.
func (s *Service) makeKey() (*token.Key, error) {
	return token.New(chance{s.journal.World().Bytes}, s.bits)
}

func (s *Service) keepKey(ctx context.Context, tx *db.Tx, w Wave, key *token.Key) error {
	plain, err := key.Marshal()
	if err != nil {
		return err
	}
	sealed, err := s.seal("key", w.Org, w.ID, plain, nil)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO wave_key (wave_id, sealed) VALUES (?, ?)`, w.ID, sealed)
	return err
}

// forgetKey destroys the private key of a wave and what is kept of its draws.
func (s *Service) forgetKey(ctx context.Context, tx *db.Tx, w Wave) error {
	if _, err := tx.Exec(ctx, `DELETE FROM wave_key WHERE wave_id = ?`, w.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM token_draw WHERE wave_id = ?`, w.ID)
	return err
}

// key opens the private key of a wave.
func (s *Service) key(ctx context.Context, w Wave) (*token.Key, error) {
	s.opened.mu.Lock()
	defer s.opened.mu.Unlock()
	if k := s.opened.kept[w.ID]; k != nil {
		return k, nil
	}
	var sealed string
	err := s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&sealed) }, `SELECT sealed FROM wave_key WHERE wave_id = ?`, w.ID)
	})
	if err != nil {
		return nil, err
	}
	if sealed == "" {
		return nil, fault.Errorf(fault.Conflict, "the key of survey %s is destroyed: no pass is signed any more", w.Code)
	}
	plain, err := s.unseal("key", w.Org, w.ID, sealed, nil)
	if err != nil {
		return nil, err
	}
	k, err := token.Open(plain)
	if err != nil {
		return nil, err
	}
	if got := k.Public().Hash(); got != w.KeyHash {
		return nil, fmt.Errorf("the private key of wave %s is not that of its notice", w.ID)
	}
	if s.opened.kept == nil {
		s.opened.kept = map[string]*token.Key{}
	}
	s.opened.kept[w.ID] = k
	return k, nil
}
