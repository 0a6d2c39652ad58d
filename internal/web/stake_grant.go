package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

func (v *visit) stakeFinder() finder {
	return finder{
		Action: "/stakes/new", Back: page.Link{Text: "Rights and roles", Href: "/stakes"}, Next: "Continue", Note: "Rights and roles are held by members.",
		Who: page.Text{Name: "who", Label: "Who gets a right or a role?", Hint: "Type a name, or the number in the register.", Heading: true, Width: 20, Verbatim: true},
	}
}

// stakeNew asks who is to hold it, and once ?member= says so, what.
func (s *Server) stakeNew(v *visit) error {
	if v.r.URL.Query().Has("member") {
		who, err := v.memberAsked(policy.StakeGrant)
		if err != nil {
			return err
		}
		return v.showStakeForm(http.StatusOK, who, nil, nil)
	}
	return v.showFinder(http.StatusOK, "Grant a right or a role", v.stakeFinder())
}

// stakeFind finds the member and goes on.
func (s *Server) stakeFind(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	all, err := v.holders()
	if err != nil {
		return err
	}
	f := v.stakeFinder()
	member := f.answer(v, form, all, func(h holder) bool { return h.is(v.today()) })
	if member == "" {
		return v.showFinder(http.StatusUnprocessableEntity, "Grant a right or a role", f)
	}
	if _, err := v.holder(all, member, policy.StakeGrant); err != nil {
		return err
	}
	return v.redirect("/stakes/new?member=" + member)
}

type stakeForm struct {
	Action  string
	Kind    page.Radios
	Title   page.Text
	Basis   page.Text
	Granted page.DateField
}

func (v *visit) showStakeForm(status int, who holder, form url.Values, wrong error) error {
	p := stakeForm{
		Action: "/stakes?member=" + who.Member,
		Kind: page.Radios{Name: "kind", Legend: "What is it?", Value: form.Get("kind"), Options: []page.Option{
			{Value: string(share.Right), Label: "A right", Hint: "Something the member may do, such as to see the monthly accounts."},
			{Value: string(share.Role), Label: "A role", Hint: "Something the member is, such as a seat on the rota panel."},
		}},
		Title:   page.Text{Name: "title", Label: "What is it called?", Hint: "Call the same right or role by the same name each time: they are counted together.", Value: form.Get("title")},
		Basis:   page.Text{Name: "basis", Label: "Which rule gives it?", Hint: "Such as rule 22, or the board’s decision of 3 March.", Value: form.Get("basis")},
		Granted: page.DateField{Name: "granted", Legend: "From which day?", Hint: "For example, 31 3 2026"},
	}
	p.Granted.Fill(form)
	if form == nil {
		p.Granted.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.Granted, "first day", true) // says what to put right
		if p.Kind.Value != string(share.Right) && p.Kind.Value != string(share.Role) {
			p.Kind.Error = "Choose whether it is a right or a role."
		}
		if strings.TrimSpace(p.Title.Value) == "" {
			p.Title.Error = "Say what it is called."
		}
		if strings.TrimSpace(p.Basis.Value) == "" {
			p.Basis.Error = "Name the rule or decision that gives it."
		}
	}
	v.refusedAt(wrong, &p.Granted.Error, map[string]*string{"title": &p.Title.Error, "basis": &p.Basis.Error, "kind": &p.Kind.Error})
	f := v.frame()
	f.Back = page.Link{Text: "Somebody else", Href: "/stakes/new"}
	f.Kicker = "Grant a right or a role"
	f.Heading = "For " + who.title()
	f.Errors = page.Problems(p.Kind, p.Title, p.Basis, p.Granted)
	f.Data = p
	return v.show(status, "stake_grant", f)
}

// memberAsked is the member that the address names, after policy was asked.
func (v *visit) memberAsked(action policy.Action) (holder, error) {
	all, err := v.holders()
	if err != nil {
		return holder{}, err
	}
	return v.holder(all, v.r.URL.Query().Get("member"), action)
}

