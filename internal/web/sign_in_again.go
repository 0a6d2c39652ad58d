package web

import (
	"errors"
	"net/url"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
)

// Why somebody who is signed in is asked to sign in again, as addresses have it.
const (
	againRecent  = "recent"  // they did so some time ago
	againPasskey = "passkey" // it has to be with a passkey
)

var againSentences = map[string]string{
	againRecent:  "You signed in some time ago. What you want to do changes how you sign in, so show us once more that it is you.",
	againPasskey: "You hold an office and have a passkey, so here only your passkey will do.",
}

// againOf reads it from an address or a form.
func againOf(values url.Values) string {
	if again := values.Get("again"); againSentences[again] != "" {
		return again
	}
	return ""
}

// sendToSignIn sends a reader to where they sign in as what they want to do needs
// it, and reports whether the error was of that kind.
func (v *visit) sendToSignIn(err error, no refusal) bool {
	var again *identity.SignInAgain
	switch {
	case errors.As(err, &again):
		values := url.Values{"again": {againRecent}, "next": {v.hence("/account")}}
		if again.Passkey {
			values.Set("again", againPasskey)
		}
		_ = v.redirect("/sign-in?" + values.Encode())
	case no.Rule == policy.RulePasskey:
		_ = v.redirect("/account/office?" + url.Values{"next": {v.hence("/home")}}.Encode())
	default:
		return false
	}
	return true
}

// hence is the page that the reader asked for, or another one where it was no
// page but something to do.
func (v *visit) hence(otherwise string) string {
	if v.reading {
		return v.r.URL.RequestURI()
	}
	return otherwise
}

// signedIn gives the browser its new session and sends it on. Somebody whose
// office needs a passkey, and who came in without one, is told so first.
func (v *visit) signedIn(in identity.SignedIn, next string) error {
	v.remember(in.Secret)
	who, err := v.house.Identity.Actor(v.ctx, in.Secret)
	if err != nil {
		return err
	}
	if who.Weak && who.Weighty() && !strings.HasPrefix(next, "/account") {
		next = "/account/office?" + url.Values{"next": {next}}.Encode()
	}
	return v.redirect(next)
}
