package web

import (
	"encoding/hex"
	"fmt"
	"net/http"

	"commonweal/internal/base/words"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

type boardPage struct {
	Result   page.Button
	Line     page.Timeline
	Fixed    []fixedLine
	Accounts page.Table // the reckoning of papers
	Batches  []batchLine
	HasPaper bool
	// OtherBooth says that the notice names another booth than the one served, while
	// people vote.
	OtherBooth bool
	Turnout    []string
	NoBallot   string
	Find       trackersPage
	Verify     page.Verify
	Whole      page.Link
	Links      page.Links
}

// fixedLine is something that was fixed, by its hash.
type fixedLine struct {
	What, Words, Hash string
	Link              page.Link
}

const trackersOnBoard = 10

// boardShow is the public board of a contest.
func (s *Server) boardShow(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "All public boards", Href: "/board"}
	f.Kicker, f.Heading, f.Sentence = "Public board, "+b.Title, b.contest.Title, v.boardSentence(b)
	p := boardPage{Links: boardLinks(b)}
	if b.declared() != nil && b.voting() {
		p.Result = page.Button{Text: "See the count", Href: b.path() + "/result", Kind: page.Secondary}
		if b.Rules.Counting.Ranked {
			p.Result.Text = "See the count, stage by stage"
		}
	}
	for _, fill := range []func(boardView, *boardPage) error{v.boardSteps, v.boardFixed, v.boardPapers, v.boardTurnout, v.boardBallots, v.boardChecks} {
		if err := fill(b, &p); err != nil {
			return err
		}
	}
	if p.OtherBooth {
		f.Notice = page.Notice{
			Title: "Important", More: page.Link{Text: "How to check the booth", Href: "/board#booth"},
			Text: "The booth that is served here is not the one that the notice of poll names. Do not vote with it before the returning officer has said why.",
		}
	}
	f.Modules = v.modules("board.js")
	f.Data = p
	return v.show(http.StatusOK, "board_show", f)
}

func boardLinks(b boardView) page.Links {
	out := page.Links{{Text: "The poll in words", Href: "/votes/" + b.Code}}
	if len(b.Notice) > 0 {
		out = append(out, page.LinkLine{Text: "Notice of poll", Href: b.path() + "/notice.json", After: " as data"})
	}
	out = append(out, page.LinkLine{Text: "Rules", Href: b.path() + "/rules.json", After: " as data"})
	if b.contest.Roll != nil {
		out = append(out, page.LinkLine{Text: "Roll", Href: b.path() + "/roll", After: ": a line for each voter, without names"})
	}
	if b.head != nil {
		out = append(out,
			page.LinkLine{Text: "Archive", Href: b.path() + "/archive.bel"},
			page.LinkLine{Text: "Signed heads", Href: b.path() + "/heads", After: " and "},
			page.LinkLine{Text: "The key that signs them", Href: b.path() + "/key"},
			page.LinkLine{Text: "This board as data", Href: apiRoot + "/boards/" + b.contest.UUID},
		)
		out[len(out)-3].After = ""
	}
	return out
}

func (v *visit) boardSteps(b boardView, p *boardPage) error {
	var done []box.Done
	if b.head != nil {
		var err error
		if done, err = v.house.Boxes.Done(v.ctx, v.org.ID, b.contest.ID); err != nil {
			return err
		}
	}
	p.Line = v.boardLine(b, done)
	return nil
}

