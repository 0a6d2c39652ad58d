package web

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// staffListFile is what a staff list may come as.
var staffListFile = upload{
	media: []string{"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream"},
	limit: 64 << 20,
	about: "The staff list, as CSV or as an Excel workbook (.xlsx), at most 64 MB.",
}

type uploadParams struct {
	Employer string   `query:"employer" max:"40" doc:"Whose staff it is; the organisation itself where it is left out."`
	AsAt     law.Date `query:"as_at" doc:"The day the list speaks of; today where it is left out."`
	FileName string   `query:"file_name" max:"200" doc:"What people call the file."`
	Profile  string   `query:"profile" max:"100" doc:"How it is to be read; found out from the headings where it is left out."`
	Sheet    string   `query:"sheet" max:"100" doc:"Of a workbook; the first where it is left out."`
}

type planJSON struct {
	Upload    string       `json:"upload" doc:"The id to apply it by."`
	KeepUntil law.Date     `json:"keep_until" doc:"The last day on which it can be applied."`
	Employer  string       `json:"employer"`
	AsAt      law.Date     `json:"as_at"`
	Profile   string       `json:"profile"`
	Sentence  string       `json:"sentence" doc:"What it would do, in words."`
	Rows      int          `json:"rows" doc:"Below the headings."`
	Joiners   []moveJSON   `json:"joiners"`
	Leavers   []moveJSON   `json:"leavers" doc:"Nobody's membership ends by this: the rules do that, and say so."`
	Changes   []changeJSON `json:"changes"`
	Unchanged int          `json:"unchanged"`
	Held      []string     `json:"held" doc:"Employee numbers of people left as they were, because a row that may be theirs was refused."`
	Rejects   []rejectJSON `json:"rejects"`
	Dropped   []dropJSON   `json:"dropped" doc:"Columns that were read past and never kept."`
	Confirm   []doubtJSON  `json:"confirm" doc:"Why it waits for somebody to confirm it. Empty where nothing does."`
	Applied   bool         `json:"applied_before" doc:"This very file was applied before as of the same day."`
}

type moveJSON struct {
	Row            int      `json:"row,omitempty" doc:"As a spreadsheet shows it."`
	EmployeeNumber string   `json:"employee_number"`
	Given          string   `json:"given"`
	Family         string   `json:"family"`
	Day            law.Date `json:"day,omitzero" doc:"The first or the last day of the employment."`
}

type changeJSON struct {
	Row            int              `json:"row"`
	EmployeeNumber string           `json:"employee_number"`
	Differences    []differenceJSON `json:"differences"`
}

type differenceJSON struct {
	Field   string `json:"field"`
	Was     string `json:"was"`
	Becomes string `json:"becomes"`
}

type rejectJSON struct {
	Row            int    `json:"row"`
	EmployeeNumber string `json:"employee_number,omitempty"`
	Field          string `json:"field,omitempty"`
	Value          string `json:"value,omitempty"`
	Reason         string `json:"reason" doc:"What is wrong, then what to do."`
}

type dropJSON struct {
	Heading string `json:"heading"`
	Kind    string `json:"kind,omitempty" doc:"What it holds, where that is sensitive; left out of a column that is merely not used."`
}

type doubtJSON struct {
	Kind   stafflist.DoubtKind `json:"kind"`
	Reason string              `json:"reason"`
}

func (v *visit) apiStaffDryRun(p uploadParams, file []byte) (planJSON, error) {
	employer := p.Employer
	if employer == "" {
		employer = v.org.ID
	}
	if err := v.mayLoad(employer); err != nil {
		return planJSON{}, err
	}
	up, plan, err := v.house.Staff.Preview(v.ctx, v.actor.Person, staff.List{
		Org: v.org.ID, Employer: employer, AsAt: p.AsAt, File: bytes.NewReader(file), Size: int64(len(file)), Name: fileName(p.FileName), Profile: p.Profile, Sheet: p.Sheet,
	})
	if err != nil {
		return planJSON{}, unmapped(err)
	}
	return planOf(up, plan), nil
}

