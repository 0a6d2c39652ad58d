package box

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
)

// Tracked is a ballot as everybody sees it.
type Tracked struct {
	Height  int // of its event in the archive
	Tracker string
}

// beforeBallots is how many records come before the first ballot, counting from the
// one with two for each height: header, three parts, what joins them, Setup.
const beforeBallots = 5

// Trackers are those of the ballots above a height of the archive, at most so many,
// in the archive's order, also of ballots that a later one replaced. Anybody may see
// them.
func (s *Service) Trackers(ctx context.Context, org, contest string, above, limit int) (out []Tracked, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var body string
			if err := rows.Scan(&body); err != nil {
				return err
			}
			e, err := archive.ParseEvent([]byte(body))
			if err == nil && e.Type == archive.Ballot {
				out = append(out, Tracked{e.Height, base64.RawStdEncoding.EncodeToString(e.Payload[:])})
			}
			return err
		}, `SELECT body FROM box_file WHERE org_id = ? AND contest_id = ? AND n > ? AND name LIKE '%.event.json' ORDER BY n LIMIT ?`,
			org, contest, beforeBallots+2*above, limit)
	})
	return out, err
}

// CastWith is a ballot in the archive with the public credential that signed it.
type CastWith struct{ Tracker, Credential string }

// Cast are all ballots with their credentials, in the archive's order. Anybody can read
// it in the archive.
func (s *Service) Cast(ctx context.Context, org, contest string) (out []CastWith, err error) {
	var file bytes.Buffer
	if _, err := s.Archive(ctx, org, contest, &file); err != nil {
		return nil, err
	}
	reader, err := archive.NewReader(&file)
	if err != nil {
		return nil, err
	}
	election, _, _, err := s.Setup(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	e, err := belenios.ParseElection(election)
	if err != nil {
		return nil, err
	}
	steps := archive.NewScanner(reader, func(archive.Step) (bool, error) { return e.Ranked(), nil })
	for {
		step, err := steps.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		case step.Event.Type != archive.Ballot:
			continue
		}
		b, err := belenios.ParseBallot(e, step.Payload())
		if err != nil {
			return nil, err
		}
		out = append(out, CastWith{b.Tracker(), b.Credential().String()})
	}
}
