package box

import (
	"context"
	"errors"
	"fmt"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Opening is how far the votes of a contest that is closed have been mixed and opened.
type Opening struct {
	Ranked bool
	Ended  bool // no mix may come any more
	// Mixed and Opened are the numbers of those who have mixed and who have opened
	// their part, in the order of the archive.
	Mixed, Opened []int
	Finished      bool
	Ballots       int // that count
	Votes         int64

	election *belenios.Election
	tally    belenios.Hash
	at, mix  int // records of the encrypted tally, and of the last mix; 0 for none
}

// Ready reports whether keyholders may open their parts.
func (o Opening) Ready() bool { return !o.Finished && (!o.Ranked || o.Ended) }

// Opening reads that. It is Conflict before the votes are closed. Anybody may see it:
// all of it stands in the archive.
func (s *Service) Opening(ctx context.Context, org, contest string) (out Opening, err error) {
	text, _, _, err := s.Setup(ctx, org, contest)
	if err != nil {
		return Opening{}, err
	}
	e, err := belenios.ParseElection(text)
	if err != nil {
		return Opening{}, err
	}
	err = s.read(ctx, func(tx *db.Tx) error {
		out = Opening{election: e, Ranked: e.Ranked()}
		return out.walk(ctx, tx, org, contest)
	})
	if err == nil && out.at == 0 {
		err = fault.Errorf(fault.Conflict, "the votes of contest %s are not closed yet", contest)
	}
	return out, err
}

// Tally is what keyholders mix next or, once that is [Opening.Ready], open: the election,
// and the sums that were recomputed when it was closed, with the rankings as the last mix
// left them. It is Conflict before. Anybody may have it: it follows from the archive.
func (s *Service) Tally(ctx context.Context, org, contest string) (election, tally []byte, err error) {
	o, err := s.Opening(ctx, org, contest)
	if err != nil {
		return nil, nil, err
	}
	var text, mix string
	err = s.read(ctx, func(tx *db.Tx) error {
		if text, err = bodyAt(ctx, tx, org, contest, o.at, &o.tally); err != nil || o.mix == 0 {
			return err
		}
		mix, err = bodyAt(ctx, tx, org, contest, o.mix, nil)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	t, err := belenios.ParseEncryptedTally(o.election, []byte(text))
	if err != nil || mix == "" {
		return o.election.Bytes(), []byte(text), err
	}
	last, err := belenios.ParseShuffle(o.election, []byte(mix))
	if err != nil {
		return nil, nil, err
	}
	if t, err = t.Merge(last.Ciphertexts()); err != nil {
		return nil, nil, err
	}
	return o.election.Bytes(), t.Bytes(), nil
}

// walk goes through the events after the last ballot. What belongs to an event stands
// before it: the payload that it names, and before that what the payload names. Mixes
// are large, so they are not read here.
func (o *Opening) walk(ctx context.Context, tx *db.Tx, org, contest string) error {
	type placed struct {
		archive.Event
		n int
	}
	var events []placed
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var n int
		var body string
		if err := rows.Scan(&n, &body); err != nil {
			return err
		}
		e, err := archive.ParseEvent([]byte(body))
		events = append(events, placed{e, n})
		return err
	}, `SELECT n, body FROM box_file WHERE org_id = ? AND contest_id = ? AND name LIKE '%.event.json' AND n >= (
		SELECT MAX(records) FROM box_head WHERE org_id = ? AND contest_id = ? AND stage = ?) ORDER BY n`,
		org, contest, org, contest, archive.Voting.String())
	if err != nil {
		return err
	}
	for _, e := range events {
		body := ""
		if e.Type == archive.EncryptedTally || e.Type == archive.Shuffle || e.Type == archive.PartialDecryption {
			if body, err = bodyAt(ctx, tx, org, contest, e.n-1, e.Payload); err != nil {
				return err
			}
		}
		if err := o.add(e.Type, e.n, []byte(body)); err != nil {
			return err
		}
	}
	return nil
}

func (o *Opening) add(kind archive.EventType, n int, payload []byte) error {
	switch kind {
	case archive.EncryptedTally:
		sized, err := belenios.ParseSizedTally(payload)
		o.Ballots, o.Votes, o.tally, o.at = sized.NumTallied, sized.TotalWeight, sized.Tally, n-2
		return err
	case archive.Shuffle:
		owned, err := belenios.ParseOwned(payload)
		o.Mixed, o.mix = append(o.Mixed, owned.Owner), n-2
		return err
	case archive.PartialDecryption:
		owned, err := belenios.ParseOwned(payload)
		o.Opened = append(o.Opened, owned.Owner)
		return err
	case archive.EndShuffles:
		o.Ended = true
	case archive.Result:
		o.Finished = true
	}
	return nil
}

// bodyAt is one record of the file, which must be the one with that hash where one is
// given.
func bodyAt(ctx context.Context, tx *db.Tx, org, contest string, n int, want *belenios.Hash) (body string, err error) {
	var name string
	err = tx.QueryRow(ctx, `SELECT name, body FROM box_file WHERE org_id = ? AND contest_id = ? AND n = ?`, org, contest, n).Scan(&name, &body)
	if errors.Is(err, db.ErrNoRows) || err == nil && want != nil && name != nameOf(*want) {
		err = fmt.Errorf("the archive of contest %s has not at %d what its events name", contest, n)
	}
	return body, err
}
