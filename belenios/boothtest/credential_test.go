package boothtest

import (
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
)

const uuid = "7Fq3xyzABCDEFG"

type credential struct{ Secret, Text string }

// A code that the registrar's program made gives the same key in the booth, typed with dashes or without.
func TestCredential_FromCode(t *testing.T) {
	b := open(t)
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		for range 5 {
			code, err := belenios.GenerateCredential(rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			want, err := belenios.DeriveCredential(g, uuid, code)
			if err != nil {
				t.Fatal(err)
			}
			for _, typed := range []string{code, strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + "\n"} {
				got := must[credential](t, b, map[string]any{"do": "fromCode", "group": name, "uuid": uuid, "code": typed})
				same(t, "public part", want.Public().String(), got.Text)
				same(t, "secret", want.Secret().String(), got.Secret)
			}
		}
	}
}

// A mistyped code is found out before it is used: every change of one character, and every exchange of neighbours that the
// checksum tells apart.
func TestCredential_Mistyped(t *testing.T) {
	b := open(t)
	code, err := belenios.GenerateCredential(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0OIl"
	g, _ := group.ByName("Ed25519")
	for i := range code {
		for _, c := range []byte{alphabet[i], alphabet[len(alphabet)-1-i]} {
			typed := code[:i] + string(c) + code[i+1:]
			_, goErr := belenios.DeriveCredential(g, uuid, typed)
			_, err := ask[string](t, b, map[string]any{"do": "readCode", "code": typed})
			if code[i] != '-' && (err == nil) != (goErr == nil) {
				t.Errorf("%s for %s: the booth says %v, Go says %v", typed, code, err, goErr)
			}
		}
	}
	for _, typed := range []string{"", code[:18], code + "1"} {
		if _, err := ask[string](t, b, map[string]any{"do": "readCode", "code": typed}); err == nil {
			t.Errorf("%q is read as a code", typed)
		}
	}
}

// A key that the voter's device makes is one that Go knows.
func TestCredential_New(t *testing.T) {
	b := open(t)
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		seen := map[string]bool{}
		for range 3 {
			got := must[credential](t, b, map[string]any{"do": "newCredential", "group": name})
			s, err := g.ParseScalar(got.Secret)
			if err != nil {
				t.Fatal(err)
			}
			same(t, name, g.ExpG(s).String(), got.Text)
			if seen[got.Secret] {
				t.Error("the same secret twice")
			}
			seen[got.Secret] = true
		}
	}
}

// The list may carry weights.
func TestCredential_Listed(t *testing.T) {
	b := open(t)
	for name, c := range map[string]struct {
		list, text string
		want       bool
	}{
		"alone":         {`["12"]`, "12", true},
		"with weight":   {`["3","12,4"]`, "12", true},
		"beginning":     {`["123"]`, "12", false},
		"a weight":      {`["3,12"]`, "12", false},
		"empty list":    {`[]`, "12", false},
		"other entries": {`["3","4"]`, "12", false},
	} {
		if got := must[bool](t, b, map[string]any{"do": "isListed", "list": c.list, "text": c.text}); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
