package policy

import "slices"

// Role is what somebody is in an organisation. A role says what its holder may
// do; see the table in table.go.
type Role string

const (
	Public                Role = "public"    // nobody is signed in
	Applicant             Role = "applicant" // signed in; everybody who is signed in is at least this
	Member                Role = "member"
	PatientMember         Role = "patient_member"
	Secretary             Role = "secretary"
	ReturningOfficer      Role = "returning_officer"
	Registrar             Role = "registrar"
	Teller                Role = "teller"
	Trustee               Role = "trustee"
	Scrutineer            Role = "scrutineer"
	EngagementLead        Role = "engagement_lead"
	Director              Role = "director"
	CouncilMember         Role = "council_member"
	StaffSide             Role = "staff_side"
	SpinOutLead           Role = "spin_out_lead"
	Commissioner          Role = "commissioner"
	ProgrammeOfficer      Role = "programme_officer"
	Regulator             Role = "regulator"
	PlatformAdministrator Role = "platform_administrator"
)

type roleInfo struct {
	role      Role
	title     string // as it stands in a sentence after "the" or "a"
	appointed bool   // held by a dated appointment; the others follow from facts
	does      string
}

var roles = []roleInfo{
	{Public, "visitor", false, "Anyone, without signing in."},
	{Applicant, "person with an account", false, "Signed in. May apply for membership."},
	{Member, "member", false, "On the register of members today, by the facts recorded there."},
	{PatientMember, "patient member", false, "On the register in a class of patients or the public."},
	{Secretary, "secretary", true, "Keeps the registers, admits members, answers requests to inspect."},
	{ReturningOfficer, "returning officer", true, "Runs elections and answers for them."},
	{Registrar, "registrar", true, "Hands out the codes that people vote with."},
	{Teller, "teller", true, "Keys votes that come on paper or by telephone."},
	{Trustee, "keyholder", true, "Holds one part of the key of an election."},
	{Scrutineer, "scrutineer", true, "Watches the record from outside those who run things."},
	{EngagementLead, "engagement lead", true, "Runs the staff survey and follows up what it says."},
	{Director, "director", true, "Sits on the board."},
	{CouncilMember, "council member", true, "Sits on the council that members elect."},
	{StaffSide, "staff-side representative", true, "Speaks for a trade union or staff association."},
	{SpinOutLead, "spin-out lead", true, "Leads a team that looks at becoming a mutual."},
	{Commissioner, "commissioner", true, "Buys services from the mutual."},
	{ProgrammeOfficer, "programme officer", true, "Runs a support programme for mutuals."},
	{Regulator, "regulator", true, "Oversees the mutual under the law."},
	{PlatformAdministrator, "platform administrator", true, "Runs the machine. Sees no personal content at all."},
}

// Roles are all roles, from the public to the platform administrator.
func Roles() []Role {
	out := make([]Role, len(roles))
	for i, r := range roles {
		out[i] = r.role
	}
	return out
}

func (r Role) info() (roleInfo, bool) {
	i := slices.IndexFunc(roles, func(x roleInfo) bool { return x.role == r })
	if i < 0 {
		return roleInfo{}, false
	}
	return roles[i], true
}

// Known reports whether there is such a role.
func (r Role) Known() bool { _, ok := r.info(); return ok }

// Title is the role in plain words, in lower case: "returning officer".
func (r Role) Title() string {
	if info, ok := r.info(); ok {
		return info.title
	}
	return string(r)
}

// About says in a sentence what the role is for.
func (r Role) About() string { info, _ := r.info(); return info.does }

// Appointed reports whether the role is held by appointment. The others follow
// from facts (being signed in, being on the register) and cannot be given.
func (r Role) Appointed() bool { info, _ := r.info(); return info.appointed }

// AppointableIn reports whether an organisation of the given kind (platform,
// mutual, employer or body) may have holders of the role. The platform
// administrator belongs to the platform alone: were a mutual to appoint one, it
// would appoint somebody over the others.
func (r Role) AppointableIn(kind string) bool {
	if !r.Appointed() {
		return false
	}
	return (r == PlatformAdministrator) == (kind == "platform")
}
