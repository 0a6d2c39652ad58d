package belenios

import (
	"bytes"
	"crypto/rand"
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
