package belenios

import (
	"crypto/rand"
	"strings"
	"sync"
	"testing"

	"commonweal/belenios/group"
)

const (
	trusteesText = `["Single",{"pok":{"challenge":"1","response":"2"},"public_key":"%"}]`
	electionText = `{"version":1,"description":"d","name":"n","group":"Ed25519","public_key":"%","questions":[{"answers":["a","b"],"min":0,"max":1,"question":"q"}],"uuid":"` + sceneUUID + `"}`
)

// generatorText is the text of a good element of Ed25519.
func generatorText() string {
	g, _ := group.ByName("Ed25519")
	return g.Generator().String()
}

// An election may be formatted freely and say more than we know, but it must not be
// open to two readings.
func TestParseElection_Form(t *testing.T) {
	good := strings.Replace(electionText, "%", generatorText(), 1)
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%s is not in the text", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	ranked := strings.Replace(strings.Replace(good, `"Ed25519"`, `"RFC-3526-2048"`, 1), `"`+generatorText()+`"`, `"2"`, 1)
	ranked = strings.Replace(ranked, `{"answers":["a","b"],"min":0,"max":1,"question":"q"}`, `{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"q"},"extra":{"type":"Ranking"}}`, 1)
	for _, c := range []struct {
		name, text string
		ok         bool
	}{
		{"as we write it", good, true},
		{"formatted freely", strings.ReplaceAll(good, `,`, " ,\n\t"), true},
		{"an unknown field", replace(`{"version":1`, `{"language":{"a":[1.5e3,-0,null,true]},"version":1`), true},
		{"escapes", replace(`"name":"n"`, `"name":"\u00e9\n\/\ud83d\ude00"`), true},
		{"administrator", replace(`"uuid"`, `"administrator":"A","credential_authority":"C","uuid"`), true},
		{"blank", replace(`"min"`, `"blank":true,"min"`), true},
		{"blank false", replace(`"min"`, `"blank":false,"min"`), true},
		{"ranked, with an extra value", ranked, true},

		{"empty", ``, false},
		{"not an object", `[]`, false},
		{"space before", " " + good, false},
		{"newline after", good + "\n", false},
		{"two values", good + good, false},
		{"cut", good[:len(good)-1], false},
		{"a comma too many", replace(`"q"}`, `"q",}`), false},
		{"no comma", replace(`"min":0,`, `"min":0 `), false},
		{"a field twice", replace(`"name":"n"`, `"name":"n","name":"n"`), false},
		{"a field twice, once escaped", replace(`"name":"n"`, `"name":"n","n\u0061me":"n"`), false},
		{"an unknown field twice", replace(`{"version":1`, `{"x":1,"x":1,"version":1`), false},
		{"a field twice in an unknown one", replace(`{"version":1`, `{"x":{"y":1,"y":1},"version":1`), false},
		{"not UTF-8", replace(`"name":"n"`, "\"name\":\"\xff\""), false},
		{"a control character", replace(`"name":"n"`, "\"name\":\"\n\""), false},
		{"half a surrogate pair", replace(`"name":"n"`, `"name":"\ud83d"`), false},
		{"half a pair and a letter", replace(`"name":"n"`, `"name":"\ud83d\u0041"`), false},
		{"the wrong half", replace(`"name":"n"`, `"name":"\ude00\ud83d"`), false},
		{"an unknown escape", replace(`"name":"n"`, `"name":"\x"`), false},
		{"a string that does not end", `{"version":1,"name":"`, false},
		{"an escape that does not end", `{"version":1,"name":"\u00`, false},
		{"too deep", replace(`{"version":1`, `{"x":`+strings.Repeat("[", maxDepth)+strings.Repeat("]", maxDepth)+`,"version":1`), false},
		{"too long", replace(`"name":"n"`, `"name":"`+strings.Repeat("n", maxElection)+`"`), false},

		{"version 2", replace(`"version":1`, `"version":2`), false},
		{"version 1.0", replace(`"version":1`, `"version":1.0`), false},
		{"version as text", replace(`"version":1`, `"version":"1"`), false},
		{"no version", replace(`"version":1,`, ``), false},
		{"no name", replace(`"name":"n",`, ``), false},
		{"name a number", replace(`"name":"n"`, `"name":1`), false},
		{"administrator null", replace(`"uuid"`, `"administrator":null,"uuid"`), false},
		{"unknown group", replace(`"Ed25519"`, `"ed25519"`), false},
		{"key in upper case", replace(generatorText(), "AB"+generatorText()[2:]), false},
		{"short uuid", replace(sceneUUID, "short"), false},
		{"uuid with a zero", replace(sceneUUID, "0"+sceneUUID[1:]), false},
		{"no questions", replace(`[{"answers":["a","b"],"min":0,"max":1,"question":"q"}]`, `[]`), false},
		{"a question that is none", replace(`[{"answers"`, `[1,{"answers"`), false},
		{"no answers", replace(`["a","b"]`, `[]`), false},
		{"an answer that is a number", replace(`["a","b"]`, `["a",1]`), false},
		{"an unknown field in a question", replace(`"min"`, `"weight":1,"min"`), false},
		{"blank a number", replace(`"min"`, `"blank":1,"min"`), false},
		{"min with a leading zero", replace(`"min":0`, `"min":00`), false},
		{"min negative", replace(`"min":0`, `"min":-1`), false},
		{"min negative zero", replace(`"min":0`, `"min":-0`), false},
		{"min a fraction", replace(`"min":0`, `"min":0.0`), false},
		{"max with an exponent", replace(`"max":1`, `"max":1e0`), false},
		{"max a text", replace(`"max":1`, `"max":"1"`), false},
		{"no max", replace(`"max":1,`, ``), false},
		{"min above max", replace(`"min":0`, `"min":2`), false},
		{"max above the answers", replace(`"max":1`, `"max":3`), false},
		{"max zero", replace(`"max":1`, `"max":0`), false},
		{"ranked in Ed25519", replace(`{"answers":["a","b"],"min":0,"max":1,"question":"q"}`, `{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"q"}}`), rankedEd25519()},
		{"ranked in BELENIOS-2048", strings.Replace(ranked, "RFC-3526-2048", "BELENIOS-2048", 1), false},
		{"an unknown type of question", strings.Replace(ranked, "NonHomomorphic", "Lists", 1), false},
		{"both kinds of question at once", strings.Replace(ranked, `{"type"`, `{"min":1,"type"`, 1), false},
		{"no value", strings.Replace(ranked, `"value"`, `"worth"`, 1), false},
		{"more answers than can be encoded", strings.Replace(ranked, `["a"`, `["a"`+strings.Repeat(`,"a"`, 253), 1), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := ParseElection([]byte(c.text))
			if (err == nil) != c.ok {
				t.Fatalf("got %v", err)
			}
			if err == nil {
				same(t, "election", e.Bytes(), []byte(c.text))
			}
		})
	}
}

