package web

import (
	"net/http"
	"sync"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
	"commonweal/survey/comment"
	"commonweal/survey/disclose"
)

// Comments are shown in the words that two readers agreed on, of groups with twenty
// answers or more, in an order that says nothing.

// themer is trained once: the same comments give the same model.
var themer = sync.OnceValues(func() (*comment.Model, error) {
	shipped, err := comment.Shipped()
	if err != nil {
		return nil, err
	}
	return comment.Train(shipped)
})

// commentsPage is the comments of a survey.
type commentsPage struct {
	Themes *page.Table
	Choice *resultChoice
	Items  []commentItem
	Empty  *page.Panel
	Note   []string
}

// commentItem is one comment with what it seems to be about.
type commentItem struct {
	Text   string
	Unit   string
	Themes string
}

// resultComments shows them.
func (s *Server) resultComments(v *visit) error {
	r, err := v.resultsOf(v.r.PathValue("wave"))
	if err != nil {
		return err
	}
	if r.stored.ID == "" {
		return r.notReleased()
	}
	f := r.frameOf("Comments", "")
	lines, n, err := r.commentLines()
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		f.Sentence = "No comment of this survey is shown."
		empty := page.Empty("Why there is nothing here", "Comments are shown where "+number(r.r.Rules.Comments)+" people or more answered, and only in words that two readers let through. Either nobody wrote any, too few answered, or none is let through yet."+commentsLeft(n), page.Link{Text: "The results", Href: r.at()})
		f.Data = commentsPage{Empty: &empty}
		return v.show(http.StatusOK, "result_comments", f)
	}
	theme := comment.Theme(r.queried().Get("theme"))
	p := commentsPage{Note: []string{
		"Two people read each comment before it was shown, and took out names, places and what gives somebody away." + commentsLeft(n),
		"Themes are put to comments by a program that learnt from invented ones. It is often wrong: read what people wrote. The order of the comments says nothing.",
	}}
	counts := map[comment.Theme]int{}
	tones := map[comment.Theme]map[comment.Tone]int{}
	for _, l := range lines {
		for _, t := range l.themes {
			counts[t]++
			if tones[t] == nil {
				tones[t] = map[comment.Tone]int{}
			}
			tones[t][l.tone]++
		}
		if theme == "" || l.about(theme) {
			p.Items = append(p.Items, commentItem{Text: l.Text, Unit: l.UnitName, Themes: l.Themes})
		}
	}
	f.Sentence = count(len(lines), "comment is", "comments are") + " shown. " + mostAbout(counts)
	t := page.Table{ID: "themes", Caption: "What the comments are about", Columns: []page.Column{{Head: "Theme"}, {Head: "Comments", Number: true}, {Head: "Praise", Number: true}, {Head: "Complaints", Number: true}, {Head: "Wishes", Number: true}}}
	choice := page.Select{Name: "theme", Label: "See those about one theme", Value: string(theme), Options: []page.Option{{Label: "All comments"}}}
	for _, x := range comment.Themes() {
		if counts[x] == 0 {
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: x.Label()}, {Text: number(counts[x])}, {Text: number(tones[x][comment.Good])}, {Text: number(tones[x][comment.Bad])}, {Text: number(tones[x][comment.Wish])}})
		choice.Options = append(choice.Options, page.Option{Value: string(x), Label: x.Label()})
	}
	p.Themes, p.Choice = &t, &resultChoice{Action: "/surveys/" + r.w.Code + "/comments", Fields: []page.Field{&choice}, Button: "Show these"}
	f.Files = []page.Files{{What: "the comments", CSV: "/surveys/" + r.w.Code + "/comments.csv", JSON: "/surveys/" + r.w.Code + "/comments.json"}}
	f.Data = p
	return v.show(http.StatusOK, "result_comments", f)
}

// commentsLeft says how many comments are not shown, and why, where any are.
func commentsLeft(n house.CommentsDecided) string {
	if n.Written == n.Shown {
		return ""
	}
	return " Of " + count(n.Written, "comment", "comments") + " that were written, " + count(n.Withheld, "is", "are") + " withheld by two readers, each with a reason, " + number(n.KeptBack) + " kept back by one until a second agrees or brings it back, and " +
		number(n.Written-n.Shown-n.Withheld-n.KeptBack) + " not read by two yet."
}

// mostAbout says what most comments are about, of everybody together.
func mostAbout(counts map[comment.Theme]int) string {
	best, most := comment.Theme(""), 0
	for _, t := range comment.Themes() {
		if counts[t] > most {
			best, most = t, counts[t]
		}
	}
	if most == 0 {
		return "What they are about the program could not tell."
	}
	return "Most of them seem to be about " + inRunningText(best.Label()) + "."
}

// commentLine is one comment for a file.
type commentLine struct {
	Unit     string `json:"unit" doc:"The smallest group with enough answers that the writer named; empty for everybody."`
	UnitName string `json:"unit_name"`
	Text     string `json:"text"`
	Themes   string `json:"themes" doc:"As a program guessed."`

	themes []comment.Theme
	tone   comment.Tone
}

func (l commentLine) cells() []string { return []string{l.Unit, l.UnitName, l.Text, l.Themes} }

func (l commentLine) about(t comment.Theme) bool {
	for _, x := range l.themes {
		if x == t {
			return true
		}
	}
	return false
}

// commentLines are the comments that may be shown, each with the smallest unit whose
// comments may be; none where the whole organisation's may not.
func (r *results) commentLines() ([]commentLine, house.CommentsDecided, error) {
	var n house.CommentsDecided
	whole, ok := r.r.At(r.whole(), disclose.Everybody)
	if !ok || !whole.Comments || !r.w.Comments {
		return nil, n, nil
	}
	shown, n, err := r.house.ShownComments(r.ctx, r.org.ID, r.w.ID)
	if fault.Is(err, fault.Conflict) { // the answers are erased, or there is no answer side
		return nil, n, nil
	}
	if err != nil {
		return nil, n, err
	}
	model, err := themer()
	if err != nil {
		return nil, n, err
	}
	var out []commentLine
	for _, c := range shown {
		l := commentLine{Text: c.Text, UnitName: "All of us"}
		if unit := r.commentUnit(c); unit != "" {
			l.Unit, l.UnitName = unit, r.unitName(unit)
		}
		read := model.Read(c.Text)
		l.tone = read.Tone
		var labels []string
		for _, t := range read.Themes {
			l.themes = append(l.themes, t.Theme)
			labels = append(labels, inRunningText(t.Theme.Label()))
		}
		l.Themes = page.List(labels)
		out = append(out, l)
	}
	return out, n, nil
}

// commentUnit is the unit that a comment is shown with, or "" for everybody.
func (r *results) commentUnit(c answers.Comment) string {
	for code := c.Unit; code != "" && code != r.whole(); {
		if f, ok := r.r.At(code, disclose.Everybody); ok && f.Comments {
			return code
		}
		u, ok := r.w.Unit(code)
		if !ok {
			return ""
		}
		code = u.PartOf
	}
	return ""
}

// resultCommentsFile is the same as a file.
func (s *Server) resultCommentsFile(v *visit) error {
	r, err := v.releasedFor(v.r.PathValue("wave"))
	if err != nil {
		return err
	}
	return sendLines(v, []string{"Unit", "Unit name", "Comment", "Themes"}, func(yield func(commentLine)) (string, error) {
		lines, _, err := r.commentLines()
		for _, l := range lines {
			yield(l)
		}
		return "comments-" + r.w.Code, err
	})
}
