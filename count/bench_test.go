package count

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// million is a file of 1,000,000 papers, 30 candidates and 10 seats, about 29 MB:
// five groups of voters, each drawing its rankings by the Plackett-Luce model with
// its own strengths, from a fixed seed.
var million = sync.OnceValue(func() []byte {
	const candidates, groups, papers = 30, 5, 1_000_000
	random := rand.New(rand.NewPCG(20261121, 0))
	var strength [groups][candidates]int
	for g := range strength {
		for c := range strength[g] {
			strength[g][c] = 1 + random.IntN(20)
			if c%groups == g {
				strength[g][c] *= 8
			}
		}
	}
	out := make([]byte, 0, 30<<20)
	out = append(out, "30 10\n"...)
	for range papers {
		g := random.IntN(groups)
		left := strength[g]
		total := 0
		for _, s := range left {
			total += s
		}
		out = append(out, '1', ' ')
		for range 1 + random.IntN(20) {
			at := random.IntN(total)
			c := 0
			for at >= left[c] {
				at -= left[c]
				c++
			}
			total -= left[c]
			left[c] = 0
			out = append(strconv.AppendInt(out, int64(c+1), 10), ' ')
		}
		out = append(out, '0', '\n')
	}
	return append(out, "0\n"...)
})

func millionFile(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "million.blt")
	if err := os.WriteFile(path, million(), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchMillion times reading and counting the file of a million papers, against the
// naive counter of naive_test.go.
func benchMillion(b *testing.B, id string, naive func(*naiveElection) []int) {
	path := millionFile(b)
	rule := mustRule(b, id)
	var ours []int
	b.Run("read-and-count", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r, err := Count(readFileB(b, path), rule, Options{})
			if err != nil {
				b.Fatal(err)
			}
			ours = sorted(r.Elected)
		}
	})
	b.Run("peer=naive", func(b *testing.B) {
		for b.Loop() {
			e, err := readNaive(path)
			if err != nil {
				b.Fatal(err)
			}
			if theirs := sorted(naive(e)); ours != nil && numbers(theirs, " ") != numbers(ours, " ") {
				b.Fatalf("elected %v here and %v there", ours, theirs)
			}
		}
	})
}

func readFileB(b *testing.B, path string) *Ballots { return readFile(b, path) }

func BenchmarkMillionPapersNHS2014(b *testing.B) {
	benchMillion(b, "nhs-2014", (*naiveElection).nhs)
}

func BenchmarkMillionPapersScottish2007(b *testing.B) {
	benchMillion(b, "scottish-2007", (*naiveElection).scottish)
}

func BenchmarkMillionPapersERS97(b *testing.B) {
	path, rule := millionFile(b), mustRule(b, "ers97")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Count(readFile(b, path), rule, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMillionPapersMeek(b *testing.B) {
	path, rule := millionFile(b), mustRule(b, "meek")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Count(readFile(b, path), rule, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// All shared Scottish elections by Meek's method, reading included.
func BenchmarkScottishElectionsMeek(b *testing.B) {
	elections := scottish(b)
	rule := mustRule(b, "meek")
	b.Run("read-and-count", func(b *testing.B) {
		for b.Loop() {
			for _, e := range elections {
				papers, err := ParseBLT(e.data)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Count(papers, rule, Options{Lots: inNumber(papers)}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("peer=naive", func(b *testing.B) {
		for b.Loop() {
			for _, e := range elections {
				n, err := parseNaive(bytes.NewReader(e.data))
				if err != nil {
					b.Fatal(err)
				}
				n.meek()
			}
		}
	})
}
