package poll

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Audit recomputes what is frozen about a poll and says, in sentences, what does not
// agree: the hash of the rules, the text and hash of the notice, each line of each
// roll, each seal and the chain of seals that claims made, and that nothing was
// decided about a roll after the notice. Fsck finds a table that is not what the
// record says; this finds a record that somebody with control of the server wrote
// without sense. It needs only the tables, so it works on an exported record too.
func (s *Service) Audit(ctx context.Context, org, id string) (out []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		p, err := s.one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		a := audit{p: p}
		if err := a.rules(); err != nil {
			return err
		}
		if err := a.notice(); err != nil {
			return err
		}
		for _, c := range p.Contests {
			if c.Roll == nil {
				continue
			}
			list, err := entries(ctx, tx, org, c.ID, "")
			if err != nil {
				return err
			}
			if err := a.roll(c, list); err != nil {
				return err
			}
		}
		a.officials()
		out = a.found
		return nil
	})
	return out, err
}

type audit struct {
	p     Poll
	found []string
}

func (a *audit) say(format string, args ...any) {
	a.found = append(a.found, fmt.Sprintf(format, args...))
}

func (a *audit) rules() error {
	if a.p.Called.IsZero() {
		return nil
	}
	hash, err := a.p.Rules.Hash()
	if err == nil && hash != a.p.RulesHash {
		a.say("The rules are not those whose hash was recorded when the poll was called.")
	}
	return err
}

// notice makes the notice again from what is stored now, and compares.
func (a *audit) notice() error {
	if a.p.Announced.IsZero() {
		return nil
	}
	if hashOf(a.p.Notice) != a.p.NoticeHash {
		a.say("The text of the notice has not the hash that was recorded.")
	}
	var said, now Notice
	if err := json.Unmarshal(a.p.Notice, &said); err != nil {
		a.say("The text of the notice cannot be read.")
		return nil
	}
	again := a.p
	again.booth = said.Booth // nothing else stored tells which booth there was
	again.Contests = nil
	for _, c := range a.p.Contests {
		c.Nominations = onBallot(c)
		again.Contests = append(again.Contests, c)
	}
	if err := writeNotice(&again); err != nil {
		return err
	}
	if err := json.Unmarshal(again.Notice, &now); err != nil {
		return err
	}
	// Of candidates who were erased there is no page to compare any more.
	gone := map[string]bool{}
	for _, c := range a.p.Contests {
		for _, n := range c.Nominations {
			gone[n.ID] = n.Erased != ""
		}
	}
	for _, n := range []*Notice{&said, &now} {
		for i := range n.Contests {
			for k, one := range n.Contests[i].Candidates {
				if gone[one.Nomination] {
					n.Contests[i].Candidates[k].Page = ""
				}
			}
		}
	}
	x, err := journal.CanonicalOf(said)
	if err != nil {
		return err
	}
	y, err := journal.CanonicalOf(now)
	if err == nil && !bytes.Equal(x, y) {
		a.say("What was frozen with the notice is not what is stored: the notice made again differs.")
	}
	return err
}

// onBallot are the candidates who were given a place on the ballot.
func onBallot(c Contest) []Nomination {
	var out []Nomination
	for _, n := range c.Nominations {
		if n.Position > 0 {
			out = append(out, n)
		}
	}
	return out
}

func (a *audit) roll(c Contest, list []Entry) error {
	people := map[string]bool{}
	for _, e := range list {
		want := e
		if err := want.commit(); err != nil {
			return err
		}
		if !bytes.Equal(want.Commitment, e.Commitment) {
			a.say("Contest %s: the line of voter %d is not what it was committed to.", c.Code, e.Number)
		}
		if people[e.Person] {
			a.say("Contest %s: voter %d is on the roll twice.", c.Code, e.Number)
		}
		people[e.Person] = true
		a.corrected(c, e)
	}
	seal, err := SealOf(list)
	if err != nil {
		a.say("Contest %s: the lines of the roll are not numbered without gaps.", c.Code)
		return nil
	}
	if seal != c.Roll.Seal {
		a.say("Contest %s: the lines of the roll do not make its seal.", c.Code)
	}
	if struck, votes := tallyOf(list); struck != c.Roll.Struck || votes != c.Roll.Votes || len(list) != c.Roll.Entries {
		a.say("Contest %s: the roll counts %d lines, %d struck out and %d votes, and there are %d, %d and %d.",
			c.Code, c.Roll.Entries, c.Roll.Struck, c.Roll.Votes, len(list), struck, votes)
	}
	return a.chain(c, list)
}

// corrected looks for lines that were added or struck out by no decision.
func (a *audit) corrected(c Contest, e Entry) {
	for claim, kind := range map[string]ClaimKind{e.Added: Missing, e.Struck: Objection} {
		if claim == "" {
			continue
		}
		ok := false
		for _, one := range c.Claims {
			ok = ok || one.ID == claim && one.Kind == kind && one.About == e.Person && one.Outcome == Upheld
		}
		if !ok {
			a.say("Contest %s: voter %d was added or struck out, and no claim that was upheld says so.", c.Code, e.Number)
		}
	}
}

// chain looks at the seals that claims made, between the first and the one that
// stands.
func (a *audit) chain(c Contest, list []Entry) error {
	stands := map[string]bool{c.Roll.FirstSeal: true}
	for _, one := range c.Claims {
		if (one.Outcome == Upheld) != (one.NewSeal != "") {
			a.say("Contest %s: claim %s was %s, and whether that changed the seal does not fit.", c.Code, one.ID, one.Outcome)
		}
		if one.NewSeal != "" {
			stands[one.NewSeal] = true
		}
		if !a.p.Announced.IsZero() && one.Decided.After(law.Today(a.p.Announced)) {
			a.say("Contest %s: claim %s was decided after notice of poll.", c.Code, one.ID)
		}
	}
	if !stands[c.Roll.Seal] {
		a.say("Contest %s: the seal that stands is neither the first nor one that a claim made.", c.Code)
	}
	return a.first(c, list)
}

// first takes every correction back and makes the seal that the roll was made with.
func (a *audit) first(c Contest, list []Entry) error {
	var before []Entry
	for _, e := range list {
		if e.Added != "" && !originally(c, e) {
			continue
		}
		e.Added, e.Struck = "", ""
		before = append(before, e)
	}
	seal, err := SealOf(before)
	if err != nil {
		return err
	}
	if seal != c.Roll.FirstSeal {
		a.say("Contest %s: without the corrections the lines do not make the first seal.", c.Code)
	}
	return nil
}

// originally reports whether a line that a claim put back had been there before: the
// first thing upheld about the person was an objection.
func originally(c Contest, e Entry) bool {
	one, ok := firstClaim(c.Claims, e.Person)
	return ok && one.Kind == Objection
}

// firstClaim is the first claim about somebody that was upheld.
func firstClaim(list []Claim, person string) (Claim, bool) {
	for _, one := range list {
		if one.About == person && one.Outcome == Upheld {
			return one, true
		}
	}
	return Claim{}, false
}

// officials looks for somebody who was named to offices that are kept apart.
func (a *audit) officials() {
	for i, one := range a.p.Officials {
		for _, other := range a.p.Officials[i+1:] {
			if why := Clash(one.Office, other.Office); one.Person == other.Person && why != "" {
				a.say("One person was named %s and %s. %s", one.Office.Title(), other.Office.Title(), why)
			}
		}
		if one.Office != Observer && a.p.candidate(one.Person) {
			a.say("A candidate was named %s.", one.Office.Title())
		}
	}
}
