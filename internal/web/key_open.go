package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// maxKeyWork bounds a mix or a decryption. A mix of one ranked question holds some
// 15 kB for each ballot.
const maxKeyWork = maxStaffFile

// opening is the opening of one contest's votes, as a keyholder sees it.
type opening struct {
	box.Opening
	v       *visit
	poll    poll.Poll
	contest poll.Contest
	part    keys.Part // of the visitor, whose number is the owner of what they add
	closed  bool
	papers  string // what has to be reckoned up first of the votes on paper
}

// openingAsked is that of the contest in the address, for a keyholder of its key. Who
// they are in the archive follows from the record of the key, never from a form.
func (v *visit) openingAsked() (*opening, error) {
	none := fault.Errorf(fault.NotFound, "there is no vote at this address")
	p, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, v.r.PathValue("poll"))
	if fault.Is(err, fault.NotFound) {
		return nil, none
	}
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Contests, func(c poll.Contest) bool { return c.Code == v.r.PathValue("contest") })
	if i < 0 {
		return nil, none
	}
	o := &opening{v: v, poll: p, contest: p.Contests[i]}
	o.part, err = v.house.Keys.Part(v.ctx, v.org.ID, p.ID, v.actor.Person)
	if fault.Is(err, fault.Forbidden) {
		return nil, fault.Errorf(fault.Forbidden, "only the keyholders of this vote may open it, and you are none of them")
	}
	if err != nil {
		return nil, err
	}
	o.Opening, err = v.house.Boxes.Opening(v.ctx, v.org.ID, o.contest.ID)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	o.closed = true
	if err := v.house.Papers.Ready(v.ctx, v.org.ID, o.contest.ID); refusable(err) {
		o.papers = "The votes on paper or by telephone are reckoned up first, so that nobody who keys them knows how the others stand. The returning officer signs the reckoning."
	} else if err != nil {
		return o, err
	}
	return o, nil
}

// mayOpen reports whether the visitor's part is wanted now.
func (o *opening) mayOpen() bool { return o.Ready() && !o.opened() && o.papers == "" }

func (o *opening) path(more string) string { return openPath(o.poll, o.contest) + more }

func (o *opening) mixed() bool  { return slices.Contains(o.Mixed, o.part.Number) }
func (o *opening) opened() bool { return slices.Contains(o.Opened, o.part.Number) }

// openShow is the page on which a keyholder mixes rankings and opens their part of the
// votes.
func (s *Server) openShow(v *visit) error {
	o, err := v.openingAsked()
	if err != nil {
		return err
	}
	return o.show(http.StatusOK, "")
}

type openPage struct {
	Says   []string
	Script *keyScript
	Honest []string
	Facts  page.Defs
	Send   *keySend
	Next   *page.Panel
}

func (o *opening) show(status int, wrong string) error {
	v := o.v
	f := v.frame()
	f.Back = page.Link{Text: "Keys", Href: "/keys"}
	f.Kicker = contestTitle(o.poll, o.contest)
	f.Heading, f.Sentence = o.heading()
	if text := map[string]string{"opened": "Your part is in the archive.", "mixed": "Your mix is in the archive."}[v.r.URL.Query().Get("done")]; text != "" && status == http.StatusOK {
		f.Notice = page.Notice{Done: true, Text: text}
	}
	p := openPage{Facts: o.facts()}
	switch {
	case !o.closed || o.Finished:
	case o.mayOpen():
		o.addOpen(&p, wrong)
		f.Modules = v.modules("keyholder.js")
	case !o.Ready() && !o.mixed():
		o.addMix(&p, wrong)
	}
	if p.Send != nil {
		f.Errors = page.Problems(p.Send.File)
	} else if wrong != "" {
		f.Errors = []page.Error{{Message: wrong}}
	}
	f.Data = p
	return v.show(status, "key_open", f)
}

