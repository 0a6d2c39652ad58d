package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type accountPage struct {
	Person   page.Defs
	Passkeys []passkeyRow
	CanAdd   bool
	Again    string // address of signing in again, where the ways in cannot be changed before
	CanMove  bool   // to another e-mail address
	Sessions []sessionRow
	Tokens   []tokenRow
	Token    tokenForm
	Secret   string // of a token just made; shown this once
}

type passkeyRow struct{ ID, Label, Added, Used string }

type sessionRow struct {
	ID, Device, Since, Seen string
	Current                 bool
}

type tokenRow struct{ ID, Label, Scopes, Until string }

type tokenForm struct {
	Label   page.Text
	Scopes  page.Checkboxes
	Expires page.DateField
}

// accountShow is what the signed-in person may see and change about how they
// sign in.
func (s *Server) accountShow(v *visit) error {
	return v.accountPage(http.StatusOK, v.newTokenForm(nil), "")
}

func (v *visit) accountPage(status int, form tokenForm, secret string) error {
	p := accountPage{
		Token: form, Secret: secret, CanAdd: v.house.Passkeys && v.can(policy.PasskeyManageOwn), CanMove: v.can(policy.EmailChangeOwn),
	}
	if err := v.house.Identity.MayChangeWays(v.ctx, v.actor, v.session); err != nil {
		var again *identity.SignInAgain
		if !errors.As(err, &again) {
			return err
		}
		p.Again = "/sign-in?again=" + againRecent + "&next=/account"
		if again.Passkey {
			p.Again = "/sign-in?again=" + againPasskey + "&next=/account"
		}
	}
	person, err := v.house.Identity.Person(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return err
	}
	p.Person = page.Defs{{Term: "Name", Fact: person.Name()}, {Term: "E-mail", Fact: orNone(person.Email)}, {Term: "Postal address", Fact: orNone(person.PostalAddress)}}
	if err := v.addCredentials(&p); err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Your account"
	f.Sentence = "How you sign in, and where you are signed in now."
	f.Errors = page.Problems(form.Label, form.Scopes, form.Expires)
	if p.CanAdd {
		f.Modules = v.modules("passkey.js")
	}
	f.Data = p
	return v.show(status, "account", f)
}

func (v *visit) addCredentials(p *accountPage) error {
	keys, err := v.house.Identity.Passkeys(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.Removed != "" {
			continue
		}
		row := passkeyRow{ID: k.ID, Label: k.Label, Added: v.moment(k.Created), Used: "not used yet"}
		if k.LastUsed != "" {
			row.Used = "last used " + v.moment(k.LastUsed)
		}
		if k.Copied {
			row.Used = "switched off: it may have been copied"
		}
		p.Passkeys = append(p.Passkeys, row)
	}
	sessions, err := v.house.Identity.Sessions(v.ctx, v.actor.Person, v.secret)
	if err != nil {
		return err
	}
	for _, x := range sessions {
		p.Sessions = append(p.Sessions, sessionRow{x.ID, x.Client, v.moment(x.Created), v.moment(x.LastSeen), x.Current})
	}
	tokens, err := v.house.Identity.Tokens(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		if t.Revoked == "" && !t.Expires.Before(v.today()) {
			p.Tokens = append(p.Tokens, tokenRow{t.ID, t.Label, strings.Join(t.Scopes, ", "), v.day(t.Expires)})
		}
	}
	return nil
}

// newTokenForm is the form for a token, with what was typed.
func (v *visit) newTokenForm(values url.Values) tokenForm {
	form := tokenForm{
		Label:   page.Text{Name: "label", Label: "What is it for?", Hint: "So that you know it again later.", Width: 20, Value: values.Get("label")},
		Scopes:  page.Checkboxes{Name: "scopes", Legend: "What may it do?", Hint: "Only what you may do yourself.", Values: values["scopes"]},
		Expires: page.DateField{Name: "expires", Legend: "Last day on which it works", Hint: "At most a year from now."},
	}
	form.Expires.Fill(values)
	for _, scope := range v.scopes() {
		form.Scopes.Options = append(form.Scopes.Options, page.Option{Value: scope, Label: scope})
	}
	return form
}

// scopes are those that are worth something to this person.
func (v *visit) scopes() []string {
	var out []string
	for _, action := range policy.Actions() {
		scope := policy.ScopeOf(action)
		if scope != "" && scope != "-" && v.can(action) && !slices.Contains(out, scope) {
			out = append(out, scope)
		}
	}
	slices.Sort(out)
	return out
}

func (s *Server) tokenCreate(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	form := v.newTokenForm(values)
	expires, ok := readDay(&form.Expires, "last day", true)
	if !ok {
		return v.accountPage(http.StatusUnprocessableEntity, form, "")
	}
	scopes := slices.DeleteFunc(slices.Clone(values["scopes"]), func(s string) bool { return s == identity.MadeWithPasskey })
	if v.session.Way == identity.ByPasskey {
		scopes = append(scopes, identity.MadeWithPasskey)
	}
	secret, _, err := v.house.Identity.CreateToken(v.ctx, v.actor.Org, v.actor.Person, values.Get("label"), scopes, expires)
	if fault.Is(err, fault.Invalid) {
		message := sentenceOf(err, "")
		switch fault.FieldOf(err) {
		case "label":
			form.Label.Error = message
		case "scopes":
			form.Scopes.Error = message
		default:
			form.Expires.Error = message
		}
		return v.accountPage(http.StatusUnprocessableEntity, form, "")
	}
	if err != nil {
		return err
	}
	return v.accountPage(http.StatusOK, v.newTokenForm(nil), secret)
}

func (s *Server) tokenRevoke(v *visit) error {
	if err := v.house.Identity.RevokeToken(v.ctx, v.actor.Org, v.actor.Person, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/account")
}

func (s *Server) sessionEnd(v *visit) error {
	if err := v.house.Identity.EndSession(v.ctx, v.actor.Person, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/account")
}
