package token

import (
	"fmt"
	"io"
	"math/big"
)

// Blinded is a token on its way: what the device keeps between asking for the
// signature and having it.
type Blinded struct {
	public PublicKey
	token  Token
	state  state
}

// Blind makes a new token of a wave and its blinded message, which is what the
// register sees.
func (p PublicKey) Blind(chance io.Reader, wave string) (blinded []byte, b *Blinded, err error) {
	if p.key == nil {
		return nil, nil, ErrKey
	}
	if err := checkWave(wave); err != nil {
		return nil, nil, err
	}
	b = &Blinded{public: p, token: Token{wave: wave}}
	if _, err := io.ReadFull(chance, b.token.nonce[:]); err != nil {
		return nil, nil, fmt.Errorf("make a token: %w", err)
	}
	if _, err := io.ReadFull(chance, b.token.prefix[:]); err != nil {
		return nil, nil, fmt.Errorf("make a token: %w", err)
	}
	blinded, b.state, err = blind(p.key, chance, b.token.prepared())
	return blinded, b, err
}

// Finish takes the blinding off the register's signature. It returns [ErrForged] for a
// signature that does not verify: the register signed something else, or with another
// key.
func (b *Blinded) Finish(signature []byte) (Token, error) {
	if err := b.public.residue(signature); err != nil {
		return Token{}, fmt.Errorf("%w: %w", ErrForged, err)
	}
	sig, err := finish(b.public.key, b.state, signature)
	if err != nil {
		return Token{}, fmt.Errorf("%w: %w", ErrForged, err)
	}
	t := b.token
	t.sig = sig
	return t, b.public.Verify(t, t.wave)
}

// Verify returns nil for a token of the wave that the key signed, and otherwise
// [ErrWave] or [ErrForged]. Whether it was used before, others must know.
func (p PublicKey) Verify(t Token, wave string) error {
	switch {
	case p.key == nil:
		return ErrKey
	case t.wave != wave:
		return fmt.Errorf("%w: it is of %q, not %q", ErrWave, t.wave, wave)
	}
	if err := p.residue(t.sig); err != nil {
		return fmt.Errorf("%w: %w", ErrForged, err)
	}
	if verify(p.key, t.prepared(), t.sig) != nil {
		return ErrForged
	}
	return nil
}

// residue refuses bytes that are not a number the key can work on: of its size, more
// than one and less than the modulus less one.
func (p PublicKey) residue(b []byte) error {
	if len(b) != p.Size() {
		return fmt.Errorf("%d bytes, not %d", len(b), p.Size())
	}
	n := new(big.Int).SetBytes(b)
	last := new(big.Int).Sub(p.key.N, big.NewInt(1))
	if n.BitLen() < 2 || n.Cmp(last) >= 0 {
		return fmt.Errorf("a number out of range")
	}
	return nil
}
