package poll

import (
	"context"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// MakeRoll makes the rolls of a poll from the register as it stood at the end of the
// record date: one for each contest that has none and may come to a vote. Voter
// numbers are drawn, and each roll is sealed. It is the returning officer's, once
// the record date is over.
func (s *Service) MakeRoll(ctx context.Context, actor, org, id string) error {
	return s.change(ctx, actor, org, "roll.made", id, func(tx *journal.Tx, p Poll) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if err := s.at(p, "its roll is made before notice of poll", Called, Nominating, Nominated); err != nil {
			return err
		}
		day := p.Timetable.Day(timetable.Roll)
		if !s.today().After(day) {
			return fault.Errorf(fault.Conflict, "poll %s: the roll is that of the end of %s, which is not over", p.Code, day.Words())
		}
		electors, err := s.register.Electors(ctx, tx.Tx, org, day)
		if err != nil {
			return err
		}
		made := 0
		seals := map[string]any{}
		for _, c := range p.Contests {
			if c.Roll != nil || !c.Uncontested.IsZero() {
				continue
			}
			r, err := s.makeRoll(ctx, tx, p, c, day, electors)
			if err != nil {
				return err
			}
			made++
			seals[c.ID] = map[string]any{"entries": r.Entries, "votes": r.Votes, "seal": r.Seal}
		}
		if made == 0 {
			return fault.Errorf(fault.Conflict, "poll %s has its rolls", p.Code)
		}
		tx.Detail("day", day.String())
		tx.Detail("rolls", seals)
		return nil
	})
}

func (s *Service) makeRoll(ctx context.Context, tx *journal.Tx, p Poll, c Contest, day law.Date, electors []Elector) (Roll, error) {
	r := Roll{ID: tx.ID(), Contest: c.ID, Day: day, Made: tx.At(), MadeBy: tx.Actor()}
	var entries []Entry
	seen := map[string]bool{}
	for _, e := range electors {
		weight := p.weight(e)
		if !c.isFor(e) || weight == 0 || seen[e.Person] {
			continue
		}
		seen[e.Person] = true
		entries = append(entries, Entry{ID: tx.ID(), Roll: r.ID, Contest: c.ID, Person: e.Person, Member: e.Member, Weight: weight})
	}
	if err := draw(entries, s.journal.World()); err != nil {
		return r, err
	}
	seal, err := SealOf(entries)
	if err != nil {
		return r, err
	}
	r.Entries, r.FirstSeal, r.Seal = len(entries), seal, seal
	r.Struck, r.Votes = tallyOf(entries)
	if err := tx.Insert(ctx, "roll", r.row()); err != nil {
		return r, err
	}
	for _, e := range entries {
		if err := tx.Insert(ctx, "roll_entry", e.row()); err != nil {
			return r, err
		}
	}
	return r, nil
}

// weight is how many votes a member has in the poll.
func (p Poll) weight(e Elector) int {
	if !p.Rules.Weighted {
		return min(e.Votes, 1)
	}
	return e.Votes
}

// entries reads the lines of the roll of a contest, in order of number.
func entries(ctx context.Context, tx *db.Tx, org, contest, where string, args ...any) (out []Entry, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var e Entry
		err := rows.Scan(&e.ID, &e.Roll, &e.Contest, &e.Number, &e.Person, &e.Member, &e.Weight, &e.Salt, &e.Commitment, &e.Added, &e.Struck)
		out = append(out, e)
		return err
	}, `SELECT id, roll_id, contest_id, number, person_id, COALESCE(member_id, ''), weight, salt, commitment, COALESCE(added, ''), COALESCE(struck, '')
		FROM roll_entry WHERE org_id = ? AND contest_id = ?`+where+` ORDER BY number`, append([]any{org, contest}, args...)...)
	return out, err
}

// entryOf is the line of one person, and whether there is one.
func entryOf(ctx context.Context, tx *db.Tx, org, contest, person string) (Entry, bool, error) {
	list, err := entries(ctx, tx, org, contest, ` AND person_id = ?`, person)
	if err != nil || len(list) == 0 {
		return Entry{}, false, err
	}
	return list[0], true, nil
}

// Voters reads the roll of a contest, in order of number. It is the returning
// officer's and the registrar's.
func (s *Service) Voters(ctx context.Context, org, contest string) (list []Entry, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		list, err = entries(ctx, tx, org, contest, "")
		return err
	})
	return list, err
}

// OwnEntry is the receipt for a person's own line, which shows that it is under the
// seal. It is that person's.
func (s *Service) OwnEntry(ctx context.Context, org, contest, person string) (r Receipt, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		e, found, err := entryOf(ctx, tx, org, contest, person)
		if err != nil {
			return err
		}
		if !found || !e.Stands() {
			return fault.Errorf(fault.NotFound, "person %s is not on the roll of contest %s", person, contest)
		}
		t, err := s.trees.of(ctx, tx, org, contest)
		if err == nil {
			r, err = t.receipt(e)
		}
		return err
	})
	return r, err
}

// keptTrees remembers the trees of a few rolls, by contest. A roll with the same seal
// has the same lines.
type keptTrees struct {
	mu   sync.Mutex
	kept map[string]sealedTree
}

type sealedTree struct {
	seal string
	tree *tree
}

const mostTrees = 32

func (k *keptTrees) of(ctx context.Context, tx *db.Tx, org, contest string) (*tree, error) {
	var seal string
	if err := tx.QueryRow(ctx, `SELECT seal FROM roll WHERE org_id = ? AND contest_id = ?`, org, contest).Scan(&seal); err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if one, ok := k.kept[contest]; ok && one.seal == seal {
		return one.tree, nil
	}
	list, err := entries(ctx, tx, org, contest, "")
	if err != nil {
		return nil, err
	}
	t, err := newTree(list)
	if err != nil {
		return nil, err
	}
	if k.kept == nil || len(k.kept) >= mostTrees {
		k.kept = map[string]sealedTree{}
	}
	k.kept[contest] = sealedTree{seal, t}
	return t, nil
}

// Leaves are the public lines under the seal of a roll: with them anybody can make
// the seal again. They name nobody.
func (s *Service) Leaves(ctx context.Context, org, contest string) (out []string, err error) {
	list, err := s.Voters(ctx, org, contest)
	for _, e := range list {
		out = append(out, e.Leaf())
	}
	return out, err
}
