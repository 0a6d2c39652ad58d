package web

import (
	"fmt"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// ownVote is what the visitor is to a contest.
type ownVote struct {
	Eligible poll.Eligibility
	Mark     *box.Mark       // nil: no vote was received
	Key      *box.Credential // nil: none is held
	Tracker  string          // of their ballot that counts, of the web
	Enrol    box.Enrolment   // zero where no roll is made or there is no vote
	Election string          // fingerprint; empty until the box is set up
	Four     string          // the same in four words
}

// hourOf is the hour in which a vote was received, as people say it. No finer time
// is kept.
func (v *visit) hourOf(m *box.Mark) string {
	at, err := time.Parse("2006-01-02T15", m.Hour)
	if err != nil {
		return m.Hour
	}
	return "in the hour from " + v.when(at)
}

// ownIn gathers what the visitor is to a contest.
func (v *visit) ownIn(c vote) (ownVote, error) {
	var o ownVote
	var err error
	org, id, person := v.org.ID, c.Contest.ID, v.actor.Person
	if o.Eligible, err = v.house.Polls.Eligible(v.ctx, org, id, person); err != nil {
		return o, err
	}
	if c.Contest.Roll == nil || !c.Contest.Uncontested.IsZero() || c.stage == poll.Abandoned {
		return o, nil
	}
	if o.Enrol, err = v.house.Boxes.Enrolment(v.ctx, org, id); err != nil {
		return o, err
	}
	hash, text, err := v.house.Boxes.Fingerprint(v.ctx, org, id)
	switch {
	case err == nil:
		o.Election, o.Four = text, words.Text(hash[:])
	case !fault.Is(err, fault.NotFound):
		return o, err
	}
	if !o.Eligible.OnRoll {
		return o, nil
	}
	switch key, err := v.house.Boxes.Held(v.ctx, org, id, person); {
	case err == nil:
		o.Key = &key
	case !fault.Is(err, fault.NotFound):
		return o, err
	}
	if o.Mark, err = v.house.Boxes.Marked(v.ctx, org, id, person); err != nil {
		return o, err
	}
	o.Tracker, err = v.house.Boxes.OwnTracker(v.ctx, org, id, person)
	return o, err
}

// mayCast reports whether the booth takes a ballot of the visitor now.
func (o ownVote) mayCast(c vote) bool {
	if c.stage != poll.Open || !o.Eligible.OnRoll || o.Election == "" {
		return false
	}
	return o.Mark == nil || o.Mark.Channel == box.Web && c.Rules.Revote == poll.LastCounts
}

// boothAddress leads to the booth. What stands behind the # is not sent to us.
func (o ownVote) boothAddress() string {
	return "/booth/booth.html#" + o.Enrol.UUID + "." + o.Election
}

// sentence says to the visitor where they stand in the contest.
func (v *visit) ownSentence(c vote, o ownVote) string {
	stands := v.stands(c.seen)
	switch {
	case !c.Contest.Uncontested.IsZero() || c.stage == poll.Abandoned:
		return stands
	case o.Mark != nil && c.stage == poll.Open && o.mayCast(c):
		return "You have voted " + markedBy(o.Mark.Channel) + ". You may vote again until " + v.when(c.Closes) + "."
	case o.Mark != nil:
		return "You have voted " + markedBy(o.Mark.Channel) + "."
	case c.stage == poll.Open && o.Eligible.OnRoll:
		return stands + " You have not voted."
	case c.stage == poll.Open:
		return "You cannot vote in this. " + o.Eligible.Answer
	}
	return stands
}

// rollPanel says whether the visitor may vote, the rule, the fact it turned on, and
// what to do about it.
func (v *visit) rollPanel(c vote, o ownVote) page.Panel {
	e := o.Eligible
	p := page.Panel{Title: strings.TrimSuffix(e.Answer, "."), Paragraphs: []string{e.Rule, toYou(e.Fact), e.Object}}
	if answer, made, ok := strings.Cut(p.Title, ": "); ok {
		p.Title, p.Paragraphs[0] = answer, page.Begin(made)+". "+e.Rule
	}
	switch {
	case !e.Sealed || e.Until.IsZero():
	case e.OnRoll:
		p.Next = page.Link{Text: "Say that the roll is wrong", Href: c.path() + "/claim"}
	default:
		p.Next = page.Link{Text: "Say that you should be on the roll", Href: c.path() + "/claim"}
	}
	return p
}

// votedPanel says what is known of the visitor's vote: that it came, how, and when.
func (v *visit) votedPanel(c vote, o ownVote) page.Panel {
	m := o.Mark
	p := page.Panel{Title: "We have your vote", Paragraphs: []string{
		fmt.Sprintf("It came %s, %s. Nobody can see how you voted.", markedBy(m.Channel), v.hourOf(m)),
	}}
	switch m.State {
	case box.Returned:
		p.Paragraphs = append(p.Paragraphs, "The envelope has arrived and is not opened yet.")
	case box.Spoilt:
		p.Paragraphs = append(p.Paragraphs, "The paper could not be counted: "+m.Reason)
	case box.Disqualified:
		p.Title = "Your vote does not count"
		p.Paragraphs = append(p.Paragraphs, m.Reason)
	}
	return p
}

// ownKeyWords say where the visitor's voting key is, and what they may do about it.
func (v *visit) ownKeyWords(c vote, o ownVote) (text string, link page.Link) {
	key := page.Link{Text: "Make your voting key in this browser", Href: c.path() + "/key"}
	switch {
	case o.Key != nil && o.Key.How == box.Enrolled && o.Enrol.Open:
		return "You made a voting key in a browser on " + v.dayOf(o.Key.Made) + ". You can make another in its place until the list of keys closes.",
			page.Link{Text: "Your voting key", Href: c.path() + "/key"}
	case o.Key != nil && o.Key.How == box.Enrolled:
		return "You made a voting key in a browser on " + v.dayOf(o.Key.Made) + ". Vote in that browser, or with the file that you saved.",
			page.Link{Text: "Your voting key", Href: c.path() + "/key"}
	case o.Key != nil:
		return "Your voting code was sent to you by the registrar, " + map[box.How]string{box.Mailed: "by e-mail", box.Printed: "by letter", box.Spare: "in place of one that was lost"}[o.Key.How] + ".",
			page.Link{Text: "I have no code, or lost it", Href: c.path() + "/key"}
	case o.Enrol.Open:
		return "A voting key signs your vote, so that nobody else can vote in your place. Make it here, or wait for a code from the registrar.", key
	case c.stage == poll.Open || c.stage == poll.Announced:
		return "You have no voting key. Ask the registrar for a code.", page.Link{Text: "What to do", Href: c.path() + "/key"}
	}
	return "The registrar sends you a code to vote with before voting opens.", page.Link{}
}

// dayOf is a stored day as people say it.
func (v *visit) dayOf(iso string) string { return said(page.Day(v.now, iso)) }
