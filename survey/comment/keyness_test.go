package comment_test

import (
	"math"
	"testing"

	"commonweal/survey/comment"
)

// Words are counted by comments and not by how often one repeats them; few
// people's words are left out; forms of one word are one.
func TestKeyness(t *testing.T) {
	of := []string{
		"parking is dreadful", "the parking, the parking", "No parking here", "They park on the grass",
		"unicorn unicorn unicorn unicorn", "[name] should fix parking", "the rota is late",
	}
	against := []string{"the rota is late", "rota again", "rotas are late", "a good team", "parking was fine", "no time", "no space", "good food"}
	got, err := comment.Keyness(of, against, 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) == 0 || got[0].Word != "parking" || got[0].Of != 5 || got[0].Against != 1 {
		t.Fatalf("%+v", got)
	}
	for _, term := range got {
		if term.Word == "unicorn" || term.Word == "name" || term.Word == "rota" || term.Of < 3 {
			t.Errorf("%+v", term)
		}
	}
	// 2 (5 ln(5/2.8) + 1 ln(1/3.2) + 2 ln(2/4.2) + 7 ln(7/4.8)), by hand.
	if math.Abs(got[0].Keyness-5.786253) > 1e-5 {
		t.Errorf("keyness %g", got[0].Keyness)
	}
}

func TestKeyness_Refuses(t *testing.T) {
	for name, f := range map[string]func() error{
		"words of one person": func() error { _, err := comment.Keyness([]string{"a"}, []string{"b"}, 1, 5); return err },
		"nothing against":     func() error { _, err := comment.Keyness([]string{"a"}, nil, 2, 5); return err },
		"nothing":             func() error { _, err := comment.Keyness(nil, []string{"a"}, 2, 5); return err },
		"no words":            func() error { _, err := comment.Keyness([]string{"a"}, []string{"b"}, 2, 0); return err },
	} {
		if f() == nil {
			t.Errorf("took %s", name)
		}
	}
}
