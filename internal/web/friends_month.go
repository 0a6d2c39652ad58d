package web

import (
	"bytes"
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

func (v *visit) monthAsked() (friends.Month, error) {
	m, err := friends.ParseMonth(v.r.PathValue("month"))
	if err != nil {
		return m, fault.Errorf(fault.NotFound, "there is no month at this address")
	}
	return m, nil
}

// friendsMonth is one month: as everybody may see it, and for those who submit it, what
// they submit.
func (s *Server) friendsMonth(v *visit) error {
	m, err := v.monthAsked()
	if err != nil {
		return err
	}
	r, err := v.house.Friends.Figures(v.ctx, v.org.ID, m)
	if err != nil {
		return err
	}
	points, err := v.house.Friends.Points(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading = "Friends and family", m.Words()
	f.Sentence = "The month is open. Its figures are shown once it is closed."
	var p conductPage
	if r.IsClosed() {
		f.Sentence = "Closed on " + v.day(r.Closed) + " and sealed in the record."
		if r.N > 1 {
			f.Sentence = "Corrected on " + v.day(r.Closed) + ": " + r.Reason
		}
		public, err := r.Public()
		if err != nil {
			return err
		}
		t := page.Table{Caption: "By place", Columns: []page.Column{{Head: "Place"}, {Head: "Answers", Number: true}, {Head: "Good or very good", Number: true}, {Head: "Poor or very poor", Number: true}}}
		t.Rows = append(t.Rows, append(page.Row{{Text: "All of us"}}, shareWords(public.Whole())...))
		for _, one := range points {
			t.Rows = append(t.Rows, append(page.Row{{Text: one.Name}}, shareWords(public.Point(one))...))
		}
		text := []string{"Below a hundred, answers are to the nearest five. A place where few answered, or nearly all alike, is not shown, nor is what would give it back by subtraction. That is stricter than the national rule, from which the hidden ward can be worked out."}
		if r.N > 1 {
			text = append(text, "What is shown here is as it was first closed: beside a corrected table the difference would show.")
		}
		p.Sections = append(p.Sections, conductSection{Heading: "By place", Text: text, Show: []page.Component{t}})
	}
	if v.can(policy.FriendsEdit) {
		p.Sections = append(p.Sections, v.submission(r, points)...)
	}
	if len(p.Sections) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("Not closed yet", "A month is closed when it is over and its cards are keyed.", page.Link{Text: "All months", Href: "/surveys/friends"})}}}
	}
	f.Notice = doneNotice(v, map[string]string{"closed": "The month is closed and sealed."})
	return v.sections(f, p)
}

// submission is what goes to the national body, with its days.
func (v *visit) submission(r friends.Revision, points []friends.Point) []conductSection {
	s := conductSection{Heading: "To submit", Text: []string{"In the national layout, with nothing hidden: the national body hides small numbers when it publishes. Do not publish these files."}}
	seen := map[friends.Setting]bool{}
	for _, p := range points {
		if _, ok := r.Of(p.ID); !ok || seen[p.Setting] {
			continue
		}
		seen[p.Setting] = true
		due := v.house.Friends.Due(r.Month, p.Setting)
		at := "/surveys/friends/months/" + r.Month.String() + "/submit/" + string(p.Setting)
		s.Links = append(s.Links,
			page.LinkLine{Text: p.Setting.Words() + " as a workbook", Href: at + "?as=xlsx", Note: "to be submitted by " + v.weekday(due.Day)},
			page.LinkLine{Text: p.Setting.Words() + " as CSV", Href: at})
	}
	at := "/surveys/friends/months/" + r.Month.String()
	s.Links = append(s.Links, page.LinkLine{Text: "How many could have answered", Href: at + "/eligible", Note: "for the response rate"}, page.LinkLine{Text: "Stacks of cards", Href: at + "/cards"})
	at += "/close"
	switch {
	case !r.IsClosed() && v.today().After(r.Month.Last()):
		s.Button = page.Button{Text: "Close the month", Href: at}
	case r.Since > 0:
		s.Text = append(s.Text, "Since it was closed, "+count(r.Since, "answer", "answers")+" came in or was struck.")
		s.Button = page.Button{Text: "Correct the month", Href: at}
	}
	return []conductSection{s}
}

