package web

import (
	"io"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
)

// paperLines is what each paper of a settled batch counts as, for those who had the
// papers in their hands, and those to whom the rules show single rankings.
func (s *Server) paperLines(v *visit) error {
	p, err := v.papersAsked()
	if err != nil {
		return err
	}
	if p.offices, err = v.house.Papers.Offices(v.ctx, v.org.ID, p.contest.ID, v.actor.Person); err != nil {
		return err
	}
	if len(p.offices) == 0 {
		if !p.poll.Rules.Counting.Ranked {
			return p.refuse(paper.ReturningOfficer)
		}
		votes, err := v.house.Papers.Ballots(v.ctx, v.org.ID, p.contest.ID)
		if err != nil {
			return err
		}
		if !p.poll.SeesRankings(p.contest, v.actor.Person, votes.Papers) {
			return p.refuse(paper.ReturningOfficer)
		}
	}
	if few, err := p.fewCalls(v.r.PathValue("batch")); err != nil {
		return err
	} else if few {
		return fault.Errorf(fault.Forbidden, "fewer than %d votes came by telephone in this batch, and who called is known: its lines would tell how somebody voted", p.poll.Rules.MinimumCell)
	}
	text, err := v.house.Papers.Lines(v.ctx, v.org.ID, p.contest.ID, v.r.PathValue("batch"))
	if fault.Is(err, fault.Conflict) {
		return fault.Errorf(fault.Conflict, "this batch is not settled yet")
	}
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="batch-`+v.r.PathValue("batch")+`.txt"`)
	h.Set("Cache-Control", "no-store")
	_, err = io.WriteString(v.w, text)
	return err
}

// fewCalls reports whether a batch is one of so few votes by telephone that its lines, with
// the pollbook, would tell how a caller voted to others than the one who heard them. Papers
// lie on the table; calls nobody else has heard.
func (p *papers) fewCalls(code string) (bool, error) {
	summary, err := p.house.Papers.Summary(p.ctx, p.org.ID, p.contest.ID)
	if err != nil {
		return false, err
	}
	list := summary.Batches
	if !summary.Signed() {
		progress, err := p.house.Papers.Batches(p.ctx, p.actor.Person, p.org.ID, p.contest.ID)
		if err != nil {
			return false, err
		}
		for _, one := range progress {
			list = append(list, one.Batch)
		}
	}
	for _, b := range list {
		if b.Code == code {
			return b.Channel == paper.Telephone && b.Papers < p.poll.Rules.MinimumCell, nil
		}
	}
	return false, nil
}
