package wave

import (
	"context"

	"commonweal/internal/base/journal"
	"commonweal/law"
)

// keptUntil is the last day on which the answers are kept.
func (w Wave) keptUntil() law.Date { return w.Closes.AddMonths(w.KeepMonths) }

// KeptUntil is the last day on which the answers of a wave are kept.
func (w Wave) KeptUntil() law.Date { return w.keptUntil() }

// lastKeyed is the last day on which anything may come in.
func (w Wave) lastKeyed() law.Date {
	if w.Paper && w.PaperUntil.After(w.Closes) {
		return w.PaperUntil
	}
	return w.Closes
}

// LastKeyed is the last day on which an answer may come in, on paper or otherwise.
func (w Wave) LastKeyed() law.Date { return w.lastKeyed() }

// Over are the waves whose answers have been kept as long as their plans say.
func (s *Service) Over(ctx context.Context, org string) (out []Wave, err error) {
	list, err := s.List(ctx, org)
	for _, w := range list {
		if w.Ended.IsZero() && !w.Settled.IsZero() && s.today().After(w.keptUntil()) {
			out = append(out, w)
		}
	}
	return out, err
}

// End records that the answers of a wave are erased. Again it does nothing.
func (s *Service) End(ctx context.Context, org, id string) error {
	return s.change(ctx, System, org, "survey.answers_erased", id, func(tx *journal.Tx, w Wave) error {
		if !w.Ended.IsZero() {
			return journal.ErrNothing
		}
		if err := s.at(w, "its answers are kept until "+w.keptUntil().Words(), Closed, Released); err != nil {
			return err
		}
		w.Ended = s.today()
		return w.update(ctx, tx)
	})
}
