package published

// Group is a benchmarking group of the Staff Survey: organisations of one kind
// that the publisher compares with each other.
type Group struct {
	Published string // the name in the file; the key
	Label     string // our short words for it
	One, Many string // "community trust", "community trusts"
	// Mutual marks the two groups of social enterprises. In the survey these
	// are the staff-led mutuals that came out of the NHS.
	Mutual bool
	// Pictured groups provide care and appear in the picture; the others
	// (commissioners, support units, one surgical company) are in tables only.
	Pictured bool
}

// Groups lists the groups in the order in which pages show them: what the
// mutuals most resemble first. It is an order of kinds, never of merit.
func Groups() []Group {
	return []Group{
		{Published: "Social Enterprises - Community", Label: "Mutuals, community", One: "community mutual", Many: "community mutuals", Mutual: true, Pictured: true},
		{Published: "Social Enterprises - Mental Health", Label: "Mutuals, mental health", One: "mental health mutual", Many: "mental health mutuals", Mutual: true, Pictured: true},
		{Published: communityTrusts, Label: "Community trusts", One: "community trust", Many: "community trusts", Pictured: true},
		{Published: "Acute Specialist Trusts", Label: "Acute specialist", One: "acute specialist trust", Many: "acute specialist trusts", Pictured: true},
		{Published: "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts", Label: "Mental health and learning disability", One: "mental health trust", Many: "mental health trusts", Pictured: true},
		{Published: acuteTrusts, Label: "Acute, and acute with community", One: "acute trust", Many: "acute trusts", Pictured: true},
		{Published: "Ambulance Trusts", Label: "Ambulance", One: "ambulance trust", Many: "ambulance trusts", Pictured: true},
		{Published: "Community Surgical Services", Label: "Community surgical services", One: "surgical service", Many: "surgical services"},
		{Published: "ICBs", Label: "Integrated care boards", One: "integrated care board", Many: "integrated care boards"},
		{Published: "CSUs", Label: "Commissioning support units", One: "commissioning support unit", Many: "commissioning support units"},
	}
}

const (
	communityTrusts = "Community Trusts"
	acuteTrusts     = "Acute and Acute & Community Trusts"
)

// AcuteTrusts is the largest group.
func AcuteTrusts() Group {
	g, _ := GroupNamed(acuteTrusts)
	return g
}

// CommunityTrusts is the group that mutuals are held against: it does the same
// work, in the same places, under the other form of ownership.
func CommunityTrusts() Group {
	g, _ := GroupNamed(communityTrusts)
	return g
}

// GroupNamed finds a group by its published name. A name that we do not know
// comes back as a group of its own, spelt as published, with ok false.
func GroupNamed(published string) (g Group, ok bool) {
	for _, g := range Groups() {
		if g.Published == published {
			return g, true
		}
	}
	return Group{Published: published, Label: published, One: "organisation of its kind", Many: "organisations of its kind"}, false
}

// IsMutual reports whether a benchmarking group is one of the two groups of mutuals.
func IsMutual(group string) bool {
	g, _ := GroupNamed(group)
	return g.Mutual
}
