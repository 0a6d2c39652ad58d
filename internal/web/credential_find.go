package web

import (
	"regexp"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// issue is the registrar's work in one contest: who has something to vote with, and
// who still needs a code.
type issue struct {
	*visit
	poll      poll.Poll
	contest   poll.Contest
	enrol     box.Enrolment
	published bool         // the list is fixed: what is lost is replaced from spares
	voters    []poll.Entry // who may vote, in order of number
	struck    map[int]bool // numbers of those taken off the roll
	codes     []box.Credential
	holds     map[string]box.Credential // by line of the roll
	numbers   map[string]int            // of those who may vote, by line of the roll
}

// issuing are the registrar's pages: of a vote in which the visitor is named registrar.
func (s *Server) issuing(do func(i *issue) error) func(v *visit) error {
	return func(v *visit) error {
		i, err := v.issueAsked(v.r.PathValue("poll"), v.r.PathValue("contest"))
		if err != nil {
			return err
		}
		return do(i)
	}
}

// issueAsked is the work in a contest, for its registrar.
func (v *visit) issueAsked(pollCode, contestCode string) (*issue, error) {
	p, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, pollCode)
	if fault.Is(err, fault.NotFound) || err == nil && p.Called.IsZero() {
		return nil, fault.Errorf(fault.NotFound, "there is no vote at this address")
	}
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.Contests, func(c poll.Contest) bool { return c.Code == contestCode })
	if at < 0 {
		return nil, fault.Errorf(fault.NotFound, "there is no vote at this address")
	}
	if !slices.ContainsFunc(p.Holders(poll.Registrar), func(o poll.Official) bool { return o.Person == v.actor.Person }) {
		return nil, fault.Errorf(fault.Forbidden, "only the registrar who is named for this vote makes and replaces its codes, and that is not you. The secretary names the registrar")
	}
	i := &issue{visit: v, poll: p, contest: p.Contests[at], struck: map[int]bool{}, holds: map[string]box.Credential{}, numbers: map[string]int{}}
	if i.none() {
		return i, nil
	}
	return i, i.read()
}

// none reports whether there is nothing to make codes for, yet or any more.
func (i *issue) none() bool {
	return i.contest.Roll == nil || !i.contest.Uncontested.IsZero() || !i.poll.Abandoned.IsZero()
}

func (i *issue) read() (err error) {
	org, id := i.org.ID, i.contest.ID
	if i.enrol, err = i.house.Boxes.Enrolment(i.ctx, org, id); err != nil {
		return err
	}
	switch _, err := i.house.Boxes.Head(i.ctx, org, id); {
	case err == nil:
		i.published = true
	case !fault.Is(err, fault.NotFound):
		return err
	}
	all, err := i.house.Polls.Voters(i.ctx, org, id)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.Stands() {
			i.voters = append(i.voters, e)
			i.numbers[e.ID] = e.Number
		} else {
			i.struck[e.Number] = true
		}
	}
	if i.codes, err = i.house.Boxes.Credentials(i.ctx, org, id); err != nil {
		return err
	}
	for _, c := range i.codes {
		if c.Entry != "" && c.Voided == "" {
			i.holds[c.Entry] = c
		}
	}
	return nil
}

// path is an address of the work, below that of the contest.
func (i *issue) path(more string) string {
	return "/votes/" + i.poll.Code + "/" + i.contest.Code + "/credentials" + more
}

func (i *issue) title() string {
	if len(i.poll.Contests) == 1 || i.contest.Title == "" || i.contest.Title == i.poll.Title {
		return i.poll.Title
	}
	return i.poll.Title + ": " + i.contest.Title
}

// frame is that of a page about the work.
func (i *issue) frame(heading, sentence string) page.Frame {
	f := i.visit.frame()
	f.Back = page.Link{Text: "Codes to vote with", Href: i.path("")}
	f.Kicker, f.Heading, f.Sentence = i.title(), heading, sentence
	return f
}

