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
