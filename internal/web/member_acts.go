package web

import (
	"context"
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// acts are all that the secretary may record about a membership.
func acts() []act {
	return []act{
		{
			name: "apply", link: "Enter an application made on paper", heading: "Enter {name}’s application", kind: "member.applied", done: "the application is entered",
			action: policy.MemberApplyFor, states: []member.State{member.NotAMember, member.Ended},
			button: page.Button{Text: "Enter the application"}, asksDay: "On which day was it made?", dayTerm: "Made on", asksClass: true,
			follows: func(*visit, standing, actInput) []string {
				return []string{"The application waits to be decided, like one that was made here.", "Keep the paper."}
			},
			record: func(v *visit, st standing, in actInput) error {
				_, err := v.house.Members.Apply(v.ctx, v.actor.Person, v.org.ID, member.Application{Person: st.File.Person, Class: in.Class, Effective: in.Day, Consent: in.Consent, Area: in.Area})
				return err
			},
		},
		{
			name: "admit", link: "Admit", heading: "Admit {name}", kind: "member.admitted", done: "admitted",
			action: policy.MemberAdmit, states: []member.State{member.Applicant, member.NotAMember, member.Ended},
			button: page.Button{Text: "Admit"}, asksDay: "From which day?", asksClass: true, asksReason: "Why?",
			follows: admitFollows, record: decided((*member.Service).Admit),
		},
		{
			name: "refuse", link: "Refuse the application", heading: "Refuse {name}’s application", kind: "member.refused", done: "the application is refused",
			action: policy.MemberAdmit, states: []member.State{member.Applicant},
			button: page.Button{Text: "Refuse the application", Kind: page.Warning}, asksReason: "Why?", must: true,
			follows: func(*visit, standing, actInput) []string {
				return []string{"The application is over. The person may apply again.", "The reason stands on their membership page."}
			},
			record: decided((*member.Service).Refuse),
		},
		{
			name: "reinstate", link: "Make a member again", heading: "Make {name} a member again", kind: "member.reinstated", done: "a member again",
			action: policy.MemberRecord, states: []member.State{member.Ended},
			button: page.Button{Text: "Make a member again"}, asksDay: "From which day?", asksClass: true, asksReason: "Why?", must: true,
			follows: func(*visit, standing, actInput) []string {
				return []string{"The person keeps their number.", "A new time of membership begins on that day. The time between is not filled."}
			},
			record: decided((*member.Service).Reinstate),
		},
		{
			name: "expel", link: "Remove from membership", heading: "Remove {name} from membership", kind: "member.expelled", done: "removed from membership",
			action: policy.MemberRecord, states: []member.State{member.Member, member.CannotTell},
			button: page.Button{Text: "Remove from membership", Kind: page.Warning}, asksDay: "From which day?", asksReason: "On what decision, and why?", must: true,
			follows: expelFollows, record: decided((*member.Service).Expel),
		},
		{
			name: "die", link: "Record a death", heading: "Record that {name} died", kind: "member.died", done: "the death is recorded",
			action: policy.MemberRecord, states: []member.State{member.Member, member.CannotTell, member.Applicant, member.Ended},
			button: page.Button{Text: "Record the death", Kind: page.Warning}, asksDay: "On which day?", dayTerm: "On",
			follows: func(v *visit, st standing, _ actInput) []string {
				return append([]string{"Membership ends on that day."}, v.sharesFollow(st)...)
			},
			record: func(v *visit, st standing, in actInput) error {
				_, err := v.house.Members.Die(v.ctx, v.actor.Person, v.org.ID, st.File.Person, in.Day)
				return err
			},
		},
		{
			name: "void", heading: "Strike out a fact about {name}", kind: "member.voided", done: "the fact is struck out",
			action: policy.MemberRecord, button: page.Button{Text: "Strike it out", Kind: page.Warning}, asksReason: "What was wrong with it?", must: true,
			follows: voidFollows,
			record: func(v *visit, st standing, in actInput) error {
				_, err := v.house.Members.Void(v.ctx, v.actor.Person, v.org.ID, st.File.Person, in.Fact, in.Reason)
				return err
			},
		},
	}
}

// decided records one of the decisions of the room for members.
func decided(decide decision) func(v *visit, st standing, in actInput) error {
	return func(v *visit, st standing, in actInput) error {
		_, err := decide(v.house.Members, v.ctx, v.actor.Person, v.org.ID, member.Decision{Person: st.File.Person, Class: in.Class, Effective: in.Day, Reason: in.Reason})
		return err
	}
}

func admitFollows(_ *visit, st standing, in actInput) []string {
	out := []string{"The person becomes a member on that day and gets a number."}
	if st.File.Number > 0 {
		out = []string{"The person becomes a member on that day and keeps the number " + number(st.File.Number) + "."}
	}
	if st.Status.State != member.Applicant {
		out = append(out, "No application waits, so a reason is needed.")
	}
	if c, err := st.Book.Class(in.Class, st.Day); err == nil {
		if says, err := chanceOf(c, st.File, st.Day); err == nil {
			out = append(out, inPlain(says.Why))
			if says.Verdict == law.CannotTell {
				out = append(out, "Your decision stands in place of the missing fact.")
			}
		}
	}
	return out
}

func expelFollows(v *visit, st standing, _ actInput) []string {
	out := []string{"Membership ends on that day, and the vote with it.", "No class takes the person in by its rule until you make them a member again."}
	return append(out, v.sharesFollow(st)...)
}

// sharesFollow says what becomes of the shares when a membership ends.
func (v *visit) sharesFollow(st standing) []string {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil // the page says what else follows
	}
	var out []string
	for _, h := range ledger.HoldingsOn(st.Day) {
		if h.Member != st.File.MemberID || st.File.MemberID == "" || h.Quantity == 0 {
			continue
		}
		class, _ := ledger.Class(h.Class)
		if class.CancelsOnLeaving {
			out = append(out, count(h.Quantity, "share", "shares")+" of the class "+class.Name+" then "+said(page.Plural(h.Quantity, "waits", "wait"))+" to be cancelled, and "+money(h.Pence)+" to be given back.")
		} else {
			out = append(out, count(h.Quantity, "share", "shares")+" of the class "+class.Name+" "+said(page.Plural(h.Quantity, "stays", "stay"))+", until the rules say what becomes of them.")
		}
	}
	return out
}

