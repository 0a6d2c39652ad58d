package web

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/instrument"
)

// resultQuestions shows how the answers to every question are spread, in one cell.
func (s *Server) resultQuestions(r *results) error {
	unit, name, err := r.unitAsked()
	if err != nil {
		return err
	}
	f := r.frameOf("Every question", "How the answers are spread, in whole percent of those who answered the question.")
	f.Files = r.figureFiles()[1:]
	f.Kicker += ": " + inRunningText(name)
	p := resultPage{}
	choice := r.unitChoice(unit)
	if _, ok := r.r.At(unit, disclose.Everybody); !ok {
		f.Sentence = "This group’s results are not shown, to protect the people in it."
		p.Sections = []resultSection{{conductSection: conductSection{Show: []page.Component{r.notShown()}}, Choice: choice}}
		return r.page(f, p)
	}
	for i, g := range r.questionGroups() {
		p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: g.heading, Show: []page.Component{r.questionTable("questions-"+strconv.Itoa(i+1), unit, g)}}})
	}
	if len(p.Sections) > 0 {
		p.Sections[len(p.Sections)-1].Choice = choice
	}
	p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Text: []string{
		"Whole percentages may not add up to 100. “Good” adds the percentages of the answers on the good side of the question, so it may be one off. A question that nearly everybody in a group answered alike is not shown for it.",
	}}})
	return r.page(f, p)
}

// unitAsked is the unit that the address asks for; the whole where it names none.
func (r *results) unitAsked() (code, name string, err error) {
	code = r.queried().Get("unit")
	if code == "" || code == r.whole() {
		return r.whole(), "All of us", nil
	}
	u, ok := r.w.Unit(code)
	if !ok {
		return "", "", fault.Errorf(fault.NotFound, "this survey has no such team; choose one from the list")
	}
	return code, u.Name, nil
}

func (r *results) unitChoice(chosen string) *resultChoice {
	field := page.Select{Name: "unit", Label: "See another team", Value: chosen, Options: []page.Option{{Value: r.whole(), Label: "All of us"}}}
	for _, of := range unitLevels[1:] {
		for _, u := range r.units(of) {
			field.Options = append(field.Options, page.Option{Value: u.Code, Label: u.Name})
		}
	}
	if len(field.Options) < 2 {
		return nil
	}
	return &resultChoice{Action: r.at("questions"), Fields: []page.Field{&field}, Button: "Show this team"}
}

// questionGroup is questions that are asked together and share their answers.
type questionGroup struct {
	heading   string
	scale     instrument.Scale
	questions []int // places in the release
}

// questionGroups puts the questions of the release together as they were asked.
func (r *results) questionGroups() []questionGroup {
	var out []questionGroup
	in := r.w.Instrument
	last := ""
	for i, q := range r.r.Questions {
		asked, ok := in.Question(q.ID)
		if !ok {
			continue
		}
		if key := asked.Group + "\x00" + asked.Scale; key != last || len(out) == 0 {
			last = key
			scale, _ := in.Scale(asked.Scale)
			heading := ""
			for _, g := range in.Groups {
				if g.ID == asked.Group {
					heading = g.Stem.In("en")
				}
			}
			out = append(out, questionGroup{heading: heading, scale: scale})
		}
		g := &out[len(out)-1]
		g.questions = append(g.questions, i)
	}
	return out
}

// questionText is a question as it was asked.
func (r *results) questionText(id string) string {
	q, _ := r.w.Instrument.Question(id)
	if text := q.Text.In("en"); text != "" {
		return text
	}
	return q.Label.In("en")
}

func (r *results) questionTable(id, unit string, g questionGroup) page.Table {
	t := page.Table{ID: id, Caption: "Answers in percent: " + g.heading, Shape: page.Scrolled, Columns: []page.Column{{Head: "Question"}}}
	for _, o := range g.scale.Options {
		t.Columns = append(t.Columns, page.Column{Head: o.Label.In("en"), Number: true})
	}
	t.Columns = append(t.Columns, page.Column{Head: "Good", Number: true}, page.Column{Head: "Answers", Number: true})
	for _, i := range g.questions {
		q := r.r.Questions[i]
		row := page.Row{{Text: r.questionText(q.ID)}}
		share, ok := r.r.Question(unit, disclose.Everybody, q.ID)
		if !ok {
			row = append(row, page.Cell{Text: hiddenCell, Kind: page.Quiet})
			for len(row) < len(t.Columns) {
				row = append(row, page.Cell{})
			}
			t.Rows = append(t.Rows, row)
			continue
		}
		good, judged := 0, false
		for j, percent := range share.Percent {
			row = append(row, page.Cell{Text: number(percent) + "%"})
			if j < len(q.Options) && q.Options[j].Positive {
				good, judged = good+percent, true
			}
		}
		for len(row) < len(t.Columns)-2 {
			row = append(row, page.Cell{})
		}
		cell := page.Cell{Text: "not judged", Kind: page.Quiet}
		if judged {
			cell = page.Cell{Text: number(min(good, 100)) + "%", Kind: page.Strong}
		}
		t.Rows = append(t.Rows, append(row, cell, page.Cell{Text: baseWords(share.Base)}))
	}
	return t
}

