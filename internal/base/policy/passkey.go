package policy

import "slices"

// weighty are the offices whose acts bear on other people, or that see what
// belongs to them. What they may do can be made to need a passkey, which nobody
// can be talked out of: see [Actor.Weak].
var weighty = []Role{
	Secretary, ReturningOfficer, Registrar, Teller, Trustee, Scrutineer, EngagementLead, Director, CouncilMember, StaffSide, PlatformAdministrator,
}

// Weighty reports whether it is one of the offices whose acts bear on others.
func (r Role) Weighty() bool { return slices.Contains(weighty, r) }

// Weighty reports whether the actor holds such an office.
func (a Actor) Weighty() bool { return slices.ContainsFunc(a.Roles, Role.Weighty) }
