package boothtest

import (
	"encoding/json"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/decide/code"
)

// The registrar's codes, made in a browser, are those that the Go packages know: from
// each code follows the public part that is sent, under the same mark, for everybody on
// the list and the spares.
func TestCode_MadeInTheBrowser(t *testing.T) {
	b := open(t)
	for _, name := range group.Names() {
		todo := code.ToDo{
			UUID: uuid, Group: name, Voters: []code.Voter{{Number: 12, Weight: 1, Name: "Bryn"}, {Number: 3, Weight: 2}},
			Spares: []code.Spare{{Weight: 1, Count: 2}, {Weight: 2, Count: 1}},
		}
		text, err := todo.Text()
		if err != nil {
			t.Fatal(err)
		}
		got := must[struct{ Public, Secret string }](t, b, map[string]any{"do": "makeCodes", "todo": string(text)})
		secret, err := code.ParseSecret(todo, []byte(got.Secret))
		if err != nil {
			t.Fatal(err)
		}
		var whose []string
		for _, c := range secret {
			whose = append(whose, c.For())
			if strings.Contains(got.Public, c.Text) {
				t.Errorf("%s: the public file has the code of %s", name, c.For())
			}
		}
		same(t, "whose codes", "12 3 spare-1 spare-2 spare-3", strings.Join(whose, " "))
		public, err := code.ParseMade([]byte(got.Public))
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(code.Public(uuid, secret))
		if err != nil {
			t.Fatal(err)
		}
		have, err := json.Marshal(public)
		if err != nil {
			t.Fatal(err)
		}
		same(t, name, string(want), string(have))
	}
}

// A code of the browser is one by the same rules as any other, whatever chance gives.
func TestCode_New(t *testing.T) {
	b := open(t)
	g, _ := group.ByName("Ed25519")
	seen := map[string]bool{}
	for range 200 {
		text := must[string](t, b, map[string]any{"do": "newCode"})
		if _, err := belenios.DeriveCredential(g, uuid, text); err != nil || seen[text] {
			t.Fatalf("%s: %v, seen %t", text, err, seen[text])
		}
		seen[text] = true
	}
}

// What is not a list of codes to make is refused before any is made.
func TestCode_RefusesAList(t *testing.T) {
	b := open(t)
	for name, text := range map[string]string{
		"another form": `{"form":"x","uuid":"u","group":"Ed25519","voters":[],"spares":[]}`,
		"a group":      `{"form":"commonweal/codes-to-make/1","uuid":"u","group":"Ed448","voters":[],"spares":[]}`,
		"twice":        `{"form":"commonweal/codes-to-make/1","uuid":"u","group":"Ed25519","voters":[{"number":1,"weight":1},{"number":1,"weight":1}],"spares":[]}`,
		"no weight":    `{"form":"commonweal/codes-to-make/1","uuid":"u","group":"Ed25519","voters":[{"number":1}],"spares":[]}`,
		"spares":       `{"form":"commonweal/codes-to-make/1","uuid":"u","group":"Ed25519","voters":[],"spares":[{"weight":1,"count":-1}]}`,
	} {
		if _, err := ask[any](t, b, map[string]any{"do": "makeCodes", "todo": text}); err == nil {
			t.Errorf("%s: codes were made", name)
		}
	}
}
