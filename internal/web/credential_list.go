package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// codeState is what has become of a code.
type codeState string

const (
	codeWanting  codeState = "wanting" // the voter has nothing to vote with
	codeEnrolled codeState = "enrolled"
	codePrinted  codeState = "printed"
	codeMailed   codeState = "mailed"
	codeHanded   codeState = "spare handed out"
	codeSpare    codeState = "spare"
	codeStray    codeState = "struck off" // of somebody who is not on the roll any more
	codeVoided   codeState = "voided"
)

func init() {
	among(codeWanting, codeEnrolled, codePrinted, codeMailed, codeHanded, codeSpare, codeStray, codeVoided)
	among(inPrint, inMail)
}

// codeLine is one line of the list: a voter with what they have, a spare, or what was
// voided.
type codeLine struct {
	Voter  int       `json:"voter,omitempty" doc:"The number on the roll; left out of a spare that nobody has."`
	State  codeState `json:"state"`
	Weight int       `json:"weight" doc:"How many votes it carries."`
	Mark   string    `json:"mark,omitempty" doc:"As it stands on the letter."`
	Made   law.Date  `json:"made,omitzero"`
	Handed law.Date  `json:"handed_out,omitzero"`
	Voided law.Date  `json:"voided,omitzero"`
	Reason string    `json:"void_reason,omitempty"`
	Public string    `json:"public,omitempty" doc:"The public part."`

	person string
}

func (l codeLine) cells() []string {
	voter := ""
	if l.Voter > 0 {
		voter = strconv.Itoa(l.Voter)
	}
	return []string{voter, string(l.State), strconv.Itoa(l.Weight), l.Mark, dayText(l.Made), dayText(l.Handed), dayText(l.Voided), l.Reason, l.Public}
}

var codeHeads = []string{"Voter", "State", "Weight", "Mark", "Made", "Handed out", "Voided", "Reason", "Public part"}

func dayText(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// lines are all of them: voters in order of number, spares, and what was voided.
func (i *issue) lines() (out []codeLine, err error) {
	people := map[int]string{}
	for _, e := range i.voters {
		people[e.Number] = e.Person
		if _, has := i.holds[e.ID]; !has {
			out = append(out, codeLine{Voter: e.Number, State: codeWanting, Weight: e.Weight, person: e.Person})
		}
	}
	for _, c := range i.codes {
		l := codeLine{Voter: i.numberOf(c), State: stateOf(c), Weight: c.Weight, Mark: code.Mark(c.Public), Reason: c.VoidReason, Public: c.Public}
		if l.person = people[l.Voter]; l.Voter == 0 && c.Entry != "" && c.Voided == "" {
			l.State = codeStray
		}
		for _, d := range []struct {
			to   *law.Date
			text string
		}{{&l.Made, c.Made}, {&l.Handed, c.Handed}, {&l.Voided, c.Voided}} {
			if d.text == "" {
				continue
			}
			if *d.to, err = law.ParseDate(d.text); err != nil {
				return nil, err
			}
		}
		out = append(out, l)
	}
	rank := func(l codeLine) int {
		switch l.State {
		case codeVoided:
			return 2
		case codeStray:
			return -1
		case codeSpare:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b codeLine) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Voter, b.Voter), cmp.Compare(a.Mark, b.Mark))
	})
	return out, nil
}

func stateOf(c box.Credential) codeState {
	switch {
	case c.Voided != "":
		return codeVoided
	case c.How == box.Spare && c.Entry != "":
		return codeHanded
	}
	return codeState(c.How)
}

// codesAPage is how many lines one page of the list has.
const codesAPage = 100

