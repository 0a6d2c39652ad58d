package house

import (
	"context"

	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// jobEnrol enrols whoever the rules have made a member of one organisation.
const jobEnrol = "member.enrol"

// enrolSoon has those whom a new staff list makes members enrolled, and so
// written to, without waiting for the night. It stands in the change that applies
// the list.
func (h *House) enrolSoon(ctx context.Context, tx *journal.Tx) error {
	return h.Jobs.Add(ctx, tx.Tx, jobs.Job{Kind: jobEnrol, Payload: tx.Org(), Key: jobEnrol + "/" + tx.Org()})
}

func (h *House) enrol(ctx context.Context, job jobs.Job) error {
	_, err := h.Members.Enrol(ctx, job.Payload, law.Today(h.World.Now()))
	return err
}