// need are the voters without anything to vote with.
func (i *issue) need() (out []code.Voter) {
	for _, e := range i.voters {
		if _, has := i.holds[e.ID]; !has {
			out = append(out, code.Voter{Number: e.Number, Weight: e.Weight})
		}
	}
	return out
}

// spares counts those that stand, handed out or not, by weight.
func (i *issue) spares() map[int]int {
	out := map[int]int{}
	for _, c := range i.codes {
		if c.How == box.Spare && c.Voided == "" {
			out[c.Weight]++
		}
	}
	return out
}

// weights are how many voters have each weight.
func (i *issue) weights() map[int]int {
	out := map[int]int{}
	for _, e := range i.voters {
		out[e.Weight]++
	}
	return out
}

// needSpares are the spares that are wanting.
func (i *issue) needSpares() (out []code.Spare) {
	there := i.spares()
	for weight, n := range i.weights() {
		if wanting := box.Spares(n) - there[weight]; wanting > 0 {
			out = append(out, code.Spare{Weight: weight, Count: wanting})
		}
	}
	slices.SortFunc(out, func(a, b code.Spare) int { return a.Weight - b.Weight })
	return out
}

// todo is what is to be made now.
func (i *issue) todo() code.ToDo {
	if i.published {
		return code.ToDo{}
	}
	return code.ToDo{UUID: i.contest.UUID, Group: i.house.PlannedGroup(i.poll), Letter: i.letter(), Voters: i.need(), Spares: i.needSpares()}
}

// voter finds a line of the roll that stands.
func (i *issue) voter(number int) (poll.Entry, bool) {
	at := slices.IndexFunc(i.voters, func(e poll.Entry) bool { return e.Number == number })
	if at < 0 {
		return poll.Entry{}, false
	}
	return i.voters[at], true
}

// marked finds a code by its mark, as somebody types it, or by its whole public part,
// of which the mark is a short sign. Of so many codes two may share one; then only the
// public part will do.
func (i *issue) marked(typed string) (box.Credential, bool) {
	plain := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(typed))
	var found []box.Credential
	for _, c := range i.codes {
		if c.Public == strings.TrimSpace(typed) {
			return c, true
		}
		if strings.ReplaceAll(code.Mark(c.Public), "-", "") == plain {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return box.Credential{}, false
	}
	return found[0], true
}

// strays are codes that stand of people who are not on the roll any more. They have
// to be voided before notice of poll can be given.
func (i *issue) strays() (out []box.Credential) {
	for _, c := range i.codes {
		if c.Voided == "" && c.Entry != "" && i.numberOf(c) == 0 {
			out = append(out, c)
		}
	}
	return out
}

// numberOf is the voter's number of a code, 0 for a spare that nobody has and for one
// who is not on the roll any more.
func (i *issue) numberOf(c box.Credential) int { return i.numbers[c.Entry] }

// lastEnrolling is the day until which members can make a key of their own.
func (i *issue) lastEnrolling() string {
	return i.day(i.poll.Timetable.Day(timetable.CredentialsClose))
}

var issueIDs = regexp.MustCompile(`(of|for) contest [\w-]+`)

// issueWords is what a room refused, in the words of these pages.
func (i *issue) issueWords(err error, number int) string {
	text := err.Error()
	if by, voted := strings.CutPrefix(text[max(0, strings.Index(text, "a vote has been received")):], "a vote has been received"); voted {
		by, _, _ = strings.Cut(by[max(0, strings.LastIndex(by, "by ")):], ":")
		return "A vote has been received from voter " + numberText(number) + ", " + strings.TrimSpace(by) + ". A code is replaced only before that. If the voter says that it was not theirs, tell the returning officer."
	}
	whole := fault.Errorf(fault.KindOf(err), "%s", text)
	return strings.ReplaceAll(issueIDs.ReplaceAllString(i.refusalWords(whole), "$1 this vote"), "credential", "code")
}

func numberText(n int) string { return strings.ReplaceAll(number(n), ",", "") }