// credentialList is who has what.
func (s *Server) credentialList(i *issue) error {
	all, err := i.lines()
	if err != nil {
		return err
	}
	from := 0
	if n, err := strconv.Atoi(i.r.URL.Query().Get("from")); err == nil && n > 1 {
		from = min(n-1, len(all))
	}
	to := min(from+codesAPage, len(all))
	names := i.r.URL.Query().Get("names") == "1" && i.can(policy.RollView)
	table, err := i.table(all[from:to], names)
	if err != nil {
		return err
	}
	f := i.frame("Who has what", "Each member on the roll with what they vote with, then the spares, then what was voided. Who has voted does not stand here.")
	f.Files = []page.Files{{What: "the codes", CSV: i.path("/list.csv"), JSON: i.path("/list.json")}}
	section := codeSection{Show: []page.Component{table}}
	if len(all) == 0 {
		section = codeSection{Text: []string{i.noneWords()}}
	}
	at := func(from int) string {
		q := url.Values{"from": {strconv.Itoa(from + 1)}}
		if names {
			q.Set("names", "1")
		}
		return i.path("/list") + "?" + q.Encode()
	}
	if len(all) > codesAPage {
		pages := page.Pages{Place: number(from+1) + " to " + number(to) + " of " + number(len(all))}
		if from > 0 {
			pages.Prev = at(max(0, from-codesAPage))
		}
		if to < len(all) {
			pages.Next = at(to)
		}
		section.Show = append(section.Show, pages)
	}
	if i.can(policy.RollView) && len(all) > 0 {
		if names {
			section.Links = page.Links{{Text: "Without names", Href: i.path("/list")}}
		} else {
			section.Links = page.Links{{Text: "With names", Href: i.path("/list") + "?names=1"}}
		}
	}
	f.Data = []codeSection{section}
	return i.visit.show(http.StatusOK, "credential_page", f)
}

func (i *issue) table(lines []codeLine, names bool) (page.Table, error) {
	t := page.Table{Caption: "Codes by voter number", Columns: []page.Column{{Head: "Voter"}, {Head: "What they have"}, {Head: "Mark"}, {Head: "Since"}}}
	known := map[string]string{}
	if names {
		t.Columns = slices.Insert(t.Columns, 1, page.Column{Head: "Name"})
		var ids []string
		for _, l := range lines {
			if l.person != "" {
				ids = append(ids, l.person)
			}
		}
		people, err := i.house.Identity.People(i.ctx, i.org.ID, ids)
		if err != nil {
			return t, err
		}
		for id, p := range people {
			known[id] = p.Name()
		}
	}
	for _, l := range lines {
		row := page.Row{{Text: numberText(l.Voter), Kind: page.Strong}, i.stateCell(l), {Text: l.Mark}, {Text: i.since(l)}}
		if l.Voter == 0 {
			row[0] = page.Cell{Text: "Nobody", Kind: page.Quiet}
		}
		if l.Mark == "" {
			row[2] = page.Cell{Text: "none", Kind: page.Quiet}
		}
		if names {
			row = slices.Insert(row, 1, page.Cell{Text: known[l.person]})
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (i *issue) stateCell(l codeLine) page.Cell {
	words := map[codeState]string{
		codeWanting: "Nothing yet", codeEnrolled: "A key of their own", codePrinted: "A printed code", codeMailed: "A code by mail",
		codeHanded: "A spare, in place of what was lost", codeSpare: "Spare, not used", codeVoided: "Void",
		codeStray: "Somebody who was struck off the roll: void it",
	}
	text := words[l.State]
	if l.Weight != 1 {
		text += ", " + count(l.Weight, "vote", "votes")
	}
	if l.State == codeVoided {
		text += ": " + l.Reason
	}
	return page.Cell{Text: text}
}

func (i *issue) since(l codeLine) string {
	switch {
	case !l.Voided.IsZero():
		return i.day(l.Voided)
	case !l.Handed.IsZero():
		return i.day(l.Handed)
	}
	return i.day(l.Made)
}

// credentialListFile is the whole list as a file. It names nobody.
func (s *Server) credentialListFile(i *issue) error {
	return sendLines(i.visit, codeHeads, func(yield func(codeLine)) (string, error) {
		all, err := i.lines()
		for _, l := range all {
			yield(l)
		}
		return "codes-" + i.poll.Code + "-" + i.contest.Code + "-" + i.today().String(), err
	})
}
