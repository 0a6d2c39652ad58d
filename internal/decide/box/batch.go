package box

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

const (
	maxBatch   = 500    // ballots in one change
	maxWaiting = 10_000 // ballots of one contest
)

// box is a contest's box in use: what never changes of it, and the ballots that were
// verified and wait to be written.
type box struct {
	org, contest string

	reading  sync.Mutex // of what follows, which is nil until it was read
	election *belenios.Election
	verifier *belenios.Verifier
	prefix   []byte // how every ballot begins

	// arriving is held for reading by each ballot until it is answered, so that
	// whoever closes the box can wait for those that came in time.
	arriving sync.RWMutex

	mu      sync.Mutex
	waiting []*offer
	writing bool // a goroutine writes what waits
}

// box finds the box of a contest, reading it at first.
func (s *Service) box(ctx context.Context, org, contest string) (*box, error) {
	key := org + "/" + contest
	s.mu.Lock()
	b := s.boxes[key]
	if b == nil {
		b = &box{org: org, contest: contest}
		s.boxes[key] = b
	}
	s.mu.Unlock()
	b.reading.Lock()
	defer b.reading.Unlock()
	if b.verifier != nil {
		return b, nil
	}
	err := s.load(ctx, b)
	if err != nil { // most likely there is none: names that were made up are not kept
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.boxes, key)
	}
	return b, err
}

// load reads election and credentials. They were verified when the box was set up.
func (s *Service) load(ctx context.Context, b *box) error {
	e, _, l, err := s.Setup(ctx, b.org, b.contest)
	if err != nil {
		return err
	}
	if b.election, err = belenios.ParseElection(e); err != nil {
		return err
	}
	list, err := belenios.ParseCredentials(b.election.Group(), l)
	if err != nil {
		return err
	}
	b.prefix = fmt.Appendf(nil, `{"election_uuid":"%s","election_hash":"%s","credential":"`, b.election.UUID(), b.election.Fingerprint())
	b.verifier, err = belenios.NewVerifier(b.election, list)
	return err
}

// Setup is what a box was set up with: election, trustees and credentials, each as it
// stands in the archive. Anybody may have them. NotFound before.
func (s *Service) Setup(ctx context.Context, org, contest string) (election, trustees, list []byte, err error) {
	var bodies [][]byte
	err = s.read(ctx, func(tx *db.Tx) error {
		bodies = nil
		if _, err := headOf(ctx, tx, org, contest); err != nil {
			return err
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var body string
			err := rows.Scan(&body)
			bodies = append(bodies, []byte(body))
			return err
		}, `SELECT body FROM box_file WHERE org_id = ? AND contest_id = ? AND n BETWEEN 1 AND 3 ORDER BY n`, org, contest)
	})
	if err == nil && len(bodies) != 3 {
		err = fmt.Errorf("the archive of contest %s does not begin as it should", contest)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	return bodies[0], bodies[1], bodies[2], nil
}

// publicOf reads of a ballot which credential signed it. A ballot has one form, so it
// stands in one place.
func (b *box) publicOf(ballot []byte) (string, error) {
	rest, ok := bytes.CutPrefix(ballot, b.prefix)
	text, _, ends := bytes.Cut(rest, []byte(`"`))
	if !ok || !ends {
		return "", fault.Errorf(fault.Invalid, "the ballot is not one for this election")
	}
	return string(text), nil
}

// drain waits until every ballot that arrived before is answered.
func (b *box) drain() {
	b.arriving.Lock()
	defer b.arriving.Unlock()
}

// enqueue puts a verified ballot in line and sees that somebody writes it.
func (s *Service) enqueue(ctx context.Context, b *box, o *offer) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) >= maxWaiting {
		return fault.Errorf(fault.Throttled, "too many ballots come at once: send it again in a minute")
	}
	b.waiting = append(b.waiting, o)
	if !b.writing {
		b.writing = true
		// The writing does not end with the request that began it.
		go s.write(context.WithoutCancel(ctx), b)
	}
	return nil
}

// write writes what waits, a batch after the other, until nothing does.
func (s *Service) write(ctx context.Context, b *box) {
	for {
		batch := b.next()
		if len(batch) == 0 {
			return
		}
		limited, cancel := context.WithTimeout(ctx, time.Minute)
		err := s.writeBatch(limited, b, batch)
		cancel()
		for _, o := range batch {
			if err != nil {
				o.answer = err
			}
			o.done <- o.answer
		}
	}
}

// next takes the next batch: in the order in which they came, one of each credential,
// so that the order within a batch decides nothing.
func (b *box) next() []*offer {
	b.mu.Lock()
	defer b.mu.Unlock()
	var batch, rest []*offer
	seen := map[string]bool{}
	for _, o := range b.waiting {
		if len(batch) == maxBatch || seen[o.public] {
			rest = append(rest, o)
			continue
		}
		seen[o.public] = true
		batch = append(batch, o)
	}
	b.waiting = rest
	if len(batch) == 0 {
		b.writing = false
	}
	slices.SortFunc(batch, func(x, y *offer) int { return bytes.Compare(x.hash[:], y.hash[:]) })
	return batch
}

// writeBatch accepts or refuses each ballot of a batch in one change.
func (s *Service) writeBatch(ctx context.Context, b *box, batch []*offer) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: b.org, Kind: "ballot.accepted", Actor: "system"}, func(tx *journal.Tx) error {
		c, err := s.polls.Contest(ctx, tx.Tx, b.org, b.contest)
		if err != nil {
			return err
		}
		h, err := headOf(ctx, tx.Tx, b.org, b.contest)
		if err != nil {
			return err
		}
		accepted := 0
		for _, o := range batch {
			m, known, err := s.admit(ctx, tx.Tx, b.org, c, o)
			if err == nil && !known && h.Stage != archive.Voting.String() {
				err = fault.Errorf(fault.Conflict, "contest %s is closed", b.contest)
			}
			var f *fault.Error
			if err != nil && !errors.As(err, &f) {
				return err
			}
			if o.answer = err; err != nil || known {
				continue
			}
			if err := h.keepBallot(ctx, tx, b.contest, o, m); err != nil {
				return err
			}
			accepted++
		}
		if accepted == 0 {
			return journal.ErrNothing
		}
		tx.Detail("ballots", accepted)
		return s.keepHead(ctx, tx, b.contest, b.election.UUID(), h)
	})
	return err
}

// keepBallot stores a ballot, its event and its voter's line in the pollbook.
func (h *Head) keepBallot(ctx context.Context, tx *journal.Tx, contest string, o *offer, m *Mark) error {
	parent := h.Hash
	event := archive.Event{Parent: &parent, Height: h.Height + 1, Type: archive.Ballot, Payload: &o.hash}.Encode()
	h.Head = archive.Head{Height: h.Height + 1, Hash: belenios.HashOf(event)}
	mark := Mark{Entry: o.voter.Entry, Contest: contest, Channel: Web, Hour: hour(tx.At()), Ballot: h.Records, State: Voted}
	if err := h.keepRecord(ctx, tx, contest, nameOf(o.hash), string(o.body)); err != nil {
		return err
	}
	if err := h.keepRecord(ctx, tx, contest, archive.Record{Kind: archive.EventRecord, Hash: h.Hash}.Name(), string(event)); err != nil {
		return err
	}
	if m == nil {
		return tx.Insert(ctx, "pollbook", mark.row())
	}
	mark.Hour = m.Hour // that of the first vote: what was said of turnout stays true
	return tx.Update(ctx, "pollbook", mark.row())
}
