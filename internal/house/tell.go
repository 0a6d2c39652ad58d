package house

import (
	"context"
	"fmt"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// jobTell is the job that tells many people what was decided about them at once.
const jobTell = "member.tell"

// More people than atOnce are told by a job, so that a list of a hundred thousand
// does not keep everybody else from writing for minutes. The job stands in the
// change itself, and tells perChange of them in each of its own.
const (
	atOnce    = 5_000
	perChange = 500
)

// tellDecided tells people what was decided about their membership, in the change
// that decides it.
func (h *House) tellDecided(ctx context.Context, tx *journal.Tx, list []member.Decided) error {
	if len(list) > h.atOnce {
		return h.Jobs.Add(ctx, tx.Tx, jobs.Job{Kind: jobTell, Payload: tx.Org() + " " + tx.At()})
	}
	return h.sendDecided(ctx, tx, list)
}

// tellLater does it for those whom one change admitted, some at a time. Whoever
// was told before a crash is not told again: the notice says so.
func (h *House) tellLater(ctx context.Context, job jobs.Job) error {
	org, at, ok := strings.Cut(job.Payload, " ")
	if !ok {
		return jobs.Permanent(fmt.Errorf("job %s names no change", job.ID))
	}
	after := ""
	for {
		list, err := h.Members.AdmittedAt(ctx, org, at, after, perChange)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].Fact.ID
		_, err = h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "member.told", Actor: member.ByRule}, func(tx *journal.Tx) error {
			rest, err := h.untold(ctx, tx, list)
			if err != nil {
				return err
			}
			if len(rest) == 0 {
				return journal.ErrNothing
			}
			tx.Detail("told", len(rest))
			return h.sendDecided(ctx, tx, rest)
		})
		if err != nil {
			return err
		}
	}
}

// untold leaves out those who have the notice.
func (h *House) untold(ctx context.Context, tx *journal.Tx, list []member.Decided) ([]member.Decided, error) {
	facts := make([]string, len(list))
	for i, d := range list {
		facts[i] = d.Fact.ID
	}
	told, err := h.Notices.ToldAbout(ctx, tx.Tx, tx.Org(), kindAdmitted, facts)
	if err != nil {
		return nil, err
	}
	var out []member.Decided
	for _, d := range list {
		if !told[d.Fact.ID] {
			out = append(out, d)
		}
	}
	return out, nil
}

// sendDecided sends one message to each of those whom it concerns. Somebody whose
// details were erased cannot be told.
func (h *House) sendDecided(ctx context.Context, tx *journal.Tx, list []member.Decided) error {
	org, err := identity.OrganisationByID(ctx, tx.Tx, tx.Org())
	if err != nil {
		return err
	}
	ids := make([]string, len(list))
	for i, d := range list {
		ids[i] = d.Person
	}
	people, err := identity.PeopleByID(ctx, tx.Tx, tx.Org(), ids)
	if err != nil {
		return err
	}
	w := decisionWords{org: org.Name, rules: rulesOf(law.FormID(org.LegalForm))}
	var out []notice.Message
	for _, d := range list {
		m, tells := w.message(d)
		if p, known := people[d.Person]; !tells || !known || p.Erased != "" {
			continue
		}
		m.To, m.About = notice.Person{ID: d.Person}, d.Fact.ID
		m.Action = notice.Link{Text: "See your membership", Path: "/membership"}
		out = append(out, m)
	}
	_, err = h.Notices.SendAll(ctx, tx, out)
	return err
}
