package web

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// paperBoard is what the public board says of votes on paper and by telephone.
type paperBoard struct {
	Text []string
	Show []page.Component
}

// paperSummary is that part of the board of a contest. It is empty where a vote is on
// the web alone. Before the reckoning is signed it tells no number.
func (v *visit) paperSummary(p poll.Poll, c poll.Contest) (paperBoard, error) {
	if !p.Rules.Has(poll.Paper) && !p.Rules.Has(poll.Telephone) {
		return paperBoard{}, nil
	}
	sum, err := v.house.Papers.Summary(v.ctx, v.org.ID, c.ID)
	switch {
	case fault.Is(err, fault.Conflict): // notice is not given, or there is no vote
		return paperBoard{}, nil
	case err != nil:
		return paperBoard{}, err
	case !sum.Signed():
		return paperBoard{Text: []string{"Members can vote " + channelList(sum.Channels) + " too. How many did is told here when the returning officer has signed the reckoning, which is after the close and before anything is counted."}}, nil
	}
	out := paperBoard{Text: []string{"Each vote that was issued is accounted for: it was returned, spoilt, disqualified because its voter had voted before, or not returned. Those returned were read by two people who did not see each other’s reading."}}
	out.Show = append(out.Show, figureTable(sum.Figures))
	if len(sum.Batches) == 0 {
		return out, nil
	}
	t := page.Table{Caption: "Batches of papers, with the fingerprint of what was read", Columns: []page.Column{{Head: "Batch"}, {Head: "Papers", Number: true}, {Head: "Settled"}, {Head: "SHA-256 of its lines", Wide: true}}}
	for _, b := range sum.Batches {
		t.Rows = append(t.Rows, page.Cells(b.Code, strconv.Itoa(b.Papers), said(page.Day(v.now, b.Settled)), b.SHA256))
	}
	out.Show = append(out.Show, t)
	out.Text = append(out.Text, "The lines of a batch say what each paper counts as. Those who may see single votes can compare them with the papers and with the fingerprint; it has a salt, so that nobody can guess a few papers from it.")
	return out, nil
}

func channelList(list []paper.Channel) string {
	var out []string
	for _, by := range list {
		out = append(out, by.Title())
	}
	return page.List(out)
}

// paperSummaryJSON is the same for programs.
type paperSummaryJSON struct {
	Channels []paper.Channel    `json:"channels" doc:"Ways of voting beside the web."`
	Signed   bool               `json:"signed" doc:"Whether the reckoning is signed. Before, figures and batches are empty: they would tell the turnout."`
	Figures  []paperFiguresJSON `json:"figures" doc:"Issued is returned, spoilt, disqualified and not returned together."`
	Batches  []paperBatchJSON   `json:"batches"`
}

type paperFiguresJSON struct {
	Channel      paper.Channel `json:"channel"`
	Issued       int           `json:"issued"`
	Returned     int           `json:"returned"`
	Spoilt       int           `json:"spoilt"`
	Disqualified int           `json:"disqualified"`
	NotReturned  int           `json:"not_returned"`
	WithoutVote  int           `json:"without_vote" doc:"Of those returned, papers from which no vote could be read."`
	Signed       law.Date      `json:"signed"`
}

type paperBatchJSON struct {
	Code    string        `json:"code"`
	Channel paper.Channel `json:"channel"`
	Papers  int           `json:"papers"`
	Votes   int           `json:"votes" doc:"Of each paper."`
	Settled law.Date      `json:"settled"`
	SHA256  string        `json:"sha256" doc:"Of the lines of the batch."`
}

func (v *visit) apiPaperSummary(p contestParams) (paperSummaryJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return paperSummaryJSON{}, err
	}
	sum, err := v.house.Papers.Summary(v.ctx, v.org.ID, c.Contest.ID)
	if err != nil {
		return paperSummaryJSON{}, err
	}
	out := paperSummaryJSON{Channels: sum.Channels, Signed: sum.Signed()}
	for _, f := range sum.Figures {
		signed, err := law.ParseDate(f.Signed)
		if err != nil {
			return out, err
		}
		out.Figures = append(out.Figures, paperFiguresJSON{f.Channel, f.Issued, f.Returned, f.Spoilt, f.Disqualified, f.NotReturned, f.Rejected, signed})
	}
	for _, b := range sum.Batches {
		settled, err := law.ParseDate(b.Settled)
		if err != nil {
			return out, err
		}
		out.Batches = append(out.Batches, paperBatchJSON{b.Code, b.Channel, b.Papers, b.Weight, settled, b.SHA256})
	}
	return out, nil
}
