package web

import (
	"encoding/hex"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/law"
)

type myVoteBrief struct {
	Vote    string  `json:"vote"`
	Contest string  `json:"contest"`
	Title   string  `json:"title"`
	Stage   string  `json:"stage"`
	Closes  instant `json:"closes"`
	Sealed  bool    `json:"sealed" doc:"The roll is made. Before, on_roll is what it would be by the register as it is now."`
	OnRoll  bool    `json:"on_roll"`
	Stands  bool    `json:"stands" doc:"You entered a nomination, whatever became of it."`
}

func (v *visit) apiMyVotes(p pageParams) (list[myVoteBrief], error) {
	mine, err := v.house.Polls.Mine(v.ctx, v.org.ID, v.actor.Person)
	if err != nil {
		return list[myVoteBrief]{}, err
	}
	var out []myVoteBrief
	for _, m := range mine {
		out = append(out, myVoteBrief{
			m.Poll.Code, m.Contest.Code, voteTitle(vote{seen: v.seenOf(m.Poll), Contest: m.Contest}), string(m.Poll.Stage(v.now)), instantOf(m.Poll.Closes), m.Sealed, m.OnRoll, m.Stands,
		})
	}
	return pageOf(p, "my-votes", out, func(x myVoteBrief) string { return string(x.Closes) + " " + x.Vote + " " + x.Contest })
}

type myVoteJSON struct {
	OnRoll     bool            `json:"on_roll"`
	Sealed     bool            `json:"sealed" doc:"The roll is made. Before, on_roll is what it would be by the register as it is now."`
	Answer     string          `json:"answer" doc:"In words."`
	Rule       string          `json:"rule" doc:"Who may vote."`
	Fact       string          `json:"fact" doc:"What it turned on."`
	Object     string          `json:"object,omitempty" doc:"What to do if it is wrong."`
	Until      law.Date        `json:"until,omitzero" doc:"The last day for it."`
	Voted      string          `json:"voted,omitempty" doc:"By which way a vote of yours was received: web, paper or telephone. How you voted nobody can see."`
	Hour       string          `json:"hour,omitempty" doc:"In which hour, in UTC: 2026-11-22T13."`
	Tracker    string          `json:"tracker,omitempty" doc:"Of your ballot that counts, of the web."`
	Key        string          `json:"key,omitempty" doc:"Where your voting key comes from: enrolled, printed, mailed or spare."`
	Nomination *nominationJSON `json:"nomination,omitempty" doc:"Yours, if you entered one."`
}

func (v *visit) apiMyVote(p contestParams) (myVoteJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return myVoteJSON{}, err
	}
	o, err := v.ownIn(c)
	if err != nil {
		return myVoteJSON{}, err
	}
	e := o.Eligible
	out := myVoteJSON{OnRoll: e.OnRoll, Sealed: e.Sealed, Answer: e.Answer, Rule: e.Rule, Fact: toYou(e.Fact), Object: e.Object, Until: e.Until, Tracker: o.Tracker}
	if o.Mark != nil {
		out.Voted, out.Hour = string(o.Mark.Channel), o.Mark.Hour
	}
	if o.Key != nil {
		out.Key = string(o.Key.How)
	}
	if n, ok := c.ownNomination(v.actor.Person); ok {
		one := v.nominationJSON(c, n)
		out.Nomination = &one
	}
	return out, nil
}

type rollEntryJSON struct {
	Contest uuid     `json:"contest"`
	Number  int      `json:"number" doc:"Of the voter."`
	Weight  int      `json:"weight" doc:"How many votes."`
	Person  uuid     `json:"person"`
	Member  string   `json:"member,omitempty"`
	Salt    string   `json:"salt" doc:"The secret of the line, in hexadecimal."`
	Size    int      `json:"size" doc:"How many lines are under the seal."`
	Seal    string   `json:"seal"`
	Proof   []string `json:"proof" doc:"The hashes from the line to the seal: RFC 6962, section 2.1.1."`
}

func (v *visit) apiMyEntryOnRoll(p contestParams) (rollEntryJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return rollEntryJSON{}, err
	}
	r, err := v.ownEntry(c)
	return rollEntryJSON{uuid(r.Contest), r.Number, r.Weight, uuid(r.Person), r.Member, hex.EncodeToString(r.Salt), r.Size, r.Seal, r.Proof}, err
}

type nominationJSON struct {
	ID        uuid         `json:"id"`
	Name      string       `json:"name" doc:"On the ballot."`
	Statement string       `json:"statement"`
	Interests string       `json:"interests"`
	Photo     string       `json:"photo_sha256,omitempty"`
	Says      string       `json:"says" doc:"Where it stands, in words."`
	Missing   []string     `json:"missing" doc:"What it still needs."`
	Backers   []backerJSON `json:"backers"`
}

