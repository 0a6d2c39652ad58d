package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
	"commonweal/belenios/group"
)

// One election in which every kind of step is taken once with the tool and once
// with our program, turn and turn about, on one archive: whoever takes part may
// use either.
func TestInterop_StepsExchanged(t *testing.T) {
	t.Parallel()
	x := exchange{tool: newTool(t), t: t, plan: rehearsal.Plan{
		Group: ranked, Voters: 4,
		Questions: []belenios.Question{rankedQuestion(3)},
		Votes:     func(v int) [][]int { return [][][]int{{{1, 2, 3}}, {{2, 1, 3}}, {{1, 2, 3}}, {{3, 2, 1}}}[v] },
	}}
	x.keys()
	x.setUp()
	x.vote()
	x.shuffle()
	x.decrypt()
	x.finish()
}

type exchange struct {
	tool
	t    *testing.T
	plan rehearsal.Plan

	uuid   string
	single *belenios.PrivateKey // trustee 1, ours
	member *belenios.Member     // the last of the members, ours; the two before use the tool
	dkey   string
	theirs []string // files of the tool's members
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (x *exchange) group() group.Group {
	g, _ := group.ByName(x.plan.Group)
	return g
}

// keys makes a shared key: two members use the tool, one our program, and both
// administrators come to the same.
func (x *exchange) keys() {
	g := x.group()
	step := func(in []byte, args ...string) string {
		return x.run(in, append([]string{"setup", "generate-trustee-key-threshold", "--group", x.plan.Group}, args...)...)
	}
	step(nil, "--step", "1")
	step(nil, "--step", "1")
	x.theirs = x.all("*.key")
	x.member = must[*belenios.Member](x.t)(belenios.NewMember(g, must[string](x.t)(belenios.GenerateSeed(rand.Reader))))
	cert := must[*belenios.Cert](x.t)(x.member.Cert(rand.Reader))
	x.put("certs.jsons", append(x.cat("*.cert"), append(cert.Bytes(), '\n')...))
	step(nil, "--certs", "certs.jsons", "--step", "2")
	certs := parseLines(x.t, g, readFile(x.t, x.path("certs.jsons")), belenios.ParseCert)

	var text strings.Builder
	for _, key := range x.theirs {
		text.WriteString(step(nil, "--certs", "certs.jsons", "--key", key, "--step", "3", "--threshold", "2"))
	}
	own := must[*belenios.Polynomial](x.t)(x.member.Polynomial(rand.Reader, certs, 2))
	text.Write(append(own.Bytes(), '\n'))
	x.put("polynomials.jsons", []byte(text.String()))
	polynomials := parseLines(x.t, g, []byte(text.String()), belenios.ParsePolynomial)

	step(nil, "--certs", "certs.jsons", "--step", "4", "--polynomials", "polynomials.jsons")
	vinputs := must[[]*belenios.Vinput](x.t)(belenios.NewVinputs(g, certs, polynomials))
	var outputs []byte
	for i, c := range certs {
		file := readFile(x.t, x.path(c.ID()+".vinput"))
		if !bytes.Equal(bytes.TrimSpace(file), vinputs[i].Bytes()) {
			x.t.Fatalf("vinput %d: the two administrators differ", i+1)
		}
		if i < len(x.theirs) {
			outputs = append(outputs, step(vinputs[i].Bytes(), "--certs", "certs.jsons", "--key", x.path(c.ID()+".key"), "--step", "5")...)
			continue
		}
		vinput := must[*belenios.Vinput](x.t)(belenios.ParseVinput(g, bytes.TrimSpace(file)))
		voutput := must[*belenios.Voutput](x.t)(x.member.Voutput(rand.Reader, certs, vinput))
		outputs = append(outputs, append(voutput.Bytes(), '\n')...)
	}
	x.put("threshold.json", []byte(step(outputs, "--certs", "certs.jsons", "--step", "6", "--polynomials", "polynomials.jsons")))
	shared, sealed, err := belenios.NewPedersen(g, certs, polynomials, parseLines(x.t, g, outputs, belenios.ParseVoutput))
	if err != nil {
		x.t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(readFile(x.t, x.path("threshold.json"))), shared.Bytes()) {
		x.t.Fatal("the two administrators end with different keys")
	}
	x.dkey = string(bytes.TrimSpace(readFile(x.t, x.path(cert.ID()+".dkey"))))
	if x.dkey != sealed[2] {
		x.t.Fatal("the two administrators give back different decryption keys")
	}
	x.single = must[*belenios.PrivateKey](x.t)(belenios.GeneratePrivateKey(g, rand.Reader))
	public := must[*belenios.TrusteeKey](x.t)(x.single.TrusteeKey(rand.Reader))
	x.put("public_keys.jsons", append(public.Bytes(), '\n'))
}

func parseLines[T any](t testing.TB, g group.Group, text []byte, parse func(group.Group, []byte) (T, error)) []T {
	t.Helper()
	var out []T
	for line := range bytes.Lines(text) {
		out = append(out, must[T](t)(parse(g, bytes.TrimRight(line, "\n"))))
	}
	return out
}

// setUp makes election and archive with the tool, of both programs' keys.
func (x *exchange) setUp() {
	x.uuid = strings.TrimSpace(x.run(nil, "setup", "generate-token"))
	x.run(nil, "setup", "generate-credentials", "--uuid", x.uuid, "--group", x.plan.Group, "--count", "4")
	x.rename("*.pubcreds", "public_creds.json")
	x.rename("*.privcreds", "private_creds.txt")
	x.run(nil, "setup", "make-trustees")
	x.put("template.json", template(x.t, x.plan))
	x.run(nil, "setup", "make-election", "--uuid", x.uuid, "--group", x.plan.Group, "--template", "template.json")
	x.run(nil, "archive", "init")
}

// board does something with our program on the tool's archive.
func (x *exchange) board(do func(b *archive.Board)) {
	x.t.Helper()
	b, opened, err := archive.Open(context.Background(), x.path(x.uuid+".bel"), archive.Options{})
	if err != nil || !opened.Report.OK() {
		x.t.Fatalf("%v %v", err, opened.Report)
	}
	do(b)
	if err := b.Close(); err != nil {
		x.t.Fatal(err)
	}
}

func (x *exchange) ours(b *archive.Board, voter int) string {
	credential := must[*belenios.Credential](x.t)(belenios.DeriveCredential(x.group(), x.uuid, x.credential(voter)))
	return string(must[*belenios.Ballot](x.t)(belenios.NewBallot(rand.Reader, b.Election(), credential, x.plan.Votes(voter))).Bytes())
}

// vote has each program make ballots for both to add.
func (x *exchange) vote() {
	x.add(archive.Ballot, x.ballot(x.credential(0), x.plan.Votes(0)))
	handedOver := ""
	theirs := strings.TrimSpace(x.ballot(x.credential(1), x.plan.Votes(1)))
	x.board(func(b *archive.Board) {
		_ = must[[]string](x.t)(b.Cast(context.Background(), []byte(theirs), []byte(x.ours(b, 2))))
		handedOver = x.ours(b, 3)
	})
	x.add(archive.Ballot, handedOver+"\n")
}

func (x *exchange) shuffle() {
	x.board(func(b *archive.Board) {
		if err := b.EndVoting(context.Background()); err != nil {
			x.t.Fatal(err)
		}
	})
	x.add(archive.Shuffle, x.tool.shuffle(1))
	x.board(func(b *archive.Board) {
		s := must[*belenios.Shuffle](x.t)(belenios.NewShuffle(rand.Reader, b.Election(), b.Tally().NonHomomorphic()))
		if err := b.AddShuffle(2, s.Bytes()); err != nil {
			x.t.Fatal(err)
		}
	})
	var third string
	x.board(func(b *archive.Board) {
		s := must[*belenios.Shuffle](x.t)(belenios.NewShuffle(rand.Reader, b.Election(), b.Tally().NonHomomorphic()))
		third = owned(3, s.Bytes())
	})
	x.add(archive.Shuffle, third)
	x.board(func(b *archive.Board) {
		if err := b.EndShuffles(); err != nil {
			x.t.Fatal(err)
		}
	})
}

// owned are the two lines that a trustee hands in.
func owned(owner int, body []byte) string {
	o := belenios.Owned{Owner: owner, Payload: belenios.HashOf(body)}
	return string(body) + "\n" + string(o.Bytes()) + "\n"
}

// decrypt has a member of the tool, whose part our program adds, and two trustees
// of ours, one of whose parts the tool adds.
func (x *exchange) decrypt() {
	theirs, _, _ := strings.Cut(x.decryptShared(x.theirs[1], 3), "\n")
	var single string
	x.board(func(b *archive.Board) {
		if err := b.AddDecryption(3, []byte(theirs)); err != nil {
			x.t.Fatal(err)
		}
		private := must[*belenios.PrivateKey](x.t)(x.member.PrivateKey(x.dkey))
		shared := must[*belenios.PartialDecryption](x.t)(belenios.NewPartialDecryption(rand.Reader, b.Election(), b.Tally(), private))
		if err := b.AddDecryption(4, shared.Bytes()); err != nil {
			x.t.Fatal(err)
		}
		d := must[*belenios.PartialDecryption](x.t)(belenios.NewPartialDecryption(rand.Reader, b.Election(), b.Tally(), x.single))
		single = owned(1, d.Bytes())
	})
	x.add(archive.PartialDecryption, single)
}

// finish compares the two programs' results.
func (x *exchange) finish() {
	theirs := strings.TrimSpace(x.run(nil, "election", "compute-result"))
	x.board(func(b *archive.Board) { _ = must[[]archive.Question](x.t)(b.Finish()) })
	text := readFile(x.t, x.path(x.uuid+".bel"))
	checkResult(x.t, verify(x.t, text), nil, [][]int{{1, 2, 3}, {1, 2, 3}, {2, 1, 3}, {3, 2, 1}})
	s := read(x.t, text)
	if ours := string(s.chapters[len(s.chapters)-1].data[0]); ours != theirs {
		x.t.Errorf("our result is %s and the tool's is %s", ours, theirs)
	}
	x.verifies(x.path(x.uuid + ".bel"))
}
