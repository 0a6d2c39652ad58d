package boothtest

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/decide/keys"
)

// party is a keyholder who uses the browser's modules (browser) or the Go package.
type party struct {
	browser bool
	seed    string
	chance  []byte // so that both programs can be asked for the same bytes
}

// ceremony is the making of one key, as whoever carries the messages sees it.
type ceremony struct {
	*testing.T
	b         *booth
	g         group.Group
	threshold int
	parties   []party
	certs     []string
	read      []*belenios.Cert
	vinputs   []string
	dkeys     []string
	*belenios.Trustees
}

// message is what a party sends in one step; the other program is asked for the same step with the same chance, and must make
// the same bytes.
func (c *ceremony) message(p party, request map[string]any, inGo func(m *belenios.Member, random *chance) ([]byte, error)) string {
	c.Helper()
	request["group"], request["seed"], request["chance"] = c.g.Name(), p.seed, hex.EncodeToString(p.chance)
	inBrowser := must[string](c.T, c.b, request)
	m, err := belenios.NewMember(c.g, p.seed)
	if err != nil {
		c.Fatal(err)
	}
	text, err := inGo(m, &chance{seed: p.chance})
	if err != nil {
		c.Fatalf("%v: %v", request["do"], err)
	}
	same(c.T, fmt.Sprint(request["do"]), string(text), inBrowser)
	if p.browser {
		return inBrowser
	}
	return string(text)
}

var ceremonies int