// boardFixed are the hashes of what is fixed, as words to compare and in full.
func (v *visit) boardFixed(b boardView, p *boardPage) error {
	add := func(what, text string, link page.Link) {
		if sum, err := hex.DecodeString(text); err == nil && len(sum) >= words.Bits/8 {
			p.Fixed = append(p.Fixed, fixedLine{what, words.Text(sum), text, link})
		}
	}
	if len(b.Notice) > 0 {
		add("Notice of poll", b.NoticeHash, page.Link{Text: "notice", Href: b.path() + "/notice.json"})
	}
	add("Rules", b.RulesHash, page.Link{Text: "rules", Href: b.path() + "/rules.json"})
	if b.contest.Roll != nil {
		add("Roll, by its seal", b.contest.Roll.Seal, page.Link{Text: "roll", Href: b.path() + "/roll"})
	}
	if b.head == nil {
		return nil
	}
	hash, text, err := v.house.Boxes.Fingerprint(v.ctx, v.org.ID, b.contest.ID)
	if err != nil {
		return err
	}
	p.Fixed = append(p.Fixed, fixedLine{"Ballot paper, as the booth shows it", words.Text(hash[:]), text, page.Link{Text: "ballot paper", Href: b.path() + "/election.json"}})
	named := ""
	if notice, err := b.Poll.Notified(); err == nil && notice.Booth != "" {
		named = notice.Booth
		add("Booth that the notice names", named, page.Link{Text: "how to check it", Href: "/board#booth"})
	}
	for _, line := range v.boardBoothLines() {
		if line.Path != "/booth/booth.html" || line.Hash == named {
			continue // one line where both are the same
		}
		p.Fixed = append(p.Fixed, fixedLine{"Booth that is served here now", line.Words, line.Hash, page.Link{Text: "how to check it", Href: "/board#booth"}})
		p.OtherBooth = named != "" && b.voting() && v.now.Before(b.Closes)
	}
	return nil
}

// boardPapers is the reckoning of votes on paper and by telephone, once it is signed.
func (v *visit) boardPapers(b boardView, p *boardPage) error {
	if b.head == nil {
		return nil
	}
	s, err := v.house.Papers.Summary(v.ctx, v.org.ID, b.contest.ID)
	if err != nil || !s.Signed() {
		return err
	}
	p.Accounts = page.Table{Caption: "Papers and calls", Columns: []page.Column{
		{Head: "Way"},
		{Head: "Issued", Number: true},
		{Head: "Returned", Number: true},
		{Head: "Spoilt", Number: true},
		{Head: "Disqualified", Number: true},
		{Head: "Not returned", Number: true},
	}}
	p.HasPaper = false
	for _, one := range s.Figures {
		p.HasPaper = p.HasPaper || one.Issued+one.Returned+one.Disqualified > 0
		p.Accounts.Rows = append(p.Accounts.Rows, page.Row{
			{Text: page.Begin(one.Channel.Title())},
			{Text: number(one.Issued)},
			{Text: number(one.Returned)},
			{Text: number(one.Spoilt)},
			{Text: number(one.Disqualified)},
			{Text: number(one.NotReturned)},
		})
	}
	p.Batches = batchLines(s.Batches)
	return nil
}

// batchLine is a batch of papers by the hash of what is on them.
type batchLine struct {
	Code, Words, Hash string
	Papers            int
}

func batchLines(list []paper.Batch) []batchLine {
	var out []batchLine
	for _, one := range list {
		if sum, err := hex.DecodeString(one.SHA256); err == nil && len(sum) >= words.Bits/8 {
			out = append(out, batchLine{one.Code, words.Text(sum), one.SHA256, one.Papers})
		}
	}
	return out
}

// boardTurnout says how many had voted at the times of the rules.
func (v *visit) boardTurnout(b boardView, p *boardPage) error {
	if b.head == nil || !b.voting() {
		return nil
	}
	list, err := v.house.Turnout(v.ctx, v.org.ID, b.all, b.contest)
	if err != nil {
		return err
	}
	for _, t := range list {
		p.Turnout = append(p.Turnout, fmt.Sprintf("%s: %s of %s had voted.", page.Begin(v.boardInstant(t.At)), number(t.Voted), count(t.Of, "member", "members")))
	}
	return nil
}

func (v *visit) boardBallots(b boardView, p *boardPage) error {
	p.Find = trackersPage{Action: b.path() + "/find", Field: findField(looked{}), Note: countNote(b), Rule: boardRevoteWords(b)}
	switch {
	case b.head == nil && !b.voting():
		p.NoBallot = "There was no vote here, so there are no ballots."
		return nil
	case b.head == nil:
		p.NoBallot = "The ballot box is not set up yet. It is, with the notice of poll."
		return nil
	}
	all, err := v.trackersOf(b)
	if err != nil {
		return err
	}
	p.Find.List = all[:min(trackersOnBoard, len(all))]
	if len(all) == 0 {
		p.NoBallot = "No ballot has come in by the web yet."
	}
	if len(all) > len(p.Find.List) {
		p.Find.More.Next = b.path() + "/trackers"
	}
	return nil
}
