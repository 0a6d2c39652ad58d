package belenios

import (
	"crypto/rand"
	"strconv"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// everyForm has a question of each form: one of n, k of n, a range, blank, blank with
// min 0, and a ranking where the group can.
func everyForm(g group.Group) ([]Question, [][]int) {
	questions := []Question{choose(1, 1, 2, false), choose(0, 2, 3, false), choose(1, 2, 2, true), choose(0, 1, 1, true)}
	values := [][]int{{0, 1}, {1, 0, 1}, {0, 1, 1}, {1, 0}}
	if g.EncodeLimit() > 0 {
		questions, values = append(questions, rank(3)), append(values, []int{3, 1, 255})
	}
	return questions, values
}

// resign puts answers into a ballot anew and signs it, as a voter could who wants to
// cheat: what remains is what the proofs alone hold.
func (s *scene) resign(t testing.TB, voter int, answers string) *Ballot {
	t.Helper()
	g := s.group
	c := s.voters[voter]
	unsigned := `{"election_uuid":"` + s.election.UUID() + `","election_hash":"` + s.election.Fingerprint() +
		`","credential":"` + c.Public().String() + `","answers":` + answers
	hash := Fingerprint([]byte(unsigned + "}"))
	w, err := g.RandomScalar(rand.Reader)
	must(t, err)
	signature := appendSignature(nil, Signature{hash, schnorr(g, c.Secret(), w, signatureHash(g, hash))})
	b, err := ParseBallot(s.election, []byte(unsigned+`,"signature":`+string(signature)+"}"))
	must(t, err)
	return b
}

// answersOf is the text of a ballot's answers.
func answersOf(b *Ballot) string {
	text := string(b.Bytes())
	return text[strings.Index(text, `"answers":`)+len(`"answers":`) : strings.LastIndex(text, `,"signature":`)]
}

func TestBallot_EveryValueMatters(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, _ := group.ByName(name)
			questions, values := everyForm(g)
			s := plan{group: name, questions: questions, voters: 2}.make(t)
			b := s.cast(t, 0, values...)
			read, err := ParseBallot(s.election, b.Bytes())
			must(t, err)
			must(t, read.CheckMembership())
			must(t, s.verifier.Ballot(read))
			must(t, s.verifier.Ballot(b))

			for _, m := range mutants(t, g, string(b.Bytes())) {
				changed, err := ParseBallot(s.election, []byte(m.text))
				must(t, err)
				if s.verifier.Ballot(changed) == nil {
					t.Errorf("verifies with another %s", m.name)
				}
			}
			// With a good signature over the changed answers, a proof must fail.
			for _, m := range mutants(t, g, answersOf(b)) {
				if s.verifier.Ballot(s.resign(t, 0, m.text)) == nil {
					t.Errorf("verifies, signed anew, with another %s", m.name)
				}
			}
			must(t, s.verifier.Ballot(s.resign(t, 0, answersOf(b))))
		})
	}
}

// The proofs name the voter, so nobody can cast a copy of another's vote.
func TestBallot_AnswersOfAnother(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			g, _ := group.ByName(name)
			questions, values := everyForm(g)
			s := plan{group: name, questions: questions, voters: 2}.make(t)
			b := s.cast(t, 0, values...)
			if s.verifier.Ballot(s.resign(t, 1, answersOf(b))) == nil {
				t.Error("answers of voter 1 verify under the signature of voter 2")
			}
		})
	}
}

