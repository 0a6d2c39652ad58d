package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
)

type staffUploadPage struct {
	ID      string
	Tally   page.Tally
	Rules   string
	Dropped []string
	Doubts  []string

	Rejects, Leavers, Changes, Remarks          *page.Table
	RejectsTitle, RemarksTitle                  string
	LeaversShare, JoinersSentence               string
	AllRejects, AllLeavers, AllJoiners, AllMore page.Link
	AllChanges                                  page.Link
	LeaversN, JoinersN, ChangesN                int
	Same                                        string

	Apply    string // the button
	Held     string
	KeepNote string
	Done     *page.Link // the receipt of this very list, where it was applied before
}

// shownRows is how many rows of a long list stand on the page itself; a list
// of up to maxRows stands there whole.
const (
	shownRows = 3
	maxRows   = 10
)

// some are the rows that stand on the page.
func some[T any](list []T) []T {
	if len(list) > maxRows {
		return list[:shownRows]
	}
	return list
}

// waiting finds an upload. One that is gone gets a page that says so.
func (v *visit) waiting() (staff.Upload, staff.Plan, bool, error) {
	u, plan, err := v.house.Staff.Waiting(v.ctx, v.org.ID, v.r.PathValue("id"))
	if fault.Is(err, fault.NotFound) {
		return u, plan, false, v.uploadGone()
	}
	return u, plan, err == nil, err
}

func (v *visit) uploadGone() error {
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = "This dry run is not here any more"
	f.Data = page.Empty("What happened",
		"It was applied, somebody chose another file, or it waited for more than seven days. If it was applied, it is among the lists that were loaded.",
		page.Link{Text: "Load the list again", Href: "/staff/imports/new"})
	return v.show(http.StatusNotFound, "fault", f)
}

// uploadFrame is what the pages of one upload have in common.
func (v *visit) uploadFrame(u staff.Upload) (page.Frame, error) {
	f := v.frame()
	f.Kicker = "Staff list of " + dayInFull(u.AsAt)
	if u.FileName != "" {
		f.Kicker += ", " + u.FileName
	}
	if u.Employer != v.org.ID {
		names, err := v.employerNames()
		if err != nil {
			return f, err
		}
		f.Kicker += ", " + names[u.Employer]
	}
	return f, nil
}

// staffUploadShow is the dry run: what a list would change, before anything
// has changed.
func (s *Server) staffUploadShow(v *visit) error {
	u, plan, ok, err := v.waiting()
	if !ok {
		return err
	}
	return v.uploadPage(http.StatusOK, u, plan, page.Notice{})
}

func (v *visit) uploadPage(status int, u staff.Upload, plan staff.Plan, news page.Notice) error {
	p, err := v.uploadBody(u, plan)
	if err != nil {
		return err
	}
	f, err := v.uploadFrame(u)
	if err != nil {
		return err
	}
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = "Dry run: nothing has changed yet"
	f.Sentence = plan.Sentence()
	f.Notice = news
	f.Data = p
	return v.show(status, "staff_upload_show", f)
}

func (v *visit) uploadBody(u staff.Upload, plan staff.Plan) (staffUploadPage, error) {
	foresight, err := v.house.Foresee(v.ctx, u)
	if err != nil {
		return staffUploadPage{}, err
	}
	base := "/staff/uploads/" + u.ID
	p := staffUploadPage{
		ID: u.ID, Rules: foresight.Rules(), Dropped: droppedSentences(plan.Dropped, plan.Source),
		LeaversN: len(plan.Leavers), JoinersN: len(plan.Joiners), ChangesN: len(plan.Changes),
		Tally: page.Tally{Label: "What the file holds", Items: []page.Figure{
			{Value: number(len(plan.Joiners)), Label: said(page.Plural(len(plan.Joiners), "joiner", "joiners")), Href: "#joiners"},
			{Value: number(len(plan.Leavers)), Label: said(page.Plural(len(plan.Leavers), "leaver", "leavers")), Href: "#leavers"},
			{Value: number(len(plan.Changes)), Label: said(page.Plural(len(plan.Changes), "change", "changes")), Href: "#changes"},
			{Value: number(plan.Refused), Label: "refused", Href: "#rejects"},
			{Value: number(plan.Unchanged), Label: "as before", Href: "#same"},
		}},
		Same:     v.sameSentence(plan),
		KeepNote: "This dry run waits until " + v.day(u.KeepUntil) + ".",
	}
	for i := range p.Tally.Items {
		if p.Tally.Items[i].Value == "0" && p.Tally.Items[i].Href != "#same" {
			p.Tally.Items[i].Href = ""
		}
	}
	for _, d := range plan.NeedsConfirmation {
		p.Doubts = append(p.Doubts, d.Reason)
	}
	v.uploadRejects(&p, plan, base)
	if err := v.uploadLeavers(&p, plan, base, foresight); err != nil {
		return p, err
	}
	v.uploadJoiners(&p, plan, base, foresight)
	if err := v.uploadChanges(&p, plan, base, foresight); err != nil {
		return p, err
	}
	v.uploadRemarks(&p, plan, base)
	p.Apply = "Apply " + count(plan.Size(), "change", "changes")
	if plan.Empty() {
		p.Apply = "Record that the list was read"
		if plan.Applied != nil {
			p.Apply, p.Done = "", &page.Link{Text: "See what it changed then", Href: "/staff/imports/" + plan.Applied.ID}
		}
	}
	return p, nil
}
