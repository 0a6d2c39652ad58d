package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// visit is one request being answered: who asks, for which organisation, when.
type visit struct {
	*Server
	w       http.ResponseWriter
	r       *http.Request
	ctx     context.Context
	now     time.Time
	actor   policy.Actor // the zero Actor for the public
	secret  string       // of the session; empty for the public and for tokens
	session identity.Session
	token   bool // asked with an API token
	org     identity.Organisation
	reading bool // GET or HEAD
}

// handler wraps one route: who is asking, may they, answer, and every error
// turned into a page or an API answer.
func (s *Server) handler(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		v := &visit{
			Server: s, w: w, r: req, ctx: req.Context(), now: s.house.World.Now(),
			reading: req.Method == http.MethodGet || req.Method == http.MethodHead,
		}
		limit := int64(maxForm)
		if r.upload > 0 {
			limit = r.upload
		}
		req.Body = http.MaxBytesReader(w, req.Body, limit)
		if err := v.answer(r); err != nil {
			v.fail(err)
		}
	})
}

func (v *visit) answer(r route) error {
	if err := v.recognise(); err != nil {
		return err
	}
	resource := v.inside()
	if r.own {
		resource = v.actor.Own()
	}
	if err := v.may(r.action, resource); err != nil {
		return err
	}
	if r.fresh {
		if err := v.house.Identity.MayChangeWays(v.ctx, v.actor, v.session); err != nil {
			return err
		}
	}
	return r.serve(v)
}

// today is the civil day in London.
func (v *visit) today() law.Date { return law.Today(v.now) }

// inside is a thing of the organisation that the page is about.
func (v *visit) inside() policy.Resource { return policy.Resource{Org: v.org.ID} }

// about is a thing of the organisation that is about one person.
func (v *visit) about(person string) policy.Resource {
	return policy.Resource{Org: v.org.ID, Owner: person}
}

// refusal is what policy said no to.
type refusal struct{ policy.Decision }

func (r refusal) Error() string { return "policy " + r.Rule + ": " + r.Reason }

// may asks policy and returns its refusal as an error.
func (v *visit) may(action policy.Action, on policy.Resource) error {
	d := policy.Allow(v.actor, action, on)
	if d.Allowed {
		return nil
	}
	return refusal{d}
}

// can asks policy for a page that shows a link only to those who may follow it.
func (v *visit) can(action policy.Action) bool {
	return policy.Allow(v.actor, action, v.inside()).Allowed || policy.Allow(v.actor, action, v.actor.Own()).Allowed
}

// recognise finds out who is asking and for which organisation.
func (v *visit) recognise() error {
	if header := v.r.Header.Get("Authorization"); header != "" {
		secret, ok := bearer(header)
		switch {
		case !v.api():
			return fault.Errorf(fault.Invalid, "an access token works under /api/ only")
		case !ok:
			return errNoBearer()
		}
		actor, err := v.house.Identity.Actor(v.ctx, secret)
		if fault.Is(err, fault.NotFound) || err == nil && actor.Scopes == nil {
			return errUnknownToken()
		}
		if err != nil {
			return err
		}
		v.actor, v.token = actor, true
	} else if cookie, err := v.r.Cookie(v.cookieName()); err == nil {
		actor, session, err := v.house.Identity.Identify(v.ctx, cookie.Value)
		switch {
		case err == nil:
			v.actor, v.secret, v.session = actor, cookie.Value, session
		case fault.Is(err, fault.NotFound):
			v.forget()
		default:
			return err
		}
	}
	code := v.actor.Org
	if code == "" {
		code = v.publicOrg
	}
	org, err := v.house.Identity.Organisation(v.ctx, code)
	if err != nil {
		return err
	}
	v.org = org
	return nil
}

// api reports whether the answer is JSON for a program.
func (v *visit) api() bool { return strings.HasPrefix(v.r.URL.Path, "/api/") }

// script reports whether a script of our own pages asks, which reads JSON too.
func (v *visit) script() bool { return v.r.Header.Get("Accept") == "application/json" }

// cookieName is __Host- where the site is on https, which ties the cookie to
// this host and to secure connections; plain http is for one's own machine.
func (s *Server) cookieName() string {
	if s.https {
		return "__Host-commonweal"
	}
	return "commonweal"
}

// remember gives the browser its session.
func (v *visit) remember(secret string) {
	http.SetCookie(v.w, &http.Cookie{
		Name: v.cookieName(), Value: secret, Path: "/", HttpOnly: true, Secure: v.https, SameSite: http.SameSiteLaxMode,
	})
}