func voidFollows(v *visit, st standing, in actInput) []string {
	i := slices.IndexFunc(st.File.Facts, func(f member.Fact) bool { return f.ID == in.Fact })
	if i < 0 {
		return []string{"There is no such fact about this person."}
	}
	f := st.File.Facts[i]
	left := slices.Clone(st.File.Facts)
	left = append(left, member.Fact{ID: "void", Kind: member.Voided, Effective: st.Day, Data: f.ID})
	then := member.StatusOn(st.Day, member.Inputs{Book: st.Book, Facts: left, Posts: st.File.Posts})
	return []string{
		"The fact: " + v.factTitle(st.Book, f) + ", " + v.day(f.Effective) + ".",
		"It then counts on no day. It and its striking out stay in the record.",
		"What the person then is today: " + inPlain(then.Reason),
	}
}

// decision is a method of the room for members that takes one.
type decision func(s *member.Service, ctx context.Context, actor, org string, d member.Decision) (member.Status, error)

// The pages of the acts, for the table of routes.

func (s *Server) memberApplyShow(v *visit) error     { return v.actGet("apply") }
func (s *Server) memberApply(v *visit) error         { return v.actPost("apply") }
func (s *Server) memberAdmitShow(v *visit) error     { return v.actGet("admit") }
func (s *Server) memberAdmit(v *visit) error         { return v.actPost("admit") }
func (s *Server) memberRefuseShow(v *visit) error    { return v.actGet("refuse") }
func (s *Server) memberRefuse(v *visit) error        { return v.actPost("refuse") }
func (s *Server) memberReinstateShow(v *visit) error { return v.actGet("reinstate") }
func (s *Server) memberReinstate(v *visit) error     { return v.actPost("reinstate") }
func (s *Server) memberExpelShow(v *visit) error     { return v.actGet("expel") }
func (s *Server) memberExpel(v *visit) error         { return v.actPost("expel") }
func (s *Server) memberDieShow(v *visit) error       { return v.actGet("die") }
func (s *Server) memberDie(v *visit) error           { return v.actPost("die") }
func (s *Server) memberVoidShow(v *visit) error      { return v.actGet("void") }
func (s *Server) memberVoid(v *visit) error          { return v.actPost("void") }
