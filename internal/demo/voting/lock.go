package voting

import (
	"context"
	"fmt"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
)

// Codes has the registrar make a code for everybody who has not enrolled a key, and the
// spares, and print them.
func (p *Poll) Codes(ctx context.Context) error {
	list, err := p.voted(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := p.codes(ctx, c); err != nil {
			return fmt.Errorf("make codes for %s: %w", c.Code, err)
		}
	}
	return nil
}

func (p *Poll) codes(ctx context.Context, c poll.Contest) error {
	voters, err := p.h.Polls.Voters(ctx, p.Org, c.ID)
	if err != nil {
		return err
	}
	made, err := p.h.Boxes.Credentials(ctx, p.Org, c.ID)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, one := range made {
		if one.Voided == "" {
			has[one.Entry] = true
		}
	}
	all, err := p.Now(ctx)
	if err != nil {
		return err
	}
	secretOf := func(number int) (*belenios.Credential, error) {
		return credential(p.Seed, p.h.PlannedGroup(all), c.UUID, number)
	}
	var list []box.Made
	weights := map[int]int{}
	for _, v := range voters {
		if !v.Stands() {
			continue
		}
		weights[v.Weight]++
		if has[v.ID] {
			continue
		}
		secret, err := secretOf(v.Number)
		if err != nil {
			return err
		}
		list = append(list, box.Made{Voter: v.Number, Public: secret.Public().String()})
	}
	spare := 0
	for weight, n := range weights {
		for range box.Spares(n) {
			spare--
			secret, err := secretOf(spare)
			if err != nil {
				return err
			}
			list = append(list, box.Made{Weight: weight, Public: secret.Public().String()})
		}
	}
	return p.h.Boxes.Deposit(ctx, p.Officials.Registrar, p.Org, c.ID, box.Printed, list)
}

// Credential is the secret credential of a voter, by number on the roll.
func (p *Poll) Credential(ctx context.Context, c poll.Contest, number int) (*belenios.Credential, error) {
	all, err := p.Now(ctx)
	if err != nil {
		return nil, err
	}
	return credential(p.Seed, p.h.PlannedGroup(all), c.UUID, number)
}

func credential(seed, groupName, uuid string, number int) (*belenios.Credential, error) {
	g, ok := group.ByName(groupName)
	if !ok {
		return nil, fault.Errorf(fault.Invalid, "there is no group %s", groupName)
	}
	code, err := Code(seed, uuid, number)
	if err != nil {
		return nil, err
	}
	return belenios.DeriveCredential(g, uuid, code)
}

// Key has the keyholders make the key together.
func (p *Poll) Key(ctx context.Context) (err error) {
	if list, err := p.voted(ctx); err != nil || len(list) == 0 {
		return err
	}
	if p.Setup, err = p.h.Keys.Begin(ctx, p.Officials.ReturningOfficer, p.Org, p.ID, false); err != nil {
		return err
	}
	for _, step := range []keys.Step{keys.Cert, keys.Polynomial, keys.Voutput} {
		for _, person := range p.Officials.Keyholders {
			if err := p.sends(ctx, person, step); err != nil {
				return fmt.Errorf("a keyholder sends the %s: %w", step, err)
			}
		}
	}
	return nil
}

// sends works out a keyholder's next message, as their program does, and sends it.
func (p *Poll) sends(ctx context.Context, person string, step keys.Step) error {
	in, err := p.h.Keys.Input(ctx, p.Org, p.Setup, person)
	if err != nil {
		return err
	}
	m, g, err := p.member(in.Group, in.Number)
	if err != nil {
		return err
	}
	random := chance(p.Seed, fmt.Sprintf("ceremony %s %d %s", p.Plan.Poll.Code, in.Number, step))
	var certs []*belenios.Cert
	for _, text := range in.Certs {
		c, err := belenios.ParseCert(g, []byte(text))
		if err != nil {
			return err
		}
		certs = append(certs, c)
	}
	var body []byte
	switch step {
	case keys.Cert:
		c, err := m.Cert(random)
		if err != nil {
			return err
		}
		body = c.Bytes()
	case keys.Polynomial:
		c, err := m.Polynomial(random, certs, in.Threshold)
		if err != nil {
			return err
		}
		body = c.Bytes()
	case keys.Voutput:
		v, err := belenios.ParseVinput(g, []byte(in.Vinput))
		if err != nil {
			return err
		}
		c, err := m.Voutput(random, certs, v)
		if err != nil {
			return err
		}
		body = c.Bytes()
	}
	return p.h.Keys.Send(ctx, person, p.Org, p.Setup, step, string(body))
}

func (p *Poll) member(groupName string, number int) (*belenios.Member, group.Group, error) {
	g, ok := group.ByName(groupName)
	if !ok {
		return nil, nil, fault.Errorf(fault.Invalid, "there is no group %s", groupName)
	}
	seed, err := KeyholderSeed(p.Seed, p.Plan.Poll.Code, number)
	if err != nil {
		return nil, nil, err
	}
	m, err := belenios.NewMember(g, seed)
	return m, g, err
}

// Notice gives notice of poll.
func (p *Poll) Notice(ctx context.Context) error {
	if list, err := p.voted(ctx); err != nil || len(list) == 0 {
		return err
	}
	return p.h.GiveNotice(ctx, p.Officials.ReturningOfficer, p.Org, p.ID)
}
