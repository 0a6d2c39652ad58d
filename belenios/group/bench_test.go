package group

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// The shapes below are what verifying costs a group; beside each is the same in the
// plain way, so that one run gives the ratio.

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

func plainRows(ref plain, rows [][]Term) {
	for _, row := range rows {
		acc := row[0].Base.String()
		for _, t := range row {
			acc = ref.mul(acc, ref.exp(t.Base.String(), t.Exp.Big()))
		}
	}
}

func benchmarkShape(b *testing.B, g Group, name string, rows [][]Term, members []Element) {
	b.Run(name+"/ours", func(b *testing.B) {
		for b.Loop() {
			values, _ := g.Products(rows, members...)
			for _, v := range values {
				_ = v.String()
			}
		}
	})
	b.Run(name+"/plain", func(b *testing.B) {
		ref := plainOf(g)
		for b.Loop() {
			plainRows(ref, rows)
			for _, e := range members {
				ref.exp(e.String(), g.Order())
			}
		}
	})
}

func Benchmark(b *testing.B) {
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

			text := alpha.String()
			for what, f := range map[string]func(){
				"member": func() { g.Member(alpha) },
				"Exp":    func() { g.Exp(alpha, row[0].Exp) },
				"ExpG":   func() { g.ExpG(row[0].Exp) },
				"Parse":  func() { _, _ = g.Parse(text) },
				"String": func() { _ = alpha.String() },
				"Mul":    func() { g.Mul(alpha, beta) },
			} {
				b.Run(strings.ToLower(what), func(b *testing.B) {
					for b.Loop() {
						f()
					}
				})
			}
		})
	}
}
