package group

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"strconv"
)

// bitsPerInt is that of the embedding of RFC-3526-2048: section 5.2.
const bitsPerInt = 8

// EncodeLimit leaves room for the padding and keeps the encoded number below p.
func (f *finite) EncodeLimit() int {
	if f.padding == 0 {
		return 0
	}
	return (f.p.BitLen() - 1 - int(f.padding)) / bitsPerInt
}

// Encode is group_encode of section 4.11.2.
func (f *finite) Encode(values []int) (Element, error) {
	if len(values) > f.EncodeLimit() {
		return nil, fmt.Errorf("%s encodes at most %d values, not %d", f.name, f.EncodeLimit(), len(values))
	}
	v := new(big.Int)
	for _, n := range values {
		if n < 0 || n >= 1<<bitsPerInt {
			return nil, fmt.Errorf("value %d cannot be encoded in %d bits", n, bitsPerInt)
		}
		v.Lsh(v, bitsPerInt).Or(v, big.NewInt(int64(n)))
	}
	v.Lsh(v, f.padding)
	for range 1 << f.padding {
		if v.Sign() != 0 {
			if e := f.of(v); f.Member(e) {
				return e, nil
			}
		}
		v.Add(v, big.NewInt(1))
	}
	return nil, errors.New("no element encodes the values")
}

// Decode is its inverse.
func (f *finite) Decode(e Element, n int) ([]int, bool) {
	v := new(big.Int).Rsh(f.own(e).big(), f.padding)
	values := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		values[i] = int(new(big.Int).And(v, big.NewInt(1<<bitsPerInt-1)).Int64())
		v.Rsh(v, bitsPerInt)
	}
	return values, v.Sign() == 0
}

// IndependentGenerator is GetGenerator of section 6, table 8.
func (f *finite) IndependentGenerator(i int) (Element, error) {
	sum := sha256.Sum256([]byte("ggen|" + strconv.Itoa(i)))
	h := f.of(new(big.Int).Exp(new(big.Int).SetBytes(sum[:]), f.cofactor, f.p))
	if f.Equal(h, f.Identity()) || f.Equal(h, f.g) {
		return nil, fmt.Errorf("%s generator %d is not independent", f.name, i)
	}
	return h, nil
}
