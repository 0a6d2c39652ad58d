package web

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
)

// A change is what two releases say: the score that was shown then and the one that is
// shown now. Where one of them is not shown there is no change to tell, in the same
// words as for every other figure that is not shown.

// changed is how a score moved since the survey before of the same sort.
type changed struct {
	Before *results
	Whole  delta
	Units  []unitDelta
	Why    string // the score cannot be compared, in a sentence
}

// delta is one change.
type delta struct {
	Known            bool
	Value, Low, High float64
	P                float64 // of a difference as large by chance; NaN where it cannot be told
	Adjusted         float64 // with all units taken into account
	Decimals         int
	Weighted         bool
}

// unitDelta is the change of one unit.
type unitDelta struct {
	wave.Unit
	delta
	Now, Then disclose.Mean
}

// flagged reports whether a unit moved by more than chance often gives, among so many.
func (d delta) flagged() bool { return d.Known && d.Adjusted <= flagAt }

func (d delta) range0() string {
	return plusMinus(d.Low, d.Decimals) + " to " + plusMinus(d.High, d.Decimals)
}

// sentence says what the change of the whole means, and what it does not.
func (d delta) sentence(since string) string {
	switch {
	case math.IsNaN(d.P):
		return "How much of the change since " + since + " is chance cannot be told."
	case d.P > 0.05:
		return "The change since " + since + " is no more than chance often gives."
	case d.Value > 0:
		return "The rise since " + since + " is more than chance would often give. It is not proof that anything we did caused it."
	}
	return "The fall since " + since + " is more than chance would often give. What caused it the figures do not say."
}

// before is the last released survey of the same sort that closed earlier.
func (r *results) before() (*results, error) {
	waves, err := r.house.Waves.List(r.ctx, r.org.ID)
	if err != nil {
		return nil, err
	}
	var best *wave.Wave
	for i, w := range waves {
		if w.Kind != r.w.Kind || len(w.Releases) == 0 || !w.Closes.Before(r.w.Closes) || !w.Abandoned.IsZero() {
			continue
		}
		if best == nil || best.Closes.Before(w.Closes) {
			best = &waves[i]
		}
	}
	if best == nil {
		return nil, nil
	}
	return r.resultsOf(best.Code)
}

// changeOf is how a score moved; nil where there is no survey to compare with.
func (r *results) changeOf(score string) (*changed, error) {
	was, err := r.before()
	if err != nil || was == nil || was.stored.ID == "" {
		return nil, err
	}
	out := &changed{Before: was}
	if err := sameScore(was.w.Instrument, r.w.Instrument, score, was.w.Closes.Year(), r.w.Closes.Year()); err != nil {
		out.Why = page.Begin(err.Error()) + "."
		return out, nil
	}
	out.Whole = r.wholeDelta(was, score)
	for _, of := range []wave.Level{wave.Directorate, wave.Team} {
		for _, u := range r.units(of) {
			d := unitDelta{Unit: u}
			d.delta, d.Now, d.Then = r.delta(was, u.Code, u.Code, score)
			out.Units = append(out.Units, d)
		}
	}
	p := make([]float64, len(out.Units))
	for i, d := range out.Units {
		p[i] = math.NaN()
		if d.Known {
			p[i] = d.P
		}
	}
	adjusted, err := estimate.BenjaminiHochberg(p)
	if err != nil {
		return nil, err
	}
	for i := range out.Units {
		out.Units[i].Adjusted = adjusted[i]
	}
	return out, nil
}

// delta sets a cell of now against one of then, with the ranges that were released of both.
func (r *results) delta(was *results, now, then, score string) (d delta, a, b disclose.Mean) {
	a, shown := r.r.Score(now, disclose.Everybody, score)
	b, shownThen := was.r.Score(then, disclose.Everybody, score)
	d.P = math.NaN()
	if !shown || !shownThen {
		return d, a, b
	}
	d.Known, d.Decimals, d.Value = true, min(disclose.Decimals(a.Base), disclose.Decimals(b.Base)), a.Mean-b.Mean
	half := math.Hypot((a.High-a.Low)/2, (b.High-b.Low)/2) // as an action is measured: from what every reader sees
	d.Low, d.High = d.Value-half, d.Value+half
	if half > 0 {
		d.P = math.Erfc(math.Abs(d.Value) / (half / 1.959964) / math.Sqrt2)
	}
	return d, a, b
}

