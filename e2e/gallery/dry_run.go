package main

import "commonweal/internal/web/page"

type dryRunPage struct {
	Tally                    page.Tally
	Rejects, Leavers, Change page.Table
	Pages                    page.Pages
	Actions                  page.Actions
}

func dryRun() page.Frame {
	f := signedIn("Huw Prosser, secretary", "Membership")
	f.Back = page.Link{Text: "Register", Href: "#"}
	f.Kicker = "Staff list of 19 November 2026, esr-november.csv"
	f.Title = "Staff list: dry run"
	f.Heading = "Dry run: nothing has changed yet"
	f.Sentence = "Of 3,109 rows, 3,104 can be read. 123 would change the staff list. Five are refused."
	was := func(s string) page.Cell { return page.Cell{Text: s, Kind: page.Was} }
	f.Data = dryRunPage{
		Tally: page.Tally{Label: "What the file holds", Items: []page.Figure{
			{Value: "38", Label: "joiners", Href: "#joiners"},
			{Value: "21", Label: "leavers", Href: "#leavers"},
			{Value: "64", Label: "changes", Href: "#changes"},
			{Value: "5", Label: "refused", Href: "#rejects"},
			{Value: "3,002", Label: "as before"},
		}},
		Rejects: page.Table{ID: "refused", Caption: "Refused rows with reason", Columns: []page.Column{{Head: "Row"}, {Head: "Employee number"}, {Head: "Why it is refused, and what to do", Wide: true}}, Rows: []page.Row{
			page.Cells("Row 212", "20418833", "Start date “31/02/2026” is not a date. Correct it in ESR."),
			page.Cells("Row 731", "20400127", "The same number is on row 94 with another name. Ask which is right."),
			{{Text: "Row 1,408"}, {Text: "empty", Kind: page.Quiet}, {Text: "No employee number, so we cannot tell who this is."}},
			page.Cells("Row 2,077", "20419006", "Staff group “Nusring” is not known. Did you mean Nursing and midwifery?"),
			page.Cells("Row 2,950", "20411542", "Leaving date 3 March 2024 is before the start date 1 May 2024."),
		}},
		Leavers: page.Table{ID: "gone", Caption: "Leavers and what follows for membership", Columns: []page.Column{{Head: "Name"}, {Head: "Left"}, {Head: "What follows", Wide: true}}, Rows: []page.Row{
			page.Cells("Owain Bevan", "31 October", "Member: ends 28 November under rule 14. Share cancelled, £1 returned."),
			page.Cells("Marta Kowalczyk", "13 November", "Member: ends 11 December. Keeps her vote in the open election: she was on the roll on 5 October."),
			page.Cells("Siân Ŵyn", "30 October", "Not a member. Nothing follows."),
		}},
		Change: page.Table{ID: "changed", Caption: "Changes, old and new", Columns: []page.Column{{Head: "Name"}, {Head: "What"}, {Head: "Was"}, {Head: "Becomes"}}, Rows: []page.Row{
			{{Text: "Amara Okafor", Href: "#"}, {Text: "Site"}, was("Ferry Lane"), {Text: "Alder House"}},
			{{Text: "Elin Sayce", Href: "#"}, {Text: "Staff group, so also constituency"}, was("Support"), {Text: "Community nursing"}},
			{{Text: "Kofi Mensah-Hughes", Href: "#"}, {Text: "Surname"}, was("Mensah"), {Text: "Mensah-Hughes", Kind: page.Strong}},
		}},
		Pages:   page.Pages{Prev: "#", Next: "#", Place: "Changes 51 to 53 of 64"},
		Actions: page.Actions{Button: page.Button{Text: "Apply 123 changes"}, Links: []page.Link{{Text: "Load another file instead", Href: "#"}}},
	}
	return f
}
