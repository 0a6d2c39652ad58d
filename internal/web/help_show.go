package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type helpPage struct {
	Tasks page.Links
	Words []page.Def
	Booth []boardBoothLine
}

// glossary explains the words that the pages use and people may not know.
var glossary = []page.Def{
	{Term: "Member", Fact: "Someone on the register of members today. Working here does not make you a member by itself, unless the rules say so."},
	{Term: "Class", Fact: "A kind of member, such as staff or patients. Each class has its own rule for who may join and when it ends."},
	{Term: "Constituency", Fact: "The part of a class you vote in, such as community nursing. It follows from your post."},
	{Term: "Share", Fact: "What a member holds in the mutual. Here it usually costs £1, pays nothing and ends when you leave."},
	{Term: "Stake", Fact: "A right or a part in running things that does not rest on money, such as a seat that staff fill."},
	{Term: "Register", Fact: "The list of members that the law asks for. It says who joined, when, and when they left."},
	{Term: "Record", Fact: "A list of every change that nobody can alter unseen, because others hold its signed head."},
	{Term: "Head", Fact: "A short number that stands for the whole record so far. We show it as four words so that people can compare it."},
	{Term: "Clear days", Fact: "Whole days between a notice and a meeting. The day of the notice and the day of the meeting do not count."},
	{Term: "Working day", Fact: "Monday to Friday, without the bank holidays of England and Wales."},
	{Term: "Roll", Fact: "The list of those who may vote in one vote. It is made once, from the register, and sealed."},
	{Term: "Booth", Fact: "The page on which you vote. It runs on your own device and locks your ballot there."},
	{Term: "Tracker", Fact: "Four words that stand for your locked ballot. They show that it is there, and to nobody how you voted."},
	{Term: "Voting key, code", Fact: "What signs your ballot, so that nobody else can cast it. Your browser makes the key, or the registrar sends you a code."},
	{Term: "Registrar", Fact: "Whoever makes the codes to vote with. It is never somebody who keeps the register, runs the vote or opens it."},
	{Term: "Keyholder", Fact: "One of three or five people who made the key of a vote together. Most of them are needed to open it."},
	{Term: "Mix", Fact: "Ballots put into an order that nobody knows, each locked anew, with a proof that nothing else was changed."},
	{Term: "Pass", Fact: "What lets you answer a survey once. Your device makes it, and we stamp it without seeing it, so that it has no name."},
	{Term: "Mark", Fact: "What stands for a pass once it is used. It shows that the pass is counted, and to nobody what was answered."},
	{Term: "Likely range", Fact: "Where the true figure probably lies. A score from few people has a wide one."},
	{Term: "Not shown", Fact: "Withheld to protect the people in it. We use the same words for every reason, so that the reason gives nothing away."},
}

func (v *visit) helpTasks() page.Links {
	all := []struct {
		action policy.Action
		line   page.LinkLine
	}{
		{policy.MemberViewOwn, page.LinkLine{Text: "See your membership and your share", Href: "/membership"}},
		{policy.AccountManageOwn, page.LinkLine{Text: "Add a passkey, or see where you are signed in", Href: "/account"}},
		{policy.RegisterView, page.LinkLine{Text: "Look something up in the register", Href: "/register"}},
		{policy.StaffImport, page.LinkLine{Text: "Load a staff list", Href: "/staff"}},
		{policy.RegisterInspectRequest, page.LinkLine{Text: "Ask to inspect the register", Href: "/inspection"}},
		{policy.RecordView, page.LinkLine{Text: "Check the record yourself", Href: "/record"}},
		{policy.PollView, page.LinkLine{Text: "Follow a vote on its public board, and check it", Href: "/board"}},
		{policy.SurveyView, page.LinkLine{Text: "Answer a survey, and see what was found", Href: "/surveys"}},
		{policy.EvidenceView, page.LinkLine{Text: "See how mutuals compare with other NHS organisations", Href: "/evidence"}},
		{policy.LawView, page.LinkLine{Text: "Read the rules we work by, and where they come from", Href: "/law"}},
	}
	var out page.Links
	for _, t := range all {
		if policy.Allow(v.actor, t.action, v.inside()).Allowed || v.actor.Person != "" && v.can(t.action) {
			out = append(out, t.line)
		}
	}
	return out
}

func (s *Server) helpShow(v *visit) error {
	f := v.frame()
	f.Heading = "Help and glossary"
	f.Sentence = "What you can do here, and what our words mean."
	f.Data = helpPage{Tasks: v.helpTasks(), Words: glossary, Booth: s.boardBoothLines()}
	return v.show(http.StatusOK, "help", f)
}

func (s *Server) accessibilityShow(v *visit) error {
	f := v.frame()
	f.Heading = "Accessibility"
	f.Sentence = "These pages are made to work for everyone. Where they do not, we want to know."
	return v.show(http.StatusOK, "accessibility", f)
}
