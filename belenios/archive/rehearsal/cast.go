package rehearsal

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/group"
)

// Trustee is one of the cast, with what is theirs alone.
type Trustee struct {
	Owner   int
	Private *belenios.PrivateKey
	Public  *belenios.TrusteeKey
	// Of a trustee who shares a key:
	Seed, DecryptionKey string
	Cert                *belenios.Cert
}

// Cast are the parties of a rehearsal.
type Cast struct {
	UUID        string
	Credentials []string // secret, by voter
	Trustees    []Trustee
	Election    *belenios.Election

	plan   Plan
	group  group.Group
	random io.Reader
	voters []*belenios.Credential
}

// assemble makes everybody's keys and the election.
func assemble(random io.Reader, p Plan) (c *Cast, t *belenios.Trustees, list *belenios.Credentials, err error) {
	g, err := p.group()
	if err != nil {
		return nil, nil, nil, err
	}
	c = &Cast{plan: p, group: g, random: random}
	text, err := belenios.GenerateCredential(random)
	if err != nil {
		return nil, nil, nil, err
	}
	c.UUID = strings.ReplaceAll(text, "-", "")[:14]
	if t, err = c.trustees(); err != nil {
		return nil, nil, nil, err
	}
	if list, err = c.registrar(); err != nil {
		return nil, nil, nil, err
	}
	c.Election, err = belenios.NewElection(belenios.ElectionParams{
		UUID: c.UUID, Name: p.Name, Group: g, PublicKey: t.PublicKey(), Questions: p.Questions, Extra: p.Extra,
		Administrator: "A rehearsal", CredentialAuthority: "A rehearsal",
	})
	return c, t, list, err
}

// trustees makes the keys of all items.
func (c *Cast) trustees() (*belenios.Trustees, error) {
	var items []belenios.Item
	for _, i := range c.plan.Items {
		item, err := c.item(i)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return belenios.NewTrustees(c.group, items...)
}

func (c *Cast) item(i Item) (belenios.Item, error) {
	if i.Members > 0 {
		return c.ceremony(i)
	}
	private, err := belenios.GeneratePrivateKey(c.group, c.random)
	if err != nil {
		return nil, err
	}
	public, err := private.TrusteeKey(c.random)
	if err != nil {
		return nil, err
	}
	c.Trustees = append(c.Trustees, Trustee{Owner: len(c.Trustees) + 1, Private: private, Public: public})
	return belenios.Single{Key: public}, nil
}

// registrar draws the credentials.
func (c *Cast) registrar() (*belenios.Credentials, error) {
	var public []belenios.PublicCredential
	for v := range c.plan.Voters {
		text, err := belenios.GenerateCredential(c.random)
		if err != nil {
			return nil, err
		}
		secret, err := belenios.DeriveCredential(c.group, c.UUID, text)
		if err != nil {
			return nil, err
		}
		c.Credentials, c.voters = append(c.Credentials, text), append(c.voters, secret)
		public = append(public, belenios.PublicCredential{Key: secret.Public(), Weight: c.plan.weight(v)})
	}
	slices.SortFunc(public, func(a, b belenios.PublicCredential) int {
		return cmp.Compare(a.Key.String(), b.Key.String())
	})
	return belenios.NewCredentials(c.group, public)
}

// Ballot is a ballot of a voter.
func (c *Cast) Ballot(voter int) (*belenios.Ballot, error) {
	b, err := belenios.NewBallot(c.random, c.Election, c.voters[voter], c.plan.Votes(voter))
	if err != nil {
		return nil, fmt.Errorf("voter %d: %w", voter+1, err)
	}
	return b, nil
}
