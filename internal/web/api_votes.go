package web

import (
	"commonweal/internal/decide/poll"
	"commonweal/law"
)

// voteJSON is a vote in a list.
type voteJSON struct {
	ID       uuid     `json:"id"`
	Code     string   `json:"code" doc:"In addresses."`
	Title    string   `json:"title"`
	Kind     string   `json:"kind" doc:"constituency, post, proposal or resolution."`
	Stage    string   `json:"stage" doc:"called, nominating, nominated, announced, open, closed, counted, uncontested, declared, settled, ended or abandoned."`
	Called   law.Date `json:"called"`
	Opens    instant  `json:"opens,omitempty" doc:"Known once notice of poll is given."`
	Closes   instant  `json:"closes"`
	Binding  bool     `json:"binding" doc:"false: the answer is advice."`
	Contests int      `json:"contests" doc:"How many."`
}

func (v *visit) voteJSON(s seen) voteJSON {
	out := voteJSON{
		ID: uuid(s.ID), Code: s.Code, Title: s.Title, Kind: string(s.Kind), Stage: string(s.stage), Called: s.Called, Closes: instantOf(s.Closes),
		Binding: s.Rules.Binding, Contests: len(s.Contests),
	}
	if opens := s.Facts().Opens(); !opens.IsZero() {
		out.Opens = instantOf(opens)
	}
	return out
}

type wholeVoteJSON struct {
	voteJSON
	About      string         `json:"about,omitempty"`
	Rules      rulesJSON      `json:"rules"`
	RulesHash  string         `json:"rules_sha256"`
	NoticeHash string         `json:"notice_sha256,omitempty" doc:"Of the notice of poll, which is to be had at /votes/{poll}/files/notice.json."`
	Abandoned  law.Date       `json:"abandoned,omitzero"`
	Reason     string         `json:"reason,omitempty" doc:"Why it was abandoned."`
	Timetable  []voteDayJSON  `json:"timetable"`
	Voted      []contestBrief `json:"contest_list" doc:"What is voted on."`
}

// rulesJSON are the rules of a vote, as they are in the notice.
type rulesJSON struct {
	Counting     string   `json:"counting" doc:"In words."`
	Ranked       bool     `json:"ranked"`
	Weighted     bool     `json:"weighted" doc:"Each voter has the votes of their class."`
	Revote       string   `json:"revote" doc:"first-counts or last-counts."`
	Channels     []string `json:"channels"`
	Backers      int      `json:"backers" doc:"Of a candidate."`
	Words        int      `json:"statement_words"`
	Photographs  bool     `json:"photographs"`
	Keyholders   int      `json:"keyholders"`
	Threshold    int      `json:"threshold" doc:"How many of them open the votes."`
	PetitionDays int      `json:"petition_days"`
	MinimumCell  int      `json:"minimum_cell" doc:"No turnout is shown of fewer voters."`
}

func rulesOf(p poll.Poll) rulesJSON {
	r := p.Rules
	out := rulesJSON{
		Counting: countedBy(p), Ranked: r.Counting.Ranked, Weighted: r.Weighted, Revote: string(r.Revote), Backers: r.Backers, Words: r.StatementWords,
		Photographs: r.Photographs, Keyholders: r.Keyholders, Threshold: r.Threshold, PetitionDays: r.PetitionDays, MinimumCell: r.MinimumCell,
	}
	for _, c := range r.Channels {
		out.Channels = append(out.Channels, string(c))
	}
	return out
}

type voteDayJSON struct {
	Step  string   `json:"step"`
	Title string   `json:"title"`
	Day   law.Date `json:"day"`
	Why   string   `json:"why,omitempty" doc:"Why it was moved."`
}

type contestBrief struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Seats int    `json:"seats,omitempty"`
	Asks  string `json:"asks" doc:"The question, or how many stand for how many seats."`
}

func (v *visit) apiVotes(p pageParams) (list[voteJSON], error) {
	polls, err := v.house.Polls.Polls(v.ctx, v.org.ID)
	if err != nil {
		return list[voteJSON]{}, err
	}
	var out []voteJSON
	for _, one := range polls {
		if !one.Called.IsZero() {
			out = append(out, v.voteJSON(v.seenOf(one)))
		}
	}
	return pageOf(p, "votes", out, func(x voteJSON) string { return string(x.Closes) + " " + string(x.ID) })
}

type voteParams struct {
	Poll string `path:"poll" max:"40" doc:"The code of the vote."`
}

