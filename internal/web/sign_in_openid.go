package web

import (
	"net/http"

	"commonweal/internal/base/fault"
)

// openIDBegin sends the browser to an outside provider.
func (s *Server) openIDBegin(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	address, browser, err := v.house.Identity.BeginOpenID(v.ctx, v.org.ID, v.r.PathValue("provider"), v.client())
	if err != nil {
		return err
	}
	v.lend("openid", browser)
	v.lend("next", nextOf(form))
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
	return nil
}

// openIDFinish is where the provider sends the browser back to. It is reached
// by a link from another site, so the session cookie is set by a page of ours:
// a redirect.
func (s *Server) openIDFinish(v *visit) error {
	q := v.r.URL.Query()
	if q.Get("error") != "" {
		return v.signInForm(http.StatusForbidden, nil, "", "The other site did not sign you in. Try again, or use a code.")
	}
	in, err := v.house.Identity.FinishOpenID(v.ctx, q.Get("state"), q.Get("code"), v.lent("openid"), v.client())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound) {
		return v.signInForm(http.StatusForbidden, nil, "", sentenceOf(err, "The other site did not sign you in."))
	}
	if err != nil {
		return err
	}
	return v.signedIn(in, nextOf(map[string][]string{"next": {v.lent("next")}}))
}