func rankedEd25519() bool {
	g, _ := group.ByName("Ed25519")
	return g.EncodeLimit() > 0
}

// What NewElection writes, ParseElection reads, whatever the words are: < and & are not
// escaped, since others hash the same bytes.
func TestNewElection_Words(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	odd := "<b>&amp;</b> \"quoted\" \\ \n\t\x00 \u2028 é 😀"
	p := ElectionParams{
		UUID: sceneUUID, Name: odd, Description: odd, Administrator: odd, CredentialAuthority: odd,
		Group: g, PublicKey: g.Generator(), Questions: []Question{{Title: odd, Answers: []string{odd, odd}, Max: 1, Blank: true}},
		Extra: []Field{{"commonweal", []byte(`{"seats": 3}`)}},
	}
	e, err := NewElection(p)
	must(t, err)
	q := e.Questions()[0]
	for _, got := range []string{e.Name(), e.Description(), e.Administrator(), e.CredentialAuthority(), q.Title, q.Answers[1]} {
		if got != odd {
			t.Errorf("%q came back as %q", odd, got)
		}
	}
	if raw, ok := e.Extra("commonweal"); !ok || string(raw) != `{"seats": 3}` {
		t.Errorf("extra field came back as %s", raw)
	}
	if _, ok := e.Extra("name"); ok {
		t.Error("a field of the protocol is given as extra")
	}
	if !strings.Contains(string(e.Bytes()), "<b>&amp;</b>") || !q.Blank {
		t.Errorf("election: %s", e.Bytes())
	}
	for _, extra := range [][]Field{
		{{"uuid", []byte(`"x"`)}},
		{{"name", []byte(`"x"`)}},
		{{"administrator", []byte(`"x"`)}},
		{{"x", []byte(`1,"y":2`)}},
		{{"x", []byte(``)}},
		{{"x", []byte(`1`)}, {"x", []byte(`1`)}},
	} {
		p := p
		p.Administrator = ""
		p.Extra = extra
		if _, err := NewElection(p); err == nil {
			t.Errorf("extra fields %s are accepted", extra)
		}
	}
	p = ElectionParams{UUID: sceneUUID, Group: g, PublicKey: g.Generator(), Questions: []Question{choose(0, 1, 2, false)}}
	p.Questions[0].Extra = []byte("1")
	if _, err := NewElection(p); err == nil {
		t.Error("a homomorphic question with an extra value is accepted")
	}
	p.Group, _ = group.ByName("RFC-3526-2048")
	p.PublicKey = p.Group.Generator()
	p.Questions[0] = rank(2)
	p.Questions[0].Extra = []byte(`1},{"answers":["a"],"min":0,"max":1,"question":"smuggled"`)
	if _, err := NewElection(p); err == nil {
		t.Error("a question was smuggled in")
	}
	if _, err := NewElection(ElectionParams{}); err == nil {
		t.Error("an election of nothing is accepted")
	}
}

