package page

// Actions is the foot of a form or a page: one button, and links for everything else.
type Actions struct {
	Button Button
	Links  []Link
}

func (Actions) template() string { return "actions" }

// Button is what a page is for. With an Href it leads somewhere; without one it sends the form that it stands in.
type Button struct {
	Text        string
	Href        string
	Name, Value string // sent with the form
	Kind        ButtonKind
}

// ButtonKind is how a button looks.
type ButtonKind int

// The kinds of button. A page has one primary button.
const (
	Primary ButtonKind = iota
	Secondary
	Reverse // on the brand colour
	Warning // for what cannot be undone
)

func (Button) template() string { return "button" }

// Class is the button's style.
func (b Button) Class() string {
	return map[ButtonKind]string{
		Secondary: " nhsuk-button--secondary",
		Reverse:   " nhsuk-button--reverse",
		Warning:   " nhsuk-button--warning",
	}[b.Kind]
}

// Notice is a banner above the heading: news about what the reader has just done, or has to know first.
type Notice struct {
	Title string // "Important", or "Done" where Done is set
	Text  string
	More  Link
	Done  bool
}

func (Notice) template() string { return "notice" }

// Heading is the banner's title.
func (n Notice) Heading() string {
	switch {
	case n.Title != "":
		return n.Title
	case n.Done:
		return "Done"
	default:
		return "Important"
	}
}

// Details is something that few readers need, closed until they ask. On paper it is open.
type Details struct {
	Summary    string
	Paragraphs []string
	Show       Component
}

func (Details) template() string { return "details" }

// Pages leads through a list that has more rows than a page. Prev and Next are nothing but addresses.
type Pages struct {
	Prev, Next string
	Place      string // "Page 2 of 38", "Rows 51 to 100 of 1,873"
}

func (Pages) template() string { return "pages" }
