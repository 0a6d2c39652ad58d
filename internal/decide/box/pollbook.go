package box

import (
	"context"
	"database/sql"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Channel is a way of voting.
type Channel string

// The channels.
const (
	Web       Channel = "web"
	Paper     Channel = "paper"
	Telephone Channel = "telephone"
)

// State is what has become of a vote that was received.
type State string

// The states.
const (
	Voted        State = "voted"
	Spoilt       State = "spoilt"
	Disqualified State = "disqualified"
	Returned     State = "returned" // received and not opened yet
)

// Mark is a line of the pollbook: that a vote was received from a voter. The channel
// of the first locks the others. Each paper that comes after it from the same voter
// has a line of its own, Disqualified.
type Mark struct {
	Entry   string // id of the voter's line on the roll
	Contest string
	Channel Channel
	Hour    string // in which the first was received: 2026-11-22T13
	Ballot  int    // place in the archive of the ballot that counts, of the web; else 0
	State   State
	Reason  string
}

func (m Mark) row() journal.Row {
	row := journal.Row{"id": m.Entry, "contest_id": m.Contest, "channel": m.Channel, "at_hour": m.Hour, "state": m.State}
	if m.Ballot > 0 {
		row["ballot"] = m.Ballot
	}
	if m.Reason != "" {
		row["reason"] = m.Reason
	}
	return row
}

func marks(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Mark, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var m Mark
		var ballot sql.NullInt64
		var reason sql.NullString
		err := rows.Scan(&m.Entry, &m.Contest, &m.Channel, &m.Hour, &ballot, &m.State, &reason)
		m.Ballot, m.Reason = int(ballot.Int64), reason.String
		m.Entry, _, _ = strings.Cut(m.Entry, further)
		out = append(out, m)
		return err
	}, `SELECT id, contest_id, channel, at_hour, ballot, state, reason FROM pollbook WHERE org_id = ? AND `+where, args...)
	return out, err
}

// markOf is the line of a voter, nil if no vote was received.
func markOf(ctx context.Context, tx *db.Tx, org, entry string) (*Mark, error) {
	list, err := marks(ctx, tx, `id = ?`, org, entry)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Marked is the line of a voter, nil if no vote was received. The voter's own, and
// the returning officer's.
func (s *Service) Marked(ctx context.Context, org, contest, person string) (m *Mark, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		v, err := s.polls.Voter(ctx, tx, org, contest, person)
		if err != nil {
			return err
		}
		m, err = markOf(ctx, tx, org, v.Entry)
		return err
	})
	return m, err
}

// Pollbook are all lines of a contest, of votes that are disqualified too. The
// returning officer's.
func (s *Service) Pollbook(ctx context.Context, org, contest string) (out []Mark, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = s.PollbookIn(ctx, tx, org, contest)
		return err
	})
	return out, err
}

// PollbookIn is [Service.Pollbook] as part of a transaction.
func (s *Service) PollbookIn(ctx context.Context, tx *db.Tx, org, contest string) ([]Mark, error) {
	return marks(ctx, tx, `contest_id = ? ORDER BY id`, org, contest)
}
