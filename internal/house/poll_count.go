package house

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/tally"
)

// byClock acts where what has to be done follows from the time alone.
const byClock = "clock"

// CloseBox ends the voting in a contest once its close has come. It is done by itself
// too; the returning officer need not wait for that.
func (h *House) CloseBox(ctx context.Context, actor, org, contest string) error {
	return h.Boxes.Close(ctx, actor, org, contest)
}

// closeBoxes ends the voting in every contest whose close has come.
func (h *House) closeBoxes(ctx context.Context) error {
	return h.eachPoll(ctx, func(ctx context.Context, p poll.Poll) error {
		if p.Announced.IsZero() || !p.Abandoned.IsZero() || h.World.Now().Before(p.Closes) {
			return nil
		}
		var all []error
		for _, c := range p.Contests {
			if !c.Uncontested.IsZero() || !c.Counted.IsZero() {
				continue
			}
			head, err := h.Boxes.Head(ctx, p.Org, c.ID)
			if err == nil && head.Stage == archive.Voting.String() {
				if err = h.Boxes.Close(ctx, byClock, p.Org, c.ID); fault.Is(err, fault.Conflict) && h.closed(ctx, p.Org, c.ID) {
					err = nil // the returning officer was quicker
				}
			}
			if err != nil && !fault.Is(err, fault.NotFound) {
				all = append(all, fmt.Errorf("close the ballot box of contest %s: %w", c.Code, err))
			}
		}
		return errors.Join(all...)
	})
}

func (h *House) closed(ctx context.Context, org, contest string) bool {
	_, err := h.Boxes.ClosedHead(ctx, org, contest)
	return err == nil
}

// eachPoll does something for every poll of every organisation. One that fails does
// not keep the others from it.
func (h *House) eachPoll(ctx context.Context, do func(context.Context, poll.Poll) error) error {
	orgs, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range orgs {
		list, err := h.Polls.Polls(ctx, o.ID)
		if err != nil {
			all = append(all, err)
			continue
		}
		for _, p := range list {
			all = append(all, do(ctx, p))
		}
	}
	return errors.Join(all...)
}

func (h *House) closeJob(ctx context.Context, _ jobs.Job) error { return h.closeBoxes(ctx) }

// EndMixes says that no more mixes of a contest's ranked votes come. Before it as many
// keyholders have mixed as are needed to open votes: were there fewer, then one who kept
// the order of their mix and whoever has the list of keys could tell whose ranking is
// whose, with nobody else breaking their word. It is the returning officer's.
func (h *House) EndMixes(ctx context.Context, actor, org, contest string) error {
	p, c, err := h.contestOf(ctx, org, contest)
	if err != nil {
		return err
	}
	o, err := h.Boxes.Opening(ctx, org, contest)
	if err != nil {
		return err
	}
	if n := different(o.Mixed); o.Ranked && n < p.Rules.Threshold {
		return fault.Errorf(fault.Conflict, "the votes of contest %s are mixed by %d of the %d keyholders that it takes to open them: fewer than that do not hide whose is whose", c.Code, n, p.Rules.Threshold)
	}
	return h.Boxes.EndShuffles(ctx, actor, org, contest)
}

// different is how many different numbers there are.
func different(list []int) int {
	seen := map[int]bool{}
	for _, n := range list {
		seen[n] = true
	}
	return len(seen)
}

// contestOf reads a contest and its poll.
func (h *House) contestOf(ctx context.Context, org, contest string) (p poll.Poll, c poll.Contest, err error) {
	err = h.Journal.DB().Read(ctx, func(tx *db.Tx) (err error) {
		p, c, err = h.Polls.ContestIn(ctx, tx, org, contest)
		return err
	})
	return p, c, err
}

// OpenVotes opens the votes of a contest, once enough keyholders have done their part
// and the papers are reckoned up. The contest is counted with that. It is the returning
// officer's.
func (h *House) OpenVotes(ctx context.Context, actor, org, contest string) error {
	if err := h.Papers.Ready(ctx, org, contest); err != nil {
		return err
	}
	_, err := h.Boxes.Result(ctx, actor, org, contest)
	return err
}

