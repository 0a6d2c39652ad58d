package montgomery

import "golang.org/x/sys/cpu"

// kernels lists those that the machine has, slowest first.
func kernels() []kernel {
	out := []kernel{portable}
	if x := &cpu.X86; x.HasBMI2 && x.HasADX {
		out = append(out, adx)
	}
	if x := &cpu.X86; x.HasBMI2 && x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512IFMA {
		out = append(out, ifma)
	}
	return out
}

//go:noescape
func mulADX(z, x, y, p *Nat, k uint64)

//go:noescape
func squareADX(z, x, p *Nat, k uint64)

//go:noescape
func mulIFMA(z, x, y, p *Nat, k uint64)

//go:noescape
func mul2IFMA(z, x, y, z2, x2, y2, p *Nat, k uint64)