func (o *opening) heading() (heading, sentence string) {
	votes := count(o.Ballots, "vote", "votes")
	switch {
	case !o.closed:
		return "These votes are not closed yet", "Voting closes " + said(page.Moment(o.v.now, o.poll.Closes)) + ". Then you open them here, with the other keyholders."
	case o.Finished:
		return "These votes are opened", "There is nothing more to do with your part until the result is settled. Then you destroy it."
	case o.Ready() && !o.opened() && o.papers != "":
		return "These votes are not opened yet", o.papers
	case o.Ready() && !o.opened():
		if len(o.Opened) >= o.part.Threshold {
			return "Open your part of the votes", "Enough keyholders have opened their parts. You may still open yours; nobody needs it."
		}
		return "Open your part of the votes", fmt.Sprintf("It takes %s keyholders to open these %s. %s.", said(page.Words(o.part.Threshold)), votes, o.haveDone(o.Opened, "opened their part"))
	case o.opened():
		return "Your part is opened", fmt.Sprintf("It takes %s keyholders. %s.", said(page.Words(o.part.Threshold)), o.haveDone(o.Opened, "opened their part"))
	case !o.mixed():
		return "Mix the rankings", fmt.Sprintf("Before these %s are opened, keyholders mix them, so that nobody can tell whose is whose. %s.", votes, o.haveDone(o.Mixed, "mixed them"))
	}
	return "Your mix is done", o.haveDone(o.Mixed, "mixed them") + ". The returning officer ends the mixing."
}

// haveDone says how many have: "One has opened their part".
func (o *opening) haveDone(who []int, what string) string {
	switch len(who) {
	case 0:
		return "Nobody has " + what + " yet"
	case 1:
		return "One has " + what
	}
	return inWords(len(who)) + " have " + what
}

func (o *opening) facts() page.Defs {
	out := page.Defs{{Term: "You are", Fact: "Keyholder " + number(o.part.Number)}}
	if !o.closed {
		return out
	}
	out = append(out, page.Def{Term: "Ballots that count", Fact: number(o.Ballots)})
	if o.Ranked {
		out = append(out, page.Def{Term: "Mixed by", Fact: keyholderNumbers(o.Mixed)})
	}
	return append(out, page.Def{Term: "Opened by", Fact: keyholderNumbers(o.Opened)},
		page.Def{Term: "The board of this vote", Fact: "with its archive and signed heads", Href: "/board/" + o.contest.UUID})
}

func keyholderNumbers(list []int) string {
	if len(list) == 0 {
		return "nobody yet"
	}
	var out []string
	for _, n := range list {
		out = append(out, number(n))
	}
	return said(page.Plural(int64(len(out)), "keyholder", "keyholders")) + " " + page.List(out)
}

// addOpen is the part of the page that opens.
func (o *opening) addOpen(p *openPage, wrong string) {
	p.Says = []string{"Your part opens the votes added up, or mixed: no vote with a name to it. It says nothing until other keyholders have opened theirs."}
	p.Script = &keyScript{
		Does: "open", Form: keySendForm, Title: o.poll.Title,
		Part: o.path("/part.json"), Election: o.path("/election.json"), Tally: o.path("/tally.json"),
	}
	p.Honest = []string{
		"On this page your browser checks that the votes are locked with the key you made, that your secret opens your share of it, and that it opens no second tally of this vote on this device. It does not add the ballots up again.",
		"The command-line program checks the whole archive first: every ballot, every sum and every mix. It is the stronger way. Use it if you can.",
		"Open the votes of one vote once, with one tally. Two tallies that differ by a ballot give that ballot away.",
	}
	p.Send = o.send("/open", "The decryption that the program wrote", "Send this decryption", wrong,
		page.Command{Title: "Check the archive and decrypt", Label: "Command to decrypt", Text: "commonweal election decrypt --secret YOUR.key --shared dkey.txt --out decryption.txt " + o.contest.UUID + ".bel"})
	p.Send.Files = page.Links{{Text: "dkey.txt", Href: "/keys/" + o.part.Setup + "/mine/dkey.txt", Note: "Your part of the key, locked with your secret."}}
}

// addMix is the part of the page that mixes.
func (o *opening) addMix(p *openPage, wrong string) {
	p.Says = []string{
		"To mix, your computer locks every ranking anew and puts them in an order that only it knows, then forgets it. One keyholder who is honest about that is enough.",
		"A browser is too slow and too forgetful for this, so it is done with the command-line program. No secret is needed for it.",
	}
	p.Send = o.send("/mix", "The mix that the program wrote", "Send this mix", wrong,
		page.Command{Title: "Check the archive and mix", Label: "Command to mix", Text: fmt.Sprintf("commonweal election shuffle --trustee %d --out mix.txt %s.bel", o.part.Number, o.contest.UUID)})
	p.Send.Heading = "How to mix"
}

