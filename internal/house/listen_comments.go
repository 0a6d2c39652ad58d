package house

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
)

// commentReader tells the readers of a wave's comments apart on the answer side, and is no
// name there.
func commentReader(wave, person string) string {
	sum := sha256.Sum256([]byte("reader " + wave + " " + person))
	return hex.EncodeToString(sum[:])
}

// GateComments are the comments of a survey as they were written, with what was decided
// about them. It is for those alone who decide: the engagement lead and the staff side.
// Of a survey that fewer answered than its comments need, nobody reads any.
// mine is the reader that the actor is among them.
func (h *House) GateComments(ctx context.Context, actor, org, id string) (list []answers.Gated, mine string, err error) {
	w, err := h.commented(ctx, org, id)
	if err != nil {
		return nil, "", err
	}
	list, err = h.Answers.Gate(ctx, w.ID)
	return list, commentReader(w.ID, actor), err
}

// CommentsDecided is how many comments of a survey were written, and what became of them:
// of what nobody sees, everybody sees how much it is.
type CommentsDecided struct {
	Written, Shown int
	Withheld       int // by two readers
	KeptBack       int // by one, until a second agrees or brings it back; the others wait for readers
}

// ShownComments are the comments of a survey that two readers let through, and how many
// wait or are withheld. They are shown where enough people answered, and where not at all.
func (h *House) ShownComments(ctx context.Context, org, id string) (list []answers.Comment, n CommentsDecided, err error) {
	w, err := h.commented(ctx, org, id)
	if err != nil {
		return nil, n, err
	}
	all, err := h.Answers.Gate(ctx, w.ID)
	n.Written = len(all)
	for _, g := range all {
		if text, ok := g.Shown(); ok {
			list = append(list, answers.Comment{ID: g.ID, Unit: g.Unit, Text: text})
		} else if _, ok := g.Withheld(); ok {
			n.Withheld++
		} else if g.KeptBack() {
			n.KeptBack++
		}
	}
	n.Shown = len(list)
	return list, n, err
}

// DecideComment keeps what a reader decided about a comment. That they read it is in the
// record, and not what it says.
func (h *House) DecideComment(ctx context.Context, actor, org, id, comment string, r answers.Reading) error {
	w, err := h.commented(ctx, org, id)
	if err != nil {
		return err
	}
	r.Reader = commentReader(w.ID, actor)
	if err := h.Answers.Decide(ctx, w.ID, comment, r); err != nil {
		return err
	}
	_, err = h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "survey.comment_read", Actor: actor}, func(tx *journal.Tx) error {
		tx.Detail("wave", w.ID)
		tx.Detail("verdict", string(r.Verdict))
		return nil
	})
	return err
}

// commented finds a survey whose comments can be read.
func (h *House) commented(ctx context.Context, org, id string) (wave.Wave, error) {
	w, err := h.Waves.Wave(ctx, org, id)
	if err != nil {
		return w, err
	}
	switch {
	case !w.Comments:
		return w, fault.Errorf(fault.NotFound, "nobody was asked for a comment in this survey")
	case !w.Abandoned.IsZero():
		return w, fault.Errorf(fault.Conflict, "survey %s was abandoned: nothing that was written in it is read", w.Code)
	case !w.Settled.IsZero() && w.Answers < w.CommentMinimum:
		return w, fault.Errorf(fault.Conflict, "fewer than %d answered survey %s: nobody reads what was written in it, as its first page says", w.CommentMinimum, w.Code)
	}
	return w, h.answerSide()
}
