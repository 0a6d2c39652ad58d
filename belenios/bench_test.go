package belenios

import (
	"crypto/rand"
	"testing"

	"commonweal/belenios/group"
)

// One homomorphic ballot of three answers, checked in full.
func BenchmarkVerifyBallot(b *testing.B) {
	for _, name := range group.Names() {
		b.Run(name, func(b *testing.B) {
			s := plan{group: name, questions: []Question{choose(1, 1, 3, false)}, voters: 1}.make(b)
			ballot := s.cast(b, 0, []int{0, 1, 0})
			must(b, s.verifier.Ballot(ballot))
			for b.Loop() {
				read, err := ParseBallot(s.election, ballot.Bytes())
				must(b, err)
				must(b, s.verifier.Ballot(read))
			}
		})
	}
}

func BenchmarkMakeBallot(b *testing.B) {
	for _, name := range group.Names() {
		b.Run(name, func(b *testing.B) {
			s := plan{group: name, questions: []Question{choose(1, 1, 3, false)}, voters: 1}.make(b)
			for b.Loop() {
				s.cast(b, 0, []int{0, 1, 0})
			}
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
	per := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/voters/1000, "ms/ballot")
	}
	b.Run("ballots", func(b *testing.B) {
		for b.Loop() {
			must(b, s.verifier.Ballots(ballots))
		}
		per(b)
	})
	b.Run("shuffle", func(b *testing.B) {
		for b.Loop() {
			must(b, first.Verify(s.election, tally.NonHomomorphic()))
		}
		per(b)
	})
	b.Run("decryptions of two", func(b *testing.B) {
		for b.Loop() {
			must(b, VerifyDecryptions(s.election, s.trustees, mixed, parts))
		}
		per(b)
	})
	b.Run("result", func(b *testing.B) {
		for b.Loop() {
			_, err := NewResult(s.election, s.trustees, mixed, parts, voters)
			must(b, err)
		}
		per(b)
	})
	b.Run("make a shuffle", func(b *testing.B) {
		for b.Loop() {
			_, err := NewShuffle(rand.Reader, s.election, tally.NonHomomorphic())
			must(b, err)
		}
		per(b)
	})
}
