package web

import (
	"bytes"
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

const friendsImportRoot = "/surveys/friends/import"

func (v *visit) friendsImportFrame() page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "Answers from a file", "You see first what the file holds. Nothing is kept before you say so."
	f.Notice = doneNotice(v, map[string]string{"imported": "The file is imported.", "before": "That file was imported already, so nothing was changed."})
	return f
}

func friendsUpload() page.Upload {
	return page.Upload{Name: "file", Label: "The answers, or months counted before", Accept: ".csv,.txt", Hint: "CSV, 20 MB at most. No names, and nothing else about anybody."}
}

// friendsImport asks for a file.
func (s *Server) friendsImport(v *visit) error {
	return v.showFriendsImport(http.StatusOK, friendsUpload(), nil)
}

func (v *visit) showFriendsImport(status int, file page.Upload, wrong []friends.Rejected) error {
	f := v.friendsImportFrame()
	u := uploadPage{Action: friendsImportRoot, Fields: []page.Field{file}, Button: page.Button{Text: "Read the file"}, Cancel: page.Link{Text: "Import nothing", Href: "/surveys/friends"}}
	if len(wrong) > 0 {
		t := page.Table{Caption: "What is wrong", Columns: []page.Column{{Head: "Row"}, {Head: "Field"}, {Head: "What is wrong, and what to do", Wide: true}}}
		for _, w := range wrong {
			t.Rows = append(t.Rows, page.Cells("Row "+number(w.Row), orNone(w.Field), w.Says))
		}
		u.Before = []conductSection{{Heading: phrase(len(wrong), "thing is wrong", "things are wrong"), Text: []string{"Nothing was kept. Row 1 has the names of the columns. Put these right and choose the file again."}, Show: []page.Component{t}}}
	}
	columns := func(heading string, list []string) conductSection {
		s := page.Defs{}
		for _, c := range list {
			s = append(s, page.Def{Term: c, Fact: friendsColumns[c]})
		}
		return conductSection{Heading: heading, Show: []page.Component{s}}
	}
	u.After = []conductSection{columns("Answers, one row each", friends.AnswerColumns), columns("Months counted before, one row for each month and place", friends.PastColumns)}
	f.Errors = page.Problems(file)
	f.Data = u
	return v.show(status, "wave_upload", f)
}

// friendsColumns say what a column holds.
var friendsColumns = map[string]string{
	"point": "The address of the point, as its poster has it.", "month": "Such as 2026-10.", "way": "sms, electronic_discharge, electronic_home, paper_discharge, paper_home, telephone, online or other.",
	"answer": "In words, or 1 to 6.", "language": "en or cy; empty for the first of the point.", "comment": "What the patient wrote. It waits at the gate.", "publish": "yes where the patient said so.",
	"questions": "2013, 2014 or 2020: the question set of its time.", "setting": "The kind of care, such as inpatient or community.", "site": "Its name, or empty.", "ward": "Its name, or empty.",
	"first": "How many gave the best answer.", "second": "The next.", "third": "The middle.", "fourth": "The last but one.", "fifth": "The worst.", "dont_know": "How many did not know.", "eligible": "How many could have been asked, or empty.",
}

// friendsImportRead reads a file: to its dry run, or back with what is wrong.
func (s *Server) friendsImportRead(v *visit) error {
	sent, _, err := v.sent()
	file := friendsUpload()
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		file.Error = tooLargeFor(err, "20 MB")
		return v.showFriendsImport(http.StatusUnprocessableEntity, file, nil)
	}
	out, err := v.house.Friends.DryRun(v.ctx, v.org.ID, bytes.NewReader(sent.content))
	if refusable(err) {
		file.Error = v.refusalWords(err)
		return v.showFriendsImport(http.StatusUnprocessableEntity, file, nil)
	}
	if err != nil {
		return err
	}
	if len(out.Wrong) > 0 {
		file.Error = "The file has rows or columns that cannot be taken."
		return v.showFriendsImport(http.StatusUnprocessableEntity, file, out.Wrong)
	}
	if out.Before {
		return v.redirect(friendsImportRoot + "?done=before")
	}
	id := v.house.World.ID()
	v.parked.put(id, &parkedFile{org: v.org.ID, person: v.actor.Person, name: sent.name, content: sent.content}, v.now)
	return v.redirect(friendsImportRoot + "/" + id)
}

var errNotParked = fault.Errorf(fault.NotFound, "the file does not wait here any more: choose it again at Friends and family, Answers from a file")

// friendsImportDry shows what a file would do.
func (s *Server) friendsImportDry(v *visit) error {
	parked, ok := v.parked.get(v.r.PathValue("file"), v.org.ID, v.actor.Person, v.now)
	if !ok {
		return errNotParked
	}
	return v.showFriendsDry(http.StatusOK, parked, "")
}