// wholeDelta is how the score of all of us moved: weighted where both are, and otherwise
// neither.
func (r *results) wholeDelta(was *results, score string) delta {
	now, weighted, shown := r.ours(score)
	then, weightedThen, shownThen := was.ours(score)
	later, ok := r.weightedFigure(score)
	earlier, okThen := was.weightedFigure(score)
	if !weighted || !weightedThen || !shown || !shownThen || !ok || !okThen {
		d, _, _ := r.delta(was, r.whole(), was.whole(), score)
		return d
	}
	d := delta{Known: true, Weighted: true, P: math.NaN(), Decimals: min(disclose.Decimals(now.Base), disclose.Decimals(then.Base)), Value: now.Mean - then.Mean}
	if c, err := estimate.Difference(earlier, later, level); err == nil && c.HasInterval {
		d.Low, d.High, d.P = c.Low, c.High, c.P
	}
	return d
}

// sameScore returns nil if a score means the same in two surveys, and otherwise the
// reason why it does not.
func sameScore(then, now instrument.Instrument, score string, year, nowYear int) error {
	a, ok := then.Score(score)
	b, okNow := now.Score(score)
	if !ok || !okNow {
		return fmt.Errorf("the survey before did not have this score")
	}
	if then.Series != now.Series {
		return fmt.Errorf("the two surveys give scores on different scales")
	}
	if a.Least != b.Least || len(a.Parts()) != len(b.Parts()) || a.Level != b.Level {
		return fmt.Errorf("the score was made up differently then")
	}
	for _, id := range b.Scores {
		if err := sameScore(then, now, id, year, nowYear); err != nil {
			return err
		}
	}
	for _, id := range b.Questions {
		q, ok := now.Question(id)
		if !ok {
			return fmt.Errorf("the score was made up differently then")
		}
		before, ok := then.Concept(q.Concept)
		if !ok || before.Reverse != q.Reverse {
			return fmt.Errorf("the question “%s” was not part of the score then", q.Label.In("en"))
		}
		if before.Text.In("en") == q.Text.In("en") && q.Text.In("en") != "" {
			continue // asked in the same words
		}
		if err := q.Follows(year, nowYear); err != nil {
			return fmt.Errorf("the question “%s” was worded differently then", q.Label.In("en"))
		}
	}
	return nil
}

// resultChange shows what moved since the survey before.
func (s *Server) resultChange(r *results) error {
	score, err := r.scoreAsked()
	if err != nil {
		return err
	}
	change, err := r.changeOf(score.ID)
	if err != nil {
		return err
	}
	f := r.frameOf("What changed", "")
	f.Sentence = r.changeSentence(score, change)
	choice := r.scoreChoice(r.at("change"), score)
	if change == nil || change.Why != "" {
		p := page.Empty("Nothing to compare", "Surveys of one sort are set beside each other, where the same was asked. The next one of this sort will stand beside this one.", page.Link{Text: "The results of this survey", Href: r.at()})
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{p}}, Choice: choice}}})
	}
	f.Files = []page.Files{{What: "these changes", CSV: r.at("change.csv") + "?score=" + score.ID, JSON: r.at("change.json") + "?score=" + score.ID}}
	p := resultPage{}
	if change.Whole.Known {
		p.Figures = page.Figures{Small: true, Items: []page.Figure{{Value: plusMinus(change.Whole.Value, change.Whole.Decimals), Label: "all of us, likely " + change.Whole.range0()}}}
	}
	picture, err := change.chart(score, change.Before.w.Title)
	if err != nil {
		return err
	}
	var list []unitMean
	for _, u := range change.Units {
		list = append(list, unitMean{Unit: u.Unit, Shown: u.Known})
	}
	p.Sections = []resultSection{
		{Chart: picture, Choice: choice, conductSection: conductSection{Show: []page.Component{change.table()}}},
	}
	if anyHidden(list) {
		p.Sections = append(p.Sections, r.whyHidden("teams"))
	}
	p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: "How to read it", Text: []string{
		"A change is what was shown then taken from what is shown now, with the range in which the true change is likely to lie. Nobody knows who answered both times, so we treat them as different people; where they are the same the range is rather too wide.",
		fmt.Sprintf("With %s compared, a few would seem to have moved by chance alone. “More than chance” is said only where it holds with all of them taken into account, so that about one in ten such words is a false alarm (Benjamini and Hochberg).", count(len(change.Units), "team", "teams")),
		change.weightWords() + "A change is not a cause.",
	}}})
	return r.page(f, p)
}

