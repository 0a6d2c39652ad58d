package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
)

// largestBallot bounds what is read; the box has a bound of its own below it.
const largestBallot = 5 << 20

// ballotLimit is on tries of one person: enough for a bad line, too few to keep the
// server busy.
var ballotLimit = identity.Limit{Name: "ballot", Burst: 10, Every: 10 * time.Second}

// ballotTaken is the answer to a ballot that is in the box.
type ballotTaken struct {
	Tracker string `json:"tracker"`
}

// boardCast takes the ballot of the voter who is signed in: the one request that the
// booth makes with a cookie. Its answer comes when the ballot is durable; sent again
// it has the same answer.
func (s *Server) boardCast(v *visit) error {
	err := v.castBallot()
	if err == nil {
		return nil
	}
	// Whoever asks is a script, whatever it says that it reads.
	v.r.Header.Set("Accept", "application/json")
	return err
}

func (v *visit) castBallot() error {
	b, err := v.board()
	if err != nil {
		return err
	}
	if kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &apiError{status: http.StatusUnsupportedMediaType, problem: problem{
			Kind: "wrong_media", Message: "A ballot is sent as application/json. Nothing was counted.",
		}}
	}
	body, err := io.ReadAll(v.r.Body)
	if err != nil {
		return unreadable(err)
	}
	if err := v.house.Identity.Take(v.ctx, ballotLimit, v.actor.Org+"/"+v.actor.Person); err != nil {
		return err
	}
	tracker, err := v.house.Boxes.Accept(v.ctx, v.org.ID, b.contest.ID, v.actor.Person, body)
	if err != nil {
		return v.ballotRefused(b, err)
	}
	v.writeJSON(http.StatusOK, ballotTaken{tracker})
	return nil
}

// ballotRefused puts why a ballot was not taken into words for its voter. What it
// turned on is looked up again; the box's own words are for programs.
func (v *visit) ballotRefused(b boardView, err error) error {
	kind := fault.KindOf(err)
	if kind == fault.Internal || kind == fault.Throttled {
		return err
	}
	words, lookup := v.ballotWords(b, kind)
	if lookup != nil {
		return errors.Join(err, lookup)
	}
	return fault.Wrap(kind, err, "%s", strings.TrimSuffix(words, ".")) // whoever shows it ends the sentence
}

func (v *visit) ballotWords(b boardView, kind fault.Kind) (string, error) {
	opens := b.Facts().Opens()
	switch {
	case b.stage == poll.Abandoned:
		return "This poll was abandoned on " + v.day(b.Abandoned) + ".", nil
	case !b.voting() || b.head == nil:
		return "There is no vote here.", nil
	}
	e, err := v.house.Polls.Eligible(v.ctx, v.org.ID, b.contest.ID, v.actor.Person)
	if err != nil {
		return "", err
	}
	if !e.OnRoll {
		return e.Answer + " " + e.Fact, nil
	}
	if v.now.Before(opens) {
		return "Voting opens on " + v.boardInstant(opens) + ".", nil
	}
	if !v.now.Before(b.Closes) {
		return "Voting closed on " + v.boardInstant(b.Closes) + ".", nil
	}
	m, err := v.house.Boxes.Marked(v.ctx, v.org.ID, b.contest.ID, v.actor.Person)
	switch {
	case err != nil:
		return "", err
	case m != nil && m.Channel != box.Web:
		return "A vote of yours came before, " + map[box.Channel]string{box.Paper: "on paper", box.Telephone: "by telephone"}[m.Channel] +
			", and the first one counts. If you did not send it, tell the returning officer today.", nil
	case m != nil && b.Rules.Revote != poll.LastCounts && kind == fault.Conflict:
		return "You have voted in this vote, and the first ballot counts. This second one was not taken. If you did not cast the first, tell the returning officer today.", nil
	case kind == fault.Forbidden:
		return "This ballot was locked with a code or key that is not yours in this vote, or is not in use any more. Check that you are signed in as yourself, and use the newest code or key that you have.", nil
	}
	return "Something is wrong with this ballot, so it cannot be counted. Open the booth again and lock your vote once more. If it happens again, vote on paper and tell the returning officer.", nil
}
