package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type voteListPage struct {
	Empty    *page.Panel
	Now      page.Waits // the visitor may vote in them
	Others   page.Links // open, and not theirs
	Standing page.Links // nominations are open
	Coming   page.Links
	Counting page.Links // closed and not declared
	Ended    page.Links
	SignIn   page.Link
	Look     page.Links
	Work     page.Links
}

// voteList is all votes: what one may vote in first, then what is coming and what
// has ended.
func (s *Server) voteList(v *visit) error {
	list, err := v.house.Polls.Polls(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	mine, err := v.mineByPoll()
	if err != nil {
		return err
	}
	p := voteListPage{Look: page.Links{{Text: "The public board", Href: "/board", Note: "every ballot by its tracker, and how to check the count"}}}
	if v.holdsVotes() {
		p.Work = append(p.Work, page.LinkLine{Text: "Holding votes", Href: conductRoot, Note: "what is next in each vote, and who has to do it"})
	}
	if v.actor.Holds(policy.Trustee) {
		p.Work = append(p.Work, page.LinkLine{Text: "Your keys", Href: "/keys", Note: "the parts of keys that you hold"})
	}
	if !v.takesPart() {
		p.SignIn = page.Link{Text: "Sign in to vote", Href: "/sign-in?next=/votes"}
	}
	shown := 0
	for _, one := range list {
		if one.Called.IsZero() {
			continue
		}
		shown++
		if err := v.listVote(&p, v.seenOf(one), mine[one.ID]); err != nil {
			return err
		}
	}
	slices.Reverse(p.Ended) // the newest first
	f := v.frame()
	f.Heading = "Votes"
	f.Sentence = votesSentence(p, v.takesPart())
	if shown == 0 {
		panel := page.Empty("No votes yet", "When members are called to vote, it stands here: what about, who may vote, and until when. The secretary or a returning officer calls a vote.", page.Link{})
		p.Empty = &panel
		f.Sentence = ""
	} else {
		f.Files = []page.Files{v.files("/votes", "the votes", law.Date{})}
	}
	f.Data = p
	return v.show(http.StatusOK, "vote_list", f)
}

// mineByPoll are the contests that concern the visitor, by poll.
func (v *visit) mineByPoll() (map[string][]poll.Mine, error) {
	out := map[string][]poll.Mine{}
	if !v.takesPart() {
		return out, nil
	}
	list, err := v.house.Polls.Mine(v.ctx, v.org.ID, v.actor.Person)
	for _, m := range list {
		out[m.Poll.ID] = append(out[m.Poll.ID], m)
	}
	return out, err
}

// listVote puts a poll where it belongs on the page.
func (v *visit) listVote(p *voteListPage, s seen, mine []poll.Mine) error {
	line := page.LinkLine{Text: s.Title, Href: s.path(), Note: v.stands(s)}
	switch s.stage {
	case poll.Nominating:
		p.Standing = append(p.Standing, line)
	case poll.Called, poll.Nominated, poll.Announced:
		p.Coming = append(p.Coming, line)
	case poll.Open:
		own := false
		for _, m := range mine {
			if !m.OnRoll || !m.Contest.Uncontested.IsZero() {
				continue
			}
			own = true
			w, err := v.openVote(s, m.Contest)
			if err != nil {
				return err
			}
			p.Now = append(p.Now, w)
		}
		if !own {
			p.Others = append(p.Others, line)
		}
	case poll.Closed, poll.Counted, poll.Uncontested:
		p.Counting = append(p.Counting, line)
	default:
		line.Note = v.endedIn(s)
		p.Ended = append(p.Ended, line)
	}
	return nil
}

// openVote is a vote that is open to the visitor.
func (v *visit) openVote(s seen, c poll.Contest) (page.Wait, error) {
	one := vote{seen: s, Contest: c}
	w := page.Wait{Title: voteTitle(one), Href: one.path(), Why: asked(s.Poll, c), When: v.when(s.Closes)}
	mark, err := v.house.Boxes.Marked(v.ctx, v.org.ID, c.ID, v.actor.Person)
	if err == nil && mark != nil {
		w.Why = "You have voted " + markedBy(mark.Channel) + "."
	}
	return w, err
}

// voteTitle names a contest in a list that says nothing of its poll.
func voteTitle(c vote) string {
	if c.one() {
		return c.Title
	}
	return c.Title + ": " + c.Contest.Title
}

func markedBy(c box.Channel) string {
	return map[box.Channel]string{box.Web: "on the web", box.Paper: "on paper", box.Telephone: "by telephone"}[c]
}

// endedIn says how a poll ended, in a line.
func (v *visit) endedIn(s seen) string {
	if s.stage == poll.Abandoned {
		return "Abandoned on " + v.day(s.Abandoned) + ": " + s.Reason
	}
	if !slices.ContainsFunc(s.Contests, func(c poll.Contest) bool { return c.Uncontested.IsZero() }) {
		return "There was no vote: no more people stood than there are seats. The result is declared."
	}
	if s.Kind.Elects() || len(s.Contests) != 1 {
		return "Closed on " + v.day(s.Timetable.Day(timetable.Closes)) + ". The result is declared."
	}
	return s.Contests[0].Declared.Result.Sentence(s.Rules.Motion())
}

func votesSentence(p voteListPage, signedIn bool) string {
	open := len(p.Now) + len(p.Others)
	switch {
	case open == 0 && len(p.Standing) > 0:
		return "Nominations are open. No vote is open now."
	case open == 0:
		return "No vote is open now."
	case !signedIn:
		return page.Begin(few(open, "vote is", "votes are")) + " open. Sign in to see whether you may vote."
	case len(p.Now) == 0:
		return page.Begin(few(open, "vote is", "votes are")) + " open, and none of them is yours to vote in."
	}
	return page.Begin(few(len(p.Now), "vote is", "votes are")) + " open to you."
}
