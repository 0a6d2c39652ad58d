package main

import "commonweal/internal/web/page"

type numbersPage struct {
	Figures, Small page.Figures
	Count          page.Table
}

func numbers() page.Frame {
	f := public()
	f.Heading = "Numbers, never alone"
	f.Sentence = "A figure without its interval or its base is not finished."
	f.Notice = page.Notice{Text: "The figures on this page are invented."}
	row := func(name string, votes ...string) page.Row { return page.Cells(append([]string{name}, votes...)...) }
	f.Data = numbersPage{
		Figures: page.Figures{Items: []page.Figure{
			{Value: "7.21", Label: "likely between 7.12 and 7.30"},
			{Value: "62%", Label: "of 742 members voted"},
			{Value: "−0.4", Unit: "points", Label: "since 2024; likely between −0.9 and 0.1"},
		}},
		Small: page.Figures{Small: true, Items: []page.Figure{{Value: "431", Label: "online"}, {Value: "32", Label: "on paper"}}},
		Count: page.Table{
			ID: "count", Caption: "Votes by candidate and stage", Visible: true, Shape: page.Scrolled,
			Columns: []page.Column{{Head: "Candidate"}, {Head: "Stage 1", Number: true}, {Head: "Stage 2", Number: true}, {Head: "Stage 3", Number: true}, {Head: "Stage 4", Number: true}, {Head: "Stage 5", Number: true}},
			Rows: []page.Row{
				row("Bethan Pryce", "147", "116", "116", "116", "116"),
				row("Siobhan Keane", "123", "123", "116", "116", "116"),
				row("Ngozi Adeyemi", "92", "100.06", "102.16", "104.48", "108.12"),
				{{Text: "Gareth Lloyd"}, {Text: "9"}, {Text: "11.08"}, {Text: "11.56"}, {Text: "out", Kind: page.Quiet}, {Text: "out", Kind: page.Quiet}},
				{{Text: "All votes", Kind: page.Strong}, {Text: "463", Kind: page.Strong}, {Text: "463", Kind: page.Strong}, {Text: "463", Kind: page.Strong}, {Text: "463", Kind: page.Strong}, {Text: "463", Kind: page.Strong}},
			},
		},
	}
	return f
}
