package house

import (
	"context"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// The groups that keys are made in. Both are known to other programs that verify
// archives; the second holds rankings, which are encrypted as elements.
const (
	groupOfChoices  = "BELENIOS-2048"
	groupOfRankings = "RFC-3526-2048"
)

// PlannedGroup is the group in which the key of a poll is or will be made: it follows
// from what voters are asked, so that credentials can be enrolled before the key is.
func (h *House) PlannedGroup(p poll.Poll) string { return plannedGroup(p) }

func plannedGroup(p poll.Poll) string {
	switch {
	case p.KeyGroup != "":
		return p.KeyGroup
	case p.Rules.Counting.Ranked:
		return groupOfRankings
	}
	return groupOfChoices
}

// contests gives ballot boxes the room of polls, in their own words.
type contests struct{ h *House }

// Contest implements box.Polls.
func (c contests) Contest(ctx context.Context, tx *db.Tx, org, contest string) (box.Contest, error) {
	p, one, err := c.h.Polls.ContestIn(ctx, tx, org, contest)
	if err != nil {
		return box.Contest{}, err
	}
	switch {
	case !p.Abandoned.IsZero():
		return box.Contest{}, fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned.Words())
	case !one.Uncontested.IsZero():
		return box.Contest{}, fault.Errorf(fault.Conflict, "there is no vote in contest %s: no more people stand than there are seats", one.Code)
	case one.Roll == nil:
		return box.Contest{}, fault.Errorf(fault.Conflict, "contest %s has no roll yet", one.Code)
	}
	return c.boxed(p, one), nil
}

// boxed is a contest with a roll, in the words of the box.
func (c contests) boxed(p poll.Poll, one poll.Contest) box.Contest {
	out := box.Contest{
		ID: one.ID, UUID: one.UUID, Group: plannedGroup(p), Revote: archive.Revote(p.Rules.Revote), Rules: p.RulesHash, Roll: one.Roll.Seal,
		Frozen: !p.Announced.IsZero(),
	}
	last := p.Timetable.Day(timetable.CredentialsClose)
	out.Enrolling = !out.Frozen && !law.Today(c.h.World.Now()).After(last)
	if out.Frozen {
		out.Opens, out.Closes = p.Facts().Opens(), p.Closes
	}
	return out
}

// Voter implements box.Polls.
func (c contests) Voter(ctx context.Context, tx *db.Tx, org, contest, person string) (box.Voter, error) {
	e, err := c.h.Polls.VoterIn(ctx, tx, org, contest, person)
	return voterOf(e), err
}

// Voters implements box.Polls.
func (c contests) Voters(ctx context.Context, tx *db.Tx, org, contest string) ([]box.Voter, error) {
	list, err := c.h.Polls.VotersIn(ctx, tx, org, contest)
	out := make([]box.Voter, len(list))
	for i, e := range list {
		out[i] = voterOf(e)
	}
	return out, err
}

func voterOf(e poll.Entry) box.Voter {
	return box.Voter{Entry: e.ID, Number: e.Number, Weight: e.Weight}
}

// MayOpen implements box.Polls: papers are reckoned up first.
func (c contests) MayOpen(ctx context.Context, tx *db.Tx, org, contest string) error {
	return c.h.Papers.ReadyIn(ctx, tx, org, contest)
}

// Counted implements box.Polls. Votes are opened once the papers are reckoned up:
// otherwise whoever keys papers would know what is wanting.
func (c contests) Counted(ctx context.Context, tx *journal.Tx, contest string) error {
	if err := c.h.Papers.ReadyIn(ctx, tx.Tx, tx.Org(), contest); err != nil {
		return err
	}
	return c.h.Polls.CountedIn(ctx, tx, contest)
}

// electionOf is the election that the archive of a contest is of: what the notice of
// poll says, in the form that every verifier reads.
func (h *House) electionOf(org string, p poll.Poll, c poll.Contest, key *belenios.Trustees) (*belenios.Election, error) {
	field, err := contests{h}.boxed(p, c).Field()
	if err != nil {
		return nil, err
	}
	q, err := questionOf(p, c)
	if err != nil {
		return nil, err
	}
	g, ok := group.ByName(plannedGroup(p))
	if !ok {
		return nil, fault.Errorf(fault.Conflict, "poll %s: there is no group %q", p.Code, p.KeyGroup)
	}
	return belenios.NewElection(belenios.ElectionParams{
		UUID: c.UUID, Name: p.TitleOf(c), Description: p.About, Administrator: org, Group: g, PublicKey: key.PublicKey(),
		Questions: []belenios.Question{q}, Extra: []belenios.Field{field},
	})
}

// questionOf is what voters are asked in a contest.
func questionOf(p poll.Poll, c poll.Contest) (belenios.Question, error) {
	q := belenios.Question{Title: c.Question, Answers: c.Answers, Blank: p.Rules.Counting.Blank, Min: 1, Max: 1}
	if !p.Kind.Elects() {
		return q, nil
	}
	q.Title, q.Answers = c.Title, nil
	for _, n := range c.Standing() {
		q.Answers = append(q.Answers, n.BallotName)
	}
	if p.Rules.Counting.Ranked {
		return belenios.Question{Kind: belenios.NonHomomorphic, Title: q.Title, Answers: q.Answers}, nil
	}
	most, err := p.Rules.Marks(c.Seats, len(q.Answers))
	q.Max = most
	return q, err
}
