package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
)

type accountEmailPage struct{ Email page.Text }

type accountEmailCodePage struct {
	Email string
	Code  page.Text
}

// emailShow asks for the address that somebody wants to have from now on.
func (s *Server) emailShow(v *visit) error { return v.emailForm(http.StatusOK, "", "") }

func (v *visit) emailForm(status int, email, wrong string) error {
	field := page.Text{
		Name: "email", Label: "Your new e-mail address", Type: "email", Value: email, Error: wrong, Autocomplete: "email", Verbatim: true,
		Hint: "We send a code to it, to see that it reaches you.",
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your account", Href: "/account"}
	f.Heading = "Use another e-mail address"
	f.Sentence = "Messages and codes to sign in will go there. A staff list will not change it back."
	f.Errors = page.Problems(field)
	f.Data = accountEmailPage{field}
	return v.show(status, "account_email", f)
}

// emailAsk sends the code. The answer is the same whether somebody else has the
// address or not.
func (s *Server) emailAsk(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	email := strings.TrimSpace(form.Get("email"))
	challenge, err := v.house.Identity.BeginEmailChange(v.ctx, v.actor.Org, v.actor.Person, email, v.client())
	switch {
	case fault.Is(err, fault.Invalid):
		return v.emailForm(http.StatusUnprocessableEntity, email, sentenceOf(err, ""))
	case fault.Is(err, fault.Conflict):
		return v.emailForm(http.StatusConflict, email, "We cannot send mail from here. Ask the secretary.")
	case err != nil:
		return err
	}
	// Neither is in an address, where it would stay in the browser's history.
	v.lend("address", challenge+" "+url.QueryEscape(email))
	return v.redirect("/account/email/code")
}

// asked is the address that a code went to, and its challenge.
func (v *visit) asked() (challenge, email string) {
	challenge, rest, _ := strings.Cut(v.lent("address"), " ")
	email, err := url.QueryUnescape(rest)
	if err != nil {
		return "", ""
	}
	return challenge, email
}

func (s *Server) emailCodeShow(v *visit) error {
	if _, email := v.asked(); email == "" {
		return v.redirect("/account/email")
	}
	return v.emailCodeForm(http.StatusOK, "")
}

func (v *visit) emailCodeForm(status int, wrong string) error {
	_, email := v.asked()
	field := page.Text{
		Name: "code", Label: "The code we sent you", Hint: "Eight digits. It works for ten minutes.", Error: wrong,
		Width: 10, Mode: "numeric", Autocomplete: "one-time-code", Verbatim: true,
	}
	f := v.frame()
	f.Back = page.Link{Text: "Another address", Href: "/account/email"}
	f.Heading = "Look in your mail"
	f.Sentence = "A code is on its way to " + email + ", unless somebody else here has that address."
	f.Errors = page.Problems(field)
	f.Data = accountEmailCodePage{email, field}
	return v.show(status, "account_email_code", f)
}

// emailCodeCheck changes the address. Every session ends with it, and this
// browser gets a new one.
func (s *Server) emailCodeCheck(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	challenge, email := v.asked()
	in, err := v.house.Identity.FinishEmailChange(v.ctx, v.actor.Org, v.actor.Person, challenge, email, form.Get("code"), v.client())
	switch {
	case fault.Is(err, fault.Invalid):
		return v.emailCodeForm(http.StatusUnprocessableEntity, "This code does not fit. Look again, or ask for another one.")
	case fault.Is(err, fault.Conflict):
		return v.emailForm(http.StatusConflict, email, "Somebody else here has this address by now. Use another one, or ask the secretary.")
	case err != nil:
		return err
	}
	v.lend("address", "")
	return v.signedIn(in, "/account")
}
