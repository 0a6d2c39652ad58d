package notice

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Choice is how somebody wants a kind of message.
type Choice string

const (
	Usual  Choice = ""       // at once when urgent, else in the digest
	Now    Choice = "now"    // each at once
	Weekly Choice = "weekly" // all in the digest
	Never  Choice = "never"
)

// Preference is one kind of message and how somebody wants it.
type Preference struct {
	Kind   Kind
	Choice Choice // Usual for statutory kinds, which are not asked about
}

// Preferences lists every kind of message with the person's choice, the digest
// itself first.
func (o *Office) Preferences(ctx context.Context, org, person string) ([]Preference, error) {
	chosen := map[string]Choice{}
	err := o.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var kind string
			var c Choice
			err := rows.Scan(&kind, &c)
			chosen[kind] = c
			return err
		}, `SELECT kind, choice FROM notice_preference WHERE org_id = ? AND who = ?`, org, person)
	})
	if err != nil {
		return nil, err
	}
	out := make([]Preference, len(o.order))
	for i, k := range o.order {
		out[i] = Preference{Kind: k, Choice: chosen[k.Name]}
		if k.Statutory {
			out[i].Choice = Usual
		}
	}
	return out, nil
}

// SetPreference keeps a person's choice for one kind. A statutory kind is a
// Conflict: the law asks for it.
func (o *Office) SetPreference(ctx context.Context, org, person, kind string, c Choice) error {
	if person == "" {
		return errors.New("a preference of nobody")
	}
	return o.choose(ctx, org, person, kind, c)
}

func (o *Office) choose(ctx context.Context, org, who, kind string, c Choice) error {
	k, ok := o.kinds[kind]
	if !ok {
		return fault.Errorf(fault.NotFound, "there is no kind of message %q", kind)
	}
	if k.Statutory {
		return fault.Errorf(fault.Conflict, "messages of the kind %s are asked for by law and cannot be turned off", kind)
	}
	switch {
	case c != Usual && c != Now && c != Weekly && c != Never:
		return fault.Fieldf("choice", "the choice %q is not one of now, weekly, never", c)
	case kind == kindWeekly && c != Usual && c != Never:
		return fault.Fieldf("choice", "the weekly message is sent weekly or never, not %q", c)
	}
	return o.db.Write(ctx, func(tx *db.Tx) error {
		if c == Usual {
			_, err := tx.Exec(ctx, `DELETE FROM notice_preference WHERE org_id = ? AND who = ? AND kind = ?`, org, who, kind)
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO notice_preference (org_id, who, kind, choice) VALUES (?, ?, ?, ?)
			ON CONFLICT (org_id, who, kind) DO UPDATE SET choice = excluded.choice`, org, who, kind, string(c))
		return err
	})
}

// choice reads one preference.
func choice(ctx context.Context, tx *db.Tx, org, who, kind string) (Choice, error) {
	var c Choice
	err := tx.QueryRow(ctx, `SELECT choice FROM notice_preference WHERE org_id = ? AND who = ? AND kind = ?`, org, who, kind).Scan(&c)
	if errors.Is(err, db.ErrNoRows) {
		return Usual, nil
	}
	return c, err
}

// timing says when a message that may be muted goes: Now, Weekly or Never.
func timing(ctx context.Context, tx *db.Tx, org, who string, m Message) (Choice, error) {
	c, err := choice(ctx, tx, org, who, m.Kind)
	if err != nil {
		return "", err
	}
	if c == Usual && m.Urgent {
		c = Now
	}
	if c == Usual {
		c = Weekly
	}
	if c != Weekly {
		return c, nil
	}
	digest, err := choice(ctx, tx, org, who, kindWeekly)
	if err == nil && digest == Never {
		return Never, nil
	}
	return Weekly, err
}

// Forget takes a person's preferences and everything of theirs in the outbox
// away, as part of erasing them.
func (o *Office) Forget(ctx context.Context, tx *db.Tx, org, person string) error {
	if person == "" {
		return errors.New("nobody to forget")
	}
	if _, err := tx.Exec(ctx, `DELETE FROM notice_preference WHERE org_id = ? AND who = ?`, org, person); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE org_id = ? AND person_id = ?`, org, person)
	return err
}
