package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
)

type signInCodePage struct {
	Code page.Text
	Next string
}

func (s *Server) signInCodeShow(v *visit) error {
	if v.lent("challenge") == "" {
		return v.redirect("/sign-in")
	}
	return v.signInCodeForm(http.StatusOK, nextOf(v.r.URL.Query()), "")
}

func (v *visit) signInCodeForm(status int, next, wrong string) error {
	field := page.Text{
		Name: "code", Label: "The code we sent you", Hint: "Eight digits. It works for ten minutes.", Error: wrong,
		Width: 10, Mode: "numeric", Autocomplete: "one-time-code", Verbatim: true,
	}
	f := v.frame()
	f.Heading = "Look in your mail"
	f.Sentence = "If the address belongs to someone we know, a code is on its way to it."
	f.Back = page.Link{Text: "Use another address", Href: "/sign-in"}
	f.Errors = page.Problems(field)
	f.Data = signInCodePage{Code: field, Next: next}
	return v.show(status, "sign_in_code", f)
}

// signInCodeCheck opens a session with a code.
func (s *Server) signInCodeCheck(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	next := nextOf(form)
	code := strings.NewReplacer(" ", "", "-", "").Replace(form.Get("code"))
	in, err := v.house.Identity.SignInWithCode(v.ctx, v.lent("challenge"), code, v.client())
	switch kind := fault.KindOf(err); kind {
	case "":
	case fault.Invalid, fault.Forbidden, fault.NotFound:
		return v.signInCodeForm(http.StatusUnprocessableEntity, next, "This code does not open anything. Look again, or ask for another one.")
	default:
		return err
	}
	v.lend("challenge", "")
	return v.signedIn(in, next)
}
