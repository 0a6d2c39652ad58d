package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	counting "commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/tally"
	"commonweal/internal/web/page"
)

type boardResultPage struct {
	Waits   *page.Panel
	Wrong   *page.Panel
	Chart   template.HTML
	Stages  page.Timeline
	Count   page.Table
	Figures page.Figures
	Votes   page.Table
	Needed  []string
	Source  string
	Hash    string
	Links   page.Links
	Seen    string
	Seed    string
}

// boardResult is the count behind a declared result.
func (s *Server) boardResult(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Public board: " + b.contest.Title, Href: b.path()}
	f.Kicker = b.Title + ", " + b.contest.Title
	p := boardResultPage{}
	if b.declared() == nil || !b.voting() {
		f.Heading = "Result"
		panel := page.Empty("No result here yet", "When the returning officer declares the result, the count stands here. "+v.boardSentence(b), page.Link{Text: "Back to the board", Href: b.path()})
		if b.declared() != nil {
			panel = page.Empty("There was no count", boardResultWords(b), page.Link{Text: "Back to the board", Href: b.path()})
		}
		p.Waits = &panel
		f.Data = p
		return v.show(http.StatusOK, "board_result", f)
	}
	o, err := v.house.Outcome(v.ctx, v.org.ID, b.contest.ID)
	if err != nil {
		return err
	}
	f.Heading = strings.TrimSuffix(boardResultWords(b), ".")
	if !b.Kind.Elects() {
		f.Heading = b.contest.Question
	}
	f.Sentence = resultSentenceOf(b, o)
	if o.Result.Transcript != b.declared().Result.Transcript {
		panel := page.Empty("This is not what was declared", "The count that we make now of the archive is another than the one that was declared. Tell the returning officer and those who watch.", page.Link{Text: "Check it yourself", Href: b.path() + "#verify"})
		p.Wrong = &panel
	}
	if o.Count != nil {
		err = v.showCount(b, o, &p)
	} else {
		v.showAnswers(b, o, &p)
	}
	if err != nil {
		return err
	}
	p.Hash, p.Links = o.Result.Transcript, boardResultLinks(b, o)
	p.Seen = boardRankingWords(b)
	if sees, err := v.seesRankings(b); err != nil {
		return err
	} else if sees && b.Rules.Counting.Ranked && o.Ballots != nil {
		p.Links = append(p.Links, page.LinkLine{Text: "Rankings", Href: b.path() + "/rankings.blt", After: ", for another program that counts"})
	}
	f.Data = p
	return v.show(http.StatusOK, "board_result", f)
}

// resultSentenceOf says what the count was made of.
func resultSentenceOf(b boardView, o *tally.Outcome) string {
	votes := fmt.Sprintf("%s counted, all by the web", said(page.Plural(o.Result.Ballots, "One vote was", number(o.Result.Ballots)+" votes were")))
	if o.Paper > 0 {
		votes = fmt.Sprintf("%s counted, %s by the web and %s on paper or by telephone", said(page.Plural(o.Result.Ballots, "One vote was", number(o.Result.Ballots)+" votes were")), number(o.Web), number(o.Paper))
	}
	switch {
	case o.Count == nil && o.Result.Carried:
		return "It is carried. " + votes + "."
	case o.Count == nil:
		return "It is not carried. " + votes + "."
	case hasQuota(o.Count):
		return fmt.Sprintf("%s, in %s. A candidate needed %s.", votes, boardCount(len(o.Count.Stages), "stage", "stages"), o.Count.Quota.Short())
	}
	return votes + ". Those with the most votes are elected."
}

// hasQuota says whether the count has a number of votes that elects.
func hasQuota(r *counting.Result) bool {
	return r.Rule.Method != counting.Highest && r.Quota.Units > 0 && len(r.Stages) > 0
}

// showAnswers is the result of a question.
func (v *visit) showAnswers(b boardView, o *tally.Outcome, p *boardResultPage) {
	r := o.Result
	p.Votes = page.Table{Caption: "Votes by answer", Columns: []page.Column{{Head: "Answer"}, {Head: "Votes", Number: true}}}
	answers := []string{"Yes", "No"}
	if len(b.contest.Answers) == 2 {
		answers = b.contest.Answers
	}
	p.Votes.Rows = []page.Row{{{Text: answers[0]}, {Text: number(r.For)}}, {{Text: answers[1]}, {Text: number(r.Against)}}}
	if b.Rules.Counting.Blank {
		p.Votes.Rows = append(p.Votes.Rows, page.Row{{Text: "Blank"}, {Text: number(r.Blank)}})
	}
	p.Figures = page.Figures{Small: true, Items: []page.Figure{
		{Value: number(r.For), Label: answers[0]},
		{Value: number(r.Against), Label: answers[1]},
		{Value: said(page.Percent(r.Ballots, r.Eligible)), Label: "of " + count(r.Eligible, "vote on the roll", "votes on the roll")},
	}}
	if o.Decision != nil {
		for _, found := range o.Decision.Findings {
			p.Needed = append(p.Needed, page.Begin(found.Text))
		}
	}
	p.Source = "Decided by the rule of the notice of poll, and made again from the archive each time."
}

