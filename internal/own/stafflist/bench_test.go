package stafflist_test

import (
	"bufio"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
)

// many is the list that has to be read in well under a minute.
const many = 100_000

func BenchmarkRead100000(b *testing.B) {
	for _, kind := range []struct {
		name    string
		write   func(io.Writer, []stafflist.Row, invent.Layout) error
		layout  invent.Layout
		profile stafflist.Profile
		// peer only takes the file apart, and checks and keeps nothing.
		peer     func(*testing.B, string) int
		peerName string
	}{
		{"csv", invent.WriteCSV, invent.ESR(), stafflist.ESR(), peerCSV, "encoding/csv"},
		{"xlsx", invent.WriteXLSX, invent.Local(), stafflist.Local(), peerXLSX, "excelize"},
	} {
		path := filepath.Join(b.TempDir(), "staff")
		out, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := kind.write(out, invent.Generate(1, many, date(b, "2026-11-19")), kind.layout); err != nil {
			b.Fatal(err)
		}
		if err := out.Close(); err != nil {
			b.Fatal(err)
		}
		b.Run(kind.name, func(b *testing.B) {
			began := time.Now()
			if n := kind.peer(b, path); n < many {
				b.Fatalf("%s read %d rows", kind.peerName, n)
			}
			peer := time.Since(began)
			rows := 0
			b.ResetTimer()
			peak := peakHeap(func() {
				for b.Loop() {
					rows += len(readFile(b, path, kind.profile).Rows)
				}
			})
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/peer.Seconds(), "x-"+kind.peerName)
		})
	}
}

func peerCSV(b *testing.B, path string) int {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }() // only read
	in := csv.NewReader(bufio.NewReader(file))
	in.ReuseRecord = true
	for n := 0; ; n++ {
		if _, err := in.Read(); err == io.EOF {
			return n
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func peerXLSX(b *testing.B, path string) int {
	book, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = book.Close() }() // only read
	rows, err := book.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := rows.Close(); err != nil {
		b.Fatal(err)
	}
	return n
}

func readFile(b *testing.B, path string, profile stafflist.Profile) stafflist.List {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	list, err := stafflist.Read(file, info.Size(), stafflist.Options{Profile: profile})
	if err != nil {
		b.Fatal(err)
	}
	return list
}

// peakHeap runs f and returns the most the heap grew by, looked at often.
func peakHeap(f func()) uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	base, peak := stats.HeapAlloc, uint64(0)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				if now.HeapAlloc > base {
					peak = max(peak, now.HeapAlloc-base)
				}
			}
		}
	}()
	f()
	close(done)
	<-ended
	return peak
}

func BenchmarkCompare100000(b *testing.B) {
	from, to := date(b, "2026-10-19"), date(b, "2026-11-19")
	rows := invent.Generate(1, many, from)
	first := listOf(b, rows)
	second := listOf(b, invent.Evolve(rows, from, to, 1))
	plan, err := stafflist.Compare(nil, first, from, stafflist.Terms{})
	if err != nil {
		b.Fatal(err)
	}
	known := stafflist.Apply(nil, plan)
	for b.Loop() {
		if _, err := stafflist.Compare(known, second, to, stafflist.Terms{}); err != nil {
			b.Fatal(err)
		}
	}
}
