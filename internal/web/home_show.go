package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

type homePage struct {
	Waits      page.Waits
	Nothing    page.Panel
	Why        string
	News       page.News
	Membership page.Defs
	May        page.Links
}

// homeShow is where a signed-in person begins: what waits, what is new, what
// they may do.
func (s *Server) homeShow(v *visit) error {
	status, err := v.house.Members.Status(v.ctx, v.actor.Org, v.actor.Person, v.today())
	if err != nil {
		return err
	}
	p := homePage{Membership: v.membershipDefs(status), May: v.mayDo(status)}
	if p.Waits, err = v.waits(status); err != nil {
		return err
	}
	if p.News, err = v.news(); err != nil {
		return err
	}
	p.Nothing = page.Empty("Nothing waits for you", "When somebody needs you to decide or to answer, it stands here.", page.Link{})
	p.Why = v.why(status)
	f := v.frame()
	f.Heading = v.greeting()
	f.Sentence = waitsSentence(len(p.Waits))
	f.Data = p
	return v.show(http.StatusOK, "home", f)
}

// greeting goes by the clock in London.
func (v *visit) greeting() string {
	given, _, _ := strings.Cut(v.actor.Name, " ")
	switch hour := londonHour(v.now); {
	case hour < 12:
		return "Good morning, " + given
	case hour < 18:
		return "Good afternoon, " + given
	default:
		return "Good evening, " + given
	}
}

func waitsSentence(n int) string {
	switch n {
	case 0:
		return "Nothing waits for you today."
	case 1:
		return "One thing waits for you."
	default:
		return page.Begin(said(page.Words(n))) + " things wait for you."
	}
}

func (v *visit) why(status member.Status) string {
	var parts []string
	for _, role := range v.actor.Roles {
		if role.Appointed() {
			parts = append(parts, "you are the "+role.Title())
		}
	}
	if status.State == member.Member {
		where := "you are a member"
		if status.ConstituencyName != "" {
			where += " in the constituency " + status.ConstituencyName
		}
		parts = append(parts, where)
	}
	if len(parts) == 0 {
		return ""
	}
	return "You see this because " + page.List(parts) + "."
}

func (v *visit) membershipDefs(s member.Status) page.Defs {
	switch s.State {
	case member.Member:
		defs := page.Defs{{Term: "Member since", Fact: v.day(s.Since)}, {Term: "Class", Fact: s.ClassName}}
		if s.ConstituencyName != "" {
			defs = append(defs, page.Def{Term: "Constituency", Fact: s.ConstituencyName})
		}
		if !s.Ends.IsZero() {
			defs = append(defs, page.Def{Term: "Ends", Fact: v.day(s.Ends)})
		}
		return defs
	case member.Applicant:
		return page.Defs{{Term: "Applied", Fact: v.day(s.Since)}, {Term: "Class", Fact: s.ClassName}}
	}
	return nil
}

// mayDo lists what the person may do, by their roles.
func (v *visit) mayDo(s member.Status) page.Links {
	var out page.Links
	add := func(action policy.Action, text, href string) {
		if v.can(action) {
			out = append(out, page.LinkLine{Text: text, Href: href})
		}
	}
	if s.State != member.Member && s.State != member.Applicant {
		add(policy.MemberApply, "Apply for membership", "/membership/apply")
	}
	add(policy.RegisterView, "Look in the register", "/register")
	add(policy.StaffImport, "Load a staff list", "/staff/imports/new")
	add(policy.ShareViewAny, "See the share ledger", "/shares")
	add(policy.OfficerAppoint, "Appoint an officer", "/officers")
	add(policy.RegisterInspect, "Inspect the register", "/register/inspect")
	add(policy.ControlView, "See how much of the vote staff hold", "/control")
	add(policy.MachineView, "See how the machine is", "/machine")
	add(policy.RecordExport, "Download the whole record", "/record/export")
	add(policy.NoticeViewOwn, "Read your messages", "/notices")
	add(policy.EvidenceView, "See how mutuals compare", "/evidence")
	return out
}
