package belenios

import (
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// No value in the list of trustees can change: not in a proof of knowledge, a cert, a
// signed polynomial or a verification key.
func TestTrustees_EveryValueMatters(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := plan{group: name, questions: []Question{choose(0, 1, 1, false)}, singles: 1, pedersen: 3, threshold: 2}.make(t)
			read, err := ParseTrustees(s.group, s.trustees.Bytes())
			must(t, err)
			must(t, read.Verify())
			must(t, read.CheckMembership())
			if read.Count() != 4 {
				t.Errorf("%d trustees, not 4", read.Count())
			}
			for owner, k := range s.keys {
				if public, ok := read.Key(owner); !ok || !s.group.Equal(public, k.Public()) {
					t.Errorf("trustee %d has another key", owner)
				}
			}
			for _, owner := range []int{-1, 0, 5} {
				if _, ok := read.Key(owner); ok {
					t.Errorf("there is a trustee %d", owner)
				}
			}
			all := mutants(t, s.group, string(s.trustees.Bytes()))
			if want := 3 + 3*(2+2) + 3*(2+2) + 3*3; len(all) != want {
				t.Errorf("%d values were changed, there are %d", len(all), want)
			}
			for _, m := range all {
				changed, err := ParseTrustees(s.group, []byte(m.text))
				must(t, err)
				if changed.Verify() == nil {
					t.Errorf("verifies with another %s", m.name)
				}
			}
		})
	}
}

