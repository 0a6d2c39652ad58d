package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
	"commonweal/belenios/group"
)

// The challenge of a decryption proof is a hash of φ, X, A and B (section 4.18): neither
// of alpha nor of the factor. So whoever fixes A and B first, and then chooses what alpha
// is, can prove a wrong factor. Alpha is chosen by the voter whose ballot completes the
// sum, or by the trustee who shuffles last. These tests hold such elections, and show
// that they verify, here and with belenios-tool: verifiers that keep to the protocol
// cannot see it, and docs/design/ballots.md, section 8, says so.

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

// Three of four voters choose A. The fifth, who votes last, and one of two trustees make
// it nobody.
func TestVerify_LastVoterAndOneTrusteeAgainstAll(t *testing.T) {
	plan := rehearsal.Plan{
		Name: "Target", Group: counted, Voters: 5, Items: rehearsal.Singles(2), Stop: archive.Voting,
		Questions: []belenios.Question{homomorphic("One?", 2, 1, 1, false)},
		Votes: func(v int) [][]int {
			return [][][]int{{{1, 0}}, {{1, 0}}, {{1, 0}}, {{0, 1}}, nil}[v]
		},
	}
	path, cast := hold(t, plan)
	ctx := context.Background()
	board, opened, err := archive.Open(ctx, path, archive.Options{})
	fatal(t, err)
	defer func() { _ = board.Close() }()
	if !opened.Report.OK() {
		t.Fatal(opened.Report.Text())
	}
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

	fatal(t, board.AddDecryption(1, decryption(t, e, board.Tally(), cast.Trustees[0].Private, proofs, shifts)))
	honest, err := cast.Trustees[1].Decrypt(cast, board.Tally())
	fatal(t, err)
	fatal(t, board.AddDecryption(2, honest.Bytes()))
	questions, err := board.Finish()
	fatal(t, err)
	if got := questions[0].Counts; !slices.Equal(got, []int64{0, 5}) {
		t.Errorf("the result is %v", got)
	}
	r := verify(t, readFile(t, path))
	t.Log(r.Text())
	newTool(t).verifies(path)
}

// A trustee who shuffles last and decrypts multiplies rankings that it cannot even read
// by 2^8, which moves every number to the answer before.
func TestVerify_LastShufflerShiftsRankings(t *testing.T) {
	plan := rehearsal.Plan{
		Name: "Target", Group: ranked, Voters: 2, Items: rehearsal.Singles(2), Shuffles: 1, Stop: archive.Tallied,
		Questions: []belenios.Question{rankedQuestion(3)},
		Votes:     func(v int) [][]int { return [][]int{{v, 5, 9}} },
	}
	path, cast := hold(t, plan)
	ctx := context.Background()
	board, _, err := archive.Open(ctx, path, archive.Options{})
	fatal(t, err)
	defer func() { _ = board.Close() }()
	e := cast.Election
	g := e.Group()
	in := board.Tally().NonHomomorphic()[0]
	shift := g.ScalarInt(8)
	// The draws of a shuffle: the permutation has its own form, so it is left to chance
	// and the rest is chosen by what comes out.
	proofs := []falseProof{}
	for _, c := range in {
		proofs = append(proofs, newFalseProof(t, e, cast.Trustees[0].Public.Key, c.Alpha))
	}
	random := &afterPermutation{scalars: scalars{g: g, chosen: map[int]group.Scalar{0: proofs[0].random(shift), 1: proofs[1].random(shift)}}}
	s, err := belenios.NewShuffle(random, e, [][]belenios.Ciphertext{in})
	fatal(t, err)
	fatal(t, board.AddShuffle(1, s.Bytes()))
	fatal(t, board.EndShuffles())
	if !g.Equal(s.Ciphertexts()[0][0].Alpha, g.Mul(in[0].Alpha, g.ExpG(proofs[0].random(shift)))) {
		slices.Reverse(proofs)
	}
	fatal(t, board.AddDecryption(1, decryption(t, e, board.Tally(), cast.Trustees[0].Private, proofs, []group.Scalar{shift, shift})))
	honest, err := cast.Trustees[1].Decrypt(cast, board.Tally())
	fatal(t, err)
	fatal(t, board.AddDecryption(2, honest.Bytes()))
	questions, err := board.Finish()
	fatal(t, err)
	t.Log(questions[0].Rankings)
	r := verify(t, readFile(t, path))
	t.Log(r.Text())
	newTool(t).verifies(path)
	_ = bytes.Clone
	_ = filepath.Join
}

// afterPermutation gives chance as it comes in short reads, and scalars in long ones.
type afterPermutation struct{ scalars }

func (r *afterPermutation) Read(p []byte) (int, error) {
	if len(p) < 9 {
		return rand.Read(p)
	}
	return r.scalars.Read(p)
}
