package page

// Figures are large numbers, each with the words that make it honest: its interval or its base.
type Figures struct {
	Items []Figure
	Small bool
}

// Figure is one large number. It never stands without a label.
type Figure struct {
	Value string
	Unit  string // small, after the value
	Label string
	Href  string // in a tally: where the things counted are listed
}

func (Figures) template() string { return "figures" }
func (Figure) template() string  { return "figure" }

// Tally counts what a list holds, in one row; each count may lead to its part of the page.
type Tally struct {
	Label string // for screen readers: "What the file holds"
	Items []Figure
}

func (Tally) template() string { return "tally" }

// Timeline shows the steps of something that takes time. The words must say what the mark shows.
type Timeline []Step

// Step is one point in time.
type Step struct {
	Title, Detail string
	Code          string // an exact string after the detail, such as a fingerprint
	Stage         Stage
}

// Stage is where a step stands.
type Stage int

// The stages of a step.
const (
	StepDone Stage = iota
	StepNow
	StepToCome
)

func (Timeline) template() string { return "timeline" }

// Class is the step's style.
func (s Step) Class() string {
	return map[Stage]string{StepDone: "done", StepNow: "now", StepToCome: "next"}[s.Stage]
}
