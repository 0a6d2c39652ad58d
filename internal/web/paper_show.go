package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperShow is where a teller works: envelopes, calls, batches.
func (s *Server) paperShow(v *papers) error { return v.showPaper(http.StatusOK, "", "") }

func (v *papers) showPaper(status int, typed, wrong string) error {
	marks := map[paper.Channel][]paper.Mark{}
	for _, by := range v.room.Channels {
		list, err := v.house.Papers.Received(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, by)
		if err != nil {
			return err
		}
		marks[by] = list
	}
	list, err := v.house.Papers.Batches(v.ctx, v.actor.Person, v.org.ID, v.contest.ID)
	if err != nil {
		return err
	}
	signed := v.house.Papers.Ready(v.ctx, v.org.ID, v.contest.ID) == nil
	f := v.frame()
	f.Back = page.Link{Text: v.poll.Title, Href: "/votes/" + v.poll.Code}
	f.Kicker = v.title()
	f.Heading = "Votes on paper and by telephone"
	switch {
	case len(v.room.Channels) == 2:
	case v.has(paper.Paper):
		f.Heading = "Votes on paper"
	default:
		f.Heading = "Votes by telephone"
	}
	f.Sentence = v.paperSentence(marks, list, signed)
	f.Notice = v.paperDone()
	find := page.Text{Name: "voter", Label: "Voter’s number", Hint: v.findHint(), Value: typed, Error: wrong, Width: 5, Mode: "numeric", Autocomplete: "off"}
	f.Errors = page.Problems(find)
	var out []paperSection
	if !signed && (v.open() || v.has(paper.Paper)) {
		heading := "An envelope or a call"
		if !v.has(paper.Telephone) || v.closed() {
			heading = "An envelope"
		} else if !v.has(paper.Paper) {
			heading = "A call"
		}
		out = append(out, paperSection{Heading: heading, Form: &paperForm{Action: v.at("find"), Fields: []page.Component{find}, Button: page.Button{Text: "Find the voter"}}})
	}
	if v.has(paper.Paper) {
		out = append(out, v.batchSection(list, signed))
	}
	out = append(out, v.cameSection(slices.Concat(marks[paper.Paper], marks[paper.Telephone]), v.at("received")))
	links := page.Links{{Text: "How members vote on paper or by telephone", Href: v.path("by-paper")}}
	if v.is(paper.ReturningOfficer) {
		links = append(links, page.LinkLine{Text: "The reckoning", Href: v.at("reckoning")})
	}
	out = append(out, paperSection{Heading: "More", Links: links})
	f.Data = out
	return v.show(status, "paper_page", f)
}

// path is an address of the contest outside its papers.
func (v *papers) path(last string) string {
	return strings.Join([]string{"/votes", v.poll.Code, v.contest.Code, last}, "/")
}

func (v *papers) findHint() string {
	switch {
	case v.has(paper.Paper) && v.has(paper.Telephone) && !v.closed():
		return "It is on the envelope, and callers say it. Names are not needed."
	case v.has(paper.Paper):
		return "It is on the envelope. Names are not needed."
	}
	return "Callers say it. Names are not needed."
}

// paperSentence says what is to be done next.
func (v *papers) paperSentence(marks map[paper.Channel][]paper.Mark, list []paper.Progress, signed bool) string {
	received, unopened := 0, 0
	for _, m := range marks[paper.Paper] {
		if m.State == paper.Received {
			received++
		}
	}
	batched, mine := 0, 0
	for _, b := range list {
		if b.Channel == paper.Paper {
			batched += b.Papers
			if b.Next > 0 {
				mine++
			}
		}
	}
	unopened = received - batched
	switch {
	case signed:
		return "The reckoning is signed. Nothing is added or changed any more."
	case v.now.Before(v.room.Opens):
		return "Voting opens " + v.whenIs(v.room.Opens) + ". Envelopes that come before are entered then."
	case v.open() && v.has(paper.Paper):
		return fmt.Sprintf("%s came so far. Leave them shut: they are opened after voting closes, %s.", inAll(received, "envelope to be counted", "envelopes to be counted"), v.whenIs(v.room.Closes))
	case v.open():
		return "Voting closes " + v.whenIs(v.room.Closes) + ". Take each vote while the caller is on the line."
	case mine > 0:
		return fmt.Sprintf("Voting has closed. %s of papers for you to key.", thereAre(mine, "batch", "batches"))
	case unopened > 0:
		return fmt.Sprintf("Voting has closed. %s to be opened and put in a batch.", thereAre(unopened, "envelope", "envelopes"))
	}
	return "There is nothing for you to key now."
}

