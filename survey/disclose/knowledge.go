package disclose

// Knowledge is what the attacker knows besides the releases.
type Knowledge struct {
	// Eligible is how many people there are in cells: nobody else can have
	// answered there. A cell that is not listed may have any number, or what
	// the listed ones leave.
	Eligible []Eligible `json:"eligible,omitempty"`
	// Moves says who left and who joined between two waves. For each pair the
	// attacker takes it that whoever stayed answered both waves alike, the
	// worst there is: then the difference of two tables is the answers of those
	// who moved. Give it for waves so close to each other that answers have not
	// changed, and always if answers were given in once and released twice; for
	// waves a year apart it would hide every team that one person left.
	Moves []Move `json:"moves,omitempty"`
}

// Eligible is how many people of a cell might have answered a wave.
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