// canonical is an object of each kind with its reader, made once.
func canonical(t testing.TB) map[string]object {
	t.Helper()
	canonicalOnce.Do(func() { canonicalObjects = makeCanonical(t) })
	if canonicalObjects == nil {
		t.Fatal("the objects could not be made")
	}
	return canonicalObjects
}

var (
	canonicalOnce    sync.Once
	canonicalObjects map[string]object
)

func makeCanonical(t testing.TB) map[string]object {
	t.Helper()
	s := plan{group: "Ed25519", questions: []Question{choose(1, 1, 2, true), choose(0, 1, 2, false)}, voters: 2, weights: []int64{1, 2_000_000_000}, singles: 1, pedersen: 2, threshold: 2}.make(t)
	b := s.cast(t, 1, []int{0, 1, 0}, []int{0, 1})
	tally, sized, err := NewEncryptedTally(s.election, s.credentials, []*Ballot{b})
	must(t, err)
	parts := s.decrypt(t, tally, 1, 2, 3)
	result, err := NewResult(s.election, s.trustees, tally, parts, sized.TotalWeight)
	must(t, err)
	r, rankedTally := mixed(t, 2)
	shuffle, err := NewShuffle(rand.Reader, r.election, rankedTally.NonHomomorphic())
	must(t, err)
	rankedResult := r.finish(t, []*Ballot{r.cast(t, 0, []int{1, 2})}, 1, 1)

	g := s.group
	pedersen := s.trustees.Items()[1].(Pedersen)
	member, err := NewMember(g, strings.Repeat("a", seedLen))
	must(t, err)
	cert, err := member.Cert(rand.Reader)
	must(t, err)
	certs := []*Cert{cert}
	polynomial, err := member.Polynomial(rand.Reader, certs, 1)
	must(t, err)
	vinputs, err := NewVinputs(g, certs, []*Polynomial{polynomial})
	must(t, err)
	voutput, err := member.Voutput(rand.Reader, certs, vinputs[0])
	must(t, err)
	return map[string]object{
		"setup data":  {SetupData{HashOf(nil), HashOf(nil), HashOf([]byte{1})}.Bytes(), as(ParseSetupData)},
		"owned":       {Owned{3, HashOf(nil)}.Bytes(), as(ParseOwned)},
		"sized tally": {sized.Bytes(), as(ParseSizedTally)},
		"credentials": {s.credentials.Bytes(), in(ParseCredentials, g)},
		"trustees": {s.trustees.Bytes(), func(b []byte) ([]byte, error) {
			t, err := ParseTrustees(g, b)
			if err != nil {
				return nil, err
			}
			return appendList(nil, t.items, func(b []byte, i Item) []byte { return i.append(b) }), nil
		}},
		"trustee key":          {pedersen.Keys[0].Bytes(), in(ParseTrusteeKey, g)},
		"private key":          {s.keys[1].Bytes(), in(ParsePrivateKey, g)},
		"cert":                 {cert.Bytes(), in(ParseCert, g)},
		"threshold parameters": {pedersen.Bytes(), in(ParsePedersen, g)},
		"polynomial":           {polynomial.Bytes(), in(ParsePolynomial, g)},
		"vinput":               {vinputs[0].Bytes(), in(ParseVinput, g)},
		"voutput":              {voutput.Bytes(), in(ParseVoutput, g)},
		"ballot": {b.Bytes(), func(text []byte) ([]byte, error) {
			b, err := ParseBallot(s.election, text)
			if err != nil {
				return nil, err
			}
			return append(appendSignature(append(b.unsigned(), `,"signature":`...), b.signature), '}'), nil
		}},
		"ranked ballot": {r.cast(t, 0, []int{1, 2}).Bytes(), func(text []byte) ([]byte, error) {
			b, err := ParseBallot(r.election, text)
			if err != nil {
				return nil, err
			}
			return append(appendSignature(append(b.unsigned(), `,"signature":`...), b.signature), '}'), nil
		}},
		"encrypted tally": {tally.Bytes(), func(text []byte) ([]byte, error) {
			t, err := ParseEncryptedTally(s.election, text)
			if err != nil {
				return nil, err
			}
			return t.append(nil), nil
		}},
		"shuffle": {shuffle.Bytes(), func(text []byte) ([]byte, error) {
			s, err := ParseShuffle(r.election, text)
			if err != nil {
				return nil, err
			}
			b := appendList([]byte(`{"ciphertexts":`), s.ciphertexts, appendCiphertexts)
			return append(appendList(append(b, `,"proofs":`...), s.proofs, appendShuffleProof), '}'), nil
		}},
		"partial decryption": {parts[0].Decryption.Bytes(), func(text []byte) ([]byte, error) {
			d, err := ParsePartialDecryption(s.election, text)
			if err != nil {
				return nil, err
			}
			return d.append(nil), nil
		}},
		"result": {result.Bytes(), func(text []byte) ([]byte, error) {
			r, err := ParseResult(s.election, text)
			if err != nil {
				return nil, err
			}
			return r.append(nil), nil
		}},
		"ranked result": {rankedResult.Bytes(), func(text []byte) ([]byte, error) {
			out, err := ParseResult(r.election, text)
			if err != nil {
				return nil, err
			}
			return out.append(nil), nil
		}},
	}
}

