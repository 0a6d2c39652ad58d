package belenios

import (
	"bytes"
	"testing"

	"commonweal/belenios/group"
)

// fuzzObject feeds changed texts to one reader. Whatever it accepts it writes the same.
func fuzzObject(f *testing.F, name string) {
	f.Helper()
	o := canonical(f)[name]
	f.Add(o.text)
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		again, err := o.again(b)
		if err == nil && !bytes.Equal(again, b) {
			t.Errorf("%q was read as %q", b, again)
		}
	})
}

func FuzzParseSetupData(f *testing.F)         { fuzzObject(f, "setup data") }
func FuzzParseOwned(f *testing.F)             { fuzzObject(f, "owned") }
func FuzzParseSizedTally(f *testing.F)        { fuzzObject(f, "sized tally") }
func FuzzParseCredentials(f *testing.F)       { fuzzObject(f, "credentials") }
func FuzzParseTrustees(f *testing.F)          { fuzzObject(f, "trustees") }
func FuzzParseTrusteeKey(f *testing.F)        { fuzzObject(f, "trustee key") }
func FuzzParsePrivateKey(f *testing.F)        { fuzzObject(f, "private key") }
func FuzzParseCert(f *testing.F)              { fuzzObject(f, "cert") }
func FuzzParsePedersen(f *testing.F)          { fuzzObject(f, "threshold parameters") }
func FuzzParsePolynomial(f *testing.F)        { fuzzObject(f, "polynomial") }
func FuzzParseVinput(f *testing.F)            { fuzzObject(f, "vinput") }
func FuzzParseVoutput(f *testing.F)           { fuzzObject(f, "voutput") }
func FuzzParseBallot(f *testing.F)            { fuzzObject(f, "ballot") }
func FuzzParseRankedBallot(f *testing.F)      { fuzzObject(f, "ranked ballot") }
func FuzzParseEncryptedTally(f *testing.F)    { fuzzObject(f, "encrypted tally") }
func FuzzParseShuffle(f *testing.F)           { fuzzObject(f, "shuffle") }
func FuzzParsePartialDecryption(f *testing.F) { fuzzObject(f, "partial decryption") }
func FuzzParseResult(f *testing.F)            { fuzzObject(f, "result") }
func FuzzParseRankedResult(f *testing.F)      { fuzzObject(f, "ranked result") }

// An election keeps its bytes, and what it says can be written by us and read again.
func FuzzParseElection(f *testing.F) {
	f.Add([]byte(electionText))
	f.Add([]byte(`{"version":1,"description":"\ud83d\ude00","name":"n","group":"RFC-3526-2048","public_key":"2","questions":[{"type":"NonHomomorphic","value":{"answers":["a"],"question":"q"},"extra":[1e5]}],"uuid":"` + sceneUUID + `","x":{"y":[null,true,-0.5]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := ParseElection(b)
		if err != nil {
			return
		}
		if !bytes.Equal(e.Bytes(), b) {
			t.Error("the bytes changed")
		}
		p := e.params
		p.Extra = e.extra
		again, err := NewElection(p)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if again.Name() != e.Name() || len(again.Questions()) != len(e.Questions()) {
			t.Error("what was written says something else")
		}
	})
}

func FuzzDeriveCredential(f *testing.F) {
	g, _ := group.ByName("Ed25519")
	f.Add(sceneUUID, "VZJ-gyr-Fiw-gis-7Pk")
	f.Add(sceneUUID, "VZJgyrFiwgis7Pk")
	f.Fuzz(func(t *testing.T, uuid, text string) {
		c, err := DeriveCredential(g, uuid, text)
		if err == nil && !g.Member(c.Public()) {
			t.Error("a key outside the group")
		}
	})
}

// Whatever text comes as an encrypted decryption key is refused without a crash.
func FuzzMemberPrivateKey(f *testing.F) {
	g, _ := group.ByName("Ed25519")
	m, err := NewMember(g, "1111111111111111111111")
	must(f, err)
	f.Add(`{"alpha":"` + generatorText() + `","beta":"` + generatorText() + `","data":"0011223344556677889900"}`)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := m.PrivateKey(text); err == nil {
			t.Error("a decryption key was opened")
		}
	})
}
