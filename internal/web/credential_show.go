package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// codeSection is a part of a registrar's page.
type codeSection struct {
	Heading string
	Text    []string
	Show    []page.Component
	Links   page.Links
	Button  page.Button
	Form    *codeForm
}

type codeForm struct {
	Action string
	File   bool // it carries one
	Hidden []codeField
	Fields []page.Component
	Button page.Button
	Cancel page.Link
}

type codeField struct{ Name, Value string }

// credentialShow is what the registrar has to do.
func (s *Server) credentialShow(i *issue) error { return i.show(http.StatusOK, nil, nil) }

func (i *issue) show(status int, values url.Values, wrong error) error {
	f := i.frame("Codes to vote with", i.sentence())
	f.Back = page.Link{Text: "Back to the vote", Href: "/votes/" + i.poll.Code}
	if status == http.StatusOK {
		f.Notice = i.depositNews()
	}
	var out []codeSection
	if !i.none() {
		out = append(out, codeSection{Show: []page.Component{i.facts()}})
		if strays := i.strays(); len(strays) > 0 {
			out = append(out, i.straySection(strays))
		}
		if work := i.todo(); !work.Empty() {
			out = append(out, i.ways()...)
			send, errors := i.sendSection(values, wrong)
			f.Errors = errors
			out = append(out, send)
		} else if wrong != nil {
			f.Errors = []page.Error{{Message: i.issueWords(wrong, 0)}}
		}
		out = append(out, codeSection{Heading: "All codes", Links: i.links()})
	}
	f.Data = out
	return i.visit.show(status, "credential_page", f)
}

// noneWords says why there is nothing to do.
func (i *issue) noneWords() string {
	switch {
	case !i.poll.Abandoned.IsZero():
		return "This vote was abandoned on " + i.day(i.poll.Abandoned) + ", so no codes are needed."
	case !i.contest.Uncontested.IsZero():
		return "There is no vote here: no more people stand than there are seats. No codes are needed."
	}
	return "The roll is not made yet. It is made after " + i.day(i.poll.Timetable.Day(timetable.Roll)) + ". Then codes can be made for those on it."
}

func (i *issue) sentence() string {
	if i.none() {
		return i.noneWords()
	}
	need, spares := len(i.need()), 0
	for _, s := range i.needSpares() {
		spares += s.Count
	}
	switch {
	case i.published:
		return "Notice of poll is given, so the list of codes does not change. A code that is lost is replaced from the spares."
	case need == 0 && spares == 0:
		return "Everybody on the roll has something to vote with, and the spares are there. There is nothing to make."
	case need == 0:
		return "Everybody on the roll has something to vote with. " + count(spares, "spare is", "spares are") + " still to be made, to replace what is lost."
	}
	text := count(need, "member needs", "members need") + " a code, of " + number(len(i.voters)) + " on the roll."
	if i.enrol.Open {
		text += " Members can make a key in their own browser until the end of " + i.lastEnrolling() + ", so it is best to make codes after that."
	} else if day := i.poll.Timetable.Day(timetable.NoticeOfPoll); !day.IsZero() {
		text += " Make them before notice of poll, on " + i.day(day) + "."
	}
	return text
}

// straySection leads to what has to be voided.
func (i *issue) straySection(strays []box.Credential) codeSection {
	out := codeSection{
		Heading: "Struck off the roll",
		Text:    []string{count(len(strays), "code or key belongs", "codes or keys belong") + " to somebody who was struck off the roll. Notice of poll can be given once that is void."},
	}
	for _, c := range strays {
		mark := code.Mark(c.Public)
		out.Links = append(out.Links, page.LinkLine{Text: "Void " + mark, Href: i.path("/void") + "?mark=" + mark})
	}
	return out
}

