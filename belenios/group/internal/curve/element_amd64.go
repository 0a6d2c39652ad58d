package curve

import "golang.org/x/sys/cpu"

var hasADX = cpu.X86.HasBMI2 && cpu.X86.HasADX

// multiply makes z = x * y. The three may be the same.
func (z *element) multiply(x, y *element) {
	if hasADX {
		multiplyADX(z, x, y)
	} else {
		multiplyPortable(z, x, y)
	}
}

// square makes z = x * x. The two may be the same.
func (z *element) square(x *element) {
	if hasADX {
		squareADX(z, x)
	} else {
		multiplyPortable(z, x, x)
	}
}

//go:noescape
func multiplyADX(z, x, y *element)

//go:noescape
func squareADX(z, x *element)
