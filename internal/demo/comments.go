package demo

import (
	"context"

	"commonweal/internal/listen/answers"
	"commonweal/survey/comment"
)

// readComments has the engagement lead and the staff side read what was written in a
// survey of our own. They agree about most of it, withhold together what tells of one
// person's post, and leave some for whoever looks round as one of them.
func (b *builder) readComments(ctx context.Context, code string) error {
	w, err := b.h.Waves.ByCode(ctx, Org, code)
	if err != nil || w.Answers < w.CommentMinimum {
		return err
	}
	list, _, err := b.h.GateComments(ctx, b.ids["rhian"], Org, w.ID)
	if err != nil {
		return err
	}
	scrubber, err := b.h.Scrubber(ctx, Org)
	if err != nil {
		return err
	}
	for _, c := range list {
		readers := []string{"rhian", "dev"}
		switch chance("is read"+c.Text+c.ID, 12) {
		case 0:
			readers = nil
		case 1:
			readers = readers[:1]
		}
		found := scrubber.Scrub(c.Text)
		r := answers.Reading{Verdict: answers.Show, Text: found.Text}
		for _, span := range found.Spans {
			if span.Kind == comment.Name && !span.Doubtful {
				r = answers.Reading{Verdict: answers.Withhold, Reason: "It is about one person, and the team would know who even without the name."}
			}
		}
		for _, who := range readers {
			if err := b.h.DecideComment(ctx, b.ids[who], Org, w.ID, c.ID, r); err != nil {
				return err
			}
		}
	}
	return nil
}
