package belenios

import (
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// Credentials and keys that belenios-tool 2.0 made.
func TestDeriveCredential_AsTheOtherTool(t *testing.T) {
	tool := newTool(t)
	for _, name := range []string{"BELENIOS-2048", "RFC-3526-2048"} {
		g, _ := group.ByName(name)
		for range 3 {
			text, err := GenerateCredential(rand.Reader)
			must(t, err)
			c, err := DeriveCredential(g, sceneUUID, text)
			must(t, err)
			theirs := tool.run(nil, "setup", "generate-credentials", "--uuid", sceneUUID, "--group", name, "--derive", text)
			same(t, "credential "+text, []byte(c.Public().String()), theirs)
			plain, err := DeriveCredential(g, sceneUUID, strings.ReplaceAll(text, "-", ""))
			must(t, err)
			if !g.Equal(plain.Public(), c.Public()) {
				t.Errorf("%s gives another key without its dashes", text)
			}
		}
	}
}

func TestDeriveCredential_Mistyped(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	const good = "VZJ-gyr-Fiw-gis-7Pk"
	if _, err := DeriveCredential(g, sceneUUID, good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text string }{
		{"empty", ""},
		{"a character too few", good[:len(good)-1]},
		{"a character too many", good + "k"},
		{"another character", "WZJ-gyr-Fiw-gis-7Pk"},
		{"two characters exchanged", "ZVJ-gyr-Fiw-gis-7Pk"},
		{"a zero", "VZJ-gyr-Fiw-gis-70k"},
		{"dashes elsewhere", "VZ-Jgyr-Fiw-gis-7Pk"},
		{"spaces for dashes", "VZJ gyr Fiw gis 7Pk"},
		{"some dashes", "VZJgyr-Fiw-gis-7Pk"},
		{"a space at the end", good + " "},
	} {
		if _, err := DeriveCredential(g, sceneUUID, c.text); err == nil {
			t.Errorf("%s: %q is accepted", c.name, c.text)
		} else if strings.Contains(err.Error(), "VZJ") {
			t.Errorf("%s: the error tells the credential: %v", c.name, err)
		}
	}
	if _, err := DeriveCredential(g, "short", good); err == nil {
		t.Error("a short uuid is accepted")
	}
}

// The same text is another key in another election, so a public list says nothing of
// who was in an earlier one.
func TestDeriveCredential_SaltedByElection(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	text, err := GenerateCredential(rand.Reader)
	must(t, err)
	a, err := DeriveCredential(g, "cYkHbLW5E9mJwU", text)
	must(t, err)
	b, err := DeriveCredential(g, "cYkHbLW5E9mJwV", text)
	must(t, err)
	if g.Equal(a.Public(), b.Public()) {
		t.Error("the key is the same")
	}
}

func TestNewCredential_Zero(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	if _, err := NewCredential(g, g.ScalarInt(0)); err == nil {
		t.Error("zero is accepted as a secret")
	}
}
