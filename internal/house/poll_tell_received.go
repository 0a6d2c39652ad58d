package house

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
)

// What an official does in a voter's name the voter is told: a teller who enters an
// envelope that never came, or a registrar who gives a voter's code to another, counts on
// nobody looking.

// tellReceived tells voters that a vote of theirs was entered by a teller.
func (h *House) tellReceived(ctx context.Context, tx *db.Tx, p poll.Poll, stage poll.Stage) (out []notice.Message, err error) {
	if stage != poll.Open && stage != poll.Closed {
		return nil, nil
	}
	ways := map[box.Channel]string{box.Paper: "on paper", box.Telephone: "by telephone"}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		marks, err := h.Boxes.PollbookIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		entered := map[string]box.Channel{}
		for _, m := range marks {
			if ways[m.Channel] != "" && m.State != box.Disqualified {
				entered[m.Entry] = m.Channel
			}
		}
		if len(entered) == 0 {
			continue
		}
		voters, err := h.Polls.VotersIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range voters {
			way := ways[entered[v.ID]]
			if way == "" {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindVoteEntered, To: notice.Person{ID: v.Person}, About: about(c.ID, v.Person), Statutory: true,
				Subject: p.Title + ": a vote from you was entered",
				Body: []string{
					c.Title + ". A teller has entered that a vote came from you " + way + ". It counts, and you cannot vote in another way.",
					"If you sent none, tell the returning officer and the observers of this vote at once.",
				},
				Action: notice.Link{Text: "See what we have from you", Path: place(p, c)},
				Reason: "You get this because you are on the roll of this vote, so that nobody can vote in your name without your knowing.",
			})
		}
	}
	return out, nil
}

// tellReplaced tells voters that the registrar has taken what they vote with out of use,
// or has replaced it.
func (h *House) tellReplaced(ctx context.Context, p poll.Poll, stage poll.Stage) (out []notice.Message, err error) {
	if stage != poll.Announced && stage != poll.Open {
		return nil, nil
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() || c.Roll == nil {
			continue
		}
		list, err := h.Boxes.Credentials(ctx, p.Org, c.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		stands := map[string]bool{}
		for _, one := range list {
			stands[one.Entry] = stands[one.Entry] || one.Voided == ""
		}
		var people map[string]string
		for _, one := range list {
			what := ""
			switch {
			case one.Entry == "":
			case one.Voided == "" && one.How == box.Spare:
				what = "was replaced by the registrar. The new one was to be handed to you."
			case one.Voided != "" && !stands[one.Entry]:
				what = "was taken out of use by the registrar. Ask for another, or you cannot vote on the web."
			}
			if what == "" {
				continue
			}
			if people == nil {
				if people, err = h.peopleOn(ctx, p.Org, c.ID); err != nil {
					return nil, err
				}
			}
			person, ok := people[one.Entry]
			if !ok {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindCodeReplaced, To: notice.Person{ID: person}, About: about(one.ID, person), Statutory: true, Urgent: true,
				Subject: p.Title + ": your key or code to vote",
				Body:    []string{c.Title + ". What you vote with " + what, "If you did not ask for this, tell the returning officer and the observers of this vote at once."},
				Action:  notice.Link{Text: "See what you can vote with", Path: place(p, c)},
				Reason:  "You get this because you are on the roll of this vote, so that nobody can vote in your name without your knowing.",
			})
		}
	}
	return out, nil
}

// peopleOn are the people on the roll of a contest by the ids of their lines.
func (h *House) peopleOn(ctx context.Context, org, contest string) (map[string]string, error) {
	voters, err := h.Polls.Voters(ctx, org, contest)
	out := map[string]string{}
	for _, v := range voters {
		if v.Stands() {
			out[v.ID] = v.Person
		}
	}
	return out, err
}
