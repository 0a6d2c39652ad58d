package curve

import (
	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// Bytes is the encoding of RFC 8032, section 5.1.2, without the inversion that it
// takes in general where Z is 1.
func Bytes(p *edwards25519.Point) []byte {
	x, y, z, _ := p.ExtendedCoordinates()
	if z.Equal(fieldOne) != 1 {
		inverse := new(field.Element).Invert(z)
		x.Multiply(x, inverse)
		y.Multiply(y, inverse)
	}
	b := y.Bytes()
	b[31] |= byte(x.IsNegative() << 7)
	return b
}