// hold makes a key with those parties, each step of each with chance of its own.
func hold(t *testing.T, b *booth, g group.Group, threshold int, browser ...bool) *ceremony {
	t.Helper()
	c := &ceremony{T: t, b: b, g: g, threshold: threshold}
	ceremonies++ // no two draw the same
	from := 1000 * ceremonies
	for i, is := range browser {
		p := party{browser: is, chance: seed(from + 100 + i)}
		if is {
			p.seed = must[string](t, b, map[string]any{"do": "newSeed"})
		} else {
			var err error
			if p.seed, err = belenios.GenerateSeed(rand.Reader); err != nil {
				t.Fatal(err)
			}
		}
		c.parties = append(c.parties, p)
	}
	for _, p := range c.parties {
		text := c.message(p, map[string]any{"do": "cert"}, func(m *belenios.Member, random *chance) ([]byte, error) {
			cert, err := m.Cert(random)
			if err != nil {
				return nil, err
			}
			return cert.Bytes(), nil
		})
		cert, err := belenios.ParseCert(g, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		c.certs, c.read = append(c.certs, text), append(c.read, cert)
	}
	var polynomials []*belenios.Polynomial
	for i, p := range c.parties {
		p.chance = seed(from + 200 + i)
		text := c.message(p, map[string]any{"do": "polynomial", "certs": c.certs, "threshold": threshold}, func(m *belenios.Member, random *chance) ([]byte, error) {
			polynomial, err := m.Polynomial(random, c.read, threshold)
			if err != nil {
				return nil, err
			}
			return polynomial.Bytes(), nil
		})
		polynomial, err := belenios.ParsePolynomial(g, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		polynomials = append(polynomials, polynomial)
	}
	vinputs, err := belenios.NewVinputs(g, c.read, polynomials)
	if err != nil {
		t.Fatal(err)
	}
	var voutputs []*belenios.Voutput
	for i, p := range c.parties {
		p.chance = seed(from + 300 + i)
		c.vinputs = append(c.vinputs, string(vinputs[i].Bytes()))
		text := c.message(p, map[string]any{"do": "voutput", "certs": c.certs, "vinput": c.vinputs[i]}, func(m *belenios.Member, random *chance) ([]byte, error) {
			voutput, err := m.Voutput(random, c.read, vinputs[i])
			if err != nil {
				return nil, err
			}
			return voutput.Bytes(), nil
		})
		voutput, err := belenios.ParseVoutput(g, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		voutputs = append(voutputs, voutput)
	}
	item, dkeys, err := belenios.NewPedersen(g, c.read, polynomials, voutputs)
	if err != nil {
		t.Fatal(err)
	}
	c.dkeys = dkeys
	if c.Trustees, err = belenios.NewTrustees(g, item); err != nil {
		t.Fatal(err)
	}
	if err := c.Verify(); err != nil {
		t.Fatal(err)
	}
	for i := range c.parties {
		made, err := c.finished(string(c.Bytes()), i, i+1)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "key", c.PublicKey().String(), made.Key)
		same(t, "words", strings.Join(keys.Words(c.Bytes()), " "), strings.Join(made.Words, " "))
	}
	return c
}

type finished struct {
	Key   string
	Words []string
}

// finished has a browser check the finished key for a party.
func (c *ceremony) finished(trustees string, party, number int) (finished, error) {
	c.Helper()
	return ask[finished](c.T, c.b, map[string]any{
		"do": "finishedKey", "group": c.g.Name(), "trustees": trustees, "seed": c.parties[party].seed, "dkey": c.dkeys[party], "number": number,
	})
}

// A keyholder's browser refuses a finished key that is not what all sent, or in which it has not its place.
func TestKeyholder_FinishedKey(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("Ed25519")
	c, other := hold(t, b, g, 2, true, true, true), hold(t, b, g, 2, true, true, true)
	text, foreign := string(c.Bytes()), string(other.Bytes())
	part := func(text, from, to string) string { return text[strings.Index(text, from):strings.Index(text, to)] }
	for _, r := range []struct{ name, trustees, says string }{
		{"another key", foreign, "not the secret that you made"},
		{"the shares of another key", strings.Replace(text, text[strings.Index(text, `"verification_keys"`):], foreign[strings.Index(foreign, `"verification_keys"`):], 1), "not what the others published"},
		{"the polynomials of another key", strings.Replace(text, part(text, `"coefexps"`, `"verification_keys"`), part(foreign, `"coefexps"`, `"verification_keys"`), 1), "does not verify"},
		{"opened by one", strings.Replace(text, `"threshold":2`, `"threshold":1`, 1), "opened by 1"},
		{"with a space", text + " ", "not one of several"},
		{"none", `[]`, "not one of several"},
	} {
		if _, err := c.finished(r.trustees, 0, 1); err == nil || !strings.Contains(err.Error(), r.says) {
			t.Errorf("%s: %v, and it should say %q", r.name, err, r.says)
		}
	}
	if _, err := c.finished(text, 0, 2); err == nil || !strings.Contains(err.Error(), "not the secret that you made") {
		t.Errorf("the number of another keyholder: %v", err)
	}
}

// The check of a key is computed by the browser, and is the one that the server asks for; nothing else is opened in its place.
func TestKeyholder_Check(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("BELENIOS-2048")
	c := hold(t, b, g, 2, true, true)
	elect := func(key group.Element, own string) string {
		e, err := belenios.NewElection(belenios.ElectionParams{
			UUID: uuid, Name: "Check of a key", Group: g, PublicKey: key, Questions: []belenios.Question{choose(1, 0, 1)},
			Extra: []belenios.Field{{Name: "commonweal", Raw: []byte(own)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(e.Bytes())
	}
	right := elect(c.PublicKey(), `{"check":"setup-1"}`)
	r := g.HashScalar([]byte("commonweal/check|" + belenios.Fingerprint([]byte(right))))
	want := fmt.Sprintf(`[[{"alpha":"%s","beta":"%s"}]]`, g.ExpG(r), g.Mul(g.Exp(c.PublicKey(), r), g.Generator()))
	request := func(election string) map[string]any {
		return map[string]any{"do": "checkTally", "election": election, "setup": "setup-1", "trustees": string(c.Bytes())}
	}
	same(t, "tally", want, must[string](t, b, request(right)))
	for name, election := range map[string]string{
		"of another setup":        elect(c.PublicKey(), `{"check":"setup-2"}`),
		"of a real election":      elect(c.PublicKey(), `{"rules":"aa"}`),
		"of both":                 elect(c.PublicKey(), `{"check":"setup-1","rules":"aa"}`),
		"locked with another key": elect(g.Generator(), `{"check":"setup-1"}`),
	} {
		if text, err := ask[string](t, b, request(election)); err == nil {
			t.Errorf("%s: the browser would open %s", name, text)
		}
	}
}

// Whoever takes part with which program: the same messages, the same key, and what it locks is opened by any who suffice.
func TestKeyholder_CeremonyAndOpening(t *testing.T) {
	b := open(t)
	for _, name := range group.Names() {
		for _, c := range []struct {
			name      string
			threshold int
			browser   []bool
			opening   []int // numbers from 1
		}{
			{"browsers alone", 2, []bool{true, true, true}, []int{1, 3}},
			{"Go alone", 2, []bool{false, false, false}, []int{2, 3}},
			{"mixed", 2, []bool{true, false, true}, []int{2, 3}},
			{"three of five", 3, []bool{true, true, false, true, false}, []int{5, 1, 4}},
		} {
			g, _ := group.ByName(name)
			if g.Order().BitLen() > 256 && c.name != "mixed" {
				continue // slow, and who takes part is the same in every group
			}
			t.Run(name+"/"+c.name, func(t *testing.T) {
				made := hold(t, b, g, c.threshold, c.browser...)
				questions := []belenios.Question{choose(2, 1, 1)}
				votes := [][][]int{{{1, 0}}, {{1, 0}}, {{0, 1}}}
				want := `{"result":[[2,1]]}`
				if g.EncodeLimit() > 0 {
					questions = append(questions, rank(3))
					votes = [][][]int{{{1, 0}, {2, 1, 3}}}
					want = `{"result":[[1,0],[[2,1,3]]]}`
				}
				same(t, "result", want, made.opened(questions, votes, c.opening))
			})
		}
	}
}

// opened holds an election under the key and opens it with the partial decryptions of some, which the other program checks.
func (c *ceremony) opened(questions []belenios.Question, votes [][][]int, by []int) string {
	c.Helper()
	e, err := belenios.NewElection(belenios.ElectionParams{UUID: uuid, Name: "Staff council", Group: c.g, PublicKey: c.PublicKey(), Questions: questions})
	if err != nil {
		c.Fatal(err)
	}
	var list []belenios.PublicCredential
	var voters []*belenios.Credential
	for range votes {
		s, err := c.g.RandomScalar(rand.Reader)
		if err != nil {
			c.Fatal(err)
		}
		voter, err := belenios.NewCredential(c.g, s)
		if err != nil {
			c.Fatal(err)
		}
		voters, list = append(voters, voter), append(list, belenios.PublicCredential{Key: voter.Public(), Weight: 1})
	}
	credentials, err := belenios.NewCredentials(c.g, list)
	if err != nil {
		c.Fatal(err)
	}
	var ballots []*belenios.Ballot
	for i, values := range votes {
		ballot, err := belenios.NewBallot(rand.Reader, e, voters[i], values)
		if err != nil {
			c.Fatal(err)
		}
		ballots = append(ballots, ballot)
	}
	tally, sized, err := belenios.NewEncryptedTally(e, credentials, ballots)
	if err != nil {
		c.Fatal(err)
	}
	var owned []belenios.OwnedDecryption
	for _, number := range by {
		p := c.parties[number-1]
		made := must[struct {
			Text, Tally string
			Owner       int
		}](c.T, c.b, map[string]any{
			"do": "decrypt", "election": string(e.Bytes()), "tally": string(tally.Bytes()), "trustees": string(c.Bytes()),
			"seed": p.seed, "dkey": c.dkeys[number-1], "chance": hex.EncodeToString(seed(400 + number)),
		})
		if made.Owner != number || made.Tally != tally.Hash().String() {
			c.Errorf("the browser takes keyholder %d for %d, and the tally %s for %s", number, made.Owner, tally.Hash(), made.Tally)
		}
		m, err := belenios.NewMember(c.g, p.seed)
		if err != nil {
			c.Fatal(err)
		}
		key, err := m.PrivateKey(c.dkeys[number-1])
		if err != nil {
			c.Fatal(err)
		}
		again, err := belenios.NewPartialDecryption(&chance{seed: seed(400 + number)}, e, tally, key)
		if err != nil {
			c.Fatal(err)
		}
		same(c.T, "partial decryption", string(again.Bytes()), made.Text)
		d, err := belenios.ParsePartialDecryption(e, []byte(made.Text))
		if err != nil {
			c.Fatal(err)
		}
		if !d.Bound() {
			c.Error("the browser's decryption is not bound")
		}
		owned = append(owned, belenios.OwnedDecryption{Owner: number, Decryption: d})
	}
	if err := belenios.VerifyDecryptions(e, c.Trustees, tally, owned); err != nil {
		c.Fatal(err)
	}
	result, err := belenios.NewResult(e, c.Trustees, tally, owned, sized.TotalWeight)
	if err != nil {
		c.Fatal(err)
	}
	return string(result.Bytes())
}

// What another keyholder or the server made up is refused before anything secret is used, or before anything is sent.
func TestKeyholder_Refuses(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("Ed25519")
	c, other := hold(t, b, g, 2, true, true, true), hold(t, b, g, 2, true, true, true)
	mine := c.parties[0].seed
	flip := func(text, after string) string { // changes a digit some places after a word
		i := strings.Index(text, after) + len(after) + 10
		return text[:i] + string('1'+(text[i]-'0'+1)%9) + text[i+1:]
	}
	certs := func(change func([]string)) []string {
		list := slices.Clone(c.certs)
		change(list)
		return list
	}
	for _, r := range []struct {
		name    string
		request map[string]any
		says    string
	}{
		{"certificates without my own", map[string]any{"do": "polynomial", "certs": other.certs, "threshold": 2}, "none of the certificates"},
		{"one certificate twice", map[string]any{"do": "polynomial", "certs": certs(func(l []string) { l[2] = l[1] }), "threshold": 2}, "the same key"},
		{"a certificate with another signature", map[string]any{"do": "polynomial", "certs": certs(func(l []string) { l[1] = flip(l[1], `"response":"`) }), "threshold": 2}, "does not verify"},
		{"a certificate with a space", map[string]any{"do": "polynomial", "certs": certs(func(l []string) { l[1] = " " + l[1] }), "threshold": 2}, "one form"},
		{"a certificate with a field more", map[string]any{"do": "polynomial", "certs": certs(func(l []string) { l[1] = l[1][:len(l[1])-1] + `,"x":"y"}` }), "threshold": 2}, "fields"},
		{"more needed than there are", map[string]any{"do": "polynomial", "certs": c.certs, "threshold": 4}, "4 of 3"},
		{"nobody needed", map[string]any{"do": "polynomial", "certs": c.certs, "threshold": 0}, "0 of 3"},
		{"the input of another keyholder", map[string]any{"do": "voutput", "certs": c.certs, "vinput": c.vinputs[1]}, "decrypt"},
		{"the input of another ceremony", map[string]any{"do": "voutput", "certs": c.certs, "vinput": other.vinputs[0]}, "does not verify"},
		{"polynomials in another order", map[string]any{"do": "voutput", "certs": certs(func(l []string) { l[1], l[2] = l[2], l[1] }), "vinput": c.vinputs[0]}, "does not verify"},
		{"a letter that was changed", map[string]any{"do": "voutput", "certs": c.certs, "vinput": flip(c.vinputs[0], `\"data\":\"`)}, "not"},
		{"the share of another", map[string]any{"do": "share", "dkey": c.dkeys[1]}, "decrypt"},
	} {
		r.request["group"], r.request["seed"] = g.Name(), mine
		_, err := ask[any](t, b, r.request)
		if err == nil || !strings.Contains(err.Error(), r.says) {
			t.Errorf("%s: %v, and it should say %q", r.name, err, r.says)
		}
	}
}

// A value that is not on its sender's published polynomial is found: two of them sent the same keyholder letters of different
// polynomials.
func TestKeyholder_WrongValue(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("Ed25519")
	c := hold(t, b, g, 2, true, true, true)
	m, err := belenios.NewMember(g, c.parties[1].seed)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Polynomial(rand.Reader, c.read, 2)
	if err != nil {
		t.Fatal(err)
	}
	letters := func(text string) string { // the secrets of a polynomial
		return text[strings.Index(text, `"secrets":[`)+len(`"secrets":[`) : strings.Index(text, `],"coefexps"`)]
	}
	second := func(list string) string { return strings.SplitAfter(list, `}",`)[1] }
	first := strings.SplitAfter(letters(string(again.Bytes())), `}",`)[0]
	forged := strings.Replace(c.vinputs[0], second(letters(c.vinputs[0])), first, 1)
	_, err = ask[string](t, b, map[string]any{"do": "voutput", "group": g.Name(), "seed": c.parties[0].seed, "certs": c.certs, "vinput": forged})
	if err == nil || !strings.Contains(err.Error(), "keyholder 2 is not the one") {
		t.Errorf("a value of another polynomial: %v", err)
	}
}

// A tally with an element outside the subgroup is not touched: what is done with it could tell something of the share.
func TestKeyholder_TallyOutsideTheGroup(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("BELENIOS-2048")
	c := hold(t, b, g, 2, true, true)
	e, err := belenios.NewElection(belenios.ElectionParams{UUID: uuid, Name: "Staff council", Group: g, PublicKey: c.PublicKey(), Questions: []belenios.Question{choose(1, 0, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	pair := func(alpha string) string { return `{"alpha":"` + alpha + `","beta":"1"}` }
	for name, tally := range map[string]string{
		"outside":          `[[` + pair("3") + `]]`,
		"nought":           `[[` + pair("0") + `]]`,
		"one too many":     `[[` + pair("1") + `,` + pair("1") + `]]`,
		"a list too many":  `[[` + pair("1") + `],[]]`,
		"with a space":     `[[` + pair("1") + ` ]]`,
		"a field too many": `[[{"alpha":"1","beta":"1","gamma":"1"}]]`,
	} {
		_, err := ask[any](t, b, map[string]any{"do": "decrypt", "election": string(e.Bytes()), "tally": tally, "trustees": string(c.Bytes()), "seed": c.parties[0].seed, "dkey": c.dkeys[0]})
		if err == nil {
			t.Errorf("%s: it was decrypted", name)
		}
	}
}

// ccm is AES-256 in CCM mode as RFC 3610 has it, block by block, with a tag of 8 bytes.
func ccm(t *testing.T, key, nonce, text []byte) string {
	t.Helper()
	aes, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	l := 2
	if len(text) >= 1<<16 {
		l = 3
	}
	numbered := func(flags byte, n int) []byte {
		b := append([]byte{flags}, nonce[:15-l]...)
		for i := l - 1; i >= 0; i-- {
			b = append(b, byte(n>>(8*i)))
		}
		return b
	}
	tag := numbered(3<<3|byte(l-1), len(text)) // (8-2)/2 in the bits from the third on
	aes.Encrypt(tag, tag)
	stream := func(i int) []byte {
		b := numbered(byte(l-1), i)
		aes.Encrypt(b, b)
		return b
	}
	var out []byte
	for i := 0; i*16 < len(text); i++ {
		part := text[i*16 : min(len(text), i*16+16)]
		mask := stream(i + 1)
		for j, c := range part {
			tag[j] ^= c
			out = append(out, c^mask[j])
		}
		aes.Encrypt(tag, tag)
	}
	for j, m := range stream(0)[:8] {
		out = append(out, tag[j]^m)
	}
	return hex.EncodeToString(out)
}

// The cipher is CCM for every length of text around its blocks, and around 65,536 bytes, from which on the
// length takes a byte more.
func TestKeyholder_Letters(t *testing.T) {
	b := open(t)
	key, nonce := hex.EncodeToString(seed(1)), hex.EncodeToString(seed(2))
	for _, n := range []int{0, 1, 15, 16, 17, 31, 32, 33, 1000, 65535, 65536, 65537, 70000} {
		text := strings.Repeat("5a", n)
		sealed := must[string](t, b, map[string]any{"do": "sealBytes", "key": key, "nonce": nonce, "text": text})
		same(t, fmt.Sprint(n), ccm(t, seed(1), seed(2), bytes.Repeat([]byte{0x5a}, n)), sealed)
		same(t, fmt.Sprint(n), text, must[string](t, b, map[string]any{"do": "openBytes", "key": key, "nonce": nonce, "sealed": sealed}))
		for _, at := range []int{0, len(sealed) - 1} {
			digit := byte('0')
			if sealed[at] == '0' {
				digit = '1'
			}
			changed := sealed[:at] + string(digit) + sealed[at+1:]
			if _, err := ask[string](t, b, map[string]any{"do": "openBytes", "key": key, "nonce": nonce, "sealed": changed}); err == nil {
				t.Errorf("%d bytes, changed at %d: it opens", n, at)
			}
		}
	}
	if _, err := ask[string](t, b, map[string]any{"do": "openBytes", "key": key, "nonce": nonce, "sealed": "00ff"}); err == nil {
		t.Error("two bytes open")
	}
}

// The same chance makes the same seed as the Go package, and a seed is read as people type it.
func TestKeyholder_Seed(t *testing.T) {
	b := open(t)
	seen := map[string]bool{}
	for i := range 20 {
		made := must[string](t, b, map[string]any{"do": "newSeed", "chance": hex.EncodeToString(seed(i))})
		want, err := belenios.GenerateSeed(&chance{seed: seed(i)})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "seed", want, made)
		seen[made] = true
		typed := "  " + made[:4] + " " + made[4:11] + "-\n" + made[11:] + "\n"
		same(t, "typed", made, must[string](t, b, map[string]any{"do": "readSeed", "typed": typed}))
	}
	if len(seen) != 20 {
		t.Error("a seed came twice")
	}
	for _, typed := range []string{"", "abc", strings.Repeat("1", 21), strings.Repeat("1", 23), strings.Repeat("0", 22), strings.Repeat("l", 22)} {
		if _, err := ask[string](t, b, map[string]any{"do": "readSeed", "typed": typed}); err == nil {
			t.Errorf("%q is read as a seed", typed)
		}
	}
}