// Everything around the answers is bound, too.
func TestBallot_Surroundings(t *testing.T) {
	questions := []Question{choose(1, 1, 3, false), choose(1, 1, 3, false)}
	p := plan{group: "Ed25519", questions: questions, voters: 2}
	s, other := p.make(t), p.make(t)
	b := s.cast(t, 0, []int{0, 1, 0}, []int{1, 0, 0})
	text := string(b.Bytes())
	a := s.verifier.credentials.At(0).Key.String()
	first := string(b.answers[0].append(nil))
	second := string(b.answers[1].append(nil))
	h := b.answers[0].(*HomomorphicAnswer)
	reordered := &HomomorphicAnswer{
		Choices:    []Ciphertext{h.Choices[1], h.Choices[0], h.Choices[2]},
		Individual: [][]Proof{h.Individual[1], h.Individual[0], h.Individual[2]},
		Overall:    h.Overall,
	}
	for _, c := range []struct {
		name, old, new string
	}{
		{"uuid of another election", sceneUUID, "cYkHbLW5E9mJwV"},
		{"fingerprint of another election", s.election.Fingerprint(), other.election.Fingerprint()},
		{"credential of another voter", a, s.voters[1].Public().String()},
		{"credential of nobody", a, other.voters[0].Public().String()},
		{"answers to two questions exchanged", first + "," + second, second + "," + first},
		{"two choices exchanged with their proofs", first, string(reordered.append(nil))},
		{"another hash", b.signature.Hash, Fingerprint([]byte("x"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.Replace(text, c.old, c.new, 1)
			if changed == text {
				t.Fatal("nothing changed")
			}
			read, err := ParseBallot(s.election, []byte(changed))
			must(t, err)
			if s.verifier.Ballot(read) == nil {
				t.Error("verifies")
			}
		})
	}
	signed := s.resign(t, 0, "["+string(reordered.append(nil))+","+second+"]")
	if s.verifier.Ballot(signed) == nil {
		t.Error("two choices exchanged with their proofs verify under a new signature")
	}
	read, err := ParseBallot(other.election, b.Bytes())
	must(t, err)
	if s.verifier.Ballot(read) == nil || other.verifier.Ballot(read) == nil {
		t.Error("a ballot that was read for another election verifies")
	}
}

// A dishonest voter makes every proof as well as can be for an answer that is not
// allowed. The overall proof then has no true alternative.
func TestBallot_AnswerOutOfRange(t *testing.T) {
	for _, c := range []struct {
		name     string
		question Question
		values   []int
	}{
		{"two of at most one", choose(0, 1, 3, false), []int{1, 1, 0}},
		{"none of at least one", choose(1, 2, 3, false), []int{0, 0, 0}},
		{"a choice counted twice", choose(0, 2, 3, false), []int{2, 0, 0}},
		{"blank, and a choice", choose(1, 2, 3, true), []int{1, 1, 0, 0}},
		{"not blank, and nothing", choose(1, 2, 3, true), []int{0, 0, 0, 0}},
		{"not blank, and too much", choose(1, 2, 3, true), []int{0, 1, 1, 1}},
		{"too few values", choose(0, 1, 3, false), []int{1, 0}},
		{"a negative value", choose(0, 1, 3, false), []int{-1, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plan{group: "BELENIOS-2048", questions: []Question{c.question}, voters: 1}.make(t)
			if _, err := NewBallot(rand.Reader, s.election, s.voters[0], [][]int{c.values}); err == nil {
				t.Fatal("a ballot was made")
			}
			if len(c.values) != c.question.width() || c.values[0] < 0 {
				return // there is no ciphertext to prove anything of
			}
			if err := s.verifier.Ballot(s.forge(t, c.values)); err == nil {
				t.Error("verifies")
			}
		})
	}
}

// forge answers the only question with values that were not checked.
func (s *scene) forge(t *testing.T, values []int) *Ballot {
	t.Helper()
	q := s.election.Questions()[0]
	s0 := s.election.Fingerprint() + "|" + s.voters[0].Public().String()
	a := &HomomorphicAnswer{}
	var parts []encrypted
	for _, v := range values {
		part, err := encrypt(rand.Reader, s.election, v)
		must(t, err)
		parts = append(parts, part)
		a.Choices = append(a.Choices, part.Ciphertext)
		proofs, err := proveOneOf(rand.Reader, s.election, commitmentHash(s.group, intervalPrefix(s0, part.Ciphertext)), part.interval(s.group, 0, 1))
		must(t, err)
		a.Individual = append(a.Individual, proofs)
	}
	text := choicesHash(s0, a.Choices)
	if q.Blank {
		must(t, a.proveBlank(rand.Reader, s.election, &q, text, parts))
	} else {
		total := sum(s.group, parts)
		var err error
		a.Overall, err = proveOneOf(rand.Reader, s.election, commitmentHash(s.group, intervalPrefix(text, total.Ciphertext)), total.interval(s.group, q.Min, q.Max))
		must(t, err)
	}
	return s.resign(t, 0, "["+string(a.append(nil))+"]")
}

// A ciphertext times an element of small order decrypts to something else, or to
// nothing, while its proofs may still hold half of the time.
func TestBallot_ElementOutsideTheGroup(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			s := plan{group: name, questions: []Question{choose(0, 1, 1, false)}, voters: 1}.make(t)
			outside := outsider(t, s.group)
			b := s.cast(t, 0, []int{1})
			for _, half := range []func(*Ciphertext) *group.Element{
				func(x *Ciphertext) *group.Element { return &x.Alpha },
				func(x *Ciphertext) *group.Element { return &x.Beta },
			} {
				h := *b.answers[0].(*HomomorphicAnswer)
				h.Choices = []Ciphertext{h.Choices[0]}
				e := half(&h.Choices[0])
				*e = s.group.Mul(*e, outside)
				changed := s.resign(t, 0, "["+string(h.append(nil))+"]")
				err := s.verifier.Ballot(changed)
				if err == nil || !strings.Contains(err.Error(), "not a member") {
					t.Errorf("verifier says: %v", err)
				}
				if err := changed.CheckMembership(); err == nil || !strings.Contains(err.Error(), "not a member") {
					t.Errorf("membership check says: %v", err)
				}
			}
		})
	}
}

