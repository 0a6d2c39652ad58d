package web

import (
	"commonweal/internal/base/notice"
	"commonweal/internal/own/share"
)

// What a page changes, a program can change. The two tables below hold every
// page that takes a form: either the operations that do the same, or why there is
// none. A test goes through the route table with them.

// byProgram names for each such page the operations that do what it does, or what
// the form that it is a step of does.
var byProgram = map[string][]string{
	"POST /record/export": {"exportRecord"},

	"POST /staff/imports":              {"dryRunStaffList"},
	"POST /staff/uploads/{id}/mapping": {"saveStaffProfile"},
	"POST /staff/uploads/{id}/apply":   {"applyStaffList"},
	"POST /staff/uploads/{id}/discard": {"discardStaffList"},
	"POST /officers/appoint/person":    {"addPerson"},
	"POST /notices/preferences":        {"choosePreference"},
	"POST /machine/jobs/{id}/retry":    {"retryJob"},
	"POST /machine/jobs/{id}/discard":  {"discardJob"},

	"POST /membership/apply":          {"applyForMembership"},
	"POST /membership/apply/send":     {"applyForMembership"},
	"POST /membership/apply/withdraw": {"takeBackApplication"},
	"POST /membership/withdraw":       {"withdrawFromMembership", "withdrawConsent"},
	"POST /membership/opt-out":        {"optOut"},
	"POST /membership/opt-in":         {"optIn"},

	"POST /register/people/{person}/apply":       {"enterApplication"},
	"POST /register/people/{person}/admit":       {"admit"},
	"POST /register/people/{person}/refuse":      {"refuse"},
	"POST /register/people/{person}/reinstate":   {"reinstateMember"},
	"POST /register/people/{person}/expel":       {"expelMember"},
	"POST /register/people/{person}/die":         {"recordDeath"},
	"POST /register/people/{person}/void/{fact}": {"strikeOutFact"},
	"POST /staff/find":                           {"findStaff"},
	"POST /register/new/find":                    {"findPeople"},
	"POST /register/people/{person}/details":     {"correctPerson"},
	"POST /register/copies":                      {"copyRegister"},
	"POST /applications/admit":                   {"admitApplicants"},

	"POST /classes/new":                   {"previewClass", "saveClass"},
	"POST /classes/{code}/edit":           {"previewClass", "saveClass"},
	"POST /classes/{code}/constituencies": {"previewConstituencies", "saveConstituencies"},

	"POST /inspection":             {"askToInspect"},
	"POST /inspection/send":        {"askToInspect"},
	"POST /inspections/{id}/{act}": {"answerInspection", "refuseInspection", "askCourtAboutInspection", "closeWithdrawnInspection"},

	"POST /shares/entries/{id}/unpay":            {"takeBackSharePayment"},
	"POST /shares/reverse":                       {"reverseShareEntry"},
	"POST /shares/entries/{id}/reverse":          {"reverseShareEntry"},
	"POST /shares/leaving":                       {"cancelSharesOfLeavers"},
	"POST /shares/payments":                      {"paySharesBack"},
	"POST /shares/classes/new":                   {"makeShareClass"},
	"POST /shares/classes":                       {"makeShareClass"},
	"POST /shares/classes/{id}/close":            {"closeShareClass"},
	"POST /shares/certificates":                  {"issueCertificate", "issueCertificates"},
	"POST /shares/certificates/{id}/cancel":      {"cancelCertificate"},
	"POST /stakes/new":                           {"grantStake"},
	"POST /stakes":                               {"grantStake"},
	"POST /stakes/{id}/use":                      {"useStake"},
	"POST /stakes/{id}/end":                      {"endStake"},
	"POST /venture/parents":                      {"setParent"},
	"POST /venture/parents/{id}/end":             {"endParent"},
	"POST /venture/matters":                      {"reserveMatter"},
	"POST /venture/matters/{id}/release":         {"releaseMatter"},
	"POST /shares/transfer/{member}/{to}":        {"transferShares"},
	"POST /shares/transfer/{member}/{to}/review": {"transferShares"},
}

func init() {
	for kind, operation := range map[share.Kind]string{
		share.Issue: "issueShares", share.Transfer: "transferShares", share.Convert: "convertShares", share.Redeem: "redeemShares", share.Cancel: "cancelShares",
	} {
		at := "POST " + shareActs[kind].path()
		byProgram[at], byProgram[at+"/{member}"] = []string{operation}, []string{operation}
		if kind != share.Transfer {
			byProgram[at+"/{member}/review"] = []string{operation}
		}
	}
}

// pageAlone says of a page that takes a form why no operation does the same.
type pageAlone string

const (
	signingIn       pageAlone = "how somebody signs in is between them and their browser; a program comes with a token"
	inPerson        pageAlone = "policy lets no token do this: it is kept for somebody who has signed in themselves"
	onlyLooks       pageAlone = "it looks for somebody in a list and changes nothing; a program gets the whole list"
	inDemonstration pageAlone = "only a demonstration has a clock that visitors move"
	byMail          pageAlone = "the link in a message is its own proof, for people who do not sign in"
)

// pagesAlone are those pages.
var pagesAlone = map[string]pageAlone{
	"POST /sign-in":                     signingIn,
	"POST /sign-in/code":                signingIn,
	"POST /sign-in/passkey":             signingIn,
	"POST /sign-in/passkey/answer":      signingIn,
	"POST /sign-in/with/{provider}":     signingIn,
	"POST /sign-out":                    signingIn,
	"POST /demo":                        signingIn,
	"POST /demo/clock":                  inDemonstration,
	"POST /account/email":               signingIn,
	"POST /account/email/code":          signingIn,
	"POST /account/passkey":             signingIn,
	"POST /account/passkey/answer":      signingIn,
	"POST /account/passkey/{id}/remove": signingIn,
	"POST /account/session/{id}/end":    signingIn,
	"POST /account/token":               signingIn,
	"POST /account/token/{id}/revoke":   signingIn,

	"POST /officers/appoint":              inPerson,
	"POST /officers/{id}/end":             inPerson,
	"POST /organisation/edit":             inPerson,
	"POST /organisation/brand":            inPerson,
	"POST /notices/delivery/{id}/resend":  inPerson,
	"POST /notices/delivery/{id}/dismiss": inPerson,
	"POST /notices/letters/posted":        inPerson,

	"POST /register/find":            onlyLooks,
	"POST /register/inspect/find":    onlyLooks,
	"POST /officers/appoint/find":    onlyLooks,
	"POST /shares/holdings/find":     onlyLooks,
	"POST /shares/certificates/find": onlyLooks,

	"POST " + notice.StopPath + "{token}": byMail,
}

// programsAlone says of an operation that takes a body and is on no page's form
// why there is none.
var programsAlone = map[string]string{
	"evaluateRule":        "it keeps nothing; a page shows a rule with what it turns on",
	"proposeStaffProfile": "it keeps nothing; the page for unknown headings begins with it",
}
