package web

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
)

// codesParams name a contest of a vote.
type codesParams struct {
	Poll    string `path:"poll" max:"60" doc:"The code of the vote."`
	Contest string `path:"contest" max:"60" doc:"The code of the contest."`
}

type codesListParams struct {
	codesParams
	pageParams
}

func (v *visit) apiCodes(p codesListParams) (list[codeLine], error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return list[codeLine]{}, err
	}
	all, err := i.lines()
	if err != nil {
		return list[codeLine]{}, err
	}
	at := map[string]string{}
	for n, l := range all {
		at[l.key()] = inOrder(int64(n))
	}
	return pageOf(p.pageParams, "codes", all, func(l codeLine) string { return at[l.key()] })
}

// key tells one line from the others.
func (l codeLine) key() string { return strconv.Itoa(l.Voter) + " " + l.Public }

type toMakeParams struct {
	codesParams
	Names bool `query:"names" doc:"With names and e-mail addresses. Without, it has voter numbers alone."`
}

// toMakeJSON is the file that commonweal election credentials --roll reads.
type toMakeJSON struct {
	Form   string         `json:"form"`
	UUID   string         `json:"uuid" doc:"Of the election: a code is for it alone."`
	Group  string         `json:"group"`
	Letter codeLetterJSON `json:"letter"`
	Voters []toMakeVoter  `json:"voters"`
	Spares []toMakeSpare  `json:"spares"`
}

type codeLetterJSON struct {
	Organisation string   `json:"organisation"`
	Title        string   `json:"title"`
	How          []string `json:"how"`
	Care         []string `json:"care"`
	Signed       string   `json:"signed"`
}

type toMakeVoter struct {
	Number int    `json:"number"`
	Weight int    `json:"weight"`
	Name   string `json:"name,omitempty"`
	Email  string `json:"email,omitempty"`
}

type toMakeSpare struct {
	Weight int `json:"weight"`
	Count  int `json:"count"`
}

func (v *visit) apiCodesToMake(p toMakeParams) (toMakeJSON, error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return toMakeJSON{}, err
	}
	work, err := i.workFile(withNames(p.Names))
	if err != nil {
		return toMakeJSON{}, err
	}
	out := toMakeJSON{
		Form: code.ToDoForm, UUID: work.UUID, Group: work.Group, Letter: codeLetterJSON(work.Letter), Voters: []toMakeVoter{}, Spares: []toMakeSpare{},
	}
	for _, x := range work.Voters {
		out.Voters = append(out.Voters, toMakeVoter(x))
	}
	for _, x := range work.Spares {
		out.Spares = append(out.Spares, toMakeSpare(x))
	}
	return out, nil
}

// handing is how a registrar's codes get to the members.
type handing string

const (
	inPrint handing = "printed"
	inMail  handing = "mailed"
)

type codesMadeJSON struct {
	How   handing        `json:"how" doc:"How members get their codes: printed, or mailed by the registrar’s own program."`
	Codes []codeMadeJSON `json:"codes"`
}

type codeMadeJSON struct {
	Voter  int    `json:"voter,omitempty" doc:"The number on the roll; left out for a spare."`
	Weight int    `json:"weight,omitempty" doc:"Of a spare; a voter’s stands on the roll."`
	Public string `json:"public" max:"2000" doc:"The public part. The code itself must not be sent."`
}

func (v *visit) apiCodesMade(p codesParams, b codesMadeJSON) (deposited, error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return deposited{}, err
	}
	m := code.Made{Form: code.MadeForm, UUID: i.contest.UUID, Codes: []code.Line{}}
	for _, c := range b.Codes {
		m.Codes = append(m.Codes, code.Line{Voter: c.Voter, Weight: c.Weight, Public: c.Public})
	}
	text, err := m.Text()
	if err != nil {
		return deposited{}, err
	}
	if m, err = code.ParseMade(text); err != nil {
		return deposited{}, fault.Fieldf("codes", "%s", fault.Message(err))
	}
	return i.deposit(box.How(b.How), m.Codes)
}

type replaceCodeJSON struct {
	Voter  int    `json:"voter" doc:"The number on the roll."`
	Spare  string `json:"spare,omitempty" max:"20" doc:"The mark of the spare; the first that suits where it is left out."`
	Reason string `json:"reason" max:"500" doc:"Names nobody."`
}

func (v *visit) apiReplaceCode(p codesParams, b replaceCodeJSON) (codeLine, error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return codeLine{}, err
	}
	r, err := i.replacing(strconv.Itoa(b.Voter), b.Spare, b.Reason)
	if err == nil {
		err = i.give(r)
	}
	if err != nil {
		return codeLine{}, err
	}
	return v.codeNow(p, r.spare.Public)
}

type voidCodeJSON struct {
	Mark   string `json:"mark" max:"20" doc:"As it stands on the letter."`
	Reason string `json:"reason" max:"500" doc:"Names nobody."`
}

func (v *visit) apiVoidCode(p codesParams, b voidCodeJSON) (codeLine, error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return codeLine{}, err
	}
	c, err := i.voiding(b.Mark, b.Reason)
	if err == nil {
		err = i.house.Boxes.Void(i.ctx, i.actor.Person, i.org.ID, i.contest.ID, c.Public, b.Reason)
	}
	if err != nil {
		return codeLine{}, err
	}
	return v.codeNow(p, c.Public)
}

// codeNow is one code after a change of it.
func (v *visit) codeNow(p codesParams, public string) (codeLine, error) {
	i, err := v.issueAsked(p.Poll, p.Contest)
	if err != nil {
		return codeLine{}, err
	}
	all, err := i.lines()
	for _, l := range all {
		if l.Public == public {
			return l, nil
		}
	}
	if err == nil {
		err = fault.Errorf(fault.NotFound, "there is no such code")
	}
	return codeLine{}, err
}
