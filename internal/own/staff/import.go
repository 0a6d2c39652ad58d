package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/stafflist"
)

// Confirmation is whether a person has said yes to what exceeds a threshold.
type Confirmation bool

// The two answers.
const (
	Unconfirmed Confirmation = false
	Confirmed   Confirmation = true
)

// Doubtful is why an import waits for a person to confirm it.
type Doubtful struct{ Doubts []stafflist.Doubt }

func (d *Doubtful) Error() string {
	kinds := make([]string, len(d.Doubts))
	for i, doubt := range d.Doubts {
		kinds[i] = string(doubt.Kind)
	}
	return "not confirmed: " + strings.Join(kinds, ", ")
}

// Outcome is what an import came to.
type Outcome struct {
	Plan Plan
	// Import is the receipt. It has no id if nothing was to be changed.
	Import Import
}

// Changed reports whether there is an import, with an entry in the record.
func (o Outcome) Changed() bool { return o.Import.ID != "" }

// Sentence says what came of it.
func (o Outcome) Sentence() string {
	if !o.Changed() {
		return "This list has been applied already. Nothing has changed."
	}
	if o.Plan.Empty() {
		return "Read: everybody stays as they were."
	}
	return fmt.Sprintf("Applied: %d joined, %d left, %d changed. Nobody’s membership ended by it.", o.Import.Joiners, o.Import.Leavers, o.Import.Changes)
}

// DryRun returns what a list would change. Nothing is kept.
func (s *Service) DryRun(ctx context.Context, l List) (Plan, error) {
	h, list, err := s.read(ctx, l)
	if err != nil {
		return Plan{}, err
	}
	var d *draft
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err = s.draft(ctx, tx, h, s.against(h, list))
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	return d.plan, nil
}

// Import reads a list and applies it at once, as one change. It returns a Conflict
// caused by [*Doubtful] if a threshold is exceeded and that is not confirmed, and
// a Conflict for a list that would undo a newer one. A file that has been applied
// before, and from which nothing follows any more, makes no entry.
func (s *Service) Import(ctx context.Context, actor string, l List, yes Confirmation) (Outcome, error) {
	h, list, err := s.read(ctx, l)
	if err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err = s.record(ctx, actor, h.org, func(tx *journal.Tx) error {
		out = Outcome{}
		d, err := s.draft(ctx, tx.Tx, h, s.against(h, list))
		if err != nil {
			return err
		}
		out.Plan = d.plan
		out.Import, err = s.write(ctx, tx, h, d, yes)
		return err
	})
	return out, err
}

func (s *Service) record(ctx context.Context, actor, org string, fn func(tx *journal.Tx) error) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "staff.import", Actor: actor}, fn)
	return err
}

// write carries out a draft. It returns [journal.ErrNothing] if nothing follows
// from a file that was applied before.
func (s *Service) write(ctx context.Context, tx *journal.Tx, h header, d *draft, yes Confirmation) (Import, error) {
	p := d.plan
	if p.Empty() && (p.Applied != nil || d.last != nil && d.last.SHA256 == h.sha256) {
		return Import{}, journal.ErrNothing
	}
	if len(p.NeedsConfirmation) > 0 && !bool(yes) {
		return Import{}, &fault.Error{
			Kind: fault.Conflict, Field: "confirm", Cause: &Doubtful{p.NeedsConfirmation},
			Message: reasons(p.NeedsConfirmation) + " Nothing has changed yet. If the list is right, confirm it.",
		}
	}
	i := Import{
		ID: tx.ID(), Org: h.org, Employer: h.employer, AsAt: h.asAt, FileName: h.fileName, SHA256: h.sha256, Profile: h.profile,
		Rows: p.Read, Joiners: len(p.Joiners), Leavers: len(p.Leavers), Changes: len(p.Changes), Unchanged: p.Unchanged,
		Held: len(p.Held), Rejected: p.Refused, Dropped: sensitiveKinds(h.dropped),
		Applied: tx.At(), AppliedBy: tx.Actor(), Entry: tx.Seq(),
	}
	for _, doubt := range p.NeedsConfirmation {
		i.Doubts = append(i.Doubts, string(doubt.Kind))
		i.ConfirmedBy = tx.Actor()
	}
	w := &writer{tx: tx, draft: d, employer: h.employer, asAt: h.asAt, importID: i.ID}
	if err := w.write(ctx); err != nil {
		return Import{}, err
	}
	if err := tx.Insert(ctx, "staff_import", i.row()); err != nil {
		return Import{}, err
	}
	if err := s.keepRejects(ctx, tx.Tx, i, p.Rejects); err != nil {
		return Import{}, err
	}
	if s.opts.EmailsLost != nil && len(w.lost) > 0 {
		if err := s.opts.EmailsLost(ctx, tx, w.lost); err != nil {
			return Import{}, err
		}
	}
	if s.opts.Imported != nil {
		if err := s.opts.Imported(ctx, tx); err != nil {
			return Import{}, err
		}
	}
	for name, value := range map[string]any{
		"import": i.ID, "employer": i.Employer, "as_at": i.AsAt.String(), "file_sha256": i.SHA256, "profile": i.Profile, "rows": i.Rows,
		"joiners": i.Joiners, "leavers": i.Leavers, "changes": i.Changes, "unchanged": i.Unchanged, "held": i.Held, "rejected": i.Rejected,
		"doubts": i.Doubts, "people_changed": len(d.people), "people_matched": len(p.Joiners) - w.added,
	} {
		tx.Detail(name, value)
	}
	return i, nil
}

func reasons(doubts []stafflist.Doubt) string {
	out := make([]string, len(doubts))
	for i, d := range doubts {
		out[i] = d.Reason
	}
	return strings.Join(out, " ")
}

// sensitiveKinds names the kinds of sensitive columns a list had, each once.
func sensitiveKinds(dropped []stafflist.Drop) []string {
	var out []string
	for _, d := range dropped {
		if d.Kind != "" && !slices.Contains(out, d.Kind) {
			out = append(out, d.Kind)
		}
	}
	return out
}