// friendsFile is a month of one setting in the national layout.
func (s *Server) friendsFile(v *visit) error {
	m, err := v.monthAsked()
	if err != nil {
		return err
	}
	setting := friends.Setting(v.r.PathValue("setting"))
	if !setting.Known() {
		return fault.Errorf(fault.NotFound, "there is no such kind of care")
	}
	r, err := v.house.Friends.Figures(v.ctx, v.org.ID, m)
	if err != nil {
		return err
	}
	points, err := v.house.Friends.Points(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	sheets := friends.Layout(friends.Provider{Code: v.org.ODS, Name: v.org.Name}, r, points, setting)
	name := "friends-and-family-" + string(setting) + "-" + m.String()
	var out bytes.Buffer
	kind, ending := "text/csv; charset=utf-8", ".csv"
	if v.queried().Get("as") == "xlsx" {
		kind, ending = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
		stands := "Not closed yet: the figures may change."
		if r.IsClosed() {
			stands = "Revision " + number(r.N) + ", closed on " + r.Closed.String() + ". SHA-256 of the figures: " + r.SHA256
		}
		err = friends.WriteXLSX(&out, sheets, []string{v.org.Name, m.Words() + ", " + setting.Words(), stands, "For submission. Not for publication: small numbers are not hidden."})
	} else {
		err = friends.WriteCSV(&out, sheets)
	}
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+ending+`"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(out.Bytes()) // the reader has gone away if this fails
	return nil
}

func (v *visit) showClose(status int, r friends.Revision, reason *page.TextArea, wrong string) error {
	f := v.frame()
	at := "/surveys/friends/months/" + r.Month.String()
	f.Back = page.Link{Text: r.Month.Words(), Href: at}
	f.Kicker, f.Heading, f.Sentence = r.Month.Words(), "Close the month", count(r.All().All(), "answer is", "answers are")+" counted."
	a := conductAct{
		Action: at + "/close", Button: page.Button{Text: "Close it"}, Cancel: page.Link{Text: "Cancel", Href: at},
		Effects: []string{"The record keeps the figures and a seal over every answer. What is changed later is found.", "Cards that are keyed later count only with a correction, which says why."},
	}
	if reason != nil {
		f.Heading = "Correct the month"
		a.Groups, a.Button.Text = ask(*reason), "Correct it"
	}
	return v.showAct(status, f, a, wrong)
}

func (v *visit) closing(form map[string][]string) (friends.Revision, *page.TextArea, error) {
	m, err := v.monthAsked()
	if err != nil {
		return friends.Revision{}, nil, err
	}
	r, err := v.house.Friends.Figures(v.ctx, v.org.ID, m)
	if err != nil || !r.IsClosed() {
		return r, nil, err
	}
	reason := &page.TextArea{Name: "reason", Label: "Why is it corrected?", Hint: "It is shown with the month.", Rows: 3}
	if len(form["reason"]) > 0 {
		reason.Value = form["reason"][0]
	}
	return r, reason, nil
}

// friendsClose asks whether to close a month, or correct one.
func (s *Server) friendsClose(v *visit) error {
	r, reason, err := v.closing(nil)
	if err != nil {
		return err
	}
	return v.showClose(http.StatusOK, r, reason, "")
}

// friendsCloseDo does it.
func (s *Server) friendsCloseDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	r, reason, err := v.closing(form)
	if err != nil {
		return err
	}
	if reason == nil {
		_, err = v.house.Friends.Close(v.ctx, v.actor.Person, v.org.ID, r.Month)
	} else {
		_, err = v.house.Friends.Correct(v.ctx, v.actor.Person, v.org.ID, r.Month, reason.Value)
	}
	if refusable(err) {
		wrong := ""
		if reason != nil && fault.FieldOf(err) == "reason" {
			reason.Error = v.refusalWords(err)
		} else {
			wrong = v.refusalWords(err)
		}
		return v.showClose(http.StatusUnprocessableEntity, r, reason, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/months/" + r.Month.String() + "?done=closed")
}
