package box

import (
	"context"
	"fmt"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Opening is how far the votes of a contest that is closed have been mixed and opened,
// and what keyholders open.
type Opening struct {
	Ranked bool
	Ended  bool // no mix may come any more
	// Mixed and Opened are the numbers of those who have mixed and who have opened
	// their part, in the order of the archive.
	Mixed, Opened []int
	Finished      bool
	Ballots       int // that count
	Votes         int64
	Election      []byte
	// Tally is what the archive's own tally gives: the sums that were recomputed when
	// it was closed, with the rankings as the last mix left them.
	Tally []byte
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
		out = Opening{Election: text, Ranked: e.Ranked()}
		return out.walk(ctx, tx, org, contest, e)
	})
	if err == nil && out.Tally == nil {
		err = fault.Errorf(fault.Conflict, "the votes of contest %s are not closed yet", contest)
	}
	return out, err
}

// walk goes through what came after the last ballot. It was all verified when it came.
func (o *Opening) walk(ctx context.Context, tx *db.Tx, org, contest string, e *belenios.Election) error {
	data := map[string]string{}
	var tally *belenios.EncryptedTally
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var name, body string
		if err := rows.Scan(&name, &body); err != nil {
			return err
		}
		if !strings.HasSuffix(name, ".event.json") {
			data[name] = body
			return nil
		}
		event, err := archive.ParseEvent([]byte(body))
		if err != nil {
			return err
		}
		tally, err = o.add(e, event, tally, func(h belenios.Hash) []byte { return []byte(data[nameOf(h)]) })
		return err
	}, `SELECT name, body FROM box_file WHERE org_id = ? AND contest_id = ? AND n >= (
		SELECT MAX(records) FROM box_head WHERE org_id = ? AND contest_id = ? AND stage = ?) ORDER BY n`,
		org, contest, org, contest, archive.Voting.String())
	if err == nil && tally != nil {
		o.Tally = tally.Bytes()
	}
	return err
}

// add takes an event and gives the tally after it.
func (o *Opening) add(e *belenios.Election, event archive.Event, tally *belenios.EncryptedTally, data func(belenios.Hash) []byte) (*belenios.EncryptedTally, error) {
	var body []byte
	if event.Payload != nil {
		body = data(*event.Payload)
	}
	switch event.Type {
	case archive.EncryptedTally:
		sized, err := belenios.ParseSizedTally(body)
		if err != nil {
			return nil, err
		}
		o.Ballots, o.Votes = sized.NumTallied, sized.TotalWeight
		return belenios.ParseEncryptedTally(e, data(sized.Tally))
	case archive.Shuffle:
		owned, err := belenios.ParseOwned(body)
		if err != nil {
			return nil, err
		}
		mix, err := belenios.ParseShuffle(e, data(owned.Payload))
		if err != nil {
			return nil, fmt.Errorf("mix of keyholder %d: %w", owned.Owner, err)
		}
		o.Mixed = append(o.Mixed, owned.Owner)
		return tally.Merge(mix.Ciphertexts())
	case archive.PartialDecryption:
		owned, err := belenios.ParseOwned(body)
		if err != nil {
			return nil, err
		}
		o.Opened = append(o.Opened, owned.Owner)
	case archive.EndShuffles:
		o.Ended = true
	case archive.Result:
		o.Finished = true
	}
	return tally, nil
}
