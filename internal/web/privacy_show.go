package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/web/page"
	"commonweal/law"
)

type privacyPage struct {
	Held       page.Table
	Inspection string
	Retention  string
}

// privacyShow says what is held and for how long, from the legal form's own
// rules, so that the page is true of this organisation.
func (s *Server) privacyShow(v *visit) error {
	p := privacyPage{
		Held: page.Table{
			Caption: "What we hold and why", Columns: []page.Column{{Head: "What"}, {Head: "Why", Wide: true}},
			Rows: []page.Row{
				page.Cells("Name, address, when you joined and left, your share", "The law asks for a register of members."),
				page.Cells("Work e-mail, post, site, contract", "To know who may be a member and in which constituency. It comes from your employer’s staff list."),
				page.Cells("What you did here: applied, were admitted, voted", "So that it can be shown to have happened. How you voted is never held."),
				page.Cells("That you were asked in a survey and have a pass for it, with the day", "So that everybody is asked once, and a reminder goes only to those without a pass. Whether you answered, and what, is not held beside your name or anything that leads to it."),
				page.Cells("Answers to surveys, and comments, without a name", "To know what it is like to work here. They are in a database of their own that knows nobody, and are shown for groups of ten or more."),
				page.Cells("When you signed in and on what kind of device", "So that you can see and end sessions. Kept while the session lasts."),
			},
		},
		Inspection: "Who else may see the register depends on the organisation’s legal form.",
		Retention:  "The register keeps your entry while you are a member and for some years after.",
	}
	if form, err := v.house.Law.Form(lawForm(v.org.LegalForm), v.today()); err == nil {
		p.Inspection = inspectionSentence(form)
		p.Retention = fmt.Sprintf("The register keeps your entry while you are a member and for %d years after. Staff who never became members are deleted sooner. Uploaded files are deleted after seven days. Answers to a survey are erased on the day that its page names.", form.Retention.Years)
	}
	f := v.frame()
	f.Heading = "Privacy"
	f.Sentence = "We hold what a register needs, and we say who can see it."
	f.Data = p
	return v.show(http.StatusOK, "privacy", f)
}

// inspectionSentence says who may look at the register, for a legal form.
func inspectionSentence(form *law.Form) string {
	anyone, open := form.Inspection(law.Anyone)
	switch {
	case open:
		s := "Anyone may ask to inspect the register"
		if anyone.NeedsPurpose {
			s += " and must say why"
		}
		if anyone.WorkingDays > 0 {
			s += fmt.Sprintf("; we answer within %d working days", anyone.WorkingDays)
		}
		return s + "."
	case form.HidesOthersShares:
		return "Other members may see that you are a member. They may not see what shares you hold."
	default:
		return "Other members may inspect the register."
	}
}

func lawForm(id string) law.FormID { return law.FormID(id) }