// object is a text and what reads it and writes it anew from what it read.
type object struct {
	text  []byte
	again func([]byte) ([]byte, error)
}

func as[T interface{ Bytes() []byte }](parse func([]byte) (T, error)) func([]byte) ([]byte, error) {
	return func(b []byte) ([]byte, error) {
		v, err := parse(b)
		if err != nil {
			return nil, err
		}
		return v.Bytes(), nil
	}
}

func in[T interface{ Bytes() []byte }](parse func(group.Group, []byte) (T, error), g group.Group) func([]byte) ([]byte, error) {
	return as(func(b []byte) (T, error) { return parse(g, b) })
}

// Every object has one form: what is read is written the same, and no space, comma,
// brace or zero can be put anywhere or taken away, at any depth.
func TestParse_OneForm(t *testing.T) {
	for name, o := range canonical(t) {
		t.Run(name, func(t *testing.T) {
			again, err := o.again(o.text)
			must(t, err)
			same(t, name, again, o.text)
			text := string(o.text)
			accepted := func(changed, how string, at int) {
				if changed == text {
					return
				}
				if again, err := o.again([]byte(changed)); err == nil && string(again) != changed {
					t.Errorf("accepted with %s at byte %d: …%.30s", how, at, text[at:])
				} else if err == nil && (how == "a space" || how == "a newline" || how == "a comma") {
					t.Errorf("accepted with %s at byte %d", how, at)
				}
			}
			for i := 0; i <= len(text); i += 1 + i/120 {
				accepted(text[:i]+" "+text[i:], "a space", i)
				accepted(text[:i]+"\n"+text[i:], "a newline", i)
				accepted(text[:i]+",", "the rest cut", i)
				accepted(text[:i], "the rest cut", i)
				if i == len(text) {
					break
				}
				accepted(text[:i]+text[i+1:], "a byte left out", i)
				accepted(text[:i]+text[i:i+1]+text[i:], "a byte doubled", i)
				if c := text[i]; c == '"' || c == ':' || c == '[' || c == '{' {
					accepted(text[:i+1]+"0"+text[i+1:], "a zero", i)
					accepted(text[:i+1]+"+"+text[i+1:], "a plus", i)
				}
			}
		})
	}
}

