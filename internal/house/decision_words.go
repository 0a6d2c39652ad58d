package house

import (
	"fmt"

	"commonweal/internal/base/notice"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// decisionWords are what people are told of decisions about their membership.
type decisionWords struct {
	org   string
	rules string // what the organisation's own rules are called
}

// rulesOf is what the rules of an organisation are called under its legal form.
func rulesOf(form law.FormID) string {
	switch form {
	case law.BenefitSociety, law.Cooperative:
		return "The society’s rules"
	case law.CICGuarantee, law.CICShares, law.EmployeeTrust, law.JointVenture:
		return "The company’s articles"
	case law.CharityCIO:
		return "The charity’s constitution"
	case law.FoundationTrust:
		return "The trust’s constitution"
	}
	return "The organisation’s own rules"
}

// message is what a person is told of a fact about them; false where there is
// nothing to tell, because they did it themselves or are no more.
func (w decisionWords) message(d member.Decided) (notice.Message, bool) {
	byThemselves := d.Fact.By == d.Person
	switch d.Fact.Kind {
	case member.Died:
		return notice.Message{}, false
	case member.Admitted:
		return w.admitted(d), true
	case member.Refused:
		return w.refused(d), true
	case member.Expelled:
		return w.expelled(d), true
	case member.Reinstated:
		return w.reinstated(d), true
	case member.Voided:
		return w.voided(d), true
	case member.Applied:
		if byThemselves {
			return w.applied(d), true
		}
	case member.Withdrew, member.OptedOut:
		if byThemselves {
			return w.left(d), true
		}
	case member.Consented:
		if d.After != nil && d.After.State == member.Member && d.Before.State != member.Member {
			return w.admitted(d), true // it waited for consent
		}
	}
	if byThemselves {
		return notice.Message{}, false
	}
	return w.recorded(d), true
}

func (w decisionWords) admitted(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindAdmitted, Statutory: true, Subject: "You are a member of " + clipped(w.org),
		Body:   []string{fmt.Sprintf("You are on the register of members from %s, in the class %s.", d.Fact.Effective.Words(), className(d))},
		Facts:  []notice.Fact{{Label: "Your number", Value: fmt.Sprint(d.Number)}},
		Reason: "You get this because you have become a member.",
	}
	add := func(text string) { m.Body = append(m.Body, text) }
	if d.Fact.By == member.ByRule && d.Class != nil && d.Class.Admission == member.Automatic {
		add("You did not have to apply: " + namedRule(d.Class.EligibilityRef, "the rule of this class") + " takes in everybody whom it fits, and you are one of them.")
	}
	switch {
	case d.Class == nil:
	case d.Class.Votes == 0:
		add("Members of this class have no vote.")
	case d.Class.Votes == 1:
		add("You have one vote.")
	default:
		add(fmt.Sprintf("You have %d votes.", d.Class.Votes))
	}
	add("Your membership page shows your rights, what you hold, and who may see what about you.")
	if d.Class != nil && d.Class.Admission == member.Automatic {
		add("You may opt out on that page at any time, without giving a reason, and come back later.")
	} else {
		add("You may withdraw on that page. You see first what follows from it.")
	}
	add("If something here is wrong, tell the secretary.")
	return m
}

func (w decisionWords) refused(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindRefused, Statutory: true, Subject: "Your application was refused",
		Body:   []string{fmt.Sprintf("Your application to join the class %s was refused, as of %s.", className(d), d.Fact.Effective.Words())},
		Reason: "You get this because you applied for membership and it was refused.",
	}
	m.Body = append(m.Body, because(d.Fact.Reason)...)
	m.Body = append(m.Body, w.redress(), "You may apply again when what it turned on has changed.")
	return m
}

func (w decisionWords) expelled(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindExpelled, Statutory: true, Subject: "Your membership was ended by a decision",
		Body:   []string{fmt.Sprintf("It was decided that you are no longer a member from %s. You were in the class %s.", d.Fact.Effective.Words(), className(d))},
		Reason: "You get this because a decision ended your membership.",
	}
	m.Body = append(m.Body, because(d.Fact.Reason)...)
	m.Body = append(m.Body, w.redress(), "Your membership page stays open to you. It shows what becomes of what you hold.")
	return m
}

func (w decisionWords) reinstated(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindReinstated, Statutory: true, Subject: "You are a member again",
		Body:   []string{fmt.Sprintf("Your membership was restored from %s, in the class %s.", d.Fact.Effective.Words(), className(d))},
		Facts:  []notice.Fact{{Label: "Your number", Value: fmt.Sprint(d.Number)}},
		Reason: "You get this because a decision made you a member again.",
	}
	m.Body = append(m.Body, because(d.Fact.Reason)...)
	m.Body = append(m.Body, "If this is wrong, tell the secretary.")
	return m
}

