package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type noticeDeliveryPage struct {
	Failures []failureRow
	Letters  []letterRow
	Posted   page.DateField
	CanSend  bool
	Nothing  *page.Panel
	Wrong    string
	Many     bool // more than one letter: all can be printed together
}

type failureRow struct {
	ID, Who, Kind, Why, Since string
	Statutory                 bool
}

type letterRow struct {
	Notice, Who, Person, Subject, Day, Why string
	NoAddress, Chosen                      bool
}

// noticeDelivery is what did not arrive and what has to go by post.
func (s *Server) noticeDelivery(v *visit) error {
	posted := v.postedField()
	posted.SetDay(v.today().String())
	return v.deliveryPage(http.StatusOK, posted, nil, "")
}

func (v *visit) postedField() page.DateField {
	return page.DateField{Name: "posted", Legend: "The day they were put into the post"}
}

func (v *visit) deliveryPage(status int, posted page.DateField, chosen []string, wrong string) error {
	failures, err := v.house.Notices.Failures(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	letters, err := v.house.Notices.Letters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	p := noticeDeliveryPage{Posted: posted, CanSend: v.may(policy.NoticeSend, v.inside()) == nil, Wrong: wrong, Many: len(letters) > 1}
	for _, x := range failures {
		who := x.Name
		if who == "" {
			who = "Somebody known by address alone"
		}
		p.Failures = append(p.Failures, failureRow{x.ID, who, x.Kind.Title, whyFailed(x.Class), v.moment(x.Since), x.Statutory && x.Person != ""})
	}
	for _, x := range letters {
		row := letterRow{Notice: x.Notice, Who: x.Name, Person: x.Person, Subject: x.Subject, Day: v.day(x.Day), Why: "they have no e-mail address", NoAddress: len(x.Address) == 0}
		if x.Why == notice.Returned {
			row.Why = "the e-mail did not arrive"
		}
		for _, id := range chosen {
			row.Chosen = row.Chosen || id == x.Notice
		}
		p.Letters = append(p.Letters, row)
	}
	if len(failures)+len(letters) == 0 {
		panel := page.Empty("Everything arrived", "Messages that could not be delivered are listed here, and letters that have to go by post.", page.Link{})
		p.Nothing = &panel
	}
	f := v.frame()
	f.Back = v.backToMessages()
	f.Heading = "What did not arrive"
	f.Sentence = deliverySentence(len(failures), len(letters))
	f.Errors = page.Problems(posted)
	if wrong != "" {
		f.Errors = append(f.Errors, page.Error{Field: "letters", Message: wrong})
	}
	switch v.r.URL.Query().Get("done") {
	case "resent":
		f.Notice = page.Notice{Done: true, Text: "The message is sent again, to the address they have now."}
	case "dismissed":
		f.Notice = page.Notice{Done: true, Text: "The message is taken away. It is not sent again."}
	case "posted":
		f.Notice = page.Notice{Done: true, Text: "That the letters were posted is recorded. Their text is deleted."}
	}
	if len(failures) > 0 {
		f.Files = append(f.Files, v.files("/notices/delivery", "what did not arrive", v.today()))
	}
	if len(letters) > 0 {
		f.Files = append(f.Files, v.files("/notices/letters", "the letters", v.today()))
	}
	f.Data = p
	return v.show(status, "notice_delivery", f)
}

func deliverySentence(failures, letters int) string {
	var parts []string
	if failures > 0 {
		parts = append(parts, phrase(failures, "message could not be delivered.", "messages could not be delivered."))
	}
	if letters > 0 {
		parts = append(parts, phrase(letters, "letter waits for the post.", "letters wait for the post."))
	}
	if len(parts) == 0 {
		return "Nothing waits for you here."
	}
	return strings.Join(parts, " ")
}

// whyFailed says in words why a message was given up.
func whyFailed(class string) string {
	code, isSMTP := strings.CutPrefix(class, "smtp_")
	switch {
	case isSMTP && strings.HasPrefix(code, "55"):
		return "Their mail server does not know the address, or refuses our mail (" + code + "). Check the address."
	case isSMTP:
		return "Their mail server refused it (" + code + ")."
	case class == "address":
		return "The address cannot be right. Check it."
	case class == "timeout", class == "connect":
		return "The mail server could not be reached for over a day. Tell whoever runs the machine."
	case class == "auth", class == "tls", class == "mail-not-set-up", class == "folder":
		return "Mail is not set up rightly here. Tell whoever runs the machine."
	}
	return "It could not be delivered (" + class + ")."
}

// noticeResend tries a message again.
func (s *Server) noticeResend(v *visit) error {
	err := v.house.Notices.Resend(v.ctx, v.org.ID, v.r.PathValue("id"))
	if fault.Is(err, fault.Conflict) {
		posted := v.postedField()
		posted.SetDay(v.today().String())
		return v.deliveryPage(http.StatusUnprocessableEntity, posted, nil, "They have no e-mail address now, so the message cannot be sent again.")
	}
	if err != nil {
		return err
	}
	return v.redirect("/notices/delivery?done=resent")
}

// noticeDismiss takes a failed message away.
func (s *Server) noticeDismiss(v *visit) error {
	if err := v.house.Notices.Dismiss(v.ctx, v.org.ID, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/notices/delivery?done=dismissed")
}

// noticePosted records that letters were put into the post.
func (s *Server) noticePosted(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	posted, chosen := v.postedField(), form["letter"]
	posted.Fill(form)
	day, ok := readDay(&posted, "day of posting", true)
	if ok && day.After(v.today()) {
		posted.Error, ok = "The day is yet to come. Give the day on which they were posted.", false
	}
	if len(chosen) == 0 {
		return v.deliveryPage(http.StatusUnprocessableEntity, posted, chosen, "Choose the letters that were posted.")
	}
	if !ok {
		return v.deliveryPage(http.StatusUnprocessableEntity, posted, chosen, "")
	}
	_, err = v.house.Notices.MarkPosted(v.ctx, v.org.ID, v.actor.Person, day, chosen)
	switch {
	case fault.Is(err, fault.Invalid):
		posted.Error = "One of these letters was written after that day. Choose a later day."
		return v.deliveryPage(http.StatusUnprocessableEntity, posted, chosen, "")
	case fault.Is(err, fault.Conflict):
		return v.deliveryPage(http.StatusConflict, posted, chosen, "One of these letters no longer waits for the post. Nothing was recorded; look again.")
	case err != nil:
		return err
	}
	return v.redirect("/notices/delivery?done=posted")
}
