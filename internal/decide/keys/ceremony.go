package keys

import (
	"context"
	"fmt"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// ceremony is a setup with its messages, which were all verified when they were kept.
type ceremony struct {
	Setup
	group group.Group
	kept  []Message
}

func load(ctx context.Context, tx *db.Tx, org, setup string) (c ceremony, err error) {
	if c.Setup, err = one(ctx, tx, org, setup); err != nil {
		return c, err
	}
	if c.group, err = c.Setup.group(); err != nil {
		return c, err
	}
	c.kept, err = messages(ctx, tx, org, setup)
	return c, err
}

// message is what a keyholder sent in a step.
func (c ceremony) message(step Step, number int) (Message, bool) {
	for _, m := range c.kept {
		if m.Step == step && m.Number == number {
			return m, true
		}
	}
	return Message{}, false
}

// bodies are the messages of a step that have come, in order of number.
func (c ceremony) bodies(step Step) []string {
	out := []string{}
	for _, m := range c.kept {
		if m.Step == step {
			out = append(out, m.Body)
		}
	}
	return out
}

// with is the ceremony with one message more.
func (c ceremony) with(m Message) ceremony {
	var kept []Message
	for _, one := range c.kept {
		if m.Step == one.Step && m.Number < one.Number {
			kept, m = append(kept, m), one
			continue
		}
		kept = append(kept, one)
	}
	c.kept = append(kept, m)
	return c
}

func parsed[T any](c ceremony, step Step, parse func(group.Group, []byte) (T, error)) ([]T, error) {
	var out []T
	for i, body := range c.bodies(step) {
		v, err := parse(c.group, []byte(body))
		if err != nil {
			return nil, fmt.Errorf("%s %d: %w", step, i+1, err)
		}
		out = append(out, v)
	}
	return out, nil
}

func (c ceremony) certs() ([]*belenios.Cert, error) { return parsed(c, Cert, belenios.ParseCert) }

func (c ceremony) polynomials() ([]*belenios.Polynomial, error) {
	return parsed(c, Polynomial, belenios.ParsePolynomial)
}

func (c ceremony) voutputs() ([]*belenios.Voutput, error) {
	return parsed(c, Voutput, belenios.ParseVoutput)
}

// key makes the finished key from the messages: its trustees, verified, and each
// keyholder's encrypted part.
func (c ceremony) key() (*belenios.Trustees, []string, error) {
	certs, err := c.certs()
	if err != nil {
		return nil, nil, err
	}
	polynomials, err := c.polynomials()
	if err != nil {
		return nil, nil, err
	}
	voutputs, err := c.voutputs()
	if err != nil {
		return nil, nil, err
	}
	shared, parts, err := belenios.NewPedersen(c.group, certs, polynomials, voutputs)
	if err != nil {
		return nil, nil, err
	}
	t, err := belenios.NewTrustees(c.group, shared)
	if err == nil {
		err = t.Verify()
	}
	return t, parts, err
}

// made is [ceremony.key] of a setup whose key was made, compared with what was recorded.
func (c ceremony) made() (*belenios.Trustees, []string, error) {
	if c.Done.IsZero() {
		return nil, nil, fault.Errorf(fault.Conflict, "the key of setup %s is not made yet", c.ID)
	}
	t, parts, err := c.key()
	if err != nil {
		return nil, nil, fault.Wrap(fault.Internal, err, "the messages of setup %s do not make a key any more", c.ID)
	}
	if t.Hash().String() != c.Hash {
		return nil, nil, fault.Errorf(fault.Internal, "the messages of setup %s make another key than the one that was recorded", c.ID)
	}
	return t, parts, nil
}

// refuse names the keyholder whose message is wrong.
func (c ceremony) refuse(step Step, number int, err error) error {
	return fault.Wrap(fault.Invalid, err, "%s of keyholder %d does not verify", step.Words(), number)
}

// verify checks a message of the step that is due, as far as anybody can but the
// recipient of a sealed part. When it is the last that the key needs, it gives the key.
func (c ceremony) verify(m Message) (*belenios.Trustees, error) {
	switch m.Step {
	case Cert:
		return nil, c.verifyCert(m)
	case Polynomial:
		return nil, c.verifyPolynomial(m)
	case Check:
		return nil, c.verifyCheck(m)
	}
	return c.verifyVoutput(m)
}

func (c ceremony) verifyCert(m Message) error {
	cert, err := belenios.ParseCert(c.group, []byte(m.Body))
	if err == nil {
		err = cert.Verify(c.group)
	}
	if err == nil && c.group.Equal(cert.Verification, cert.Encryption) {
		err = fmt.Errorf("cert: both keys are one")
	}
	if err != nil {
		return c.refuse(Cert, m.Number, err)
	}
	return nil
}

func (c ceremony) verifyPolynomial(m Message) error {
	certs, err := c.certs()
	if err != nil {
		return err
	}
	p, err := belenios.ParsePolynomial(c.group, []byte(m.Body))
	if err == nil {
		err = p.Verify(c.group, certs, m.Number, c.Threshold)
	}
	if err != nil {
		return c.refuse(Polynomial, m.Number, err)
	}
	return nil
}

func (c ceremony) verifyVoutput(m Message) (*belenios.Trustees, error) {
	polynomials, err := c.polynomials()
	if err != nil {
		return nil, err
	}
	v, err := belenios.ParseVoutput(c.group, []byte(m.Body))
	if err == nil {
		err = v.Verify(c.group, polynomials, m.Number)
	}
	if err != nil {
		return nil, c.refuse(Voutput, m.Number, err)
	}
	all := c.with(m)
	if len(all.bodies(Voutput)) < len(c.Holders) {
		return nil, nil
	}
	t, _, err := all.key()
	if err != nil {
		return nil, fmt.Errorf("setup %s: messages that were verified make no key: %w", c.ID, err)
	}
	return t, nil
}