// mayLoad refuses an employer whose staff are no business of this organisation.
func (v *visit) mayLoad(employer string) error {
	list, err := v.house.Employers(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	var codes []string
	for _, o := range list {
		if o.ID == employer {
			return nil
		}
		codes = append(codes, o.ID)
	}
	return misread("employer", "Send one of "+strings.Join(codes, ", ")+".", "The staff of %s cannot be loaded here.", clip(employer, 40))
}

// fileName is what people call the file, without where it lay.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return "upload"
	}
	return name
}

// unmapped says which headings a list has that nobody has explained yet.
func unmapped(err error) error {
	var u *staff.Unmapped
	if errors.As(err, &u) {
		return misread("profile", "Save a profile that explains them, on the page /staff or with saveStaffProfile, then send the list again.",
			"No profile knows these headings: %s.", clip(strings.Join(u.Headings, ", "), 500))
	}
	return err
}

func planOf(up staff.Upload, p staff.Plan) planJSON {
	out := planJSON{
		Upload: up.ID, KeepUntil: up.KeepUntil, Employer: up.Employer, AsAt: p.AsAt, Profile: up.Profile, Sentence: p.Sentence(), Rows: p.Read,
		Unchanged: p.Unchanged, Held: p.Held, Rejects: rejectsOf(p.Rejects), Applied: p.Applied != nil,
	}
	for _, x := range p.Joiners {
		out.Joiners = append(out.Joiners, moveJSON{x.Row, x.EmployeeNumber, x.Given, x.Family, x.Main.Start})
	}
	for _, x := range p.Leavers {
		out.Leavers = append(out.Leavers, moveJSON{x.Row, x.EmployeeNumber, x.Given, x.Family, x.Left})
	}
	for _, x := range p.Changes {
		c := changeJSON{Row: x.Row, EmployeeNumber: x.EmployeeNumber}
		for _, d := range x.Differences {
			c.Differences = append(c.Differences, differenceJSON{string(d.Field), d.Was, d.Becomes})
		}
		out.Changes = append(out.Changes, c)
	}
	for _, d := range p.Dropped {
		out.Dropped = append(out.Dropped, dropJSON{d.Heading, d.Kind})
	}
	for _, d := range p.NeedsConfirmation {
		out.Confirm = append(out.Confirm, doubtJSON{d.Kind, d.Reason})
	}
	return out
}

func rejectsOf(list []stafflist.Reject) []rejectJSON {
	out := make([]rejectJSON, len(list))
	for i, r := range list {
		out[i] = rejectJSON{r.Row, r.EmployeeNumber, string(r.Field), r.Value, r.Reason}
	}
	return out
}

type uploadIDParams struct {
	Upload string `path:"upload" max:"60" doc:"The id that the dry run gave."`
}

func (v *visit) apiStaffUpload(p uploadIDParams) (planJSON, error) {
	up, plan, err := v.house.Staff.Waiting(v.ctx, v.org.ID, p.Upload)
	if err != nil {
		return planJSON{}, err
	}
	return planOf(up, plan), nil
}

type uploadJSON struct {
	Upload    string   `json:"upload" doc:"The id to apply it by."`
	Employer  string   `json:"employer"`
	AsAt      law.Date `json:"as_at"`
	FileName  string   `json:"file_name"`
	SHA256    string   `json:"sha256"`
	Profile   string   `json:"profile"`
	Created   instant  `json:"created"`
	CreatedBy string   `json:"created_by" doc:"The id of a person."`
	KeepUntil law.Date `json:"keep_until" doc:"The last day on which it can be applied."`
}

func uploadOf(u staff.Upload) uploadJSON {
	return uploadJSON{u.ID, u.Employer, u.AsAt, u.FileName, u.SHA256, u.Profile, instant(u.Created), u.CreatedBy, u.KeepUntil}
}

