package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
	"commonweal/belenios/group"
)

// The challenge of a decryption proof is a hash of φ, X, A and B (section 4.18): neither
// of alpha nor of the factor. Whoever fixes A and B first and then chooses alpha can prove
// a wrong factor, and alpha is chosen by the voter whose ballot completes the sum, or by
// the trustee who shuffles last. These tests hold such elections: they are
// refused where the election asks for bound decryptions, and otherwise the report says
// what cannot be known.

// scalars gives the bytes of scalars, chosen ones where the test asks for them.
type scalars struct {
	g      group.Group
	chosen map[int]group.Scalar // by the number of the draw
	n      int
}

func (s *scalars) Read(p []byte) (int, error) {
	x, ok := s.chosen[s.n]
	if !ok {
		var err error
		if x, err = s.g.RandomScalar(rand.Reader); err != nil {
			return 0, err
		}
	}
	s.n++
	x.Big().FillBytes(p)
	return len(p), nil
}

// falseProof is what is fixed before alpha is: A = g^a, B = others^a g^b, their hash c.
type falseProof struct{ a, b, c group.Scalar }

func newFalseProof(t *testing.T, e *belenios.Election, x, others group.Element) falseProof {
	t.Helper()
	g := e.Group()
	a, err := g.RandomScalar(rand.Reader)
	fatal(t, err)
	b, err := g.RandomScalar(rand.Reader)
	fatal(t, err)
	left, right := g.ExpG(a), g.Mul(g.Exp(others, a), g.ExpG(b))
	c := g.HashScalar([]byte("decrypt|" + e.Fingerprint() + "|" + x.String() + "|" + left.String() + "," + right.String()))
	return falseProof{a, b, c}
}

// random is the r with which alpha = others × g^r suits a factor that adds shift to the
// logarithm of the plaintext.
func (f falseProof) random(shift group.Scalar) group.Scalar {
	inverse, _ := f.a.Inverse()
	return f.b.Add(shift.Mul(f.c)).Mul(inverse)
}

