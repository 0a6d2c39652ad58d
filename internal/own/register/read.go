package register

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/law"
)

// Members gives the times of membership. The room for members implements it.
type Members interface {
	RegisterIn(ctx context.Context, tx *db.Tx, org string, on law.Date) ([]member.Row, error)
}

// Reader makes registers from the tables, within a transaction.
type Reader struct {
	Members Members
	Library *law.Library
}

// Read makes the register of an organisation at the end of a day. An organisation
// without a legal form that existed on that day is a Conflict: the law of the form
// says what the register holds.
func (rd Reader) Read(ctx context.Context, tx *db.Tx, org string, day law.Date) (Register, error) {
	o, form, err := rd.form(ctx, tx, org, day)
	if err != nil {
		return Register{}, err
	}
	in := Source{Organisation: Organisation{Code: o.ID, Name: o.Name, RegisteredNo: o.RegisteredNo, Office: o.RegisteredOffice}}
	if in.Rows, err = rd.Members.RegisterIn(ctx, tx, org, day); err != nil {
		return Register{}, err
	}
	if in.Ledger, err = share.ReadLedger(ctx, tx, org); err != nil {
		return Register{}, err
	}
	if in.Withheld, err = withheld(ctx, tx, org, day); err != nil {
		return Register{}, err
	}
	return New(form, day, in), nil
}

func (rd Reader) form(ctx context.Context, tx *db.Tx, org string, day law.Date) (identity.Organisation, *law.Form, error) {
	o, err := identity.OrganisationByID(ctx, tx, org)
	if err != nil {
		return o, nil, err
	}
	if o.LegalForm == "" {
		return o, nil, fault.Errorf(fault.Conflict, "organisation %s has no legal form yet: set it first, because the law of the form says what the register holds", org)
	}
	form, err := rd.Library.Form(law.FormID(o.LegalForm), day)
	if err != nil {
		return o, nil, fault.Wrap(fault.Conflict, err, "organisation %s: there is no law for the legal form %q on %s", org, o.LegalForm, day)
	}
	return o, form, nil
}

func withheld(ctx context.Context, tx *db.Tx, org string, day law.Date) (map[string]bool, error) {
	out := map[string]bool{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var member string
		err := rows.Scan(&member)
		out[member] = true
		return err
	}, `SELECT member_id FROM register_withholding WHERE org_id = ? AND starts <= ? AND (ends IS NULL OR ends > ?)`, org, day.String(), day.String())
	return out, err
}
