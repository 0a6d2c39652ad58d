package schema

import (
	"bytes"
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// Derive makes the files of a bundle that follow from the governed tables and the
// law built into the program: the register of members on a day, and the share
// ledger. An organisation that keeps no register by law has neither.
func Derive(ctx context.Context, tx *db.Tx, org, day string) (map[string][]byte, error) {
	files := map[string][]byte{}
	on, err := law.ParseDate(day)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the day %q of the bundle is not a day", day)
	}
	o, err := identity.OrganisationByID(ctx, tx, org)
	if err != nil || o.Kind != identity.Mutual || o.LegalForm == "" {
		return files, err
	}
	lib, err := law.Load()
	if err != nil {
		return nil, err
	}
	if _, err := lib.Form(law.FormID(o.LegalForm), on); err != nil {
		return files, nil // no such form existed on that day, so no register did
	}
	members := member.NewService(nil, Staffing{}, lib)
	r, err := register.Reader{Members: members, Library: lib}.Read(ctx, tx, org, on)
	if err != nil {
		return nil, err
	}
	var entries, ledger bytes.Buffer
	if err := r.WriteCSV(&entries); err != nil {
		return nil, err
	}
	if err := r.WriteLedger(&ledger); err != nil {
		return nil, err
	}
	files["register-"+day+".csv"] = entries.Bytes()
	files["ledger-"+day+".csv"] = ledger.Bytes()
	return files, nil
}
