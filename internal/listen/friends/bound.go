package friends

import (
	"sync"
	"time"
)

// A point takes a burst of answers and then one every few seconds: enough for a busy
// department, too slow for a program that wants to drown it. Nothing about who sends is
// looked at, so whoever fills the bound fills it for everybody: the page says that it
// is busy, and the bound opens again by itself.
const (
	burst    = 60
	refill   = 5 * time.Second
	mostKept = 10_000
)

type bounds struct {
	mu    sync.Mutex
	point map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// take reports whether one more answer may come to a point now.
func (b *bounds) take(point string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.point == nil || len(b.point) > mostKept {
		b.point = map[string]bucket{}
	}
	k, ok := b.point[point]
	if !ok {
		k = bucket{burst, now}
	}
	if passed := now.Sub(k.at); passed > 0 {
		k.left, k.at = min(burst, k.left+float64(passed)/float64(refill)), now
	}
	may := k.left >= 1
	if may {
		k.left--
	}
	b.point[point] = k
	return may
}
