package wave

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// The ways in which what lets one answer in is issued.
const (
	byToken = "token"
	bySlip  = "slip"
)

// Standing is whether somebody may draw a token, and why.
type Standing struct {
	Eligible bool
	Drawn    bool   // a token was drawn, or a slip given
	Slip     bool   // it was a slip
	Reason   string // a sentence for the person
}

// draw is one sealed row: who, what they sent, what they got.
type draw struct {
	Person    string `json:"person"`
	Blinded   string `json:"blinded"`
	Signature string `json:"signature"`
}

// Eligible is how somebody stands to a wave. It is that person's.
func (s *Service) Eligible(ctx context.Context, org, id, person string) (st Standing, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		w, err := one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		if err := w.checkCalled(); err != nil {
			st.Reason = "Nobody is asked yet."
			if w.BroughtIn() {
				st.Reason = "This survey was held by " + w.Source + "."
			}
			return nil
		}
		st, _, err = s.standing(ctx, tx, w, person)
		return err
	})
	return st, err
}

// standing is how somebody stands to a wave, with the sealed draw where there is one.
func (s *Service) standing(ctx context.Context, tx *db.Tx, w Wave, person string) (st Standing, d *draw, err error) {
	var n int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM wave_person WHERE wave_id = ? AND person_id = ?`, w.ID, person).Scan(&n); err != nil {
		return st, nil, err
	}
	day := w.Census.Words()
	if n == 0 {
		st.Reason = "Those who were employed on " + day + " are asked, and the staff list of that day does not have you."
		if w.Whom == Members {
			st.Reason = "Members who were employed on " + day + " are asked, and you were not one of them."
		}
		return st, nil, nil
	}
	st.Eligible, st.Reason = true, "You are asked because you were employed on "+day+"."
	if w.Whom == Members {
		st.Reason = "You are asked because you were employed and a member on " + day + "."
	}
	var way string
	err = tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&way) }, `SELECT way FROM token_issued WHERE wave_id = ? AND person_id = ?`, w.ID, person)
	if err != nil {
		return st, nil, err
	}
	st.Drawn, st.Slip = way != "", way == bySlip
	d, err = s.drawn(ctx, tx, w, person)
	st.Drawn = st.Drawn || d != nil
	return st, d, err
}

// drawn opens the draw of a person, if there is one.
func (s *Service) drawn(ctx context.Context, tx *db.Tx, w Wave, person string) (*draw, error) {
	mark, err := s.mark(w.Org, w.ID, person)
	if err != nil {
		return nil, err
	}
	var sealed string
	err = tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&sealed) }, `SELECT sealed FROM token_draw WHERE mark = ?`, mark)
	if err != nil || sealed == "" {
		return nil, err
	}
	return s.openDraw(w, mark, sealed)
}

func (s *Service) openDraw(w Wave, mark, sealed string) (*draw, error) {
	plain, err := s.unseal("draw", w.Org, w.ID, sealed, []byte(mark))
	if err != nil {
		return nil, err
	}
	var d draw
	return &d, json.Unmarshal(plain, &d)
}

// Drew reports whether somebody has drawn a token or was given a slip.
func (s *Service) Drew(ctx context.Context, org, id, person string) (bool, error) {
	st, err := s.Eligible(ctx, org, id, person)
	return st.Drawn, err
}

// Draw signs the blinded token of somebody who is eligible, while the wave is open, and
// returns the signature. Asked again with the same message it gives the same signature;
// another message of the same person is a Conflict.
func (s *Service) Draw(ctx context.Context, org, id, person string, blinded []byte) ([]byte, error) {
	w, err := s.Wave(ctx, org, id)
	if err != nil {
		return nil, err
	}
	if signature, err := s.before(ctx, w, person, blinded); signature != nil || err != nil {
		return signature, err
	}
	key, err := s.key(ctx, w)
	if err != nil {
		return nil, err
	}
	if len(blinded) != key.Public().Size() {
		return nil, fault.Fieldf("blinded", "a blinded pass has %d bytes and this %d", key.Public().Size(), len(blinded))
	}
	signature, err := key.Sign(blinded) // outside the transaction: it takes its time
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "this is no blinded pass of survey %s", w.Code)
	}
	row, mark, err := s.sealDraw(w, draw{person, encoded(blinded), encoded(signature)})
	if err != nil {
		return nil, err
	}
	err = s.journal.DB().Write(ctx, func(tx *db.Tx) error {
		w, err := one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		if err := s.at(w, "passes are drawn while it is open", Open); err != nil {
			return err
		}
		st, d, err := s.standing(ctx, tx, w, person)
		if err != nil {
			return err
		}
		if st.Drawn {
			signature, err = again(w, st, d, blinded)
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO token_draw (mark, wave_id, sealed) VALUES (?, ?, ?)`, mark, w.ID, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	return signature, nil
}

