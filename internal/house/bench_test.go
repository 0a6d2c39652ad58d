package house

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"commonweal/internal/base/jobs"
	"commonweal/internal/own/member"
)

// BenchmarkWelcome100k loads a list of a hundred thousand staff whom the rules
// make members, enrols them, and writes to each: how long each step takes, and the
// most memory that any of them holds.
func BenchmarkWelcome100k(b *testing.B) {
	for range b.N {
		h := newHome(b)
		h.class(func(c *member.Class) {
			c.Code, c.Name, c.Kind, c.Admission, c.Leaving, c.Eligibility = "staff", "Staff", member.Staff, member.Automatic, member.EmploymentEnds, ""
		})
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"import", func() { h.load(100_000) }},
			{"enrol", func() { h.ok(h.enrol(ctx, jobs.Job{Payload: "wye"})) }},
			{"tell", func() { h.ok(h.tellLater(ctx, jobs.Job{Payload: "wye " + h.at("member.enrolled")})) }},
		} {
			debug.FreeOSMemory()
			began := time.Now()
			peak := peakHeap(step.do)
			b.ReportMetric(time.Since(began).Seconds(), step.name+"-s")
			b.ReportMetric(float64(peak)/(1<<20), step.name+"-heap-MB")
		}
		if n := h.count(`SELECT COUNT(*) FROM notice WHERE kind = 'member.admitted'`); n < 90_000 {
			b.Errorf("%d were told", n)
		}
	}
}

// peakHeap is the most that is on the heap while fn runs.
func peakHeap(fn func()) (peak uint64) {
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	fn()
	close(done)
	<-stopped
	return peak
}
