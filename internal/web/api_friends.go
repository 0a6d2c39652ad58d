package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/law"
)

type friendsPointJSON struct {
	Code      string          `json:"code" max:"40" doc:"In its address, which does not change."`
	Name      string          `json:"name" max:"120"`
	Setting   friends.Setting `json:"setting"`
	SiteCode  string          `json:"site_code,omitempty" max:"9"`
	SiteName  string          `json:"site_name,omitempty" max:"120"`
	Ward      string          `json:"ward,omitempty" max:"120"`
	First     string          `json:"first_speciality,omitempty" max:"120"`
	Second    string          `json:"second_speciality,omitempty" max:"120"`
	Modes     []friends.Mode  `json:"modes" max:"8" doc:"How answers come."`
	Languages []string        `json:"languages" max:"20"`
	Opened    law.Date        `json:"opened"`
	Closed    law.Date        `json:"closed,omitzero" doc:"The first day on which it takes no answers."`
}

func pointJSON(p friends.Point) friendsPointJSON {
	return friendsPointJSON{p.Code, p.Name, p.Setting, p.SiteCode, p.SiteName, p.Ward, p.First, p.Second, p.Modes, p.Languages, p.Opened, p.Closed}
}

func (v *visit) apiFriendsPoints(p pageParams) (list[friendsPointJSON], error) {
	all, err := v.house.Friends.Points(v.ctx, v.org.ID)
	var out []friendsPointJSON
	for _, one := range all {
		out = append(out, pointJSON(one))
	}
	if err != nil {
		return list[friendsPointJSON]{}, err
	}
	return pageOf(p, "points", out, func(p friendsPointJSON) string { return p.Code })
}

func (v *visit) apiSavePoint(_ none, b friendsPointJSON) (friendsPointJSON, error) {
	p := friends.Point{
		Code: b.Code, Name: b.Name, Setting: b.Setting, SiteCode: b.SiteCode, SiteName: b.SiteName, Ward: b.Ward, First: b.First, Second: b.Second,
		Modes: b.Modes, Languages: b.Languages, Opened: b.Opened, Closed: b.Closed,
	}
	old, org, err := v.house.Friends.Point(v.ctx, b.Code)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return b, err
	}
	if err == nil && org == v.org.ID {
		p.ID = old.ID
	}
	made, err := v.house.Friends.Save(v.ctx, v.actor.Person, v.org.ID, p)
	return pointJSON(made), err
}

type friendsCodeParams struct {
	Code string `path:"code" doc:"The code of the point."`
}

type friendsAnswerJSON struct {
	Nonce    string       `json:"nonce" max:"32" doc:"32 random hexadecimal digits: an answer counts once however often it is sent."`
	Rating   int          `json:"rating" min:"1" max:"6" doc:"1 very good to 5 very poor, 6 don’t know."`
	Way      friends.Mode `json:"way"`
	Language string       `json:"language" max:"10"`
	Text     string       `json:"text,omitempty" max:"2000"`
	Publish  bool         `json:"publish,omitempty" doc:"The patient said that the words may be published."`
}

type friendsCountedJSON struct {
	Counted bool `json:"counted"`
}

func (v *visit) apiFriendsAnswer(p friendsCodeParams, b friendsAnswerJSON) (friendsCountedJSON, error) {
	err := v.house.Friends.Take(v.ctx, p.Code, friends.Answer{Nonce: b.Nonce, Rating: friends.Rating(b.Rating), Mode: b.Way, Language: b.Language, Text: b.Text, Publish: b.Publish})
	return friendsCountedJSON{err == nil}, err
}

type friendsMonthJSON struct {
	Month    string   `json:"month"`
	Closed   law.Date `json:"closed,omitzero"`
	Revision int      `json:"revision" doc:"0 while it is open."`
	Shown    bool     `json:"shown" doc:"False where the figures are not shown, whatever the reason."`
	Answers  int      `json:"answers" doc:"Rounded."`
	Positive int      `json:"positive_percent"`
	Negative int      `json:"negative_percent"`
}

func (v *visit) apiFriendsMonths(p pageParams) (list[friendsMonthJSON], error) {
	months, err := v.house.Friends.Months(v.ctx, v.org.ID)
	if err != nil {
		return list[friendsMonthJSON]{}, err
	}
	var out []friendsMonthJSON
	for _, r := range months {
		public, err := r.Public()
		if err != nil {
			return list[friendsMonthJSON]{}, err
		}
		s, ok := public.Whole()
		out = append(out, friendsMonthJSON{r.Month.String(), r.Closed, r.N, ok, s.Base, s.Positive, s.Negative})
	}
	return pageOf(p, "months", out, func(m friendsMonthJSON) string { return m.Month })
}

type keyCardsJSON struct {
	Month  string       `json:"month" max:"7" doc:"2026-10."`
	Way    friends.Mode `json:"way"`
	Counts []int        `json:"counts" min:"6" max:"6" doc:"How many cards of each answer, from very good to don’t know."`
}

func (v *visit) apiKeyCards(p friendsCodeParams, b keyCardsJSON) (friendsCountedJSON, error) {
	point, org, err := v.house.Friends.Point(v.ctx, p.Code)
	if err != nil || org != v.org.ID {
		return friendsCountedJSON{}, fault.Errorf(fault.NotFound, "there is no point %q", p.Code)
	}
	m, err := friends.ParseMonth(b.Month)
	if err != nil {
		return friendsCountedJSON{}, err
	}
	c := friends.Cards{Point: point.ID, Month: m, Mode: b.Way}
	copy(c.Counts[:], b.Counts)
	_, err = v.house.Friends.Key(v.ctx, v.actor.Person, v.org.ID, c)
	return friendsCountedJSON{err == nil}, err
}

type friendsMonthParams struct {
	Month string `path:"month" doc:"2026-10."`
}

type closeMonthJSON struct {
	Reason string `json:"reason,omitempty" max:"2000" doc:"Of a correction; left out to close the month."`
}

func (v *visit) apiCloseMonth(p friendsMonthParams, b closeMonthJSON) (friendsMonthJSON, error) {
	m, err := friends.ParseMonth(p.Month)
	if err != nil {
		return friendsMonthJSON{}, err
	}
	var r friends.Revision
	if b.Reason == "" {
		r, err = v.house.Friends.Close(v.ctx, v.actor.Person, v.org.ID, m)
	} else {
		r, err = v.house.Friends.Correct(v.ctx, v.actor.Person, v.org.ID, m, b.Reason)
	}
	if err != nil {
		return friendsMonthJSON{}, err
	}
	public, err := r.Public()
	s, ok := public.Whole()
	return friendsMonthJSON{r.Month.String(), r.Closed, r.N, ok, s.Base, s.Positive, s.Negative}, err
}

func init() {
	among(friends.Settings()...)
	among(friends.Modes()...)
}
