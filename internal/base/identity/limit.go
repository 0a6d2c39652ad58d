package identity

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Limit allows so many at once, and after that one more in each interval.
type Limit struct {
	Name  string
	Burst int
	Every time.Duration
}

// The limits on signing in. Those by client are wide, because a whole hospital
// may come from one address; those by e-mail address are what protects a person.
var (
	codesToAddress = Limit{"code-address", 5, 10 * time.Minute}
	codesToClient  = Limit{"code-client", 60, 10 * time.Second}
	triesByClient  = Limit{"try-client", 100, 3 * time.Second}
)

// Throttle is the cause of a Throttled fault.
type Throttle struct {
	Limit string
	After time.Duration // try again after this
}

func (t *Throttle) Error() string { return "limit " + t.Limit }

// RetryAfter tells how long to wait, of an error that is Throttled by a limit.
func RetryAfter(err error) (time.Duration, bool) {
	var t *Throttle
	if errors.As(err, &t) {
		return t.After, true
	}
	return 0, false
}

// Take uses up one of what the limit allows for a key, such as an address, or
// returns a Throttled fault that says when to try again. Keys are stored under
// a keyed hash. What is refused is not counted.
//
// It is the generic cell rate algorithm: one instant a bucket, and no counter
// that somebody has to reset.
func (s *Service) Take(ctx context.Context, limit Limit, key string) error {
	bucket := limit.Name + ":" + hex.EncodeToString(mac(s.limitKey, limit.Name, key))
	return s.db.Write(ctx, func(tx *db.Tx) error {
		var tat int64
		err := tx.QueryRow(ctx, `SELECT tat FROM rate_limit WHERE bucket = ?`, bucket).Scan(&tat)
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
		now, every := s.world.Now().UnixMilli(), limit.Every.Milliseconds()
		tat = min(tat, now+every*int64(limit.Burst)) // further ahead only when the clock was set back
		if wait := tat - now - every*int64(limit.Burst-1); wait > 0 {
			after := time.Duration(wait) * time.Millisecond
			return fault.Wrap(fault.Throttled, &Throttle{limit.Name, after}, "too many attempts: try again in %s", spoken(after))
		}
		_, err = tx.Exec(ctx, `INSERT INTO rate_limit (bucket, tat) VALUES (?, ?)
			ON CONFLICT (bucket) DO UPDATE SET tat = excluded.tat`, bucket, max(tat, now)+every)
		return err
	})
}

// spoken is a time to wait as people say it, rounded up.
func spoken(d time.Duration) string {
	if d <= time.Minute {
		return "a minute"
	}
	minutes := int((d + time.Minute - 1) / time.Minute)
	if minutes < 60 {
		return fmt.Sprintf("%d minutes", minutes)
	}
	if minutes <= 60 {
		return "an hour"
	}
	return fmt.Sprintf("%d hours", (minutes+59)/60)
}

// Client is where a request comes from.
type Client struct {
	Address string // IP address, without a port
	Agent   string // what to call the device in the list of sessions: "Firefox on Windows"
	// Previous is the session secret that the browser still has, if any. Signing
	// in ends it.
	Previous string
}

// network is what clients are counted by: neighbours together, because whoever
// has one address has the next ones too.
func (c Client) network() string {
	addr, err := netip.ParseAddr(c.Address)
	if err != nil {
		return "unknown"
	}
	bits := 24
	if addr = addr.Unmap(); addr.Is6() {
		bits = 48
	}
	prefix, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
