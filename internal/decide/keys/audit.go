package keys

import (
	"context"
	"fmt"

	"commonweal/belenios"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Audit makes everything about the keys of a poll again from the messages and says, in
// sentences, what does not agree: that each message verifies and came from the keyholder
// whose number it has, once and in the order of the steps; that the messages make the
// key that was recorded; that no key in a cert was used in another setup of the
// organisation; that the keyholders are those of the poll; that who said that they had destroyed their part had one. Fsck finds a
// table that is not what the record says; this finds a record that somebody with control
// of the server wrote without sense. It needs only the tables.
func (s *Service) Audit(ctx context.Context, org, poll string) (out []string, err error) {
	var list []ceremony
	var p Poll
	all := map[string][]Message{} // certs by setup, of the whole organisation
	gone := map[string][]gonePart{}
	err = s.read(ctx, func(tx *db.Tx) error {
		var err error
		if p, err = s.polls.Poll(ctx, tx, org, poll); err != nil {
			return err
		}
		found, err := setups(ctx, tx, org, `poll_id = ?`, p.ID)
		if err != nil {
			return err
		}
		for _, one := range found {
			c, err := load(ctx, tx, org, one.ID)
			if fault.Is(err, fault.Invalid) {
				out = append(out, fmt.Sprintf("Setup %s: there is no group %q.", one.ID, one.Group))
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, c)
			if gone[c.ID], err = goneParts(ctx, tx, org, c.ID); err != nil {
				return err
			}
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var m Message
			err := rows.Scan(&m.Setup, &m.Number, &m.Body)
			all[m.Setup] = append(all[m.Setup], m)
			return err
		}, `SELECT setup_id, number, body FROM key_message WHERE org_id = ? AND step = ? ORDER BY setup_id, number`, org, Cert)
	})
	if err != nil {
		return nil, err
	}
	live := 0
	for _, c := range list {
		a := audit{c: c}
		a.setup()
		a.messages()
		a.key()
		a.replayed(all)
		a.destroyed(gone[c.ID])
		out = append(out, a.found...)
		if c.State() == Made && !c.Rehearsal {
			live++
			if !c.sameHolders(p.Keyholders) || c.Threshold != p.Threshold || c.Group != p.Group {
				out = append(out, fmt.Sprintf("Setup %s: its keyholders, threshold or group are not those of poll %s.", c.ID, p.Code))
			}
		}
	}
	switch {
	case live > 1:
		out = append(out, fmt.Sprintf("Poll %s has %d keys.", p.Code, live))
	case p.Made != (live == 1):
		out = append(out, fmt.Sprintf("Poll %s and its setups do not agree whether its key is made.", p.Code))
	}
	return out, nil
}

// audit is that of one setup.
type audit struct {
	c     ceremony
	found []string
}

func (a *audit) say(format string, args ...any) {
	a.found = append(a.found, fmt.Sprintf("Setup %s: ", a.c.ID)+fmt.Sprintf(format, args...))
}

func (a *audit) setup() {
	c := a.c
	if c.trustees != len(c.Holders) || c.Threshold < 2 || c.Threshold > len(c.Holders) {
		a.say("it was begun for %d of %d keyholders, and there are %d.", c.Threshold, c.trustees, len(c.Holders))
	}
	for i, h := range c.Holders {
		if h.Number != i+1 {
			a.say("the keyholders are not numbered without gaps.")
		}
	}
	switch {
	case !c.Done.IsZero() && c.Done.Before(c.Begun), !c.GivenUp.IsZero() && (c.GivenUp.Before(c.Begun) || c.GivenUp.Before(c.Done)):
		a.say("it ended before it began.")
	case c.GivenUp.IsZero() != (c.Reason == ""):
		a.say("whether it was given up and the reason for that do not fit.")
	}
}