func (r *results) changeSentence(s instrument.Score, c *changed) string {
	switch {
	case c == nil:
		return "No survey of this sort was released before, so nothing is known to have changed."
	case c.Why != "":
		return "This score cannot be set beside that of " + c.Before.w.Title + ". " + c.Why
	case !c.Whole.Known:
		return "The change of all of us is not shown, to protect the people in it."
	}
	label := s.Label.In("en")
	out := label + " " + c.Whole.wayWords() + " since " + c.Before.w.Title + ", likely " + c.Whole.range0() + "."
	for _, of := range []wave.Level{wave.Directorate, wave.Team} {
		out += c.levelSentence(of)
	}
	return out
}

// levelSentence says which directorates or teams moved by more than chance often gives:
// by name where they are few.
func (c *changed) levelSentence(of wave.Level) string {
	up, down, all := c.moved(of)
	one, many := levelNoun(of)
	switch {
	case all == 0:
		return ""
	case len(up)+len(down) == 0:
		return " No " + one + " moved by more than chance often gives among so many."
	case len(up)+len(down) > 3:
		return " Of " + count(all, one, many) + " " + noneOr(len(up)) + " rose by more than chance, and " + noneOr(len(down)) + " fell."
	}
	var parts []string
	if len(up) > 0 {
		parts = append(parts, page.List(up)+" rose")
	}
	if len(down) > 0 {
		parts = append(parts, page.List(down)+" fell")
	}
	return " Of the " + many + " " + strings.Join(parts, ", and ") + " by more than chance."
}

// story says how far the units of a level moved that moved by more than chance often
// gives; empty where none did or too many to name.
func (c *changed) story(of wave.Level) string {
	var parts []string
	for _, u := range c.Units {
		if u.Level == of && u.flagged() {
			parts = append(parts, u.Name+" "+u.wayWords()+" (likely "+u.range0()+")")
		}
	}
	if len(parts) == 0 || len(parts) > 4 {
		return ""
	}
	return "Since " + c.Before.w.Title + " " + page.List(parts) + ": more than chance would often give among so many. Why, the figures do not say."
}

// wayWords is a change in words: "rose by 0.52".
func (d delta) wayWords() string {
	size := said(page.Decimal(math.Abs(d.Value), d.Decimals))
	switch {
	case math.Abs(d.Value) < math.Pow10(-d.Decimals)/2:
		return "stayed the same"
	case d.Value > 0:
		return "rose by " + size
	}
	return "fell by " + size
}

// noneOr writes a small number as a word, and nought as none.
func noneOr(n int) string {
	if n == 0 {
		return "none"
	}
	return said(page.Words(n))
}

// weightWords says that the change of all of us is weighted and those of teams are not.
func (c *changed) weightWords() string {
	if c.Whole.Weighted {
		return "The change of all of us is that of the scores weighted by staff group, in both surveys; the changes of teams are not weighted. "
	}
	return ""
}

// moved are the units of a level that are flagged, and how many it has.
func (c *changed) moved(of wave.Level) (up, down []string, all int) {
	for _, u := range c.Units {
		if u.Level != of {
			continue
		}
		all++
		switch {
		case !u.flagged():
		case u.Value > 0:
			up = append(up, u.Name)
		default:
			down = append(down, u.Name)
		}
	}
	return up, down, all
}

