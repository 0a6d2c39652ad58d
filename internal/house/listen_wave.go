package house

import (
	"context"
	"errors"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/law"
)

// answerSide refuses what needs the answer side where there is none.
func (h *House) answerSide() error {
	if h.Answers == nil {
		return fault.Errorf(fault.Conflict, "no database for answers is named: whoever runs the server starts it with --answers, and then surveys can be held")
	}
	return nil
}

// CallWave fixes the draft of a survey, and opens it where its first day has come. It is
// the engagement lead's.
func (h *House) CallWave(ctx context.Context, actor, org, id string) error {
	if err := h.answerSide(); err != nil {
		return err
	}
	if err := h.Waves.Call(ctx, actor, org, id); err != nil {
		return err
	}
	w, err := h.Waves.Wave(ctx, org, id)
	if err != nil || law.Today(h.World.Now()).Before(w.Opens) {
		return err
	}
	return h.OpenWave(ctx, org, id)
}

// OpenWave gives the terms of a survey to the answer side, records that it has them, and
// tells everybody who is asked. A job does it on the first day. Again it finishes what a
// crash left.
func (h *House) OpenWave(ctx context.Context, org, id string) error {
	if err := h.answerSide(); err != nil {
		return err
	}
	w, err := h.Waves.Wave(ctx, org, id)
	if err != nil {
		return err
	}
	if stage := w.Stage(h.World.Now()); stage != wave.Called && stage != wave.Open {
		return fault.Errorf(fault.Conflict, "survey %s is %s", w.Code, stage.Words())
	}
	if w.Published.IsZero() {
		t, err := terms(w)
		if err != nil {
			return err
		}
		if err := h.Answers.Publish(ctx, t); err != nil {
			return err
		}
		if err := h.Waves.Published(ctx, org, id); err != nil {
			return err
		}
	}
	return h.tellOpen(ctx, w)
}

// terms is what the answer side is told of a wave: what is asked and how, and nothing of
// who is.
func terms(w wave.Wave) (answers.Terms, error) {
	asked, err := w.Instrument.Canonical()
	if err != nil {
		return answers.Terms{}, err
	}
	t := answers.Terms{
		Wave: w.ID, Code: w.Code, Organisation: w.Org, Title: w.Title, Minimum: w.Minimum, Instrument: string(asked), InstrumentHash: w.InstrumentHash,
		PublicKey: w.Key, KeyHash: w.KeyHash, Opens: w.Opens, Closes: w.Closes, PaperUntil: w.LastKeyed(), Languages: w.Languages, Comments: w.Comments,
		BroughtIn: w.BroughtIn(),
	}
	for _, u := range w.Units {
		if u.Level == wave.Organisation {
			continue
		}
		part := u.PartOf
		if part == wave.Whole {
			part = ""
		}
		t.Units = append(t.Units, answers.Unit{Code: u.Code, Name: u.Name, PartOf: part})
	}
	for _, g := range w.Groups {
		t.Groups = append(t.Groups, answers.Group{Code: g.Code, Name: g.Name})
	}
	return t, nil
}

// openDue opens the waves whose first day has come.
func (h *House) openDue(ctx context.Context) error {
	if h.Answers == nil {
		return nil
	}
	today := law.Today(h.World.Now())
	return h.eachWave(ctx, func(ctx context.Context, w wave.Wave) error {
		if w.Stage(h.World.Now()) != wave.Called || today.Before(w.Opens) {
			return nil
		}
		return h.OpenWave(ctx, w.Org, w.ID)
	})
}

// MixDay mixes the answers of the day and puts into the record who has drawn a pass, by
// day alone, and which passes are spent. A job does it late every evening.
//
// The spent ones are read first: whoever has spent a pass has drawn it before, so what is
// then recorded as issued has theirs.
func (h *House) MixDay(ctx context.Context) error {
	if h.Answers == nil {
		return nil
	}
	mixed := h.Answers.MixAll(ctx)
	return errors.Join(mixed, h.eachWave(ctx, func(ctx context.Context, w wave.Wave) error {
		if w.Published.IsZero() || !w.Settled.IsZero() || !w.Abandoned.IsZero() {
			return nil
		}
		return h.countSpent(ctx, w, wave.MoreCome)
	}))
}

func (h *House) countSpent(ctx context.Context, w wave.Wave, last wave.Last) error {
	spent, err := h.Answers.Spent(ctx, w.ID)
	if err != nil {
		return err
	}
	if _, err := h.Waves.RecordDraws(ctx, w.Org, w.ID); err != nil {
		return err
	}
	return h.Waves.SpentBatch(ctx, w.Org, w.ID, spent, last)
}

// CloseWave counts the last answers of a survey whose last day, of paper too, is past,
// and destroys its keys. A job does it. Again it does nothing.
func (h *House) CloseWave(ctx context.Context, org, id string) error {
	if err := h.answerSide(); err != nil {
		return err
	}
	w, err := h.Waves.Wave(ctx, org, id)
	if err != nil || !w.Settled.IsZero() {
		return err
	}
	if stage := w.Stage(h.World.Now()); stage != wave.Closed || !law.Today(h.World.Now()).After(w.LastKeyed()) {
		return fault.Errorf(fault.Conflict, "survey %s is %s: it is counted after %s, the last day on which an answer may come in", w.Code, stage.Words(), w.LastKeyed().Words())
	}
	if w.Published.IsZero() { // it was never open: nobody could answer
		return h.Waves.Settle(ctx, org, id, 0, 0)
	}
	if err := h.Answers.CloseWave(ctx, w.ID); err != nil {
		return err
	}
	if err := h.countSpent(ctx, w, wave.TheLast); err != nil {
		return err
	}
	status, err := h.Answers.Status(ctx, w.ID)
	if err != nil {
		return err
	}
	return h.Waves.Settle(ctx, org, id, status.Counted, status.Papers)
}

