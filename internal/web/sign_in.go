package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/web/page"
)

type signInPage struct {
	Again     string // why somebody who is signed in is asked again: see the constants
	Email     page.Text
	Next      string
	Providers []identity.Provider
	Passkeys  bool
	Demo      bool
}

// client is what identity may know of the browser: its kind, for the list of
// sessions, and where it is, for the limits.
func (v *visit) client() identity.Client {
	host, _, err := net.SplitHostPort(v.r.RemoteAddr)
	if err != nil {
		host = v.r.RemoteAddr
	}
	if v.proxied {
		list := strings.Split(strings.Join(v.r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(list[len(list)-1]); net.ParseIP(last) != nil {
			host = last
		}
	}
	return identity.Client{Agent: deviceOf(v.r.UserAgent()), Address: host, Previous: v.secret}
}

// nextOf reads where to go after signing in. Only a path of this site is
// followed.
func nextOf(values url.Values) string {
	next := values.Get("next")
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/home"
	}
	return next
}

func (s *Server) signInShow(v *visit) error {
	q := v.r.URL.Query()
	if v.actor.Person != "" && againOf(q) == "" {
		return v.redirect("/home")
	}
	return v.signInForm(http.StatusOK, q, "", "")
}

// signInForm is the page to sign in. The values say where to go then, and
// whether it is for somebody who is signed in and has to do so again.
func (v *visit) signInForm(status int, values url.Values, email, wrong string) error {
	field := page.Text{
		Name: "email", Label: "Your work e-mail address", Type: "email", Value: email, Error: wrong,
		Hint: "We send a code to it. If you joined as a patient or member of the public, use the address you gave us.", Autocomplete: "email", Verbatim: true,
	}
	f := v.frame()
	f.Heading = "Sign in"
	again := againOf(values)
	if again != "" {
		f.Heading, f.Sentence = "Sign in again", againSentences[again]
	}
	f.Errors = page.Problems(field)
	if v.house.Passkeys {
		f.Modules = v.modules("passkey.js")
	}
	f.Data = signInPage{
		Again: again, Email: field, Next: nextOf(values), Providers: v.house.Identity.Providers(), Passkeys: len(f.Modules) > 0, Demo: v.house.Demo,
	}
	return v.show(status, "sign_in", f)
}

// signInSend asks identity to send a code. The answer is the same whether the
// address is known or not.
func (s *Server) signInSend(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	email := strings.TrimSpace(form.Get("email"))
	challenge, err := v.house.Identity.RequestCode(v.ctx, v.org.ID, email, v.client())
	switch {
	case fault.Is(err, fault.Invalid):
		return v.signInForm(http.StatusUnprocessableEntity, form, email, sentenceOf(err, ""))
	case fault.Is(err, fault.Conflict):
		return v.signInForm(http.StatusConflict, form, email, "We cannot send mail from here. Sign in another way, or ask the secretary.")
	case err != nil:
		return err
	}
	v.lend("challenge", challenge)
	return v.redirect("/sign-in/code?" + url.Values{"next": {nextOf(form)}}.Encode())
}

// lend keeps a value in the browser for the ten minutes of a sign-in.
func (v *visit) lend(name, value string) { v.lendFor(600, name, value) }

// lendFor is lend for so many seconds.
func (v *visit) lendFor(seconds int, name, value string) {
	http.SetCookie(v.w, &http.Cookie{
		Name: v.cookieName() + "-" + name, Value: value, Path: "/", HttpOnly: true, Secure: v.https, SameSite: http.SameSiteLaxMode, MaxAge: seconds,
	})
}

// lent reads it back, and "" when there is none.
func (v *visit) lent(name string) string {
	c, err := v.r.Cookie(v.cookieName() + "-" + name)
	if err != nil {
		return ""
	}
	return c.Value
}

// signOut ends the session, here and in the browser.
func (s *Server) signOut(v *visit) error {
	if v.secret != "" {
		if err := v.house.Identity.SignOut(v.ctx, v.secret); err != nil {
			return err
		}
	}
	v.forget()
	return v.redirect("/")
}

// deviceOf is what the list of sessions calls a device: the browser and the
// system, as far as the agent text tells, and nothing that would single it out.
func deviceOf(agent string) string {
	name := func(known [][2]string, otherwise string) string {
		for _, k := range known {
			if strings.Contains(agent, k[0]) {
				return k[1]
			}
		}
		return otherwise
	}
	browser := name([][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}, "A browser")
	system := name([][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"},
	}, "some device")
	return browser + " on " + system
}
