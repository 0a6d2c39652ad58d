package cli

import (
	"sync"
	"time"
)

// progress shows on a terminal that work goes on, and for how many seconds. The
// function it returns ends that and waits until the line is gone.
func (c *call) progress(what string) (done func()) {
	if !c.Terminal {
		return func() {}
	}
	stop, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		pf(c.Err, "%s: working", what)
		for n := 1; ; n++ {
			select {
			case <-stop:
				pf(c.Err, "\r\033[K")
				return
			case <-tick.C:
				pf(c.Err, "\r%s: working, %d s", what, n)
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stop)
		<-gone
	})
}
