package house

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
)

// Fsck compares tables with the record. What is here looks for what the record itself
// says and may not: that somebody with the server in hand wrote through it.

// AuditPolls makes everything about the polls of an organisation anew that follows from
// something else, and says in sentences what does not agree: rules, notices and rolls,
// the ceremonies of keys, settled papers, and of each ballot box what it was set up
// with, whose ballots are in it and what was declared of them.
func (h *House) AuditPolls(ctx context.Context, org string) (out []string, err error) {
	list, err := h.Polls.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		found, err := h.auditPoll(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("audit poll %s: %w", p.Code, err)
		}
		for _, text := range found {
			out = append(out, "poll "+p.Code+": "+text)
		}
	}
	return out, nil
}

func (h *House) auditPoll(ctx context.Context, p poll.Poll) ([]string, error) {
	out, err := h.Polls.Audit(ctx, p.Org, p.ID)
	if err != nil {
		return nil, err
	}
	found, err := h.Keys.Audit(ctx, p.Org, p.ID)
	if err != nil {
		return nil, err
	}
	out = append(out, found...)
	for _, c := range p.Contests {
		if _, err := h.Boxes.Head(ctx, p.Org, c.ID); fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		found, err := h.AuditBox(ctx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
		if !p.Abandoned.IsZero() {
			continue
		}
		if found, err = h.Papers.Audit(ctx, p.Org, c.ID); err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// AuditBox verifies the archive of a contest, makes its election anew from the notice of
// poll, the ceremony of the key and the candidates, looks for each ballot's voter in the
// pollbook, counts again what was declared, and says in sentences what does not agree.
func (h *House) AuditBox(ctx context.Context, org, contest string) ([]string, error) {
	p, c, err := h.contestOf(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	election, trustees, _, err := h.Boxes.Setup(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	key, err := h.Keys.Trustees(ctx, org, p.ID)
	if err != nil {
		return nil, err
	}
	o, err := h.Identity.Organisation(ctx, org)
	if err != nil {
		return nil, err
	}
	want, err := h.electionOf(o.Name, p, c, key)
	if err != nil {
		return nil, err
	}
	var out []string
	if !bytes.Equal(want.Bytes(), election) {
		out = append(out, "The election that people vote in is "+belenios.Fingerprint(election)+"; the notice of poll and the candidates make "+belenios.Fingerprint(want.Bytes())+".")
	}
	if !bytes.Equal(key.Bytes(), trustees) {
		out = append(out, "The key that votes are locked with is not the one that the keyholders made.")
	}
	report, err := h.verifyBox(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	for _, f := range report.Findings {
		out = append(out, "The archive does not verify: "+f.String())
	}
	if !report.OK() {
		return out, nil
	}
	found, err := h.auditVoters(ctx, p, contest)
	if err != nil {
		return nil, err
	}
	out = append(out, found...)
	if found, err = h.auditMixes(ctx, p, contest, report); err != nil {
		return nil, err
	}
	out = append(out, found...)
	if c.Declared != nil && report.Stage == archive.Finished {
		o, err := h.outcomeOf(ctx, p, c, report)
		if err != nil {
			return nil, err
		}
		is, want := c.Declared.Result, o.Result
		is.NotAppointed = nil
		if !reflect.DeepEqual(is, want) {
			out = append(out, "The result that was declared is not what the archive and the papers come to.")
		}
	}
	return out, nil
}

// auditVoters looks for the voter of each ballot: a ballot cast with a spare, or with a
// credential of somebody from whom no vote was received, is nobody's.
func (h *House) auditVoters(ctx context.Context, p poll.Poll, contest string) (out []string, err error) {
	org := p.Org
	cast, err := h.Boxes.Cast(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	held, err := h.Boxes.Credentials(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	marks, err := h.Boxes.Pollbook(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	entry, voted := map[string]string{}, map[string]bool{}
	for _, one := range held {
		if one.Entry == "" && one.How != box.Spare {
			if h.tiesOver(p) {
				return nil, nil // the ties are cut
			}
			out = append(out, fmt.Sprintf("The key or code %.24s was made for a voter, and for whom is gone before the time for keeping it is over.", one.Public))
		}
		if one.Voided == "" {
			entry[one.Public] = one.Entry
		}
	}
	web := 0
	for _, m := range marks {
		if m.Channel == box.Web && m.State == box.Voted {
			voted[m.Entry] = true
			web++
		}
	}
	whose := map[string]bool{}
	for _, b := range cast {
		e := entry[b.Credential]
		whose[e] = true
		switch {
		case e == "":
			out = append(out, "Ballot "+b.Tracker+" was cast with a credential that nobody holds.")
		case !voted[e]:
			out = append(out, "Ballot "+b.Tracker+" is of a voter from whom the pollbook has no vote.")
		}
	}
	if web > len(whose) {
		out = append(out, fmt.Sprintf("The pollbook has %d votes of the web, and the archive the ballots of %d voters.", web, len(whose)))
	}
	return out, nil
}

// auditMixes looks for votes whose mixing was ended by a server before enough keyholders
// had mixed them.
func (h *House) auditMixes(ctx context.Context, p poll.Poll, contest string, report *archive.Report) ([]string, error) {
	if report.Stage == archive.Voting {
		return nil, nil
	}
	o, err := h.Boxes.Opening(ctx, p.Org, contest)
	if err != nil || !o.Ranked || !o.Ended && !o.Finished {
		return nil, err
	}
	if n := different(o.Mixed); n < p.Rules.Threshold {
		return []string{fmt.Sprintf("The rankings were mixed by %d keyholders and opened by %d: fewer mixes than that do not hide whose is whose.", n, p.Rules.Threshold)}, nil
	}
	return nil, nil
}
