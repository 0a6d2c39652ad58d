package web

import (
	"commonweal/internal/base/notice"
	"commonweal/law"
)

// What an organisation sent that did not arrive, and what has to go by post.

type undeliveredJSON struct {
	ID        string  `json:"id"`
	Person    string  `json:"person,omitempty" doc:"Left out of somebody who is known by address alone."`
	Name      string  `json:"name,omitempty"`
	Kind      string  `json:"kind"`
	Title     string  `json:"title" doc:"What messages of this kind tell of."`
	Statutory bool    `json:"statutory" doc:"It is among the letters too, if we know the person."`
	Class     string  `json:"class" doc:"What went wrong: smtp_550, timeout, connect and so on."`
	Why       string  `json:"why" doc:"The same in words."`
	Since     instant `json:"since"`
}

func (v *visit) apiUndelivered(p pageParams) (list[undeliveredJSON], error) {
	all, err := v.house.Notices.Failures(v.ctx, v.org.ID)
	if err != nil {
		return list[undeliveredJSON]{}, err
	}
	var out []undeliveredJSON
	for _, x := range all {
		out = append(out, undeliveredJSON{x.ID, x.Person, x.Name, x.Kind.Name, x.Kind.Title, x.Statutory, x.Class, whyFailed(x.Class), instant(x.Since)})
	}
	return pageOf(p, "undelivered", out, func(x undeliveredJSON) string { return string(x.Since) + " " + x.ID })
}

type letterJSON struct {
	Notice  string           `json:"notice" doc:"The id of the notice."`
	Person  string           `json:"person"`
	Name    string           `json:"name"`
	Address []string         `json:"address" doc:"Its lines; none where we have no postal address."`
	Day     law.Date         `json:"day" doc:"Of the notice."`
	Subject string           `json:"subject"`
	Body    []string         `json:"body" doc:"Its paragraphs."`
	Facts   []letterFactJSON `json:"facts"`
	Where   string           `json:"where,omitempty" doc:"What the page is for that the letter leads to."`
	URL     string           `json:"url,omitempty" doc:"The address of that page."`
	Reason  string           `json:"reason" doc:"Why the person gets it."`
	Why     notice.WhyPost   `json:"why" doc:"Why it goes by post."`
}

type letterFactJSON struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

func (v *visit) apiLetters(p pageParams) (list[letterJSON], error) {
	all, err := v.house.Notices.Letters(v.ctx, v.org.ID)
	if err != nil {
		return list[letterJSON]{}, err
	}
	var out []letterJSON
	for _, x := range all {
		letter := letterJSON{
			Notice: x.Notice, Person: x.Person, Name: x.Name, Address: x.Address, Day: x.Day, Subject: x.Subject, Body: x.Body, Where: x.Where, URL: x.URL,
			Reason: x.Reason, Why: x.Why,
		}
		for _, f := range x.Facts {
			letter.Facts = append(letter.Facts, letterFactJSON{f.Label, f.Value})
		}
		out = append(out, letter)
	}
	return pageOf(p, "letters", out, func(x letterJSON) string { return x.Day.String() + " " + x.Notice })
}