// before answers what needs no new signature: a refusal, or the same one again.
func (s *Service) before(ctx context.Context, w Wave, person string, blinded []byte) (signature []byte, err error) {
	if err := w.checkCalled(); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *db.Tx) error {
		st, d, err := s.standing(ctx, tx, w, person)
		if err != nil {
			return err
		}
		if !st.Eligible {
			return fault.Errorf(fault.Forbidden, "survey %s: %s", w.Code, st.Reason)
		}
		if err := s.at(w, "passes are drawn from "+w.Opens.Words()+" to "+w.Closes.Words(), Open); err != nil {
			return err
		}
		if st.Drawn {
			signature, err = again(w, st, d, blinded)
		}
		return err
	})
	return signature, err
}

// again gives the signature that somebody has, for the same message alone.
func again(w Wave, st Standing, d *draw, blinded []byte) ([]byte, error) {
	switch {
	case st.Slip:
		return nil, fault.Errorf(fault.Conflict, "survey %s: you were given a paper slip, and one pass is given to each person", w.Code)
	case d == nil || d.Blinded != encoded(blinded):
		return nil, fault.Errorf(fault.Conflict, "survey %s: you have drawn your pass, on this or another device, and one is given to each person", w.Code)
	}
	return base64.StdEncoding.DecodeString(d.Signature)
}

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func (s *Service) sealDraw(w Wave, d draw) (sealed, mark string, err error) {
	if mark, err = s.mark(w.Org, w.ID, d.Person); err != nil {
		return "", "", err
	}
	plain, err := json.Marshal(d)
	if err != nil {
		return "", "", err
	}
	sealed, err = s.seal("draw", w.Org, w.ID, plain, []byte(mark))
	return sealed, mark, err
}

// RecordDraws puts what was drawn since the last time into the record, by day alone, and
// returns how many there were. A job does it once a day and at the close.
func (s *Service) RecordDraws(ctx context.Context, org, id string) (n int, err error) {
	err = s.change(ctx, System, org, "survey.tokens_issued", id, func(tx *journal.Tx, w Wave) error {
		n, err = s.recordDraws(ctx, tx, w)
		if err == nil && n == 0 {
			err = journal.ErrNothing
		}
		return err
	})
	return n, err
}

// recordDraws writes one row a person, in order of persons: neither ids nor the entry
// tell who came first.
func (s *Service) recordDraws(ctx context.Context, tx *journal.Tx, w Wave) (int, error) {
	var people, marks []string
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var mark, sealed string
		if err := rows.Scan(&mark, &sealed); err != nil {
			return err
		}
		d, err := s.openDraw(w, mark, sealed)
		if err != nil {
			return err
		}
		people, marks = append(people, d.Person), append(marks, mark)
		return nil
	}, `SELECT mark, sealed FROM token_draw WHERE wave_id = ? AND recorded IS NULL`, w.ID)
	if err != nil || len(people) == 0 {
		return 0, err
	}
	slices.Sort(people)
	today := s.today().String()
	for _, p := range people {
		err := tx.Insert(ctx, "token_issued", journal.Row{"id": tx.ID(), "wave_id": w.ID, "person_id": p, "way": byToken, "day": today})
		if err != nil {
			return 0, err
		}
	}
	for _, m := range marks {
		if _, err := tx.Exec(ctx, `UPDATE token_draw SET recorded = ? WHERE mark = ?`, today, m); err != nil {
			return 0, err
		}
	}
	tx.Detail("issued", len(people))
	return len(people), nil
}

