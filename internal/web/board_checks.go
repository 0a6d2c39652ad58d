package web

import (
	"fmt"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/box"
	"commonweal/internal/web/page"
)

// boardChecks is the panel with the commands by which anybody checks the contest on a
// computer of their own.
func (v *visit) boardChecks(b boardView, p *boardPage) error {
	if b.head == nil {
		return nil
	}
	at, file := v.house.Address+b.path(), b.contest.UUID+".bel"
	p.Verify = page.Verify{
		Intro: "These commands work on your own computer, and need no account. The third uses a program that we did not write.",
		Steps: []page.Command{
			{
				Title: "1. Take the archive", Label: "Command to download the archive", Text: "curl -o " + file + " " + at + "/archive.bel",
				Hash: fmt.Sprintf("its head now: %s", b.head.Head),
			},
			{Title: "2. Check it with Commonweal", Label: "Command to verify with Commonweal", Text: "commonweal election verify " + file},
			{Title: "3. Check it with a program from elsewhere", Label: "Commands to verify with belenios-tool", Text: "sudo apt install belenios-tool\nbelenios-tool election verify --dir ."},
			{
				Title: "4. Keep watch, and be told of a fork", Label: "Command to run a mirror",
				Text: "commonweal election mirror " + at + " --out mirror",
			},
			{Title: "5. Check the booth", Label: "Command to check the booth", Text: "commonweal election booth " + v.house.Address},
		},
		After:   boardSealedWords(b),
		Limits:  "that a member’s own device was honest, or that nobody stood over their shoulder; that the list of keys holds the members on the roll and nobody else, which the registrar and the observers see to; that keyholders did not put their parts together in secret.",
		Further: page.Link{Text: "How voting works here", Href: "/help#voting"},
	}
	if b.part == box.Whole {
		return nil
	}
	sees, err := v.seesRankings(b)
	if err != nil || !sees || !v.can(policy.RankingsView) {
		return err
	}
	p.Whole = page.Link{Text: "Take the whole archive, with each ranking", Href: b.path() + "/whole.bel"}
	return nil
}

// boardSealedWords say why the archive of ranked votes ends where it does.
func boardSealedWords(b boardView) string {
	if b.part == box.Whole {
		return "The archive holds everything from the first ballot to the result. Votes in it are opened only as a sum."
	}
	who := boardReaders(b)
	return fmt.Sprintf("Here people rank, and a rare ranking can give its voter away. So this archive ends before the votes are opened one by one. "+
		"The whole archive is for %s, as the rules say, and for nobody where fewer than %d ballots were cast. The signed heads go on to the last part of the opening, from which the result follows: "+
		"what is not shown here cannot be changed either.", who, b.Rules.MinimumCell)
}

// boardReaders are those who may see rankings one by one, in words.
func boardReaders(b boardView) string {
	if len(b.Rules.RankingsSeenBy) == 0 {
		return "nobody"
	}
	var out []string
	for _, who := range b.Rules.RankingsSeenBy {
		out = append(out, "the "+who)
	}
	return page.List(out)
}
