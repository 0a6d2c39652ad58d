package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
)

// maxKeyMessage is more than the longest message that makes a key.
const maxKeyMessage = 1 << 20

// keySend keeps the visitor's next message, made by their browser or by the
// command-line program.
func (s *Server) keySend(v *visit) error {
	k, err := v.keyAskedOwn()
	if err != nil {
		return err
	}
	file, form, err := v.sentWork()
	if err == nil {
		err = v.house.Keys.Send(v.ctx, v.actor.Person, v.org.ID, k.ID, keys.Step(form.Get("step")), firstLine(file.content))
	}
	switch {
	case err == nil:
		return v.redirect(k.path("?done=" + form.Get("step")))
	case !refusable(err) || k.due() == keys.NoStep:
		return err
	case fault.Is(err, fault.Conflict):
		if again, e := v.keyAskedOwn(); e == nil && again.Step() != k.Step() {
			return v.redirect(k.path("")) // somebody else was quicker; the page says what is next
		}
	}
	return k.show(http.StatusUnprocessableEntity, v.keyWords(err)+" Nothing was kept.")
}

// sentWork reads a form with a file that a program made.
func (v *visit) sentWork() (sentFile, url.Values, error) {
	file, form, err := v.sent()
	if errors.Is(err, errTooLarge) {
		err = fault.Fieldf("file", "the file is larger than what is asked for here can be: choose the file that the program wrote")
	}
	return file, form, err
}

// firstLine is the first line of a file that has something on it. What the program
// writes for a trustee is one line, or two of which the second says whose it is.
func firstLine(content []byte) string {
	first, _, _ := strings.Cut(strings.TrimSpace(string(content)), "\n")
	return strings.TrimSpace(first)
}