func (v *visit) apiVote(p voteParams) (wholeVoteJSON, error) {
	s, err := v.pollNamed(p.Poll)
	if err != nil {
		return wholeVoteJSON{}, err
	}
	out := wholeVoteJSON{
		voteJSON: v.voteJSON(s), About: s.About, Rules: rulesOf(s.Poll), RulesHash: s.RulesHash, NoticeHash: s.NoticeHash, Abandoned: s.Abandoned, Reason: s.Reason,
	}
	for _, d := range s.Timetable.Days {
		out.Timetable = append(out.Timetable, voteDayJSON{string(d.Step), d.Step.Title(), d.Day, d.Why})
	}
	for _, c := range s.Contests {
		out.Voted = append(out.Voted, contestBrief{c.Code, c.Title, c.Seats, contestLine(s.Poll, c)})
	}
	return out, nil
}

type contestParams struct {
	Poll    string `path:"poll" max:"40" doc:"The code of the vote."`
	Contest string `path:"contest" max:"40" doc:"The code of the contest."`
}

type contestJSON struct {
	ID          uuid            `json:"id"`
	Vote        string          `json:"vote" doc:"The code of the vote it is part of."`
	Code        string          `json:"code"`
	Title       string          `json:"title"`
	Stage       string          `json:"stage"`
	Archive     string          `json:"archive" doc:"The identifier of its public archive: /board/{archive}."`
	Seats       int             `json:"seats,omitempty"`
	Question    string          `json:"question,omitempty"`
	Answers     []string        `json:"answers"`
	Closes      instant         `json:"closes"`
	RecordDate  law.Date        `json:"record_date,omitzero"`
	Voters      int             `json:"voters,omitempty"`
	RollSeal    string          `json:"roll_seal,omitempty"`
	Uncontested bool            `json:"uncontested" doc:"There is no vote: no more people stand than there are seats."`
	Candidates  []candidateJSON `json:"candidates"`
	Result      *voteResultJSON `json:"result,omitempty" doc:"Once it is declared."`
}

type candidateJSON struct {
	ID        uuid   `json:"id"`
	Name      string `json:"name"`
	Statement string `json:"statement"`
	Interests string `json:"interests"`
	Photo     string `json:"photo_sha256,omitempty" doc:"The photograph is at /photos/ followed by it."`
	Position  int    `json:"position,omitempty" doc:"On the ballot."`
}

type voteResultJSON struct {
	Declared      law.Date `json:"declared"`
	Says          string   `json:"says" doc:"In words."`
	Elected       []uuid   `json:"elected" doc:"Candidates, in the order in which they were elected."`
	Unfilled      int      `json:"unfilled"`
	For           int      `json:"for"`
	Against       int      `json:"against"`
	Blank         int      `json:"blank"`
	Carried       bool     `json:"carried"`
	Ballots       int      `json:"ballots"`
	Eligible      int      `json:"eligible"`
	PetitionUntil law.Date `json:"petition_until"`
	Transcript    string   `json:"transcript_sha256,omitempty"`
}

func (v *visit) apiContest(p contestParams) (contestJSON, error) {
	c, err := v.voteNamed(p.Poll, p.Contest)
	if err != nil {
		return contestJSON{}, err
	}
	out := contestJSON{
		ID: uuid(c.Contest.ID), Vote: c.Code, Code: c.Contest.Code, Title: c.Contest.Title, Stage: string(c.stage), Archive: c.Contest.UUID, Seats: c.Contest.Seats,
		Question: c.Contest.Question, Answers: c.Contest.Answers, Closes: instantOf(c.Closes), Uncontested: !c.Contest.Uncontested.IsZero(),
	}
	if r := c.Contest.Roll; r != nil {
		out.RecordDate, out.Voters, out.RollSeal = r.Day, r.Voters(), r.Seal
	}
	for _, n := range c.Contest.Nominations {
		out.Candidates = append(out.Candidates, candidateJSON{uuid(n.ID), n.BallotName, n.Statement, n.Interests, n.Photo, n.Position})
	}
	if d := c.Contest.Declared; d != nil {
		r := d.Result
		one := voteResultJSON{
			Declared: d.Day, Says: resultSentence(c), Unfilled: r.Unfilled, For: int(r.For), Against: int(r.Against), Blank: int(r.Blank), Carried: r.Carried,
			Ballots: int(r.Ballots), Eligible: int(r.Eligible), PetitionUntil: d.PetitionUntil, Transcript: r.Transcript,
		}
		for _, id := range r.Elected {
			one.Elected = append(one.Elected, uuid(id))
		}
		out.Result = &one
	}
	return out, nil
}
