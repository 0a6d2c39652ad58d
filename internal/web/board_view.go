package web

import (
	"fmt"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// boardView is one contest as everybody sees it.
type boardView struct {
	poll.Poll // what anybody may see of it
	contest   poll.Contest
	all       poll.Poll // never shown: who may see more is asked of it
	stage     poll.Stage
	part      box.Part  // of the archive that everybody can have
	head      *box.Head // of that part; nil before the box is set up
}

// board finds the contest of the address. One that is not called yet is not there.
func (v *visit) board() (boardView, error) {
	uuid := v.r.PathValue("uuid")
	p, c, err := v.house.Polls.ByUUID(v.ctx, v.org.ID, uuid)
	if err != nil {
		return boardView{}, err
	}
	if p.Called.IsZero() {
		return boardView{}, fault.Errorf(fault.NotFound, "no vote has the identifier %.40s", uuid)
	}
	return v.boardOf(p, c.ID)
}

func (v *visit) boardOf(p poll.Poll, contest string) (boardView, error) {
	b := boardView{Poll: p.Public(v.now), all: p, stage: p.Stage(v.now)}
	var err error
	if b.contest, err = b.Poll.Contest(contest); err != nil {
		return b, err
	}
	if p.Rules.Counting.Ranked {
		b.part = box.Sealed
	}
	head, err := v.house.Boxes.HeadOf(v.ctx, v.org.ID, contest, b.part)
	switch {
	case err == nil:
		b.head = &head
	case !fault.Is(err, fault.NotFound):
		return b, err
	}
	return b, nil
}

// path is the address of the board.
func (b boardView) path() string { return "/board/" + b.contest.UUID }

// voting says that there is a vote, or will be one.
func (b boardView) voting() bool { return b.contest.Uncontested.IsZero() && b.stage != poll.Abandoned }

// declared is the result, nil before it is declared.
func (b boardView) declared() *poll.Declaration { return b.contest.Declared }

// boardInstant is an instant as people say it.
func (v *visit) boardInstant(at time.Time) string { return said(page.Moment(v.now, at)) }

// hourDay is the day of an hour of the box.
func (v *visit) hourDay(hour string) string {
	at, err := time.Parse("2006-01-02T15", hour)
	if err != nil {
		return hour
	}
	return said(page.Day(v.now, at))
}

// sentence says where the contest stands.
func (v *visit) boardSentence(b boardView) string {
	switch {
	case b.stage == poll.Abandoned:
		return "This poll was abandoned on " + v.day(b.Abandoned) + ". " + b.Reason
	case b.declared() != nil:
		return boardResultWords(b)
	case !b.contest.Uncontested.IsZero():
		return "There is no vote here, because no more people stand than there are seats."
	case !b.contest.Counted.IsZero():
		return "The votes are opened and counted. The returning officer declares the result."
	case b.Announced.IsZero():
		return "Voting has not begun. When notice of poll is given, everything that is fixed then appears here."
	case v.now.Before(b.Facts().Opens()):
		return "Voting opens on " + v.boardInstant(b.Facts().Opens()) + "."
	case v.now.Before(b.Closes):
		return "Voting is open until " + v.boardInstant(b.Closes) + "."
	}
	return "Voting closed on " + v.boardInstant(b.Closes) + ". The votes are still locked, or being opened."
}

// boardResultWords is the declared result in words.
func boardResultWords(b boardView) string {
	r := b.declared().Result
	if !b.Kind.Elects() {
		return r.Sentence(b.Rules.Motion())
	}
	names := boardElected(b)
	if len(names) == 0 {
		return "Nobody is elected."
	}
	out := fmt.Sprintf("%s %s elected.", page.List(names), said(page.Plural(len(names), "is", "are")))
	if r.Uncontested {
		out += " There was no vote, because no more people stood than there are seats."
	}
	return out
}

// boardElected are the elected as they stood on the ballot, in the order of their
// election.
func boardElected(b boardView) []string {
	var out []string
	for _, id := range b.declared().Result.Elected {
		for _, n := range b.contest.Nominations {
			if n.ID == id {
				out = append(out, n.BallotName)
			}
		}
	}
	return out
}

// boardTitle is what the contest is called among those of its poll.
func boardTitle(b boardView) string {
	if len(b.Contests) == 1 && !strings.EqualFold(b.contest.Title, b.Title) {
		return b.Title + ": " + b.contest.Title
	}
	return b.contest.Title
}
