package journal

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Head is a signed head of a record's tree.
type Head struct {
	Org  string
	Size int64
	Root tlog.Hash
	At   string // when it was signed
	Note string // the C2SP checkpoint, signed
}

// Sign makes a checkpoint of the organisation's record as it stands, stores
// it and returns it. When the record has not grown since the last one, that
// one is returned. A record without entries has no head: NotFound.
func (j *Journal) Sign(ctx context.Context, org string) (Head, error) {
	var head Head
	err := j.db.Write(ctx, func(tx *db.Tx) error {
		size, err := sizeOf(ctx, tx, org)
		if err != nil {
			return err
		}
		last, err := lastHead(ctx, tx, org)
		if err == nil && last.Size == size {
			head = last
			return nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		root, err := tlog.TreeHash(size, hashReader(ctx, tx, org))
		if err != nil {
			return err
		}
		signer, err := j.keys.Signer(org)
		if err != nil {
			return err
		}
		signed, err := note.Sign(&note.Note{Text: checkpointText(org, size, root)}, signer)
		if err != nil {
			return err
		}
		head = Head{Org: org, Size: size, Root: root, At: j.world.Stamp(), Note: string(signed)}
		_, err = tx.Exec(ctx, `INSERT INTO journal_checkpoint (org_id, size, at, note) VALUES (?, ?, ?, ?)
			ON CONFLICT (org_id, size) DO NOTHING`,
			org, size, head.At, head.Note)
		return err
	})
	return head, err
}

// Latest is the newest stored checkpoint, or NotFound.
func (j *Journal) Latest(ctx context.Context, org string) (Head, error) {
	var head Head
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		head, err = lastHead(ctx, tx, org)
		return err
	})
	return head, err
}

// Checkpoints are all stored checkpoints of an organisation, oldest first.
func (j *Journal) Checkpoints(ctx context.Context, org string) ([]Head, error) {
	var out []Head
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = heads(ctx, tx, `SELECT size, at, note FROM journal_checkpoint WHERE org_id = ? ORDER BY size`, org)
		return err
	})
	return out, err
}

func lastHead(ctx context.Context, tx *db.Tx, org string) (Head, error) {
	list, err := heads(ctx, tx,
		`SELECT size, at, note FROM journal_checkpoint WHERE org_id = ? ORDER BY size DESC LIMIT 1`, org)
	if err != nil {
		return Head{}, err
	}
	if len(list) == 0 {
		return Head{}, fault.Errorf(fault.NotFound, "the record of %s has no checkpoint yet", org)
	}
	return list[0], nil
}

func heads(ctx context.Context, tx *db.Tx, query, org string) ([]Head, error) {
	var out []Head
	err := tx.Each(ctx, func(rows *db.Rows) error {
		h := Head{Org: org}
		if err := rows.Scan(&h.Size, &h.At, &h.Note); err != nil {
			return err
		}
		// A note that cannot be read is left for Check to report.
		if _, root, err := parseCheckpoint(h.Note); err == nil {
			h.Root = root
		}
		out = append(out, h)
		return nil
	}, query, org)
	return out, err
}

func sizeOf(ctx context.Context, tx *db.Tx, org string) (int64, error) {
	var size int64
	err := tx.QueryRow(ctx, `SELECT size FROM journal_head WHERE org_id = ?`, org).Scan(&size)
	if errors.Is(err, db.ErrNoRows) || err == nil && size == 0 {
		return 0, fault.Errorf(fault.NotFound, "the record of %s has no entry yet", org)
	}
	return size, err
}

// checkpointText is the unsigned C2SP tlog-checkpoint.
func checkpointText(org string, size int64, root tlog.Hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", Origin(org), size, base64.StdEncoding.EncodeToString(root[:]))
}

// OpenCheckpoint checks the signature of a checkpoint note and returns its
// size and root.
func OpenCheckpoint(signed, origin string, verifier note.Verifier) (int64, tlog.Hash, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return 0, tlog.Hash{}, fmt.Errorf("the checkpoint is not signed by %s: %w", verifier.Name(), err)
	}
	if first, _, _ := strings.Cut(n.Text, "\n"); first != origin {
		return 0, tlog.Hash{}, fmt.Errorf("the checkpoint is of %q, not of %q", first, origin)
	}
	return parseCheckpoint(n.Text)
}

func parseCheckpoint(text string) (int64, tlog.Hash, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 {
		return 0, tlog.Hash{}, errors.New("the checkpoint has fewer than three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return 0, tlog.Hash{}, fmt.Errorf("the checkpoint's size %q is not a number", lines[1])
	}
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(raw) != tlog.HashSize {
		return 0, tlog.Hash{}, fmt.Errorf("the checkpoint's root %q is not a hash", lines[2])
	}
	var root tlog.Hash
	copy(root[:], raw)
	return size, root, nil
}
