package poll

import (
	"context"
	"fmt"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// This file is what the rooms for keys and for ballots ask. They declare the part
// they need as an interface of their own. What they tell is written in the change in
// which it happened, so there is no fact here without the one there.

// Terms are what is frozen about a contest that is voted in.
type Terms struct {
	Poll, Contest, Code   string
	UUID                  string
	KeyGroup              string
	Rules                 Rules
	RulesHash, NoticeHash string
	RollSeal              string
	Voters, Votes         int
	Opens, Closes         time.Time
}

// OpenAt refuses a vote at an instant, in a sentence for the voter.
func (t Terms) OpenAt(at time.Time) error {
	switch {
	case at.Before(t.Opens):
		return fault.Errorf(fault.Conflict, "contest %s is not open yet: it opens at %s", t.Code, clock(t.Opens))
	case !at.Before(t.Closes):
		return fault.Errorf(fault.Conflict, "contest %s is closed: it closed at %s", t.Code, clock(t.Closes))
	}
	return nil
}

func clock(t time.Time) string {
	return fmt.Sprintf("%s on %s", t.In(law.London()).Format("15:04"), law.Today(t).Words())
}

// TermsIn reads what is frozen about a contest. It is Conflict before notice of poll
// is given, where there is no vote, and once the poll is abandoned.
func (s *Service) TermsIn(ctx context.Context, tx *db.Tx, org, contest string) (Terms, error) {
	p, c, err := s.ofContest(ctx, tx, org, contest)
	if err != nil {
		return Terms{}, err
	}
	switch {
	case !p.Abandoned.IsZero():
		return Terms{}, fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned.Words())
	case !c.Uncontested.IsZero():
		return Terms{}, fault.Errorf(fault.Conflict, "there is no vote in contest %s: no more people stand than there are seats", c.Code)
	case p.Announced.IsZero():
		return Terms{}, fault.Errorf(fault.Conflict, "notice of poll %s is not given yet", p.Code)
	}
	return Terms{
		Poll: p.ID, Contest: c.ID, Code: c.Code, UUID: c.UUID, KeyGroup: p.KeyGroup, Rules: p.Rules, RulesHash: p.RulesHash, NoticeHash: p.NoticeHash,
		RollSeal: c.Roll.Seal, Voters: c.Roll.Voters(), Votes: c.Roll.Votes, Opens: p.Facts().Opens(), Closes: p.Closes,
	}, nil
}

// VoterIn is the line of a person who may vote in a contest, or Forbidden.
func (s *Service) VoterIn(ctx context.Context, tx *db.Tx, org, contest, person string) (Entry, error) {
	e, found, err := entryOf(ctx, tx, org, contest, person)
	if err == nil && (!found || !e.Stands()) {
		err = fault.Errorf(fault.Forbidden, "person %s is not on the roll of contest %s", person, contest)
	}
	return e, err
}

// VotersIn are all lines that stand, in order of number.
func (s *Service) VotersIn(ctx context.Context, tx *db.Tx, org, contest string) ([]Entry, error) {
	return entries(ctx, tx, org, contest, ` AND struck IS NULL`)
}

// KeyholdersIn are those who hold the key of a poll.
func (s *Service) KeyholdersIn(ctx context.Context, tx *db.Tx, org, id string) ([]Official, error) {
	p, err := s.one(ctx, tx, org, id)
	return p.Holders(Keyholder), err
}

// KeyMadeIn records that the key of a poll is made, in a group, as part of the change
// that makes it. Its keyholders do not change from then on. Before notice of poll it
// may be made again, where one of them lost theirs.
func (s *Service) KeyMadeIn(ctx context.Context, tx *journal.Tx, id, group string) error {
	p, err := s.one(ctx, tx.Tx, tx.Org(), id)
	if err != nil {
		return err
	}
	switch {
	case !p.Announced.IsZero():
		return fault.Errorf(fault.Conflict, "notice of poll %s is given: its key does not change", p.Code)
	case p.Called.IsZero() || !p.Abandoned.IsZero():
		return fault.Errorf(fault.Conflict, "poll %s is %s: it needs no key", p.Code, p.Stage(s.now()).Words())
	case p.count(Keyholder) != p.Rules.Keyholders || !p.Facts().Independent:
		return fault.Errorf(fault.Conflict, "poll %s has not the keyholders that its rules ask for", p.Code)
	case group == "":
		return fault.Errorf(fault.Invalid, "the key of poll %s names no group", p.Code)
	}
	p.KeyMade, p.KeyGroup = s.today(), group
	return p.update(ctx, tx)
}

// KeyLostIn takes back that the key is made, before notice of poll: a new one has to
// be made, and keyholders may change for it.
func (s *Service) KeyLostIn(ctx context.Context, tx *journal.Tx, id string) error {
	p, err := s.one(ctx, tx.Tx, tx.Org(), id)
	if err != nil {
		return err
	}
	if p.KeyMade.IsZero() || !p.Announced.IsZero() {
		return fault.Errorf(fault.Conflict, "poll %s has no key that could be made again", p.Code)
	}
	p.KeyMade, p.KeyGroup = law.Date{}, ""
	return p.update(ctx, tx)
}

// CountedIn records that the votes of a contest are counted, as part of the change
// that keeps the count.
func (s *Service) CountedIn(ctx context.Context, tx *journal.Tx, contest string) error {
	p, c, err := s.ofContest(ctx, tx.Tx, tx.Org(), contest)
	if err != nil {
		return err
	}
	switch {
	case !p.Abandoned.IsZero() || p.Announced.IsZero() || s.now().Before(p.Closes):
		return fault.Errorf(fault.Conflict, "poll %s is %s: nothing is counted", p.Code, p.Stage(s.now()).Words())
	case !c.Uncontested.IsZero() || c.Declared != nil:
		return fault.Errorf(fault.Conflict, "contest %s has no votes to count, or is declared", c.Code)
	}
	c.Counted = s.today()
	return c.update(ctx, tx)
}

// KeyDestroyedIn records that the last keyholder has destroyed their part of the
// key, as part of that change. The poll has ended with it.
func (s *Service) KeyDestroyedIn(ctx context.Context, tx *journal.Tx, id string) error {
	p, err := s.one(ctx, tx.Tx, tx.Org(), id)
	if err != nil {
		return err
	}
	if err := s.at(p, "the key is destroyed once the result can no longer be questioned", Settled); err != nil {
		return err
	}
	p.Ended = s.today()
	return p.update(ctx, tx)
}
