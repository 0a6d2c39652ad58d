//go:build !amd64

package montgomery

func kernels() []kernel { return []kernel{portable} }

func mulADX(_, _, _, _ *Nat, _ uint64) { panic("montgomery: no such kernel here") }

func squareADX(_, _, _ *Nat, _ uint64) { panic("montgomery: no such kernel here") }

func mulIFMA(_, _, _, _ *Nat, _ uint64) { panic("montgomery: no such kernel here") }

func mul2IFMA(_, _, _, _, _, _, _ *Nat, _ uint64) { panic("montgomery: no such kernel here") }