func (c *changed) table() page.Table {
	t := page.Table{ID: "changes", Caption: "Changes by team", Shape: page.Scrolled, Columns: []page.Column{{Head: "Team or directorate"}, {Head: "Then", Number: true}, {Head: "Now", Number: true}, {Head: "Change", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "More than chance"}}}
	for _, u := range c.Units {
		if !u.Known {
			t.Rows = append(t.Rows, page.Row{{Text: u.Name}, {Text: hiddenCell, Kind: page.Quiet}, {}, {}, {}, {}, {}})
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: u.Name}, {Text: scoreWords(u.Then.Mean, u.Then.Base)}, {Text: scoreWords(u.Now.Mean, u.Now.Base)}, {Text: plusMinus(u.Value, u.Decimals), Kind: page.Strong}, {Text: plusMinus(u.Low, u.Decimals)}, {Text: plusMinus(u.High, u.Decimals)}, {Text: u.flagWords()}})
	}
	return t
}

func (d delta) flagWords() string {
	switch {
	case !d.flagged():
		return "no"
	case d.Value > 0:
		return "yes, a rise"
	}
	return "yes, a fall"
}

func (c *changed) chart(s instrument.Score, since string) (template.HTML, error) {
	out := chart.Intervals{
		Frame: chart.Frame{ID: "change", Title: s.Label.In("en") + ": change since " + since, Sub: "Points. The bar shows where the true change is likely to lie (95%).", Source: "From the figures that were released of both surveys."},
		Head:  "Team or directorate", Value: "Change", Words: hiddenWord, Signed: true, Lines: []chart.Upright{{Label: "No change", Value: 0, Decimals: 0}},
	}
	shown := 0
	for _, u := range c.Units {
		row := chart.Interval{Label: u.Name, Hidden: !u.Known, Ours: u.flagged()}
		if u.Known {
			shown++
			row.Value, row.Low, row.High, row.Decimals = u.Value, u.Low, u.High, u.Decimals
		}
		out.Rows = append(out.Rows, row)
	}
	if shown == 0 {
		return "", nil
	}
	return out.HTML()
}

// changeLine is one row of the file.
type changeLine struct {
	Unit     string   `json:"unit"`
	Name     string   `json:"name"`
	Score    string   `json:"score"`
	Then     *float64 `json:"then,omitempty"`
	Now      *float64 `json:"now,omitempty"`
	Change   *float64 `json:"change,omitempty" doc:"Left out where it is not shown."`
	Low      *float64 `json:"low,omitempty"`
	High     *float64 `json:"high,omitempty"`
	Adjusted *float64 `json:"adjusted_p,omitempty" doc:"By Benjamini and Hochberg over all units."`
	Since    string   `json:"since"`
}

func (l changeLine) cells() []string {
	return []string{l.Unit, l.Name, l.Score, decimalText(l.Then), decimalText(l.Now), decimalText(l.Change), decimalText(l.Low), decimalText(l.High), decimalText(l.Adjusted), l.Since}
}

// resultChangeFile is the same as a file.
func (s *Server) resultChangeFile(r *results) error {
	score, err := r.scoreAsked()
	if err != nil {
		return err
	}
	change, err := r.changeOf(score.ID)
	if err != nil {
		return err
	}
	return sendLines(r.visit, []string{"Unit", "Name", "Score", "Then", "Now", "Change", "Likely from", "to", "Adjusted p", "Since"}, func(yield func(changeLine)) (string, error) {
		if change != nil && change.Why == "" {
			for _, u := range change.Units {
				l := changeLine{Unit: u.Code, Name: u.Name, Score: score.ID, Since: change.Before.w.Code}
				if u.Known {
					then, now, d := u.Then.Mean, u.Now.Mean, u.delta
					p := math.Pow10(d.Decimals)                                                 // as the page shows them
					places := func(v float64) *float64 { v = math.Round(v*p)/p + 0; return &v } // + 0: no minus before nought
					l.Then, l.Now, l.Change, l.Low, l.High = &then, &now, places(d.Value), places(d.Low), places(d.High)
					if !math.IsNaN(d.Adjusted) {
						adjusted := math.Round(d.Adjusted*10000) / 10000
						l.Adjusted = &adjusted
					}
				}
				yield(l)
			}
		}
		return "change-" + r.w.Code, nil
	})
}
