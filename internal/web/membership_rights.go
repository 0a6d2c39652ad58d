package web

import (
	"net/http"
	"slices"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// right is something that a person may do, and where that is written.
type right struct{ Text, Source string }

func rightOf(text string, p law.Provenance) right { return right{text, sourceNote(p)} }

// rightsOf are the rights of a member under the legal form and the rule-book.
func (v *visit) rightsOf(st standing, held stakePage) []right {
	var out []right
	if st.Status.State == member.Member {
		class, _ := st.class()
		switch {
		case st.Status.Votes == 1 && st.Status.ConstituencyName != "":
			out = append(out, right{Text: "You have one vote, and vote with the other members in " + st.Status.ConstituencyName + "."})
		case st.Status.Votes > 0:
			out = append(out, right{Text: "You have " + count(st.Status.Votes, "vote", "votes") + "."})
		default:
			out = append(out, right{Text: "Members of the class " + class.Name + " have no vote."})
		}
	}
	for _, terms := range held.Terms {
		out = append(out, right{Text: terms})
	}
	if st.Form == nil {
		return out
	}
	audiences := []law.Audience{law.Anyone, law.Interested}
	if st.Status.State == member.Member {
		audiences = []law.Audience{law.OwnEntry, law.Member}
	} else if st.File.MemberID != "" {
		audiences = append([]law.Audience{law.OwnEntry}, audiences...)
	}
	for _, a := range audiences {
		if i, ok := st.Form.Inspection(a); ok {
			out = append(out, rightOf(i.Text, i.Provenance))
		}
	}
	if st.Status.State == member.Member {
		if n, ok := st.Form.Notice("general-meeting"); ok {
			out = append(out, rightOf(n.Text, n.Provenance))
		}
	}
	return out
}

// nextSteps are what the person may do next, as links.
func (v *visit) nextSteps(st standing, all []chance) page.Links {
	var out page.Links
	add := func(path, text, note string) {
		if v.serves(path) {
			out = append(out, page.LinkLine{Text: text, Href: path, Note: note})
		}
	}
	class, known := st.class()
	if st.Status.State == member.Member && v.can(policy.RegisterInspect) {
		if st.Form != nil && slices.ContainsFunc(st.Form.Inspections, func(i law.Inspection) bool { return i.Audience == law.Member }) {
			add("/register/inspect", "Look at the register", "As the law allows a member")
		}
	}
	add("/membership/who-sees", "See who may see what about you", "")
	switch st.Status.State {
	case member.Member:
		if known && class.Admission == member.Automatic {
			add("/membership/opt-out", "Opt out of membership", "")
		} else {
			add("/membership/withdraw", "Withdraw from membership", "You see first what follows from it")
		}
	case member.Applicant:
		add("/membership/apply/withdraw", "Take your application back", "")
	}
	for _, c := range all {
		if c.Class.Admission == member.Automatic && st.Status.State != member.Member && c.Verdict == law.Holds && v.outOf(st.File.Facts, c.Class.Code) {
			out = append(out, page.LinkLine{Text: "Become a member of the class " + c.Class.Name + " again", Href: "/membership/opt-in?class=" + c.Class.Code})
		}
	}
	add("/classes", "Read the rules of membership", "")
	add("/law", "Read the law we work by", "")
	return out
}

// outOf reports whether somebody is out of an automatic class by their own wish.
func (v *visit) outOf(facts []member.Fact, class string) bool {
	out := false
	for _, f := range factsInOrder(facts) {
		if f.Effective.After(v.today()) {
			break
		}
		switch f.Kind {
		case member.OptedOut:
			out = out || f.Class == class
		case member.Withdrew:
			out = true
		case member.OptedIn, member.Reinstated, member.Admitted:
			out = out && f.Class != class
		}
	}
	return out
}

// keeping are the pages inside Membership that an office or the rules open to
// the reader.
func (v *visit) keeping() (page.Links, error) {
	var out page.Links
	for _, l := range []struct {
		action     policy.Action
		path, text string
		note       func() (string, error)
	}{
		{policy.RegisterView, "/register", "Register of members", nil},
		{policy.MemberAdmit, "/applications", "Applications", v.applicationsNote},
		{policy.RegisterInspectAnswer, "/inspections", "Requests to inspect", v.inspectionsNote},
		{policy.StaffView, "/staff", "Staff list", nil},
		{policy.ShareViewAny, "/shares", "Shares", nil},
		{policy.StakeViewAny, "/stakes", "Stakes without capital", nil},
		{policy.MemberClassEdit, "/classes", "Classes and constituencies", nil},
		{policy.ControlView, "/control", "Control by staff", nil},
		{policy.OfficerView, "/officers", "Officers", nil},
		{policy.VentureView, "/venture", "The joint venture’s parents", nil},
		{policy.OrganisationEdit, "/organisation", "The organisation", nil},
		{policy.NoticeDeliveryView, "/notices", "Notices that did not arrive", nil},
	} {
		if !v.can(l.action) || !v.serves(l.path) {
			continue
		}
		line := page.LinkLine{Text: l.text, Href: l.path}
		if l.note != nil {
			note, err := l.note()
			if err != nil {
				return nil, err
			}
			line.Note = note
		}
		out = append(out, line)
	}
	return out, nil
}

func (v *visit) applicationsNote() (string, error) {
	waiting, err := v.house.Members.Applications(v.ctx, v.org.ID, v.today())
	if err != nil || len(waiting) == 0 {
		return "None waits", err
	}
	return page.Begin(count(len(waiting), "waits", "wait")), nil
}

// serves reports whether there is a page at a path, so that no link leads
// nowhere.
func (v *visit) serves(path string) bool {
	return slices.ContainsFunc(v.routes(), func(r route) bool {
		method, at, _ := strings.Cut(r.pattern, " ")
		return method == http.MethodGet && at == path
	})
}
