// Package once lets a program send a request again when it does not know
// whether the first one arrived: the sender names the request with a key, and
// the same key gets the same answer for a day without anything being done twice.
//
// The key is kept as a hash together with who sent it, and what was asked as a
// hash, so that a key that comes back with something else is refused. The answer
// may name people, so it is kept sealed with a secret made of the sender's key,
// which is not kept: only whoever sends the key again can have it opened. Nothing
// here is a governance fact: after a day it is gone, and a backup leaves it out.
package once

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// Keep is how long a key is remembered. It is no legal period: a program that
// tries again does so within minutes.
const Keep = 24 * time.Hour

// LongestKey is how long a key may be.
const LongestKey = 200

// Book remembers requests. Its methods may be called from several goroutines.
type Book struct {
	db    *db.DB
	world *world.World
}

// New makes a book over an open, migrated database.
func New(d *db.DB, w *world.World) *Book { return &Book{db: d, world: w} }

// Request is one request under a key.
type Request struct {
	Org, Person string // who sends it
	Key         string // the sender's name for it
	What        []byte // all that it asks for
}

// Answer is what a request was answered with.
type Answer struct {
	Status int
	Body   []byte
}

// Begin claims the key. It returns the answer where the same request was
// answered before, and nil where it is to be done now: then [Book.Finish] or
// [Book.Forget] MUST follow when it is known what came of it.
//
// It returns Invalid when the key was used for another request, and Conflict
// when the first request has not been answered: it is still being done, or the
// program stopped in the middle of it.
func (b *Book) Begin(ctx context.Context, r Request) (*Answer, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	var answer *Answer
	err := b.db.Write(ctx, func(tx *db.Tx) error {
		answer = nil
		if err := b.sweep(ctx, tx); err != nil {
			return err
		}
		var what, body string
		var status int
		err := tx.QueryRow(ctx, `SELECT what, status, body FROM request_once WHERE id = ?`, r.id()).Scan(&what, &status, &body)
		switch {
		case errors.Is(err, db.ErrNoRows):
			_, err = tx.Exec(ctx, `INSERT INTO request_once (id, what, begun, status, body) VALUES (?, ?, ?, 0, '')`,
				r.id(), hash(r.What), b.world.Stamp())
			return err
		case err != nil:
			return err
		case what != hash(r.What):
			return fault.Fieldf("Idempotency-Key", "the idempotency key was used for another request: take a new key for each request")
		case status == 0:
			return fault.Errorf(fault.Conflict, "a request with this idempotency key was begun and has no answer yet: look whether it was done before you send it with a new key")
		}
		opened, err := r.open(body)
		answer = &Answer{Status: status, Body: opened}
		return err
	})
	return answer, err
}

func (r Request) check() error {
	if r.Key == "" || len(r.Key) > LongestKey {
		return fault.Fieldf("Idempotency-Key", "an idempotency key has 1 to %d characters: a random UUID does", LongestKey)
	}
	for _, c := range []byte(r.Key) {
		if c < ' ' || c > '~' {
			return fault.Fieldf("Idempotency-Key", "an idempotency key has letters, digits and signs of ASCII only")
		}
	}
	return nil
}

// Finish keeps the answer of a request that was done.
func (b *Book) Finish(ctx context.Context, r Request, a Answer) error {
	sealed, err := r.seal(a.Body, b.world)
	if err != nil {
		return err
	}
	return b.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE request_once SET status = ?, body = ? WHERE id = ? AND what = ? AND status = 0`,
			a.Status, sealed, r.id(), hash(r.What))
		return err
	})
}

// Forget gives up the key of a request that was refused and changed nothing, so
// that it can be sent again when what stood in its way is gone.
func (b *Book) Forget(ctx context.Context, r Request) error {
	return b.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM request_once WHERE id = ? AND what = ? AND status = 0`, r.id(), hash(r.What))
		return err
	})
}

// Sweep removes what is older than [Keep]. Begin does so too; this is for a
// machine that nobody asks anything.
func (b *Book) Sweep(ctx context.Context) error {
	return b.db.Write(ctx, func(tx *db.Tx) error { return b.sweep(ctx, tx) })
}

func (b *Book) sweep(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM request_once WHERE begun < ?`, b.world.Now().Add(-Keep).Format(world.TimeFormat))
	return err
}

// id is the row of a request: who sent it and under which key. Each part is
// hashed by itself so that no two senders can share a row.
func (r Request) id() string { return hash(r.digest("row")) }

// digest is who sent what under which key, for one purpose.
func (r Request) digest(purpose string) []byte {
	var all []byte
	for _, part := range []string{purpose, r.Org, r.Person, r.Key} {
		sum := sha256.Sum256([]byte(part))
		all = append(all, sum[:]...)
	}
	return all
}

// cipher is AES-256-GCM under a secret that follows from the sender's key.
func (r Request) cipher() (cipher.AEAD, error) {
	secret := sha256.Sum256(r.digest("answer"))
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (r Request) seal(body []byte, w *world.World) (string, error) {
	aead, err := r.cipher()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	w.Bytes(nonce)
	return base64.StdEncoding.EncodeToString(aead.Seal(nonce, nonce, body, nil)), nil
}

func (r Request) open(text string) ([]byte, error) {
	aead, err := r.cipher()
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) < aead.NonceSize() {
		return nil, fmt.Errorf("the kept answer of request %s is damaged", r.id()[:8])
	}
	body, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], nil)
	if err != nil {
		return nil, fmt.Errorf("open the kept answer of request %s: %w", r.id()[:8], err)
	}
	return body, nil
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
