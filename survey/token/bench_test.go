package token

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"
)

// BenchmarkSign is what a draw costs the register, beside an ordinary signature of
// crypto/rsa with the same key.
func BenchmarkSign(b *testing.B) {
	k := benchKey(b)
	blinded, _, err := k.Public().Blind(rand.Reader, wave)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("blind", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.Sign(blinded); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("circl", func(b *testing.B) {
		signer := blindrsa.NewSigner(k.private)
		for b.Loop() {
			if _, err := signer.BlindSign(blinded); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=crypto-rsa", func(b *testing.B) {
		sum := sha512.Sum384([]byte(wave))
		for b.Loop() {
			if _, err := rsa.SignPSS(rand.Reader, k.private, crypto.SHA384, sum[:], nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkVerify is what an answer costs the answer side.
func BenchmarkVerify(b *testing.B) {
	k := benchKey(b)
	tok := draw(b, k, wave)
	b.Run("token", func(b *testing.B) {
		for b.Loop() {
			if err := k.Public().Verify(tok, wave); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=crypto-rsa", func(b *testing.B) {
		prepared := tok.prepared()
		for b.Loop() {
			sum := sha512.Sum384(prepared)
			if err := rsa.VerifyPSS(k.public.key, crypto.SHA384, sum[:], tok.sig, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchKey(b *testing.B) *Key {
	b.Helper()
	k, err := New(rand.Reader, Bits)
	if err != nil {
		b.Fatal(err)
	}
	return k
}
