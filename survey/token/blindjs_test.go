package token

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// device is web/survey/blind.js in a process of its own: what a member's browser does.
type device struct {
	t   *testing.T
	in  io.WriteCloser
	out *bufio.Scanner
}

// newDevice starts one. Without Node.js the test is skipped, but not where CI is set.
func newDevice(t *testing.T) *device {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("node is not installed: the browser's half is not tested")
	}
	cmd := exec.Command(node, "testdata/driver.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // the driver ends with its input
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	return &device{t: t, in: in, out: lines}
}

// ask sends a request and returns the code of the refusal, if it is one.
func (d *device) ask(request map[string]any, into any) (code string, err error) {
	d.t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.in.Write(append(line, '\n')); err != nil {
		d.t.Fatal(err)
	}
	if !d.out.Scan() {
		d.t.Fatalf("no answer to %v: %v", request["do"], d.out.Err())
	}
	var answer struct {
		OK    json.RawMessage
		Error string
		Code  string
	}
	if err := json.Unmarshal(d.out.Bytes(), &answer); err != nil {
		d.t.Fatal(err)
	}
	if answer.Error != "" {
		return answer.Code, errors.New(answer.Error)
	}
	if into != nil {
		if err := json.Unmarshal(answer.OK, into); err != nil {
			d.t.Fatal(err)
		}
	}
	return "", nil
}

func (d *device) must(request map[string]any, into any) {
	d.t.Helper()
	if _, err := d.ask(request, into); err != nil {
		d.t.Fatalf("%v: %v", request["do"], err)
	}
}

type begun struct {
	Blinded string
	Pending json.RawMessage
}

func request(do string, p PublicKey) map[string]any {
	return map[string]any{"do": do, "key": hex.EncodeToString(p.Marshal()), "hash": p.Hash(), "wave": wave}
}

// The browser's code gives the RFC's bytes.
func TestBrowser_RFC9474_A1(t *testing.T) {
	d := newDevice(t)
	v := loadVector(t)
	key, err := newKey(v.key(t))
	if err != nil {
		t.Fatal(err)
	}
	r := request("blindMessage", key.Public())
	r["message"], r["salt"], r["signature"] = v["input_msg"], v["salt"], v["blind_sig"]
	r["factor"] = new(big.Int).ModInverse(v.number(t, "inv"), key.private.N).Text(16)
	var got struct{ Blinded, Inverse, Signature string }
	d.must(r, &got)
	if got.Blinded != v["blinded_msg"] || got.Signature != v["sig"] || strings.TrimLeft(v["inv"], "0") != got.Inverse {
		t.Errorf("the browser made %+v", got)
	}
}