// forget takes it away.
func (v *visit) forget() {
	http.SetCookie(v.w, &http.Cookie{
		Name: v.cookieName(), Path: "/", HttpOnly: true, Secure: v.https, SameSite: http.SameSiteLaxMode, MaxAge: -1,
	})
}

// redirect answers a post: the page it leads to is fetched with GET, so that
// reloading it does nothing twice.
func (v *visit) redirect(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// form parses the request's form. Names that come twice keep their first value.
func (v *visit) form() (url.Values, error) {
	if err := v.r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, fault.Errorf(fault.Invalid, "the form is larger than %d bytes", large.Limit)
		}
		return nil, fault.Wrap(fault.Invalid, err, "the form cannot be read")
	}
	return v.r.PostForm, nil
}

// fail turns an error into an answer. What is not a fault is ours: it is logged
// under a reference and the page gives only the reference.
func (v *visit) fail(err error) {
	status, kind := http.StatusInternalServerError, fault.KindOf(err)
	var no refusal
	if errors.As(err, &no) {
		kind = fault.Forbidden
	}
	switch kind {
	case fault.Invalid:
		status = http.StatusUnprocessableEntity
	case fault.NotFound:
		status = http.StatusNotFound
	case fault.Forbidden:
		status = http.StatusForbidden
	case fault.Conflict:
		status = http.StatusConflict
	case fault.Throttled:
		status = http.StatusTooManyRequests
	}
	reference := ""
	if status == http.StatusInternalServerError {
		if v.ctx.Err() != nil {
			return // the reader has gone away
		}
		reference = v.house.World.ID()
		v.log.ErrorContext(v.ctx, "request failed", slog.String("route", v.r.Pattern),
			slog.String("reference", reference), slog.Any("error", err))
	}
	if no.Rule == policy.RuleSignIn {
		v.askToSignIn(status)
		return
	}
	if !v.api() && !v.script() && v.sendToSignIn(err, no) {
		return
	}
	if v.api() || v.script() {
		v.failAPI(status, kind, err, no, reference)
		return
	}
	v.failPage(status, err, no, reference)
}

// askToSignIn sends a reader to the sign-in page and back; a program gets 401.
func (v *visit) askToSignIn(int) {
	if v.api() {
		v.w.Header().Set("WWW-Authenticate", `Bearer realm="Commonweal"`)
		v.writeJSON(http.StatusUnauthorized, problem{
			Kind: "not_signed_in", Message: "This needs an access token.", Remedy: "Send Authorization: Bearer cw_...", Rule: policy.RuleSignIn,
		})
		return
	}
	if v.script() {
		v.writeJSON(http.StatusUnauthorized, problem{Kind: "not_signed_in", Message: "You are not signed in any more. Sign in, and send it again.", Rule: policy.RuleSignIn})
		return
	}
	target := "/sign-in"
	if v.reading && v.r.URL.Path != "/home" {
		target += "?" + url.Values{"next": {v.r.URL.RequestURI()}}.Encode()
	}
	http.Redirect(v.w, v.r, target, http.StatusSeeOther)
}

// failPage shows what went wrong, why, and what the reader may do.
func (v *visit) failPage(status int, err error, no refusal, reference string) {
	home := page.Link{Text: "Go to the front page", Href: "/"}
	if v.actor.Person != "" {
		home = page.Link{Text: "Go to your home page", Href: "/home"}
	}
	f := v.frame()
	switch {
	case no.Rule != "":
		f.Heading = "You cannot do this"
		f.Data = page.Refused("Why", no.Reason, "If you think this is wrong, ask the secretary. What the secretary does is in the record.", home)
	case status == http.StatusInternalServerError:
		f.Heading = "Something went wrong, and it is our fault"
		f.Data = page.OurFault(reference, "Nothing that you sent was half done: it was either done or not. Look before you send it again.", home)
	case status == http.StatusNotFound:
		f.Heading = "There is no such page"
		f.Data = page.Empty("What happened", sentenceOf(err, "The address may be mistyped, or what it led to has gone."), home)
	default:
		f.Heading = "This could not be done"
		f.Data = page.Empty("What happened", sentenceOf(err, ""), home)
	}
	if err := v.renderer.Render(v.w, status, "fault", f); err != nil {
		v.log.ErrorContext(v.ctx, "the fault page cannot be shown", slog.Any("error", err))
		http.Error(v.w, "Something went wrong, and it is our fault. Reference "+reference, http.StatusInternalServerError)
	}
}

// sentenceOf makes a fault's message a sentence.
func sentenceOf(err error, otherwise string) string {
	m := fault.Message(err)
	if m == "" {
		return otherwise
	}
	return page.Begin(m) + "."
}
