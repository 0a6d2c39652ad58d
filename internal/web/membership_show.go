package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type membershipPage struct {
	Panels  []page.Panel
	Apply   page.Button
	Reason  string
	Stake   stakePage
	Rights  []right
	History page.Timeline
	Facts   page.Defs
	Next    page.Links
	Keeps   page.Links
	Keeper  bool // the links are work, not reading
}

// membershipShow is a person's own membership: what it is and why, what they
// hold, their rights, and what they may do next.
func (s *Server) membershipShow(v *visit) error {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	all, err := st.chances()
	if err != nil {
		return err
	}
	p := membershipPage{Reason: reasonBeside(st.Status), Facts: v.membershipFacts(st), Keeper: v.can(policy.RegisterView)}
	p.Panels, p.Apply = v.membershipPanels(st, all)
	if p.History, err = v.history(st); err != nil {
		return err
	}
	if p.Stake, err = v.stakeOf(st.File.MemberID, st.Day, "/membership/certificates/"); err != nil {
		return err
	}
	p.Facts = append(p.Facts, p.Stake.Facts...)
	p.Rights = v.rightsOf(st, p.Stake)
	p.Next = v.nextSteps(st, all)
	if p.Keeps, err = v.keeping(); err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Your membership"
	f.Sentence = v.membershipSentence(st, all)
	f.Data = p
	return v.show(http.StatusOK, "membership_show", f)
}

// membershipSentence says what the person is, first.
func (v *visit) membershipSentence(st standing, all []chance) string {
	s := st.Status
	switch s.State {
	case member.Member:
		out := "You have been a member since " + v.whole(s.Since)
		if s.Since == st.Day {
			out = "You are a member from today"
		}
		if s.ConstituencyName != "" && s.Votes > 0 {
			out += " and vote in " + s.ConstituencyName
		}
		if !s.Ends.IsZero() {
			return out + ". Your membership ends on " + v.whole(s.Ends) + "."
		}
		return out + "."
	case member.Applicant:
		return "You applied on " + v.whole(s.Since) + " to join " + s.ClassName + ". It is not decided yet."
	case member.Ended:
		return "Your membership ended on " + v.whole(s.Ends) + "."
	case member.CannotTell:
		return "We cannot tell today whether you are a member."
	}
	switch {
	case len(all) == 0:
		return "You are not a member. The rule-book has no class of membership yet."
	case hasVerdict(openTo(all), law.Holds):
		return "You are not a member. You may become one."
	case len(openTo(all)) > 0:
		return "You are not a member. We cannot tell yet whether you may become one."
	}
	return "You are not a member, and the rules do not let you join today."
}

func hasVerdict(all []chance, verdict law.Verdict) bool {
	for _, c := range all {
		if c.Verdict == verdict {
			return true
		}
	}
	return false
}

// membershipFacts is the short list at the side.
func (v *visit) membershipFacts(st standing) page.Defs {
	s := st.Status
	if st.File.Number == 0 && s.State != member.Member && s.State != member.Applicant {
		return nil
	}
	var out page.Defs
	add := func(term, fact string) {
		if fact != "" {
			out = append(out, page.Def{Term: term, Fact: fact})
		}
	}
	if st.File.Number > 0 {
		add("Member number", number(st.File.Number))
	}
	switch s.State {
	case member.Member:
		add("Member since", v.day(s.Since))
		add("Ends", v.day(s.Ends))
	case member.Applicant:
		add("Applied", v.day(s.Since))
	case member.Ended:
		add("Ended", v.day(s.Ends))
	}
	add("Class", s.ClassName)
	add("Constituency", s.ConstituencyName)
	if s.State == member.Member {
		votes := "none"
		if s.Votes > 0 {
			votes = number(s.Votes)
		}
		add("Votes", votes)
	}
	return out
}

// membershipPanels say what stands in the way, or what comes next.
func (v *visit) membershipPanels(st standing, all []chance) (panels []page.Panel, apply page.Button) {
	switch st.Status.State {
	case member.Applicant:
		return []page.Panel{v.appliedPanel(st, all)}, apply
	case member.CannotTell:
		return []page.Panel{page.Refused("What is missing", toYou(st.Status.Reason), objection, page.Link{})}, apply
	case member.Member:
		if st.Status.Ends.IsZero() {
			return nil, apply
		}
		return []page.Panel{page.Refused("Why it ends", endingOf(st.Status.Reason), objection, page.Link{})}, apply
	}
	if len(openTo(all)) > 0 {
		apply = page.Button{Text: "Apply for membership", Href: "/membership/apply"}
	}
	for _, c := range all {
		if c.Class.Admission == member.Automatic {
			continue
		}
		switch c.Verdict {
		case law.Fails:
			panels = append(panels, page.Panel{
				Title: "You cannot join " + c.Class.Name, Paragraphs: []string{c.Why, ruleSays(c.Class), objection},
			})
		case law.CannotTell:
			panels = append(panels, page.Panel{
				Title: "We cannot tell yet whether you may join " + c.Class.Name, Paragraphs: []string{inPlain(c.Why), ruleSays(c.Class), "You may apply all the same. The secretary then decides."},
			})
		}
	}
	return panels, apply
}

const objection = "If a fact about you is wrong, have it put right on the staff list or tell the secretary. There is no last day for that, and a correction counts from the day the fact was so."

// ruleSays is the rule of a class in words.
func ruleSays(c member.Class) string {
	if c.Eligibility == "" {
		if c.Kind == member.Staff {
			return page.Begin(nameOfRule(c)) + " lets in everybody who is employed here."
		}
		return page.Begin(nameOfRule(c)) + " lets in everybody who asks."
	}
	return page.Begin(nameOfRule(c)) + " says: " + ruleSentence(c.Eligibility)
}

// appliedPanel says what happens to an application.
func (v *visit) appliedPanel(st standing, all []chance) page.Panel {
	p := page.Panel{Title: "What happens next", Next: page.Link{Text: "Take your application back", Href: "/membership/apply/withdraw"}}
	says := ""
	for _, c := range all {
		if c.Class.Code == st.Status.Class {
			says = inPlain(c.Why)
		}
	}
	p.Paragraphs = []string{toYou(st.Status.Reason), says, "The secretary admits you or refuses with a reason. This page shows which, and the record keeps it."}
	return p
}

// endingOf takes the part about the end from a reason.
func endingOf(reason string) string {
	if _, tail, found := cutLast(reason, " Ends on "); found {
		return "Your membership ends on " + tail
	}
	return reason
}

// reasonBeside is what is left to say of the reason beside the panel that says
// why a membership ends or what is missing.
func reasonBeside(s member.Status) string {
	switch s.State {
	case member.Applicant, member.CannotTell:
		return ""
	case member.Member:
		if !s.Ends.IsZero() {
			before, _, _ := cutLast(s.Reason, " Ends on ")
			return toYou(before)
		}
	}
	return toYou(s.Reason)
}
