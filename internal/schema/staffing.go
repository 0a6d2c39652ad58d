package schema

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
)

// Staffing gives the room for members the staff lists, in its own words. It is
// here and not with the other adapters because whoever verifies a bundle makes the
// register again without a house.
type Staffing struct{}

// Posts implements member.Staffing. An empty service will do: it reads through the
// transaction alone.
func (Staffing) Posts(ctx context.Context, tx *db.Tx, org, person string, yield func(person string, post member.Post) error) error {
	return new(staff.Service).Posts(ctx, tx, org, person, func(who string, p staff.Post) error {
		return yield(who, member.Post{
			StaffGroup: p.StaffGroup, Role: p.Role, Site: p.Site, OrgCode: p.OrgCode, Employer: p.Employer, Category: string(p.Category),
			FTE: p.FTE, Main: p.Main, From: p.From, To: p.To, Starts: p.Starts, ContractEnds: p.ContractEnd,
		})
	})
}
