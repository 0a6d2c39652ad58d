package main

import "commonweal/internal/web/page"

type formPage struct {
	Name    page.Text
	Email   page.Text
	Code    page.Text
	Close   page.DateField
	Group   page.Select
	Paper   page.Radios
	Notice  page.Radios
	Tell    page.Checkboxes
	Reason  page.TextArea
	List    page.Upload
	Actions page.Actions
}

func (p formPage) fields() []page.Field {
	return []page.Field{p.Name, p.Email, p.Code, p.Close, p.Group, p.Paper, p.Notice, p.Tell, p.Reason, p.List}
}

func blankForm() formPage {
	return formPage{
		Name:  page.Text{Name: "title", Label: "What is the election called?", Value: "Staff council 2026"},
		Email: page.Text{Name: "email", Label: "Where do questions go?", Hint: "An e-mail address that somebody reads each working day", Type: "email", Autocomplete: "email", Width: 30, Verbatim: true},
		Code:  page.Text{Name: "code", Label: "The code we sent you", Mode: "numeric", Autocomplete: "one-time-code", Width: 10, Verbatim: true},
		Close: page.DateField{Name: "closes", Legend: "When does voting close?", Hint: "For example, 27 11 2026"},
		Group: page.Select{Name: "group", Label: "Which constituency?", Options: []page.Option{{Label: "Choose one"}, {Value: "cn", Label: "Community nursing"}, {Value: "th", Label: "Therapies"}}},
		Paper: page.Radios{Name: "paper", Legend: "May members vote on paper?", Inline: true, Options: []page.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}},
		Notice: page.Radios{Name: "notice", Legend: "How is notice given?", Hint: "The rules allow any of these.", Options: []page.Option{
			{Value: "email", Label: "By e-mail", Hint: "Counts as received on the next working day"},
			{Value: "post", Label: "By post", Hint: "Counts as received after two working days"},
			{Value: "hand", Label: "By hand"},
		}},
		Tell: page.Checkboxes{Name: "tell", Legend: "Who is told when the result is declared?", Options: []page.Option{
			{Value: "members", Label: "Every member"},
			{Value: "branch", Label: "The union branch", Hint: "They keep a mirror of the board"},
			{Value: "council", Label: "The patients’ council"},
		}},
		Reason:  page.TextArea{Name: "reason", Label: "Why now?", Hint: "Members will read this."},
		List:    page.Upload{Name: "list", Label: "The staff list", Hint: "A CSV or Excel file of up to 20 MB", Accept: ".csv,.xlsx"},
		Actions: page.Actions{Button: page.Button{Text: "Continue"}, Links: []page.Link{{Text: "Leave it for now", Href: "#"}}},
	}
}

// formNew is the form as it first comes.
func formNew() page.Frame {
	f := signedIn("Huw Prosser, secretary", "Votes")
	f.Back = page.Link{Text: "Elections", Href: "#"}
	f.Heading = "Call an election"
	f.Sentence = "Members are told on the day you choose. Until then you may change anything here."
	f.Data = blankForm()
	return f
}

// form is the same form after it was sent with something wrong in every field.
func form() page.Frame {
	f := formNew()
	p := blankForm()
	p.Name.Value, p.Name.Error = "", "The election needs a name. Write what members will see."
	p.Email.Value, p.Email.Error = "huw at severnwye", "“huw at severnwye” has no @. Write the whole address."
	p.Code.Error = "That code is older than ten minutes. Ask for a new one."
	p.Close.Day, p.Close.Month, p.Close.Year = "31", "2", "2026"
	p.Close.Read("closing day")
	p.Group.Error = "Choose the constituency that votes."
	p.Paper.Error = "Say whether members may vote on paper."
	p.Notice.Value, p.Notice.Error = "post", "Notice by post would arrive after voting begins. Choose another way."
	p.Tell.Values, p.Tell.Error = []string{"branch"}, "Every member has to be told. Tick that as well."
	p.Reason.Value, p.Reason.Error = "Because the term ends.", "The rules ask for the date on which the term ends. Add it."
	p.List.Error = "The file holds no rows. Choose it again."
	f.Errors = page.Problems(p.fields()...)
	f.Data = p
	return f
}

// question is a form of one question, whose label is the page's heading.
func question() page.Frame {
	f := signedIn("Amara Okafor", "Membership")
	f.Back = page.Link{Text: "Back", Href: "#"}
	f.Title = "Do you want to become a member?"
	f.Data = page.Radios{
		Name: "join", Legend: f.Title, Heading: true, Hint: "It costs £1, which you get back when you leave.",
		Options: []page.Option{{Value: "yes", Label: "Yes, I want to become a member"}, {Value: "no", Label: "No"}, {Value: "later", Label: "Ask me again in a year"}},
	}
	return f
}

// review is what somebody has entered, before it is sent.
func review() page.Frame {
	f := signedIn("Huw Prosser, secretary", "Votes")
	f.Back = page.Link{Text: "Back", Href: "#"}
	f.Kicker = "Call an election"
	f.Heading = "Check before you call it"
	f.Sentence = "Once it is called, the roll and the rules are fixed and nobody can change them."
	change := func(what string) page.Link { return page.Link{Text: "Change", Href: "#", Hidden: what} }
	f.Data = page.Summary{
		{Term: "Name", Fact: "Staff council 2026", Change: change("the name")},
		{Term: "Questions go to", Fact: "returning.officer@severnwye.example", Change: change("where questions go")},
		{Term: "Voting closes", Fact: "Friday 27 November, 5pm", Change: change("when voting closes")},
		{Term: "Members on the roll", Fact: "742"},
	}
	return f
}
