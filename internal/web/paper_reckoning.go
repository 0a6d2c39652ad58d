package web

import (
	"fmt"
	"net/http"
	"strconv"

	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperReckoning is where the returning officer rules and signs.
func (s *Server) paperReckoning(v *papers) error {
	list, err := v.house.Papers.Batches(v.ctx, v.actor.Person, v.org.ID, v.contest.ID)
	if err != nil {
		return err
	}
	waits := 0
	for _, b := range list {
		waits += b.Differ - b.Ruled
	}
	var out []paperSection
	unsigned := 0
	for _, by := range v.room.Channels {
		f, err := v.house.Papers.Figures(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, by)
		if err != nil {
			return err
		}
		if f.Signed == "" {
			unsigned++
		}
		out = append(out, v.figureSection(f, list))
	}
	for _, b := range list {
		if !b.Keyed() || b.Differ == 0 {
			continue
		}
		differ, err := v.differences(b)
		if err != nil {
			return err
		}
		differ.ID, differ.Heading = "batch-"+b.Code, "Batch "+b.Code+": read differently"
		out = append(out, differ)
	}
	if len(list) > 0 {
		out = append(out, v.batchesForOfficer(list))
	}
	more := page.Links{{Text: "What has come, by voter’s number", Href: v.at("reckoning", "received"), Note: "An envelope that was entered under a wrong number is taken back there, until the reckoning is signed."}, {Text: "How members vote on paper or by telephone", Href: v.path("by-paper")}}
	if v.has(paper.Paper) {
		more = append(more, page.LinkLine{Text: "The ballot paper, to print", Href: v.at("ballot")})
	}
	out = append(out, paperSection{Heading: "More", Links: more})
	f := v.frame()
	f.Back = page.Link{Text: v.poll.Title, Href: "/votes/conduct/" + v.poll.Code}
	f.Kicker = v.title()
	f.Heading = "The reckoning of votes on paper and by telephone"
	f.Sentence = v.reckoningSentence(unsigned, waits)
	f.Notice = v.paperDone()
	f.Data = out
	return v.show(http.StatusOK, "paper_page", f)
}

func (v *papers) reckoningSentence(unsigned, waits int) string {
	switch {
	case unsigned == 0:
		return "It is signed. The votes can be counted."
	case !v.closed():
		return "Voting closes " + v.whenIs(v.room.Closes) + ". The reckoning is made after it."
	case waits > 0:
		return fmt.Sprintf("%s for your ruling.", page.Begin(said(page.Words(waits)))+said(page.Plural(waits, " paper waits", " papers wait")))
	}
	return "Nothing is counted before you have signed it."
}

// figureSection is the reckoning of one channel as far as it is known.
func (v *papers) figureSection(f paper.Figures, list []paper.Progress) paperSection {
	out := paperSection{ID: string(f.Channel), Heading: page.Begin(f.Channel.Title())}
	if f.Signed != "" {
		out.Text = []string{"Signed on " + said(page.Day(v.now, f.Signed)) + "."}
		out.Show = []page.Component{figureTable([]paper.Figures{f})}
		return out
	}
	open := 0
	for _, b := range list {
		if b.Channel == f.Channel && b.Settled == "" {
			open++
		}
	}
	to := "Envelopes to be counted"
	papers := "Papers in settled batches"
	if f.Channel == paper.Telephone {
		to, papers = "Votes taken", "Votes settled"
	}
	facts := page.Defs{{Term: to, Fact: strconv.Itoa(f.Returned)}, {Term: papers, Fact: strconv.Itoa(f.Papers)}, {Term: "Batches not settled", Fact: strconv.Itoa(open)}}
	if f.Channel == paper.Paper {
		facts = append(facts, page.Def{Term: "Disqualified, not opened", Fact: strconv.Itoa(f.Disqualified)}, page.Def{Term: "Nothing to count in the envelope", Fact: strconv.Itoa(f.Spoilt)})
	}
	out.Show = []page.Component{facts}
	switch {
	case !v.closed():
		out.Text = []string{"Voting is not over."}
	case f.Channel == paper.Telephone && open > 0:
		out.Form = &paperForm{Action: v.at("calls"), Button: page.Button{Text: "Settle the votes by telephone"}}
	case open == 0 && f.Papers == f.Returned:
		out.Button = page.Button{Text: "Sign the reckoning of votes " + f.Channel.Title(), Href: v.at("sign", string(f.Channel))}
	default:
		out.Text = []string{"It can be signed once every envelope to be counted is a paper in a settled batch."}
	}
	return out
}

// batchesForOfficer lists the batches for one who keys nothing.
func (v *papers) batchesForOfficer(list []paper.Progress) paperSection {
	t := page.Table{Caption: "Batches", Columns: []page.Column{{Head: "Batch"}, {Head: "Papers", Number: true}, {Head: "How far it is", Wide: true}, {Head: "Lines"}}}
	for _, b := range list {
		lines := page.Cell{Text: "not settled", Kind: page.Quiet}
		switch {
		case b.Settled == "":
		case b.Channel == paper.Telephone && b.Papers < v.poll.Rules.MinimumCell:
			lines.Text = "too few to be shown"
		default:
			lines = page.Cell{Text: "lines of " + b.Code, Href: v.at("batches", b.Code, "lines")}
		}
		t.Rows = append(t.Rows, page.Row{{Text: b.Code}, papersIn(b), {Text: v.howFar(b)}, lines})
	}
	return paperSection{Heading: "Batches", Show: []page.Component{t}}
}

// figureTable is the equation of each channel.
func figureTable(list []paper.Figures) page.Table {
	t := page.Table{Caption: "The reckoning: issued is returned, spoilt, disqualified and not returned together", Columns: []page.Column{
		{Head: "Votes"},
		{Head: "Issued", Number: true},
		{Head: "Returned", Number: true},
		{Head: "Spoilt", Number: true},
		{Head: "Disqualified", Number: true},
		{Head: "Not returned", Number: true},
		{Head: "Returned, without a vote", Number: true},
	}}
	for _, f := range list {
		t.Rows = append(t.Rows, page.Cells(page.Begin(f.Channel.Title()), number(int64(f.Issued)), number(int64(f.Returned)), number(int64(f.Spoilt)),
			number(int64(f.Disqualified)), number(int64(f.NotReturned)), number(int64(f.Rejected))))
	}
	return t
}

// paperCallsEnd settles the votes by telephone.
func (s *Server) paperCallsEnd(v *papers) error {
	if err := v.house.Papers.EndCalls(v.ctx, v.actor.Person, v.org.ID, v.contest.ID); err != nil {
		return err
	}
	return v.redirect(v.at("reckoning") + "?done=calls")
}
