package web

import (
	"regexp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// keySetup is the making of a key as its pages show it.
type keySetup struct {
	v *visit
	keys.Setup
	of   poll.Poll
	mine keys.Holder // the visitor's own place; number 0 where they have none
}

// keyAsked is the setup that the address names.
func (v *visit) keyAsked() (*keySetup, error) {
	s, err := v.house.Keys.Setup(v.ctx, v.org.ID, v.r.PathValue("setup"))
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Errorf(fault.NotFound, "there is no key at this address")
	}
	if err != nil {
		return nil, err
	}
	p, err := v.house.Polls.Poll(v.ctx, v.org.ID, s.Poll)
	if err != nil {
		return nil, err
	}
	return v.keySetupOf(s, p), nil
}

func (v *visit) keySetupOf(s keys.Setup, p poll.Poll) *keySetup {
	k := &keySetup{v: v, Setup: s, of: p}
	if h, err := s.Holder(v.actor.Person); err == nil {
		k.mine = h
	}
	return k
}

// keyAskedOwn is the same for a keyholder in it, and refuses others.
func (v *visit) keyAskedOwn() (*keySetup, error) {
	k, err := v.keyAsked()
	if err == nil && k.mine.Number == 0 {
		err = fault.Errorf(fault.Forbidden, "only the keyholders of this vote may do this, and you are none of them")
	}
	return k, err
}

func (k *keySetup) path(more string) string { return "/keys/" + k.ID + more }

// due is the message that the visitor has to send now.
func (k *keySetup) due() keys.Step {
	step := k.Step()
	if k.mine.Number == 0 || step == keys.NoStep || !k.mine.Sent[step].IsZero() || !k.mine.Destroyed.IsZero() {
		return keys.NoStep
	}
	return step
}

// conducts reports whether the visitor is the returning officer of the poll.
func (k *keySetup) conducts() bool { return conductsPoll(k.v, k.of) }

func conductsPoll(v *visit, p poll.Poll) bool {
	return slices.ContainsFunc(p.Holders(poll.ReturningOfficer), func(o poll.Official) bool { return o.Person == v.actor.Person })
}

// over reports whether parts of the key may be destroyed.
func (k *keySetup) over() bool {
	stage := k.of.Stage(k.v.now)
	return k.State() == keys.Made && !k.Rehearsal && (stage == poll.Settled || stage == poll.Ended || stage == poll.Abandoned)
}

// people names keyholders for a sentence, the visitor as "you".
func (k *keySetup) people(list []keys.Holder) string {
	var names []string
	for _, h := range list {
		if h.Person == k.v.actor.Person {
			names = append([]string{"you"}, names...)
			continue
		}
		names = append(names, k.v.keyholderName(h))
	}
	return page.List(names)
}

func (v *visit) keyholderName(h keys.Holder) string {
	p, err := v.house.Identity.Person(v.ctx, v.org.ID, h.Person)
	if err != nil || p.Name() == "" {
		return "keyholder " + number(h.Number)
	}
	return p.Name()
}

// enough says how many are needed: "two of three".
func (k *keySetup) enough() string {
	return said(page.Words(k.Threshold)) + " of " + said(page.Words(len(k.Holders)))
}

// frame is that of a page about the setup. A rehearsal says so on each.
func (k *keySetup) frame(heading, sentence string) page.Frame {
	f := k.v.frame()
	f.Back = page.Link{Text: "Keys", Href: "/keys"}
	f.Kicker = k.of.Title
	f.Heading, f.Sentence = heading, sentence
	if k.Rehearsal {
		f.Kicker = "Rehearsal: " + k.of.Title
		f.Notice = page.Notice{Title: "Rehearsal", Text: "This is a rehearsal. Its key is thrown away and nobody votes with it."}
	}
	return f
}

var idInFault = regexp.MustCompile(`\b(setup|poll|contest|person) [0-9a-f]{8}-[0-9a-f-]{27}\b`)

// keyWords is what a room refused, without ids.
func (v *visit) keyWords(err error) string {
	return page.Begin(idInFault.ReplaceAllStringFunc(v.refusalWords(err), func(found string) string {
		switch found[0] {
		case 's', 'S':
			return "this key"
		case 'c', 'C':
			return "this vote"
		}
		return map[bool]string{true: "this person", false: "this vote"}[found[1] == 'e']
	}))
}
