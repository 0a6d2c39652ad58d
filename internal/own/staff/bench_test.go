package staff_test

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema/schematest"
)

// A list of 100,000 staff into an empty SQLite database, then the list of a month
// later: in under 60 s and 500 MB.
func BenchmarkImport100k(b *testing.B) {
	const many = 100_000
	from, to := date(b, "2026-10-19"), date(b, "2026-11-19")
	rows := invent.Generate(1, many, from)
	first := written(b, rows)
	second := written(b, invent.Evolve(rows, from, to, 1))
	rows = nil
	for range b.N {
		b.StopTimer()
		base := schematest.SQLite(b)
		s := staff.New(base.Journal, staff.Options{})
		runtime.GC()
		debug.FreeOSMemory()
		forgetPeak()
		b.StartTimer()
		for i, path := range []string{first, second} {
			file, err := os.Open(path)
			must(b, err)
			info, err := file.Stat()
			must(b, err)
			l := staff.List{Org: wye, Employer: wye, AsAt: from, File: file, Size: info.Size(), Name: path, Profile: "esr"}
			name := "first"
			if i == 1 {
				l.AsAt, name = to, "second"
			}
			began, used := time.Now(), cpuTime(b)
			heap := peakHeap(func() {
				_, err = s.Import(ctx, secretary, l, staff.Confirmed)
				must(b, err)
			})
			b.ReportMetric(time.Since(began).Seconds(), name+"-s")
			b.ReportMetric((cpuTime(b) - used).Seconds(), name+"-cpu-s")
			b.ReportMetric(float64(heap)/(1<<20), name+"-heap-MB")
			must(b, file.Close())
		}
	}
	b.ReportMetric(float64(peakResident(b))/(1<<20), "process-peak-MB")
}

// What pages and rules ask of a list of 100,000, and the way through a dry run.
func BenchmarkStaff100k(b *testing.B) {
	const many = 100_000
	from, to := date(b, "2026-10-19"), date(b, "2026-11-19")
	rows := invent.Generate(1, many, from)
	base := schematest.SQLite(b)
	s := staff.New(base.Journal, staff.Options{})
	load(b, s, invented(b, from, rows))
	next := written(b, invent.Evolve(rows, from, to, 1))
	rows = nil
	for _, f := range []struct {
		name   string
		filter staff.Filter
	}{
		{"first page", staff.Filter{Org: wye}},
		{"last page", staff.Filter{Org: wye, Page: many / 50}},
		{"one group", staff.Filter{Org: wye, Group: "Nursing and midwifery"}},
		{"search", staff.Filter{Org: wye, Search: "hill"}},
	} {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				_, err := s.On(ctx, f.filter)
				must(b, err)
			}
		})
	}
	b.Run("counts", func(b *testing.B) {
		for b.Loop() {
			_, err := s.Counts(ctx, staff.Filter{Org: wye}, staff.ByGroup)
			must(b, err)
		}
	})
	b.Run("posts of everybody", func(b *testing.B) {
		for b.Loop() {
			n := 0
			must(b, base.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				return s.Posts(ctx, tx, wye, "", func(string, staff.Post) error { n++; return nil })
			}))
			if n < many {
				b.Fatalf("%d posts", n)
			}
		}
	})
	b.Run("dry run and apply", func(b *testing.B) {
		file, err := os.Open(next)
		must(b, err)
		info, err := file.Stat()
		must(b, err)
		l := staff.List{Org: wye, Employer: "another", AsAt: to, File: file, Size: info.Size(), Name: next, Profile: "esr"}
		debug.FreeOSMemory()
		forgetPeak()
		began := time.Now()
		var u staff.Upload
		heap := peakHeap(func() {
			u, _, err = s.Preview(ctx, secretary, l)
			must(b, err)
		})
		b.ReportMetric(time.Since(began).Seconds(), "dry-run-s")
		b.ReportMetric(float64(heap)/(1<<20), "dry-run-heap-MB")
		began = time.Now()
		heap = peakHeap(func() {
			_, err = s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed)
			must(b, err)
		})
		b.ReportMetric(time.Since(began).Seconds(), "apply-s")
		b.ReportMetric(float64(heap)/(1<<20), "apply-heap-MB")
		b.ReportMetric(float64(peakResident(b))/(1<<20), "process-peak-MB")
		must(b, file.Close())
	})
}

func written(b *testing.B, rows []stafflist.Row) string {
	path := filepath.Join(b.TempDir(), "staff.csv")
	file, err := os.Create(path)
	must(b, err)
	must(b, invent.WriteCSV(file, rows, invent.ESR()))
	must(b, file.Close())
	return path
}

// peakHeap is the most the heap held while f ran, looked at often.
func peakHeap(f func()) uint64 {
	var peak uint64
	runtime.GC()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapInuse)
			}
		}
	}()
	f()
	close(done)
	<-ended
	return peak
}

// forgetPeak makes the system count the most memory held from now on, where it can.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakResident is the most memory the process held, where the system tells.
func peakResident(b *testing.B) uint64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kb uint64
			for _, r := range rest {
				if r >= '0' && r <= '9' {
					kb = kb*10 + uint64(r-'0')
				}
			}
			return kb << 10
		}
	}
	return 0
}

// cpuTime is what the process has used of the processors.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
