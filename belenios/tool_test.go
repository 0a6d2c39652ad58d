package belenios

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// tool runs belenios-tool in a directory of its own.
type tool struct {
	*testing.T
	dir string
}

func newTool(t *testing.T) *tool {
	t.Helper()
	if _, err := exec.LookPath("belenios-tool"); err != nil {
		t.Skip("belenios-tool is not installed: the other implementation to compare with")
	}
	return &tool{t, t.TempDir()}
}

// run gives what the tool writes.
func (t *tool) run(stdin []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("belenios-tool", args...)
	cmd.Dir = t.dir
	cmd.Env = append(os.Environ(), "BELENIOS_USE_URANDOM=1")
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("belenios-tool %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return bytes.TrimRight(out, "\n")
}

func (t *tool) write(name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(t.dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (t *tool) read(name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(t.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimRight(b, "\n")
}

// lines is a .jsons file: a value a line.
func lines[T interface{ Bytes() []byte }](list []T) []byte {
	var b []byte
	for _, item := range list {
		b = append(append(b, item.Bytes()...), '\n')
	}
	return b
}

// Each member of a Pedersen item may use either program in every step, and so may the
// administrator: here the first uses ours and the others the tool, and the
// administrator's steps are made by both and compared.
func TestCeremony_EachStepByEitherProgram(t *testing.T) {
	for _, name := range []string{"BELENIOS-2048", "RFC-3526-2048"} {
		t.Run(name, func(t *testing.T) { ceremonyWithTool(newTool(t), name) })
	}
}

func ceremonyWithTool(t *tool, name string) {
	const members, threshold = 3, 2
	g, _ := group.ByName(name)
	setup := func(stdin []byte, args ...string) []byte {
		t.Helper()
		return t.run(stdin, append([]string{"setup", "generate-trustee-key-threshold", "--group", name}, args...)...)
	}

	seed, err := GenerateSeed(rand.Reader)
	must(t, err)
	us, err := NewMember(g, seed)
	must(t, err)
	ours, err := us.Cert(rand.Reader)
	must(t, err)
	certs := []*Cert{ours}
	keys := []string{"ours.key"}
	t.write(keys[0], []byte(seed+"\n"))
	for range members - 1 {
		setup(nil, "--step", "1")
	}
	found, err := filepath.Glob(filepath.Join(t.dir, "*.cert"))
	must(t, err)
	for _, path := range found {
		c, err := ParseCert(g, t.read(filepath.Base(path)))
		must(t, err)
		if want := strings.TrimSuffix(filepath.Base(path), ".cert"); c.ID() != want {
			t.Fatalf("cert is named %s by the tool, %s by us", want, c.ID())
		}
		certs = append(certs, c)
		keys = append(keys, c.ID()+".key")
	}
	must(t, VerifyCerts(g, certs))
	t.write("certs.jsons", lines(certs))
	setup(nil, "--certs", "certs.jsons", "--step", "2")

	first, err := us.Polynomial(rand.Reader, certs, threshold)
	must(t, err)
	polynomials := []*Polynomial{first}
	for _, key := range keys[1:] {
		p, err := ParsePolynomial(g, setup(nil, "--certs", "certs.jsons", "--key", key, "--step", "3", "--threshold", "2"))
		must(t, err)
		polynomials = append(polynomials, p)
	}
	t.write("polynomials.jsons", lines(polynomials))
	vinputs, err := NewVinputs(g, certs, polynomials)
	must(t, err)
	setup(nil, "--certs", "certs.jsons", "--step", "4", "--polynomials", "polynomials.jsons")
	for i, c := range certs {
		if theirs := t.read(c.ID() + ".vinput"); string(theirs) != string(vinputs[i].Bytes()) {
			t.Fatalf("vinput %d differs from the tool's", i+1)
		}
	}

	var voutputs []*Voutput
	for i, key := range keys {
		text := setup(vinputs[i].Bytes(), "--certs", "certs.jsons", "--key", key, "--step", "5")
		v, err := ParseVoutput(g, text)
		must(t, err)
		if i == 0 {
			if v, err = us.Voutput(rand.Reader, certs, vinputs[0]); err != nil {
				t.Fatal(err)
			}
		}
		voutputs = append(voutputs, v)
	}
	p, private, err := NewPedersen(g, certs, polynomials, voutputs)
	must(t, err)
	theirs := setup(lines(voutputs), "--certs", "certs.jsons", "--step", "6", "--polynomials", "polynomials.jsons")
	if string(theirs) != string(p.Bytes()) {
		t.Fatal("threshold parameters differ from the tool's")
	}
	for i, c := range certs {
		if string(t.read(c.ID()+".dkey")) != private[i] {
			t.Fatalf("encrypted decryption key %d differs from the tool's", i+1)
		}
		m, err := NewMember(g, string(t.read(keys[i])))
		must(t, err)
		k, err := m.PrivateKey(private[i])
		must(t, err)
		if !g.Equal(k.Public(), p.Keys[i].Key) {
			t.Fatalf("decryption key %d is not that of the verification key", i+1)
		}
	}
	list, err := NewTrustees(g, p)
	must(t, err)
	must(t, list.Verify())
}

// An election that the tool made, with blank, ranked and range questions at once: we
// read it, add ballots, shuffle and decrypt beside the tool, and the tool gives the
// result that we compute.
func TestElection_BesideTheOtherTool(t *testing.T) {
	tool := newTool(t)
	const name = "RFC-3526-2048"
	g, _ := group.ByName(name)
	setup := func(args ...string) { tool.run(nil, append([]string{"setup"}, args...)...) }
	event := func(kind string, body []byte) { tool.run(body, "archive", "add-event", "--type", kind) }

	var keys []*PrivateKey
	var public []*TrusteeKey
	for range 2 {
		k, err := GeneratePrivateKey(g, rand.Reader)
		must(t, err)
		p, err := k.TrusteeKey(rand.Reader)
		must(t, err)
		keys, public = append(keys, k), append(public, p)
	}
	tool.write("public_keys.jsons", lines(public))
	setup("make-trustees")
	trustees, err := ParseTrustees(g, tool.read("trustees.json"))
	must(t, err)
	must(t, trustees.Verify())

	var texts []string
	var list []PublicCredential
	var voters []*Credential
	for range 4 {
		text, err := GenerateCredential(rand.Reader)
		must(t, err)
		c, err := DeriveCredential(g, sceneUUID, text)
		must(t, err)
		texts, voters, list = append(texts, text), append(voters, c), append(list, PublicCredential{c.Public(), 1})
	}
	credentials, err := NewCredentials(g, list)
	must(t, err)
	tool.write("public_creds.json", credentials.Bytes())
	tool.write("template.json", []byte(`{"description":"d <&>","name":"n","questions":[`+
		`{"answers":["A","B"],"min":1,"max":1,"question":"one","blank":true},`+
		`{"type":"NonHomomorphic","value":{"answers":["X","Y","Z"],"question":"rank"}},`+
		`{"answers":["A","B","C"],"min":0,"max":2,"question":"some"}]}`))
	setup("make-election", "--uuid", sceneUUID, "--group", name, "--template", "template.json")
	e, err := ParseElection(tool.read("election.json"))
	must(t, err)
	must(t, e.CheckMembership())
	must(t, trustees.CheckElection(e))
	tool.run(nil, "archive", "init")

	values := [][][]int{
		{{0, 1, 0}, {1, 2, 3}, {1, 1, 0}},
		{{1, 0, 0}, {255, 0, 1}, {0, 0, 0}},
		{{0, 0, 1}, {0, 0, 0}, {1, 0, 1}},
	}
	verifier, err := NewVerifier(e, credentials)
	must(t, err)
	var ballots []*Ballot
	for i, v := range values {
		var text []byte
		if i < 2 {
			b, err := NewBallot(rand.Reader, e, voters[i], v)
			must(t, err)
			text = b.Bytes()
		} else {
			tool.write("credential", []byte(texts[i]+"\n"))
			tool.write("choices", []byte(strings.ReplaceAll(fmt.Sprint(v), " ", ",")+"\n"))
			text = tool.run(nil, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choices")
		}
		b, err := ParseBallot(e, text)
		must(t, err)
		must(t, verifier.Ballot(b))
		ballots = append(ballots, b)
		event("Ballot", text)
	}
	event("EndBallots", nil)
	tally, sized, err := NewEncryptedTally(e, credentials, ballots)
	must(t, err)
	same(t, "encrypted tally", two(tally.Bytes(), sized.Bytes()), tool.run(nil, "election", "compute-encrypted-tally"))
	event("EncryptedTally", two(tally.Bytes(), sized.Bytes()))

	ours, err := NewShuffle(rand.Reader, e, tally.NonHomomorphic())
	must(t, err)
	event("Shuffle", two(ours.Bytes(), Owned{1, ours.Hash()}.Bytes()))
	first, err := tally.Merge(ours.Ciphertexts())
	must(t, err)
	theirs, owned, _ := bytes.Cut(tool.run(nil, "election", "shuffle", "--trustee-id", "2"), []byte("\n"))
	second, err := ParseShuffle(e, theirs)
	must(t, err)
	same(t, "owned shuffle", Owned{2, second.Hash()}.Bytes(), owned)
	must(t, second.Verify(e, first.NonHomomorphic()))
	event("Shuffle", two(second.Bytes(), owned))
	event("EndShuffles", nil)
	mixed, err := first.Merge(second.Ciphertexts())
	must(t, err)

	d, err := NewPartialDecryption(rand.Reader, e, mixed, keys[0])
	must(t, err)
	event("PartialDecryption", two(d.Bytes(), Owned{1, d.Hash()}.Bytes()))
	tool.write("second.privkey", keys[1].Bytes())
	text := tool.run(nil, "election", "decrypt", "--privkey", "second.privkey", "--trustee-id", "2")
	event("PartialDecryption", text)
	text, _, _ = bytes.Cut(text, []byte("\n"))
	other, err := ParsePartialDecryption(e, text)
	must(t, err)
	parts := []OwnedDecryption{{1, d}, {2, other}}
	must(t, VerifyDecryptions(e, trustees, mixed, parts))
	result, err := NewResult(e, trustees, mixed, parts, sized.TotalWeight)
	must(t, err)
	same(t, "result", result.Bytes(), tool.run(nil, "election", "compute-result"))
	event("Result", result.Bytes())
	tool.run(nil, "election", "verify")
}

// two are an object and what refers to it, as the tool takes them.
func two(object, reference []byte) []byte {
	return append(append(bytes.Clone(object), '\n'), reference...)
}
