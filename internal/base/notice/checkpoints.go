package notice

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
)

const jobCheckpoints = "notice.heads"

// MailCheckpoints signs the head of every watched record each day at 6am and
// mails it to those who watch. watches tells who they are on that day.
func (o *Office) MailCheckpoints(watches func(ctx context.Context) ([]Watch, error)) {
	o.queue.Handle(jobCheckpoints, func(ctx context.Context, _ jobs.Job) error {
		list, err := watches(ctx)
		if err != nil {
			return err
		}
		// One organisation's trouble keeps no other's watchers waiting.
		var all []error
		for _, w := range list {
			head, err := o.journal.Sign(ctx, w.Org)
			if fault.Is(err, fault.NotFound) {
				continue // no entry yet
			}
			if err == nil {
				err = o.SendCheckpoint(ctx, w.Org, head, w.Persons)
			}
			if err != nil {
				all = append(all, fmt.Errorf("head of %s: %w", w.Org, err))
			}
		}
		return errors.Join(all...)
	})
	o.queue.Every(jobCheckpoints, jobs.Daily(6, 0))
}
