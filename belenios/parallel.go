package belenios

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for 0 to n-1 on all processors and waits for all of them. It
// returns the error of the lowest number that was found to fail, so that the same input
// gives the same message.
func parallel(n int, do func(i int) error) error {
	workers := min(processors(), n)
	errs := make([]error, n)
	if workers <= 1 {
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	var next, first atomic.Int64
	first.Store(int64(n))
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for {
				i := next.Add(1) - 1
				// Numbers are handed out in order, so all below a failed one are under way.
				if i >= int64(n) || i > first.Load() {
					return
				}
				if errs[i] = do(int(i)); errs[i] != nil {
					lower(&first, i)
				}
			}
		})
	}
	wait.Wait()
	if i := first.Load(); i < int64(n) {
		return errs[i]
	}
	return nil
}

// processors is how many can work at once.
func processors() int { return runtime.GOMAXPROCS(0) }

// lower stores i where it is less than what is there.
func lower(first *atomic.Int64, i int64) {
	for {
		now := first.Load()
		if i >= now || first.CompareAndSwap(now, i) {
			return
		}
	}
}
