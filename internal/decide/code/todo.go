package code

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
)

// The forms of the files, which stand in them.
const (
	ToDoForm = "commonweal/codes-to-make/1"
	MadeForm = "commonweal/codes-made/1"
)

// Most of what one file may hold: more voters than any contest has.
const mostLines = 2_000_000

// ToDo says which codes are to be made for a contest, and what the letters say.
type ToDo struct {
	Form   string  `json:"form"`
	UUID   string  `json:"uuid"`
	Group  string  `json:"group"`
	Letter Letter  `json:"letter"`
	Voters []Voter `json:"voters"`
	Spares []Spare `json:"spares"`
}

// Voter is somebody who needs a code. Name and Email stand there only where the
// registrar asked for the roll.
type Voter struct {
	Number int    `json:"number"`
	Weight int    `json:"weight"`
	Name   string `json:"name,omitempty"`
	Email  string `json:"email,omitempty"`
}

// Spare says how many codes of a weight are to be made for nobody.
type Spare struct {
	Weight int `json:"weight"`
	Count  int `json:"count"`
}

// Letter is what each letter says beside the code.
type Letter struct {
	Organisation string   `json:"organisation"`
	Title        string   `json:"title"`
	How          []string `json:"how"`    // how to vote with it, step by step
	Care         []string `json:"care"`   // what to do if it is lost or was opened
	Signed       string   `json:"signed"` // the registrar
}

// Empty reports whether there is nothing to make.
func (t ToDo) Empty() bool { return t.Count() == 0 }

// Count is how many codes are to be made.
func (t ToDo) Count() int {
	n := len(t.Voters)
	for _, s := range t.Spares {
		n += s.Count
	}
	return n
}

// ParseToDo reads what the server gave the registrar.
func ParseToDo(text []byte) (ToDo, error) {
	var t ToDo
	if err := strictly(text, &t); err != nil {
		return ToDo{}, fault.Wrap(fault.Invalid, err, "this is not the file of codes to make")
	}
	if t.Form != ToDoForm {
		return ToDo{}, fault.Errorf(fault.Invalid, "this is not the file of codes to make: it says %q and not %q", clipped(t.Form), ToDoForm)
	}
	if _, ok := group.ByName(t.Group); !ok {
		return ToDo{}, fault.Errorf(fault.Invalid, "the file of codes to make names the group %q, which this program does not know", clipped(t.Group))
	}
	seen := map[int]bool{}
	for i, v := range t.Voters {
		if v.Number < 1 || v.Weight < 1 || seen[v.Number] {
			return ToDo{}, fault.Errorf(fault.Invalid, "line %d of the voters: number %d with weight %d, or the number stands there twice", i+1, v.Number, v.Weight)
		}
		seen[v.Number] = true
	}
	weights := map[int]bool{}
	for i, s := range t.Spares {
		if s.Weight < 1 || s.Count < 0 || s.Count > mostLines || weights[s.Weight] {
			return ToDo{}, fault.Errorf(fault.Invalid, "line %d of the spares: %d of weight %d, or the weight stands there twice", i+1, s.Count, s.Weight)
		}
		weights[s.Weight] = true
	}
	if t.Count() > mostLines {
		return ToDo{}, fault.Errorf(fault.Invalid, "the file asks for %d codes, and at most %d are made at once", t.Count(), mostLines)
	}
	return t, nil
}

// Text is the file.
func (t ToDo) Text() ([]byte, error) {
	t.Form = ToDoForm
	if t.Voters == nil {
		t.Voters = []Voter{}
	}
	if t.Spares == nil {
		t.Spares = []Spare{}
	}
	out, err := json.MarshalIndent(t, "", " ")
	return append(out, '\n'), err
}

// Code is one code with whose it is: a voter's, or a spare's.
type Code struct {
	Voter  int // 0 for a spare
	Spare  int // from 1, for a spare
	Weight int
	Text   string // the secret: XXX-XXX-XXX-XXX-XXX
	Public string
}

// Mark names the code without giving it away.
func (c Code) Mark() string { return Mark(c.Public) }

// For says whose it is: "12", "spare-3".
func (c Code) For() string {
	if c.Voter > 0 {
		return fmt.Sprint(c.Voter)
	}
	return fmt.Sprintf("spare-%d", c.Spare)
}

// Make draws a code for each voter in order, and the spares. tell is told how many
// are made; it may be nil.
func (t ToDo) Make(random io.Reader, tell func(done, all int)) ([]Code, error) {
	g, ok := group.ByName(t.Group)
	if !ok {
		return nil, fault.Errorf(fault.Invalid, "no group is called %q", clipped(t.Group))
	}
	var out []Code
	add := func(c Code) error {
		text, err := belenios.GenerateCredential(random)
		if err != nil {
			return err
		}
		key, err := belenios.DeriveCredential(g, t.UUID, text)
		if err != nil {
			return err
		}
		c.Text, c.Public = text, key.Public().String()
		out = append(out, c)
		if tell != nil {
			tell(len(out), t.Count())
		}
		return nil
	}
	for _, v := range t.Voters {
		if err := add(Code{Voter: v.Number, Weight: v.Weight}); err != nil {
			return nil, err
		}
	}
	n := 0
	for _, s := range t.Spares {
		for range s.Count {
			n++
			if err := add(Code{Spare: n, Weight: s.Weight}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("something follows its end")
	}
	return nil
}

// clipped bounds what is repeated of a text from elsewhere.
func clipped(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}
