package wave

// Level is how high a unit stands in the tree.
type Level string

// The levels, from the top.
const (
	Organisation Level = "organisation"
	Directorate  Level = "directorate"
	Team         Level = "team"
)

// Whole is the code of the unit that is the whole organisation.
const Whole = "all"

// Unit is a part of the organisation whose results may be shown. Every person counts in
// a team, the directorate that it is part of, and the whole.
type Unit struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	PartOf   string `json:"part_of"` // "" for the whole
	Level    Level  `json:"level"`
	Eligible int    `json:"eligible"` // on the census day; 0 where nobody knows
}

// Group is a staff group.
type Group struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Eligible int    `json:"eligible"`
}

// Stratum is how many in a team and staff group were asked. Unit or group is "" for those
// whom no rule places, or whose staff group the list does not say.
type Stratum struct {
	Unit, Group string
	Eligible    int
}

// Rule puts people into a team: those for whom each thing that it says holds. The first
// rule that fits wins.
type Rule struct {
	Code   string `json:"code"` // of the team, or of a directorate
	Name   string `json:"name"`
	PartOf string `json:"part_of"` // code of a directorate, "" for the whole organisation
	// What the staff list must say; "" fits everybody. A directorate has none of them: it
	// has the people of the teams that are part of it.
	Site       string `json:"site"`
	StaffGroup string `json:"staff_group"`
	Role       string `json:"job_role"`
}
