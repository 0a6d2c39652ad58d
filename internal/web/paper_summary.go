package web

import (
	"commonweal/internal/decide/paper"
	"commonweal/law"
)

// paperSummaryJSON is what the public board says of votes on paper and by telephone,
// for programs. Before the reckoning is signed it tells no number.
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
