package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type votePollPage struct {
	About      []string
	Reason     string // why it was abandoned
	Own        page.Waits
	NotYours   string
	SignIn     page.Link
	Contests   page.Links
	Timeline   page.Timeline
	Rules      page.Summary
	Law        page.Defs
	Officials  page.Defs
	Calendar   string
	RulesFile  string
	NoticeFile string
	Verify     *page.Verify
}

// votePoll is one poll in words.
func (s *Server) votePoll(v *visit) error {
	p, err := v.pollAsked()
	if err != nil {
		return err
	}
	d := votePollPage{
		About: paragraphs(p.About), Reason: p.Reason, Timeline: v.timeline(p), Rules: rulesInWords(p.Poll), Law: v.lawInWords(p.Rules),
		Calendar: p.path() + "/files/calendar.ics", RulesFile: p.path() + "/files/rules.json",
	}
	if d.Officials, err = v.officialsInWords(p); err != nil {
		return err
	}
	mine, err := v.mineByPoll()
	if err != nil {
		return err
	}
	if err := v.ownVotes(&d, p, mine[p.ID]); err != nil {
		return err
	}
	for _, c := range p.Contests {
		d.Contests = append(d.Contests, page.LinkLine{Text: c.Title, Href: p.path() + "/" + c.Code, Note: contestLine(p.Poll, c)})
	}
	if len(p.Contests) == 1 && len(d.Own) == 1 {
		d.Contests = nil // it stands above
	}
	if p.NoticeHash != "" {
		d.NoticeFile = p.path() + "/files/notice.json"
		check := v.checkNotice(p)
		d.Verify = &check
	}
	f := v.frame()
	f.Back = page.Link{Text: "Votes", Href: "/votes"}
	f.Kicker = p.Kind.Title()
	f.Heading = p.Title
	f.Sentence = v.stands(p)
	f.Data = d
	return v.show(http.StatusOK, "vote_poll", f)
}

// ownVotes are the visitor's contests, or why there are none.
func (v *visit) ownVotes(d *votePollPage, p seen, mine []poll.Mine) error {
	switch {
	case !v.takesPart():
		d.SignIn = page.Link{Text: "Sign in to vote", Href: "/sign-in?next=" + p.path()}
		return nil
	case p.stage == poll.Abandoned:
		return nil
	}
	for _, m := range mine {
		c := vote{seen: p, Contest: m.Contest, all: m.Contest}
		w := page.Wait{Title: c.title(), Href: c.path(), Why: asked(p.Poll, m.Contest)}
		switch {
		case p.stage == poll.Open && m.OnRoll:
			open, err := v.openVote(p, m.Contest)
			if err != nil {
				return err
			}
			w.Why, w.When = open.Why, open.When
		case m.Sealed && m.OnRoll:
			w.Why += " You are on the roll."
		case m.OnRoll:
			w.Why += " You would be on the roll."
		case m.Stands:
			w.Why += " You asked to stand in it."
		}
		d.Own = append(d.Own, w)
	}
	if len(d.Own) == 0 {
		d.NotYours = "You are on no roll of this vote. Open a contest below to see why."
	}
	return nil
}

func contestLine(p poll.Poll, c poll.Contest) string {
	switch {
	case c.Declared != nil && !p.Kind.Elects():
		return c.Declared.Result.Sentence(p.Rules.Motion())
	case c.Declared != nil:
		return "The result is declared."
	case !c.Uncontested.IsZero():
		return "There is no vote: no more people stand than there are seats."
	}
	return asked(p, c)
}

// officialsInWords are who does what in the poll: by name for those of the
// organisation, by number for the public.
func (v *visit) officialsInWords(p seen) (page.Defs, error) {
	var ids []string
	for _, o := range p.Officials {
		ids = append(ids, o.Person)
	}
	names := map[string]string{}
	if v.can(policy.OfficialView) {
		people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
		if err != nil {
			return nil, err
		}
		for id, one := range people {
			names[id] = one.Name()
		}
	}
	var out page.Defs
	for _, office := range []poll.Office{poll.ReturningOfficer, poll.Registrar, poll.Keyholder, poll.Teller, poll.Observer} {
		var who []string
		for _, o := range p.Holders(office) {
			name := names[o.Person]
			if name == "" {
				name = "somebody"
			}
			switch o.Side {
			case poll.StaffSide:
				name += " (named by the staff side)"
			case poll.Outside:
				name += " (of an outside body)"
			}
			who = append(who, name)
		}
		if len(who) == 0 {
			continue
		}
		fact := page.List(who)
		if len(names) == 0 {
			fact = few(len(who), "person, named to members", "people, named to members")
		}
		out = append(out, page.Def{Term: page.Begin(office.Title()), Fact: page.Begin(fact)})
	}
	return out, nil
}

// checkNotice says how a reader checks that the notice is the one in the record.
func (v *visit) checkNotice(p seen) page.Verify {
	return page.Verify{
		Title: "Check the notice of poll",
		Intro: "Rules, roll, candidates and timetable are frozen in one file. Its SHA-256 is in the record, and each ballot refers to it.",
		Steps: []page.Command{{
			Title: "The file", Label: "Command to work out the hash of the notice",
			Text: fmt.Sprintf("curl -s %s%s/files/notice.json | sha256sum", v.house.Address, p.path()), Hash: p.NoticeHash,
		}},
		Limits:  "that the roll is right. Whoever is on it can check their own line, and nobody can be added unseen.",
		Further: page.Link{Text: "The record", Href: "/record"},
	}
}