// facts count who has what.
func (i *issue) facts() page.Defs {
	had := map[box.How]int{}
	free := 0
	for _, c := range i.codes {
		switch {
		case c.Voided != "":
		case c.Entry != "" && i.numberOf(c) > 0:
			had[c.How]++
		case c.Entry != "":
		default:
			free++
		}
	}
	voters := func(n int) string { return count(n, "member", "members") }
	out := page.Defs{
		{Term: "On the roll", Fact: voters(len(i.voters))},
		{Term: "Made a key in their own browser", Fact: voters(had[box.Enrolled])},
		{Term: "Have a code from you", Fact: voters(had[box.Printed] + had[box.Mailed])},
	}
	if n := had[box.Spare]; n > 0 {
		out = append(out, page.Def{Term: "Have a spare in place of what was lost", Fact: voters(n)})
	}
	out = append(out, page.Def{Term: "Have nothing to vote with yet", Fact: voters(len(i.need()))})
	spares := number(free) + " not used"
	wanting := 0
	for _, s := range i.needSpares() {
		wanting += s.Count
	}
	if wanting > 0 && !i.published {
		spares += ", " + number(wanting) + " to be made"
	}
	return append(out, page.Def{Term: "Spares", Fact: spares})
}

// ways are how codes can be made.
func (i *issue) ways() []codeSection {
	uuid := i.contest.UUID
	return []codeSection{
		{
			Heading: "Make them in this browser",
			Text: []string{
				"Your browser gets the numbers of those who need a code, and makes the codes. You print the letters, and keep the codes in a file of your own. We get what shows that a vote is signed with one of them, and cannot vote with that. We never see a code.",
			},
			Button: page.Button{Text: "Make the codes", Href: i.path("/make")},
		},
		{
			Heading: "Or on a laptop that is not on the web",
			Text:    []string{"Whoever does not want to trust a page that a server sends can make the codes with the program. It needs one file from here, and makes three: the codes, the letters to print, and the file to send."},
			Links: page.Links{
				{Text: "Who needs a code, by number alone", Href: i.path("/to-make.json")},
				{Text: "The same with names and e-mail addresses", Href: i.path("/to-make-with-names.json"), Note: "Needed if the letters are to have names on them, or go out by mail from your own computer. It is personal data: delete it when you are done."},
			},
		},
		{Show: []page.Component{page.Verify{
			ID: "laptop", Title: "With the command-line program",
			Steps: []page.Command{
				{Title: "Make the codes", Text: "commonweal election credentials --roll to-make-" + i.poll.Code + "-" + i.contest.Code + ".json --out codes"},
				{Title: "Print the letters", Text: "codes/" + uuid + ".letters.html", Label: "File with the letters"},
			},
			After: "Send us the file that ends in .codes.json below. Those that end in .privcreds and .letters.html are secret.",
		}}},
	}
}

// sendSection is the form for the public parts.
func (i *issue) sendSection(values url.Values, wrong error) (codeSection, []page.Error) {
	file := page.Upload{Name: "file", Label: "The file that ends in .codes.json", Accept: ".json,application/json"}
	how := howField(values.Get("how"))
	if wrong != nil {
		words := i.issueWords(wrong, 0)
		i.refusedAt(wrong, &file.Error, map[string]*string{"how": &how.Error})
		if file.Error != "" {
			file.Error = words
		}
	}
	return codeSection{
		Heading: "Send the public parts",
		Form: &codeForm{
			Action: i.path(""), File: true, Fields: []page.Component{file, how}, Button: page.Button{Text: "Send the public parts", Kind: page.Secondary},
		},
	}, page.Problems(file, how)
}

func howField(value string) page.Radios {
	return page.Radios{
		Name: "how", Legend: "How do members get their codes?", Value: value, Options: []page.Option{
			{Value: string(box.Printed), Label: "Printed, on paper"},
			{Value: string(box.Mailed), Label: "By mail from my own computer"},
		},
	}
}

// links are what else the registrar does.
func (i *issue) links() page.Links {
	out := page.Links{{Text: "Who has what, by voter number", Href: i.path("/list")}}
	if len(i.codes) > 0 {
		out = append(out,
			page.LinkLine{Text: "Replace a code or key that was lost", Href: i.path("/replace"), Note: "The member asks you, and has not voted yet. They get a spare."},
			page.LinkLine{Text: "Void a code", Href: i.path("/void"), Note: "When it fell into wrong hands, or was made by mistake."})
	}
	return out
}
