package identity

import (
	"context"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// AddPerson adds a person to the organisation whose record the change goes to,
// as part of that change. It returns the person as stored, with a new id unless
// one was given. Another person with the same e-mail address is a Conflict, and
// on PostgreSQL the change is then lost: look first, with [PeopleByEmail].
func AddPerson(ctx context.Context, tx *journal.Tx, p Person) (Person, error) {
	if err := p.check(); err != nil {
		return Person{}, err
	}
	if p.ID == "" {
		p.ID = tx.ID()
	}
	p.Org, p.Created, p.Erased = tx.Org(), tx.At(), ""
	err := tx.Insert(ctx, "person", p.row())
	if fault.Is(err, fault.Conflict) {
		return Person{}, sameEmail(err)
	}
	return p, err
}

// PersonChange is what became of a person's details.
type PersonChange struct{ Was, Is Person }

// Any reports whether anything is different.
func (c PersonChange) Any() bool { return c.Was != c.Is }

// LostEmail is the address that no longer is the person's, or "".
func (c PersonChange) LostEmail() string {
	if c.Was.Email == c.Is.Email {
		return ""
	}
	return c.Was.Email
}

// ChangePerson puts a person's names and addresses to those given, as part of a
// change. When that alters nothing, nothing is written. A change of the e-mail
// address ends the person's sessions and the codes on their way to the old one,
// because the address is a way in; whoever had it is to be told, which is the
// caller's part: see [Options.EmailsLost].
func ChangePerson(ctx context.Context, tx *journal.Tx, p Person) (PersonChange, error) {
	if err := p.check(); err != nil {
		return PersonChange{}, err
	}
	before, err := onePerson(ctx, tx.Tx, tx.Org(), p.ID)
	if err != nil {
		return PersonChange{}, err
	}
	if before.Erased != "" {
		return PersonChange{}, fault.Errorf(fault.Conflict, "person %s: their details were erased", p.ID)
	}
	p.Org, p.Created, p.Erased = before.Org, before.Created, before.Erased
	change := PersonChange{before, p}
	if !change.Any() {
		return change, nil
	}
	if p.Email != before.Email {
		if err := errors.Join(endSessions(ctx, tx.Tx, p.ID), dropCodes(ctx, tx.Tx, p.ID)); err != nil {
			return change, err
		}
	}
	if err := tx.Update(ctx, "person", p.row()); err != nil {
		if db.IsDuplicate(err) {
			return change, sameEmail(err)
		}
		return change, err
	}
	return change, nil
}

func sameEmail(cause error) error {
	return &fault.Error{
		Kind: fault.Conflict, Field: "email", Cause: cause,
		Message: "another person of this organisation has the same e-mail address",
	}
}

func (p Person) row() journal.Row {
	return journal.Row{
		"id": p.ID, "given": text(p.Given), "family": text(p.Family), "email": text(p.Email),
		"postal_address": text(p.PostalAddress), "created": p.Created, "erased": text(p.Erased),
	}
}

// NewPerson adds one person, as a change of its own.
func (s *Service) NewPerson(ctx context.Context, by, org string, p Person) (Person, error) {
	var added Person
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "person.add", Actor: by}, func(tx *journal.Tx) error {
		if _, err := oneOrganisation(ctx, tx.Tx, org); err != nil {
			return err
		}
		var err error
		added, err = AddPerson(ctx, tx, p)
		return err
	})
	return added, err
}

// CorrectPerson changes one person's names and addresses, as a change of its
// own. Changing nothing makes no entry.
func (s *Service) CorrectPerson(ctx context.Context, by, org string, p Person) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "person.change", Actor: by}, func(tx *journal.Tx) error {
		change, err := ChangePerson(ctx, tx, p)
		if err != nil {
			return err
		}
		if !change.Any() {
			return journal.ErrNothing
		}
		return s.emailLost(ctx, tx, change)
	})
	return err
}

// emailLost has whoever had an address told that it is theirs no more.
func (s *Service) emailLost(ctx context.Context, tx *journal.Tx, change PersonChange) error {
	if s.opts.EmailsLost == nil || change.LostEmail() == "" {
		return nil
	}
	return s.opts.EmailsLost(ctx, tx, []PersonChange{change})
}

// Person finds a person of an organisation by id.
func (s *Service) Person(ctx context.Context, org, id string) (p Person, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = onePerson(ctx, tx, org, id)
		return err
	})
	return p, err
}

