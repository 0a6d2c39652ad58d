package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type certificatePage struct {
	Organisation string
	Law          string // "a community benefit society, registered number 7912"
	Number       string
	Holder       string
	HolderNumber string
	Shares       string
	Each         string
	Issued       string
	Facts        page.Defs
	Words        []string
	Cancelled    string // in words, where it is no longer good
	Own          bool
	CancelHref   string
}

// certificateShow is any certificate, for those who may see them all.
func (s *Server) certificateShow(v *visit) error {
	c, person, err := v.certificateAsked()
	if err != nil {
		return err
	}
	if err := v.may(policy.CertificateViewAny, v.about(person)); err != nil {
		return err
	}
	p, err := v.certificatePaper(c)
	if err != nil {
		return err
	}
	if c.Good() && v.can(policy.CertificateIssue) {
		p.CancelHref = "/shares/certificates/" + c.ID + "/cancel"
	}
	f := v.frame()
	f.Back = page.Link{Text: "Share certificates", Href: "/shares/certificates"}
	if v.r.URL.Query().Get("done") == "cancelled" {
		if f.Notice, err = v.doneNotice("The certificate is cancelled. The shares stay.", "share.certificate_cancelled"); err != nil {
			return err
		}
	}
	return v.showCertificate(f, p)
}

// certificateOwn is a certificate of whoever asks. Of somebody else's it does not
// even say that there is one.
func (s *Server) certificateOwn(v *visit) error {
	c, person, err := v.certificateAsked()
	if err != nil {
		return err
	}
	if err := v.may(policy.CertificateOwn, v.about(person)); err != nil {
		return fault.Errorf(fault.NotFound, "you have no certificate at this address")
	}
	p, err := v.certificatePaper(c)
	if err != nil {
		return err
	}
	p.Own = true
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	return v.showCertificate(f, p)
}

func (v *visit) showCertificate(f page.Frame, p certificatePage) error {
	f.Title = "Share certificate " + p.Number
	f.Data = p
	return v.show(http.StatusOK, "certificate_show", f)
}

// certificateAsked is the certificate that the address names, and whose it is.
func (v *visit) certificateAsked() (share.Printed, string, error) {
	c, err := v.house.Shares.Print(v.ctx, v.org.ID, v.r.PathValue("id"))
	if fault.Is(err, fault.NotFound) {
		return c, "", fault.Errorf(fault.NotFound, "there is no certificate at this address")
	}
	if err != nil {
		return c, "", err
	}
	file, err := v.house.Members.FileByMember(v.ctx, v.org.ID, c.Member)
	return c, file.Person, err
}

// certificatePaper is what stands on the paper.
func (v *visit) certificatePaper(c share.Printed) (certificatePage, error) {
	p := certificatePage{
		Organisation: c.Organisation, Number: number(c.Number), Holder: c.Holder, HolderNumber: number(c.HolderNumber),
		Shares: sharesOf(c.Quantity, c.Class.Name), Each: money(c.Class.NominalPence) + " each, fully paid", Issued: dayInFull(c.Issued),
	}
	if p.Holder == "" {
		p.Holder = "Member " + p.HolderNumber
	}
	if c.Quantity == 1 {
		p.Each = money(c.Class.NominalPence) + ", fully paid"
	}
	if form := v.formToday(); form != nil {
		p.Law = page.Begin(article(inRunningText(form.Label)))
	}
	if c.RegisteredNo != "" {
		p.Law += ", registered number " + c.RegisteredNo
	}
	p.Facts = page.Defs{
		{Term: "Certificate", Fact: "No. " + p.Number},
		{Term: "Issued", Fact: p.Issued},
		{Term: "Register of members", Fact: "No. " + p.HolderNumber},
		{Term: "Share ledger", Fact: "Entry " + number(c.EntryNumber)},
		{Term: "The record", Fact: "Entry " + number(c.Recorded), Href: "/record/proof/" + whole(c.Recorded)},
	}
	if !c.Good() {
		p.Cancelled = "Cancelled from " + dayInFull(c.Cancelled) + ". It is no longer good."
	}
	var err error
	p.Words, err = v.recordWords(c.Recorded)
	return p, err
}

type certificateCancelPage struct {
	ID     string
	Number string
}

// certificateCancelShow asks whether a certificate is to be cancelled.
func (s *Server) certificateCancelShow(v *visit) error {
	c, person, err := v.certificateAsked()
	if err != nil {
		return err
	}
	if err := v.may(policy.CertificateIssue, v.about(person)); err != nil {
		return err
	}
	if !c.Good() {
		return v.redirect("/shares/certificates/" + c.ID)
	}
	f := v.frame()
	f.Back = page.Link{Text: "Certificate " + number(c.Number), Href: "/shares/certificates/" + c.ID}
	f.Kicker = c.Holder + ", " + sharesOf(c.Quantity, c.Class.Name)
	f.Heading = "Cancel certificate " + number(c.Number) + "?"
	f.Sentence = "Do this when it was lost, or says something wrong. The shares stay, and a new certificate can be issued. This one cannot be made good again."
	f.Data = certificateCancelPage{c.ID, number(c.Number)}
	return v.show(http.StatusOK, "certificate_cancel", f)
}

// certificateCancel cancels it.
func (s *Server) certificateCancel(v *visit) error {
	c, person, err := v.certificateAsked()
	if err != nil {
		return err
	}
	if err := v.may(policy.CertificateIssue, v.about(person)); err != nil {
		return err
	}
	err = v.house.Shares.CancelCertificate(v.ctx, v.actor.Person, v.org.ID, c.ID)
	if err != nil && !fault.Is(err, fault.Conflict) { // pressed twice, it is cancelled all the same
		return err
	}
	return v.redirect("/shares/certificates/" + c.ID + "?done=cancelled")
}