// stakeGrant grants it.
func (s *Server) stakeGrant(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	who, err := v.memberAsked(policy.StakeGrant)
	if err != nil {
		return err
	}
	field := page.DateField{Name: "granted"}
	field.Fill(form)
	day, ok := readDay(&field, "first day", true)
	k := share.Stake{Member: who.Member, Kind: share.StakeKind(form.Get("kind")), Title: strings.TrimSpace(form.Get("title")), Basis: strings.TrimSpace(form.Get("basis")), Granted: day}
	if !ok || k.Title == "" || k.Basis == "" || (k.Kind != share.Right && k.Kind != share.Role) {
		return v.showStakeForm(http.StatusUnprocessableEntity, who, form, nil)
	}
	held, err := v.house.Shares.Stakes(v.ctx, v.org.ID, who.Member)
	if err != nil {
		return err
	}
	for _, other := range held {
		if other.Kind == k.Kind && other.Title == k.Title && other.Held(day) {
			return v.showStakeForm(http.StatusUnprocessableEntity, who, form, fault.Fieldf("title", "%s holds this from %s already", who.title(), other.Granted))
		}
	}
	id, err := v.house.Shares.Grant(v.ctx, v.actor.Person, v.org.ID, k)
	if refusable(err) {
		return v.showStakeForm(http.StatusUnprocessableEntity, who, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/stakes/" + id + "?done=granted")
}

// stakeAct is a day and some words about a stake: that it was used, or that it
// ends.
type stakeAct struct {
	Action string
	Back   string
	Day    page.DateField
	Words  page.TextArea
	Button page.Button
}

func useForm(id string) stakeAct {
	return stakeAct{
		Action: "/stakes/" + id + "/use", Back: "/stakes/" + id, Button: page.Button{Text: "Record it"},
		Day:   page.DateField{Name: "used", Legend: "On which day was it used?", Hint: "Today or before."},
		Words: page.TextArea{Name: "what", Label: "What for?", Hint: "Such as: took part in the rota panel. Name no people.", Rows: 2},
	}
}

func endForm(id string) stakeAct {
	return stakeAct{
		Action: "/stakes/" + id + "/end", Back: "/stakes/" + id, Button: page.Button{Text: "End it", Kind: page.Warning},
		Day:   page.DateField{Name: "ends", Legend: "What is the first day on which it is no longer held?", Hint: "For example, 31 3 2026"},
		Words: page.TextArea{Name: "reason", Label: "Why does it end?", Hint: "Write nothing about anybody’s health or private life.", Rows: 2},
	}
}

// fill puts what was typed into the form and says what is missing.
func (p *stakeAct) fill(v *visit, form url.Values) {
	p.Day.Fill(form)
	if form == nil {
		p.Day.SetDay(v.today().String())
		return
	}
	_, _ = readDay(&p.Day, "day", true) // says what to put right
	p.Words.Value = form.Get(p.Words.Name)
	if p.Words.Error = reasonWrong(p.Words.Value, true); p.Words.Name == "what" && strings.TrimSpace(p.Words.Value) == "" {
		p.Words.Error = "Say what it was used for."
	}
}

func (v *visit) showStakeAct(status int, k share.Stake, who holder, p stakeAct, form url.Values, wrong error) error {
	p.fill(v, form)
	v.refusedAt(wrong, &p.Day.Error, map[string]*string{p.Words.Name: &p.Words.Error})
	f := v.frame()
	f.Back = page.Link{Text: "Back", Href: p.Back}
	f.Kicker = k.Title
	f.Heading = "Record a use"
	f.Sentence = who.title() + " has held it since " + v.day(k.Granted) + "."
	if p.Words.Name == "reason" {
		f.Heading = "End it?"
		f.Sentence += " What was held and used until then stays on record."
	}
	f.Errors = page.Problems(p.Day, p.Words)
	f.Data = p
	return v.show(status, "stake_act", f)
}

// stakeUseShow asks when a stake was used and what for.
func (s *Server) stakeUseShow(v *visit) error {
	k, who, err := v.stakeAsked(policy.StakeUseRecord)
	if err != nil {
		return err
	}
	return v.showStakeAct(http.StatusOK, k, who, useForm(k.ID), nil, nil)
}

// stakeUse records it.
func (s *Server) stakeUse(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	k, who, err := v.stakeAsked(policy.StakeUseRecord)
	if err != nil {
		return err
	}
	p := useForm(k.ID)
	p.Day.Fill(form)
	day, ok := readDay(&p.Day, "day", true)
	if !ok || reasonWrong(form.Get("what"), true) != "" {
		return v.showStakeAct(http.StatusUnprocessableEntity, k, who, useForm(k.ID), form, nil)
	}
	err = v.house.Shares.UseStake(v.ctx, v.actor.Person, v.org.ID, k.ID, day, form.Get("what"))
	if refusable(err) {
		return v.showStakeAct(http.StatusUnprocessableEntity, k, who, useForm(k.ID), form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/stakes/" + k.ID + "?done=used")
}

// stakeEndShow asks when a stake ends and why.
func (s *Server) stakeEndShow(v *visit) error {
	k, who, err := v.stakeAsked(policy.StakeGrant)
	if err != nil {
		return err
	}
	return v.showStakeAct(http.StatusOK, k, who, endForm(k.ID), nil, nil)
}

// stakeEnd ends it.
func (s *Server) stakeEnd(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	k, who, err := v.stakeAsked(policy.StakeGrant)
	if err != nil {
		return err
	}
	p := endForm(k.ID)
	p.Day.Fill(form)
	day, ok := readDay(&p.Day, "day", true)
	if !ok || reasonWrong(form.Get("reason"), true) != "" {
		return v.showStakeAct(http.StatusUnprocessableEntity, k, who, endForm(k.ID), form, nil)
	}
	err = v.house.Shares.EndStake(v.ctx, v.actor.Person, v.org.ID, k.ID, day, strings.TrimSpace(form.Get("reason")))
	if refusable(err) {
		return v.showStakeAct(http.StatusUnprocessableEntity, k, who, endForm(k.ID), form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/stakes/" + k.ID + "?done=ended")
}
