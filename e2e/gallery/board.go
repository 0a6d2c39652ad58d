package main

import "commonweal/internal/web/page"

type boardPage struct {
	Stage   page.Timeline
	Papers  page.Defs
	Words   page.Text
	Found   page.State
	States  []page.State
	Details page.Details
	Verify  page.Verify
}

func board() page.Frame {
	f := public()
	f.Back = page.Link{Text: "Severn & Wye elections", Href: "#"}
	f.Kicker = "Public election board, staff council 2026"
	f.Title = "Election board: community nursing"
	f.Heading = "Community nursing"
	f.Sentence = "463 of 742 members voted. Bethan Pryce, Siobhan Keane and Ngozi Adeyemi are elected."
	f.Data = boardPage{
		Stage: page.Timeline{
			{Title: "Notice of election", Detail: "5 October. Rules and roll fixed: 742 members, roll fingerprint", Code: "8f21…c40d"},
			{Title: "Voting", Detail: "9 November, 9am to 27 November, 5pm. 431 online, 32 on paper."},
			{Title: "Declared", Detail: "1 December, 2pm. Questions may be raised until 22 December.", Stage: page.StepNow},
			{Title: "Keys destroyed", Detail: "1 December 2027. The archive stays.", Stage: page.StepToCome},
		},
		Papers: page.Defs{{Term: "Issued", Fact: "742"}, {Term: "Cast online", Fact: "431"}, {Term: "Paper, counted", Fact: "32"}, {Term: "Not returned", Fact: "276"}},
		Words:  page.Text{Name: "words", Label: "Your four words", Hint: "In any order, for example: copper otter lantern brook", Value: "copper otter lantern brook", Width: 20, Verbatim: true},
		Found:  page.State{Word: "It is here", Kind: page.StateYours},
		States: []page.State{{Word: "Open until 22 December"}, {Word: "Done", Kind: page.StateDone}, {Word: "Late by two days", Kind: page.StateLate}},
		Details: page.Details{
			Summary: "How the votes were counted", Paragraphs: []string{"Under rule set nhs-2014. No ties arose, so no lot was drawn."},
			Show: page.Defs{{Term: "Quota", Fact: "116"}, {Term: "Stages", Fact: "6"}},
		},
		Verify: page.Verify{
			Intro: "These commands work on your own computer, with our server switched off. The third uses a program that we did not write.",
			Steps: []page.Command{
				{Title: "1. Take the archive", Label: "Command to download the archive", Text: "curl -O https://vote.severnwye.example/nursing-2026.bel", Hash: "sha256 5d0c 91ae 7f34 0b66 e2d9 44c1 83f0 a7b2"},
				{Title: "2. Check it with Commonweal", Text: "commonweal election verify nursing-2026.bel", Output: "431 ballots, each signed by a different member on the roll\nresult equals the published result"},
				{Title: "3. Check it with a program from elsewhere", Text: "sudo apt install belenios-tool\nbelenios-tool election verify --dir ."},
			},
			After:   "Three bodies keep mirrors. All agree as of 6am today.",
			Limits:  "that a member’s own device was honest, or that nobody stood over their shoulder.",
			Further: page.Link{Text: "What we do about that", Href: "#"},
		},
	}
	return f
}