// What the browser makes the program takes, what the program makes the browser takes,
// and from the same chance both make the same bytes.
func TestBrowser_AgreesWithTheProgram(t *testing.T) {
	d := newDevice(t)
	for _, bits := range []int{2048, Bits} {
		key, err := New(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		public := key.Public()
		for range 3 {
			chance := make([]byte, 4096)
			_, _ = rand.Read(chance)
			blinded, b, err := public.Blind(bytes.NewReader(chance), wave)
			if err != nil {
				t.Fatal(err)
			}
			r := request("begin", public)
			r["chance"] = hex.EncodeToString(chance)
			var got begun
			d.must(r, &got)
			if got.Blinded != hex.EncodeToString(blinded) {
				t.Fatalf("%d bits: from the same chance the browser blinds otherwise", bits)
			}
			signed, err := key.Sign(blinded)
			if err != nil {
				t.Fatal(err)
			}
			ours, err := b.Finish(signed)
			if err != nil {
				t.Fatal(err)
			}
			r = request("finish", public)
			r["pending"], r["signature"] = got.Pending, hex.EncodeToString(signed)
			var pass string
			d.must(r, &pass)
			if pass != ours.String() {
				t.Fatalf("%d bits: the browser's pass is another", bits)
			}
			var spent string
			d.must(map[string]any{"do": "spentHash", "pass": pass}, &spent)
			if spent != ours.SpentHash() {
				t.Errorf("the browser's spent hash is %s, ours %s", spent, ours.SpentHash())
			}
		}
		var got begun
		d.must(request("begin", public), &got) // with its own chance
		blinded, err := hex.DecodeString(got.Blinded)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := key.Sign(blinded)
		if err != nil {
			t.Fatal(err)
		}
		r := request("finish", public)
		r["pending"], r["signature"] = got.Pending, hex.EncodeToString(signed)
		var pass string
		d.must(r, &pass)
		tok, err := Parse(pass)
		if err != nil {
			t.Fatal(err)
		}
		if err := public.Verify(tok, wave); err != nil {
			t.Error(err)
		}
	}
}

// What the program refuses the browser refuses, for the same reason.
func TestBrowser_Refuses(t *testing.T) {
	d := newDevice(t)
	k := testKey(t)
	public := k.Public()
	stranger, err := New(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	good := draw(t, k, wave).String()
	refuse := func(name string, r map[string]any, code string) {
		t.Helper()
		if got, err := d.ask(r, nil); err == nil || got != code {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, code)
		}
	}
	with := func(do string, change map[string]any) map[string]any {
		r := request(do, public)
		for field, value := range change {
			r[field] = value
		}
		return r
	}
	refuse("the key of another notice", with("begin", map[string]any{"hash": stranger.Public().Hash()}), "key")
	refuse("a key that is not the notice's", with("begin", map[string]any{"key": hex.EncodeToString(stranger.Public().Marshal())}), "key")
	three, err := x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: public.key.N, E: 3})
	if err != nil {
		t.Fatal(err)
	}
	refuse("an exponent that lets its maker see", with("key", map[string]any{"key": hex.EncodeToString(three), "hash": hashHex(three)}), "key")
	refuse("not a key", with("key", map[string]any{"key": "00", "hash": hashHex([]byte{0})}), "key")
	refuse("not a survey", with("begin", map[string]any{"wave": "Wave/1"}), "malformed")
	refuse("a pass of another survey", with("verify", map[string]any{"pass": draw(t, k, "another").String()}), "wave")
	refuse("a pass that another key signed", with("verify", map[string]any{"pass": draw(t, stranger, wave).String()}), "forged")
	refuse("a pass whose survey was rewritten", with("verify", map[string]any{"pass": strings.Replace(draw(t, k, "another").String(), "another", wave, 1)}), "forged")
	for name, text := range map[string]string{
		"half a pass": good[:200], "padding": good + "=", "another version": "cw2" + good[3:], "nothing": "", "bits that mean nothing": good[:len(good)-1] + string(nextLetter(good[len(good)-1])),
	} {
		refuse(name, with("verify", map[string]any{"pass": text}), "malformed")
		if _, err := Parse(text); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: the program says %v", name, err)
		}
	}
	d.must(with("verify", map[string]any{"pass": good}), nil)

	var got begun
	d.must(request("begin", public), &got)
	blinded, err := hex.DecodeString(got.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	other, err := stranger.Sign(blinded)
	if err == nil {
		refuse("a signature by another key", with("finish", map[string]any{"pending": got.Pending, "signature": hex.EncodeToString(other)}), "forged")
	}
	refuse("no signature", with("finish", map[string]any{"pending": got.Pending, "signature": ""}), "forged")
	refuse("what was sent, unsigned", with("finish", map[string]any{"pending": got.Pending, "signature": got.Blinded}), "forged")
}

// The module imports nothing and asks nobody: it is all that a sceptic has to read.
func TestBrowser_StandsAlone(t *testing.T) {
	text, err := os.ReadFile("../../web/survey/blind.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"import ", "import(", "fetch(", "XMLHttpRequest", "localStorage", "document.", "Math.random", "eval("} {
		if bytes.Contains(text, []byte(no)) {
			t.Errorf("blind.js has %q", no)
		}
	}
}
