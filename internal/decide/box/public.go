package box

import (
	"context"
	"fmt"
	"io"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// What everybody may have of an archive. Rankings that are opened one by one can give
// their voters away, so where the rules keep them to some, everybody else gets the
// archive up to where it was still closed: a valid archive that has not come to its
// end. Who gets which part is for the rules of the poll and for policy to say.

// Part says how much of an archive is asked for.
type Part int

const (
	// Whole is all there is.
	Whole Part = iota
	// Sealed ends before the first decryption: nobody can open a vote with it.
	Sealed
)

// HeadOf is the last head of a part of the archive. NotFound before the box is set up.
func (s *Service) HeadOf(ctx context.Context, org, contest string, part Part) (h Head, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if h, err = headOf(ctx, tx, org, contest); err != nil || part == Whole {
			return err
		}
		h, err = sealed(ctx, tx, org, contest, h)
		return err
	})
	return h, err
}

// ArchiveOf writes what stands in the archive from a place in the file up to a head of
// it, on the terms of [Service.Archive]: what a mirror has it need not fetch again.
func (s *Service) ArchiveOf(ctx context.Context, org, contest string, h Head, from int64, out io.Writer) error {
	if from < 0 || from > h.Size {
		return fault.Errorf(fault.Invalid, "the archive of contest %s has %d bytes and is asked for from byte %d on", contest, h.Size, from)
	}
	return s.stream(ctx, org, contest, h.Records, &after{out, from})
}

// after passes on what comes after so many bytes.
type after struct {
	io.Writer
	skip int64
}

func (a *after) Write(p []byte) (int, error) {
	n := int(min(a.skip, int64(len(p))))
	a.skip -= int64(n)
	if n == len(p) {
		return n, nil
	}
	m, err := a.Writer.Write(p[n:])
	return n + m, err
}

// Heads are the signed heads of an archive, the oldest first, for everybody to keep.
//
// Those of a sealed archive go on past its end, to the last decryption, from which
// the result follows: so they bind what is not shown. Only the head of the result
// itself is left out, because the list of a few rankings can be guessed from a hash.
func (s *Service) Heads(ctx context.Context, org, contest string, part Part) (out []Head, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		if _, err := headOf(ctx, tx, org, contest); err != nil {
			return err
		}
		return heads(ctx, tx, org, contest, "", func(h Head, _ archive.EventType) {
			if part == Whole || h.Stage != archive.Finished.String() {
				out = append(out, h)
			}
		})
	})
	return out, err
}

// sealed is the last head before votes began to be opened.
func sealed(ctx context.Context, tx *db.Tx, org, contest string, newest Head) (Head, error) {
	if newest.Stage == archive.Voting.String() {
		return newest, nil
	}
	var out Head
	opened := false
	err := heads(ctx, tx, org, contest, archive.Voting.String(), func(h Head, last archive.EventType) {
		opened = opened || last == archive.PartialDecryption
		if !opened {
			out = h
		}
	})
	if err == nil && out.Records == 0 {
		err = fmt.Errorf("the archive of contest %s has no head before its votes were opened", contest)
	}
	return out, err
}

// heads reads the heads of a contest with the kind of the event that each is the hash
// of, without those of a stage, the oldest first.
func heads(ctx context.Context, tx *db.Tx, org, contest, without string, each func(Head, archive.EventType)) error {
	return tx.Each(ctx, func(rows *db.Rows) error {
		var h Head
		var text, body string
		if err := rows.Scan(&h.Height, &text, &h.Stage, &h.Records, &h.Size, &h.Note, &body); err != nil {
			return err
		}
		event, err := archive.ParseEvent([]byte(body))
		if err != nil {
			return err
		}
		h.Head, err = archive.ParseHead(fmt.Sprintf("%d %s", h.Height, text))
		each(h, event.Type)
		return err
	}, `SELECT h.height, h.head, h.stage, h.records, h.size, h.note, f.body FROM box_head h
		JOIN box_file f ON f.org_id = h.org_id AND f.contest_id = h.contest_id AND f.n = h.records - 1
		WHERE h.org_id = ? AND h.contest_id = ? AND h.stage <> ? ORDER BY h.height`, org, contest, without)
}
