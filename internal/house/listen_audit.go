package house

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// AuditWaves makes everything about the surveys of an organisation anew that follows from
// something else, and says in sentences what does not agree: notices, the census, passes
// issued and spent, releases, and, where the answer side is here, that what it has counted
// is what the record has.
func (h *House) AuditWaves(ctx context.Context, org string) (out []string, err error) {
	err = h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		out, err = wave.AuditAll(ctx, tx, org)
		return err
	})
	if err != nil || h.Answers == nil {
		return out, err
	}
	list, err := h.Waves.List(ctx, org)
	if err != nil {
		return nil, err
	}
	for _, w := range list {
		found, err := h.auditAnswers(ctx, w)
		if err != nil {
			return nil, err
		}
		certified, err := h.auditRelease(ctx, w)
		if err != nil {
			return nil, err
		}
		for _, text := range append(found, certified...) {
			out = append(out, "survey "+w.Code+": "+text)
		}
	}
	return out, nil
}

// auditRelease looks whether the certificate of a release is of it, of those before it and
// of what the attacker was given to know.
func (h *House) auditRelease(ctx context.Context, w wave.Wave) ([]string, error) {
	if len(w.Releases) == 0 {
		return nil, nil
	}
	bundle, err := h.ReleaseBundle(ctx, w.Org, w.ID)
	if err != nil {
		return nil, err
	}
	b, err := disclose.ReadBundle(bundle)
	if err == nil {
		err = b.Check()
	}
	if err != nil {
		return []string{"Its release and the certificate do not belong together: " + err.Error() + "."}, nil
	}
	return nil, nil
}

func (h *House) auditAnswers(ctx context.Context, w wave.Wave) (out []string, err error) {
	if w.Published.IsZero() || w.BroughtIn() {
		return nil, nil
	}
	t, _, err := h.Answers.Terms(ctx, w.ID)
	if fault.Is(err, fault.NotFound) {
		return []string{"The answer side does not know it, and the record says that it has its terms."}, nil
	}
	if err != nil {
		return nil, err
	}
	if t.KeyHash != w.KeyHash || t.InstrumentHash != w.InstrumentHash {
		out = append(out, "The answer side has another key or other questions than the notice.")
	}
	status, err := h.Answers.Status(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	if status.Lost > 0 {
		out = append(out, fmt.Sprintf("%d answers are sealed under a key that is not in the key file of the answers.", status.Lost))
	}
	if w.Settled.IsZero() {
		return out, nil
	}
	if status.Counted != w.Answers {
		out = append(out, "The answer side has counted another number of answers than the record.")
	}
	slips, err := h.Waves.SlipsUsed(ctx, w.Org, w.ID)
	if err != nil {
		return nil, err
	}
	if text := slips.Finding(); text != "" {
		out = append(out, text)
	}
	if status.Papers != slips.Answers {
		out = append(out, fmt.Sprintf("The answer side has counted %d answers by slips, and the record %d.", status.Papers, slips.Answers))
	}
	spent, err := h.Answers.Spent(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	found, err := h.Waves.Batches(ctx, w.Org, w.ID)
	if err != nil {
		return nil, err
	}
	for _, b := range found {
		for _, s := range b.Hashes {
			known[s] = true
		}
	}
	for _, s := range spent {
		delete(known, s)
	}
	if len(known) > 0 {
		out = append(out, "The record has spent passes that the answer side has not taken.")
	}
	return out, nil
}
