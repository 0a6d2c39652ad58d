package code

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
)

func todo(groupName string) ToDo {
	return ToDo{
		UUID: "StaffCounci1Wye", Group: groupName,
		Letter: Letter{Organisation: "Severn & Wye", Title: "Council <2027>", How: []string{"Open it."}, Care: []string{"Tell Olwen."}, Signed: "Olwen Hart, registrar"},
		Voters: []Voter{{Number: 3, Weight: 1, Name: "Bryn <b>", Email: "bryn@severn.example"}, {Number: 1, Weight: 2}},
		Spares: []Spare{{Weight: 1, Count: 2}, {Weight: 2, Count: 1}},
	}
}

// Each voter and spare has a code of its own, from which the public part follows; the
// file for the server has the public parts and no code.
func TestMake(t *testing.T) {
	for _, name := range group.Names() {
		work := todo(name)
		told := 0
		list, err := work.Make(rand.Reader, func(done, all int) { told = done * 100 / all })
		if err != nil {
			t.Fatal(err)
		}
		var whose []string
		g, _ := group.ByName(name)
		for _, c := range list {
			whose = append(whose, c.For())
			key, err := belenios.DeriveCredential(g, work.UUID, c.Text)
			if err != nil || key.Public().String() != c.Public {
				t.Errorf("%s: %s has the public part of another code: %v", name, c.For(), err)
			}
		}
		if want := []string{"3", "1", "spare-1", "spare-2", "spare-3"}; !slices.Equal(whose, want) || told != 100 {
			t.Errorf("made for %v, want %v; told %d", whose, want, told)
		}
		text, err := Public(work.UUID, list).Text()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if bytes.Contains(text, []byte(c.Text)) {
				t.Errorf("the public file has the code of %s", c.For())
			}
		}
		back, err := ParseMade(text)
		if err != nil || len(back.Codes) != 5 || back.Codes[1].Voter != 1 || back.Codes[1].Weight != 0 || back.Codes[4].Weight != 2 {
			t.Errorf("read back: %+v, %v", back, err)
		}
		again, err := ParseSecret(work, Secret(work, list))
		if err != nil || !slices.Equal(again, list) {
			t.Errorf("the secret file read back: %v, %v", again, err)
		}
	}
}

// A letter says whose it is, the code, and what to do; nothing in it is markup.
func TestLetters(t *testing.T) {
	work := todo("Ed25519")
	list, err := work.Make(rand.Reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	html, err := work.Letters(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Voter 3.", "Bryn &lt;b&gt;", "Council &lt;2027&gt;", "Spare 3.", list[0].Text, list[4].Mark(), "It carries 2 votes", "Tell Olwen."} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the letters do not say %q", want)
		}
	}
	if n := strings.Count(string(html), "<article>"); n != 5 {
		t.Errorf("%d letters", n)
	}
	subject, text := work.Mail(work.Posts(list)[0])
	if subject != "Your code to vote with: Council <2027>" || !strings.Contains(text, "Voter 3. Your code to vote with is:\n\n    "+list[0].Text+"\n") || strings.Contains(text, list[1].Text) {
		t.Errorf("%s\n%s", subject, text)
	}
}

// What is not such a file is refused with the line and what is wrong.
func TestParse_Refuses(t *testing.T) {
	good, err := todo("Ed25519").Text()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseToDo(good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, says string }{
		"another form":  {"codes-to-make/1", "codes-to-make/2", `it says "commonweal/codes-to-make/2"`},
		"another group": {"Ed25519", "Ed448", `the group "Ed448"`},
		"twice":         {`"number": 1`, `"number": 3`, "line 2 of the voters"},
		"no weight":     {`"weight": 2,`, `"weight": 0,`, "of the spares"},
		"more":          {`"uuid"`, `"colour":1,"uuid"`, "unknown field"},
		"too many":      {`"count": 2`, `"count": 2000000`, "at most 2000000"},
	} {
		text := strings.Replace(string(good), c.from, c.to, 1)
		if _, err := ParseToDo([]byte(text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.says)
		}
	}
	for name, c := range map[string]struct{ text, says string }{
		"neither":       {`{"form":"commonweal/codes-made/1","uuid":"u","codes":[{"public":"1"}]}`, "line 1 is neither"},
		"both":          {`{"form":"commonweal/codes-made/1","uuid":"u","codes":[{"voter":1,"weight":1,"public":"1"}]}`, "line 1 is neither"},
		"voter twice":   {`{"form":"commonweal/codes-made/1","uuid":"u","codes":[{"voter":1,"public":"1"},{"voter":1,"public":"2"}]}`, "voter 1 stands in the file twice"},
		"public twice":  {`{"form":"commonweal/codes-made/1","uuid":"u","codes":[{"voter":1,"public":"1"},{"voter":2,"public":"1"}]}`, "line 2 has the public part"},
		"the work file": {string(good), "unknown field"},
		"what follows":  {`{"form":"commonweal/codes-made/1","uuid":"u","codes":[]} {}`, "something follows"},
		"not JSON":      {"1 1 AAA", "not a file of the public parts"},
	} {
		if _, err := ParseMade([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.says)
		}
	}
	work := todo("Ed25519")
	list, err := work.Make(rand.Reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	secret := string(Secret(work, list))
	for name, c := range map[string]struct{ from, to, says string }{
		"another contest": {"Wye: secret", "Usk: secret", "its first line"},
		"a code changed":  {list[0].Text, list[1].Text, "line 2 of the file of codes"},
		"a voter":         {"\n3 ", "\nx ", "neither the number of a voter"},
		"no weight":       {"\n1 2 ", "\n1 0 ", "no weight"},
		"a field":         {"\n1 2 ", "\n1 ", "3 fields"},
	} {
		if _, err := ParseSecret(work, []byte(strings.Replace(secret, c.from, c.to, 1))); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.says)
		}
	}
}

// The mark is what the page in the browser writes on the same letter.
func TestMark(t *testing.T) {
	if got := Mark("12"); got != "6B51-D431" {
		t.Errorf("the mark of 12 is %s", got)
	}
}

func FuzzParseMade(f *testing.F) {
	f.Add([]byte(`{"form":"commonweal/codes-made/1","uuid":"u","codes":[{"voter":1,"public":"1"},{"spare":1,"weight":1,"public":"2"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseMade(text)
		if err != nil {
			return
		}
		again, err := m.Text()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseMade(again); err != nil || len(back.Codes) != len(m.Codes) {
			t.Errorf("%q is not read back: %v", again, err)
		}
	})
}

func FuzzParseToDo(f *testing.F) {
	good, _ := todo("Ed25519").Text()
	f.Add(good)
	f.Fuzz(func(t *testing.T, text []byte) {
		work, err := ParseToDo(text)
		if err == nil && (work.Count() < 0 || work.Count() > mostLines) {
			t.Errorf("%d codes", work.Count())
		}
	})
}

func FuzzParseSecret(f *testing.F) {
	f.Add([]byte("# codes of StaffCounci1Wye: secret\n3 1 AAA-AAA-AAA-AAA-AAA 0000-0000\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		work := todo("Ed25519")
		list, err := ParseSecret(work, text)
		if err == nil && len(list) > 0 && !strings.Contains(string(text), list[0].Text) {
			t.Errorf("%v from %q", list, text)
		}
	})
}
