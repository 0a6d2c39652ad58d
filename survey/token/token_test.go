package token

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
)

const wave = "0199c0de-0000-7000-8000-000000000001"

// keyOf makes each key once: that takes long.
var keyOf = sync.OnceValues(func() (*Key, error) { return New(rand.Reader, 2048) })

func testKey(t testing.TB) *Key {
	t.Helper()
	k, err := keyOf()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// draw makes a token as a device and the register do together.
func draw(t testing.TB, k *Key, wave string) Token {
	t.Helper()
	blinded, b, err := k.Public().Blind(rand.Reader, wave)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := k.Sign(blinded)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := b.Finish(signed)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// A token comes through its text form and verifies for its wave.
func TestToken_RoundTrip(t *testing.T) {
	k := testKey(t)
	tok := draw(t, k, wave)
	again, err := Parse(tok.String())
	if err != nil || again.String() != tok.String() || again.SpentHash() != tok.SpentHash() || again.Wave() != wave {
		t.Fatalf("%v, %v", again, err)
	}
	if err := k.Public().Verify(again, wave); err != nil {
		t.Error(err)
	}
	if other := draw(t, k, wave); other.SpentHash() == tok.SpentHash() {
		t.Error("two tokens have one spent hash")
	}
}

// A wave's key comes through its sealed form, and its public half through the notice.
func TestKey_RoundTrip(t *testing.T) {
	k := testKey(t)
	text, err := k.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Open(text)
	if err != nil {
		t.Fatal(err)
	}
	public, err := ParsePublic(k.Public().Marshal(), k.Public().Hash())
	if err != nil {
		t.Fatal(err)
	}
	if err := public.Verify(draw(t, opened, wave), wave); err != nil {
		t.Error(err)
	}
	if _, err := Open(text[:len(text)-1]); err == nil {
		t.Error("a torn key was read")
	}
	for _, bits := range []int{1024, 8192} {
		if _, err := New(rand.Reader, bits); err == nil {
			t.Errorf("a key of %d bits was made", bits)
		}
	}
}

func TestVerify_Refuses(t *testing.T) {
	k := testKey(t)
	stranger, err := New(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	good := draw(t, k, wave)
	forged := good
	forged.sig = bytes.Repeat([]byte{7}, len(good.sig))
	moved := good
	moved.wave = "another-wave"
	renonced := good
	renonced.nonce[0] ^= 1
	high := good // the same residue written with the modulus added would be a second text of one token
	high.sig = new(big.Int).Add(new(big.Int).SetBytes(good.sig), k.public.key.N).Bytes()
	zero := good
	zero.sig = make([]byte, len(good.sig))
	short := good
	short.sig = good.sig[:len(good.sig)-1]

	cases := []struct {
		name string
		tok  Token
		wave string
		want error
	}{
		{"a token of another wave under the same key", draw(t, k, "another-wave"), wave, ErrWave},
		{"a token that says it is of this wave but was signed for another", func() Token { x := draw(t, k, "another-wave"); x.wave = wave; return x }(), wave, ErrForged},
		{"a token of this wave shown to another", good, "another-wave", ErrWave},
		{"a token whose wave was rewritten", moved, "another-wave", ErrForged},
		{"a token that another key signed", draw(t, stranger, wave), wave, ErrForged},
		{"a signature that was made up", forged, wave, ErrForged},
		{"a signature for another nonce", renonced, wave, ErrForged},
		{"a signature larger than the modulus", high, wave, ErrForged},
		{"nought as signature", zero, wave, ErrForged},
		{"a signature one byte short", short, wave, ErrForged},
		{"no token at all", Token{}, "", ErrForged},
	}
	for _, c := range cases {
		if err := k.Public().Verify(c.tok, c.wave); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	if err := (PublicKey{}).Verify(good, wave); !errors.Is(err, ErrKey) {
		t.Errorf("no key verified a token: %v", err)
	}
}

func TestParse_Refuses(t *testing.T) {
	good := draw(t, testKey(t), wave).String()
	part := strings.Split(good, ".")
	last := good[len(good)-1]
	cases := []struct{ name, text string }{
		{"nothing", ""},
		{"words", "please count me"},
		{"another version", "cw2." + part[1] + "." + part[2]},
		{"no wave", "cw1.." + part[2]},
		{"a wave in capitals", "cw1.WAVE." + part[2]},
		{"a wave that is too long", "cw1." + strings.Repeat("a", 65) + "." + part[2]},
		{"a truncated token", good[:len(good)/2]},
		{"a token with a line break", good[:100] + "\n" + good[100:]},
		{"a token with padding", good + "=="},
		{"the other alphabet of base64", "cw1." + part[1] + "." + strings.Repeat("+", len(part[2]))},
		{"another part", good + ".x"},
		{"too long by far", good + strings.Repeat("A", 10<<20)},
		{"bits that mean nothing set in the last letter", good[:len(good)-1] + string(nextLetter(last))},
	}
	for _, c := range cases {
		if tok, err := Parse(c.text); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, %v", c.name, tok.Wave(), err)
		}
	}
}

// nextLetter is the letter whose value is one more: where the last letter of a text
// carries fewer than six bits, another text of the same bytes.
func nextLetter(b byte) byte {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return letters[strings.IndexByte(letters, b)^1]
}

// The client asks for the key of the notice and takes no other: a key of one's own
// for each member would tell them apart.
func TestParsePublic_Refuses(t *testing.T) {
	k := testKey(t)
	der := func(key any) []byte {
		b, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	n := k.public.key.N
	good := k.Public().Marshal()
	cases := []struct {
		name string
		der  []byte
		hash string
	}{
		{"the key of another notice", good, hashHex([]byte("other"))},
		{"no hash", good, ""},
		{"not a key", []byte("hello"), hashHex([]byte("hello"))},
		{"a key with something after it", append(bytes.Clone(good), 0), hashHex(append(bytes.Clone(good), 0))},
		{"a key on a curve", der(&curve.PublicKey), hashHex(der(&curve.PublicKey))},
		{"an exponent that lets its maker see", der(&rsa.PublicKey{N: n, E: 3}), hashHex(der(&rsa.PublicKey{N: n, E: 3}))},
		{"a modulus too small", der(&rsa.PublicKey{N: new(big.Int).Rsh(n, 1024), E: exponent}), hashHex(der(&rsa.PublicKey{N: new(big.Int).Rsh(n, 1024), E: exponent}))},
	}
	for _, c := range cases {
		if _, err := ParsePublic(c.der, c.hash); !errors.Is(err, ErrKey) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

func TestSign_RefusesWhatNoDeviceSends(t *testing.T) {
	k := testKey(t)
	n := k.public.key.N
	size := k.Public().Size()
	less := new(big.Int).Sub(n, big.NewInt(1))
	cases := []struct {
		name string
		in   []byte
	}{
		{"nothing", nil},
		{"a byte too few", make([]byte, size-1)},
		{"ten megabytes", make([]byte, 10<<20)},
		{"nought", make([]byte, size)},
		{"one, whose signature is one", append(make([]byte, size-1), 1)},
		{"minus one", less.FillBytes(make([]byte, size))},
		{"the modulus", n.FillBytes(make([]byte, size))},
		{"more than the modulus", bytes.Repeat([]byte{255}, size)},
	}
	for _, c := range cases {
		if _, err := k.Sign(c.in); err == nil {
			t.Errorf("%s was signed", c.name)
		}
	}
}

// A register that signs with another key, or signs something else, is found out by
// the device before it answers.
func TestFinish_RefusesWhatTheKeyDidNotSign(t *testing.T) {
	k := testKey(t)
	blinded, b, err := k.Public().Blind(rand.Reader, wave)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := k.Sign(blinded)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := k.Public().Blind(rand.Reader, wave)
	if err != nil {
		t.Fatal(err)
	}
	swapped, err := k.Sign(other)
	if err != nil {
		t.Fatal(err)
	}
	for name, sig := range map[string][]byte{"another's": swapped, "short": signed[1:], "unsigned": blinded, "nothing": nil} {
		if _, err := b.Finish(sig); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.Finish(signed); err != nil {
		t.Error(err)
	}
}

// What the register sees of one message is never the same twice, and says nothing of
// the token: the same token could have come of any blinded message.
func TestBlind_IsDifferentEachTime(t *testing.T) {
	k := testKey(t)
	seen := map[string]bool{}
	prepared := draw(t, k, wave).prepared()
	for range 20 {
		blinded, _, err := blind(k.public.key, rand.Reader, prepared)
		if err != nil {
			t.Fatal(err)
		}
		seen[string(blinded)] = true
	}
	if len(seen) != 20 {
		t.Errorf("%d blinded messages of 20 differ", len(seen))
	}
}

// Whatever is read as a token is written as the text that was read, and never makes
// the check panic.
func FuzzParse(f *testing.F) {
	k := testKey(f)
	f.Add(draw(f, k, wave).String())
	f.Add("cw1.a." + strings.Repeat("A", 427))
	f.Add("cw1..")
	f.Fuzz(func(t *testing.T, text string) {
		tok, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if tok.String() != text {
			t.Errorf("%q is written as %q", text, tok.String())
		}
		_ = k.Public().Verify(tok, tok.Wave())
	})
}

func hashHex(b []byte) string { sum := sha256.Sum256(b); return hex.EncodeToString(sum[:]) }