func TestTrustees_Structure(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	p, keys := ceremony(t, g, 3, 2)
	k, err := GeneratePrivateKey(g, rand.Reader)
	must(t, err)
	single, err := k.TrusteeKey(rand.Reader)
	must(t, err)
	own, err := keys[0].TrusteeKey(rand.Reader)
	must(t, err)
	swap := func(change func(p *Pedersen)) Pedersen {
		q := Pedersen{p.Threshold, append([]*Cert{}, p.Certs...), append([]*Coefexps{}, p.Coefexps...), append([]*TrusteeKey{}, p.Keys...)}
		change(&q)
		return q
	}
	for _, c := range []struct {
		name  string
		items []Item
	}{
		{"nobody", nil},
		{"one key in two items", []Item{Single{single}, Single{single}}},
		{"a member also alone", []Item{p, Single{own}}},
		{"members in another order", []Item{swap(func(q *Pedersen) { q.Keys[0], q.Keys[1] = q.Keys[1], q.Keys[0] })}},
		{"certs in another order", []Item{swap(func(q *Pedersen) { q.Certs[0], q.Certs[1] = q.Certs[1], q.Certs[0] })}},
		{"a cert twice", []Item{swap(func(q *Pedersen) { q.Certs[1], q.Coefexps[1] = q.Certs[0], q.Coefexps[0] })}},
		{"a lower threshold", []Item{swap(func(q *Pedersen) { q.Threshold = 1 })}},
		{"a higher threshold", []Item{swap(func(q *Pedersen) { q.Threshold = 3 })}},
		{"a threshold above the members", []Item{swap(func(q *Pedersen) { q.Threshold = 4 })}},
		{"threshold zero", []Item{swap(func(q *Pedersen) { q.Threshold = 0 })}},
		{"a member without a key", []Item{swap(func(q *Pedersen) { q.Keys = q.Keys[:2] })}},
		{"a member without coefexps", []Item{swap(func(q *Pedersen) { q.Coefexps = q.Coefexps[:2] })}},
		{"the identity", []Item{Single{&TrusteeKey{g.Identity(), single.Proof}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := NewTrustees(g, c.items...)
			if err == nil {
				err = list.Verify()
			}
			if err == nil {
				t.Error("verifies")
			}
		})
	}
	for _, item := range []Pedersen{swap(func(q *Pedersen) { q.Keys = q.Keys[:2] }), swap(func(q *Pedersen) { q.Coefexps = q.Coefexps[:2] })} {
		if item.Verify(g) == nil {
			t.Error("an item of different lengths verifies")
		}
	}
	read, err := ParsePedersen(g, p.Bytes())
	must(t, err)
	must(t, read.Verify(g))
	same(t, "threshold parameters", read.Bytes(), p.Bytes())
	if ceremonyKey := p.subKey(g); g.Equal(ceremonyKey, g.Identity()) {
		t.Error("the item's key is the identity")
	}
}

// An election under another key than the trustees' could not be decrypted, or could by
// somebody else.
func TestTrustees_ElectionUnderAnotherKey(t *testing.T) {
	p := plan{group: "Ed25519", questions: []Question{choose(0, 1, 1, false)}}
	a, b := p.make(t), p.make(t)
	if a.trustees.CheckElection(b.election) == nil {
		t.Error("passes")
	}
	p.group = "BELENIOS-2048"
	if a.trustees.CheckElection(p.make(t).election) == nil {
		t.Error("an election in another group passes")
	}
}

// Members find out who deviates in the key ceremony.
func TestCeremony_Deviations(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	var all []*Member
	var certs []*Cert
	for range 3 {
		seed, err := GenerateSeed(rand.Reader)
		must(t, err)
		m, err := NewMember(g, seed)
		must(t, err)
		c, err := m.Cert(rand.Reader)
		must(t, err)
		read, err := ParseCert(g, c.Bytes())
		must(t, err)
		all, certs = append(all, m), append(certs, read)
	}
	polynomial := func(i, threshold int) *Polynomial {
		p, err := all[i].Polynomial(rand.Reader, certs, threshold)
		must(t, err)
		read, err := ParsePolynomial(g, p.Bytes())
		must(t, err)
		return read
	}
	good := []*Polynomial{polynomial(0, 2), polynomial(1, 2), polynomial(2, 2)}
	with := func(i int, change func(p *Polynomial)) []*Polynomial {
		list := append([]*Polynomial{}, good...)
		p := *good[i]
		p.secrets = append([]sealed{}, p.secrets...)
		change(&p)
		list[i] = &p
		return list
	}
	another := polynomial(1, 2)
	for _, c := range []struct {
		name        string
		polynomials []*Polynomial
		want        string
	}{
		{"nothing deviates", good, ""},
		{"a member is missing", good[:2], "2 polynomials of 3 members"},
		{"members in another order", []*Polynomial{good[1], good[0], good[2]}, "signature does not verify"},
		{"another threshold", []*Polynomial{good[0], polynomial(1, 3), good[2]}, "member 2: coefexps: 3 coefficients, not 2"},
		{"a secret is missing", with(1, func(p *Polynomial) { p.secrets = p.secrets[:2] }), "member 2: polynomial: 2 secrets for 3 members"},
		{"coefexps of another polynomial", with(1, func(p *Polynomial) { p.coefexps = another.coefexps }), "secret from member 2: it is not on the polynomial"},
		{"a secret of another polynomial", with(1, func(p *Polynomial) { p.secrets[0] = another.secrets[0] }), "secret from member 2: it is not on the polynomial"},
		{"secrets exchanged", with(1, func(p *Polynomial) { p.secrets[0], p.secrets[2] = p.secrets[2], p.secrets[0] }), "does not decrypt"},
		{"a secret of another member", with(1, func(p *Polynomial) { p.secrets[0] = good[2].secrets[0] }), "signature does not verify"},
		{"own polynomial of another", with(0, func(p *Polynomial) { p.own = polynomial(0, 2).own }), "own polynomial"},
	} {
		t.Run(c.name, func(t *testing.T) {
			vinputs, err := NewVinputs(g, certs, c.polynomials)
			if err == nil {
				var read *Vinput
				read, err = ParseVinput(g, vinputs[0].Bytes())
				must(t, err)
				_, err = all[0].Voutput(rand.Reader, certs, read)
			}
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	stranger, err := NewMember(g, strings.Repeat("1", seedLen))
	must(t, err)
	if _, err := stranger.Polynomial(rand.Reader, certs, 2); err == nil {
		t.Error("a stranger made a polynomial")
	}
	for _, threshold := range []int{0, 4} {
		if _, err := all[0].Polynomial(rand.Reader, certs, threshold); err == nil {
			t.Errorf("a polynomial for threshold %d of 3", threshold)
		}
	}
	vinputs, err := NewVinputs(g, certs, good)
	must(t, err)
	var voutputs []*Voutput
	for i, m := range all {
		v, err := m.Voutput(rand.Reader, certs, vinputs[i])
		must(t, err)
		read, err := ParseVoutput(g, v.Bytes())
		must(t, err)
		voutputs = append(voutputs, read)
	}
	_, private, err := NewPedersen(g, certs, good, voutputs)
	must(t, err)
	voutputs[0], voutputs[1] = voutputs[1], voutputs[0]
	if _, _, err := NewPedersen(g, certs, good, voutputs); err == nil {
		t.Error("voutputs in another order are accepted")
	}
	if _, err := all[0].PrivateKey(private[1]); err == nil {
		t.Error("a member opened the decryption key of another")
	}
}

func TestSeed_Form(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	for _, seed := range []string{"", "short", strings.Repeat("0", seedLen), strings.Repeat("1", seedLen+1)} {
		if _, err := NewMember(g, seed); err == nil {
			t.Errorf("%q is accepted as a seed", seed)
		}
	}
}

func TestPrivateKey_Form(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	k, err := GeneratePrivateKey(g, rand.Reader)
	must(t, err)
	read, err := ParsePrivateKey(g, k.Bytes())
	must(t, err)
	same(t, "private key", read.Bytes(), k.Bytes())
	for _, text := range []string{``, `"0"`, `"01"`, `1`, `"1" `, `"` + g.Order().String() + `"`, `"-1"`} {
		if _, err := ParsePrivateKey(g, []byte(text)); err == nil {
			t.Errorf("%s is accepted as a private key", text)
		}
	}
}
