package web

import (
	"context"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type withdrawPage struct {
	Follows []string
	Choice  *page.Radios
	Class   string
	Action  string
	Button  page.Actions
}

// withdrawShow says what follows from withdrawing, before it is done.
func (s *Server) withdrawShow(v *visit) error { return v.withdrawForm(http.StatusOK, "", "") }

func (v *visit) withdrawForm(status int, choice, wrong string) error {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	if st.Status.State != member.Member && st.Status.State != member.CannotTell {
		return fault.Errorf(fault.Conflict, "you are not a member today, so there is nothing to withdraw from")
	}
	class, _ := st.class()
	if class.Admission == member.Automatic {
		return v.redirect("/membership/opt-out")
	}
	p := withdrawPage{Action: "/membership/withdraw"}
	if p.Follows, err = v.followsLeaving(st); err != nil {
		return err
	}
	p.Button = page.Actions{Button: page.Button{Text: "Withdraw today", Kind: page.Warning}, Links: []page.Link{{Text: "Stay a member", Href: "/membership"}}}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "Withdraw from membership"
	f.Sentence = "Your membership ends today. You may apply again later, as anybody may whom the rules let in."
	if class.Kind.NeedsConsent() {
		p.Choice = &page.Radios{Name: "consent", Legend: "What should become of your details?", Value: choice, Error: wrong, Options: []page.Option{
			{Value: "keep", Label: "Keep them as the register needs them", Hint: "So that it still shows that you were a member, and where you lived then."},
			{Value: "withdraw", Label: "Take back my consent as well", Hint: "What the law does not want kept is erased by " + v.day(st.Day.AddMonths(1)) + "."},
		}}
		f.Errors = page.Problems(*p.Choice)
	}
	f.Data = p
	return v.show(status, "membership_withdraw", f)
}

// followsLeaving says what follows when a membership ends today.
func (v *visit) followsLeaving(st standing) ([]string, error) {
	out := []string{"You lose your vote" + inConstituency(st.Status) + " from today."}
	if st.Status.Votes == 0 {
		out = nil
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	for _, h := range ledger.HoldingsOn(st.Day) {
		if h.Member != st.File.MemberID || h.Quantity == 0 {
			continue
		}
		class, _ := ledger.Class(h.Class)
		what := count(h.Quantity, "share", "shares") + " of the class " + class.Name
		if class.CancelsOnLeaving {
			out = append(out, "Your "+what+" "+said(page.Plural(h.Quantity, "is", "are"))+" cancelled, and you get "+money(h.Pence)+" back. The secretary sees to it.")
		} else {
			out = append(out, "You keep "+what+", worth "+money(h.Pence)+", until the rules say what becomes of them. Ask the secretary.")
		}
	}
	stakes, err := v.house.Shares.Stakes(v.ctx, v.org.ID, st.File.MemberID)
	if err != nil {
		return nil, err
	}
	for _, k := range stakes {
		if st.File.MemberID != "" && k.Held(st.Day) {
			out = append(out, "You held “"+k.Title+"” as a member. The secretary records that it ends.")
		}
	}
	keep := "The register goes on saying that you were a member, and from when until when."
	if st.Form != nil && st.Form.Retention.Text != "" {
		keep += " " + st.Form.Retention.Text
	}
	return append(out, "Your employment does not change.", keep), nil
}

func inConstituency(s member.Status) string {
	if s.ConstituencyName == "" {
		return ""
	}
	return " in " + s.ConstituencyName
}

// withdrawSend ends the membership at the member's own wish.
func (s *Server) withdrawSend(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	class, _ := st.class()
	choice := values.Get("consent")
	if class.Kind.NeedsConsent() && choice != "keep" && choice != "withdraw" {
		return v.withdrawForm(http.StatusUnprocessableEntity, choice, "Choose what should become of your details.")
	}
	if class.Kind.NeedsConsent() && choice == "withdraw" {
		if _, err := v.house.Members.WithdrawConsent(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, v.today()); err != nil {
			return err
		}
		return v.toReceipt("member.consent_withdrawn")
	}
	if _, err := v.house.Members.Withdraw(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, v.today()); err != nil {
		return err
	}
	return v.toReceipt("member.withdrew")
}

// applicationWithdrawShow asks whether an application is to be taken back.
func (s *Server) applicationWithdrawShow(v *visit) error {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	if st.Status.State != member.Applicant {
		return fault.Errorf(fault.Conflict, "no application of yours waits")
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "Take your application back"
	f.Sentence = "You applied on " + v.day(st.Status.Since) + " to join " + st.Status.ClassName + "."
	f.Data = withdrawPage{
		Action:  "/membership/apply/withdraw",
		Follows: []string{"The application is not taken further.", "You may apply again at any time."},
		Button:  page.Actions{Button: page.Button{Text: "Take it back"}, Links: []page.Link{{Text: "Leave it as it is", Href: "/membership"}}},
	}
	return v.show(http.StatusOK, "membership_withdraw", f)
}

// applicationWithdrawSend takes an application back.
func (s *Server) applicationWithdrawSend(v *visit) error {
	if _, err := v.takeBackApplication(); err != nil {
		return err
	}
	return v.toReceipt("member.withdrew")
}

// takeBackApplication takes the actor's application back. A member does not come
// here: theirs is a withdrawal, with what follows from it.
func (v *visit) takeBackApplication() (member.Status, error) {
	status, err := v.house.Members.Status(v.ctx, v.org.ID, v.actor.Person, v.today())
	if err != nil {
		return status, err
	}
	if status.State != member.Applicant {
		return status, fault.Errorf(fault.Conflict, "no application of yours waits")
	}
	return v.house.Members.Withdraw(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, v.today())
}

// optOutShow says what follows from opting out of a class that takes people in
// by itself.
func (s *Server) optOutShow(v *visit) error {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	class, ok := st.class()
	if !ok || st.Status.State != member.Member || class.Admission != member.Automatic {
		return fault.Errorf(fault.Conflict, "you are in no class that takes people in by itself, so there is nothing to opt out of")
	}
	follows, err := v.followsLeaving(st)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "Opt out of membership"
	f.Sentence = page.Begin(nameOfRule(class)) + " makes you a member without asking. You may say no, and you may come back."
	f.Data = withdrawPage{
		Action: "/membership/opt-out", Class: class.Code, Follows: follows,
		Button: page.Actions{Button: page.Button{Text: "Opt out today"}, Links: []page.Link{{Text: "Stay a member", Href: "/membership"}}},
	}
	return v.show(http.StatusOK, "membership_withdraw", f)
}

func (s *Server) optOutSend(v *visit) error {
	return v.opt("member.opted_out", v.house.Members.OptOut)
}

// optInShow asks whether an opting out is to be taken back.
func (s *Server) optInShow(v *visit) error {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	class, err := st.Book.Class(v.r.URL.Query().Get("class"), st.Day)
	if err != nil {
		return err
	}
	if class.Admission != member.Automatic || !v.outOf(st.File.Facts, class.Code) {
		return fault.Errorf(fault.Conflict, "you have not opted out of the class %s", class.Name)
	}
	c, err := chanceOf(class, st.File, st.Day)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "Become a member again"
	f.Sentence = "You take back that you opted out of the class " + class.Name + "."
	f.Data = withdrawPage{
		Action: "/membership/opt-in", Class: class.Code, Follows: []string{inPlain(c.Why), "As long as the rule fits, you are a member from today."},
		Button: page.Actions{Button: page.Button{Text: "Opt in today"}, Links: []page.Link{{Text: "Not now", Href: "/membership"}}},
	}
	return v.show(http.StatusOK, "membership_withdraw", f)
}

func (s *Server) optInSend(v *visit) error { return v.opt("member.opted_in", v.house.Members.OptIn) }

// opt records an opting out or in of the class in the form.
func (v *visit) opt(kind string, change optChange) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	_, err = change(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, strings.TrimSpace(values.Get("class")), v.today())
	if err != nil {
		return err
	}
	return v.toReceipt(kind)
}

// optChange is a method of the room for members.
type optChange func(ctx context.Context, actor, org, person, class string, effective law.Date) (member.Status, error)
