package identity

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Keep says which of a person's details the law wants kept for now. What the
// register of a society or a company must show of a former member stays there
// for as long as the rules of its legal form say; the caller asks them.
type Keep struct {
	Name          bool
	PostalAddress bool
	// Rule is the id of the rule that says so, for the record; needed when
	// anything is kept.
	Rule string
}

// ErasePerson takes a person's details out of the organisation's tables and out
// of its record, with everything they could sign in with, as part of a change.
// Their id stays, and with it which offices it held and when: that an office was
// held is a fact about the organisation. Somebody who holds an office on the
// given day cannot be erased: Conflict.
//
// Erasing again later with less to keep is how kept details go in the end.
func ErasePerson(ctx context.Context, tx *journal.Tx, id string, on law.Date, keep Keep) error {
	if (keep.Name || keep.PostalAddress) && keep.Rule == "" {
		return fault.Errorf(fault.Invalid, "person %s: details are kept and no rule says why", id)
	}
	p, err := onePerson(ctx, tx.Tx, tx.Org(), id)
	if err != nil {
		return err
	}
	held, err := appointments(ctx, tx.Tx, `person_id = ? AND org_id = ?`, id, tx.Org())
	if err != nil {
		return err
	}
	for _, a := range held {
		if a.Ends.IsZero() || on.Before(a.Ends) {
			return fault.Errorf(fault.Conflict, "person %s is %s: end the appointment first", id, a.Role.Title())
		}
	}
	err = tx.Erase(ctx, "person", id, func(row journal.Row) {
		row["email"] = nil
		if !keep.Name {
			row["given"], row["family"] = nil, nil
		}
		if !keep.PostalAddress {
			row["postal_address"] = nil
		}
		if p.Erased == "" {
			row["erased"] = tx.At()
		}
	})
	if err != nil {
		return err
	}
	tx.Detail("person", id)
	if keep.Rule != "" {
		tx.Detail("kept", map[string]any{"name": keep.Name, "postal_address": keep.PostalAddress, "rule": keep.Rule})
	}
	return eraseKeys(ctx, tx, id)
}

// eraseKeys takes away what the person could sign in with.
func eraseKeys(ctx context.Context, tx *journal.Tx, id string) error {
	if err := endSessions(ctx, tx.Tx, id); err != nil {
		return err
	}
	if err := dropCodes(ctx, tx.Tx, id); err != nil {
		return err
	}
	for _, kind := range []struct {
		table, ended string
		blank        []string
	}{
		{"passkey", "removed", []string{"credential_id", "public_key", "label", "transports"}},
		{"sign_in_link", "removed", []string{"subject_hash"}},
		{"api_token", "revoked", []string{"label"}},
	} {
		ids, err := rowsOf(ctx, tx.Tx, kind.table, id)
		if err != nil {
			return err
		}
		for _, row := range ids {
			err := tx.Erase(ctx, kind.table, row, func(row journal.Row) {
				for _, column := range kind.blank {
					row[column] = nil
				}
				if row[kind.ended] == nil {
					row[kind.ended] = tx.At()
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func rowsOf(ctx context.Context, tx *db.Tx, table, person string) (ids []string, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, `SELECT id FROM `+table+` WHERE person_id = ? ORDER BY id`, person)
	return ids, err
}