func (o *opening) send(path, label, button, wrong string, command page.Command) *keySend {
	return &keySend{
		Action: strings.TrimSuffix(o.path(""), "/open") + path, Heading: "Or do it with the command-line program",
		About: []string{"On a computer with the program: download the archive, check it, make the file, and send it here."},
		File:  page.Upload{Name: "file", Label: label, Accept: ".txt", Error: wrong}, Button: button,
		Verify: page.Verify{
			Title: "With the command-line program",
			Steps: []page.Command{
				{Title: "Download the archive", Label: "Command to download the archive", Text: "curl -o " + o.contest.UUID + ".bel " + o.v.house.Address + "/board/" + o.contest.UUID + "/archive.bel"},
				{Title: "Check it, and read out its words", Label: "Command to check the archive", Text: "commonweal election words " + o.contest.UUID + ".bel"},
				command,
			},
			Limits: "That this is the archive which everybody sees is for you to compare: its head, with somebody who keeps a mirror.",
		},
	}
}

// openFile gives the browser's own program what it opens.
func (s *Server) openFile(v *visit) error {
	o, err := v.openingAsked()
	if err != nil {
		return err
	}
	name := v.r.PathValue("name")
	switch {
	case name == "part.json":
		v.writeJSON(http.StatusOK, o.part)
		return nil
	case (name == "election.json" || name == "tally.json") && o.closed && o.Ready() && o.papers == "":
		election, tally, err := v.house.Boxes.Tally(v.ctx, v.org.ID, o.contest.ID)
		if err != nil {
			return err
		}
		if name == "election.json" {
			tally = election
		}
		return v.sendKeyFile(name, string(tally))
	}
	return fault.Errorf(fault.NotFound, "there is no such file of this vote yet")
}

// openSend adds the visitor's part of opening the votes to the archive.
func (s *Server) openSend(v *visit) error {
	return v.addWork("opened", func(o *opening, body []byte) error {
		return v.house.Boxes.AddDecryption(v.ctx, v.actor.Person, v.org.ID, o.contest.ID, o.part.Number, body)
	})
}

// mixSend adds the visitor's mix to the archive.
func (s *Server) mixSend(v *visit) error {
	return v.addWork("mixed", func(o *opening, body []byte) error {
		return v.house.Boxes.AddShuffle(v.ctx, v.actor.Person, v.org.ID, o.contest.ID, o.part.Number, body)
	})
}

func (v *visit) addWork(done string, add func(*opening, []byte) error) error {
	o, err := v.openingAsked()
	if err != nil {
		return err
	}
	if !o.closed || o.Finished {
		return o.show(http.StatusConflict, "")
	}
	file, _, err := v.sentWork()
	var body []byte
	if err == nil {
		body, err = o.own(file.content)
	}
	if err == nil {
		err = add(o, body)
	}
	if refusable(err) {
		return o.show(http.StatusUnprocessableEntity, v.keyWords(err)+" Nothing was added.")
	}
	if err != nil {
		return err
	}
	return v.redirect(o.path("?done=" + done))
}

// own takes the work out of a file that the program wrote: its first line. The second
// says whose it is; if that is another keyholder, or the file is not whole, it is
// refused.
func (o *opening) own(content []byte) ([]byte, error) {
	body, second, _ := strings.Cut(strings.TrimSpace(string(content)), "\n")
	body, second = strings.TrimSpace(body), strings.TrimSpace(second)
	if second == "" {
		return []byte(body), nil
	}
	whose, err := belenios.ParseOwned([]byte(second))
	switch {
	case err != nil:
		return nil, fault.Errorf(fault.Invalid, "this is not a file that the program wrote for this: it has more than the work and a line that says whose it is")
	case whose.Owner != o.part.Number:
		return nil, fault.Errorf(fault.Invalid, "this file is of keyholder %d, and you are keyholder %d", whose.Owner, o.part.Number)
	case whose.Payload != belenios.HashOf([]byte(body)):
		return nil, fault.Errorf(fault.Invalid, "the file is not whole: its second line is of other work")
	}
	return []byte(body), nil
}
