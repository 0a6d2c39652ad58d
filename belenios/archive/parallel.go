package archive

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for each of n items, on as many processors as there are or
// as workers says, and returns when all are done or ctx is cancelled. Each
// worker has a number of its own below the number of workers.
func parallel(ctx context.Context, workers, n int, do func(worker, i int)) error {
	var next atomic.Int64
	var all sync.WaitGroup
	for w := range min(workers, n) {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(w, i)
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

// processors is the number of workers unless the caller sets another.
func processors(workers int) int {
	if workers > 0 {
		return workers
	}
	return runtime.GOMAXPROCS(0)
}
