package page

// Verify is the dark panel that tells a reader how to check a promise: exact commands, at least one of them from a
// program that is not ours, and what the check cannot show.
type Verify struct {
	ID      string // "verify" where empty
	Title   string // "Don't trust us. Check it yourself." where empty
	Intro   string
	Steps   []Command
	After   string
	Limits  string // what this cannot show
	Further Link
}

// Command is something to type, with what it answers.
type Command struct {
	Title  string
	Label  string // for screen readers, where Title does not say it: "Command to download the archive"
	Text   string
	Hash   string // a checksum to compare
	Output string
}

func (Verify) template() string { return "verify" }

// Anchor is the panel's id.
func (v Verify) Anchor() string {
	if v.ID == "" {
		return "verify"
	}
	return v.ID
}

// Heading is the panel's title.
func (v Verify) Heading() string {
	if v.Title == "" {
		return "Don’t trust us. Check it yourself."
	}
	return v.Title
}

// Region names a command for screen readers.
func (c Command) Region() string {
	if c.Label == "" {
		return "Command: " + c.Title
	}
	return c.Label
}
