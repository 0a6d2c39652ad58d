package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

// friendsComments is what patients wrote and the gate let through. Those who did not say
// that it may be published are read by those who read the comments of surveys.
func (s *Server) friendsComments(v *visit) error {
	list, err := v.house.Friends.Through(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	written, err := v.house.Friends.Written(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "What patients wrote", "Names and places are taken out, and somebody has read each before it is shown."
	f.Notice = doneNotice(v, map[string]string{"back": "It is shown no more. A second reader looks at it again."})
	gates := v.can(policy.CommentGate)
	t := page.Table{Caption: "What patients wrote", Columns: []page.Column{{Head: "Where"}, {Head: "Month"}, {Head: "Answer"}, {Head: "In their words", Wide: true}}}
	if gates {
		t.Columns = append(t.Columns, page.Column{Head: "Somebody is recognised"})
	}
	var shown []friends.Shown
	for _, c := range list {
		if c.Publish || v.can(policy.CommentView) {
			shown = append(shown, c)
		}
	}
	rows, pages := leafing(v, shown, listSize)
	places := v.released()
	for _, c := range rows {
		where, answer, err := places.of(c)
		if err != nil {
			return err
		}
		row := page.Row{{Text: where}, {Text: c.Month.Words()}, answer, {Text: c.Words}}
		if gates {
			row = append(row, page.Cell{Text: "Take it back", Href: "/surveys/friends/comments/" + c.ID + "/take-back"})
		}
		t.Rows = append(t.Rows, row)
	}
	p := conductPage{Sections: []conductSection{{Show: []page.Component{t}, Pages: pages}}}
	if len(shown) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("Nothing is shown yet", "What patients write stands here once somebody has read it and taken out what tells who it is about.", page.Link{Text: "Friends and family", Href: "/surveys/friends"})}}}
	}
	if written.All > 0 {
		p.Sections = append(p.Sections, conductSection{Heading: "What is not shown here", Text: []string{
			writtenWords(written, len(list)-len(shown)),
			"A comment stands with its place and answer where the figures of that place are shown for the month, and elsewhere without: it would tell what the figures hide.",
		}})
	}
	return v.sections(f, p)
}

// writtenWords says what became of all comments.
func writtenWords(w friends.Written, apart int) string {
	out := "Patients wrote " + count(w.All, "comment", "comments") + ". " + count(w.Withheld, "is", "are") + " withheld, because two readers thought so, " +
		number(w.Held) + " kept back by one reader, with a reason, until a second agrees or brings them back, and " + number(w.Waiting()) + " not read yet."
	if apart > 0 {
		out += " " + count(apart, "more is", "more are") + " read by those alone who run the service: the patient did not say that it may be published."
	}
	return out
}

// releasedPlaces say with which place and answer a comment may stand.
type releasedPlaces struct {
	v      *visit
	points map[string]friends.Point
	months map[friends.Month]friends.Public
}

func (v *visit) released() *releasedPlaces {
	return &releasedPlaces{v: v, months: map[friends.Month]friends.Public{}}
}

// of is the place of a comment, and its answer: of a place whose figures are not shown
// for the month neither is said.
func (r *releasedPlaces) of(c friends.Shown) (where string, answer page.Cell, err error) {
	if r.points == nil {
		all, err := r.v.house.Friends.Points(r.v.ctx, r.v.org.ID)
		if err != nil {
			return "", answer, err
		}
		r.points = map[string]friends.Point{}
		for _, p := range all {
			r.points[p.ID] = p
		}
	}
	public, ok := r.months[c.Month]
	if !ok {
		all, err := r.v.house.Friends.Revisions(r.v.ctx, r.v.org.ID, c.Month)
		if err != nil {
			return "", answer, err
		}
		if len(all) > 0 {
			if public, err = all[len(all)-1].Public(); err != nil {
				return "", answer, err
			}
		}
		r.months[c.Month] = public
	}
	if _, shown := public.Point(r.points[c.Point]); !shown {
		return "All of us", page.Cell{Text: "Not shown", Kind: page.Quiet}, nil
	}
	return r.points[c.Point].Name, page.Cell{Text: c.Rating.Words()}, nil
}

// takenBack finds the comment that the address names.
func (v *visit) takenBack() (friends.Shown, error) {
	list, err := v.house.Friends.Through(v.ctx, v.org.ID)
	for _, c := range list {
		if c.ID == v.r.PathValue("comment") {
			return c, err
		}
	}
	if err == nil {
		err = fault.Errorf(fault.NotFound, "no comment of a patient is shown at this address")
	}
	return friends.Shown{}, err
}

func (v *visit) showTakeBack(status int, c friends.Shown, reason *page.TextArea, wrong string) error {
	f := v.frame()
	f.Back = page.Link{Text: "What patients wrote", Href: "/surveys/friends/comments"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "Take a comment back", "Do it where somebody is recognised in it. It is shown to nobody from now on."
	return v.showAct(status, f, conductAct{
		Action: "/surveys/friends/comments/" + c.ID + "/take-back", Summary: page.Summary{{Term: "In their words", Fact: c.Words}}, Groups: ask(*reason),
		Button: page.Button{Text: "Take it back"}, Cancel: page.Link{Text: "Cancel", Href: "/surveys/friends/comments"},
		Effects: []string{"Its words leave the record too. That it was taken back, by whom and why stays there.", "A second reader agrees, or brings it back in other words."},
	}, wrong)
}

// friendsTakeBack asks why a comment is taken back.
func (s *Server) friendsTakeBack(v *visit) error {
	c, err := v.takenBack()
	if err != nil {
		return err
	}
	return v.showTakeBack(http.StatusOK, c, whyField(nil, "Write no name."), "")
}

// friendsTakeBackDo takes it back.
func (s *Server) friendsTakeBackDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	c, err := v.takenBack()
	if err != nil {
		return err
	}
	reason, wrong := whyField(form, "Write no name."), ""
	if reason.Error != "" {
		return v.showTakeBack(http.StatusUnprocessableEntity, c, reason, "")
	}
	err = v.house.Friends.TakeBack(v.ctx, v.actor.Person, v.org.ID, c.ID, reason.Value)
	if refusable(err) {
		v.refusedAt(err, &wrong, map[string]*string{"reason": &reason.Error})
		return v.showTakeBack(http.StatusUnprocessableEntity, c, reason, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/comments?done=back")
}
