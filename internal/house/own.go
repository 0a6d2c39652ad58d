package house

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/venture"
	"commonweal/law"
)

// openOwn opens the rooms of what people own: who works here, and who is a member.
func (h *House) openOwn() error {
	keep, err := h.Law.Retention("rejected-imports", law.Today(h.World.Now()))
	if err != nil {
		return fmt.Errorf("how long refused rows are kept: %w", err)
	}
	h.Staff = staff.New(h.Journal, staff.Options{Keep: keep, Thresholds: Thresholds})
	h.Members = member.NewService(h.Journal, staffing{h.Staff}, h.Law)
	h.Shares = share.NewService(h.Journal, h.Members, h.Law)
	h.Ventures = venture.NewService(h.Journal)
	h.Jobs.Handle("own.nightly", func(ctx context.Context, _ jobs.Job) error { return h.Nightly(ctx) })
	h.Jobs.Every("own.nightly", jobs.Daily(2, 0))
	h.Jobs.Handle("staff.sweep", func(ctx context.Context, _ jobs.Job) error {
		_, err := h.Staff.Sweep(ctx, law.Today(h.World.Now()))
		return err
	})
	h.Jobs.Every("staff.sweep", jobs.Daily(3, 30))
	return nil
}

// staffing gives the room for members the staff lists, in its own words.
type staffing struct{ staff *staff.Service }

// Posts implements member.Staffing.
func (s staffing) Posts(ctx context.Context, tx *db.Tx, org, person string, yield func(person string, post member.Post) error) error {
	return s.staff.Posts(ctx, tx, org, person, func(who string, p staff.Post) error {
		return yield(who, postOf(p))
	})
}

func postOf(p staff.Post) member.Post {
	return member.Post{
		StaffGroup: p.StaffGroup, Role: p.Role, Site: p.Site, OrgCode: p.OrgCode, Employer: p.Employer, Category: string(p.Category),
		FTE: p.FTE, Main: p.Main, From: p.From, To: p.To, Starts: p.Starts, ContractEnds: p.ContractEnd,
	}
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
