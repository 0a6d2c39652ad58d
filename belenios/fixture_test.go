package belenios

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"testing"

	"commonweal/belenios/group"
)

// scene is an election that is made for one test.
type scene struct {
	group       group.Group
	election    *Election
	keys        map[int]*PrivateKey // by owner
	trustees    *Trustees
	voters      []*Credential
	credentials *Credentials
	verifier    *Verifier
}

const sceneUUID = "cYkHbLW5E9mJwU"

// plan says what a scene is to have.
type plan struct {
	group     string
	questions []Question
	voters    int
	weights   []int64 // 1 where absent
	singles   int
	pedersen  int // members
	threshold int
}

func (p plan) make(t testing.TB) *scene {
	t.Helper()
	g, ok := group.ByName(p.group)
	if !ok {
		t.Fatalf("no group %s", p.group)
	}
	s := &scene{group: g, keys: map[int]*PrivateKey{}}
	if p.singles == 0 && p.pedersen == 0 {
		p.singles = 1
	}
	var items []Item
	for range p.singles {
		k, err := GeneratePrivateKey(g, rand.Reader)
		must(t, err)
		public, err := k.TrusteeKey(rand.Reader)
		must(t, err)
		items = append(items, Single{public})
		s.keys[len(s.keys)+1] = k
	}
	if p.pedersen > 0 {
		item, keys := ceremony(t, g, p.pedersen, p.threshold)
		items = append(items, item)
		for _, k := range keys {
			s.keys[len(s.keys)+1] = k
		}
	}
	var err error
	s.trustees, err = NewTrustees(g, items...)
	must(t, err)
	s.election, err = NewElection(ElectionParams{
		UUID: sceneUUID, Name: "Staff <council> & board", Description: "line\u2028separated \"quoted\"",
		Group: g, PublicKey: s.trustees.PublicKey(), Questions: p.questions,
		Extra: []Field{{"commonweal", []byte(`{"revote":"last-counts"}`)}},
	})
	must(t, err)
	must(t, s.trustees.CheckElection(s.election))
	var list []PublicCredential
	for i := range p.voters {
		secret, err := g.RandomScalar(rand.Reader)
		must(t, err)
		c, err := NewCredential(g, secret)
		must(t, err)
		weight := int64(1)
		if i < len(p.weights) {
			weight = p.weights[i]
		}
		s.voters = append(s.voters, c)
		list = append(list, PublicCredential{c.Public(), weight})
	}
	s.credentials, err = NewCredentials(g, list)
	must(t, err)
	s.verifier, err = NewVerifier(s.election, s.credentials)
	must(t, err)
	return s
}

// ceremony is all steps by our own program.
func ceremony(t testing.TB, g group.Group, members, threshold int) (Pedersen, []*PrivateKey) {
	t.Helper()
	var all []*Member
	var certs []*Cert
	for range members {
		seed, err := GenerateSeed(rand.Reader)
		must(t, err)
		m, err := NewMember(g, seed)
		must(t, err)
		c, err := m.Cert(rand.Reader)
		must(t, err)
		all, certs = append(all, m), append(certs, c)
	}
	var polynomials []*Polynomial
	for _, m := range all {
		p, err := m.Polynomial(rand.Reader, certs, threshold)
		must(t, err)
		polynomials = append(polynomials, p)
	}
	vinputs, err := NewVinputs(g, certs, polynomials)
	must(t, err)
	var voutputs []*Voutput
	for i, m := range all {
		v, err := m.Voutput(rand.Reader, certs, vinputs[i])
		must(t, err)
		voutputs = append(voutputs, v)
	}
	p, private, err := NewPedersen(g, certs, polynomials, voutputs)
	must(t, err)
	var keys []*PrivateKey
	for i, m := range all {
		k, err := m.PrivateKey(private[i])
		must(t, err)
		keys = append(keys, k)
	}
	return p, keys
}

func (s *scene) cast(t testing.TB, voter int, values ...[]int) *Ballot {
	t.Helper()
	b, err := NewBallot(rand.Reader, s.election, s.voters[voter], values)
	must(t, err)
	return b
}

// finish tallies with shuffles and the owners given, verifying each step from its bytes.
func (s *scene) finish(t testing.TB, ballots []*Ballot, shuffles int, owners ...int) *Result {
	t.Helper()
	must(t, s.verifier.Ballots(ballots))
	tally, sized, err := NewEncryptedTally(s.election, s.credentials, Last(ballots))
	must(t, err)
	for range shuffles {
		tally = s.shuffled(t, tally)
	}
	result, err := NewResult(s.election, s.trustees, tally, s.decrypt(t, tally, owners...), sized.TotalWeight)
	must(t, err)
	again, err := ParseResult(s.election, result.Bytes())
	must(t, err)
	same(t, "result", again.append(nil), result.Bytes())
	return result
}

func (s *scene) shuffled(t testing.TB, tally *EncryptedTally) *EncryptedTally {
	t.Helper()
	made, err := NewShuffle(rand.Reader, s.election, tally.NonHomomorphic())
	must(t, err)
	read, err := ParseShuffle(s.election, made.Bytes())
	must(t, err)
	must(t, read.Verify(s.election, tally.NonHomomorphic()))
	merged, err := tally.Merge(read.Ciphertexts())
	must(t, err)
	return merged
}

func (s *scene) decrypt(t testing.TB, tally *EncryptedTally, owners ...int) []OwnedDecryption {
	t.Helper()
	var all []OwnedDecryption
	for _, owner := range owners {
		made, err := NewPartialDecryption(rand.Reader, s.election, tally, s.keys[owner])
		must(t, err)
		read, err := ParsePartialDecryption(s.election, made.Bytes())
		must(t, err)
		all = append(all, OwnedDecryption{owner, read})
	}
	must(t, VerifyDecryptions(s.election, s.trustees, tally, all))
	return all
}

func same(t testing.TB, what string, got, want []byte) {
	t.Helper()
	if string(got) != string(want) {
		t.Fatalf("%s differs:\n%.300s\n%.300s", what, got, want)
	}
}

func must(t interface {
	Helper()
	Fatal(...any)
}, err error,
) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// vote draws an answer that the question admits.
func vote(r *mathrand.Rand, q *Question) []int {
	values := make([]int, q.width())
	if q.Kind == NonHomomorphic {
		for i := range values {
			values[i] = r.IntN(maxEncoded + 1)
		}
		return values
	}
	choices := values
	if q.Blank {
		choices = values[1:]
		if r.IntN(4) == 0 {
			values[0] = 1
			return values
		}
	}
	n := q.Min + r.IntN(q.Max-q.Min+1)
	for _, i := range r.Perm(len(choices))[:n] {
		choices[i] = 1
	}
	return values
}

// choose is a homomorphic question.
func choose(least, most, of int, blank bool) Question {
	q := Question{Title: fmt.Sprintf("From %d to %d of %d", least, most, of), Min: least, Max: most, Blank: blank}
	for i := range of {
		q.Answers = append(q.Answers, fmt.Sprintf("Candidate %d", i+1))
	}
	return q
}

// rank is a non-homomorphic question.
func rank(of int) Question {
	q := choose(0, 1, of, false)
	return Question{Kind: NonHomomorphic, Title: fmt.Sprintf("Rank %d", of), Answers: q.Answers}
}

// groupsFor are the groups in which all questions can be asked.
func groupsFor(questions []Question) []string {
	var names []string
next:
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		for _, q := range questions {
			if q.check(g) != nil {
				continue next
			}
		}
		names = append(names, name)
	}
	return names
}
