package answers

// What a sheet may hold.
const (
	MaxComment      = 2000 // characters of a comment
	maxCommentBytes = 4000
	// MaxSheet is the most bytes in which a sheet may arrive, in whatever form. Nobody
	// has to read more of a request than this.
	MaxSheet = 64 << 10
)

// Sheet is what one person answers. Either Token or Serial is set, but for keyed paper
// and brought-in answers, where neither is asked for here.
type Sheet struct {
	Token  string `json:"token,omitempty"`  // text form of a token
	Serial string `json:"serial,omitempty"` // as printed on a slip or a paper
	// Answers has one code for each question of the instrument, in its order; 0 where
	// it was not answered.
	Answers Codes  `json:"answers"`
	Unit    string `json:"unit,omitempty"`  // code; "" where the member would rather not say
	Group   string `json:"group,omitempty"` // code; "" likewise
	Comment string `json:"comment,omitempty"`
}

// Codes are the answers of one person. In JSON they are a list of numbers.
type Codes []uint8

// Row is one person's answers after the close.
type Row struct {
	Answers Codes  // one code a question, 0 for none
	Unit    string // code; "" for not said
	Group   string // code; "" for not said
}

// Comment is what somebody wrote, after the close.
type Comment struct {
	ID   string // random; the same at every reading
	Unit string // the smallest unit on the writer's path with at least LeastComments answers; "" for the organisation
	Text string
}

// Difference is one field in which the two keyings of a paper differ.
type Difference struct {
	Field         string // the id of a question, or "unit", "group", "comment"
	First, Second string // as keyed: a code in figures, or text
}

// Keyed is what became of a keying.
type Keyed struct {
	Taken       bool         // both keyings agree and the paper is in the box
	Waits       bool         // the other keying has not been made
	Differences []Difference // in the order of the instrument; the same paper must be keyed again
}

// Status is what may be known of a wave's box by whoever runs it.
type Status struct {
	Wave  string
	Stage Stage
	// Counted is how many passes are spent. While a wave is open it moves once a day, by
	// ten or more, and there is no other count.
	Counted int
	// After the close: of Counted, those by serial (slips without script and keyed paper),
	// and the comments.
	Papers, Comments int
	// Serials is how many were made, Keying how many papers wait for a second keying or
	// for their differences to be settled.
	Serials, Keying int
	// Lost is how many sheets are sealed under keys that are not in the key file: it was
	// lost, or the database came out of a backup. Whoever was not counted may answer again;
	// while others are among them the wave cannot be closed.
	Lost int
}