// decryption is a partial decryption whose factors of the first question are wrong.
func decryption(t *testing.T, e *belenios.Election, tally *belenios.EncryptedTally, key *belenios.PrivateKey, proofs []falseProof, shifts []group.Scalar) []byte {
	t.Helper()
	g := e.Group()
	x, err := g.ParseScalar(strings.Trim(string(key.Bytes()), `"`))
	fatal(t, err)
	var factors, shown []string
	for j, c := range tally.Lists()[0] {
		f := g.Mul(g.Exp(c.Alpha, x), g.ExpG(shifts[j].Neg()))
		factors = append(factors, fmt.Sprintf("%q", f.String()))
		shown = append(shown, fmt.Sprintf(`{"challenge":"%s","response":"%s"}`, proofs[j].c, proofs[j].a.Sub(x.Mul(proofs[j].c))))
	}
	return fmt.Appendf(nil, `{"decryption_factors":[[%s]],"decryption_proofs":[[%s]]}`, strings.Join(factors, ","), strings.Join(shown, ","))
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lastBallot holds an election in which three of four voters choose A, and the fifth, who
// votes last, and one of two trustees make that nobody. It stops before they decrypt.
func lastBallot(t *testing.T, extra ...belenios.Field) (path string, cast *rehearsal.Cast, board *archive.Board, wrong []byte) {
	t.Helper()
	path, cast = hold(t, rehearsal.Plan{
		Name: "Target", Group: counted, Voters: 5, Items: rehearsal.Singles(2), Stop: archive.Voting, Extra: extra,
		Questions: []belenios.Question{homomorphic("One?", 2, 1, 1, false)},
		Votes: func(v int) [][]int {
			return [][][]int{{{1, 0}}, {{1, 0}}, {{1, 0}}, {{0, 1}}, nil}[v]
		},
	})
	ctx := context.Background()
	board = onBoard(t, path)
	e := cast.Election
	g := e.Group()

	// What the others' ballots come to, which everybody sees.
	others := []group.Element{g.Identity(), g.Identity()}
	for _, c := range read(t, readFile(t, path)).chapters[1:] {
		b, err := belenios.ParseBallot(e, c.data[0])
		fatal(t, err)
		for j, choice := range b.Answers()[0].(*belenios.HomomorphicAnswer).Choices {
			others[j] = g.Mul(others[j], choice.Alpha)
		}
	}
	shifts := []group.Scalar{g.ScalarInt(-3), g.ScalarInt(3)}
	var proofs []falseProof
	chosen := map[int]group.Scalar{}
	const draws = 5 // of each choice: r, and a nonce and a challenge for 0 and for 1
	for j := range others {
		proofs = append(proofs, newFalseProof(t, e, cast.Trustees[0].Public.Key, others[j]))
		chosen[j*draws] = proofs[j].random(shifts[j])
	}
	secret, err := belenios.DeriveCredential(g, e.UUID(), cast.Credentials[4])
	fatal(t, err)
	last, err := belenios.NewBallot(&scalars{g: g, chosen: chosen}, e, secret, [][]int{{0, 1}})
	fatal(t, err)
	_, err = board.Cast(ctx, last.Bytes())
	fatal(t, err)
	fatal(t, board.EndVoting(ctx))
	return path, cast, board, decryption(t, e, board.Tally(), cast.Trustees[0].Private, proofs, shifts)
}

func onBoard(t *testing.T, path string) *archive.Board {
	t.Helper()
	board, opened, err := archive.Open(context.Background(), path, archive.Options{})
	fatal(t, err)
	if !opened.Report.OK() {
		t.Fatal(opened.Report.Text())
	}
	t.Cleanup(func() { _ = board.Close() })
	return board
}

// finish adds the wrong decryption and the honest one of trustee 2.
func finish(t *testing.T, cast *rehearsal.Cast, board *archive.Board, wrong []byte) []archive.Question {
	t.Helper()
	fatal(t, board.AddDecryption(1, wrong))
	honest, err := cast.Trustees[1].Decrypt(cast, board.Tally())
	fatal(t, err)
	fatal(t, board.AddDecryption(2, honest.Bytes()))
	questions, err := board.Finish()
	fatal(t, err)
	return questions
}

// saysUnbound checks that the report does not promise what it cannot.
func saysUnbound(t *testing.T, path string) {
	t.Helper()
	r := verify(t, readFile(t, path))
	found := false
	for _, text := range r.NotChecked {
		found = found || strings.Contains(text, "trustee 1 did not make up the result")
		if strings.Contains(text, "trustee 2 did not make up the result") {
			t.Error("the report doubts trustee 2, whose decryption is bound")
		}
	}
	if !found {
		t.Errorf("the report does not say that trustee 1 could make up the result:\n%s", r.Text())
	}
}

func TestVerify_LastVoterAndOneTrustee(t *testing.T) {
	path, cast, board, wrong := lastBallot(t)
	if got := finish(t, cast, board, wrong)[0].Counts; !slices.Equal(got, []int64{0, 5}) {
		t.Errorf("the result is %v: the attack is not what this test says", got)
	}
	saysUnbound(t, path)
	newTool(t).verifies(path)
}

// bound asks for decryptions that are bound to the tally.
var bound = belenios.Field{Name: "commonweal", Raw: []byte(`{"decryptions":"bound"}`)}

func TestBound_RefusesLastVoterAndOneTrustee(t *testing.T) {
	path, cast, board, wrong := lastBallot(t, bound)
	honest, err := cast.Trustees[0].Decrypt(cast, board.Tally())
	fatal(t, err)
	_, proof, _ := bytes.Cut(honest.Bytes(), []byte(`,"binding_proof":`))
	withProof := slices.Concat(bytes.TrimSuffix(wrong, []byte("}")), []byte(`,"binding_proof":`), proof)
	for _, c := range []struct {
		name, want string
		body       []byte
	}{
		{"no proof", "no binding proof", wrong},
		{"the proof of the right factors", "binding proof does not verify", withProof},
	} {
		if err := board.AddDecryption(1, c.body); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: adding it: %v, want %s", c.name, err, c.want)
		}
		s := read(t, readFile(t, path))
		o := belenios.Owned{Owner: 1, Payload: belenios.HashOf(c.body)}
		s.insert(len(s.chapters), chapter{archive.PartialDecryption, [][]byte{c.body, o.Bytes()}})
		text := s.write()
		r, err := archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{})
		fatal(t, err)
		if r.OK() || !strings.Contains(r.Text(), c.want) {
			t.Errorf("%s: verifying it:\n%s\nwant %s", c.name, r.Text(), c.want)
		}
	}
	if got := finish(t, cast, board, honest.Bytes())[0].Counts; !slices.Equal(got, []int64{3, 2}) {
		t.Errorf("the honest result is %v", got)
	}
	if r := verify(t, readFile(t, path)); strings.Contains(r.Text(), "made up") {
		t.Errorf("the report doubts decryptions that are bound:\n%s", r.Text())
	}
	newTool(t).verifies(path) // which passes over the field
}

