package web

import (
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/law"
)

type statusJSON struct {
	State            member.State `json:"state"`
	Class            string       `json:"class,omitempty" doc:"The code of the class: of the membership, of the application, or of the membership that ended."`
	ClassName        string       `json:"class_name,omitempty"`
	Constituency     string       `json:"constituency,omitempty"`
	ConstituencyName string       `json:"constituency_name,omitempty"`
	Votes            int          `json:"votes" min:"0"`
	Since            law.Date     `json:"since,omitzero"`
	Ends             law.Date     `json:"ends,omitzero" doc:"The day it will end as far as is known, or did end."`
	Reason           string       `json:"reason" doc:"What it rests on, in words: the rule or decision, and the facts it turned on."`
	Missing          []string     `json:"missing" doc:"The particulars without which it cannot be told."`
}

func statusOf(s member.Status) statusJSON {
	return statusJSON{
		State: s.State, Class: s.Class, ClassName: s.ClassName, Constituency: s.Constituency, ConstituencyName: s.ConstituencyName,
		Votes: s.Votes, Since: s.Since, Ends: s.Ends, Reason: s.Reason, Missing: s.Missing,
	}
}

type memberJSON struct {
	Number           int      `json:"number,omitempty" doc:"In the register. Left out of a member by rule who has not been enrolled yet."`
	Member           string   `json:"member,omitempty" doc:"The id of the membership, which share entries name."`
	Person           uuid     `json:"person"`
	Name             string   `json:"name"`
	Entered          law.Date `json:"entered"`
	Ceased           law.Date `json:"ceased,omitzero" doc:"Left out of those who are members on the day."`
	Class            string   `json:"class"`
	ClassName        string   `json:"class_name"`
	Constituency     string   `json:"constituency,omitempty"`
	ConstituencyName string   `json:"constituency_name,omitempty"`
	Votes            int      `json:"votes"`
	Unclear          bool     `json:"unclear" doc:"It cannot be told whether the membership goes on."`
}

type membersParams struct {
	dayParams
	pageParams
	Former       bool   `query:"former" default:"false" doc:"With those whose membership had ended."`
	Class        string `query:"class" max:"60" doc:"Only members of the class with this code."`
	Constituency string `query:"constituency" max:"60" doc:"Only members of the constituency with this code."`
}

func (v *visit) apiMembers(p membersParams) (list[memberJSON], error) {
	rows, err := v.house.Members.Register(v.ctx, v.org.ID, p.day(v))
	if err != nil {
		return list[memberJSON]{}, err
	}
	var out []memberJSON
	for _, r := range rows {
		if !p.Former && !r.Ceased.IsZero() || p.Class != "" && r.Class != p.Class || p.Constituency != "" && r.Constituency != p.Constituency {
			continue
		}
		out = append(out, memberJSON{
			Number: r.Number, Member: r.MemberID, Person: uuid(r.Person), Name: r.Name, Entered: r.Entered, Ceased: r.Ceased, Class: r.Class,
			ClassName: r.ClassName, Constituency: r.Constituency, ConstituencyName: r.ConstituencyName, Votes: r.Votes, Unclear: r.Unclear,
		})
	}
	return pageOf(p.pageParams, "members", out, func(m memberJSON) string {
		return numberLast(m.Number) + " " + m.Entered.String() + " " + string(m.Person)
	})
}

// numberLast orders what has no number yet after what has one.
func numberLast(n int) string {
	if n == 0 {
		return "~"
	}
	return inOrder(int64(n))
}

type personParams struct {
	dayParams
	Person uuid `path:"person" doc:"The id of the person."`
}

type membershipJSON struct {
	Person  uuid         `json:"person"`
	Name    string       `json:"name"`
	Member  string       `json:"member,omitempty" doc:"The id of the membership. Left out where nothing was ever recorded."`
	Number  int          `json:"number,omitempty"`
	On      law.Date     `json:"on"`
	Status  statusJSON   `json:"status" doc:"At the end of that day."`
	Periods []periodJSON `json:"periods" doc:"Unbroken times of membership, the first one first."`
	Facts   []memberFact `json:"facts" doc:"What was recorded, in order. Empty for those who may see the entry and not the reasons."`
}

type periodJSON struct {
	Entered law.Date `json:"entered"`
	Ceased  law.Date `json:"ceased,omitzero"`
	Class   string   `json:"class"`
	Reason  string   `json:"reason,omitempty" doc:"Why it ended."`
}

type memberFact struct {
	ID        uuid            `json:"id"`
	Kind      member.FactKind `json:"kind"`
	Class     string          `json:"class,omitempty"`
	Effective law.Date        `json:"effective"`
	Entered   instant         `json:"entered"`
	By        string          `json:"by" doc:"The id of the person who decided, or rule."`
	Reason    string          `json:"reason,omitempty"`
	Data      string          `json:"data,omitempty" doc:"The wording consented to, the area, or the fact that is struck out."`
}

func (v *visit) apiMember(p personParams) (membershipJSON, error) {
	return v.membershipOf(string(p.Person), p.day(v))
}

type myParams struct{ dayParams }

func (v *visit) apiMyMembership(p myParams) (membershipJSON, error) {
	return v.membershipOf(v.actor.Person, p.day(v))
}

// membershipOf is one person's membership. What was recorded and why is for the
// person and for whoever keeps the register.
func (v *visit) membershipOf(id string, on law.Date) (membershipJSON, error) {
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, id)
	if err != nil {
		return membershipJSON{}, err
	}
	file, err := v.house.Members.File(v.ctx, v.org.ID, id)
	if err != nil {
		return membershipJSON{}, err
	}
	out := membershipJSON{Person: uuid(id), Name: person.Name(), Member: file.MemberID, Number: file.Number, On: on, Status: statusOf(file.Timeline.On(on))}
	for _, p := range file.Timeline.Periods() {
		out.Periods = append(out.Periods, periodJSON{p.Entered, p.Ceased, p.Class, p.Reason})
	}
	own := policy.Allow(v.actor, policy.MemberViewOwn, v.about(id)).Allowed
	if !own && !policy.Allow(v.actor, policy.RegisterView, v.about(id)).Allowed {
		return out, nil
	}
	for _, f := range file.Facts {
		out.Facts = append(out.Facts, memberFact{uuid(f.ID), f.Kind, f.Class, f.Effective, instant(f.Entered), f.By, f.Reason, f.Data})
	}
	return out, nil
}
