package wave

import (
	"context"
	"io"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

var unbuilt = fault.Errorf(fault.Internal, "this part of surveys is not built yet")

// List reads the waves of an organisation, the one that closes last first, without the
// bodies of their releases.
func (s *Service) List(ctx context.Context, org string) ([]Wave, error) { return nil, unbuilt }

// ByCode finds a wave by its code.
func (s *Service) ByCode(ctx context.Context, org, code string) (Wave, error) { return Wave{}, unbuilt }

// Wave reads one wave by its id.
func (s *Service) Wave(ctx context.Context, org, id string) (Wave, error) { return Wave{}, unbuilt }

// Draft makes a draft and returns its id. It is the engagement lead's. Nothing of a
// draft is fixed.
func (s *Service) Draft(ctx context.Context, actor, org string, p Plan) (string, error) {
	return "", unbuilt
}

// Change replaces the plan of a draft.
func (s *Service) Change(ctx context.Context, actor, org, id string, p Plan) error { return unbuilt }

// Foresight is what the call of a draft would fix, if it came now.
type Foresight struct {
	Eligible int
	Unplaced int // of them, those whom no rule puts into a team
	Units    []Unit
	Groups   []Group
	// Missing says in sentences what keeps the draft from being called.
	Missing []string
}

// Foresee works out what the call of a draft would fix. It changes nothing.
func (s *Service) Foresee(ctx context.Context, org, id string) (Foresight, error) {
	return Foresight{}, unbuilt
}

// Call fixes a draft: takes the census, makes the key of the wave, and puts the notice
// into the record. It is the engagement lead's.
func (s *Service) Call(ctx context.Context, actor, org, id string) error { return unbuilt }

// Published records that the answer side has taken the terms of the wave. Again it does
// nothing.
func (s *Service) Published(ctx context.Context, org, id string) error { return unbuilt }

// Abandon ends a wave that cannot be held to its end, with a reason for people. What was
// answered is never released. It is the engagement lead's.
func (s *Service) Abandon(ctx context.Context, actor, org, id, reason string) error { return unbuilt }

// Standing is whether somebody may draw a token, and why.
type Standing struct {
	Eligible bool
	Drawn    bool   // a token was drawn, or a slip given
	Reason   string // a sentence for the person
}

// Eligible is how somebody stands to a wave. It is that person's.
func (s *Service) Eligible(ctx context.Context, org, id, person string) (Standing, error) {
	return Standing{}, unbuilt
}

// Drew reports whether somebody has drawn a token or was given a slip.
func (s *Service) Drew(ctx context.Context, org, id, person string) (bool, error) {
	return false, unbuilt
}

// Draw signs the blinded token of somebody who is eligible, while the wave is open, and
// returns the signature. Asked again with the same message it gives the same signature;
// another message of the same person is a Conflict.
func (s *Service) Draw(ctx context.Context, org, id, person string, blinded []byte) ([]byte, error) {
	return nil, unbuilt
}

// RecordDraws puts what was drawn since the last time into the record, by day alone, and
// returns how many there were. A job does it once a day and at the close.
func (s *Service) RecordDraws(ctx context.Context, org, id string) (int, error) { return 0, unbuilt }

// Count is how many were asked, and have drawn or been given what lets one answer in.
// Hidden counts say so and are nought.
type Count struct {
	Eligible, Issued int
	Hidden           bool
}

// UnitCount is the count of one unit.
type UnitCount struct {
	Unit Unit
	Count
}

// GroupCount is the count of one staff group.
type GroupCount struct {
	Group Group
	Count
}

// Counts are what may be shown of who takes part. While the wave is open only the whole
// is shown; afterwards units and groups with at least ten eligible, and never so that a
// smaller one is the difference.
type Counts struct {
	Count      // of the whole organisation
	Spent  int // tokens in the record's batches
	Units  []UnitCount
	Groups []GroupCount
}

// Counts reads them.
func (s *Service) Counts(ctx context.Context, org, id string) (Counts, error) {
	return Counts{}, unbuilt
}

// Reminder is one round of reminders.
type Reminder struct {
	Number int
	Day    law.Date
	Sent   int
	By     string // person id, or "rule"
}

// Reminders are those that were sent.
func (s *Service) Reminders(ctx context.Context, org, id string) ([]Reminder, error) {
	return nil, unbuilt
}

// Undrawn are the people who have neither drawn a token nor been given a slip: whom a
// reminder goes to. No page lists them.
func (s *Service) Undrawn(ctx context.Context, org, id string) ([]string, error) {
	return nil, unbuilt
}

// AddStackIn records a stack of slips, as part of a change.
func (s *Service) AddStackIn(ctx context.Context, tx *journal.Tx, id string, slips int, seal string) (Stack, error) {
	return Stack{}, unbuilt
}

// GiveSlip ticks that somebody was given a paper slip, which one is not known. It is the
// engagement lead's and the secretary's.
func (s *Service) GiveSlip(ctx context.Context, actor, org, id, person string) error { return unbuilt }

// Slip is that somebody was given a paper slip.
type Slip struct {
	Person string
	Day    law.Date
}

// Slips are those that were given out.
func (s *Service) Slips(ctx context.Context, org, id string) ([]Slip, error) { return nil, unbuilt }

// Last is whether a batch of spent tokens is the last of its wave.
type Last bool

// The answers.
const (
	MoreCome Last = false
	TheLast  Last = true
)

// SpentBatch records the hashes of tokens that were spent (SHA-256, hexadecimal), as the
// answer side shuffled them: ten or more, or all that are left with the last. Hashes that
// are in the record already are passed over.
func (s *Service) SpentBatch(ctx context.Context, org, id string, hashes []string, last Last) error {
	return unbuilt
}

// Batch is one batch of hashes of spent tokens.
type Batch struct {
	Number int
	Day    law.Date
	Hashes []string // sorted
	SHA256 string   // over them, one a line
}

// Batches are the batches of a wave, which anybody may see.
func (s *Service) Batches(ctx context.Context, org, id string) ([]Batch, error) { return nil, unbuilt }

// Spent finds the batch that has the hash of a token; 0 for none.
func (s *Service) Spent(ctx context.Context, org, id, hash string) (int, error) { return 0, unbuilt }

// Settle ends the counting of a closed wave: it records the last draws and how many
// answers came, and destroys the private key.
func (s *Service) Settle(ctx context.Context, org, id string, answers int) error { return unbuilt }

// NewRelease is a release to be stored.
type NewRelease struct {
	Body, Certificate []byte   // canonical JSON
	TestedWith        []string // ids of all earlier releases of the organisation
}

// Release stores the results of a wave. It refuses one that was not tested with every
// earlier release of the organisation. It is the engagement lead's.
func (s *Service) Release(ctx context.Context, actor, org, id string, r NewRelease) (Release, error) {
	return Release{}, unbuilt
}

// Releases are all releases of an organisation with their bodies, in order of number.
func (s *Service) Releases(ctx context.Context, org string) ([]Release, error) { return nil, unbuilt }

// ReleaseOf is the newest release of a wave, with its body; NotFound before there is one.
func (s *Service) ReleaseOf(ctx context.Context, org, id string) (Release, error) {
	return Release{}, unbuilt
}

// BroughtIn is a wave that somebody else asked, to be set beside our own.
type BroughtIn struct {
	Plan    // Opens and Closes are when it was asked; both in the past
	Source  string
	Units   []Unit // with the eligible of that time, or 0 where nobody knows
	Groups  []Group
	Strata  []Stratum // may be none
	Answers int
}

// Bring records a wave that somebody else asked and returns its id.
func (s *Service) Bring(ctx context.Context, actor, org string, b BroughtIn) (string, error) {
	return "", unbuilt
}

// Strata are how many of each team and staff group were asked.
func (s *Service) Strata(ctx context.Context, org, id string) ([]Stratum, error) { return nil, unbuilt }

// Over are the waves whose answers have been kept as long as their plans say.
func (s *Service) Over(ctx context.Context, org string) ([]Wave, error) { return nil, unbuilt }

// End records that the answers of a wave are erased.
func (s *Service) End(ctx context.Context, org, id string) error { return unbuilt }

// Audit makes everything about a wave anew that follows from something else, and says in
// sentences what does not agree.
func (s *Service) Audit(ctx context.Context, org, id string) ([]string, error) { return nil, unbuilt }

// WriteBundle writes what anybody needs to check a wave offline: the notice with the key,
// how many are eligible and were issued, every batch of spent hashes, and the proofs that
// all of it is in the record.
func (s *Service) WriteBundle(ctx context.Context, w io.Writer, org, id string) error { return unbuilt }