// closeDue counts the waves that are over, and clears the box of those that were given up.
func (h *House) closeDue(ctx context.Context) error {
	if h.Answers == nil {
		return nil
	}
	today := law.Today(h.World.Now())
	return h.eachWave(ctx, func(ctx context.Context, w wave.Wave) error {
		switch {
		case !w.Abandoned.IsZero():
			return h.clearBox(ctx, w)
		case !today.After(w.LastKeyed()):
			return nil
		case w.Stage(h.World.Now()) == wave.Closed && w.Settled.IsZero():
			return h.CloseWave(ctx, w.Org, w.ID)
		}
		return nil
	})
}

// AbandonWave gives a survey up: nobody draws a pass or answers any more, and what was
// answered is erased unread. It is the engagement lead's. Were the program killed between,
// a job does the rest within the hour.
func (h *House) AbandonWave(ctx context.Context, actor, org, id, reason string) error {
	if err := h.Waves.Abandon(ctx, actor, org, id, reason); err != nil {
		return err
	}
	w, err := h.Waves.Wave(ctx, org, id)
	if fault.Is(err, fault.NotFound) || err == nil && w.Called.IsZero() {
		return nil // a draft: the answer side never heard of it
	}
	if err != nil || h.Answers == nil {
		return err
	}
	return h.clearBox(ctx, w)
}

// clearBox erases what was answered in a wave that was given up: it is never released.
// The answer side may know a wave that never opened: slips were printed for it.
func (h *House) clearBox(ctx context.Context, w wave.Wave) error {
	status, err := h.Answers.Status(ctx, w.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || status.Stage == answers.Erased {
		return err
	}
	return h.Answers.GiveUp(ctx, w.ID)
}

// expireAnswers erases the answers that have been kept as long as the plans say.
func (h *House) expireAnswers(ctx context.Context) error {
	if h.Answers == nil {
		return nil
	}
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		over, err := h.Waves.Over(ctx, o.ID)
		all = append(all, err)
		for _, w := range over {
			if err := h.Answers.Erase(ctx, w.ID); err != nil {
				all = append(all, err)
				continue
			}
			all = append(all, h.Waves.End(ctx, o.ID, w.ID))
		}
	}
	return errors.Join(all...)
}

// MakeSlips makes paper slips for a survey: the answer side makes their serials, and the
// record has how many there are and a seal over them. It is the engagement lead's.
//
// hand puts the serials into somebody's hands, once; when it returns nil they are kept
// nowhere. Were the program killed before, or had hand failed, the next who asks for slips
// gets those first that nobody had, even where they are more than n.
func (h *House) MakeSlips(ctx context.Context, actor, org, id string, n int, hand func(serials []string) error) error {
	if err := h.answerSide(); err != nil {
		return err
	}
	// Two who ask at once must not get the same ones.
	h.slips.Lock()
	defer h.slips.Unlock()
	w, err := h.Waves.Wave(ctx, org, id)
	if err != nil {
		return err
	}
	if err := h.Waves.MaySlip(w, n); err != nil {
		return err
	}
	if w.Published.IsZero() {
		if err := h.publishEarly(ctx, w); err != nil {
			return err
		}
	}
	stacks, err := h.Answers.Unprinted(ctx, w.ID)
	if err != nil {
		return err
	}
	var all []string
	for _, stack := range stacks {
		all = append(all, stack...)
	}
	if len(all) < n {
		more, err := h.Answers.MakeSerials(ctx, w.ID, n-len(all))
		if err != nil {
			return err
		}
		stacks = append(stacks, more)
		all = append(all, more...)
	}
	for _, stack := range stacks {
		if err := h.recordStack(ctx, actor, w, stack); err != nil {
			return err
		}
	}
	if err := hand(all); err != nil {
		return err
	}
	return h.Answers.HandedOut(ctx, w.ID)
}

// recordStack puts into the record that slips were made, unless it has them.
func (h *House) recordStack(ctx context.Context, actor string, w wave.Wave, serials []string) error {
	seal := wave.StackSeal(serials)
	if slices.ContainsFunc(w.Stacks, func(k wave.Stack) bool { return k.Seal == seal }) {
		return nil
	}
	_, err := h.Journal.Record(ctx, journal.Fact{Org: w.Org, Kind: "survey.slips_made", Actor: actor}, func(tx *journal.Tx) error {
		tx.Detail("wave", w.ID)
		_, err := h.Waves.AddStackIn(ctx, tx, w.ID, len(serials), seal)
		return err
	})
	return err
}

// publishEarly gives the answer side the terms before the first day, so that slips can be
// printed.
func (h *House) publishEarly(ctx context.Context, w wave.Wave) error {
	t, err := terms(w)
	if err != nil {
		return err
	}
	return h.Answers.Publish(ctx, t)
}
