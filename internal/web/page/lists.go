package page

// Defs is a short list of facts about one thing: term left, fact right.
type Defs []Def

// Def is one fact.
type Def struct {
	Term, Fact string
	Href       string // the fact is a link
}

func (Defs) template() string { return "defs" }

// Summary is what somebody has entered, before it is sent: each row with a link to change it.
type Summary []SummaryRow

// SummaryRow is one answer.
type SummaryRow struct {
	Term, Fact string
	Change     Link // set Hidden to what is changed
}

func (Summary) template() string { return "summary" }

// Waits lists what waits for the reader. Each whole row is a link.
type Waits []Wait

// Wait is one thing that waits: what, why in a line, and when it closes.
type Wait struct {
	Title, Href string
	Why         string
	Verb        string // "closes" where empty
	When        string // "Friday 27 November, 5pm"; leave empty where it does not close
}

func (Waits) template() string { return "waits" }

// Until is the word before the date.
func (w Wait) Until() string {
	if w.Verb == "" {
		return "closes"
	}
	return w.Verb
}

// Links is a plain list of links, each with a line under it.
type Links []LinkLine

// LinkLine is a link, words that follow it in the same line, and a quiet line below.
type LinkLine struct {
	Text, Href string
	After      string
	Note       string
}

func (Links) template() string { return "links" }

// News lists what has happened, the latest first.
type News []NewsItem

// NewsItem is one piece of news. Lead is set in bold: "You said", "We did".
type NewsItem struct {
	Parts []NewsPart
	When  string
	More  Link
}

// NewsPart is a sentence, its first words in bold.
type NewsPart struct{ Lead, Text string }

func (News) template() string { return "news" }
