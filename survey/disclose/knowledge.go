package disclose

// Knowledge is what the attacker knows besides the releases.
type Knowledge struct {
	// Eligible is how many people there are in cells: nobody else can have
	// answered there. A cell that is not listed may have any number, or what
	// the listed ones leave.
	Eligible []Eligible `json:"eligible,omitempty"`
	// AtMost is how many can have answered in cells, where that does not add up:
	// of a staff group in a team some may have left out which group they are of, and
	// of a team only so many have fetched what lets one answer in. A colleague knows
	// such numbers from the corridor.
	AtMost []Eligible `json:"at_most,omitempty"`
	// Answered is how many did answer in cells where that is told exactly, however a
	// release rounds it: most often of the whole organisation.
	Answered []Eligible `json:"answered,omitempty"`
	// Moves says who left and who joined between two waves. For each pair the
	// attacker takes it that whoever stayed answered both waves alike, the
	// worst there is: then the difference of two tables is the answers of those
	// who moved. Give it for waves so close to each other that answers have not
	// changed, and always if answers were given in once and released twice; for
	// waves a year apart it would hide every team that one person left.
	Moves []Move `json:"moves,omitempty"`
}

// Eligible is a number of people of a cell: who might have answered a wave, or as the
// list that it is in has it.
type Eligible struct {
	Wave string `json:"wave"`
	Cell
	People int `json:"people"`
}

// Move is how many people of a cell were eligible in the wave From and not in
// the wave To, and the other way round.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
	Cell
	Left   int `json:"left"`
	Joined int `json:"joined"`
}
