package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/decide/code"
)

// The registrar of a vote that a server holds: the server says which codes are to be
// made (--roll), and gets their public parts. Codes and letters stay here.

// codesFor makes the codes of a roll and writes what follows from them.
func (c *call) codesFor(roll, out string) error {
	todo, err := c.toMake(roll)
	if err != nil {
		return err
	}
	if todo.Empty() {
		return fault.Errorf(fault.Invalid, "%s asks for no codes: everybody has one", roll)
	}
	done := c.progress("making codes")
	list, err := todo.Make(chance{c}, nil)
	done()
	if err != nil {
		return err
	}
	letters, err := todo.Letters(list)
	if err != nil {
		return err
	}
	public, err := code.Public(todo.UUID, list).Text()
	if err != nil {
		return err
	}
	if err := folder(out); err != nil {
		return err
	}
	path := func(ending string) string { return filepath.Join(out, todo.UUID+ending) }
	if err := keep(path(".privcreds"), secretMode, code.Secret(todo, list)); err != nil {
		return err
	}
	if err := keep(path(".letters.html"), secretMode, letters); err != nil {
		return err
	}
	if err := keep(path(".codes.json"), publicMode, public); err != nil {
		return err
	}
	pf(c.Out, "%s for %s and %s\n", plural(len(list), "code", "codes"), plural(len(todo.Voters), "voter", "voters"), plural(len(list)-len(todo.Voters), "spare", "spares"))
	pf(c.Out, "%s: the codes; keep it to yourself until the vote is over, then destroy it\n", path(".privcreds"))
	pf(c.Out, "%s: the letters, to print; then destroy it\n", path(".letters.html"))
	pf(c.Out, "%s: the public parts; send it on the page Codes to vote with, before a letter goes out\n", path(".codes.json"))
	return nil
}

func (c *call) toMake(path string) (code.ToDo, error) {
	text, err := c.readSmall(path, "file of codes to make")
	if err != nil {
		return code.ToDo{}, err
	}
	return code.ParseToDo(text)
}

// mailCodes sends the letters of codes that were made before, from this machine. What
// was sent is noted, so that a run that broke off goes on where it stopped.
func (c *call) mailCodes(roll, codes, spec string) error {
	todo, err := c.toMake(roll)
	if err != nil {
		return err
	}
	text, err := c.readSmall(codes, "file of codes")
	if err != nil {
		return err
	}
	list, err := code.ParseSecret(todo, text)
	if err != nil {
		return err
	}
	by, err := notice.OpenTransport(spec)
	if err != nil {
		return err
	}
	note := codes + ".sent"
	sent, err := sentBefore(note)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(note, os.O_WRONLY|os.O_APPEND|os.O_CREATE, secretMode)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the file %s cannot be written", note)
	}
	n, before, err := c.mailEach(todo, list, by, sent, log)
	if err = errors.Join(err, log.Close()); err != nil {
		return err
	}
	if before > 0 {
		pf(c.Out, "%s sent before\n", plural(before, "letter was", "letters were"))
	}
	pf(c.Out, "%s\n", plural(n, "letter sent", "letters sent"))
	return c.unmailed(todo, list)
}

func (c *call) mailEach(todo code.ToDo, list []code.Code, by notice.Transport, sent map[string]bool, log *os.File) (n, before int, err error) {
	for _, p := range todo.Posts(list) {
		switch {
		case p.Voter == 0 || p.Email == "":
			continue
		case sent[p.Mark()]:
			before++
			continue
		}
		subject, text := todo.Mail(p)
		err := by.Deliver(c.ctx, notice.Mail{
			ID: "code-" + todo.UUID + "-" + p.Mark(), FromName: todo.Letter.Signed, ToName: p.Name, To: p.Email, Date: c.World.Now().Truncate(time.Second),
			Subject: subject, Text: text,
		})
		if err != nil {
			return n, before, fault.Wrap(fault.Invalid, err, "the letter to voter %d was not taken; %s sent; run it again to go on", p.Voter, plural(n, "letter was", "letters were"))
		}
		n++
		if _, err := log.WriteString(p.Mark() + "\n"); err != nil {
			return n, before, fault.Wrap(fault.Invalid, err, "%s cannot be written, so what was sent cannot be noted: the last was to voter %d", log.Name(), p.Voter)
		}
	}
	return n, before, nil
}

// unmailed names those whose letters have to be printed.
func (c *call) unmailed(todo code.ToDo, list []code.Code) error {
	var without []string
	for _, p := range todo.Posts(list) {
		if p.Voter > 0 && p.Email == "" {
			without = append(without, p.For())
		}
	}
	if len(without) > 0 {
		pf(c.Out, "no e-mail address, print their letters: voters %s\n", strings.Join(without, ", "))
	}
	return nil
}

// sentBefore reads the marks of letters that went out.
func sentBefore(path string) (map[string]bool, error) {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fault.Wrap(fault.Invalid, err, "the file %s cannot be read", path)
	}
	out := map[string]bool{}
	for _, mark := range strings.Fields(string(text)) {
		out[mark] = true
	}
	return out, nil
}
