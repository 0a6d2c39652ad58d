package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// cameSection says how much has come, and leads to the list.
func (v *papers) cameSection(list []paper.Mark, at string) paperSection {
	out := paperSection{Heading: "What has come"}
	if len(list) == 0 {
		out.Text = []string{"Nothing yet. Each vote that comes on paper or by telephone is listed by the voter’s number."}
		return out
	}
	n := map[paper.State]int{}
	for _, m := range list {
		n[m.State]++
	}
	facts := page.Defs{}
	if v.has(paper.Paper) {
		facts = append(facts, page.Def{Term: "Envelopes to be counted", Fact: number(int64(n[paper.Received]))},
			page.Def{Term: "Disqualified, not opened", Fact: number(int64(n[paper.Disqualified]))}, page.Def{Term: "Nothing to count in the envelope", Fact: number(int64(n[paper.Spoilt]))})
	}
	if v.has(paper.Telephone) {
		facts = append(facts, page.Def{Term: "Votes by telephone", Fact: number(int64(n[paper.Voted]))})
	}
	out.Show = []page.Component{facts}
	out.Links = page.Links{{Text: "All of them, by voter’s number", Href: at, Note: "To look one up, or to put right what was entered."}}
	return out
}

const receivedPageSize = 100

// paperReceived lists what has come, for a teller.
func (s *Server) paperReceived(v *papers) error { return v.showReceived(v.at("received"), false) }

// paperReceivedReckoned lists it for the returning officer, who can take back what
// was entered under a wrong number.
func (s *Server) paperReceivedReckoned(v *papers) error {
	return v.showReceived(v.at("reckoning", "received"), true)
}

func (v *papers) showReceived(at string, officer bool) error {
	list, err := v.allMarks()
	if err != nil {
		return err
	}
	signed := map[paper.Channel]bool{}
	for _, by := range v.room.Channels {
		f, err := v.house.Papers.Figures(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, by)
		if err != nil {
			return err
		}
		signed[by] = f.Signed != ""
	}
	f := v.frameOf("What has come", "One line for each vote that came on paper or by telephone, by the voter’s number.")
	from := 0
	if n, err := strconv.Atoi(v.r.URL.Query().Get("from")); err == nil && n > 0 && n < len(list) {
		from = n
	}
	to := min(from+receivedPageSize, len(list))
	t := page.Table{Caption: "Votes that came on paper and by telephone", Columns: []page.Column{{Head: "Voter"}, {Head: "Came"}, {Head: "Entered"}, {Head: "State", Wide: true}, {Head: "Put right"}}}
	for _, m := range list[from:to] {
		t.Rows = append(t.Rows, page.Row{{Text: strconv.Itoa(m.Voter)}, {Text: m.Channel.Title()}, {Text: v.hourOf(m.Hour)}, {Text: stateWords(m)}, v.putRight(m, officer, signed[m.Channel])})
	}
	if len(list) == 0 {
		f.Sentence = "Nothing has come yet."
		f.Data = []paperSection{}
		return v.show(http.StatusOK, "paper_page", f)
	}
	pages := page.Pages{Place: fmt.Sprintf("Lines %d to %d of %d", from+1, to, len(list))}
	if from > 0 {
		pages.Prev = at + "?from=" + strconv.Itoa(max(0, from-receivedPageSize))
	}
	if to < len(list) {
		pages.Next = at + "?from=" + strconv.Itoa(to)
	}
	if officer {
		f.Back = page.Link{Text: "The reckoning", Href: v.at("reckoning")}
	}
	f.Files = []page.Files{{What: "what has come", CSV: at + ".csv", JSON: at + ".json"}}
	f.Data = []paperSection{{Show: []page.Component{t, pages}}}
	return v.show(http.StatusOK, "paper_page", f)
}

// allMarks are the lines of the pollbook about every channel, in order of voters.
func (v *papers) allMarks() ([]paper.Mark, error) {
	var out []paper.Mark
	for _, by := range v.room.Channels {
		list, err := v.house.Papers.Received(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, by)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(a, b paper.Mark) int { return a.Voter - b.Voter })
	return out, nil
}

// putRight leads to what may be done about a line.
func (v *papers) putRight(m paper.Mark, officer, signed bool) page.Cell {
	n := strconv.Itoa(m.Voter)
	switch {
	case signed || m.Channel != paper.Paper:
	case officer:
		return page.Cell{Text: "Take back " + n, Href: v.at("voters", n, "back")}
	case v.closed() && m.State == paper.Received:
		return page.Cell{Text: "Nothing in envelope " + n, Href: v.at("voters", n, "spoilt")}
	}
	return page.Cell{Text: "nothing", Kind: page.Quiet}
}

// hourOf writes the hour in which something was entered. It is never told closer.
func (v *papers) hourOf(hour string) string { return v.moment(hour + ":00:00.000Z") }

func stateWords(m paper.Mark) string {
	switch m.State {
	case paper.Received:
		return "to be counted"
	case paper.Voted:
		return "counted with the others"
	case paper.Spoilt:
		return "nothing to count in the envelope: " + m.Reason
	case paper.Disqualified:
		return "disqualified, not opened: " + m.Reason
	}
	return string(m.State)
}

// receivedLine is one line of the pollbook, as a file has it.
type receivedLine struct {
	Voter   int    `json:"voter"`
	Weight  int    `json:"weight"`
	Channel string `json:"channel"`
	Hour    string `json:"hour"`
	State   string `json:"state"`
	Reason  string `json:"reason,omitempty"`
}

func (l receivedLine) cells() []string {
	return []string{strconv.Itoa(l.Voter), strconv.Itoa(l.Weight), l.Channel, l.Hour, l.State, l.Reason}
}

// paperReceivedFile is what has come, as a file.
func (s *Server) paperReceivedFile(v *papers) error {
	return sendLines(v.visit, []string{"Voter", "Votes", "Channel", "Hour", "State", "Reason"}, func(yield func(receivedLine)) (string, error) {
		list, err := v.allMarks()
		for _, m := range list {
			yield(receivedLine{m.Voter, m.Weight, string(m.Channel), m.Hour, string(m.State), m.Reason})
		}
		return "votes-on-paper-" + v.poll.Code + "-" + v.contest.Code, err
	})
}
