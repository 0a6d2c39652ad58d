package box

import (
	"context"
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Head is how far the archive of a contest has come.
type Head struct {
	archive.Head
	Stage   string // of the archive's stages
	Records int    // of the file, its header among them
	Size    int64  // of the file
	Note    string // height and hash, signed; see [Board]
}

// Board is the first line of the notes of a contest and the name of the key that
// signs them. A note has the form of a C2SP checkpoint, with the height of the
// archive for the size of a tree and the hash of its last event for the root.
func Board(org, uuid string) string { return journal.Origin(boardOf(org, uuid)) }

func boardOf(org, uuid string) string { return org + "/board/" + uuid }

// VerifierKey is the public key of the notes of a contest, in the text form of
// golang.org/x/mod/sumdb/note.
func (s *Service) VerifierKey(org, uuid string) (string, error) {
	return s.keys.VerifierKey(boardOf(org, uuid))
}

// Head is the newest head of a contest's archive. Anybody may see it. It is NotFound
// before the box is set up.
func (s *Service) Head(ctx context.Context, org, contest string) (h Head, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		h, err = headOf(ctx, tx, org, contest)
		return err
	})
	return h, err
}

// headOf reads the newest head, or NotFound.
func headOf(ctx context.Context, tx *db.Tx, org, contest string) (h Head, err error) {
	found := false
	err = tx.Each(ctx, func(rows *db.Rows) error {
		found = true
		h, err = scanHead(rows)
		return err
	}, headColumns+` ORDER BY height DESC LIMIT 1`, org, contest)
	if err == nil && !found {
		err = fault.Errorf(fault.NotFound, "contest %s has no ballot box yet", contest)
	}
	return h, err
}

const headColumns = `SELECT height, head, stage, records, size, note FROM box_head WHERE org_id = ? AND contest_id = ?`

func scanHead(rows *db.Rows) (h Head, err error) {
	var height int
	var text string
	if err := rows.Scan(&height, &text, &h.Stage, &h.Records, &h.Size, &h.Note); err != nil {
		return h, err
	}
	h.Head, err = archive.ParseHead(fmt.Sprintf("%d %s", height, text))
	return h, err
}

// keepHead signs a head and stores it.
func (s *Service) keepHead(ctx context.Context, tx *journal.Tx, contest, uuid string, h Head) error {
	signer, err := s.keys.Signer(boardOf(tx.Org(), uuid))
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", Board(tx.Org(), uuid), h.Height, base64.StdEncoding.EncodeToString(h.Hash[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	tx.Detail("contest", contest)
	tx.Detail("height", h.Height)
	tx.Detail("head", h.Hash.String())
	return tx.Insert(ctx, "box_head", journal.Row{
		"id": fmt.Sprintf("%s/%09d", contest, h.Height), "contest_id": contest, "height": h.Height, "head": h.Hash.String(),
		"stage": h.Stage, "records": h.Records, "size": h.Size, "note": string(signed), "at_hour": hour(tx.At()),
	})
}

// keepRecord stores the next record of the file and counts it.
func (h *Head) keepRecord(ctx context.Context, tx *journal.Tx, contest, name, body string) error {
	row := journal.Row{"id": fmt.Sprintf("%s/%09d", contest, h.Records), "contest_id": contest, "n": h.Records, "name": name, "body": body}
	h.Records++
	h.Size += archive.RecordSize(int64(len(body)))
	return tx.Insert(ctx, "box_file", row)
}

// nameOf is the name in the file of a record with data.
func nameOf(h belenios.Hash) string { return archive.Record{Kind: archive.Data, Hash: h}.Name() }
