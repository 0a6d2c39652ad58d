package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// jobErase carries out the erasures that are due.
const jobErase = "member.erase"

// forget takes somebody whose details are erased out of the rooms that know them
// by more than an id, in the change that erases them: the requests to inspect the
// register that they made, what they wrote of actions, what waits to be sent to them, and
// how they wanted it.
func (h *House) forget(ctx context.Context, tx *journal.Tx, person string) error {
	if err := register.Forget(ctx, tx, person); err != nil {
		return err
	}
	if err := h.Actions.Forget(ctx, tx, person); err != nil {
		return err
	}
	return h.Notices.Forget(ctx, tx.Tx, tx.Org(), person)
}

// eraseDue carries out the erasures that have to be done by today: whoever took
// their consent back is not to wait for somebody to remember. The register keeps
// what the law of the legal form wants of a former member. Somebody who holds an
// office stays on the list until that ends.
func (h *House) eraseDue(ctx context.Context, _ jobs.Job) error {
	today := law.Today(h.World.Now())
	orgs, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range orgs {
		if o.Kind != identity.Mutual {
			continue
		}
		list, err := h.Members.Erasures(ctx, o.ID)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.Due.After(today) {
				continue
			}
			keep, err := h.keepOf(ctx, o, e.Person, today)
			if err == nil {
				err = h.Members.Erase(ctx, member.ByRule, o.ID, e.ID, keep)
			}
			if err != nil && !fault.Is(err, fault.Conflict) {
				all = append(all, fmt.Errorf("erase as asked, %s of %s: %w", e.ID, o.ID, err))
			}
		}
	}
	return errors.Join(all...)
}

// keepOf is what the law wants kept of somebody who was a member.
func (h *House) keepOf(ctx context.Context, org identity.Organisation, person string, today law.Date) (identity.Keep, error) {
	if org.LegalForm == "" {
		return identity.Keep{}, nil
	}
	form, err := h.Law.Form(law.FormID(org.LegalForm), today)
	if err != nil {
		return identity.Keep{}, err
	}
	file, err := h.Members.File(ctx, org.ID, person)
	if err != nil {
		return identity.Keep{}, err
	}
	periods := file.Timeline.Periods()
	if len(periods) == 0 {
		return identity.Keep{}, nil // never in the register
	}
	until, limited := form.Retention.Until(periods[len(periods)-1].Ceased)
	if limited && until.Before(today) {
		return identity.Keep{}, nil
	}
	return identity.Keep{
		Name: form.Holds(law.FieldMemberName), PostalAddress: form.Holds(law.FieldPostalAddress), Rule: form.Retention.ID,
	}, nil
}
