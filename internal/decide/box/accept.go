package box

import (
	"context"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Accept takes the ballot of a voter and returns its tracker when it is durable. The
// same ballot again, also after the close, has the same answer: whoever did not hear
// the first time sends it again. Where the first ballot counts a second one is
// refused; where the last counts it replaces the one before. The voter's own.
//
// If ctx ends while it waits to be written the ballot may have been accepted; it is
// never half there, and none is lost that was answered for.
func (s *Service) Accept(ctx context.Context, org, contest, person string, ballot []byte) (tracker string, err error) {
	if len(ballot) > maxBallot {
		return "", fault.Errorf(fault.Invalid, "a ballot of %d bytes is too large", len(ballot))
	}
	b, err := s.box(ctx, org, contest)
	if err != nil {
		return "", err
	}
	b.arriving.RLock()
	defer b.arriving.RUnlock()
	o := &offer{
		person: person, arrived: s.journal.World().Now(), body: ballot, hash: belenios.HashOf(ballot), tracker: belenios.Fingerprint(ballot),
		done: make(chan error, 1),
	}
	// What costs little is asked first: nobody makes the server verify for nothing.
	var known bool
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		o.public, err = b.publicOf(ballot)
		if err != nil {
			return err
		}
		_, known, err = s.admit(ctx, tx, org, c, o)
		return err
	})
	if err != nil {
		return "", err
	}
	if known {
		return o.tracker, nil
	}
	if err := s.verify(ctx, b, o); err != nil {
		return "", err
	}
	if err := s.enqueue(ctx, b, o); err != nil {
		return "", err
	}
	select {
	case err := <-o.done:
		if err != nil {
			return "", err
		}
		return o.tracker, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// maxBallot is the most bytes that a ballot may have.
const maxBallot = 4 << 20

// offer is a ballot on its way into the box.
type offer struct {
	person  string
	arrived time.Time
	body    []byte
	hash    belenios.Hash
	tracker string
	public  string // the credential that signed

	done   chan error
	answer error // of the batch it was in
	voter  Voter
}

// verify checks every proof of a ballot, as many ballots at once as there are
// processors.
func (s *Service) verify(ctx context.Context, b *box, o *offer) error {
	select {
	case s.checking <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.checking }()
	ballot, err := belenios.ParseBallot(b.election, o.body)
	if err == nil {
		err = b.verifier.Ballot(ballot)
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "ballot %s does not verify", o.tracker)
	}
	return nil
}

// admit asks whether a ballot of a voter may be accepted, and whether it was. It
// returns the voter's line in the pollbook, nil if there is none.
func (s *Service) admit(ctx context.Context, tx *db.Tx, org string, c Contest, o *offer) (m *Mark, known bool, err error) {
	o.voter, err = s.polls.Voter(ctx, tx, org, c.ID, o.person)
	if err != nil {
		return nil, false, err
	}
	mine, has, err := held(ctx, tx, org, c.ID, o.voter.Entry)
	switch {
	case err != nil:
		return nil, false, err
	case !has || mine.Public != o.public:
		return nil, false, s.notYours(ctx, tx, org, c.ID, o)
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		known = true
		return rows.Scan(new(int))
	}, `SELECT n FROM box_file WHERE org_id = ? AND contest_id = ? AND name = ?`, org, c.ID, nameOf(o.hash))
	if err != nil || known {
		return nil, known, err
	}
	if err := c.openAt(o.arrived); err != nil {
		return nil, false, err
	}
	m, err = markOf(ctx, tx, org, o.voter.Entry)
	return m, false, firstOf(c, o, m, err)
}

// firstOf refuses a ballot of somebody whose vote was received before.
func firstOf(c Contest, o *offer, m *Mark, err error) error {
	switch {
	case err != nil || m == nil:
		return err
	case m.Channel != Web:
		return fault.Errorf(fault.Conflict, "a vote was received from voter %d already, by %s", o.voter.Number, m.Channel)
	case c.Revote == archive.LastCounts:
		return nil
	}
	return fault.Errorf(fault.Conflict, "voter %d has voted already, and in this election the first ballot counts", o.voter.Number)
}

// notYours says why a ballot by this credential is refused.
func (s *Service) notYours(ctx context.Context, tx *db.Tx, org, contest string, o *offer) error {
	list, err := credentials(ctx, tx, org, contest, ` AND public = ?`, o.public)
	switch {
	case err != nil:
		return err
	case len(list) == 0:
		return fault.Errorf(fault.Forbidden, "ballot %s: its credential is not on the list of contest %s", o.tracker, contest)
	case !list[0].stands():
		return fault.Errorf(fault.Forbidden, "ballot %s: its credential was voided on %s", o.tracker, list[0].Voided)
	case list[0].Entry == "":
		return fault.Errorf(fault.Forbidden, "ballot %s: its credential is a spare that nobody has", o.tracker)
	}
	return fault.Errorf(fault.Forbidden, "ballot %s: its credential is another voter's", o.tracker)
}
