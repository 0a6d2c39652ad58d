package boothtest

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
)

// refused says that both programs must refuse a text.
func (p poll) refused(t *testing.T, b *booth, what, text string) {
	t.Helper()
	if p.verify(text) == nil {
		t.Errorf("%s: Go accepts", what)
	}
	if p.check(t, b, text) == nil {
		t.Errorf("%s: the booth accepts", what)
	}
}

// No text or number of a ballot can be another: each is replaced by the next of its kind in the ballot, by one more, and by
// nothing.
func TestBallot_EveryPartMatters(t *testing.T) {
	b := open(t)
	for _, c := range []struct {
		group    string
		question belenios.Question
		values   []int
	}{
		{"Ed25519", orBlank(choose(2, 1, 2)), []int{0, 1, 0}},
		{"BELENIOS-2048", choose(2, 1, 1), []int{0, 1}},
		{"RFC-3526-2048", rank(3), []int{0, 2, 1}},
	} {
		t.Run(c.group, func(t *testing.T) {
			p := newPoll(t, c.group, c.question)
			got, err := p.lock(t, b, seed(1), [][]int{c.values})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.verify(got.Text); err != nil {
				t.Fatal(err)
			}
			strings := regexp.MustCompile(`:"([^"]*)"`).FindAllStringSubmatchIndex(got.Text, -1)
			for i, at := range strings {
				from, to := at[2], at[3]
				replace := func(by string) string { return got.Text[:from] + by + got.Text[to:] }
				own := got.Text[from:to]
				where := fmt.Sprintf("text %d of %d", i+1, len(strings))
				p.refused(t, b, where+" empty", replace(""))
				p.refused(t, b, where+" with a digit more", replace(own+"0"))
				p.refused(t, b, where+" with a leading zero", replace("0"+own))
				if next := strings[(i+2)%len(strings)]; got.Text[next[2]:next[3]] != own {
					p.refused(t, b, where+" by another of the ballot", replace(got.Text[next[2]:next[3]]))
				}
				if n, ok := new(big.Int).SetString(own, 10); ok {
					p.refused(t, b, where+" one more", replace(n.Add(n, big.NewInt(1)).String()))
				}
			}
		})
	}
}