func TestBound_UnknownRule(t *testing.T) {
	for _, raw := range []string{`{"decryptions":"loose"}`, `{"decryptions":null}`, `{"decryptions":1}`, `null`, `[]`} {
		_, err := rehearsal.Hold(context.Background(), rand.Reader, header.Timestamp,
			func(uuid string) string { return t.TempDir() + "/" + uuid },
			rehearsal.Plan{
				Group: "Ed25519", Voters: 1, Items: rehearsal.Singles(1), Stop: archive.Voting,
				Questions: []belenios.Question{homomorphic("One?", 2, 1, 1, false)},
				Votes:     func(int) [][]int { return nil },
				Extra:     []belenios.Field{{Name: "commonweal", Raw: []byte(raw)}},
			})
		if err == nil {
			t.Errorf("%s: the election is held", raw)
		}
	}
}

// A trustee who shuffles last and decrypts multiplies rankings that it need not be able
// to read by 2^8, which moves every number to the answer before.
func TestVerify_LastShufflerShiftsRankings(t *testing.T) {
	path, cast := hold(t, rehearsal.Plan{
		Name: "Target", Group: ranked, Voters: 1, Items: rehearsal.Singles(2), Shuffles: 1, Stop: archive.Tallied,
		Questions: []belenios.Question{rankedQuestion(3)},
		Votes:     func(int) [][]int { return [][]int{{7, 5, 9}} },
	})
	board := onBoard(t, path)
	e := cast.Election
	in := board.Tally().NonHomomorphic()
	shift := e.Group().ScalarInt(8)
	proof := newFalseProof(t, e, cast.Trustees[0].Public.Key, in[0][0].Alpha)
	random := &shuffler{scalars{g: e.Group(), chosen: map[int]group.Scalar{0: proof.random(shift)}}}
	s, err := belenios.NewShuffle(random, e, in)
	fatal(t, err)
	fatal(t, board.AddShuffle(1, s.Bytes()))
	fatal(t, board.EndShuffles())
	wrong := decryption(t, e, board.Tally(), cast.Trustees[0].Private, []falseProof{proof}, []group.Scalar{shift})
	if got := finish(t, cast, board, wrong)[0].Rankings; got[0][0] != 5 || got[0][1] != 9 {
		t.Errorf("the result is %v: the attack is not what this test says", got)
	}
	saysUnbound(t, path)
	newTool(t).verifies(path)
}

// shuffler gives the short reads of a permutation what chance gives, and scalars to the
// long ones.
type shuffler struct{ scalars }

func (r *shuffler) Read(p []byte) (int, error) {
	if len(p) <= 8 {
		return rand.Read(p)
	}
	return r.scalars.Read(p)
}
