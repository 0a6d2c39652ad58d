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