func (v *visit) apiStaffUploads(p pageParams) (list[uploadJSON], error) {
	all, err := v.house.Staff.Uploads(v.ctx, v.org.ID)
	if err != nil {
		return list[uploadJSON]{}, err
	}
	var out []uploadJSON
	for _, u := range all {
		out = append(out, uploadOf(u))
	}
	return pageOf(p, "staff-uploads", out, func(u uploadJSON) string { return string(u.Created) + " " + u.Upload })
}

// apiStaffDiscard forgets a staff list that waits. Nothing was changed by it.
func (v *visit) apiStaffDiscard(p uploadIDParams, _ none) (uploadJSON, error) {
	up, _, err := v.house.Staff.Waiting(v.ctx, v.org.ID, p.Upload)
	if err != nil {
		return uploadJSON{}, err
	}
	return uploadOf(up), v.house.Staff.Discard(v.ctx, v.org.ID, p.Upload)
}

type applyUploadJSON struct {
	Confirm bool `json:"confirm" doc:"Whether somebody has looked at the reasons in confirm of the dry run and says yes."`
}

type importJSON struct {
	ID        string   `json:"id,omitempty" doc:"Left out where the list changed nothing, so that nothing was recorded."`
	Employer  string   `json:"employer"`
	AsAt      law.Date `json:"as_at,omitzero"`
	FileName  string   `json:"file_name"`
	SHA256    string   `json:"sha256"`
	Profile   string   `json:"profile"`
	Rows      int      `json:"rows"`
	Joiners   int      `json:"joiners"`
	Leavers   int      `json:"leavers"`
	Changes   int      `json:"changes"`
	Unchanged int      `json:"unchanged"`
	Held      int      `json:"held"`
	Rejected  int      `json:"rejected"`
	Dropped   []string `json:"dropped" doc:"The kinds of sensitive columns that were read past."`
	Applied   string   `json:"applied,omitempty" doc:"When, in UTC."`
	AppliedBy string   `json:"applied_by,omitempty"`
	Entry     int64    `json:"entry,omitempty" doc:"Its number in the record."`
}

func importOf(i staff.Import) importJSON {
	return importJSON{
		ID: i.ID, Employer: i.Employer, AsAt: i.AsAt, FileName: i.FileName, SHA256: i.SHA256, Profile: i.Profile, Rows: i.Rows, Joiners: i.Joiners,
		Leavers: i.Leavers, Changes: i.Changes, Unchanged: i.Unchanged, Held: i.Held, Rejected: i.Rejected, Dropped: i.Dropped, Applied: i.Applied,
		AppliedBy: i.AppliedBy, Entry: i.Entry,
	}
}

func (v *visit) apiStaffApply(p uploadIDParams, b applyUploadJSON) (importJSON, error) {
	outcome, err := v.house.Staff.Apply(v.ctx, v.actor.Person, v.org.ID, p.Upload, staff.Confirmation(b.Confirm))
	return importOf(outcome.Import), err
}

type importsParams struct {
	pageParams
	Employer string `query:"employer" max:"40" doc:"Only lists of this organisation's staff."`
}

func (v *visit) apiStaffImports(p importsParams) (list[importJSON], error) {
	all, err := v.house.Staff.Imports(v.ctx, v.org.ID, p.Employer, 1<<20)
	if err != nil {
		return list[importJSON]{}, err
	}
	var out []importJSON
	for _, i := range all {
		out = append(out, importOf(i))
	}
	return pageOf(p.pageParams, "staff-imports", out, func(i importJSON) string { return inOrder(i.Entry) })
}

type importIDParams struct {
	Import string `path:"import" max:"60" doc:"The id of the import."`
}

type receiptJSON struct {
	Import  importJSON   `json:"import"`
	Rejects []rejectJSON `json:"rejects" doc:"The rows that were refused. They are kept for some days only."`
}

func (v *visit) apiStaffImport(p importIDParams) (receiptJSON, error) {
	i, err := v.house.Staff.ImportByID(v.ctx, v.org.ID, p.Import)
	if err != nil {
		return receiptJSON{}, err
	}
	rejects, err := v.house.Staff.Rejects(v.ctx, v.org.ID, p.Import)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return receiptJSON{importOf(i), rejectsOf(rejects)}, err
}