func thereAre(n int, one, many string) string {
	return page.Begin(said(page.Plural(n, "there is ", "there are "))) + said(page.Words(n)) + " " + said(page.Plural(n, one, many))
}

func inAll(n int, one, many string) string {
	if n == 0 {
		return "No " + many
	}
	return page.Begin(said(page.Words(n))) + " " + said(page.Plural(n, one, many))
}

// batchSection lists the batches, with what the teller has to key in each.
func (v *papers) batchSection(list []paper.Progress, signed bool) paperSection {
	out := paperSection{Heading: "Batches"}
	if !v.closed() {
		out.Text = []string{"Papers are put in batches and keyed after voting closes, so that nobody knows before how it stands."}
		return out
	}
	t := page.Table{Caption: "Batches", Columns: []page.Column{{Head: "Batch"}, {Head: "Papers", Number: true}, {Head: "How far it is", Wide: true}, {Head: "For you"}}}
	for _, b := range list {
		for_ := page.Cell{Text: "nothing", Kind: page.Quiet}
		if b.Next > 0 && b.Channel == paper.Paper {
			for_ = page.Cell{Text: "Key paper " + strconv.Itoa(b.Next), Href: v.at("batches", b.Code, strconv.Itoa(b.Next))}
		}
		t.Rows = append(t.Rows, page.Row{{Text: b.Code, Href: v.at("batches", b.Code)}, papersIn(b), {Text: v.howFar(b)}, for_})
	}
	if len(t.Rows) > 0 {
		out.Show = append(out.Show, t)
	} else {
		out.Text = []string{"No batch is made yet."}
	}
	if !signed {
		out.Button = page.Button{Text: "Make a batch", Href: v.at("batches"), Kind: page.Secondary}
	}
	return out
}

// papersIn is how many papers a batch has. Of calls it is told once they are settled.
func papersIn(b paper.Progress) page.Cell {
	if b.Channel == paper.Telephone && b.Settled == "" {
		return page.Cell{Text: "not told yet", Kind: page.Quiet}
	}
	return page.Cell{Text: strconv.Itoa(b.Papers)}
}

// howFar says how far a batch is, without telling what was keyed.
func (v *papers) howFar(b paper.Progress) string {
	switch {
	case b.Settled != "":
		return "settled on " + said(page.Day(v.now, b.Settled))
	case b.Channel == paper.Telephone:
		return "calls; settled when the returning officer ends them"
	case b.Keyed():
		return fmt.Sprintf("keyed by two; %s read differently, %d ruled on", said(page.Plural(b.Differ, "1 paper", strconv.Itoa(b.Differ)+" papers")), b.Ruled)
	}
	return fmt.Sprintf("%d keyed once, %d twice, of %d", b.Once, b.Twice, b.Papers)
}

// paperDone is news about what was just done.
func (v *papers) paperDone() page.Notice {
	q := v.r.URL.Query()
	n := q.Get("voter")
	if _, err := strconv.Atoi(n); err != nil {
		n = ""
	}
	texts := map[string]string{
		"received":     "The envelope of voter " + n + " is entered. Put it with the others, shut.",
		"disqualified": "A vote of voter " + n + " had come before. The envelope is listed as disqualified. Write that on it and never open it.",
		"called":       "The vote of voter " + n + " is cast by telephone. Tell the caller so.",
		"spoilt":       "The envelope of voter " + n + " is listed as having nothing to count in it.",
		"back":         "The envelope of voter " + n + " is taken back. The record keeps that it was entered.",
		"gone":         "The batch is taken away.",
		"calls":        "The votes by telephone are settled.",
		"signed":       "The reckoning is signed.",
		"ruled":        "Your ruling is kept.",
	}
	if text := texts[q.Get("done")]; text != "" {
		return page.Notice{Done: true, Text: text}
	}
	return page.Notice{}
}
