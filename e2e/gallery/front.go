package main

import "commonweal/internal/web/page"

type frontPage struct {
	SignIn page.Button
	Claims []claim
	Cannot []page.Def
	People []page.LinkLine
	Open   page.Links
}

type claim struct {
	Title  string
	Figure page.Figure
	Link   page.Link
}

func front() page.Frame {
	f := public()
	f.Title = "Owned by the people who work here"
	f.Data = frontPage{
		SignIn: page.Button{Text: "Sign in", Href: "#", Kind: page.Reverse},
		Claims: []claim{
			{"Staff own it", page.Figure{Value: "2,946", Label: "members, of 3,104 staff"}, page.Link{Text: "See the register of members", Href: "#"}},
			{"Staff decide in it", page.Figure{Value: "62%", Label: "voted in the last council election"}, page.Link{Text: "See how it was counted", Href: "#"}},
			{"Staff are heard in it", page.Figure{Value: "9 of 11", Label: "findings from spring acted on by now"}, page.Link{Text: "See what staff said", Href: "#"}},
			{"It shows what works", page.Figure{Value: "24", Label: "measures, each with its uncertainty"}, page.Link{Text: "See the board’s evidence", Href: "#"}},
		},
		Cannot: []page.Def{
			{Term: "Read your vote or your answers", Fact: "Votes are locked on your own phone or computer. Survey answers arrive with a token that carries no name."},
			{Term: "Change a vote, a minute or a result", Fact: "Each one is sealed into a record that others hold a copy of."},
			{Term: "Bury a concern", Fact: "It has a clock. If nobody answers, it goes up by itself, and its age is on show."},
			{Term: "Refuse to hold a vote", Fact: "When enough members ask for one, the vote is called."},
		},
		People: []page.LinkLine{
			{Text: "Amara Okafor", Href: "#", Note: "District nurse. Has a vote waiting and a survey to answer."},
			{Text: "Huw Prosser", Href: "#", Note: "Company secretary. Keeps the register and calls elections."},
			{Text: "Grace Tandy", Href: "#", Note: "Non-executive director. Reads the board’s evidence."},
			{Text: "Dev Malhotra", Href: "#", Note: "Union representative. Watches an election and checks the count."},
		},
		Open: page.Links{
			{Text: "Staff council election 2026: Community nursing", Href: "#", Note: "Declared 1 December 2026. Questions may be raised until 22 December."},
			{Text: "Rules of the society and minutes of members’ meetings", Href: "#"},
		},
	}
	return f
}