// AbandonPoll ends a poll that cannot be held to its end, as [poll.Service.Abandon] does,
// but not once so many keyholders have opened their parts that everybody can work the
// result out: a poll is not given up because of what it came to.
func (h *House) AbandonPoll(ctx context.Context, actor, org, id, why string) error {
	p, err := h.Polls.Poll(ctx, org, id)
	if err != nil {
		return err
	}
	for _, c := range p.Contests {
		o, err := h.Boxes.Opening(ctx, org, c.ID)
		switch {
		case fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict):
		case err != nil:
			return err
		case different(o.Opened) >= p.Rules.Threshold:
			return fault.Errorf(fault.Conflict, "poll %s: the keyholders have opened the votes of contest %s, so its result is declared, and can then be questioned", p.Code, c.Code)
		}
	}
	return h.Polls.Abandon(ctx, actor, org, id, why)
}

// outcomes keeps the outcome of each contest by the head of its archive: working it
// out verifies the whole archive.
type outcomes struct {
	mu sync.Mutex
	of map[string]*tally.Outcome
}

// Outcome is the result of a contest that is counted, made anew of its verified
// archive and the settled papers.
func (h *House) Outcome(ctx context.Context, org, contest string) (*tally.Outcome, error) {
	head, err := h.Boxes.Head(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	if head.Stage != archive.Finished.String() {
		return nil, fault.Errorf(fault.Conflict, "the votes of contest %s are not opened", contest)
	}
	h.outcomes.mu.Lock()
	defer h.outcomes.mu.Unlock()
	at := contest + " " + head.Hash.String()
	if o := h.outcomes.of[at]; o != nil {
		return o, nil
	}
	p, c, err := h.contestOf(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	report, err := h.verifyBox(ctx, org, contest)
	if err != nil {
		return nil, err
	}
	o, err := h.outcomeOf(ctx, p, c, report)
	if err != nil {
		return nil, err
	}
	if h.outcomes.of == nil {
		h.outcomes.of = map[string]*tally.Outcome{}
	}
	h.outcomes.of[at] = o
	return o, nil
}

// outcomeOf makes the outcome of a contest of its archive, which has come to its result
// and was verified, and of the settled papers.
func (h *House) outcomeOf(ctx context.Context, p poll.Poll, c poll.Contest, report *archive.Report) (*tally.Outcome, error) {
	if !report.OK() {
		return nil, fault.Errorf(fault.Conflict, "the archive of contest %s does not verify: %s", c.Code, report.Findings[0])
	}
	closed, err := h.Boxes.ClosedHead(ctx, p.Org, c.ID)
	if err != nil {
		return nil, err
	}
	in := tally.Input{
		Poll: p, Contest: c, Opened: report.Questions[0], Ballots: int64(report.Ballots.Counted), Closed: closed.Hash, Head: report.Head.Hash,
	}
	if in.Papers, err = h.papersOf(ctx, p.Org, p, c); err != nil {
		return nil, err
	}
	return tally.Make(in)
}

// verifyBox verifies the archive of a contest, as anybody can who downloads it.
func (h *House) verifyBox(ctx context.Context, org, contest string) (report *archive.Report, err error) {
	f, err := os.CreateTemp("", "commonweal-archive-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	head, err := h.Boxes.Archive(ctx, org, contest, f)
	if err != nil {
		return nil, err
	}
	return archive.Verify(ctx, f, head.Size, archive.Options{})
}

// DeclareResult declares the result of a contest as it was counted, or as uncontested.
// It is the returning officer's.
func (h *House) DeclareResult(ctx context.Context, actor, org, contest string) error {
	_, c, err := h.contestOf(ctx, org, contest)
	if err != nil {
		return err
	}
	if !c.Uncontested.IsZero() {
		return h.Polls.Declare(ctx, actor, org, contest, nil)
	}
	o, err := h.Outcome(ctx, org, contest)
	if err != nil {
		return err
	}
	return h.Polls.Declare(ctx, actor, org, contest, &o.Result)
}
