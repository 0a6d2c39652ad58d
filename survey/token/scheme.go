package token

import (
	"crypto/rsa"
	"io"

	"github.com/cloudflare/circl/blindsign/blindrsa"
)

// These three functions are all that is asked of the library that does RFC 9474; only
// this file names it. Signing, section 4.3, is the plain private operation of RSA: see
// signer. variant is the one that section 5 recommends.
const variant = blindrsa.SHA384PSSRandomized

type state = blindrsa.State

// blind is section 4.2, on a message prepared as section 4.1 says. From chance it takes
// the salt, then the blinding factor.
func blind(key *rsa.PublicKey, chance io.Reader, prepared []byte) ([]byte, state, error) {
	c, err := blindrsa.NewClient(variant, key)
	if err != nil {
		return nil, state{}, err
	}
	return c.Blind(chance, prepared)
}

// finish is section 4.4.
func finish(key *rsa.PublicKey, s state, signature []byte) ([]byte, error) {
	c, err := blindrsa.NewClient(variant, key)
	if err != nil {
		return nil, err
	}
	return c.Finalize(s, signature)
}

// verify is section 4.5, which is that of RSASSA-PSS (RFC 8017, section 8.1.2).
func verify(key *rsa.PublicKey, prepared, signature []byte) error {
	v, err := blindrsa.NewVerifier(variant, key)
	if err != nil {
		return err
	}
	return v.Verify(prepared, signature)
}
