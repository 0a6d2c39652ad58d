package share

import (
	"fmt"
	"testing"
)

// BenchmarkLedger accepts one membership share for each of 100,000 members, and
// reads the holdings of a day from such a ledger.
func BenchmarkLedger(b *testing.B) {
	const n = 100_000
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = issue(fmt.Sprintf("e%06d", i), fmt.Sprintf("m%06d", i), "pound", 1, "2026-01-10")
		entries[i].Number = i + 1
	}
	b.Run("add", func(b *testing.B) {
		for b.Loop() {
			l := empty(b)
			for _, e := range entries {
				if _, err := l.Add(e); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("read and hold", func(b *testing.B) {
		for b.Loop() {
			l, err := NewLedger(classes, entries, nil, societyCap)
			if err != nil || len(l.HoldingsOn(day("2026-06-01"))) != n {
				b.Fatal(err)
			}
		}
	})
}
