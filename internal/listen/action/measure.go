package action

// Figure is a score or percentage of one unit in one release.
type Figure struct {
	Wave     string // code
	WaveName string
	Shown    bool // false where it is not shown, for whatever reason, or was not asked
	Percent  bool // a percentage, and not a score of 0 to 10
	Value    float64
	Low      float64 // of the 95% interval
	High     float64
}

// Change is what a later wave says of an action.
type Change struct {
	Before, After Figure
	Shown         bool // both are
	By            float64
	Low, High     float64 // of the 95% interval of the change
	Differs       bool    // the interval leaves nought out
	Sentence      string  // what a page may say: never that the action was the cause
}

// Compare sets two figures of the same measure and unit beside each other.
func Compare(before, after Figure) Change { return Change{Before: before, After: after} }
