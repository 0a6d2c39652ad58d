package web

import (
	"errors"
	"net/http"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type accountOfficePage struct {
	Offices string // "secretary and director"
	Has     bool   // a passkey to sign in with
	Again   string // address of signing in again, where that comes first
	Scripts bool
	Next    string
}

// accountOffice says that an office counts only with a passkey, and lets its
// holder add one or use it.
func (s *Server) accountOffice(v *visit) error {
	next := nextOf(v.r.URL.Query())
	if !v.actor.Weak || !v.actor.Weighty() {
		return v.redirect(next)
	}
	p := accountOfficePage{Next: next}
	var offices []string
	for _, role := range v.actor.Roles {
		if role.Weighty() {
			offices = append(offices, role.Title())
		}
	}
	p.Offices = page.List(offices)
	var again *identity.SignInAgain
	switch err := v.house.Identity.MayChangeWays(v.ctx, v.actor, v.session); {
	case errors.As(err, &again) && again.Passkey:
		p.Has = true
	case errors.As(err, &again):
		p.Again = "/sign-in?again=" + againRecent + "&next=/account/office"
	case err != nil:
		return err
	}
	f := v.frame()
	f.Heading = "Your office needs a passkey"
	f.Sentence = "As " + p.Offices + " you act for others. That counts only when you are signed in with a passkey."
	if v.can(policy.PasskeyManageOwn) {
		f.Modules = v.modules("passkey.js")
	}
	p.Scripts = len(f.Modules) > 0
	p.Next = strings.TrimSpace(p.Next)
	f.Data = p
	return v.show(http.StatusOK, "account_office", f)
}
