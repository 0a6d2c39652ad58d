package web

import (
	"encoding/json"
	"io"
	"net/http"

	"commonweal/internal/base/fault"
)

// The passkey pages speak JSON with web/module/passkey.js, because browsers
// offer passkeys to scripts alone. Without scripts there is the e-mailed code.

type ceremony struct {
	Ceremony string          `json:"ceremony"`
	Options  json.RawMessage `json:"options"`
}

type ceremonyAnswer struct {
	Ceremony string          `json:"ceremony"`
	Label    string          `json:"label"`
	Response json.RawMessage `json:"response"`
}

func (v *visit) ceremonyAnswer() (ceremonyAnswer, error) {
	var a ceremonyAnswer
	data, err := io.ReadAll(v.r.Body)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		return a, fault.Wrap(fault.Invalid, err, "the passkey's answer cannot be read")
	}
	return a, nil
}

func (s *Server) passkeySignInBegin(v *visit) error {
	options, id, err := v.house.Identity.BeginPasskeySignIn(v.ctx, v.client())
	if err != nil {
		return err
	}
	v.writeJSON(http.StatusOK, ceremony{id, options})
	return nil
}

func (s *Server) passkeySignInFinish(v *visit) error {
	a, err := v.ceremonyAnswer()
	if err != nil {
		return err
	}
	in, err := v.house.Identity.FinishPasskeySignIn(v.ctx, a.Ceremony, a.Response, v.client())
	if err != nil {
		return err
	}
	v.remember(in.Secret)
	v.writeJSON(http.StatusOK, map[string]string{"next": "/home"})
	return nil
}

func (s *Server) passkeyAddBegin(v *visit) error {
	options, id, err := v.house.Identity.BeginPasskey(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return err
	}
	v.writeJSON(http.StatusOK, ceremony{id, options})
	return nil
}

func (s *Server) passkeyAddFinish(v *visit) error {
	a, err := v.ceremonyAnswer()
	if err != nil {
		return err
	}
	if _, err := v.house.Identity.FinishPasskey(v.ctx, v.actor.Org, v.actor.Person, a.Ceremony, a.Label, a.Response); err != nil {
		return err
	}
	next := "/account"
	if v.actor.Weak && v.actor.Weighty() {
		next = "/account/office" // there it is used for the first time
	}
	v.writeJSON(http.StatusOK, map[string]string{"next": next})
	return nil
}

func (s *Server) passkeyRemove(v *visit) error {
	if err := v.house.Identity.RemovePasskey(v.ctx, v.actor.Org, v.actor.Person, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/account")
}
