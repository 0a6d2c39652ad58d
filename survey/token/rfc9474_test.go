package token

import (
	"bytes"
	"crypto/rsa"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"os"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"
)

// vector is the RFC's example of our variant.
type vector map[string]string

func loadVector(t testing.TB) vector {
	t.Helper()
	text, err := os.ReadFile("testdata/rfc9474.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v vector) bytes(t testing.TB, name string) []byte {
	t.Helper()
	b, err := hex.DecodeString(v[name])
	if err != nil || len(b) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	return b
}

func (v vector) number(t testing.TB, name string) *big.Int {
	t.Helper()
	return new(big.Int).SetBytes(v.bytes(t, name))
}

func (v vector) key(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	k := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: v.number(t, "n"), E: int(v.number(t, "e").Int64())},
		D:         v.number(t, "d"), Primes: []*big.Int{v.number(t, "p"), v.number(t, "q")},
	}
	k.Precompute()
	return k
}

// Every step of the protocol gives the bytes of RFC 9474, appendix A.1, when it is
// given the RFC's chance.
func TestRFC9474_A1(t *testing.T) {
	v := loadVector(t)
	key := v.key(t)
	n := key.N
	// The salt, then the factor whose inverse the RFC gives.
	factor := new(big.Int).ModInverse(v.number(t, "inv"), n)
	chance := io.MultiReader(bytes.NewReader(v.bytes(t, "salt")), bytes.NewReader(factor.FillBytes(make([]byte, key.Size()))))

	prepared := append(v.bytes(t, "msg_prefix"), v.bytes(t, "msg")...)
	if !bytes.Equal(prepared, v.bytes(t, "input_msg")) {
		t.Fatal("the prepared message is another")
	}
	blinded, state, err := blind(&key.PublicKey, chance, prepared)
	if err != nil || !bytes.Equal(blinded, v.bytes(t, "blinded_msg")) {
		t.Fatalf("blinded: %x, %v", blinded, err)
	}
	opened, err := newKey(key)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := opened.Sign(blinded)
	if err != nil || !bytes.Equal(signed, v.bytes(t, "blind_sig")) {
		t.Fatalf("blind signature: %x, %v", signed, err)
	}
	if other, err := blindrsa.NewSigner(key).BlindSign(blinded); err != nil || !bytes.Equal(other, signed) {
		t.Errorf("the library signs otherwise: %x, %v", other, err)
	}
	sig, err := finish(&key.PublicKey, state, signed)
	if err != nil || !bytes.Equal(sig, v.bytes(t, "sig")) {
		t.Fatalf("signature: %x, %v", sig, err)
	}
	if err := verify(&key.PublicKey, prepared, sig); err != nil {
		t.Error(err)
	}
	for i := range sig {
		bad := bytes.Clone(sig)
		bad[i] ^= 1
		if verify(&key.PublicKey, prepared, bad) == nil {
			t.Fatalf("a signature with byte %d changed verifies", i)
		}
	}
}