// messages verifies each message against those of the steps before.
func (a *audit) messages() {
	c := a.c
	so := c
	so.kept = nil
	for _, step := range allSteps {
		before := so
		for _, m := range c.kept {
			if m.Step != step {
				continue
			}
			if h, err := c.Holder(m.Person); err != nil || h.Number != m.Number {
				a.say("%s of number %d is not from the keyholder with that number.", step.Words(), m.Number)
				continue
			}
			if m.Entered.Before(c.Begun) || !c.GivenUp.IsZero() && m.Entered.After(c.GivenUp) || step != Check && !c.Done.IsZero() && m.Entered.After(c.Done) {
				a.say("%s of keyholder %d came at a time when the setup was not under way.", step.Words(), m.Number)
			}
			if err := a.verify(before, m); err != nil {
				a.say("%s of keyholder %d does not verify: %v.", step.Words(), m.Number, err)
			}
			a.early(step, m)
			so = so.with(m)
		}
	}
	if n := len(so.kept); n != len(c.kept) {
		a.say("%d of %d messages are of no step or from nobody.", len(c.kept)-n, len(c.kept))
	}
}

// early looks for a message that came before one of the step before.
func (a *audit) early(step Step, m Message) {
	for i, earlier := range allSteps[1:] {
		if earlier != step {
			continue
		}
		for _, h := range a.c.Holders {
			if at := h.Sent[allSteps[i]]; at.IsZero() || m.Entered.Before(at) {
				a.say("%s of keyholder %d came before what it depends on.", step.Words(), m.Number)
				return
			}
		}
	}
}

// verify is [ceremony.verify] of one message with only the steps before it. What a
// message makes together with others of its step is looked at in key.
func (a *audit) verify(before ceremony, m Message) error {
	switch m.Step {
	case Cert:
		return before.verifyCert(m)
	case Polynomial:
		if len(before.bodies(Cert)) != len(before.Holders) {
			return fmt.Errorf("there are not all certs")
		}
		return before.verifyPolynomial(m)
	case Check:
		return before.verifyCheck(m)
	}
	if len(before.bodies(Polynomial)) != len(before.Holders) {
		return fmt.Errorf("there are not all polynomials")
	}
	polynomials, err := before.polynomials()
	if err != nil {
		return err
	}
	v, err := belenios.ParseVoutput(before.group, []byte(m.Body))
	if err != nil {
		return err
	}
	return v.Verify(before.group, polynomials, m.Number)
}

// key makes the key again.
func (a *audit) key() {
	c := a.c
	whole := len(c.bodies(Voutput)) == len(c.Holders)
	switch {
	case whole != !c.Done.IsZero() || whole != (c.Hash != ""):
		a.say("whether the key is made and which messages there are do not fit.")
	case whole:
		if _, _, err := c.made(); err != nil {
			a.say("%v.", err)
		}
	}
}

// replayed looks for keys of certs that stand anywhere else.
func (a *audit) replayed(all map[string][]Message) {
	for _, m := range a.c.kept {
		if m.Step != Cert {
			continue
		}
		cert, err := belenios.ParseCert(a.c.group, []byte(m.Body))
		if err != nil {
			continue // said already
		}
		for setup, list := range all {
			for _, other := range list {
				if (setup != a.c.ID || other.Number != m.Number) && shares(cert, other.Body) {
					a.say("a key of keyholder %d stands in the certificate of keyholder %d of setup %s too.", m.Number, other.Number, setup)
				}
			}
		}
	}
}

// gonePart is what the table says of one who destroyed their part.
type gonePart struct{ person, by, day string }

func goneParts(ctx context.Context, tx *db.Tx, org, setup string) (out []gonePart, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var g gonePart
		err := rows.Scan(&g.person, &g.by, &g.day)
		out = append(out, g)
		return err
	}, `SELECT keyholder, said_by, day FROM key_destroyed WHERE org_id = ? AND setup_id = ? ORDER BY keyholder`, org, setup)
	return out, err
}

func (a *audit) destroyed(list []gonePart) {
	for _, g := range list {
		if h, err := a.c.Holder(g.person); err != nil {
			a.say("somebody destroyed a part of it who is no keyholder.")
		} else if a.c.State() != Made || a.c.Rehearsal || g.day < a.c.Done.Format("2006-01-02") {
			a.say("keyholder %d destroyed a part of a key that was not that of the poll.", h.Number)
		} else if g.by != g.person && !a.c.Useless() {
			a.say("somebody else said of keyholder %d that their part is destroyed, while votes could still be opened.", h.Number)
		}
	}
}
