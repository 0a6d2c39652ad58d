package group

import (
	"math/big"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"
)

// The shapes below are what verifying asks of a group. Beside each the same is done in
// the plain way, with math/big or the curve library, so that one run gives the ratio.

// proof01 is the rows of a proof that (alpha, beta) holds 0 or 1: section 4.12.
func proof01(b *testing.B, g Group, r *rand.ChaCha8, gen, y, alpha, beta Element) [][]Term {
	s := func() Scalar { return randomScalar(b, g, r) }
	return [][]Term{
		{{gen, s()}, {alpha, s()}},
		{{y, s()}, {beta, s()}},
		{{gen, s()}, {alpha, s()}},
		{{y, s()}, {beta, s()}, {gen, s()}},
	}
}

func plainRows(ref plain, g Group, rows [][]Term, members []Element) {
	for _, row := range rows {
		acc := g.Identity().String()
		for _, t := range row {
			acc = ref.mul(acc, ref.exp(t.Base.String(), t.Exp.Big()))
		}
	}
	for _, e := range members {
		ref.exp(e.String(), g.Order())
	}
}

// cpu is the processor time of n calls, for one: other work on the machine counts less
// in it than in what the clock says.
func cpu(b *testing.B, n int, call func()) time.Duration {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	for range n {
		call()
	}
	return (used() - start) / time.Duration(n)
}

func report(b *testing.B, call, plainly func()) {
	call() // tables are made on first use
	ours := cpu(b, b.N, call)
	plain := cpu(b, max(1, b.N/50), plainly)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(ours.Nanoseconds())/1000, "cpu-us")
	b.ReportMetric(float64(plain.Nanoseconds())/1000, "plain-cpu-us")
	b.ReportMetric(float64(plain)/float64(max(ours, 1)), "times")
}

func benchmarkShape(b *testing.B, g Group, name string, rows [][]Term, members []Element) {
	b.Run(name, func(b *testing.B) {
		report(b, func() {
			values, _ := g.Products(rows, members...)
			for _, v := range values {
				_ = v.String()
			}
		}, func() { plainRows(plainOf(g), g, rows, members) })
	})
}

func Benchmark(b *testing.B) {
	b.Logf("kernel %s", Kernel())
	for _, name := range Names() {
		g, _ := ByName(name)
		b.Run(name, func(b *testing.B) {
			r := rand.NewChaCha8([32]byte{1})
			bits := g.Order().BitLen()
			s := func() Scalar { return randomScalar(b, g, r) }
			challenge := func() Scalar { return g.HashScalar([]byte(s().String())) }
			gen := g.Precompute(g.Generator(), bits)
			y := g.Precompute(g.ExpG(s()), bits)

			var ballot [][]Term
			var members []Element
			for range 3 {
				alpha, beta := g.ExpG(s()), g.ExpG(s())
				ballot = append(ballot, proof01(b, g, r, gen, y, alpha, beta)...)
				members = append(members, alpha, beta)
			}
			alpha, beta, credential := g.ExpG(s()), g.ExpG(s()), g.ExpG(s())
			ballot = append(ballot,
				[]Term{{gen, s()}, {alpha, challenge()}},
				[]Term{{y, s()}, {beta, challenge()}, {gen, s()}},
				[]Term{{gen, s()}, {credential, challenge()}})
			if name != "RFC-3526-2048" {
				benchmarkShape(b, g, "ballot of 3 answers", ballot, members)
			}

			benchmarkShape(b, g, "ranked ballot", [][]Term{
				{{gen, s()}, {alpha, challenge()}}, {{gen, s()}, {credential, challenge()}},
			}, []Element{alpha, beta})

			one := g.Precompute(g.ExpG(s()), 256)
			two := g.Precompute(g.ExpG(s()), 256)
			f1, f2 := g.ExpG(s()), g.ExpG(s())
			benchmarkShape(b, g, "decryption by 2 trustees", [][]Term{
				{{gen, s()}, {one, challenge()}},
				{{alpha, s()}, {f1, challenge()}},
				{{gen, s()}, {two, challenge()}},
				{{alpha, s()}, {f2, challenge()}},
			}, []Element{f1, f2})

			row := make([]Term, 100)
			for i := range row {
				row[i] = Term{g.ExpG(s()), s()}
			}
			benchmarkShape(b, g, "product of 100 powers", [][]Term{row}, nil)

			ref, text, e := plainOf(g), alpha.String(), row[0].Exp
			for _, op := range []struct {
				name        string
				ours, plain func()
			}{
				{"member", func() { g.Member(alpha) }, func() { ref.exp(text, g.Order()) }},
				{"secret power", func() { g.Exp(alpha, e) }, func() { ref.exp(text, e.Big()) }},
				{"two secret powers", func() { g.Exps(row[0], row[1]) }, func() { ref.exp(text, e.Big()); ref.exp(text, e.Big()) }},
				{"secret power of g", func() { g.ExpG(e) }, func() { ref.exp(text, e.Big()) }},
				{"text in and out", func() { _, _ = g.Parse(text); _ = alpha.String() }, func() { ref.exp(text, big.NewInt(1)) }},
			} {
				b.Run(op.name, func(b *testing.B) { report(b, op.ours, op.plain) })
			}
		})
	}
}
