package staff

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Upload is a list between dry run and apply. What waits is what was read of the
// file, never the file: columns that are dropped are in no table.
type Upload struct {
	ID, Org, Employer string
	AsAt              law.Date
	FileName, SHA256  string
	Profile           string
	Created           string   // instant
	CreatedBy         string   // person id
	KeepUntil         law.Date // the last day on which it can be applied
	state             string
}

func (u Upload) header(p Plan) header {
	return header{
		org: u.Org, employer: u.Employer, asAt: u.AsAt, fileName: u.FileName, sha256: u.SHA256, profile: u.Profile,
		source: p.Source, dropped: p.Dropped,
	}
}

// Preview is the dry run: it returns what a list would change and keeps that for
// some days, to be applied. Nothing else changes.
func (s *Service) Preview(ctx context.Context, actor string, l List) (Upload, Plan, error) {
	h, list, err := s.read(ctx, l)
	if err != nil {
		return Upload{}, Plan{}, err
	}
	u := Upload{
		ID: s.world.ID(), Org: h.org, Employer: h.employer, AsAt: h.asAt, FileName: h.fileName, SHA256: h.sha256, Profile: h.profile,
		Created: s.world.Stamp(), CreatedBy: actor, KeepUntil: s.keepUntil(),
	}
	var d *draft
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err = s.draft(ctx, tx, h, s.against(h, list))
		return err
	})
	if err != nil {
		return Upload{}, Plan{}, err
	}
	u.state = d.state()
	body, err := pack(d.plan)
	if err != nil {
		return Upload{}, Plan{}, err
	}
	return u, d.plan, s.db.Write(ctx, func(tx *db.Tx) error { return putUpload(ctx, tx, u, body) })
}

// Waiting returns an upload with its plan, to look at again. It is a NotFound
// fault when it was applied, discarded, or kept too long.
func (s *Service) Waiting(ctx context.Context, org, id string) (u Upload, p Plan, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		u, p, err = s.upload(ctx, tx, org, id)
		return err
	})
	return u, p, err
}

// Uploads returns what waits to be applied, the last first, without the plans.
func (s *Service) Uploads(ctx context.Context, org string) (out []Upload, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = uploads(ctx, tx, `org_id = ? AND keep_until >= ? ORDER BY created DESC, id DESC`, org, s.today().String())
		return err
	})
	return out, err
}

// Apply makes the change that an upload waits with, as one change. It returns a
// Conflict if what is stored is no longer what the dry run saw, and in the cases
// of [Service.Import]. The upload is gone afterwards.
func (s *Service) Apply(ctx context.Context, actor, org, uploadID string, yes Confirmation) (Outcome, error) {
	u, waiting, err := s.Waiting(ctx, org, uploadID)
	if err != nil {
		return Outcome{}, err
	}
	h := u.header(waiting)
	var out Outcome
	err = s.record(ctx, actor, org, func(tx *journal.Tx) error {
		out = Outcome{}
		// Whoever presses the button twice applies it once.
		if _, err := oneUpload(ctx, tx.Tx, org, uploadID, s.today()); err != nil {
			return err
		}
		d, err := s.draft(ctx, tx.Tx, h, func([]stafflist.Person) (stafflist.Plan, error) { return waiting.Plan, nil })
		if err != nil {
			return err
		}
		if d.state() != u.state {
			return fault.Errorf(fault.Conflict, "the staff list changed since the dry run: run it again")
		}
		out.Plan = d.plan
		if out.Import, err = s.write(ctx, tx, h, d, yes); err != nil {
			return err
		}
		return dropUpload(ctx, tx.Tx, uploadID)
	})
	if err == nil && !out.Changed() {
		err = s.db.Write(ctx, func(tx *db.Tx) error { return dropUpload(ctx, tx, uploadID) })
	}
	return out, err
}

// Discard forgets an upload. One that is not there is no fault.
func (s *Service) Discard(ctx context.Context, org, id string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		list, err := uploads(ctx, tx, `org_id = ? AND id = ?`, org, id)
		if err != nil || len(list) == 0 {
			return err
		}
		return dropUpload(ctx, tx, id)
	})
}

func (s *Service) upload(ctx context.Context, tx *db.Tx, org, id string) (Upload, Plan, error) {
	u, err := oneUpload(ctx, tx, org, id, s.today())
	if err != nil {
		return Upload{}, Plan{}, err
	}
	var body bytes.Buffer
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var piece []byte
		if err := rows.Scan(&piece); err != nil {
			return err
		}
		body.Write(piece)
		return nil
	}, `SELECT body FROM staff_upload_piece WHERE upload_id = ? ORDER BY n`, id)
	if err != nil {
		return Upload{}, Plan{}, err
	}
	p, err := unpack(&body)
	if err != nil {
		return Upload{}, Plan{}, fmt.Errorf("upload %s: %w", id, err)
	}
	p.Applied, err = applied(ctx, tx, u.header(p))
	return u, p, err
}

func oneUpload(ctx context.Context, tx *db.Tx, org, id string, today law.Date) (Upload, error) {
	list, err := uploads(ctx, tx, `org_id = ? AND id = ? AND keep_until >= ?`, org, id, today.String())
	if err != nil {
		return Upload{}, err
	}
	if len(list) == 0 {
		return Upload{}, fault.Errorf(fault.NotFound, "this dry run is not here any more, because it was applied or waited too long: load the list again")
	}
	return list[0], nil
}

func uploads(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Upload, error) {
	var out []Upload
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var u Upload
		var asAt, until string
		err := rows.Scan(&u.ID, &u.Org, &u.Employer, &asAt, &u.FileName, &u.SHA256, &u.Profile, &u.state, &u.Created, &u.CreatedBy, &until)
		if err != nil {
			return err
		}
		if u.AsAt, err = law.ParseDate(asAt); err != nil {
			return err
		}
		u.KeepUntil, err = law.ParseDate(until)
		out = append(out, u)
		return err
	}, `SELECT id, org_id, employer_id, as_at, file_name, file_sha256, profile, state, created, created_by, keep_until
		FROM staff_upload WHERE `+where, args...)
	return out, err
}

// piece is how much of an upload one row holds.
const piece = 256 << 10

func putUpload(ctx context.Context, tx *db.Tx, u Upload, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO staff_upload (id, org_id, employer_id, as_at, file_name, file_sha256, profile, state, created, created_by, keep_until)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, u.ID, u.Org, u.Employer, u.AsAt.String(), u.FileName, u.SHA256, u.Profile, u.state,
		u.Created, u.CreatedBy, u.KeepUntil.String())
	for n := 0; err == nil && len(body) > 0; n++ {
		size := min(piece, len(body))
		_, err = tx.Exec(ctx, `INSERT INTO staff_upload_piece (upload_id, n, body) VALUES (?, ?, ?)`, u.ID, n, body[:size])
		body = body[size:]
	}
	return err
}

func dropUpload(ctx context.Context, tx *db.Tx, id string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM staff_upload_piece WHERE upload_id = ?`, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM staff_upload WHERE id = ?`, id)
	return err
}

// pack writes a plan as compressed JSON.
func pack(p Plan) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	p.Applied = nil // found again when it is looked at
	if err := json.NewEncoder(z).Encode(p); err != nil {
		return nil, fmt.Errorf("pack a plan: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unpack(in io.Reader) (Plan, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return Plan{}, err
	}
	var p Plan
	err = json.NewDecoder(z).Decode(&p)
	return p, errors.Join(err, z.Close())
}