func (w decisionWords) voided(d member.Decided) notice.Message {
	what := "Something recorded about your membership was struck out"
	if d.Struck != nil {
		what = fmt.Sprintf("What was recorded of %s was struck out: %s", d.Struck.Effective.Words(), factInWords(*d.Struck, d.Class))
	}
	m := notice.Message{
		Kind: kindCorrected, Statutory: true, Subject: "Something about your membership was struck out",
		Body:   []string{what + ". It counts on no day now, as if it had never been. Both stay in the record."},
		Reason: "You get this because a fact about your membership was struck out as recorded in error.",
	}
	m.Body = append(m.Body, because(d.Fact.Reason)...)
	if d.After != nil {
		m.Body = append(m.Body, "How you stand now: "+d.After.Reason)
	}
	m.Body = append(m.Body, w.redress())
	return m
}

// applied is the receipt of an application.
func (w decisionWords) applied(d member.Decided) notice.Message {
	return notice.Message{
		Kind: kindApplied, Urgent: true, Subject: "Your application has arrived",
		Body: []string{
			fmt.Sprintf("You applied on %s to join the class %s. It waits for a decision, and you will be told which.", d.Fact.Effective.Words(), className(d)),
			"Until then you may take it back on your membership page. If it was not you who applied, do so, and tell the secretary.",
		},
		Reason: "You get this because you applied for membership.",
	}
}

// left is the receipt of somebody's own leaving.
func (w decisionWords) left(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindRecorded, Statutory: true, Subject: "You have left",
		Body:   []string{fmt.Sprintf("It is recorded, as of %s: %s.", d.Fact.Effective.Words(), factInWords(d.Fact, d.Class))},
		Reason: "You get this because you ended your membership or took an application back.",
	}
	if d.After != nil {
		m.Body = append(m.Body, "How you stand now: "+d.After.Reason)
	}
	m.Body = append(m.Body, "If it was not you, tell the secretary at once, and look on your account page where you are signed in.")
	return m
}

// recorded is what somebody else recorded as this person's own wish.
func (w decisionWords) recorded(d member.Decided) notice.Message {
	m := notice.Message{
		Kind: kindRecorded, Statutory: true, Subject: "Something was recorded in your name",
		Body: []string{
			fmt.Sprintf("The secretary recorded this as coming from you, as of %s: %s.", d.Fact.Effective.Words(), factInWords(d.Fact, d.Class)),
		},
		Reason: "You get this because somebody else recorded it for you.",
	}
	m.Body = append(m.Body, because(d.Fact.Reason)...)
	if d.After != nil {
		m.Body = append(m.Body, "How you stand now: "+d.After.Reason)
	}
	m.Body = append(m.Body, "If you did not ask for it, say so at once, to the secretary and to a director. Nobody but you may decide this for you.")
	return m
}

// redress is what to do about a decision that is wrong.
func (w decisionWords) redress() string {
	return "If you think this is wrong, write to the secretary and say why; it can be looked at again. " + w.rules +
		" say whether you may be heard or appeal, to whom and by when. You may ask the secretary for them. The decision, its day and who took it are in the record."
}

// because is the reason that was given, as a paragraph of its own.
func because(reason string) []string {
	if reason == "" {
		return nil
	}
	return []string{"The reason given: " + reason}
}

func className(d member.Decided) string {
	switch {
	case d.Class != nil:
		return d.Class.Name
	case d.Fact.Class != "":
		return d.Fact.Class
	}
	return "that you were in"
}

func namedRule(ref, otherwise string) string {
	if ref != "" {
		return ref
	}
	return otherwise
}

// factInWords is a fact as the rest of a sentence.
func factInWords(f member.Fact, class *member.Class) string {
	of := ""
	if class != nil && f.Class == class.Code {
		of = " (class " + class.Name + ")"
	}
	switch f.Kind {
	case member.Applied:
		return "an application for membership" + of
	case member.Admitted:
		return "admission to membership" + of
	case member.Refused:
		return "the refusal of an application" + of
	case member.OptedOut:
		return "opting out of membership" + of
	case member.OptedIn:
		return "taking an opting out back" + of
	case member.Withdrew:
		return "withdrawal"
	case member.Expelled:
		return "the end of membership by a decision"
	case member.Died:
		return "a death"
	case member.Reinstated:
		return "the restoring of membership" + of
	case member.Consented:
		return "consent to be on the register"
	case member.ConsentWithdrawn:
		return "taking that consent back"
	case member.AreaGiven:
		return "the area where you live"
	}
	return string(f.Kind)
}