type backerJSON struct {
	Person uuid   `json:"person"`
	Role   string `json:"role" doc:"proposer or seconder."`
	Answer string `json:"answer,omitempty" doc:"yes or no; left out before they answered."`
}

func (v *visit) nominationJSON(c vote, n poll.Nomination) nominationJSON {
	out := nominationJSON{
		ID: uuid(n.ID), Name: n.BallotName, Statement: n.Statement, Interests: n.Interests, Photo: n.Photo, Says: nominationState(v, c, n), Missing: n.Missing(c.Rules),
	}
	for _, b := range n.Backers {
		one := backerJSON{Person: uuid(b.Person), Role: string(b.Role)}
		switch {
		case !b.Declined.IsZero():
			one.Answer = string(poll.No)
		case !b.Agreed.IsZero():
			one.Answer = string(poll.Yes)
		}
		out.Backers = append(out.Backers, one)
	}
	return out
}

// myNomination is the visitor's nomination after a change of it.
func (v *visit) myNomination(p contestParams) (vote, poll.Nomination, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return c, poll.Nomination{}, err
	}
	n, ok := c.ownNomination(v.actor.Person)
	if !ok {
		err = fault.Errorf(fault.NotFound, "you have not entered a nomination in this vote")
	}
	return c, n, err
}

func (v *visit) nominationNow(p contestParams, err error) (nominationJSON, error) {
	if err != nil {
		return nominationJSON{}, err
	}
	c, n, err := v.myNomination(p)
	if err != nil {
		return nominationJSON{}, err
	}
	return v.nominationJSON(c, n), nil
}

type standJSON struct {
	Name      string `json:"name" max:"80" doc:"As it is to stand on the ballot."`
	Statement string `json:"statement" max:"12000"`
	Interests string `json:"interests" max:"2000" doc:"What there is to declare, or that there is nothing."`
}

func (v *visit) apiStand(p contestParams, b standJSON) (nominationJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return nominationJSON{}, err
	}
	_, err = v.house.Polls.Stand(v.ctx, v.actor.Person, v.org.ID, poll.Nomination{
		Contest: c.Contest.ID, Person: v.actor.Person, BallotName: b.Name, Statement: b.Statement, Interests: b.Interests,
	})
	return v.nominationNow(p, renamed(err, "ballot_name", "name"))
}

func (v *visit) apiStandPhoto(p contestParams, photo []byte) (nominationJSON, error) {
	c, n, err := v.myNomination(p)
	if err == nil {
		err = v.house.Polls.SetPhoto(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, photo)
	}
	return v.nominationNow(p, err)
}

func (v *visit) apiStandNoPhoto(p contestParams, _ none) (nominationJSON, error) {
	c, n, err := v.myNomination(p)
	if err == nil {
		err = v.house.Polls.SetPhoto(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, nil)
	}
	return v.nominationNow(p, err)
}

type findVoterJSON struct {
	Name string `json:"name" min:"3" max:"100" doc:"Part of it."`
}

type foundVoterJSON struct {
	Person uuid   `json:"person"`
	Name   string `json:"name"`
	About  string `json:"about" doc:"What tells people of one name apart."`
}

type foundVotersJSON struct {
	Items []foundVoterJSON `json:"items"`
}

// findVoters gives at most as many as the page does.
func (v *visit) findVoters(c vote, b findVoterJSON, without func(string) bool) (out foundVotersJSON, err error) {
	if len([]rune(b.Name)) < leastLetters {
		return out, fault.Fieldf("name", "at least three letters of the name are needed")
	}
	rows, err := v.fellowVoters(c, b.Name, without)
	if err != nil {
		return out, err
	}
	if len(rows) > mostOffered {
		return out, fault.Fieldf("name", "%d people fit: more of the name is needed", len(rows))
	}
	for _, r := range rows {
		out.Items = append(out.Items, foundVoterJSON{uuid(r.Person), r.Name, v.rowHint(r)})
	}
	return out, nil
}

func (v *visit) apiFindBackers(p contestParams, b findVoterJSON) (foundVotersJSON, error) {
	c, n, err := v.myNomination(p)
	if err != nil {
		return foundVotersJSON{}, err
	}
	return v.findVoters(c, b, notToAsk(n))
}

func (v *visit) apiFindToObject(p contestParams, b findVoterJSON) (foundVotersJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return foundVotersJSON{}, err
	}
	if why := v.whyNotClaim(c); why != nil {
		return foundVotersJSON{}, fault.Errorf(fault.Conflict, "%s", why.Title)
	}
	return v.findVoters(c, b, func(person string) bool { return person == v.actor.Person })
}