// AddStackIn records a stack of slips, as part of a change.
func (s *Service) AddStackIn(ctx context.Context, tx *journal.Tx, id string, slips int, seal string) (Stack, error) {
	w, err := one(ctx, tx.Tx, tx.Org(), id)
	if err != nil {
		return Stack{}, err
	}
	if err := s.MaySlip(w, slips); err != nil {
		return Stack{}, err
	}
	if len(seal) != 2*32 {
		return Stack{}, fault.Fieldf("seal", "the seal %.70q is no SHA-256 in hexadecimal", seal)
	}
	k := Stack{ID: tx.ID(), Number: len(w.Stacks) + 1, Slips: slips, Seal: seal, Made: s.today(), MadeBy: tx.Actor()}
	tx.Detail("slips", slips)
	tx.Detail("seal", seal)
	return k, tx.Insert(ctx, "serial_stack", journal.Row{
		"id": k.ID, "wave_id": w.ID, "number": k.Number, "slips": k.Slips, "seal": k.Seal, "made": k.Made.String(), "made_by": k.MadeBy,
	})
}

// StackSeal is the seal of a stack: SHA-256 over its serials, sorted, one a line. Whoever
// has the printed stack before it is shuffled and given out can make it again.
func StackSeal(serials []string) string {
	sorted := slices.Sorted(slices.Values(serials))
	return hashOf([]byte("commonweal/stack/1\n" + strings.Join(sorted, "\n") + "\n"))
}

// GiveSlip ticks that somebody was given a paper slip, which one is not known. It is the
// engagement lead's and the secretary's.
func (s *Service) GiveSlip(ctx context.Context, actor, org, id, person string) error {
	return s.change(ctx, actor, org, "survey.slip_given", id, func(tx *journal.Tx, w Wave) error {
		if err := w.checkCalled(); err != nil {
			return err
		}
		if err := s.at(w, "slips are given until its last day", Called, Open); err != nil {
			return err
		}
		st, _, err := s.standing(ctx, tx.Tx, w, person)
		switch {
		case err != nil:
			return err
		case !st.Eligible:
			return fault.Errorf(fault.Conflict, "survey %s: person %s is not asked", w.Code, person)
		case st.Slip:
			return fault.Errorf(fault.Conflict, "survey %s: person %s was given a slip", w.Code, person)
		case st.Drawn:
			return fault.Errorf(fault.Conflict, "survey %s: person %s has drawn a pass, and one is given to each", w.Code, person)
		}
		made, given := 0, 0
		for _, k := range w.Stacks {
			made += k.Slips
		}
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM token_issued WHERE wave_id = ? AND way = ?`, w.ID, bySlip).Scan(&given); err != nil {
			return err
		}
		if given >= made {
			return fault.Errorf(fault.Conflict, "survey %s: all %d slips are given: make more", w.Code, made)
		}
		return tx.Insert(ctx, "token_issued", journal.Row{"id": tx.ID(), "wave_id": w.ID, "person_id": person, "way": bySlip, "day": s.today().String()})
	})
}

// Slip is that somebody was given a paper slip.
type Slip struct {
	Person string
	Day    string
}

// Slips are those that were given out, by day.
func (s *Service) Slips(ctx context.Context, org, id string) (out []Slip, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var x Slip
			err := rows.Scan(&x.Person, &x.Day)
			out = append(out, x)
			return err
		}, `SELECT person_id, day FROM token_issued WHERE org_id = ? AND wave_id = ? AND way = ? ORDER BY day, id`, org, id, bySlip)
	})
	return out, err
}

// MaySlip says why so many slips cannot be made of a wave now, or nil.
func (s *Service) MaySlip(w Wave, slips int) error {
	if err := w.checkCalled(); err != nil {
		return err
	}
	if err := s.at(w, "slips are made before the last day", Called, Open); err != nil {
		return err
	}
	made := 0
	for _, k := range w.Stacks {
		made += k.Slips
	}
	switch {
	case !w.Paper:
		return fault.Errorf(fault.Conflict, "survey %s was called without paper", w.Code)
	case slips < 1 || made+slips > mostSerials:
		return fault.Fieldf("slips", "%d slips are too few or, with %d that there are, too many", slips, made)
	}
	return nil
}
