package box_test

import (
	"fmt"
	"sync"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/schema/schematest"
)

func trackerOf(ballot []byte) string { return belenios.Fingerprint(ballot) }

// How many ballots a second are accepted, with every proof checked and each durable
// before it is answered for, from 64 voters at once.
func BenchmarkAccept(b *testing.B) {
	for _, group := range []string{"BELENIOS-2048", "Ed25519"} {
		b.Run(group, func(b *testing.B) {
			m := newScene(b, schematest.SQLite(b), plan{group: group, questions: yesNo, voters: b.N, revote: archive.FirstCounts})
			m.open()
			ballots := make([][]byte, b.N)
			for i := range ballots {
				ballots[i] = m.ballot(m.credentials[i], 0, 1, 0)
			}
			work := make(chan int)
			var all sync.WaitGroup
			b.ResetTimer()
			for range 64 {
				all.Go(func() {
					for i := range work {
						if _, err := m.svc.Accept(ctx, org, council, fmt.Sprintf("p%d", i+1), ballots[i]); err != nil {
							b.Error(err)
						}
					}
				})
			}
			for i := range b.N {
				work <- i
			}
			close(work)
			all.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ballots/s")
		})
	}
}
