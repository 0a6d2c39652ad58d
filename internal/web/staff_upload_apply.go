package web

import (
	"errors"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
)

type staffReviewPage struct {
	ID      string
	Reasons []string
	Facts   page.Defs
	Sure    page.Checkboxes
	Apply   string
}

// staffUploadReview asks a second time before a list is applied that exceeds a
// threshold, and says why it asks.
func (s *Server) staffUploadReview(v *visit) error {
	u, plan, ok, err := v.waiting()
	if !ok {
		return err
	}
	if len(plan.NeedsConfirmation) == 0 {
		return v.redirect("/staff/uploads/" + u.ID)
	}
	return v.reviewPage(http.StatusOK, u, plan, "")
}

func (v *visit) reviewPage(status int, u staff.Upload, plan staff.Plan, wrong string) error {
	p := staffReviewPage{
		ID: u.ID, Apply: "Apply " + count(plan.Size(), "change", "changes"),
		Facts: page.Defs{
			{Term: "Joiners", Fact: number(len(plan.Joiners))},
			{Term: "Leavers", Fact: number(len(plan.Leavers))},
			{Term: "Changes", Fact: number(len(plan.Changes))},
			{Term: "Refused rows", Fact: number(plan.Refused)},
			{Term: "As before", Fact: number(plan.Unchanged)},
		},
		Sure: page.Checkboxes{
			Name: "sure", Legend: "Before you go on", Error: wrong,
			Options: []page.Option{{Value: "yes", Label: "I have checked the list, and it is right", Hint: "That you confirmed it stands in the record."}},
		},
	}
	for _, d := range plan.NeedsConfirmation {
		p.Reasons = append(p.Reasons, d.Reason)
	}
	f, err := v.uploadFrame(u)
	if err != nil {
		return err
	}
	f.Back = page.Link{Text: "Dry run", Href: "/staff/uploads/" + u.ID}
	f.Heading = "Is this list right?"
	f.Sentence = "Nothing has changed yet. We ask twice, because this list would do more than lists usually do."
	f.Errors = page.Problems(p.Sure)
	f.Data = p
	return v.show(status, "staff_upload_review", f)
}

// staffUploadApply makes the change that an upload waits with.
func (s *Server) staffUploadApply(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	u, plan, ok, err := v.waiting()
	if !ok {
		return err
	}
	sure := staff.Unconfirmed
	if form.Get("sure") == "yes" {
		sure = staff.Confirmed
	}
	if form.Has("asked") && sure == staff.Unconfirmed {
		return v.reviewPage(http.StatusUnprocessableEntity, u, plan, "Check the list first. If it is right, tick the box.")
	}
	out, err := v.house.Staff.Apply(v.ctx, v.actor.Person, v.org.ID, u.ID, sure)
	switch {
	case doubtful(err):
		return v.redirect("/staff/uploads/" + u.ID + "/review")
	case fault.Is(err, fault.NotFound):
		return v.uploadGone()
	case fault.Is(err, fault.Conflict):
		return v.uploadOvertaken(u, err)
	case err != nil:
		return err
	case !out.Changed():
		return v.redirect("/staff?" + url.Values{"read": {"again"}}.Encode())
	}
	return v.redirect("/staff/imports/" + out.Import.ID + "?applied=now")
}

// uploadOvertaken says that a list cannot be applied as the dry run saw it, and
// offers to read it again.
func (v *visit) uploadOvertaken(u staff.Upload, cause error) error {
	f, err := v.uploadFrame(u)
	if err != nil {
		return err
	}
	f.Back = page.Link{Text: "Dry run", Href: "/staff/uploads/" + u.ID}
	f.Heading = "The staff list has changed since this dry run"
	f.Sentence = "Nothing was done with your list, and nothing is lost."
	f.Data = struct {
		ID, Why string
	}{u.ID, plainly(cause)}
	return v.show(http.StatusConflict, "staff_upload_overtaken", f)
}

// staffUploadDiscard forgets an upload and asks for another file, of the same
// employer and day.
func (s *Server) staffUploadDiscard(v *visit) error {
	u, _, err := v.house.Staff.Waiting(v.ctx, v.org.ID, v.r.PathValue("id"))
	if fault.Is(err, fault.NotFound) {
		return v.redirect("/staff/imports/new")
	}
	if err != nil {
		return err
	}
	if err := v.house.Staff.Discard(v.ctx, v.org.ID, u.ID); err != nil {
		return err
	}
	return v.redirect(sameList(u.Employer, u.AsAt))
}

// doubtful reports whether an import waits for somebody to confirm it.
func doubtful(err error) bool {
	var d *staff.Doubtful
	return errors.As(err, &d)
}
