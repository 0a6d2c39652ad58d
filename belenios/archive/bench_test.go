//go:build unix

package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
)

// What is measured: verifying a whole archive, from the file to the result.
var (
	benchCounted = sync.OnceValue(func() []byte {
		return benchArchive(rehearsal.Plan{
			Name: "Bench", Group: counted, Voters: 1600, Items: rehearsal.Singles(2),
			Questions: []belenios.Question{homomorphic("One?", 3, 1, 1, false)}, Votes: thirds,
		})
	})
	benchRanked = sync.OnceValue(func() []byte { return benchArchive(rehearsal.Ranked(ranked, 200)) })
	benchEd     = sync.OnceValue(func() []byte {
		return benchArchive(rehearsal.Plan{
			Name: "Bench", Group: "Ed25519", Voters: 1000, Items: rehearsal.Singles(2),
			Questions: []belenios.Question{homomorphic("One?", 3, 1, 1, false)}, Votes: thirds,
		})
	})
)

func thirds(v int) [][]int {
	vote := []int{0, 0, 0}
	vote[v%3] = 1
	return [][]int{vote}
}

func benchArchive(p rehearsal.Plan) []byte {
	dir, err := os.MkdirTemp("", "commonweal-bench-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := ""
	_, err = rehearsal.Hold(context.Background(), rand.Reader, 1795285962, func(uuid string) string {
		path = filepath.Join(dir, uuid+".bel")
		return path
	}, p)
	if err != nil {
		panic(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return text
}

// benchOurs measures our verifier on so many processors.
func benchOurs(b *testing.B, text []byte, processors int) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	before := cpu()
	for b.Loop() {
		r, err := archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{})
		if err != nil || r.Verdict != archive.Verified {
			b.Fatal(err, r)
		}
	}
	b.ReportMetric(float64(cpu()-before)/float64(b.N)/1e6, "cpu-ms/op")
}

// cpu is how much time this process has had of the processors.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// theirs are how long belenios-tool takes, measured once an archive.
var theirs sync.Map

type measured struct{ wall, cpu time.Duration }

func benchTheirs(b *testing.B, text []byte) {
	tool := newTool(b)
	key := len(text)
	known, ok := theirs.Load(key)
	if !ok {
		tool.put("bench.bel", text)
		cmd := exec.Command("belenios-tool", "election", "verify")
		cmd.Dir = tool.dir
		start := time.Now()
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		known = measured{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
		theirs.Store(key, known)
	}
	for b.Loop() {
		time.Sleep(time.Millisecond) // it was measured before
	}
	b.ReportMetric(float64(known.(measured).wall), "ns/op")
	b.ReportMetric(float64(known.(measured).cpu)/1e6, "cpu-ms/op")
}

// 1,600 ballots with three answers in BELENIOS-2048, on one processor.
func BenchmarkElectionVerify1600OnOne(b *testing.B) {
	b.Run("ours", func(b *testing.B) { benchOurs(b, benchCounted(), 1) })
	b.Run("peer=belenios-tool", func(b *testing.B) { benchTheirs(b, benchCounted()) })
}

// The same on two processors. belenios-tool uses one.
func BenchmarkElectionVerify1600OnTwo(b *testing.B) {
	b.Run("ours", func(b *testing.B) { benchOurs(b, benchCounted(), 2) })
	b.Run("peer=belenios-tool", func(b *testing.B) { benchTheirs(b, benchCounted()) })
}

// 200 rankings of five in RFC-3526-2048, two shuffles, two trustees, on one processor.
func BenchmarkElectionVerifyRanked200OnOne(b *testing.B) {
	b.Run("ours", func(b *testing.B) { benchOurs(b, benchRanked(), 1) })
	b.Run("peer=belenios-tool", func(b *testing.B) { benchTheirs(b, benchRanked()) })
}

// 1,000 ballots with three answers in Ed25519, on one processor.
func BenchmarkElectionVerifyEd25519OnOne(b *testing.B) {
	text := benchEd()
	b.Run("ours", func(b *testing.B) {
		benchOurs(b, text, 1)
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/ballot")
	})
}
