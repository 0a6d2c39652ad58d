package disclose

// Version names the attacker. It changes whenever the attacker finds more, or
// other things, than before.
const Version = "commonweal disclosure attack 1"

// Certificate says what the attacker tried on a release, and that it found
// nothing.
type Certificate struct {
	Version string `json:"version"`
	// Release is the SHA-256 of the canonical text of the release.
	Release string `json:"release"`
	// Earlier are the hashes of the releases it was attacked together with, in
	// their order.
	Earlier []string `json:"earlier"`
	// Public is the hash of what else the attacker was given to know.
	Public string `json:"public"`
	Rules  Rules  `json:"rules"`
	Effort Effort `json:"effort"`
	// Shown and Hidden count cells, and figures within them.
	Shown  Tally `json:"shown"`
	Hidden Tally `json:"hidden"`
}

// Effort is how hard the attacker tried.
type Effort struct {
	Quantities int `json:"quantities"` // hidden quantities attacked
	Bounded    int `json:"bounded"`    // of them, where carrying bounds along was all that could be done
	Programmes int `json:"programmes"` // linear programmes solved
	Pivots     int `json:"pivots"`
}

// Tally counts cells, and the questions and scores in cells of the whole lattice.
type Tally struct {
	Cells     int `json:"cells"`
	Questions int `json:"questions"`
	Scores    int `json:"scores"`
}

// Found is one hidden quantity that the attacker knows too well.
type Found struct {
	Wave string `json:"wave"`
	Cell
	// What is "people", "answers", "score", or, between two waves, "left" and
	// "joined".
	What     string `json:"what"`
	Question string `json:"question,omitempty"`
	Option   int    `json:"option,omitempty"`
	Score    string `json:"score,omitempty"`
	// Rest: the quantity is not of the cell itself but of what is left of it
	// when every part that is shown is taken away.
	Rest bool `json:"rest,omitempty"`
	// Low and High are what the attacker knows it to lie between.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Width is how wide that would have to be.
	Width float64 `json:"width"`
}
