package keys

import (
	"context"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
)

// Input is everything that one keyholder needs, besides their seed, for their next step
// in a setup and, once the key is made, to open votes. A program goes by it on any
// device. Nothing in it is secret.
type Input struct {
	Setup     string `json:"setup"`
	Poll      string `json:"poll"`
	Rehearsal bool   `json:"rehearsal"`
	State     State  `json:"state"`
	Group     string `json:"group"`
	Threshold int    `json:"threshold"`
	Trustees  int    `json:"trustees"` // how many
	Number    int    `json:"number"`   // of this keyholder
	// Step is what this keyholder has to send now; none while others have to, and when
	// there is nothing more.
	Step Step `json:"step"`
	// Sent are the keyholder's own messages by step. A program compares them with what
	// the others are shown.
	Sent map[Step]string `json:"sent"`
	// Certs, in order of number, are complete once Polynomial is due, and so are
	// Polynomials when Voutput is. Vinput is then what the others sent to this one.
	Certs       []string `json:"certs"`
	Polynomials []string `json:"polynomials"`
	Vinput      string   `json:"vinput,omitempty"`
	// Key is there once the key is made.
	Key *Part `json:"key,omitempty"`
}

// Part is one keyholder's part of a finished key.
type Part struct {
	Setup     string `json:"setup"`
	Group     string `json:"group"`
	Threshold int    `json:"threshold"`
	Number    int    `json:"number"`
	// Trustees is the finished key, verified, with its SHA-256 and the words of that.
	Trustees string   `json:"trustees"`
	Hash     string   `json:"hash"`
	Words    []string `json:"words"`
	// Sealed is the private part, encrypted for the keyholder's seed ("dkey"), and
	// Checksum that of the public part, as the archive's report has it.
	Sealed   string `json:"sealed"`
	Checksum string `json:"checksum"`
	// Election and Tally are the [Challenge]; Checked says that it was met.
	Election string `json:"election"`
	Tally    string `json:"tally"`
	Checked  bool   `json:"checked"`
}

// Input gives a keyholder what their next step needs. The keyholder's own.
func (s *Service) Input(ctx context.Context, org, setup, person string) (in Input, err error) {
	var c ceremony
	var h Holder
	err = s.read(ctx, func(tx *db.Tx) error {
		if c, err = load(ctx, tx, org, setup); err != nil {
			return err
		}
		h, err = c.Holder(person)
		return err
	})
	if err != nil {
		return Input{}, err
	}
	return c.input(h)
}

func (c ceremony) input(h Holder) (Input, error) {
	in := Input{
		Setup: c.ID, Poll: c.Poll, Rehearsal: c.Rehearsal, State: c.State(), Group: c.Group, Threshold: c.Threshold, Trustees: len(c.Holders),
		Number: h.Number, Sent: map[Step]string{}, Certs: c.bodies(Cert), Polynomials: c.bodies(Polynomial),
	}
	for _, m := range c.kept {
		if m.Number == h.Number {
			in.Sent[m.Step] = m.Body
		}
	}
	in.Step = c.Due(h.Person)
	if len(in.Polynomials) == len(c.Holders) {
		certs, err := c.certs()
		if err != nil {
			return Input{}, err
		}
		polynomials, err := c.polynomials()
		if err != nil {
			return Input{}, err
		}
		vinputs, err := belenios.NewVinputs(c.group, certs, polynomials)
		if err != nil {
			return Input{}, err
		}
		in.Vinput = string(vinputs[h.Number-1].Bytes())
	}
	if c.State() != Made {
		return in, nil
	}
	part, err := c.part(h)
	in.Key = &part
	return in, err
}

// Part gives a keyholder what they need, besides their seed, to open votes under the
// finished key of a poll. The keyholder's own.
func (s *Service) Part(ctx context.Context, org, poll, person string) (Part, error) {
	c, err := s.made(ctx, org, poll)
	if err != nil {
		return Part{}, err
	}
	h, err := c.Holder(person)
	if err != nil {
		return Part{}, err
	}
	return c.part(h)
}

func (c ceremony) part(h Holder) (Part, error) {
	t, parts, err := c.made()
	if err != nil {
		return Part{}, err
	}
	is, err := c.challenge(t)
	if err != nil {
		return Part{}, err
	}
	key, _ := t.Key(h.Number)
	_, checked := c.message(Check, h.Number)
	return Part{
		Setup: c.ID, Group: c.Group, Threshold: c.Threshold, Number: h.Number, Trustees: string(t.Bytes()), Hash: c.Hash, Words: c.Words(),
		Sealed: parts[h.Number-1], Checksum: archive.Checksum(key), Election: string(is.Election.Bytes()), Tally: string(is.Tally.Bytes()), Checked: checked,
	}, nil
}