// A ballot has one text: another text of the same JSON value is not a ballot, or one ballot could have two trackers.
func TestBallot_OneForm(t *testing.T) {
	b := open(t)
	p := newPoll(t, "Ed25519", choose(2, 1, 1))
	g, _ := group.ByName("Ed25519")
	got, err := p.lock(t, b, seed(2), [][]int{{1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	text := got.Text
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(text), "", " "); err != nil {
		t.Fatal(err)
	}
	response := got.Signature.Proof.Response
	n, _ := new(big.Int).SetString(response, 10)
	for what, other := range map[string]string{
		"a line feed after it":      text + "\n",
		"a space before it":         " " + text,
		"indented":                  indented.String(),
		"a field more":              strings.Replace(text, `{"election_uuid"`, `{"more":1,"election_uuid"`, 1),
		"a field more in a proof":   strings.Replace(text, `{"challenge"`, `{"more":1,"challenge"`, 1),
		"a field twice":             strings.Replace(text, `{"election_uuid"`, `{"election_uuid":"`+uuid+`","election_uuid"`, 1),
		"fields in another order":   strings.Replace(text, `"alpha":`, `"beta":"","alpha":`, 1),
		"an escape":                 strings.Replace(text, uuid, `\u0037`+uuid[1:], 1),
		"a response above q":        strings.Replace(text, response, n.Add(n, g.Order()).String(), 1),
		"a blank proof unasked for": strings.Replace(text, `]}],"signature"`, `],"blank_proof":[]}],"signature"`, 1),
		"no signature":              text[:strings.Index(text, `,"signature"`)] + "}",
		"an answer more":            strings.Replace(text, `"answers":[`, `"answers":[{},`, 1),
		"half of it":                text[:len(text)/2],
		"nothing":                   "",
		"null":                      "null",
	} {
		if other == text {
			t.Fatalf("%s: the text is the same", what)
		}
		p.refused(t, b, what, other)
	}
}

// A ballot is worth nothing in another election, and its answers are worth nothing under another voter's name.
func TestBallot_OfAnotherElectionOrVoter(t *testing.T) {
	b := open(t)
	p := newPoll(t, "Ed25519", choose(2, 1, 1))
	got, err := p.lock(t, b, seed(3), [][]int{{1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	other := newPoll(t, "Ed25519", choose(2, 1, 1))
	other.refused(t, b, "another election", got.Text)
	renamed := strings.Replace(got.Text, p.Fingerprint(), other.Fingerprint(), 1)
	other.refused(t, b, "another election, by its fingerprint", renamed)

	thief, err := belenios.NewBallot(rand.Reader, p.Election, other.voter, [][]int{{1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	stolen := strings.Replace(got.Text, p.voter.Public().String(), string(thief.Credential().String()), 1)
	if err := p.check(t, b, stolen); err == nil {
		t.Error("the booth accepts answers under another name")
	}
}

// An element outside the subgroup whose proof holds: alpha = -g^r, with the nonce drawn until the challenge is even, so that
// (-1)^challenge = 1. Only the test of membership finds it.
func TestBallot_OutsideTheSubgroup(t *testing.T) {
	b := open(t)
	p := newPoll(t, "RFC-3526-2048", rank(2))
	g, _ := group.ByName("RFC-3526-2048")
	honest, err := belenios.NewBallot(rand.Reader, p.Election, p.voter, [][]int{{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	minusOne := parse(t, g, minusOneIn(g))
	r, err := g.RandomScalar(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	alpha := g.Mul(g.ExpG(r), minusOne)
	beta := honest.Answers()[0].(*belenios.RankedAnswer).Choices.Beta
	prefix := fmt.Sprintf("raweg|%s|%s|%s,%s,%s|", p.Fingerprint(), p.voter.Public(), p.PublicKey(), alpha, beta)
	challenge, response := prove(t, g, r, prefix, true)
	unsigned := fmt.Sprintf(`{"election_uuid":%q,"election_hash":%q,"credential":%q,"answers":[{"choices":{"alpha":%q,"beta":%q},"proof":{"challenge":%q,"response":%q}}]`,
		uuid, p.Fingerprint(), p.voter.Public(), alpha, beta, challenge, response)
	hash := belenios.Fingerprint([]byte(unsigned + "}"))
	challenge, response = prove(t, g, p.voter.Secret(), "sig|"+hash+"|", false)
	text := fmt.Sprintf(`%s,"signature":{"hash":%q,"proof":{"challenge":%q,"response":%q}}}`, unsigned, hash, challenge, response)

	p.refused(t, b, "alpha outside the subgroup", text)
	if err := p.check(t, b, text); err == nil || !strings.Contains(err.Error(), "not a member") {
		t.Errorf("the booth refuses it for another reason: %v", err)
	}
}

// minusOneIn is p - 1 for RFC-3526-2048: the greatest number that is an element.
func minusOneIn(g group.Group) string {
	p := new(big.Int).Lsh(g.Order(), 1)
	return p.String() // p = 2q + 1
}

// prove is a proof of knowledge of log_g, with an even challenge on demand.
func prove(t *testing.T, g group.Group, secret group.Scalar, prefix string, even bool) (challenge, response group.Scalar) {
	t.Helper()
	for {
		w, err := g.RandomScalar(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		c := g.HashScalar([]byte(prefix + g.ExpG(w).String()))
		if !even || c.Big().Bit(0) == 0 {
			return c, w.Sub(secret.Mul(c))
		}
	}
}

// Elections that the booth must not open.
func TestElection_Refused(t *testing.T) {
	b := open(t)
	p := newPoll(t, "Ed25519", choose(2, 1, 1))
	text := string(p.Bytes())
	same(t, "fingerprint", p.Fingerprint(), must[string](t, b, map[string]any{"do": "election", "election": text}))
	key := p.PublicKey().String()
	for what, other := range map[string]string{
		"version 2":                strings.Replace(text, `"version":1`, `"version":2`, 1),
		"another group":            strings.Replace(text, `"Ed25519"`, `"P-256"`, 1),
		"group of the language":    strings.Replace(text, `"Ed25519"`, `"constructor"`, 1),
		"the identity as key":      strings.Replace(text, key, strings.Repeat("0", 63)+"1", 1),
		"a key of order 2":         strings.Replace(text, key, "7f"+strings.Repeat("f", 60)+"ec", 1),
		"a key that is no point":   strings.Replace(text, key, strings.Repeat("0", 63)+"2", 1),
		"more than there are":      strings.Replace(text, `"max":1`, `"max":3`, 1),
		"more than the most":       strings.Replace(text, `"min":1`, `"min":2`, 1),
		"no answers":               strings.Replace(text, `["Answer 1","Answer 2"]`, `[]`, 1),
		"no questions":             regexp.MustCompile(`"questions":\[.*\],"uuid"`).ReplaceAllString(text, `"questions":[],"uuid"`),
		"a ranking in Ed25519":     regexp.MustCompile(`"questions":\[.*\],"uuid"`).ReplaceAllString(text, `"questions":[{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"r"}}],"uuid"`),
		"an unknown question":      regexp.MustCompile(`"questions":\[.*\],"uuid"`).ReplaceAllString(text, `"questions":[{"type":"Lists","value":{"answers":["a","b"],"question":"r"}}],"uuid"`),
		"an identifier too short":  strings.Replace(text, uuid, "abc", 1),
		"an identifier with quote": strings.Replace(text, uuid, `7Fq3xyz\"ABCDEF`, 1),
	} {
		if other == text {
			t.Fatalf("%s: the text is the same", what)
		}
		if _, err := ask[string](t, b, map[string]any{"do": "election", "election": other}); err == nil {
			t.Errorf("%s: the booth opens it", what)
		}
		e, err := belenios.ParseElection([]byte(other))
		if err == nil {
			err = e.CheckMembership()
		}
		if err == nil {
			t.Errorf("%s: Go opens it", what)
		}
	}
}

// A spoilt ballot opens with its seed to what was locked, and to nothing else.
func TestSpoilt_Opens(t *testing.T) {
	b := open(t)
	for _, c := range []struct {
		group          string
		question       belenios.Question
		values, others []int
	}{
		{"Ed25519", orBlank(choose(2, 1, 2)), []int{0, 1, 0}, []int{1, 0, 0}},
		{"BELENIOS-2048", choose(3, 1, 1), []int{0, 1, 0}, []int{0, 0, 1}},
		{"RFC-3526-2048", rank(3), []int{0, 2, 1}, []int{0, 1, 2}},
	} {
		t.Run(c.group, func(t *testing.T) {
			p := newPoll(t, c.group, c.question)
			got, err := p.lock(t, b, seed(4), [][]int{c.values})
			if err != nil {
				t.Fatal(err)
			}
			opens := func(tracker string, values []int, seed []byte, credential string) error {
				_, err := ask[[][]int](t, b, map[string]any{"do": "open", "election": string(p.Bytes()), "tracker": tracker, "opening": map[string]any{
					"credential": credential, "values": [][]int{values}, "seed": hex.EncodeToString(seed),
					"proof": map[string]string{"challenge": got.Signature.Proof.Challenge, "response": got.Signature.Proof.Response},
				}})
				return err
			}
			own := p.voter.Public().String()
			if err := opens(got.Tracker, c.values, seed(4), own); err != nil {
				t.Error("does not open:", err)
			}
			for what, err := range map[string]error{
				"another vote":       opens(got.Tracker, c.others, seed(4), own),
				"another seed":       opens(got.Tracker, c.values, seed(5), own),
				"another tracker":    opens(belenios.Fingerprint([]byte("x")), c.values, seed(4), own),
				"another credential": opens(got.Tracker, c.values, seed(4), p.PublicKey().String()),
			} {
				if err == nil {
					t.Errorf("opens to %s", what)
				}
			}
		})
	}
}

// Two ballots of the same vote have nothing in common: without a seed given, the browser's generator is asked.
func TestBallot_FreshChance(t *testing.T) {
	b := open(t)
	p := newPoll(t, "Ed25519", choose(2, 1, 1))
	request := map[string]any{"do": "lock", "election": string(p.Bytes()), "secret": p.voter.Secret().String(), "values": [][]int{{1, 0}}}
	first, second := must[locked](t, b, request), must[locked](t, b, request)
	for _, text := range regexp.MustCompile(`"(?:alpha|beta|challenge|response)":"([^"]*)"`).FindAllStringSubmatch(first.Text, -1) {
		if strings.Contains(second.Text, text[1]) {
			t.Errorf("%s is in both", text[0])
		}
	}
}
