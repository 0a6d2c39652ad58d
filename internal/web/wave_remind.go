package web

import (
	"net/http"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// waveRemind says whom a reminder goes to and how many they are, never who.
func (s *Server) waveRemind(p *planned) error { return p.showRemind(http.StatusOK, "") }

func (p *planned) showRemind(status int, wrong string) error {
	if p.stage == wave.Draft {
		return p.notYet("Nobody can be reminded yet", "The survey is a draft, and nobody knows of it.")
	}
	past, err := p.house.Waves.Reminders(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	f := p.frameOf("Remind people", "")
	sent := conductSection{Heading: "Reminders so far", Text: []string{"None was sent."}}
	if len(past) > 0 {
		t := page.Table{Caption: "Reminders", Columns: []page.Column{{Head: "Reminder"}, {Head: "Day"}, {Head: "People", Number: true}, {Head: "By"}}}
		for _, r := range past {
			t.Rows = append(t.Rows, page.Row{{Text: "Reminder " + number(r.Number)}, {Text: p.day(r.Day)}, {Text: number(r.Sent)}, {Text: p.nameOrNobody(r.By)}})
		}
		sent = conductSection{Heading: "Reminders so far", Show: []page.Component{t}}
	}
	planned := conductSection{Heading: "Planned", Text: []string{p.remindDays() + "."}}
	who := conductSection{Heading: "Whom it goes to", Text: []string{
		"To those who have neither fetched their pass nor been given a slip. It says when the survey closes and where to find it.",
		"Whoever has fetched a pass hears nothing more, whether they answered or not: nobody knows who answered, so nobody can be told off for it.",
	}}
	if p.stage != wave.Open {
		f.Sentence = "Reminders go out while the survey is open. It is " + p.stage.Words() + "."
		return p.sectionsAt(settledStatus(status), f, conductPage{Sections: []conductSection{sent, planned, who}})
	}
	undrawn, err := p.house.Waves.Undrawn(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	f.Sentence = count(len(undrawn), "person has", "people have") + " not fetched a pass. A reminder would go to them today."
	if len(undrawn) == 0 {
		f.Sentence = "Everybody has fetched a pass or was given a slip. Nobody is left to remind."
		return p.sectionsAt(settledStatus(status), f, conductPage{Sections: []conductSection{sent, planned, who}})
	}
	a := conductAct{
		Action: p.at("remind"), Sections: []conductSection{who, planned, sent}, Button: page.Button{Text: "Send the reminder now"}, Cancel: page.Link{Text: "Send nothing", Href: p.at()},
		Effects: []string{"It goes out at once, by e-mail or as a letter, as each of them chose.", "How many it went to is in the record, and not to whom."},
	}
	return p.showAct(status, f, a, wrong)
}

// waveRemindDo sends it.
func (s *Server) waveRemindDo(p *planned) error {
	if p.stage != wave.Open {
		return p.showRemind(http.StatusConflict, "")
	}
	err := p.remindNow()
	if refusable(err) {
		return p.showRemind(http.StatusConflict, p.refusalWords(err))
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at() + "?done=reminded")
}
