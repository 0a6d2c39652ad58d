package page

import "time"

// Frame is everything that stands on a page: the organisation's name at the top, the words under the heading, the
// content, the record strip at the foot.
//
// The zero value of every field is usable. A page that leaves Heading empty must bring its own h1: in a "hero" block, or
// as a form field with Heading set, where one question is the whole page.
type Frame struct {
	Title    string   // in the browser's tab; Heading where empty
	Lang     string   // of the whole page, by its two-letter code; English where empty
	Org      Brand    // whose page it is; the renderer's default where its Name is empty
	Nav      []Nav    // the five links of those signed in; none for the public
	Account  Account  // who is signed in, or where to sign in
	Back     Link     // one way back, never a trail
	Kicker   string   // what the page belongs to, above the heading
	Heading  string   // the h1
	Sentence string   // what the page found or wants, in one sentence
	Data     any      // what the page's own template shows
	Errors   []Error  // what to put right; shown above the heading, each linked to its field
	Notice   Notice   // news about what was just done
	Files    []Files  // the page's lists, to keep
	Modules  []string // ES modules from web/module, for the pages that cannot work without one
	Record   Record   // the head of the organisation's record
	Home     string   // where the organisation's name leads; its front page or one's own where empty
	Footer   []Link   // privacy, accessibility, help
	Legal    string   // what the organisation is, in law, in one sentence
	Demo     bool     // the people are invented: every page says so
	Switch   Link     // where a visitor of the demonstration may become somebody else
	Now      time.Time
}

// Nav is one of at most five links under the organisation's name.
type Nav struct {
	Text, Href string
	Current    bool
}

// Account is the corner of the header that says who is here. Leave Name empty for the public.
type Account struct {
	Name    string // with the role after a comma where it matters: "Huw Prosser, secretary"
	Href    string // the person's own settings
	SignOut string // posted to
	SignIn  string // for the public
}

// Link is words that lead somewhere. A link with an empty Href is not shown.
type Link struct {
	Text, Href string
	Hidden     string // words for screen readers alone, where Text would not say enough: "the start date"
}

// Files are the addresses at which a list can be had as a file. Without addresses nothing is shown.
type Files struct {
	What      string // "the officers": what one downloads
	CSV, JSON string
}

// Record is the strip in the footer: the head that others hold too.
type Record struct {
	Entries int64     // how many entries there are
	Signed  time.Time // when the last head was signed
	Words   string    // the head in four words
	Check   string    // where a reader learns to check it
	Text    string    // what the record keeps, on a page that knows no head of it
}

// Error is one thing to put right, at the field with the given id.
type Error struct {
	Field, Message string
}
