package box

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
)

// atOnce is how many records are read from the database at once.
const atOnce = 200

// Archive writes the archive as it stands, the file that everybody can check, and
// returns its head. What is added while it writes is left out. Anybody may have it.
//
// Records never change, so they are read some at a time: a reader with a slow line
// holds no transaction open.
func (s *Service) Archive(ctx context.Context, org, contest string, out io.Writer) (Head, error) {
	h, err := s.Head(ctx, org, contest)
	if err != nil {
		return Head{}, err
	}
	return h, s.stream(ctx, org, contest, h.Records, out)
}

// stream writes so many records from the beginning.
func (s *Service) stream(ctx context.Context, org, contest string, end int, out io.Writer) error {
	var header archive.Header
	for n := 0; n < end; n += atOnce {
		var part bytes.Buffer
		err := s.read(ctx, func(tx *db.Tx) error {
			part.Reset()
			return records(ctx, tx, org, contest, n, min(n+atOnce, end), &header, &part)
		})
		if err != nil {
			return err
		}
		if _, err := part.WriteTo(out); err != nil {
			return err
		}
	}
	return nil
}

// records writes those from n to, but not with, end. The header is known once the
// first was read.
func records(ctx context.Context, tx *db.Tx, org, contest string, n, end int, header *archive.Header, out io.Writer) error {
	next := n
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var at int
		var name, body string
		err := rows.Scan(&at, &name, &body)
		if err == nil && at == 0 {
			*header, err = archive.ParseHeader([]byte(body))
		}
		if err != nil {
			return err
		}
		if at != next {
			return fmt.Errorf("the archive of contest %s has no record %d", contest, next)
		}
		next++
		_, err = out.Write(archive.AppendRecord(nil, name, []byte(body), header.Timestamp))
		return err
	}, `SELECT n, name, body FROM box_file WHERE org_id = ? AND contest_id = ? AND n >= ? AND n < ? ORDER BY n`, org, contest, n, end)
	if err == nil && next != end {
		err = fmt.Errorf("the archive of contest %s has no record %d", contest, next)
	}
	return err
}
