package box

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// List is the public list of credentials as the tables give it: what voters hold, and
// the spares, in the order of their text, which tells nothing. It is refused while a
// voter has none or there are too few spares. The registrar's and the returning
// officer's, before the box is set up.
func (s *Service) List(ctx context.Context, org, contest string) (list *belenios.Credentials, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		list, err = s.list(ctx, tx, org, c)
		return err
	})
	return list, err
}

func (s *Service) list(ctx context.Context, tx *db.Tx, org string, c Contest) (*belenios.Credentials, error) {
	voters, err := s.polls.Voters(ctx, tx, org, c.ID)
	if err != nil {
		return nil, err
	}
	all, err := credentials(ctx, tx, org, c.ID, ` AND voided IS NULL`)
	if err != nil {
		return nil, err
	}
	if err := matches(c.ID, voters, all); err != nil {
		return nil, err
	}
	g, ok := group.ByName(c.Group)
	if !ok {
		return nil, fault.Errorf(fault.Conflict, "contest %s has no group yet", c.ID)
	}
	// Sorted here as well: databases do not agree on the order of text.
	slices.SortFunc(all, func(a, b Credential) int { return cmp.Compare(a.Public, b.Public) })
	var out []belenios.PublicCredential
	for _, one := range all {
		key, err := g.Parse(one.Public)
		if err != nil {
			return nil, err
		}
		out = append(out, belenios.PublicCredential{Key: key, Weight: int64(one.Weight)})
	}
	return belenios.NewCredentials(g, out)
}

// matches checks that each voter holds one credential of their weight, that nobody
// else holds one, and that there are spares of each weight, enough and not too many:
// with a spare of its own a server could vote.
func matches(contest string, voters []Voter, all []Credential) error {
	byEntry := map[string]Credential{}
	spares, need := map[int]int{}, map[int]int{}
	for _, c := range all {
		if c.Entry != "" {
			byEntry[c.Entry] = c
		}
		if c.How == Spare {
			spares[c.Weight]++
		}
	}
	for _, v := range voters {
		c, ok := byEntry[v.Entry]
		switch {
		case !ok:
			return fault.Errorf(fault.Conflict, "voter %d of contest %s has no credential", v.Number, contest)
		case c.Weight != v.Weight:
			return fault.Errorf(fault.Conflict, "voter %d of contest %s has %d votes and a credential of weight %d", v.Number, contest, v.Weight, c.Weight)
		}
		delete(byEntry, v.Entry)
		need[v.Weight]++
	}
	for _, c := range byEntry {
		return fault.Errorf(fault.Conflict, "credential %.24s is held by somebody who may not vote in contest %s: void it", c.Public, contest)
	}
	for weight, n := range need {
		least := Spares(n)
		if got := spares[weight]; got < least || got > 2*least {
			return fault.Errorf(fault.Conflict, "contest %s has %d spare credentials of weight %d for %d voters: it needs %d, and at most twice as many", contest, got, weight, n, least)
		}
	}
	for weight := range spares {
		if need[weight] == 0 {
			return fault.Errorf(fault.Conflict, "contest %s has a spare credential of weight %d, which no voter has", contest, weight)
		}
	}
	return nil
}

// Open sets a box up: from then on election, key and credentials do not change. The
// list must be that of [Service.List]. The returning officer's.
func (s *Service) Open(ctx context.Context, actor, org, contest string, e *belenios.Election, t *belenios.Trustees, l *belenios.Credentials) (h Head, err error) {
	file, err := begin(ctx, s.journal.World().Now().Unix(), e, t, l)
	if err != nil {
		return Head{}, err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "box.opened", Actor: actor}, func(tx *journal.Tx) error {
		c, err := s.polls.Contest(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		if err := beforeSetup(ctx, tx, contest); err != nil {
			return err
		}
		if !c.Frozen {
			return fault.Errorf(fault.Conflict, "the rules or the roll of contest %s can still change", contest)
		}
		if err := c.suits(e); err != nil {
			return err
		}
		want, err := s.list(ctx, tx.Tx, org, c)
		if err != nil {
			return err
		}
		if !bytes.Equal(want.Bytes(), l.Bytes()) {
			return fault.Errorf(fault.Invalid, "the list of credentials, %s, is not that of contest %s, %s", belenios.Fingerprint(l.Bytes()), contest, belenios.Fingerprint(want.Bytes()))
		}
		h, err = s.keepSteps(ctx, tx, contest, e.UUID(), Head{}, file)
		return err
	})
	return h, err
}

// begin makes the first step of an archive and verifies it.
func begin(ctx context.Context, timestamp int64, e *belenios.Election, t *belenios.Trustees, l *belenios.Credentials) (added added, err error) {
	w, err := newWorkshop()
	if err != nil {
		return added, err
	}
	defer w.close(&err)
	if err := archive.Begin(w.path(), timestamp, e, t, l); err != nil {
		return added, err
	}
	board, err := w.open(ctx)
	if err != nil {
		return added, err
	}
	return w.finish(board, 0)
}
