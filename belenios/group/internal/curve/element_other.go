//go:build !amd64

package curve

// multiply makes z = x * y. The three may be the same.
func (z *element) multiply(x, y *element) { multiplyPortable(z, x, y) }

// square makes z = x * x. The two may be the same.
func (z *element) square(x *element) { multiplyPortable(z, x, x) }
