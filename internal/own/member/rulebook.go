package member

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// SaveClass adds a version of a class, from c.Starts on, and returns its id. A
// version that holds already, in a class that somebody is or was in, is frozen:
// a new one begins after today. One that has not begun is replaced by another
// from the same day. It is the secretary's, as the rules allow.
func (s *Service) SaveClass(ctx context.Context, actor, org string, c Class) (string, error) {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.class_saved", Actor: actor}, func(tx *journal.Tx) error {
		classes, constituencies, err := readRules(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		if err := s.thawed(ctx, tx.Tx, org, c.Code, c.Starts); err != nil {
			return err
		}
		replaced := slices.IndexFunc(classes, func(old Class) bool { return old.Code == c.Code && old.Starts == c.Starts })
		if replaced >= 0 {
			c.ID = classes[replaced].ID
			classes[replaced] = c
		} else {
			c.ID = tx.ID()
			classes = append(classes, c)
		}
		if _, err := NewBook(s.compiler, classes, constituencies); err != nil {
			return err
		}
		tx.Detail("class", c.Code)
		tx.Detail("starts", c.Starts.String())
		if replaced >= 0 {
			return tx.Update(ctx, "member_class", c.row())
		}
		return tx.Insert(ctx, "member_class", c.row())
	})
	return c.ID, err
}

// thawed refuses to touch days on which the rules of a class have been relied on:
// up to today, once any fact names the class. Those whom an automatic class takes
// in have such a fact as soon as they are enrolled.
func (s *Service) thawed(ctx context.Context, tx *db.Tx, org, class string, starts law.Date) error {
	today := s.today()
	if starts.After(today) {
		return nil
	}
	used := 0
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM member_fact WHERE org_id = ? AND class = ?`, org, class).Scan(&used)
	if err != nil {
		return err
	}
	if used > 0 {
		return fault.Fieldf("starts", "the rules of the class %s up to today are frozen, because people have become members under them: begin on %s or later", class, today.AddDays(1))
	}
	return nil
}

// DropClassVersion takes back a version of a class that has not begun.
func (s *Service) DropClassVersion(ctx context.Context, actor, org, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.class_dropped", Actor: actor}, func(tx *journal.Tx) error {
		classes, constituencies, err := readRules(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(classes, func(c Class) bool { return c.ID == id })
		if i < 0 {
			return fault.Errorf(fault.NotFound, "there is no version %s of a class", id)
		}
		if err := s.thawed(ctx, tx.Tx, org, classes[i].Code, classes[i].Starts); err != nil {
			return err
		}
		if _, err := NewBook(s.compiler, slices.Delete(slices.Clone(classes), i, i+1), constituencies); err != nil {
			return err
		}
		tx.Detail("class", classes[i].Code)
		return tx.Delete(ctx, "member_class", id)
	})
	return err
}

// SaveConstituencies decides all constituencies of a class together, from a day
// on, and returns what [Service.PreviewConstituencies] says of them. A set that
// has not begun is replaced by another from the same day. It is the secretary's,
// as the rules allow.
func (s *Service) SaveConstituencies(ctx context.Context, actor, org, class string, starts law.Date, set []Constituency) (ConstituencyPreview, error) {
	var preview ConstituencyPreview
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.constituencies_saved", Actor: actor}, func(tx *journal.Tx) error {
		classes, constituencies, err := readRules(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		if err := s.thawed(ctx, tx.Tx, org, class, starts); err != nil {
			return err
		}
		var before []Constituency
		constituencies = slices.DeleteFunc(constituencies, func(c Constituency) bool {
			same := c.Class == class && c.Starts == starts
			if same {
				before = append(before, c)
			}
			return same
		})
		if len(set) == 0 && len(before) == 0 {
			return fault.Errorf(fault.Invalid, "class %s: a set of constituencies has at least one", class)
		}
		for _, c := range before {
			if err := tx.Delete(ctx, "constituency", c.ID); err != nil {
				return err
			}
		}
		for _, c := range set {
			c.ID, c.Class, c.Starts = tx.ID(), class, starts
			constituencies = append(constituencies, c)
		}
		book, err := NewBook(s.compiler, classes, constituencies)
		if err != nil {
			return err
		}
		for _, c := range constituencies {
			if c.Class == class && c.Starts == starts {
				if err := tx.Insert(ctx, "constituency", c.row()); err != nil {
					return err
				}
			}
		}
		tx.Detail("class", class)
		tx.Detail("starts", starts.String())
		list, err := s.everybody(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		preview = previewConstituencies(book, class, starts, s.today(), list)
		return nil
	})
	return preview, err
}

// PreviewConstituencies says what a set of constituencies would do, and changes
// nothing.
func (s *Service) PreviewConstituencies(ctx context.Context, org, class string, starts law.Date, set []Constituency) (out ConstituencyPreview, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		classes, constituencies, err := readRules(ctx, tx, org)
		if err != nil {
			return err
		}
		constituencies = slices.DeleteFunc(constituencies, func(c Constituency) bool { return c.Class == class && c.Starts == starts })
		for _, c := range set {
			c.Class, c.Starts = class, starts
			constituencies = append(constituencies, c)
		}
		book, err := NewBook(s.compiler, classes, constituencies)
		if err != nil {
			return err
		}
		list, err := s.everybody(ctx, tx, org)
		out = previewConstituencies(book, class, starts, s.today(), list)
		return err
	})
	return out, err
}

// PreviewClass says whom a version of a class would fit, and changes nothing.
func (s *Service) PreviewClass(ctx context.Context, org string, c Class) (out ClassPreview, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		classes, constituencies, err := readRules(ctx, tx, org)
		if err != nil {
			return err
		}
		classes = slices.DeleteFunc(classes, func(old Class) bool { return old.Code == c.Code && !old.Starts.Before(c.Starts) })
		book, err := NewBook(s.compiler, append(classes, c), constituencies)
		if err != nil {
			return err
		}
		list, err := s.everybody(ctx, tx, org)
		out = previewClass(book, c, s.today(), list)
		return err
	})
	return out, err
}
