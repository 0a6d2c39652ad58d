package main

import "commonweal/internal/web/page"

type homePage struct {
	Waits  page.Waits
	News   page.News
	Member page.Defs
	May    page.Links
}

func home() page.Frame {
	f := signedIn("Amara Okafor", "Home")
	f.Demo = true
	f.Switch = page.Link{Text: "Be someone else", Href: "#"}
	f.Title = "Home"
	f.Heading = "Good afternoon, Amara"
	f.Sentence = "Three things wait for you. The vote closes in eight days."
	f.Data = homePage{
		Waits: page.Waits{
			{Title: "Vote: staff council, community nursing", Href: "#", Why: "Seven people stand for three seats. About two minutes.", When: "Friday 27 November, 5pm"},
			{Title: "Answer: autumn pulse", Href: "#", Why: "Twelve short questions. Nobody can tell which answers are yours.", When: "Monday 30 November"},
			{Title: "Sign, or not: a members’ vote on parking at Alder House", Href: "#", Why: "148 of the 155 signatures that make the vote happen.", When: "Friday 11 December"},
			{Title: "Read: the rules have changed", Href: "#", Why: "Nothing you need to do."},
		},
		News: page.News{
			{
				Parts: []page.NewsPart{
					{Lead: "You said", Text: "the spring rota came out too late to plan a family week."},
					{Lead: "We did", Text: "move publication from four weeks ahead to eight, from 2 November. Owner: Rhian Vaughan. The autumn pulse asks whether it helped."},
				},
				When: "9 November", More: page.Link{Text: "Did it help you? Say so", Href: "#"},
			},
			{Parts: []page.NewsPart{{Text: "The board answered the members’ proposal on lone-working phones: agreed, with a change."}}, When: "6 November", More: page.Link{Text: "Read what changed and why", Href: "#"}},
		},
		Member: page.Defs{{Term: "Member since", Fact: "4 March 2019"}, {Term: "Share", Fact: "No. 1,207, £1"}, {Term: "Constituency", Fact: "Community nursing"}, {Term: "Votes you have cast", Fact: "6 of 7"}},
		May: page.Links{
			{Text: "Propose a change", Href: "#"},
			{Text: "Raise a concern", Href: "#", After: ", with your name or without"},
			{Text: "Ask for a members’ meeting", Href: "#"},
			{Text: "Stand for the staff council", Href: "#", Note: "Nominations open again in autumn 2027"},
		},
	}
	return f
}