// shareLine is one option of one question in one cell, for a file.
type shareLine struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	Group    string `json:"staff_group" doc:"Empty for everybody."`
	Question string `json:"question"`
	Label    string `json:"label"`
	Code     int    `json:"code"`
	Answer   string `json:"answer"`
	Percent  *int   `json:"percent,omitempty" doc:"Left out where it is not shown."`
	Base     *int   `json:"answers,omitempty" doc:"To the nearest 5 below 100. Left out where it is not shown."`
}

func (l shareLine) cells() []string {
	whole := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	return []string{l.Unit, l.UnitName, l.Group, l.Question, l.Label, strconv.Itoa(l.Code), l.Answer, whole(l.Percent), whole(l.Base)}
}

// eachCell goes through every cell of the release in its order.
func (r *results) eachCell(do func(unit, group string)) {
	for _, u := range r.r.Lattice.Units {
		do(u.Code, disclose.Everybody)
		for _, g := range r.r.Lattice.Groups {
			do(u.Code, g)
		}
	}
}

func (r *results) shareLines(yield func(shareLine)) {
	r.eachCell(func(unit, group string) {
		for _, q := range r.r.Questions {
			asked, _ := r.w.Instrument.Question(q.ID)
			scale, _ := r.w.Instrument.Scale(asked.Scale)
			share, shown := r.r.Question(unit, group, q.ID)
			for i := range q.Options {
				l := shareLine{Unit: unit, UnitName: r.unitName(unit), Group: group, Question: q.ID, Label: asked.Label.In("en"), Code: i + 1}
				if o, ok := scale.Option(i + 1); ok {
					l.Answer = o.Label.In("en")
				}
				if shown && i < len(share.Percent) {
					l.Percent, l.Base = &share.Percent[i], &share.Base
				}
				yield(l)
			}
		}
	})
}

// resultQuestionsFile is every question of every cell as a file.
func (s *Server) resultQuestionsFile(r *results) error {
	return sendLines(r.visit, []string{"Unit", "Unit name", "Staff group", "Question", "Label", "Code", "Answer", "Percent", "Answers"}, func(yield func(shareLine)) (string, error) {
		r.shareLines(yield)
		return "questions-" + r.w.Code, nil
	})
}

// scoreLine is one score in one cell, for a file.
type scoreLine struct {
	Unit     string   `json:"unit"`
	UnitName string   `json:"unit_name"`
	Group    string   `json:"staff_group" doc:"Empty for everybody."`
	Score    string   `json:"score"`
	Label    string   `json:"label"`
	Value    *float64 `json:"value,omitempty" doc:"Left out where it is not shown."`
	Low      *float64 `json:"low,omitempty" doc:"Where the true score is likely to lie, at 95 %."`
	High     *float64 `json:"high,omitempty"`
	Base     *int     `json:"answers,omitempty" doc:"To the nearest 5 below 100."`
	// Of the whole organisation alone, where the plan weights by staff group.
	Weighted     *float64 `json:"weighted,omitempty" doc:"With staff groups as on the staff list; of the whole organisation alone. The value beside it is not weighted."`
	WeightedLow  *float64 `json:"weighted_low,omitempty"`
	WeightedHigh *float64 `json:"weighted_high,omitempty"`
}

func (l scoreLine) cells() []string {
	base := ""
	if l.Base != nil {
		base = strconv.Itoa(*l.Base)
	}
	return []string{l.Unit, l.UnitName, l.Group, l.Score, l.Label, decimalText(l.Value), decimalText(l.Low), decimalText(l.High), base, decimalText(l.Weighted), decimalText(l.WeightedLow), decimalText(l.WeightedHigh)}
}

// decimalText is a number for a spreadsheet; none is an empty cell.
func decimalText(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func (r *results) scoreLines(yield func(scoreLine)) {
	r.eachCell(func(unit, group string) {
		for _, s := range r.scores() {
			l := scoreLine{Unit: unit, UnitName: r.unitName(unit), Group: group, Score: s.ID, Label: s.Label.In("en")}
			if m, ok := r.r.Score(unit, group, s.ID); ok {
				l.Value, l.Low, l.High, l.Base = &m.Mean, &m.Low, &m.High, &m.Base
			}
			if m, weighted, ok := r.ours(s.ID); ok && weighted && unit == r.whole() && group == disclose.Everybody {
				l.Weighted, l.WeightedLow, l.WeightedHigh = &m.Mean, &m.Low, &m.High
			}
			yield(l)
		}
	})
}

// resultScoresFile is every score of every cell as a file.
func (s *Server) resultScoresFile(r *results) error {
	return sendLines(r.visit, []string{"Unit", "Unit name", "Staff group", "Score", "Label", "Value", "Likely from", "to", "Answers", "Weighted", "Weighted from", "to"}, func(yield func(scoreLine)) (string, error) {
		r.scoreLines(yield)
		return "scores-" + r.w.Code, nil
	})
}
