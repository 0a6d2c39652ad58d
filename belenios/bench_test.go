package belenios

import (
	"crypto/rand"
	"syscall"
	"testing"
	"time"

	"commonweal/belenios/group"
)

// cpu reports processor time for each of n things an iteration does: on a machine that
// does other work, the clock says little.
func cpu(b *testing.B, n int, loop func()) {
	b.Helper()
	start := processorTime(b)
	loop()
	spent := processorTime(b) - start
	b.ReportMetric(spent.Seconds()*1000/float64(b.N)/float64(n), "cpu-ms/ballot")
	b.ReportMetric(0, "ns/op")
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// One homomorphic ballot of three answers, checked in full.
func BenchmarkVerifyBallot(b *testing.B) {
	for _, name := range group.Names() {
		b.Run(name, func(b *testing.B) {
			s := plan{group: name, questions: []Question{choose(1, 1, 3, false)}, voters: 1}.make(b)
			ballot := s.cast(b, 0, []int{0, 1, 0})
			must(b, s.verifier.Ballot(ballot))
			cpu(b, 1, func() {
				for b.Loop() {
					read, err := ParseBallot(s.election, ballot.Bytes())
					must(b, err)
					must(b, s.verifier.Ballot(read))
				}
			})
		})
	}
}

func BenchmarkMakeBallot(b *testing.B) {
	for _, name := range group.Names() {
		b.Run(name, func(b *testing.B) {
			s := plan{group: name, questions: []Question{choose(1, 1, 3, false)}, voters: 1}.make(b)
			cpu(b, 1, func() {
				for b.Loop() {
					s.cast(b, 0, []int{0, 1, 0})
				}
			})
		})
	}
}

// A ranked election of 50 ballots: what a verifier computes, per ballot.
func BenchmarkVerifyRanked(b *testing.B) {
	const voters = 50
	s := plan{group: "RFC-3526-2048", questions: []Question{rank(5)}, voters: voters, singles: 2}.make(b)
	var ballots []*Ballot
	for i := range voters {
		ballots = append(ballots, s.cast(b, i, []int{1, 2, 3, 4, 5}))
	}
	tally, _, err := NewEncryptedTally(s.election, s.credentials, ballots)
	must(b, err)
	first, err := NewShuffle(rand.Reader, s.election, tally.NonHomomorphic())
	must(b, err)
	mixed, err := tally.Merge(first.Ciphertexts())
	must(b, err)
	parts := s.decrypt(b, mixed, 1, 2)
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"ballots", func() error { return s.verifier.Ballots(ballots) }},
		{"shuffle", func() error { return first.Verify(s.election, tally.NonHomomorphic()) }},
		{"decryptions of two", func() error { return VerifyDecryptions(s.election, s.trustees, mixed, parts) }},
		{"result", func() error {
			_, err := NewResult(s.election, s.trustees, mixed, parts, voters)
			return err
		}},
		{"make a shuffle", func() error {
			_, err := NewShuffle(rand.Reader, s.election, tally.NonHomomorphic())
			return err
		}},
	} {
		b.Run(step.name, func(b *testing.B) {
			cpu(b, voters, func() {
				for b.Loop() {
					must(b, step.do())
				}
			})
		})
	}
}