// outsider is an element of the ambient set that is not in the subgroup.
func outsider(t testing.TB, g group.Group) group.Element {
	t.Helper()
	texts := []string{strings.Repeat("0", 64)} // y = 0, of order 4
	for n := 2; n < 100; n++ {
		texts = append(texts, strconv.Itoa(n))
	}
	for _, text := range texts {
		if e, err := g.Parse(text); err == nil && !g.Member(e) {
			return e
		}
	}
	t.Fatal("every small number is in the group")
	return nil
}

// What a verifier says names the ballot, the answer and the proof.
func TestBallot_ErrorNamesTheProof(t *testing.T) {
	s := plan{group: "Ed25519", questions: []Question{choose(0, 1, 1, false), choose(0, 2, 3, true)}, voters: 1}.make(t)
	b := s.cast(t, 0, []int{1}, []int{0, 1, 0, 1})
	h := b.answers[1].(*HomomorphicAnswer)
	one := s.group.ScalarInt(1)
	for _, c := range []struct {
		want   string
		change func(*HomomorphicAnswer)
	}{
		{"answer 2: choice 3: individual proof", func(a *HomomorphicAnswer) { a.Individual[2] = bumped(a.Individual[2], one) }},
		{"answer 2: blank proof", func(a *HomomorphicAnswer) { a.Blank = bumped(a.Blank, one) }},
		{"answer 2: overall proof", func(a *HomomorphicAnswer) { a.Overall = bumped(a.Overall, one) }},
	} {
		changed := &HomomorphicAnswer{h.Choices, append([][]Proof{}, h.Individual...), h.Overall, h.Blank}
		c.change(changed)
		forged := s.resign(t, 0, "["+string(b.answers[0].append(nil))+","+string(changed.append(nil))+"]")
		want := "ballot " + forged.Tracker() + ": " + c.want + " does not verify"
		if err := s.verifier.Ballot(forged); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func bumped(proofs []Proof, one group.Scalar) []Proof {
	changed := append([]Proof{}, proofs...)
	changed[0].Response = changed[0].Response.Add(one)
	return changed
}

// A reader that runs dry gives an error, not a ballot with less chance in it.
func TestBallot_RandomnessFails(t *testing.T) {
	s := plan{group: "Ed25519", questions: []Question{choose(0, 1, 1, false)}, voters: 1}.make(t)
	for n := 0; n < 32*12; n += 32 {
		if _, err := NewBallot(&limited{n}, s.election, s.voters[0], [][]int{{1}}); err == nil {
			t.Errorf("a ballot was made of %d random bytes", n)
		}
	}
}

// limited gives n random bytes and then fails.
type limited struct{ n int }

func (l *limited) Read(b []byte) (int, error) {
	if l.n < len(b) {
		return 0, errDry
	}
	l.n -= len(b)
	return rand.Read(b)
}
