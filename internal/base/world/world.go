// Package world is what the outside gives a program: the time and chance.
//
// Nothing below cmd reads a clock or a random source by itself; both come in
// as a [World], so that a test can hold the clock still and the demonstration
// mutual can live through two years in a second and be the same each time.
package world

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"math/bits"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// TimeFormat is how instants are stored: UTC, milliseconds, sorts as text.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// World gives the time, random bytes and identifiers. Its methods may be
// called from several goroutines.
type World struct {
	clock   func() time.Time
	skipped atomic.Int64 // nanoseconds; see Skip

	mu      sync.Mutex
	chance  io.Reader
	last    uint64 // milliseconds of the last id, so that ids never go back
	counter uint16 // 12 bits, rises within one millisecond
}

// Real is the world outside: the machine's clock and its random source.
func Real() *World { return New(time.Now, rand.Reader) }

// New makes a world from a clock and a random source.
func New(now func() time.Time, chance io.Reader) *World {
	return &World{clock: now, chance: chance}
}

// Fixed is a world for tests and demonstrations: the clock is c, and chance is
// a stream that depends on the seed alone. Never use it for secrets.
func Fixed(c *Clock, seed uint64) *World {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(bits.RotateLeft64(seed, -8*i))
	}
	return New(c.Now, mathrand.NewChaCha8(key))
}

func (w *World) now() time.Time { return w.clock().Add(time.Duration(w.skipped.Load())) }

// Skip moves the world's time on, for a demonstration whose visitors do not wait for
// days. Nothing else may call it: deadlines would come early.
func (w *World) Skip(d time.Duration) { w.skipped.Add(int64(d)) }

// Now is the present instant in UTC, to the millisecond.
func (w *World) Now() time.Time { return w.now().UTC().Truncate(time.Millisecond) }

// Stamp is [World.Now] in [TimeFormat].
func (w *World) Stamp() string { return w.Now().Format(TimeFormat) }

// Bytes fills p with random bytes. It panics if the source fails: nothing
// sensible can be done without chance.
func (w *World) Bytes(p []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fill(p)
}

func (w *World) fill(p []byte) {
	if _, err := io.ReadFull(w.chance, p); err != nil {
		panic("random source failed: " + err.Error())
	}
}

// ID makes a UUIDv7 (RFC 9562, section 5.7) in its usual text form. Ids made
// by one world rise, also within a millisecond and when the clock steps back.
func (w *World) ID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	ms := uint64(w.now().UnixMilli())
	switch {
	case ms > w.last:
		w.last, w.counter = ms, 0
	case w.counter == 0xfff:
		w.last, w.counter = w.last+1, 0
	default:
		w.counter++
	}
	var b [16]byte
	w.fill(b[8:])
	for i := range 6 {
		b[i] = byte(w.last >> (8 * (5 - i)))
	}
	b[6] = 0x70 | byte(w.counter>>8)
	b[7] = byte(w.counter)
	b[8] = 0x80 | b[8]&0x3f
	h := hex.EncodeToString(b[:])
	return fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}

// Clock is a clock that moves only when told.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// At makes a clock that stands at t.
func At(t time.Time) *Clock { return &Clock{at: t} }

// Now is where the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// Advance moves the clock on by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
