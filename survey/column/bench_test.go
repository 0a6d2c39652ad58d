package column_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/survey/column"
)

// The national survey's shape: every answer is one of five or missing. Teams of some
// three hundred are within organisations.
const (
	benchRespondents   = 1_500_000
	benchQuestions     = 100
	benchOptions       = 5
	benchOrganisations = 263
	benchOccupations   = 42
	benchTeams         = benchOrganisations * 19
)

func benchSchema() column.Schema {
	s := column.Schema{Groups: []column.Group{
		{Name: "organisation", Size: benchOrganisations},
		{Name: "occupation", Size: benchOccupations},
		{Name: "team", Size: benchTeams},
	}}
	for q := range benchQuestions {
		s.Questions = append(s.Questions, column.Question{ID: fmt.Sprintf("q%d", q+1), Options: benchOptions})
	}
	return s
}

// invent calls f for so many respondents, who come in no order. The slices are used
// again for the next.
func invent(respondents int, f func(answers []uint8, members []uint32)) {
	r := rand.New(rand.NewPCG(1, 2))
	answers := make([]uint8, benchQuestions)
	members := make([]uint32, 3)
	for range respondents {
		bits := uint64(0)
		for q := range answers {
			if q%8 == 0 {
				bits = r.Uint64()
			}
			answers[q] = uint8(bits & 255 * (benchOptions + 1) >> 8)
			bits >>= 8
		}
		organisation := r.IntN(benchOrganisations)
		members[0] = uint32(organisation)
		members[1] = uint32(r.IntN(benchOccupations))
		members[2] = uint32(organisation*19 + r.IntN(19))
		f(answers, members)
	}
}

func inventedTable(tb testing.TB, respondents int) *column.Table {
	b, err := column.NewBuilder(benchSchema(), respondents)
	if err != nil {
		tb.Fatal(err)
	}
	invent(respondents, func(answers []uint8, members []uint32) {
		err := b.Add(answers, members)
		if err != nil {
			tb.Fatal(err)
		}
	})
	t, err := b.Table()
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

var benchTable = func() func(testing.TB) *column.Table {
	var once sync.Once
	var t *column.Table
	return func(tb testing.TB) *column.Table {
		once.Do(func() { t = inventedTable(tb, benchRespondents) })
		return t
	}
}()

// What is measured: the memory of a table of that shape and of what it is asked. It
// is the first here, for the most that a process had includes all that ran before.
func BenchmarkMemory(b *testing.B) {
	t := benchTable(b)
	var c column.Counts
	for b.Loop() {
		for _, by := range [][]string{{"organisation"}, {"team"}, {"organisation", "occupation"}, {"occupation", "organisation"}} {
			err := t.Count(&c, by...)
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	reportMemory(b)
}

// What is measured: every option of a hundred questions counted among a million and
// a half, beside one statement in SQLite that gives the same counts.
func BenchmarkCounts(b *testing.B) {
	b.Run("by=organisation", func(b *testing.B) { benchCount(b, "organisation") })
	b.Run("by=occupation", func(b *testing.B) { benchCount(b, "occupation") })
	b.Run("by=team", func(b *testing.B) { benchCount(b, "team") })
	b.Run(peer, func(b *testing.B) { benchSQLite(b, "organisation") })
}

func BenchmarkCountsCrossed(b *testing.B) {
	b.Run("by=organisation+occupation", func(b *testing.B) { benchCount(b, "organisation", "occupation") })
	b.Run("by=occupation+organisation", func(b *testing.B) { benchCount(b, "occupation", "organisation") })
	b.Run(peer, func(b *testing.B) { benchSQLite(b, "organisation", "occupation") })
}

func benchCount(b *testing.B, by ...string) {
	t := benchTable(b)
	var c column.Counts
	for b.Loop() {
		err := t.Count(&c, by...)
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWeigh(b *testing.B) {
	t := benchTable(b)
	weights := make([]float64, t.Len())
	for i := range weights {
		weights[i] = 0.5 + float64(i%7)/7
	}
	var sums column.Sums
	for b.Loop() {
		err := t.Weigh(&sums, weights, "organisation")
		if err != nil {
			b.Fatal(err)
		}
	}
}

// What is measured: finding one team of some three hundred among a million and a half
// and counting its answers to a hundred questions; and what one page in a hundred
// takes longer than.
func BenchmarkTeam(b *testing.B) {
	t := benchTable(b)
	r := rand.New(rand.NewPCG(3, 4))
	var c column.Counts
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		rows, err := t.Rows("team", r.IntN(benchTeams))
		if err != nil {
			b.Fatal(err)
		}
		rows.Count(&c)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100])/1e6, "p99-ms")
}

func BenchmarkBuild(b *testing.B) {
	const respondents = benchRespondents / 30
	for b.Loop() {
		inventedTable(b, respondents)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/(respondents*benchQuestions), "ns/cell")
}

// reportMemory says what the heap holds now, and, where the system tells, the most
// that the process ever had in memory, building the table included.
func reportMemory(b *testing.B) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		kb := 0.0
		n, err := fmt.Sscanf(strings.TrimSpace(lines.Text()), "VmHWM: %f kB", &kb)
		if err == nil && n == 1 {
			b.ReportMetric(kb*1024/1e6, "peak-MB")
		}
	}
}
