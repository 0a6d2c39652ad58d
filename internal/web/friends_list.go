package web

import (
	"html/template"
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/survey/estimate"
)

type friendsPage struct {
	Sections []resultSection
	Source   string
}

// shareWords are the figures of a place in a month, or that they are not shown.
func shareWords(s friends.Share, ok bool) []page.Cell {
	if !ok {
		quiet := page.Cell{Text: "Not shown", Kind: page.Quiet}
		return []page.Cell{quiet, quiet, quiet}
	}
	return []page.Cell{{Text: number(s.Base)}, {Text: number(s.Positive) + "%"}, {Text: number(s.Negative) + "%"}}
}

// friendsList is what patients say, month by month, beside what staff say of the same.
func (s *Server) friendsList(v *visit) error {
	months, err := v.house.Friends.Months(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Surveys", Href: "/surveys"}
	f.Kicker, f.Heading = "Surveys", "Friends and family"
	var p friendsPage
	run, newest, err := v.friendsRun(months)
	if err != nil {
		return err
	}
	f.Sentence = newest
	if len(months) == 0 {
		p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Show: []page.Component{page.Empty("Nothing yet", "What patients answer when they are asked about their experience stands here, month by month. The secretary or the engagement lead opens the points where they are asked.", v.editLink())}}})
	} else {
		t := page.Table{Caption: "Months", Columns: []page.Column{{Head: "Month"}, {Head: "Answers", Number: true}, {Head: "Good or very good", Number: true}, {Head: "Poor or very poor", Number: true}, {Head: "Stands"}}}
		for _, r := range months {
			public, err := r.Public()
			if err != nil {
				return err
			}
			stands := page.Cell{Text: "open"}
			if r.IsClosed() {
				stands = page.Cell{Text: "closed on " + v.day(r.Closed)}
				if r.N > 1 {
					stands.Text = "corrected on " + v.day(r.Closed)
				}
			}
			row := append(page.Row{{Text: r.Month.Words(), Href: "/surveys/friends/months/" + r.Month.String()}}, shareWords(public.Whole())...)
			t.Rows = append(t.Rows, append(row, stands))
		}
		if run != "" {
			p.Sections = append(p.Sections, resultSection{Chart: run})
		}
		p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: "Month by month", Show: []page.Component{t}}})
		f.Files = []page.Files{v.files("/surveys/friends/months", "the months", v.today())}
	}
	staff, err := v.staffBeside()
	if err != nil {
		return err
	}
	p.Sections = append(p.Sections, staff, resultSection{conductSection: conductSection{Heading: "More", Links: v.friendsLinks()}})
	p.Source = "The question: “Overall, how was your experience of our service?” The percentage is of all answers, those who do not know among them. Who answers is chance and choice: it does not compare one hospital with another."
	return v.show(http.StatusOK, "result_page", withFigures(f, p))
}

// withFigures fits the page into the template of results.
func withFigures(f page.Frame, p friendsPage) page.Frame {
	f.Data = resultPage{Sections: p.Sections, Source: p.Source}
	return f
}

func (v *visit) editLink() page.Link {
	if !v.can(policy.FriendsEdit) {
		return page.Link{}
	}
	return page.Link{Text: "Open a point", Href: "/surveys/friends/points/new"}
}

func (v *visit) friendsLinks() page.Links {
	out := page.Links{{Text: "What patients wrote", Href: "/surveys/friends/comments"}}
	if v.can(policy.FriendsEdit) {
		out = append(out, page.LinkLine{Text: "Where patients are asked", Href: "/surveys/friends/points", Note: "points, posters and cards"},
			page.LinkLine{Text: "Answers from a file", Href: friendsImportRoot}, page.LinkLine{Text: "Months counted before", Href: "/surveys/friends/past"})
	}
	if v.can(policy.CommentGate) {
		out = append(out, page.LinkLine{Text: "Comments that wait at the gate", Href: "/surveys/friends/gate"}, page.LinkLine{Text: "Comments that one reader kept back", Href: "/surveys/friends/gate/again"})
	}
	return out
}

// friendsRun draws the months of the whole organisation with their intervals, and says
// what the newest found.
func (v *visit) friendsRun(months []friends.Revision) (template.HTML, string, error) {
	c := chart.Intervals{
		Frame: chart.Frame{ID: "friends-run", Title: "Patients whose experience was good or very good", Sub: "Percent of answers, with the range that is likely (95%)", Source: "Our patients, month by month, as released."},
		Head:  "Month", Value: "Good or very good", Unit: "%", Words: page.NotShown(page.Link{}).Title,
	}
	sentence := ""
	for _, r := range months {
		if !r.IsClosed() || len(c.Rows) == 12 {
			continue
		}
		public, err := r.Public()
		if err != nil {
			return "", "", err
		}
		s, ok := public.Whole()
		if !ok {
			c.Rows = append(c.Rows, chart.Interval{Label: r.Month.Words(), Hidden: true})
			continue
		}
		e, err := estimate.Percentage(s.Base*s.Positive/100, s.Base, 0, 0.95)
		if err != nil {
			return "", "", err
		}
		if sentence == "" {
			sentence = "In " + r.Month.Words() + ", " + number(s.Positive) + "% of the patients who answered said that their experience was good or very good."
		}
		c.Rows = append(c.Rows, chart.Interval{Label: r.Month.Words(), Value: float64(s.Positive), Low: 100 * e.Low, High: 100 * e.High, Answers: number(s.Base), Ours: true})
	}
	if sentence == "" {
		return "", "", nil
	}
	html, err := c.HTML()
	return html, sentence, err
}

// staffBeside is what staff say to nearly the same question, from the newest survey.
func (v *visit) staffBeside() (resultSection, error) {
	s := resultSection{conductSection: conductSection{Heading: "What staff say"}}
	fig, err := v.house.StaffWouldBeHappy(v.ctx, v.org.ID)
	switch {
	case err != nil:
		return s, err
	case fig.Wave == "":
		s.Text = []string{"No survey of staff that asked whether they would be happy with the care here for a friend or relative has been released yet."}
	case !fig.Shown:
		s.Text = []string{"Not shown, to protect the people in it."}
	default:
		s.Text = []string{fig.Text() + " of staff would be happy with the care here if a friend or relative needed it (" + fig.Range() + ", " + fig.WaveName + "). It is another question than patients are asked, so the two are set beside each other and not subtracted."}
	}
	return s, nil
}
