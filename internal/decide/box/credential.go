package box

import (
	"context"
	"database/sql"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// How says where a credential comes from.
type How string

// The ways to a credential.
const (
	Enrolled How = "enrolled" // made in the voter's browser
	Printed  How = "printed"  // by the registrar
	Mailed   How = "mailed"   // by the registrar's own program
	Spare    How = "spare"    // made by the registrar for nobody
)

// Credential is a public credential and whose it is.
type Credential struct {
	ID         string
	Entry      string // line of the roll; empty for a spare that nobody has
	Public     string
	Weight     int
	How        How
	Made       string // day
	Handed     string // day; empty for a spare that nobody has
	Voided     string // day, or empty
	VoidReason string
	Replaces   string // id of the credential that it replaces
}

// stands reports whether the credential has not been voided.
func (c Credential) stands() bool { return c.Voided == "" }

// Spares is how many credentials at least are made for nobody, so that lost ones can
// be replaced: one for twenty voters, and five.
func Spares(voters int) int {
	if voters == 0 {
		return 0
	}
	return max(5, (voters+19)/20)
}

func (c Credential) row(contest string) journal.Row {
	row := journal.Row{"id": c.ID, "contest_id": contest, "public": c.Public, "weight": c.Weight, "how": c.How, "made": c.Made}
	for column, text := range map[string]string{
		"entry_id": c.Entry, "handed": c.Handed, "voided": c.Voided, "void_reason": c.VoidReason, "replaces": c.Replaces,
	} {
		if text != "" {
			row[column] = text
		}
	}
	return row
}

// credentials reads those of a contest that a condition holds for, in the order of
// their text.
func credentials(ctx context.Context, tx *db.Tx, org, contest, and string, args ...any) (out []Credential, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Credential
		var entry, handed, voided, why, replaces sql.NullString
		err := rows.Scan(&c.ID, &entry, &c.Public, &c.Weight, &c.How, &c.Made, &handed, &voided, &why, &replaces)
		c.Entry, c.Handed, c.Voided, c.VoidReason, c.Replaces = entry.String, handed.String, voided.String, why.String, replaces.String
		out = append(out, c)
		return err
	}, `SELECT id, entry_id, public, weight, how, made, handed, voided, void_reason, replaces FROM credential
		WHERE org_id = ? AND contest_id = ?`+and+` ORDER BY public`, append([]any{org, contest}, args...)...)
	return out, err
}

// held is the credential that a voter holds now.
func held(ctx context.Context, tx *db.Tx, org, contest, entry string) (Credential, bool, error) {
	list, err := credentials(ctx, tx, org, contest, ` AND entry_id = ? AND voided IS NULL`, entry)
	if err != nil || len(list) == 0 {
		return Credential{}, false, err
	}
	return list[0], true, nil
}

// Credentials are all credentials of a contest, in the order of their text. The
// registrar's and the returning officer's.
func (s *Service) Credentials(ctx context.Context, org, contest string) (out []Credential, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = credentials(ctx, tx, org, contest, "")
		return err
	})
	return out, err
}

// Held is the credential of a voter. The voter's own.
func (s *Service) Held(ctx context.Context, org, contest, person string) (c Credential, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		v, err := s.polls.Voter(ctx, tx, org, contest, person)
		if err != nil {
			return err
		}
		var ok bool
		if c, ok, err = held(ctx, tx, org, contest, v.Entry); err == nil && !ok {
			err = fault.Errorf(fault.NotFound, "voter %d of contest %s has no credential", v.Number, contest)
		}
		return err
	})
	return c, err
}
