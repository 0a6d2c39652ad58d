package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// openRegister opens the room for the statutory register, and has it look every
// morning for requests to inspect that are nearly due or overdue.
func (h *House) openRegister() (err error) {
	h.Register, err = register.NewService(register.Options{
		Journal: h.Journal, Reader: register.Reader{Members: h.Members, Library: h.Law}, Messenger: h.Notices, Offices: h.Identity,
	})
	if err != nil {
		return err
	}
	h.Jobs.Handle("inspection.remind", func(ctx context.Context, _ jobs.Job) error { return h.remind(ctx) })
	h.Jobs.Every("inspection.remind", jobs.Daily(7, 0))
	return nil
}

// remind goes through every open mutual. One that fails does not keep the others
// from being told.
func (h *House) remind(ctx context.Context) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		if o.Kind != identity.Mutual || !o.OpenOn(law.Today(h.World.Now())) {
			continue
		}
		if err := h.Register.Remind(ctx, o.ID); err != nil {
			all = append(all, fmt.Errorf("remind %s of requests to inspect: %w", o.ID, err))
		}
	}
	return errors.Join(all...)
}
