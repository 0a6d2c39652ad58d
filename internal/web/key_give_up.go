package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/web/page"
)

// giver is who gives a setup up: the returning officer, or a keyholder who found that
// something is wrong.
type giver struct {
	path, heading, sentence string
	mine                    bool
}

var (
	officerGives   = giver{path: "/give-up", heading: "Give this key up?", sentence: "It cannot be taken up again. You begin another, and everybody starts from the first step."}
	keyholderGives = giver{path: "/stop", heading: "Stop making this key?", sentence: "It cannot be taken up again. The returning officer begins another, and everybody starts from the first step.", mine: true}
)

func (s *Server) keyGiveUpShow(v *visit) error { return v.keyGive(officerGives, http.StatusOK, "", "") }

func (s *Server) keyStopShow(v *visit) error { return v.keyGive(keyholderGives, http.StatusOK, "", "") }

func (v *visit) keyGive(g giver, status int, typed, wrong string) error {
	k, err := v.keyGiven(g)
	if err != nil {
		return err
	}
	if !k.givenUpBy(g) {
		return v.redirect(k.path(""))
	}
	f := k.frame(g.heading, g.sentence)
	f.Back = page.Link{Text: "The key", Href: k.path("")}
	facts := page.Defs{{Term: "How far it is", Fact: keyState(k)}}
	if waiting := k.Waiting(); k.State() == keys.UnderWay && len(waiting) > 0 {
		facts = append(facts, page.Def{Term: "Still needed for this step", Fact: page.Begin(k.people(waiting))})
	}
	return v.showKeyAct(status, f, keyAct{
		Action: k.path(g.path), Facts: facts, Cancel: k.path(""), Button: page.Button{Text: "Give it up", Kind: page.Warning},
		Fields: []page.Field{page.TextArea{Name: "reason", Label: "Why?", Hint: "It is in the record. Write nothing about anybody’s health or private life.", Rows: 3, Value: typed, Error: wrong}},
	}, "")
}

// givenUpBy reports whether the visitor may still give the setup up.
func (k *keySetup) givenUpBy(g giver) bool {
	if g.mine {
		return k.mine.Number > 0 && k.State() == keys.UnderWay
	}
	beforeNotice := k.of.Announced.IsZero() && k.of.Abandoned.IsZero()
	return k.conducts() && (k.State() == keys.UnderWay || k.State() == keys.Made && !k.Rehearsal && beforeNotice)
}

func (v *visit) keyGiven(g giver) (*keySetup, error) {
	if g.mine {
		return v.keyAskedOwn()
	}
	k, err := v.keyAsked()
	if err == nil && !k.conducts() {
		err = fault.Errorf(fault.Forbidden, "only the returning officer of this vote may give its key up, and you are not")
	}
	return k, err
}

func (s *Server) keyGiveUp(v *visit) error { return v.keyGiveDo(officerGives) }
func (s *Server) keyStop(v *visit) error   { return v.keyGiveDo(keyholderGives) }

func (v *visit) keyGiveDo(g giver) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	k, err := v.keyGiven(g)
	if err != nil {
		return err
	}
	if wrong := reasonWrong(form.Get("reason"), true); wrong != "" {
		return v.keyGive(g, http.StatusUnprocessableEntity, form.Get("reason"), wrong)
	}
	err = v.house.Keys.GiveUp(v.ctx, v.actor.Person, v.org.ID, k.ID, form.Get("reason"))
	if refusable(err) {
		return v.keyGive(g, http.StatusUnprocessableEntity, form.Get("reason"), v.keyWords(err))
	}
	if err != nil {
		return err
	}
	return v.redirect(k.path("?done=given-up"))
}