// PersonByEmail finds a person of an organisation by e-mail address.
func (s *Service) PersonByEmail(ctx context.Context, org, email string) (Person, error) {
	email, err := ParseEmail(email)
	if err != nil {
		return Person{}, err
	}
	var found map[string]Person
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		found, err = PeopleByEmail(ctx, tx, org, []string{email})
		return err
	})
	if err != nil {
		return Person{}, err
	}
	p, ok := found[email]
	if !ok {
		return Person{}, fault.Errorf(fault.NotFound, "nobody in %s has this e-mail address", org)
	}
	return p, nil
}

// People finds people of an organisation by id. Ids that nobody has are left out.
func (s *Service) People(ctx context.Context, org string, ids []string) (found map[string]Person, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		found, err = PeopleByID(ctx, tx, org, ids)
		return err
	})
	return found, err
}

// FindPeople finds people of an organisation by the beginning of their given
// name, family name or e-mail address, by family name, at most limit of them.
// Erased people are not found.
func (s *Service) FindPeople(ctx context.Context, org, query string, limit int) (out []Person, err error) {
	query = strings.Map(lowerASCII, tidy(query))
	if query == "" || limit <= 0 {
		return nil, nil
	}
	escape := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	where, args := `org_id = ? AND erased IS NULL`, []any{org}
	for word := range strings.FieldsSeq(query) {
		prefix := escape.Replace(word) + "%"
		where += ` AND (lower(family) LIKE ? ESCAPE '\' OR lower(given) LIKE ? ESCAPE '\' OR email LIKE ? ESCAPE '\')`
		args = append(args, prefix, prefix, prefix)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = people(ctx, tx, where+` ORDER BY family, given, id LIMIT ?`, append(args, limit)...)
		return err
	})
	return out, err
}

// lowerASCII does what lower() does on both engines.
func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + ('a' - 'A')
	}
	return r
}

// PeopleByID finds people of an organisation within a transaction.
func PeopleByID(ctx context.Context, tx *db.Tx, org string, ids []string) (map[string]Person, error) {
	found := make(map[string]Person, len(ids))
	err := inChunks(ids, func(args []any) error {
		list, err := people(ctx, tx, `org_id = ? AND id IN (`+marks(len(args))+`)`, append([]any{org}, args...)...)
		for _, p := range list {
			found[p.ID] = p
		}
		return err
	})
	return found, err
}

// PeopleByEmail finds people of an organisation by addresses in the form that
// [ParseEmail] gives, within a transaction.
func PeopleByEmail(ctx context.Context, tx *db.Tx, org string, emails []string) (map[string]Person, error) {
	found := make(map[string]Person, len(emails))
	err := inChunks(emails, func(args []any) error {
		list, err := people(ctx, tx, `org_id = ? AND email IN (`+marks(len(args))+`)`, append([]any{org}, args...)...)
		for _, p := range list {
			found[p.Email] = p
		}
		return err
	})
	return found, err
}

// EachPerson calls fn with every person of an organisation, by id, within a
// transaction. fn must not use the transaction.
func EachPerson(ctx context.Context, tx *db.Tx, org string, fn func(Person) error) error {
	return eachPerson(ctx, tx, fn, `org_id = ? ORDER BY id`, org)
}

func onePerson(ctx context.Context, tx *db.Tx, org, id string) (Person, error) {
	list, err := people(ctx, tx, `id = ? AND org_id = ?`, id, org)
	if err != nil {
		return Person{}, err
	}
	if len(list) == 0 {
		return Person{}, fault.Errorf(fault.NotFound, "there is no person %s in %s", clip(id), clip(org))
	}
	return list[0], nil
}

func people(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Person, err error) {
	err = eachPerson(ctx, tx, func(p Person) error {
		out = append(out, p)
		return nil
	}, where, args...)
	return out, err
}

func eachPerson(ctx context.Context, tx *db.Tx, fn func(Person) error, where string, args ...any) error {
	return tx.Each(ctx, func(rows *db.Rows) error {
		var p Person
		err := rows.Scan(&p.ID, &p.Org, &p.Given, &p.Family, &p.Email, &p.PostalAddress, &p.Created, &p.Erased)
		if err != nil {
			return err
		}
		return fn(p)
	}, `SELECT id, org_id, COALESCE(given, ''), COALESCE(family, ''), COALESCE(email, ''), COALESCE(postal_address, ''),
		created, COALESCE(erased, '') FROM person WHERE `+where, args...)
}