type askBackerJSON struct {
	Person uuid `json:"person"`
}

func (v *visit) apiAskBacker(p contestParams, b askBackerJSON) (nominationJSON, error) {
	c, n, err := v.myNomination(p)
	if err == nil {
		_, err = v.house.Polls.AskBacker(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, string(b.Person))
	}
	return v.nominationNow(p, err)
}

func (v *visit) apiWithdrawNomination(p contestParams, _ none) (nominationJSON, error) {
	c, n, err := v.myNomination(p)
	if err == nil {
		err = v.house.Polls.Withdraw(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID)
	}
	return v.nominationNow(p, err)
}

type backingJSON struct {
	Vote       string   `json:"vote"`
	Contest    string   `json:"contest"`
	Nomination uuid     `json:"nomination"`
	Name       string   `json:"name" doc:"Of the candidate."`
	Statement  string   `json:"statement"`
	Interests  string   `json:"interests"`
	Until      law.Date `json:"until" doc:"The last day to answer."`
	Answer     string   `json:"answer,omitempty" doc:"yes or no; left out before you answered."`
}

func (v *visit) apiBackingsAsked(p pageParams) (list[backingJSON], error) {
	asked, err := v.house.Polls.AskedOf(v.ctx, v.org.ID, v.actor.Person)
	if err != nil {
		return list[backingJSON]{}, err
	}
	var out []backingJSON
	for _, a := range asked {
		one, err := v.house.Polls.Poll(v.ctx, v.org.ID, a.Poll)
		if err != nil {
			return list[backingJSON]{}, err
		}
		if one.Stage(v.now) != poll.Nominating {
			continue
		}
		for _, c := range one.Contests {
			for _, n := range c.Nominations {
				if n.ID == a.Nomination {
					out = append(out, backingOf(one, c, n, ""))
				}
			}
		}
	}
	return pageOf(p, "backings", out, func(x backingJSON) string { return string(x.Nomination) })
}

func backingOf(p poll.Poll, c poll.Contest, n poll.Nomination, answer string) backingJSON {
	return backingJSON{p.Code, c.Code, uuid(n.ID), n.BallotName, n.Statement, n.Interests, p.Timetable.Day("nominations-close"), answer}
}

type backingParams struct {
	contestParams
	Nomination uuid `path:"nomination" doc:"The id of the nomination."`
}

type backAnswerJSON struct {
	Answer bool `json:"agrees" doc:"true: you back the candidate; false: you decline."`
}

func (v *visit) apiAnswerBacking(p backingParams, b backAnswerJSON) (backingJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return backingJSON{}, err
	}
	answer := poll.No
	if b.Answer {
		answer = poll.Yes
	}
	if err := v.house.Polls.AnswerBacking(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, string(p.Nomination), v.actor.Person, answer); err != nil {
		return backingJSON{}, err
	}
	for _, n := range c.all.Nominations {
		if n.ID == string(p.Nomination) {
			return backingOf(c.Poll, c.Contest, n, string(answer)), nil
		}
	}
	return backingJSON{}, fault.Errorf(fault.NotFound, "there is no such nomination")
}

type sayGroundJSON struct {
	Ground string `json:"ground" max:"2400" doc:"At most 200 words."`
}

type saidJSON struct {
	ID      uuid     `json:"id"`
	Entered law.Date `json:"entered"`
}

func (v *visit) apiClaimPlace(p contestParams, b sayGroundJSON) (saidJSON, error) {
	return v.claim(p, poll.Claim{Kind: poll.Missing, About: v.actor.Person, Ground: b.Ground})
}

type objectJSON struct {
	Person uuid   `json:"person" doc:"Who does not belong on the roll."`
	Ground string `json:"ground" max:"2400" doc:"At most 200 words."`
}

func (v *visit) apiObject(p contestParams, b objectJSON) (saidJSON, error) {
	return v.claim(p, poll.Claim{Kind: poll.Objection, About: string(b.Person), Ground: b.Ground})
}

func (v *visit) claim(p contestParams, one poll.Claim) (saidJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return saidJSON{}, err
	}
	one.Contest, one.Person = c.Contest.ID, v.actor.Person
	id, err := v.house.Polls.Claim(v.ctx, v.actor.Person, v.org.ID, one)
	return saidJSON{uuid(id), v.today()}, renamed(err, "reason", "ground")
}

func (v *visit) apiQuestion(p contestParams, b sayGroundJSON) (saidJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return saidJSON{}, err
	}
	id, err := v.house.Polls.Question(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, b.Ground)
	return saidJSON{uuid(id), v.today()}, renamed(err, "reason", "ground")
}
