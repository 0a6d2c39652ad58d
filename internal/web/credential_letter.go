package web

import (
	"commonweal/internal/decide/code"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// boothOf is where members vote in a contest.
func (i *issue) boothOf() string { return i.house.Address + "/booth/booth.html#" + i.contest.UUID }

// letter is what the letter with a code says.
func (i *issue) letter() code.Letter {
	opens := "on " + i.day(i.poll.Timetable.Day(timetable.Opens))
	if !i.poll.Announced.IsZero() {
		opens = "on " + said(page.Moment(i.now, i.poll.Facts().Opens()))
	}
	out := code.Letter{
		Organisation: brandOf(i.org).Name, Title: i.title(), Signed: i.actor.Name + ", registrar of this vote",
		How: []string{
			"Voting opens " + opens + " and closes on " + said(page.Moment(i.now, i.poll.Closes)) + ".",
			"Open " + i.boothOf() + " in a browser, and type this code. Capitals matter, dashes do not.",
			"Mark your vote, check it, lock it and cast it. To cast it you sign in as you always do.",
		},
		Care: []string{
			"Show this code to nobody. Whoever has it, and can sign in as you, can vote in your place. Nobody has any reason to ask you for it.",
			"If you lose it, or this letter was open when it came, tell the registrar before you vote. You get another code and this one stops working.",
		},
	}
	if i.poll.Rules.Has(poll.Paper) {
		out.How = append(out.How, "You can vote on paper instead: ask the returning officer.")
	}
	return out
}