func (v *visit) showFriendsDry(status int, parked *parkedFile, wrong string) error {
	out, err := v.house.Friends.DryRun(v.ctx, v.org.ID, bytes.NewReader(parked.content))
	if err != nil {
		return err
	}
	f := v.friendsImportFrame()
	f.Heading, f.Sentence = "What the file would do", page.Begin(count(out.Rows, "row", "rows"))+" would be imported. Nothing is kept yet."
	t := page.Table{Caption: "What it adds", Columns: []page.Column{{Head: "Month"}, {Head: "Place"}, {Head: "Answers", Number: true}, {Head: "Comments", Number: true}}}
	const most = 60
	for i, l := range out.Lines {
		if i == most {
			t.Rows = append(t.Rows, page.Row{{Text: "and " + number(len(out.Lines)-most) + " more", Kind: page.Quiet}, {}, {}, {}})
			break
		}
		t.Rows = append(t.Rows, page.Cells(l.Month.Words(), l.Place, number(l.Answers), number(l.Comments)))
	}
	effects := []string{"Answers of a month that is closed count when it is corrected.", "Comments wait at the gate.", "The same file again changes nothing."}
	if out.Past {
		effects = []string{"Months that were counted before stand by themselves: they are joined to no other series.", "They cannot be changed here afterwards."}
	}
	return v.showAct(status, f, conductAct{
		Action: friendsImportRoot + "/" + v.r.PathValue("file"), Summary: page.Summary{{Term: "File", Fact: orNone(parked.name)}}, Sections: []conductSection{{Show: []page.Component{t}}},
		Effects: effects, Button: page.Button{Text: "Import it"}, Cancel: page.Link{Text: "Import nothing", Href: friendsImportRoot},
	}, wrong)
}

// friendsImportDo imports it.
func (s *Server) friendsImportDo(v *visit) error {
	id := v.r.PathValue("file")
	parked, ok := v.parked.get(id, v.org.ID, v.actor.Person, v.now)
	if !ok {
		return errNotParked
	}
	out, err := v.house.Friends.Import(v.ctx, v.actor.Person, v.org.ID, bytes.NewReader(parked.content))
	if refusable(err) || err == nil && len(out.Wrong) > 0 {
		return v.showFriendsDry(http.StatusConflict, parked, v.refusalWords(err))
	}
	if err != nil {
		return err
	}
	v.parked.forget(id)
	if out.Past {
		return v.redirect("/surveys/friends/past?done=imported")
	}
	return v.redirect(friendsImportRoot + "?done=imported")
}

// friendsPast lists the months that were counted before, for those who submit.
func (s *Server) friendsPast(v *visit) error {
	list, err := v.house.Friends.PastMonths(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "Months counted before", "Three question sets, three series: none is joined to another."
	f.Notice = doneNotice(v, map[string]string{"imported": "The file is imported."})
	t := page.Table{Caption: "Months counted before", Columns: []page.Column{{Head: "Month"}, {Head: "Place"}, {Head: "Questions of"}, {Head: "Answers", Number: true}, {Head: "Could have answered", Number: true}, {Head: "Figure of its time", Number: true}}}
	rows, pages := leafing(v, list, listSize)
	for _, p := range rows {
		eligible, figure := "not known", "none"
		if p.Eligible != nil {
			eligible = number(*p.Eligible)
		}
		if score, ok := p.Score(); ok {
			figure = number(score)
			if p.Questions != friends.Promoter {
				figure += "%"
			}
		}
		t.Rows = append(t.Rows, page.Row{{Text: p.Month.Words(), Href: "/surveys/friends/past/" + p.Month.String()}, {Text: p.Place()}, {Text: string(p.Questions)}, {Text: number(p.Counts.All())}, {Text: eligible}, {Text: figure}})
	}
	q := conductPage{Sections: []conductSection{{Text: []string{"With nothing hidden, for those who submit them. A month opens as CSV in the layout of its time: do not publish it."}, Show: []page.Component{t}, Pages: pages}}}
	if len(list) == 0 {
		q.Sections = []conductSection{{Show: []page.Component{page.Empty("No months yet", "Months that were counted before the test was kept here come from a file.", page.Link{Text: "Answers from a file", Href: friendsImportRoot})}}}
	} else {
		f.Files = []page.Files{v.files("/surveys/friends/past", "the months counted before", v.today())}
	}
	return v.sections(f, q)
}

// friendsPastFile is one of them in the layout of its time.
func (s *Server) friendsPastFile(v *visit) error {
	m, err := v.monthAsked()
	if err != nil {
		return err
	}
	list, err := v.house.Friends.PastMonths(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(p friends.Past) bool { return p.Month == m }) {
		return fault.Errorf(fault.NotFound, "%s was not counted before", m.Words())
	}
	var out bytes.Buffer
	if err := friends.WriteCSV(&out, friends.PastLayout(friends.Provider{Code: v.org.ODS, Name: v.org.Name}, list, m)); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="friends-and-family-counted-before-`+m.String()+`.csv"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(out.Bytes()) // the reader has gone away if this fails
	return nil
}
