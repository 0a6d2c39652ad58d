package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/portrait"
)

const photoKind = "image/jpeg"

// SetPhoto puts a photograph to a nomination that nobody has decided about, while
// nominations are open: what was uploaded is decoded and encoded anew, and kept by
// its hash. Nil takes the photograph away. It is the candidate's.
func (s *Service) SetPhoto(ctx context.Context, actor, org, contest, nomination string, upload []byte) error {
	var image []byte
	if upload != nil {
		var err error
		if image, err = portrait.Make(upload); err != nil {
			return fault.Wrap(fault.Invalid, err, "the photograph cannot be used: it has to be a JPEG or PNG of at most %d megabytes", portrait.MaxBytes>>20)
		}
	}
	return s.changeContest(ctx, actor, org, "nomination.photo", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		n, ok := c.nomination(nomination)
		switch {
		case !ok:
			return fault.Errorf(fault.NotFound, "contest %s has no nomination %q", c.Code, nomination)
		case !p.Rules.Photographs:
			return fault.Errorf(fault.Conflict, "the rules of poll %s have no photographs", p.Code)
		case !n.waits():
			return fault.Errorf(fault.Conflict, "nomination %s was decided about or withdrawn", n.ID)
		}
		if actor != n.Person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		if err := s.at(p, "photographs are added while nominations are open", Nominating); err != nil {
			return err
		}
		old := n.Photo
		n.Photo = ""
		if image != nil {
			n.Photo = hashOf(image)
			if err := keepPhoto(ctx, tx, n.Photo, image); err != nil {
				return err
			}
		}
		if n.Photo == old {
			return journal.ErrNothing
		}
		tx.Detail("nomination", n.ID)
		if err := tx.Update(ctx, "nomination", n.row()); err != nil {
			return err
		}
		return dropPhoto(ctx, tx, old)
	})
}

// keepPhoto stores a photograph unless it is there.
func keepPhoto(ctx context.Context, tx *journal.Tx, sum string, image []byte) error {
	var id string
	var held []byte
	err := tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id, &held) }, `SELECT id, image FROM photo WHERE org_id = ? AND sha256 = ?`, tx.Org(), sum)
	if err != nil {
		return err
	}
	row := journal.Row{"id": id, "sha256": sum, "kind": photoKind, "image": image}
	switch {
	case id == "":
		row["id"] = tx.ID()
		return tx.Insert(ctx, "photo", row)
	case held == nil: // it was erased, and is uploaded again
		return tx.Update(ctx, "photo", row)
	}
	return nil
}

// dropPhoto erases a photograph that no nomination has any more, from the table and
// from the record.
func dropPhoto(ctx context.Context, tx *journal.Tx, sum string) error {
	if sum == "" {
		return nil
	}
	var n int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM nomination WHERE org_id = ? AND photo_sha256 = ?`, tx.Org(), sum).Scan(&n); err != nil || n > 0 {
		return err
	}
	var id string
	err := tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id) },
		`SELECT id FROM photo WHERE org_id = ? AND sha256 = ? AND image IS NOT NULL`, tx.Org(), sum)
	if err != nil || id == "" {
		return err
	}
	return tx.Erase(ctx, "photo", id, func(row journal.Row) { row["image"] = nil })
}

// Photo is the JPEG of a candidate, by its hash. Anybody may see that of one who
// stands.
func (s *Service) Photo(ctx context.Context, org, sum string) (image []byte, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&image) }, `SELECT image FROM photo WHERE org_id = ? AND sha256 = ?`, org, sum)
	})
	if err == nil && image == nil {
		err = fault.Errorf(fault.NotFound, "there is no photograph %q", sum)
	}
	return image, err
}
