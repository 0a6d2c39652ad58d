package token

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"

	"filippo.io/bigmod"
)

// signer is the private operation of RSA (RFC 8017, section 5.1.2, by the two primes) in
// constant time: how long it takes does not depend on the key, nor on the number.
type signer struct {
	n, p, q *bigmod.Modulus
	dp, dq  []byte      // exponents modulo the primes less one
	qInv    *bigmod.Nat // of q modulo p
	qInN    *bigmod.Nat // q as a number modulo n
}

func newSigner(key *rsa.PrivateKey) (*signer, error) {
	if len(key.Primes) != 2 || key.Precomputed.Dp == nil || key.Precomputed.Dq == nil || key.Precomputed.Qinv == nil {
		return nil, errors.New("the key of the wave is not one of two primes")
	}
	s := &signer{}
	var err error
	modulus := func(n *big.Int) *bigmod.Modulus {
		m, modErr := bigmod.NewModulus(n.Bytes())
		err = errors.Join(err, modErr)
		return m
	}
	s.n, s.p, s.q = modulus(key.N), modulus(key.Primes[0]), modulus(key.Primes[1])
	if err != nil {
		return nil, fmt.Errorf("the key of the wave: %w", err)
	}
	s.dp, s.dq = key.Precomputed.Dp.FillBytes(make([]byte, s.p.Size())), key.Precomputed.Dq.FillBytes(make([]byte, s.q.Size()))
	if s.qInv, err = bigmod.NewNat().SetBytes(key.Precomputed.Qinv.FillBytes(make([]byte, s.p.Size())), s.p); err != nil {
		return nil, fmt.Errorf("the key of the wave: %w", err)
	}
	s.qInN = bigmod.NewNat().Mod(s.q.Nat(), s.n)
	return s, nil
}

// sign raises a number below the modulus to the private exponent. It checks the result
// with the public one: a fault of the machine in one half would give the key away.
func (s *signer) sign(blinded []byte) ([]byte, error) {
	c, err := bigmod.NewNat().SetBytes(blinded, s.n)
	if err != nil {
		return nil, fmt.Errorf("sign a blinded message: %w", err)
	}
	low := bigmod.NewNat().Exp(bigmod.NewNat().Mod(c, s.q), s.dq, s.q)
	out := bigmod.NewNat().Exp(bigmod.NewNat().Mod(c, s.p), s.dp, s.p)
	out.Sub(bigmod.NewNat().Mod(low, s.p), s.p).Mul(s.qInv, s.p)
	out.ExpandFor(s.n).Mul(s.qInN, s.n).Add(low.ExpandFor(s.n), s.n)
	if bigmod.NewNat().ExpShortVarTime(out, exponent, s.n).Equal(c) != 1 {
		return nil, errors.New("sign a blinded message: the signature does not verify: the machine has a fault")
	}
	return out.Bytes(s.n), nil
}
