package archive

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for each of n items, by as many workers at once, and returns
// when all are done or ctx is cancelled. Workers are numbered from 0.
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

// processors is how many workers keep the machine busy.
func processors() int { return runtime.GOMAXPROCS(0) }
