package house

import (
	"context"
	"fmt"

	"commonweal/internal/base/jobs"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/venture"
	"commonweal/internal/schema"
	"commonweal/law"
)

// openOwn opens the rooms of what people own: who works here, and who is a member.
func (h *House) openOwn() error {
	keep, err := h.Law.Retention("rejected-imports", law.Today(h.World.Now()))
	if err != nil {
		return fmt.Errorf("how long refused rows are kept: %w", err)
	}
	h.Staff = staff.New(h.Journal, staff.Options{
		Keep: keep, Thresholds: Thresholds, EmailsLost: h.tellEmailsLost, Imported: h.enrolSoon, Forget: h.forget,
	})
	h.Members = member.NewService(h.Journal, schema.Staffing{}, h.Law)
	h.Members.Hook(member.Hooks{Decided: h.tellDecided, Forget: h.forget})
	h.Jobs.Handle(jobTell, h.tellLater)
	h.Jobs.Handle(jobEnrol, h.enrol)
	h.Shares = share.NewService(h.Journal, h.Members, h.Law)
	h.Ventures = venture.NewService(h.Journal)
	h.Jobs.Handle(jobErase, h.eraseDue)
	h.Jobs.Every(jobErase, jobs.Daily(4, 0))
	h.Jobs.Handle("own.nightly", func(ctx context.Context, _ jobs.Job) error { return h.Nightly(ctx) })
	h.Jobs.Every("own.nightly", jobs.Daily(2, 0))
	h.Jobs.Handle("staff.sweep", func(ctx context.Context, _ jobs.Job) error {
		_, err := h.Staff.Sweep(ctx, law.Today(h.World.Now()))
		return err
	})
	h.Jobs.Every("staff.sweep", jobs.Daily(3, 30))
	return nil
}

// roles gives identity the roles that follow from the register of members.
type roles struct{ house *House }

// Roles implements identity.Membership.
func (r roles) Roles(ctx context.Context, org, person string, on law.Date) ([]policy.Role, error) {
	status, err := r.house.Members.Status(ctx, org, person, on)
	if err != nil || status.State != member.Member {
		return nil, err
	}
	book, err := r.house.Members.Book(ctx, org)
	if err != nil {
		return nil, err
	}
	class, err := book.Class(status.Class, on)
	if err != nil {
		return nil, err
	}
	if class.Kind.NeedsConsent() {
		return []policy.Role{policy.PatientMember}, nil
	}
	return []policy.Role{policy.Member}, nil
}
