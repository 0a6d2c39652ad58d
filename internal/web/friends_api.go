package web

import (
	"bytes"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/law"
)

type stackJSON struct {
	ID     string       `json:"id"`
	Point  string       `json:"point" doc:"Its code."`
	Way    friends.Mode `json:"way"`
	Counts []int        `json:"counts" doc:"How many cards of each answer, from very good to don’t know."`
	Keyed  law.Date     `json:"keyed"`
	Struck law.Date     `json:"struck,omitzero" doc:"Left out where it counts."`
	Reason string       `json:"reason,omitempty" doc:"Why it was struck."`
}

type stacksParams struct {
	friendsMonthParams
	pageParams
}

func (v *visit) apiStacks(p stacksParams) (list[stackJSON], error) {
	m, err := friends.ParseMonth(p.Month)
	if err != nil {
		return list[stackJSON]{}, err
	}
	all, err := v.house.Friends.Keyed(v.ctx, v.org.ID, m)
	if err != nil {
		return list[stackJSON]{}, err
	}
	points, err := v.house.Friends.Points(v.ctx, v.org.ID)
	if err != nil {
		return list[stackJSON]{}, err
	}
	codes := map[string]string{}
	for _, one := range points {
		codes[one.ID] = one.Code
	}
	var out []stackJSON
	for _, c := range all {
		out = append(out, stackJSON{c.ID, codes[c.Point], c.Mode, append([]int(nil), c.Counts[:]...), c.Keyed, c.Struck, c.Reason})
	}
	return pageOf(p.pageParams, "cards", out, func(c stackJSON) string { return c.ID })
}

type strikeParams struct {
	friendsMonthParams
	Cards string `path:"cards" doc:"The id of the stack."`
}

type strikeJSON struct {
	Reason string `json:"reason" max:"2000" doc:"It is in the record."`
}

func (v *visit) apiStrike(p strikeParams, b strikeJSON) (friendsCountedJSON, error) {
	m, err := friends.ParseMonth(p.Month)
	if err != nil {
		return friendsCountedJSON{}, err
	}
	all, err := v.house.Friends.Keyed(v.ctx, v.org.ID, m)
	if err != nil {
		return friendsCountedJSON{}, err
	}
	for _, c := range all {
		if c.ID == p.Cards {
			return friendsCountedJSON{}, v.house.Friends.Strike(v.ctx, v.actor.Person, v.org.ID, c.ID, b.Reason)
		}
	}
	return friendsCountedJSON{}, fault.Errorf(fault.NotFound, "%s has no such stack of cards", m.Words())
}

type eligibleJSON struct {
	Month    string `json:"month" max:"7" doc:"2026-10."`
	Patients int    `json:"patients" min:"0" max:"1000000"`
}

func (v *visit) apiEligible(p friendsCodeParams, b eligibleJSON) (eligibleJSON, error) {
	point, org, err := v.house.Friends.Point(v.ctx, p.Code)
	if err != nil || org != v.org.ID {
		return b, fault.Errorf(fault.NotFound, "there is no point %q", p.Code)
	}
	m, err := friends.ParseMonth(b.Month)
	if err != nil {
		return b, err
	}
	return b, v.house.Friends.Eligible(v.ctx, v.actor.Person, v.org.ID, point.ID, m, b.Patients)
}

// friendsFileUpload is what answers may come as.
var friendsFileUpload = upload{media: []string{"text/csv", "application/octet-stream"}, limit: friends.MaxFile, about: "CSV with headings, at most 20 MB."}

type friendsImportParams struct {
	DryRun bool `query:"dry_run" default:"false" doc:"Say what would be imported, and change nothing."`
}

type friendsRejectedJSON struct {
	Row   int    `json:"row" doc:"1 is the heading."`
	Field string `json:"field"`
	Says  string `json:"says" doc:"What is wrong, and what to do."`
}

type friendsLineJSON struct {
	Month    string `json:"month"`
	Place    string `json:"place"`
	Answers  int    `json:"answers"`
	Comments int    `json:"comments"`
}

type friendsImportJSON struct {
	Imported bool                  `json:"imported" doc:"False where something is wrong, for a dry run, and for a file that was imported before."`
	Before   bool                  `json:"before" doc:"The file was imported already."`
	Rows     int                   `json:"rows"`
	Lines    []friendsLineJSON     `json:"lines" doc:"What it adds, by month and place."`
	Wrong    []friendsRejectedJSON `json:"wrong" doc:"Fifty at most. With any, nothing is imported."`
}

func (v *visit) apiFriendsImport(p friendsImportParams, content []byte) (friendsImportJSON, error) {
	in, err := v.house.Friends.DryRun(v.ctx, v.org.ID, bytes.NewReader(content))
	if err != nil {
		return friendsImportJSON{}, err
	}
	out := friendsImportJSON{Before: in.Before, Rows: in.Rows}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, friendsLineJSON{l.Month.String(), l.Place, l.Answers, l.Comments})
	}
	for _, w := range in.Wrong {
		out.Wrong = append(out.Wrong, friendsRejectedJSON{w.Row, w.Field, w.Says})
	}
	if p.DryRun || in.Before || len(in.Wrong) > 0 {
		return out, nil
	}
	_, err = v.house.Friends.Import(v.ctx, v.actor.Person, v.org.ID, bytes.NewReader(content))
	out.Imported = err == nil
	return out, err
}

type friendsPastJSON struct {
	Month     string          `json:"month"`
	Questions string          `json:"questions" doc:"2013, 2014 or 2020: the question set of its time."`
	Setting   friends.Setting `json:"setting"`
	Site      string          `json:"site"`
	Ward      string          `json:"ward"`
	Counts    []int           `json:"counts" doc:"From the best answer to the worst, and those who did not know."`
	Eligible  *int            `json:"eligible,omitempty" doc:"How many could have been asked, where it is known."`
}

func (v *visit) apiFriendsPast(p pageParams) (list[friendsPastJSON], error) {
	all, err := v.house.Friends.PastMonths(v.ctx, v.org.ID)
	if err != nil {
		return list[friendsPastJSON]{}, err
	}
	var out []friendsPastJSON
	for _, one := range all {
		out = append(out, friendsPastJSON{one.Month.String(), string(one.Questions), one.Setting, one.Site, one.Ward, append([]int(nil), one.Counts[:]...), one.Eligible})
	}
	return pageOf(p, "past", out, func(one friendsPastJSON) string {
		return one.Month + " " + string(one.Setting) + " " + one.Site + " " + one.Ward
	})
}
