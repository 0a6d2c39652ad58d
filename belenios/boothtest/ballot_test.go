package boothtest

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
)

// poll is an election with one voter, ready for ballots.
type poll struct {
	*belenios.Election
	voter    *belenios.Credential
	verifier *belenios.Verifier
}

func newPoll(t *testing.T, groupName string, questions ...belenios.Question) poll {
	t.Helper()
	g, ok := group.ByName(groupName)
	if !ok {
		t.Fatal(groupName)
	}
	key, err := belenios.GeneratePrivateKey(g, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	e, err := belenios.NewElection(belenios.ElectionParams{
		UUID: uuid, Name: `Staff council <2026> & "more"`, Description: "Cyngor y staff, ŵ", Group: g, PublicKey: key.Public(), Questions: questions,
		Extra: []belenios.Field{{Name: "commonweal", Raw: []byte(`{"revote":"first-counts"}`)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := g.RandomScalar(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	voter, err := belenios.NewCredential(g, secret)
	if err != nil {
		t.Fatal(err)
	}
	list, err := belenios.NewCredentials(g, []belenios.PublicCredential{{Key: voter.Public(), Weight: 1}})
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := belenios.NewVerifier(e, list)
	if err != nil {
		t.Fatal(err)
	}
	return poll{e, voter, verifier}
}

// verify is what the server does with a ballot.
func (p poll) verify(text string) error {
	ballot, err := belenios.ParseBallot(p.Election, []byte(text))
	if err != nil {
		return err
	}
	return p.verifier.Ballot(ballot)
}

type locked struct {
	Text, Tracker string
	Signature     struct {
		Hash  string
		Proof struct{ Challenge, Response string }
	}
}

func (p poll) lock(t *testing.T, b *booth, seed []byte, values [][]int) (locked, error) {
	t.Helper()
	return ask[locked](t, b, map[string]any{
		"do": "lock", "election": string(p.Bytes()), "secret": p.voter.Secret().String(), "values": values, "seed": hex.EncodeToString(seed),
	})
}

func (p poll) check(t *testing.T, b *booth, text string) error {
	t.Helper()
	_, err := ask[struct{ Tracker, Credential string }](t, b, map[string]any{"do": "check", "election": string(p.Bytes()), "ballot": text})
	return err
}

func answers(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("Answer %d", i+1)
	}
	return list
}

func choose(n, from, to int) belenios.Question {
	return belenios.Question{Title: "Choose", Answers: answers(n), Min: from, Max: to}
}

func orBlank(q belenios.Question) belenios.Question {
	q.Blank = true
	return q
}

func rank(n int) belenios.Question {
	return belenios.Question{Kind: belenios.NonHomomorphic, Title: "Rank", Answers: answers(n)}
}

// kinds are the questions that a poll may ask, each with what a voter may answer. The values of a question with blank votes
// begin with 1 for a blank vote.
var kinds = []struct {
	name      string
	questions []belenios.Question
	votes     [][][]int
}{
	{"one of three", []belenios.Question{choose(3, 1, 1)}, [][][]int{{{1, 0, 0}}, {{0, 0, 1}}}},
	{"two or three of five", []belenios.Question{choose(5, 2, 3)}, [][][]int{{{1, 0, 0, 1, 0}}, {{1, 0, 1, 0, 1}}}},
	{"any of two", []belenios.Question{choose(2, 0, 2)}, [][][]int{{{0, 0}}, {{0, 1}}, {{1, 1}}}},
	{"only answer", []belenios.Question{choose(1, 0, 1)}, [][][]int{{{0}}, {{1}}}},
	{"yes, no or blank", []belenios.Question{orBlank(choose(2, 1, 1))}, [][][]int{{{0, 1, 0}}, {{0, 0, 1}}, {{1, 0, 0}}}},
	{"up to two of three or blank", []belenios.Question{orBlank(choose(3, 0, 2))}, [][][]int{{{0, 0, 0, 0}}, {{0, 1, 0, 1}}, {{1, 0, 0, 0}}}},
	{"rank five", []belenios.Question{rank(5)}, [][][]int{{{2, 1, 0, 3, 0}}, {{0, 0, 0, 0, 0}}, {{5, 4, 3, 2, 1}}}},
	{"rank one", []belenios.Question{rank(1)}, [][][]int{{{255}}}},
	{"three questions", []belenios.Question{choose(2, 1, 1), orBlank(choose(2, 1, 2)), choose(3, 1, 3)}, [][][]int{{{0, 1}, {1, 0, 0}, {1, 1, 1}}}},
	{"a choice and a ranking", []belenios.Question{choose(2, 1, 1), rank(3)}, [][][]int{{{0, 1}, {1, 2, 3}}}},
}

// inAllGroups runs the test for each kind of question in each group that can ask it. Choices are slow in RFC-3526-2048, so one
// vote of each has to do there.
func inAllGroups(t *testing.T, test func(t *testing.T, p poll, votes [][][]int)) {
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		for _, kind := range kinds {
			ranked := slices.ContainsFunc(kind.questions, func(q belenios.Question) bool { return q.Kind == belenios.NonHomomorphic })
			if ranked && g.EncodeLimit() == 0 {
				continue
			}
			votes := kind.votes
			if g.Order().BitLen() > 256 && !ranked {
				votes = votes[:1]
			}
			t.Run(name+"/"+kind.name, func(t *testing.T) { test(t, newPoll(t, name, kind.questions...), votes) })
		}
	}
}

// What the booth locks, the server accepts, and the booth's own check too. And of the same vote, the same credential and the
// same chance Go makes the same ballot, byte for byte: so whoever has the seed of a spoilt ballot can open it with either
// program.
func TestBallot_OfTheBooth(t *testing.T) {
	b := open(t)
	inAllGroups(t, func(t *testing.T, p poll, votes [][][]int) {
		for i, values := range votes {
			got, err := p.lock(t, b, seed(i), values)
			if err != nil {
				t.Fatalf("%v: %v", values, err)
			}
			if err := p.verify(got.Text); err != nil {
				t.Errorf("%v: Go refuses: %v", values, err)
			}
			if err := p.check(t, b, got.Text); err != nil {
				t.Errorf("%v: the booth refuses its own: %v", values, err)
			}
			same(t, "tracker", belenios.Fingerprint([]byte(got.Text)), got.Tracker)
			again, err := belenios.NewBallot(&chance{seed: seed(i)}, p.Election, p.voter, values)
			if err != nil {
				t.Fatalf("%v: %v", values, err)
			}
			same(t, fmt.Sprint(values), string(again.Bytes()), got.Text)
		}
	})
}

// What Go locks with chance of its own, the booth's check accepts.
func TestBallot_OfGo(t *testing.T) {
	b := open(t)
	inAllGroups(t, func(t *testing.T, p poll, votes [][][]int) {
		ballot, err := belenios.NewBallot(rand.Reader, p.Election, p.voter, votes[0])
		if err != nil {
			t.Fatalf("%v: %v", votes[0], err)
		}
		if err := p.check(t, b, string(ballot.Bytes())); err != nil {
			t.Errorf("%v: the booth refuses: %v", votes[0], err)
		}
	})
}

// Every answer to a small question is accepted by both or refused by both.
func TestBallot_SameVotesRefused(t *testing.T) {
	b := open(t)
	for _, q := range []belenios.Question{choose(3, 1, 1), choose(3, 0, 2), choose(2, 2, 2), orBlank(choose(2, 1, 1)), orBlank(choose(2, 0, 1))} {
		p := newPoll(t, "Ed25519", q)
		width := q.Ciphertexts()
		votes := [][]int{{}, make([]int, width-1), make([]int, width+1)}
		for n := range 1 << (2 * width) { // each value from -1 to 2
			values := make([]int, width)
			for i := range values {
				values[i] = n>>(2*i)&3 - 1
			}
			votes = append(votes, values)
		}
		for i, values := range votes {
			if i%5 != 0 && slices.Max(append(values, 0)) > 1 {
				continue // most of what is refused for the same reason
			}
			_, goErr := belenios.NewBallot(rand.Reader, p.Election, p.voter, [][]int{values})
			_, err := p.lock(t, b, seed(i), [][]int{values})
			if (err == nil) != (goErr == nil) {
				t.Errorf("%v of %d to %d, blank %t: the booth says %v, Go says %v", values, q.Min, q.Max, q.Blank, err, goErr)
			}
		}
	}
	for _, values := range [][]int{{1, 2}, {1, 2, 3, 4}, {1, 2, 256}, {1, 2, -1}} {
		p := newPoll(t, "RFC-3526-2048", rank(3))
		if _, err := p.lock(t, b, seed(0), [][]int{values}); err == nil {
			t.Errorf("the booth locks the ranking %v", values)
		}
	}
}
