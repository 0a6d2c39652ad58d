package page

// Panel says one thing on its own: that there is nothing yet, that something is refused, not known or not shown, or that
// the fault is ours. Use the functions below, which hold each kind to what it has to say.
type Panel struct {
	Title      string
	Paragraphs []string
	Next       Link
}

func (Panel) template() string { return "panel" }

// Empty is for a list with nothing in it: what would be here, who may begin it, and where.
func Empty(title, would string, begin Link) Panel {
	return Panel{title, []string{would}, begin}
}

// Refused is for what the reader may not do: the rule in words with the fact about the reader that it turned on, and how
// to object and until when.
func Refused(title, rule, object string, next Link) Panel {
	return Panel{title, []string{rule, object}, next}
}

// CannotTell is for a rule that lacks facts. It names them.
func CannotTell(title string, missing []string, next Link) Panel {
	return Panel{title, []string{"We cannot tell yet. We would need to know " + List(missing) + "."}, next}
}

// NotShown is for figures that are withheld. Its words are the same for every reason, because a difference would tell the
// reader which reason it was.
func NotShown(instead Link) Panel {
	return Panel{"This group’s results are not shown", []string{
		"We use these words whether a group gave no answers, too few, or could be worked out from others. The answers are in the totals.",
	}, instead}
}

// OurFault is for an error of the software: its reference, and whether anything was lost.
func OurFault(reference, lost string, next Link) Panel {
	return Panel{"We could not open that page", []string{"The fault is ours and is on record as " + reference + ". " + lost}, next}
}

// State is a word for how something stands, with a shape beside it; the colour comes third.
type State struct {
	Word string
	Kind StateKind
}

// StateKind is the shape of a [State].
type StateKind int

// The kinds of state.
const (
	StateOpen  StateKind = iota // a disc
	StateDone                   // a diamond
	StateLate                   // a square
	StateYours                  // a disc in the colour that means ours
)

func (State) template() string { return "state" }

// Class is the state's style.
func (s State) Class() string {
	return map[StateKind]string{StateOpen: "open", StateDone: "done", StateLate: "stop", StateYours: "yours"}[s.Kind]
}
