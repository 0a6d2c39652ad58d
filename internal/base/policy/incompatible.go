package policy

// Incompatibility says that one person may not hold two roles at the same
// time, and why.
type Incompatibility struct {
	A, B Role
	// Anywhere: the rule holds across organisations, not within one alone.
	Anywhere bool
	Reason   string // plain English
}

const (
	runsMachine  = "Whoever runs the machine holds no office in what it records."
	watches      = "Whoever watches an election takes no part in running it."
	heldApart    = "The key is held apart from those who run the election: together they could open ballots."
	noOwnBoard   = "A director does not run the election of directors."
	overseen     = "Nobody oversees the organisation that they help to run."
	bothSides    = "Nobody decides about an application that they help to make."
	recordKeeper = "Whoever checks the registers does not keep them."
	codesApart   = "The codes are held apart from the key: together they could vote for others and open ballots."
	codesUnseen  = "Whoever sees who has not voted does not hold the codes to vote with."
	codesOfNone  = "Whoever keeps the register does not hold the codes: together they could vote for members who are not there."
)

var incompatible = []Incompatibility{
	{PlatformAdministrator, Secretary, true, runsMachine},
	{PlatformAdministrator, ReturningOfficer, true, runsMachine},
	{PlatformAdministrator, Registrar, true, runsMachine},
	{PlatformAdministrator, Teller, true, runsMachine},
	{PlatformAdministrator, Trustee, true, runsMachine},
	{PlatformAdministrator, Scrutineer, true, runsMachine},
	{PlatformAdministrator, Director, true, runsMachine},
	{PlatformAdministrator, CouncilMember, true, runsMachine},
	{PlatformAdministrator, EngagementLead, true, runsMachine},
	{PlatformAdministrator, Regulator, true, runsMachine},
	{Trustee, ReturningOfficer, false, heldApart},
	{Trustee, Secretary, false, heldApart},
	{Registrar, Trustee, false, codesApart},
	{Registrar, ReturningOfficer, false, codesUnseen},
	{Registrar, Secretary, false, codesOfNone},
	{Scrutineer, ReturningOfficer, false, watches},
	{Scrutineer, Registrar, false, watches},
	{Scrutineer, Teller, false, watches},
	{Scrutineer, Trustee, false, watches},
	{Scrutineer, Secretary, false, recordKeeper},
	{Scrutineer, Director, false, watches},
	{ReturningOfficer, Director, false, noOwnBoard},
	{Regulator, Secretary, true, overseen},
	{Regulator, Director, true, overseen},
	{Regulator, ReturningOfficer, true, overseen},
	{Commissioner, SpinOutLead, true, bothSides},
	{ProgrammeOfficer, SpinOutLead, true, bothSides},
}

// Incompatibilities are all pairs of roles that nobody may hold together.
func Incompatibilities() []Incompatibility { return append([]Incompatibility(nil), incompatible...) }

// Clash finds the rule that forbids holding both roles, in either order.
func Clash(a, b Role) (Incompatibility, bool) {
	for _, pair := range incompatible {
		if pair.A == a && pair.B == b || pair.A == b && pair.B == a {
			return pair, true
		}
	}
	return Incompatibility{}, false
}
