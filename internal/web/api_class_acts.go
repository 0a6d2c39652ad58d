package web

import (
	"strconv"

	"commonweal/internal/own/member"
	"commonweal/law"
)

// Writing the rule-book of membership. A version of a class, or a set of its
// constituencies, holds from a day on; what held before stays as it was.

type classVersionJSON struct {
	Code        string           `json:"code" max:"40" doc:"Small letters, digits and hyphens. It never changes: a code that there is means a new version of that class."`
	Name        string           `json:"name" max:"100"`
	Kind        member.Kind      `json:"kind" doc:"Whom it is for. Of a class that there is, it cannot change."`
	Eligibility string           `json:"eligibility,omitempty" max:"4000" doc:"The rule for who may belong, in CEL; left out, everybody of the kind may."`
	Reference   string           `json:"reference,omitempty" max:"100" doc:"Where the rule-book has that rule."`
	Admission   member.Admission `json:"admission"`
	Leaving     member.Leaving   `json:"leaving" doc:"What ends a membership without anybody’s decision."`
	GraceDays   int              `json:"grace_days" min:"0" max:"3660" doc:"Days between that and the end."`
	LeavingRef  string           `json:"leaving_reference,omitempty" max:"100"`
	Votes       int              `json:"votes" min:"0" max:"1000" doc:"Of one member."`
	Position    int              `json:"position" min:"0" max:"100000" doc:"Where two classes would take somebody in by themselves, the lower one does."`
	Starts      law.Date         `json:"starts" doc:"The first day of the version."`
	Closed      bool             `json:"closed,omitempty" doc:"It is the end of the class, and of everybody’s membership in it."`
}

// class is the version that is to be written.
func (b classVersionJSON) class() (member.Class, error) {
	c := member.Class{
		Code: b.Code, Name: b.Name, Kind: b.Kind, Eligibility: b.Eligibility, EligibilityRef: b.Reference, Admission: b.Admission, Leaving: b.Leaving,
		GraceDays: b.GraceDays, LeavingRef: b.LeavingRef, Votes: b.Votes, Position: b.Position, Starts: b.Starts, Closed: b.Closed,
	}
	if c.Code == "new" {
		return c, misread("code", "Send another short name.", "A class cannot have the code new: it is the address of the page for a new one.")
	}
	return c, checkRule("eligibility", c.Eligibility)
}

// checkRule refuses an expression that is no rule, at its field and in words.
func checkRule(field, rule string) error {
	if rule == "" {
		return nil
	}
	_, err := member.CompileRule(rule)
	if text := wrongRule(err, rule); text != "" {
		return misread(field, "Send an expression in CEL about one person, such as category == \"permanent\".", "%s", text)
	}
	return err
}

type classPreviewJSON struct {
	On                law.Date `json:"on" doc:"The day that was looked at: today, or the first day if that is later."`
	Fits              int      `json:"fits" doc:"People whom the rule fits: of those who are employed, have applied or are members."`
	FitsNot           int      `json:"fits_not"`
	Unclear           int      `json:"unclear" doc:"People of whom it cannot be told."`
	Members           int      `json:"members" doc:"Of the class on that day."`
	MembersNotFitting int      `json:"members_not_fitting"`
}

func (v *visit) classSent(b classVersionJSON) (member.Class, classPreviewJSON, error) {
	c, err := b.class()
	if err != nil {
		return c, classPreviewJSON{}, err
	}
	p, err := v.house.Members.PreviewClass(v.ctx, v.org.ID, c)
	return c, classPreviewJSON{p.On, p.Fits, p.Not, p.Unclear, p.Members, p.MembersNotFitting}, renamed(err, "leave_rule", "leaving")
}

// apiPreviewClass says whom a version would fit. Nothing changes.
func (v *visit) apiPreviewClass(_ none, b classVersionJSON) (classPreviewJSON, error) {
	_, preview, err := v.classSent(b)
	return preview, err
}

// apiSaveClass writes it.
func (v *visit) apiSaveClass(_ none, b classVersionJSON) (classPreviewJSON, error) {
	c, preview, err := v.classSent(b)
	if err != nil {
		return preview, err
	}
	_, err = v.house.Members.SaveClass(v.ctx, v.actor.Person, v.org.ID, c)
	return preview, renamed(err, "leave_rule", "leaving")
}

type classParams struct {
	Class string `path:"class" max:"60" doc:"The code of the class."`
}

type constituenciesJSON struct {
	Starts         law.Date              `json:"starts" doc:"The first day of the set."`
	Constituencies []constituencySetJSON `json:"constituencies" max:"60" doc:"All of them: they are decided together. The order is theirs: where two rules fit, the first wins."`
}

type constituencySetJSON struct {
	Code      string `json:"code" max:"40"`
	Name      string `json:"name" max:"100"`
	Rule      string `json:"rule" max:"4000" doc:"Who belongs, in CEL."`
	Reference string `json:"reference,omitempty" max:"100"`
}

func (b constituenciesJSON) set() ([]member.Constituency, error) {
	var out []member.Constituency
	for i, c := range b.Constituencies {
		if err := checkRule("constituencies["+strconv.Itoa(i)+"].rule", c.Rule); err != nil {
			return nil, err
		}
		out = append(out, member.Constituency{Code: c.Code, Name: c.Name, Rule: c.Rule, Ref: c.Reference, Position: i + 1})
	}
	return out, nil
}

type constituenciesPreviewJSON struct {
	On       law.Date      `json:"on" doc:"The day that was looked at: today, or the first day if that is later."`
	People   int           `json:"people"`
	Sizes    []sizeJSON    `json:"sizes"`
	Overlaps []overlapJSON `json:"overlaps" doc:"Pairs of rules that fit the same people."`
	None     int           `json:"none" doc:"People whom no rule fits."`
	Unclear  int           `json:"unclear" doc:"People of whom it cannot be told."`
}

type sizeJSON struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	People int    `json:"people"`
}

type overlapJSON struct {
	First  string `json:"first" doc:"The code of the constituency that has them."`
	Second string `json:"second"`
	People int    `json:"people"`
}

func constituenciesOf(p member.ConstituencyPreview) constituenciesPreviewJSON {
	out := constituenciesPreviewJSON{On: p.On, People: p.People, None: p.None, Unclear: p.Unclear}
	for _, s := range p.Sizes {
		out.Sizes = append(out.Sizes, sizeJSON(s))
	}
	for _, o := range p.Overlaps {
		out.Overlaps = append(out.Overlaps, overlapJSON{o.First, o.Second, o.People})
	}
	return out
}

// apiPreviewConstituencies says what a set would do. Nothing changes.
func (v *visit) apiPreviewConstituencies(p classParams, b constituenciesJSON) (constituenciesPreviewJSON, error) {
	set, err := b.set()
	if err != nil {
		return constituenciesPreviewJSON{}, err
	}
	preview, err := v.house.Members.PreviewConstituencies(v.ctx, v.org.ID, p.Class, b.Starts, set)
	return constituenciesOf(preview), err
}

// apiSaveConstituencies decides it.
func (v *visit) apiSaveConstituencies(p classParams, b constituenciesJSON) (constituenciesPreviewJSON, error) {
	set, err := b.set()
	if err != nil {
		return constituenciesPreviewJSON{}, err
	}
	preview, err := v.house.Members.SaveConstituencies(v.ctx, v.actor.Person, v.org.ID, p.Class, b.Starts, set)
	return constituenciesOf(preview), err
}
