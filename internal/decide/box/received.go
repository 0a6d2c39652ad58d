package box

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// What the room of paper votes does with the pollbook, as part of its own changes.

// ByNumber finds a voter by number, with their line in the pollbook, nil if no vote
// was received. NotFound where the roll has no such number.
func (s *Service) ByNumber(ctx context.Context, tx *db.Tx, org, contest string, number int) (Voter, *Mark, error) {
	voters, err := s.polls.Voters(ctx, tx, org, contest)
	if err != nil {
		return Voter{}, nil, err
	}
	at := slices.IndexFunc(voters, func(v Voter) bool { return v.Number == number })
	if at < 0 {
		return Voter{}, nil, fault.Errorf(fault.NotFound, "there is no voter %d on the roll of contest %s", number, contest)
	}
	m, err := markOf(ctx, tx, org, voters[at].Entry)
	return voters[at], m, err
}

// ReceiveIn marks a voter from whom a vote came on paper or by telephone, as part of
// the change that enters it. The first vote received counts, and a paper is received
// when it is entered: a paper of somebody who has a line already is kept as a further
// line, Disqualified, and is not opened; a call of theirs is Conflict. Before the
// opening nothing is received; after the close what is late, which says that it
// arrived before the close. Until when that may be said is for the room that enters it.
func (s *Service) ReceiveIn(ctx context.Context, tx *journal.Tx, contest string, number int, by Channel, late bool) (Mark, Voter, error) {
	if by != Paper && by != Telephone {
		return Mark{}, Voter{}, fault.Fieldf("channel", "a teller receives votes on paper and by telephone: %q", by)
	}
	c, err := s.polls.Contest(ctx, tx.Tx, tx.Org(), contest)
	if err != nil {
		return Mark{}, Voter{}, err
	}
	now := s.journal.World().Now()
	after := !c.Closes.IsZero() && !now.Before(c.Closes)
	if !after || !late || by != Paper {
		if err := c.openAt(now); err != nil {
			return Mark{}, Voter{}, err
		}
	}
	v, first, err := s.ByNumber(ctx, tx.Tx, tx.Org(), contest, number)
	if err != nil {
		return Mark{}, v, err
	}
	m := Mark{Entry: v.Entry, Contest: contest, Channel: by, Hour: hour(tx.At()), State: Returned}
	if by == Telephone {
		m.State = Voted
	}
	if first == nil {
		return m, v, tx.Insert(ctx, "pollbook", m.row())
	}
	if by == Telephone {
		return *first, v, fault.Errorf(fault.Conflict, "a vote was received from voter %d already, by %s", number, first.Channel)
	}
	others, err := marks(ctx, tx.Tx, `id LIKE ?`, tx.Org(), furtherOf(v.Entry, "%"))
	if err != nil {
		return Mark{}, v, err
	}
	m.State, m.Reason = Disqualified, fmt.Sprintf("a vote was received from this voter before, by %s", first.Channel)
	row := m.row()
	row["id"] = furtherOf(v.Entry, fmt.Sprintf("%04d", len(others)+1))
	return m, v, tx.Insert(ctx, "pollbook", row)
}

// furtherOf is the id of a line about a vote after the first, which does not count.
func furtherOf(entry, n string) string { return entry + further + n }

const further = "/further/"

// SpoilIn says of a paper vote that was received that there is nothing to count in
// its envelope, as part of a change.
func (s *Service) SpoilIn(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	_, m, err := s.ByNumber(ctx, tx.Tx, tx.Org(), contest, number)
	switch {
	case err != nil:
		return err
	case m == nil || m.Channel != Paper || m.State != Returned:
		return fault.Errorf(fault.Conflict, "there is no unopened envelope from voter %d", number)
	}
	m.State, m.Reason = Spoilt, reason
	return tx.Update(ctx, "pollbook", m.row())
}

// TakeBackIn takes back that a paper vote was received from a voter, as part of a
// change: the last that is disqualified, or else the first. The record keeps why.
func (s *Service) TakeBackIn(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	v, m, err := s.ByNumber(ctx, tx.Tx, tx.Org(), contest, number)
	if err != nil {
		return err
	}
	others, err := marks(ctx, tx.Tx, `id LIKE ?`, tx.Org(), furtherOf(v.Entry, "%"))
	if err != nil {
		return err
	}
	id := v.Entry
	switch {
	case len(others) > 0:
		id = furtherOf(v.Entry, fmt.Sprintf("%04d", len(others)))
	case m == nil || m.Channel != Paper:
		return fault.Errorf(fault.Conflict, "no envelope was received from voter %d", number)
	}
	tx.Detail("taken_back", strings.TrimSpace(reason))
	return tx.Delete(ctx, "pollbook", id)
}

// ReceivedIn are the lines of a contest about votes by a channel, with their voters,
// those who are disqualified among them.
func (s *Service) ReceivedIn(ctx context.Context, tx *db.Tx, org, contest string, by Channel) ([]Mark, []Voter, error) {
	voters, err := s.polls.Voters(ctx, tx, org, contest)
	if err != nil {
		return nil, nil, err
	}
	number := map[string]Voter{}
	for _, v := range voters {
		number[v.Entry] = v
	}
	list, err := marks(ctx, tx, `contest_id = ? AND channel = ?`, org, contest, by)
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(list, func(a, b Mark) int { return number[a.Entry].Number - number[b.Entry].Number })
	out := make([]Voter, len(list))
	for i, m := range list {
		out[i] = number[m.Entry]
	}
	return list, out, nil
}
