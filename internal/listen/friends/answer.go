package friends

// Answer is what a patient sends.
type Answer struct {
	// Nonce is the random text that the form carried: it makes the answer count once
	// however often it is sent.
	Nonce    string
	Rating   Rating
	Mode     Mode
	Language string
	Text     string // "" for none
	Publish  bool   // the patient said that the words may be published
}

// Cards are answers on paper that a member of staff keys.
type Cards struct {
	Point  string // id
	Month  Month
	Mode   Mode // on paper, by telephone or otherwise
	Counts Counts
	Texts  []Text
}

// Text is what one patient wrote on a card.
type Text struct {
	Rating  Rating
	Words   string
	Publish bool
}

// Comment is what a patient wrote, at the gate.
type Comment struct {
	ID      string
	Point   string
	Month   Month
	Rating  Rating
	Words   string // as written
	Without string // the same with names and places taken out, by machine
	Publish bool
}

// Decision is what the gate decides about a comment.
type Decision struct {
	Comment string // id
	Show    bool
	Words   string // as they are shown
	Reason  string // why it is not shown
}
