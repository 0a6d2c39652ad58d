package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/words"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type boardListPage struct {
	Open   page.Links
	Others page.Table
	Empty  *page.Panel
	Booth  boardBooth
}

// boardBooth says which booth is served here.
type boardBooth struct {
	Pages  []boardBoothLine
	Verify page.Verify
}

type boardBoothLine struct {
	Path, Words, Hash string
}

// boardBoothLines are the pages of the booth with their hashes.
func (s *Server) boardBoothLines() []boardBoothLine {
	var out []boardBoothLine
	for _, p := range s.assets.Booth().Pages {
		out = append(out, boardBoothLine{Path: p.Path, Words: words.Text(p.Sum[:]), Hash: p.Hash})
	}
	return out
}

// boards are the contests of called polls, those that close last first.
func (v *visit) boards() ([]boardView, error) {
	list, err := v.house.Polls.Polls(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var out []boardView
	for _, p := range list {
		if p.Called.IsZero() {
			continue
		}
		for _, c := range p.Contests {
			b, err := v.boardOf(p, c.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(x, y boardView) int { return y.Closes.Compare(x.Closes) })
	return out, nil
}

// boardList lists the public boards.
func (s *Server) boardList(v *visit) error {
	list, err := v.boards()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Public boards"
	f.Sentence = "Each vote has a board, on which anybody can follow it and check it."
	p := boardListPage{Booth: boardBooth{Pages: s.boardBoothLines(), Verify: v.boothVerify()}}
	p.Others = page.Table{Caption: "All votes", Columns: []page.Column{{Head: "Vote"}, {Head: "Poll"}, {Head: "Closes"}, {Head: "State"}}}
	for _, b := range list {
		if b.stage == poll.Open && b.voting() {
			p.Open = append(p.Open, page.LinkLine{Text: boardTitle(b), Href: b.path(), Note: "Voting is open until " + v.boardInstant(b.Closes) + "."})
		}
		p.Others.Rows = append(p.Others.Rows, page.Row{
			{Text: b.contest.Title, Href: b.path()}, {Text: b.Title}, {Text: v.boardInstant(b.Closes)}, {Show: boardState(b)},
		})
	}
	if len(list) == 0 {
		panel := page.Empty("No votes yet", "When members are called to a vote, its board appears here.", page.Link{})
		p.Empty = &panel
	}
	f.Files = []page.Files{v.files("/board", "the boards", v.today())}
	f.Data = p
	return v.show(http.StatusOK, "board_list", f)
}

// boardState is how a contest stands, as a word with a shape.
func boardState(b boardView) page.State {
	switch {
	case b.stage == poll.Abandoned:
		return page.State{Word: "Abandoned", Kind: page.StateLate}
	case b.declared() != nil:
		return page.State{Word: "Declared", Kind: page.StateDone}
	case !b.contest.Uncontested.IsZero():
		return page.State{Word: "No vote", Kind: page.StateDone}
	case b.stage == poll.Open:
		return page.State{Word: "Open", Kind: page.StateOpen}
	}
	return page.State{Word: page.Begin(b.stage.Words()), Kind: page.StateDone}
}

// boothVerify is how anybody checks the booth.
func (v *visit) boothVerify() page.Verify {
	return page.Verify{
		ID: "booth", Title: "Is it the same booth for everybody?",
		Intro: "The page on which people vote is one file, the same for all. It names its script and its style by their hashes, so the hash of the page stands for everything that it runs.",
		Steps: []page.Command{
			{Title: "Compare it with the booth in the program", Label: "Command to check the booth", Text: "commonweal election booth " + v.house.Address},
			{Title: "Or with tools that are not ours", Label: "Command to hash the booth", Text: "curl -s " + v.house.Address + "/booth/booth.html | sha256sum"},
		},
		Limits: "that your own browser was given this file. So others run these commands too, from where voters are, at times that nobody knows.",
	}
}