// Numbers outside their range, in forms that other readers may take.
func TestParse_Numbers(t *testing.T) {
	h := HashOf(nil).String()
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{`{"num_tallied":0,"total_weight":0,"encrypted_tally":"` + h + `"}`, true},
		{`{"num_tallied":1,"total_weight":1073741823,"encrypted_tally":"` + h + `"}`, true},
		{`{"num_tallied":1,"total_weight":"1073741824","encrypted_tally":"` + h + `"}`, true},
		{`{"num_tallied":1,"total_weight":1073741824,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1,"total_weight":"1073741823","encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1,"total_weight":"9223372036854775808","encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1,"total_weight":"99999999999999999999","encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":01,"total_weight":1,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":-1,"total_weight":1,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1.0,"total_weight":1,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1e1,"total_weight":1,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":,"total_weight":1,"encrypted_tally":"` + h + `"}`, false},
		{`{"num_tallied":1,"total_weight":1,"encrypted_tally":"` + h[1:] + `"}`, false},
		{`{"num_tallied":1,"total_weight":1,"encrypted_tally":"` + strings.ToUpper(h) + `"}`, false},
		{`{"num_tallied":1,"total_weight":1,"encrypted_tally":"` + h + `","total_weight":2}`, false},
	} {
		if _, err := ParseSizedTally([]byte(c.text)); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	for _, text := range []string{`{"owner":0,"payload":"` + h + `"}`, `{"owner":1001,"payload":"` + h + `"}`} {
		if _, err := ParseOwned([]byte(text)); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}

func TestParseCredentials_Entries(t *testing.T) {
	g, _ := group.ByName("BELENIOS-2048")
	for _, c := range []struct {
		name, text string
		ok         bool
	}{
		{"nobody", `[]`, true},
		{"plain and weighted", `["2","3,1","4,5"]`, true},
		{"one key twice", `["2","2"]`, false},
		{"one key twice, with another weight", `["2","2,3"]`, false},
		{"weight zero", `["2,0"]`, false},
		{"weight with a leading zero", `["2,01"]`, false},
		{"weight negative", `["2,-1"]`, false},
		{"no weight after the comma", `["2,"]`, false},
		{"two commas", `["2,1,1"]`, false},
		{"a name", `["2,1,alice"]`, false},
		{"zero", `["0"]`, false},
		{"a leading zero", `["02"]`, false},
		{"empty", `[""]`, false},
		{"a number", `[2]`, false},
		{"weights above the bound", `["2,1099511627776","3"]`, false},
		{"weights at the bound", `["2,1099511627775","3"]`, true},
	} {
		if _, err := ParseCredentials(g, []byte(c.text)); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	c, err := ParseCredentials(g, []byte(`["2"]`))
	must(t, err)
	if c.CheckMembership() == nil {
		t.Error("2 passes as a member of the subgroup")
	}
	c, err = ParseCredentials(g, []byte(`["1"]`))
	must(t, err)
	if c.CheckMembership() == nil {
		t.Error("the identity passes as a credential")
	}
}

// Shapes that do not fit the questions are refused when read, so that nothing later has
// to ask.
func TestParse_Shapes(t *testing.T) {
	long := strings.Replace(trusteesText, "%", generatorText(), 1)
	g, _ := group.ByName("Ed25519")
	if _, err := ParseTrustees(g, []byte("["+long+"]")); err != nil {
		t.Error(err)
	}
	for _, text := range []string{`[]`, `[` + long + `,]`, `[` + strings.Replace(long, "Single", "Double", 1) + `]`} {
		if _, err := ParseTrustees(g, []byte(text)); err == nil {
			t.Errorf("%.60s is accepted", text)
		}
	}
	one := plan{group: "Ed25519", questions: []Question{choose(0, 1, 2, false)}, voters: 1}.make(t)
	two := plan{group: "Ed25519", questions: []Question{choose(0, 1, 2, false), choose(0, 1, 2, true)}, voters: 1}.make(t)
	b := two.cast(t, 0, []int{0, 1}, []int{1, 0, 0})
	if _, err := ParseBallot(one.election, b.Bytes()); err == nil {
		t.Error("a ballot with an answer too many is accepted")
	}
	tally, sized, err := NewEncryptedTally(two.election, two.credentials, []*Ballot{b})
	must(t, err)
	if _, err := ParseEncryptedTally(one.election, tally.Bytes()); err == nil {
		t.Error("a tally with a question too many is accepted")
	}
	parts := two.decrypt(t, tally, 1)
	if _, err := ParsePartialDecryption(one.election, parts[0].Decryption.Bytes()); err == nil {
		t.Error("a partial decryption with a question too many is accepted")
	}
	result, err := NewResult(two.election, two.trustees, tally, parts, sized.TotalWeight)
	must(t, err)
	if _, err := ParseResult(one.election, result.Bytes()); err == nil {
		t.Error("a result with a question too many is accepted")
	}
	if _, err := ParseShuffle(one.election, []byte(`{"ciphertexts":[],"proofs":[]}`)); err == nil {
		t.Error("a shuffle of nothing is accepted")
	}
	if _, err := NewShuffle(rand.Reader, one.election, nil); err == nil {
		t.Error("nothing was shuffled")
	}
}