// showCount is the count of an election.
func (v *visit) showCount(b boardView, o *tally.Outcome, p *boardResultPage) error {
	r := o.Count
	var err error
	if hasQuota(r) {
		if p.Chart, err = quotaChart(b, r); err != nil {
			return err
		}
	}
	if r.Rule.Ranked {
		p.Stages = boardStageSteps(r)
	}
	p.Count = boardCountTable(r)
	p.Source = fmt.Sprintf("Counted under the rules %s. %s", r.Rule.String(), boardLotWords(r))
	if len(r.Lots) > 0 {
		p.Seed = o.Seed.String()
	}
	return nil
}

// boardCountTable is the stage chart as a table of numbers.
func boardCountTable(r *counting.Result) page.Table {
	g := r.Grid()
	t := page.Table{Caption: "Votes by candidate and stage", Shape: page.Scrolled, Columns: []page.Column{{Head: "Candidate"}}}
	for i := 1; i < len(g.Heads); i++ {
		head := g.Heads[i]
		if n := i - 1; n < len(r.Stages) && r.Rule.Ranked {
			head = fmt.Sprintf("Stage %d", r.Stages[n].Number)
		}
		t.Columns = append(t.Columns, page.Column{Head: head, Number: true})
	}
	for n, row := range g.Rows {
		cells := make(page.Row, len(row))
		for i, text := range row {
			cells[i] = page.Cell{Text: text}
		}
		if slices.Contains(r.Elected, n+1) {
			cells[0].Kind = page.Strong
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func boardLotWords(r *counting.Result) string {
	switch len(r.Lots) {
	case 0:
		return "No lot was drawn."
	case 1:
		return "One tie was settled by lot, which anybody can draw again from the seed."
	}
	return fmt.Sprintf("%s ties were settled by lots, which anybody can draw again from the seed.", page.Begin(said(page.Words(len(r.Lots)))))
}

func boardRankingWords(b boardView) string {
	if !b.Rules.Counting.Ranked {
		return ""
	}
	return fmt.Sprintf("Rankings on single ballots are not published: a rare order could give its voter away. They are for %s. Where fewer than %d ballots were cast nobody sees them.", boardReaders(b), b.Rules.MinimumCell)
}

func boardResultLinks(b boardView, o *tally.Outcome) page.Links {
	out := page.Links{{Text: "Full transcript", Href: b.path() + "/transcript.txt", Note: "Its SHA-256 was declared with the result."}}
	if o.Count != nil {
		out = append(out, page.LinkLine{Text: "This count as data", Href: b.path() + "/transcript.json"})
	}
	return append(out, page.LinkLine{Text: "Check it yourself", Href: b.path() + "#verify"})
}

// counted is the outcome of a contest whose result is declared, for its files.
func (v *visit) counted() (boardView, *tally.Outcome, error) {
	b, err := v.board()
	if err != nil {
		return b, nil, err
	}
	if b.declared() == nil || !b.voting() {
		return b, nil, fault.Errorf(fault.NotFound, "no result of a count is declared in this vote")
	}
	o, err := v.house.Outcome(v.ctx, v.org.ID, b.contest.ID)
	return b, o, err
}

// boardTranscript gives the transcript of the count whose hash was declared.
func (s *Server) boardTranscript(v *visit) error {
	_, o, err := v.counted()
	if err != nil {
		return err
	}
	return v.sendKept(plainText, o.Text)
}

// boardCount gives the count as data.
func (s *Server) boardCount(v *visit) error {
	_, o, err := v.counted()
	if err != nil {
		return err
	}
	if o.Count == nil {
		return fault.Errorf(fault.NotFound, "a question has no count in stages; its figures are in %s", apiRoot+"/boards/{uuid}/result")
	}
	text, err := o.Count.MarshalJSON()
	if err != nil {
		return err
	}
	return v.sendKept(jsonText, text)
}

// boardRankings gives the rankings to those whom the rules name.
func (s *Server) boardRankings(v *visit) error {
	b, o, err := v.counted()
	if err != nil {
		return err
	}
	if !b.Rules.Counting.Ranked || o.Ballots == nil {
		return fault.Errorf(fault.NotFound, "nobody ranked anything in this vote")
	}
	if err := v.maySeeRankings(b); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := o.Ballots.WriteBLT(&out); err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+b.contest.UUID+`.blt"`)
	return v.text(out.String())
}
