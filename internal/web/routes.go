package web

import (
	"net/http"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/static"
)

// route is one thing that can be asked of the server. The table below is all
// of them: what is not in it is not there.
type route struct {
	pattern string        // "METHOD /path", as net/http matches it
	action  policy.Action // asked of policy before the handler runs
	serve   func(v *visit) error
	own     bool  // the action is on the visitor's own things
	fresh   bool  // it changes how the visitor signs in, so they must just have done so
	upload  int64 // bytes the request may carry, where it is more than a form
}

// routes is the complete table, by wing.
func (s *Server) routes() []route {
	return append([]route{
		// Anybody.
		{pattern: "GET /{$}", action: policy.FrontView, serve: s.frontShow},
		{pattern: "GET /brand.css", action: policy.FrontView, serve: s.brandStyle},
		{pattern: "GET /brand.svg", action: policy.FrontView, serve: s.brandIcon},
		{pattern: "GET /favicon.ico", action: policy.FrontView, serve: s.brandIcon},
		{pattern: "GET /help", action: policy.HelpView, serve: s.helpShow},
		{pattern: "GET /accessibility", action: policy.HelpView, serve: s.accessibilityShow},
		{pattern: "GET /privacy", action: policy.HelpView, serve: s.privacyShow},
		{pattern: "GET /record", action: policy.RecordView, serve: s.recordShow},
		{pattern: "GET /record/checkpoint", action: policy.RecordView, serve: s.recordCheckpoint},
		{pattern: "GET /record/key", action: policy.RecordView, serve: s.recordKey},
		{pattern: "GET /record/leaves", action: policy.RecordView, serve: s.recordLeaves},
		{pattern: "GET /record/consistency", action: policy.RecordCheck, serve: s.recordConsistency},
		{pattern: "GET /record/proof/{seq}", action: policy.RecordCheck, serve: s.recordProof},
		{pattern: "GET /record/export", action: policy.RecordExport, serve: s.recordExportShow},
		{pattern: "POST /record/export", action: policy.RecordExport, serve: s.recordExportTake},

		// Published figures, open to anybody; the files hold the same.
		{pattern: "GET /evidence", action: policy.EvidenceView, serve: s.evidenceShow},
		{pattern: "GET /evidence/mutuals", action: policy.EvidenceView, serve: s.evidenceMutuals},
		{pattern: "GET /evidence/mutuals.csv", action: policy.EvidenceExport, serve: s.evidenceMutualsFile},
		{pattern: "GET /evidence/mutuals.json", action: policy.EvidenceExport, serve: s.evidenceMutualsFile},
		{pattern: "GET /evidence/absence", action: policy.EvidenceView, serve: s.evidenceAbsence},
		{pattern: "GET /evidence/absence.csv", action: policy.EvidenceExport, serve: s.evidenceAbsenceFile},
		{pattern: "GET /evidence/absence.json", action: policy.EvidenceExport, serve: s.evidenceAbsenceFile},
		{pattern: "GET /evidence/organisations", action: policy.EvidenceView, serve: s.evidenceOrganisations},
		{pattern: "GET /evidence/organisations.csv", action: policy.EvidenceExport, serve: s.evidenceOrganisationsFile},
		{pattern: "GET /evidence/organisations.json", action: policy.EvidenceExport, serve: s.evidenceOrganisationsFile},
		{pattern: "GET /evidence/organisations/{ods}", action: policy.EvidenceView, serve: s.evidenceOrganisation},
		{pattern: "GET /evidence/imports", action: policy.PublishedImport, serve: s.evidenceImports},
		{pattern: "GET /evidence/imports.csv", action: policy.PublishedImport, serve: s.evidenceImportsFile},
		{pattern: "GET /evidence/imports.json", action: policy.PublishedImport, serve: s.evidenceImportsFile},
		{pattern: "GET /evidence/imports/{id}", action: policy.PublishedImport, serve: s.evidenceImport},

		// Signing in and out.
		{pattern: "GET /sign-in", action: policy.SignIn, serve: s.signInShow},
		{pattern: "POST /sign-in", action: policy.SignIn, serve: s.signInSend},
		{pattern: "GET /sign-in/code", action: policy.SignIn, serve: s.signInCodeShow},
		{pattern: "POST /sign-in/code", action: policy.SignIn, serve: s.signInCodeCheck},
		{pattern: "POST /sign-in/passkey", action: policy.SignIn, serve: s.passkeySignInBegin},
		{pattern: "POST /sign-in/passkey/answer", action: policy.SignIn, serve: s.passkeySignInFinish},
		{pattern: "POST /sign-in/with/{provider}", action: policy.SignIn, serve: s.openIDBegin},
		{pattern: "GET /sign-in/back", action: policy.SignIn, serve: s.openIDFinish},
		{pattern: "POST /sign-out", action: policy.SignIn, serve: s.signOut},
		{pattern: "GET /demo", action: policy.DemoSignIn, serve: s.demoShow},
		{pattern: "POST /demo", action: policy.DemoSignIn, serve: s.demoSignIn},
		{pattern: "POST /demo/clock", action: policy.DemoSignIn, serve: s.demoSkip},
		{pattern: "GET /demo/drawer", action: policy.DemoSignIn, serve: s.demoDrawer},

		// One's own.
		{pattern: "GET /home", action: policy.HomeView, own: true, serve: s.homeShow},
		{pattern: "GET /account", action: policy.AccountManageOwn, own: true, serve: s.accountShow},
		{pattern: "GET /account/office", action: policy.AccountManageOwn, own: true, serve: s.accountOffice},
		{pattern: "GET /account/email", action: policy.EmailChangeOwn, own: true, fresh: true, serve: s.emailShow},
		{pattern: "POST /account/email", action: policy.EmailChangeOwn, own: true, fresh: true, serve: s.emailAsk},
		{pattern: "GET /account/email/code", action: policy.EmailChangeOwn, own: true, serve: s.emailCodeShow},
		{pattern: "POST /account/email/code", action: policy.EmailChangeOwn, own: true, serve: s.emailCodeCheck},
		{pattern: "POST /account/passkey", action: policy.PasskeyManageOwn, own: true, fresh: true, serve: s.passkeyAddBegin},
		{pattern: "POST /account/passkey/answer", action: policy.PasskeyManageOwn, own: true, fresh: true, serve: s.passkeyAddFinish},
		{pattern: "POST /account/passkey/{id}/remove", action: policy.PasskeyManageOwn, own: true, fresh: true, serve: s.passkeyRemove},
		{pattern: "POST /account/session/{id}/end", action: policy.SessionManageOwn, own: true, serve: s.sessionEnd},
		{pattern: "POST /account/token", action: policy.TokenManageOwn, own: true, fresh: true, serve: s.tokenCreate},
		{pattern: "POST /account/token/{id}/revoke", action: policy.TokenManageOwn, own: true, serve: s.tokenRevoke},

		// The staff list.
		{pattern: "GET /staff", action: policy.StaffView, serve: s.staffShow},
		{pattern: "GET /staff.csv", action: policy.StaffView, serve: s.staffFile},
		{pattern: "GET /staff.json", action: policy.StaffView, serve: s.staffFile},
		{pattern: "GET /staff/{id}", action: policy.StaffView, serve: s.staffPerson},
		{pattern: "GET /staff/imports", action: policy.StaffView, serve: s.staffImportList},
		{pattern: "GET /staff/imports/new", action: policy.StaffImport, serve: s.staffImportNew},
		{pattern: "POST /staff/imports", action: policy.StaffImport, serve: s.staffImportRead, upload: staffUpload},
		{pattern: "GET /staff/imports/{id}", action: policy.StaffView, serve: s.staffImportShow},
		{pattern: "GET /staff/imports/{id}/people", action: policy.StaffView, serve: s.staffImportPeople},
		{pattern: "GET /staff/uploads/{id}/mapping", action: policy.StaffImport, serve: s.staffMappingShow},
		{pattern: "POST /staff/uploads/{id}/mapping", action: policy.StaffProfileEdit, serve: s.staffMappingSave},
		{pattern: "GET /staff/uploads/{id}", action: policy.StaffImport, serve: s.staffUploadShow},
		{pattern: "GET /staff/uploads/{id}/review", action: policy.StaffImport, serve: s.staffUploadReview},
		{pattern: "GET /staff/uploads/{id}/{part}", action: policy.StaffImport, serve: s.staffUploadList},
		{pattern: "POST /staff/uploads/{id}/apply", action: policy.StaffImport, serve: s.staffUploadApply},
		{pattern: "POST /staff/uploads/{id}/discard", action: policy.StaffImport, serve: s.staffUploadDiscard},

		// Offices. Who may appoint or end depends on the office, so those handlers ask again.
		{pattern: "GET /officers", action: policy.OfficerView, serve: s.officerList},
		{pattern: "GET /officers/appoint", action: policy.OfficerView, serve: s.officerAppoint},
		{pattern: "POST /officers/appoint", action: policy.OfficerView, serve: s.officerAppointDo},
		{pattern: "POST /officers/appoint/person", action: policy.PersonEdit, serve: s.officerAdd},
		{pattern: "GET /officers/{id}", action: policy.OfficerView, serve: s.officerShow},
		{pattern: "GET /officers/{id}/end", action: policy.OfficerView, serve: s.officerEnd},
		{pattern: "POST /officers/{id}/end", action: policy.OfficerView, serve: s.officerEndDo},

		// The organisation itself.
		{pattern: "GET /organisation", action: policy.OrganisationView, serve: s.organisationShow},
		{pattern: "GET /organisation/edit", action: policy.OrganisationEdit, serve: s.organisationEdit},
		{pattern: "POST /organisation/edit", action: policy.OrganisationEdit, serve: s.organisationSave},
		{pattern: "GET /organisation/brand", action: policy.OrganisationEdit, serve: s.organisationBrand},
		{pattern: "POST /organisation/brand", action: policy.OrganisationEdit, serve: s.organisationBrandSave},
		{pattern: "GET /organisation/brand.css", action: policy.OrganisationEdit, serve: s.organisationBrandStyle},

		// Messages.
		{pattern: "GET /notices", action: policy.NoticeViewOwn, own: true, serve: s.noticeList},
		{pattern: "GET /notices/preferences", action: policy.NoticePreferences, own: true, serve: s.noticePreferences},
		{pattern: "POST /notices/preferences", action: policy.NoticePreferences, own: true, serve: s.noticePreferencesSave},
		{pattern: "GET " + notice.StopPath + "{token}", action: anybody, serve: s.noticeStopShow},
		{pattern: "POST " + notice.StopPath + "{token}", action: anybody, serve: s.noticeStopDo},
		{pattern: "GET /notices/delivery", action: policy.NoticeDeliveryView, serve: s.noticeDelivery},
		{pattern: "POST /notices/delivery/{id}/resend", action: policy.NoticeSend, serve: s.noticeResend},
		{pattern: "POST /notices/delivery/{id}/dismiss", action: policy.NoticeSend, serve: s.noticeDismiss},
		{pattern: "GET /notices/letters", action: policy.NoticeDeliveryView, serve: s.noticeLetters},
		{pattern: "GET /notices/letters/{id}", action: policy.NoticeDeliveryView, serve: s.noticeLetter},
		{pattern: "POST /notices/letters/posted", action: policy.NoticeSend, serve: s.noticePosted},

		// The machine, without anything about a person.
		{pattern: "GET /machine", action: policy.MachineView, serve: s.machineShow},
		{pattern: "POST /machine/jobs/{id}/retry", action: policy.JobsRetry, serve: s.machineRetry},
		{pattern: "POST /machine/jobs/{id}/discard", action: policy.JobsRetry, serve: s.machineDiscard},

		// One's own membership.
		{pattern: "GET /membership", action: policy.MemberViewOwn, own: true, serve: s.membershipShow},
		{pattern: "GET /membership/who-sees", action: policy.MemberViewOwn, own: true, serve: s.seesShow},
		{pattern: "GET /membership/receipt/{seq}", action: policy.MemberViewOwn, own: true, serve: s.receiptShow},
		{pattern: "GET /membership/apply", action: policy.MemberApply, own: true, serve: s.applyShow},
		{pattern: "POST /membership/apply", action: policy.MemberApply, own: true, serve: s.applyAnswer},
		{pattern: "GET /membership/apply/review", action: policy.MemberApply, own: true, serve: s.applyReview},
		{pattern: "POST /membership/apply/send", action: policy.MemberApply, own: true, serve: s.applySend},
		{pattern: "GET /membership/apply/withdraw", action: policy.MemberApply, own: true, serve: s.applicationWithdrawShow},
		{pattern: "POST /membership/apply/withdraw", action: policy.MemberApply, own: true, serve: s.applicationWithdrawSend},
		{pattern: "GET /membership/withdraw", action: policy.MemberWithdraw, own: true, serve: s.withdrawShow},
		{pattern: "POST /membership/withdraw", action: policy.MemberWithdraw, own: true, serve: s.withdrawSend},
		{pattern: "GET /membership/opt-out", action: policy.MemberWithdraw, own: true, serve: s.optOutShow},
		{pattern: "POST /membership/opt-out", action: policy.MemberWithdraw, own: true, serve: s.optOutSend},
		{pattern: "GET /membership/opt-in", action: policy.MemberApply, own: true, serve: s.optInShow},
		{pattern: "POST /membership/opt-in", action: policy.MemberApply, own: true, serve: s.optInSend},

		// The register of members.
		{pattern: "GET /register", action: policy.RegisterView, serve: s.registerShow},
		{pattern: "POST /register/copies", action: policy.RegisterExport, serve: s.registerTake},
		{pattern: "GET /register/print", action: policy.RegisterExport, serve: s.registerPrint},
		{pattern: "GET /register/inspect", action: policy.RegisterInspect, serve: s.registerInspect},
		{pattern: "GET /register/new", action: policy.MemberApplyFor, serve: s.registerNew},
		{pattern: "GET /register/members/{id}", action: policy.MemberViewAny, serve: s.memberShow},
		{pattern: "GET /register/people/{person}", action: policy.MemberViewAny, serve: s.personShow},
		{pattern: "GET /register/people/{person}/details", action: policy.PersonEdit, serve: s.personEditShow},
		{pattern: "POST /register/people/{person}/details", action: policy.PersonEdit, serve: s.personEdit},
		{pattern: "GET /register/people/{person}/apply", action: policy.MemberApplyFor, serve: s.memberApplyShow},
		{pattern: "POST /register/people/{person}/apply", action: policy.MemberApplyFor, serve: s.memberApply},
		{pattern: "GET /register/people/{person}/admit", action: policy.MemberAdmit, serve: s.memberAdmitShow},
		{pattern: "POST /register/people/{person}/admit", action: policy.MemberAdmit, serve: s.memberAdmit},
		{pattern: "GET /register/people/{person}/refuse", action: policy.MemberAdmit, serve: s.memberRefuseShow},
		{pattern: "POST /register/people/{person}/refuse", action: policy.MemberAdmit, serve: s.memberRefuse},
		{pattern: "GET /register/people/{person}/reinstate", action: policy.MemberRecord, serve: s.memberReinstateShow},
		{pattern: "POST /register/people/{person}/reinstate", action: policy.MemberRecord, serve: s.memberReinstate},
		{pattern: "GET /register/people/{person}/expel", action: policy.MemberRecord, serve: s.memberExpelShow},
		{pattern: "POST /register/people/{person}/expel", action: policy.MemberRecord, serve: s.memberExpel},
		{pattern: "GET /register/people/{person}/die", action: policy.MemberRecord, serve: s.memberDieShow},
		{pattern: "POST /register/people/{person}/die", action: policy.MemberRecord, serve: s.memberDie},
		{pattern: "GET /register/people/{person}/void/{fact}", action: policy.MemberRecord, serve: s.memberVoidShow},
		{pattern: "POST /register/people/{person}/void/{fact}", action: policy.MemberRecord, serve: s.memberVoid},
		{pattern: "GET /applications", action: policy.MemberAdmit, serve: s.applicationList},
		{pattern: "GET /applications/admit", action: policy.MemberAdmit, serve: s.applicationsAdmitShow},
		{pattern: "POST /applications/admit", action: policy.MemberAdmit, serve: s.applicationsAdmit},

		// The rule-book of membership.
		{pattern: "GET /classes", action: policy.MemberClassView, serve: s.classList},
		{pattern: "GET /classes/new", action: policy.MemberClassEdit, serve: s.classEditShow},
		{pattern: "POST /classes/new", action: policy.MemberClassEdit, serve: s.classEdit},
		{pattern: "GET /classes/{code}/edit", action: policy.MemberClassEdit, serve: s.classEditShow},
		{pattern: "POST /classes/{code}/edit", action: policy.MemberClassEdit, serve: s.classEdit},
		{pattern: "GET /classes/{code}/constituencies", action: policy.ConstituencyEdit, serve: s.classPartsShow},
		{pattern: "POST /classes/{code}/constituencies", action: policy.ConstituencyEdit, serve: s.classParts},

		// Control by staff, and the law.
		{pattern: "GET /control", action: policy.ControlView, serve: s.controlShow},
		{pattern: "GET /control.csv", action: policy.ControlView, serve: s.controlFile},
		{pattern: "GET /control.json", action: policy.ControlView, serve: s.controlFile},
		{pattern: "GET /law", action: policy.LawView, serve: s.lawList},
		{pattern: "GET /law/{id}", action: policy.LawView, serve: s.lawShow},

		// Requests to inspect the register.
		{pattern: "GET /inspection", action: policy.RegisterInspectRequest, serve: s.inspectionShow},
		{pattern: "POST /inspection", action: policy.RegisterInspectRequest, serve: s.inspectionAsk},
		{pattern: "GET /inspection/review", action: policy.RegisterInspectRequest, serve: s.inspectionReview},
		{pattern: "POST /inspection/send", action: policy.RegisterInspectRequest, serve: s.inspectionSend},
		{pattern: "GET /inspection/requests/{id}", action: policy.RegisterInspectRequest, serve: s.inspectionReceipt},
		{pattern: "GET /inspections", action: policy.RegisterInspectAnswer, serve: s.inspectionList},
		{pattern: "GET /inspections/{id}", action: policy.RegisterInspectAnswer, serve: s.inspectionRequest},
		{pattern: "GET /inspections/{id}/copy.csv", action: policy.RegisterInspectAnswer, serve: s.inspectionCopy},
		{pattern: "GET /inspections/{id}/{act}", action: policy.RegisterInspectAnswer, serve: s.inspectionActShow},
		{pattern: "POST /inspections/{id}/{act}", action: policy.RegisterInspectAnswer, serve: s.inspectionActSend},

		// Shares. The acts follow: see share_act.go.
		{pattern: "GET /shares", action: policy.ShareViewAny, serve: s.shareShow},
		{pattern: "GET /shares/holdings", action: policy.ShareViewAny, serve: s.shareHoldings},
		{pattern: "GET /shares/holdings.csv", action: policy.ShareViewAny, serve: s.shareHoldingsFile},
		{pattern: "GET /shares/holdings.json", action: policy.ShareViewAny, serve: s.shareHoldingsFile},
		{pattern: "GET /shares/ledger", action: policy.ShareViewAny, serve: s.shareLedger},
		{pattern: "GET /shares/ledger.csv", action: policy.ShareViewAny, serve: s.shareLedgerFile},
		{pattern: "GET /shares/ledger.json", action: policy.ShareViewAny, serve: s.shareLedgerFile},
		{pattern: "GET /shares/entries/{id}", action: policy.ShareViewAny, serve: s.shareEntry},
		{pattern: "POST /shares/entries/{id}/unpay", action: policy.ShareRedeem, serve: s.shareUnpay},
		{pattern: "GET /shares/reverse", action: policy.ShareReverse, serve: s.shareReverseFind},
		{pattern: "POST /shares/reverse", action: policy.ShareReverse, serve: s.shareReverseChoose},
		{pattern: "GET /shares/entries/{id}/reverse", action: policy.ShareReverse, serve: s.shareReverseShow},
		{pattern: "POST /shares/entries/{id}/reverse", action: policy.ShareReverse, serve: s.shareReverse},
		{pattern: "GET /shares/leaving", action: policy.ShareCancel, serve: s.shareLeaving},
		{pattern: "POST /shares/leaving", action: policy.ShareCancel, serve: s.shareLeavingCancel},
		{pattern: "GET /shares/payments", action: policy.ShareViewAny, serve: s.sharePayments},
		{pattern: "POST /shares/payments", action: policy.ShareRedeem, serve: s.sharePay},
		{pattern: "GET /shares/classes/new", action: policy.ShareClassEdit, serve: s.shareClassNew},
		{pattern: "POST /shares/classes/new", action: policy.ShareClassEdit, serve: s.shareClassCheck},
		{pattern: "GET /shares/classes/new/review", action: policy.ShareClassEdit, serve: s.shareClassReview},
		{pattern: "POST /shares/classes", action: policy.ShareClassEdit, serve: s.shareClassMake},
		{pattern: "GET /shares/classes/{id}", action: policy.ShareViewAny, serve: s.shareClass},
		{pattern: "GET /shares/classes/{id}/close", action: policy.ShareClassEdit, serve: s.shareClassCloseShow},
		{pattern: "POST /shares/classes/{id}/close", action: policy.ShareClassEdit, serve: s.shareClassClose},

		// Share certificates, and rights and roles without capital.
		{pattern: "GET /shares/certificates", action: policy.CertificateViewAny, serve: s.certificateList},
		{pattern: "POST /shares/certificates", action: policy.CertificateIssue, serve: s.certificateIssue},
		{pattern: "GET /shares/certificates/{id}", action: policy.CertificateViewAny, serve: s.certificateShow},
		{pattern: "GET /shares/certificates/{id}/cancel", action: policy.CertificateIssue, serve: s.certificateCancelShow},
		{pattern: "POST /shares/certificates/{id}/cancel", action: policy.CertificateIssue, serve: s.certificateCancel},
		{pattern: "GET /membership/certificates/{id}", action: policy.CertificateOwn, own: true, serve: s.certificateOwn},
		{pattern: "GET /stakes", action: policy.StakeViewAny, serve: s.stakeList},
		{pattern: "GET /stakes/new", action: policy.StakeGrant, serve: s.stakeNew},
		{pattern: "POST /stakes/new", action: policy.StakeGrant, serve: s.stakeFind},
		{pattern: "POST /stakes", action: policy.StakeGrant, serve: s.stakeGrant},
		{pattern: "GET /stakes/{id}", action: policy.StakeViewAny, serve: s.stakeShow},
		{pattern: "GET /stakes/{id}/use", action: policy.StakeUseRecord, serve: s.stakeUseShow},
		{pattern: "POST /stakes/{id}/use", action: policy.StakeUseRecord, serve: s.stakeUse},
		{pattern: "GET /stakes/{id}/end", action: policy.StakeGrant, serve: s.stakeEndShow},
		{pattern: "POST /stakes/{id}/end", action: policy.StakeGrant, serve: s.stakeEnd},

		// A joint venture.
		{pattern: "GET /venture", action: policy.VentureView, serve: s.ventureShow},
		{pattern: "GET /venture/parents/new", action: policy.VentureEdit, serve: s.ventureParentNew},
		{pattern: "POST /venture/parents", action: policy.VentureEdit, serve: s.ventureParentSet},
		{pattern: "GET /venture/parents/{id}/end", action: policy.VentureEdit, serve: s.ventureParentEndShow},
		{pattern: "POST /venture/parents/{id}/end", action: policy.VentureEdit, serve: s.ventureParentEnd},
		{pattern: "GET /venture/matters/new", action: policy.VentureEdit, serve: s.ventureMatterNew},
		{pattern: "POST /venture/matters", action: policy.VentureEdit, serve: s.ventureMatterReserve},
		{pattern: "GET /venture/matters/{id}/release", action: policy.VentureEdit, serve: s.ventureMatterReleaseShow},
		{pattern: "POST /venture/matters/{id}/release", action: policy.VentureEdit, serve: s.ventureMatterRelease},

		// For programs. The operations follow: see api_operations.go.
		{pattern: "GET /api", action: policy.APIOpenAPI, serve: s.apiShow},
		{pattern: "GET /api/openapi.json", action: policy.APIOpenAPI, serve: s.openAPIShow},
		// The searches, the files of lists and the acts on shares follow from tables of their own, as the operations do.
	}, slices.Concat(s.claimRoutes(), s.studyRoutes(), s.voteRoutes(), s.conductRoutes(), s.boardRoutes(), s.keyRoutes(), s.credentialRoutes(), s.paperRoutes(), s.actionRoutes(), s.friendsRoutes(), s.waveRoutes(), s.resultRoutes(), s.surveyRoutes(), s.packRoutes(), s.layoutRoutes(), s.searchRoutes(), s.listFileRoutes(), s.shareActRoutes(), s.apiRoutes())...)
}

// mux builds the server's multiplexer: every route asks policy first.
func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	s.apiMux = http.NewServeMux()
	s.patterns = map[string]bool{}
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.handler(r))
		s.patterns[r.pattern] = true
		if strings.Contains(r.pattern, " /api/") {
			s.apiMux.Handle(r.pattern, http.NotFoundHandler())
		}
	}
	mux.Handle("/api/", s.handler(route{action: anybody, serve: s.apiElsewhere}))
	mux.Handle("GET "+static.BoothPrefix, s.assets.Booth())
	mux.Handle("/", s.handler(route{action: anybody, serve: func(*visit) error {
		return fault.Errorf(fault.NotFound, "nothing is at this address; it may be mistyped, or what it led to has gone")
	}}))
	return mux
}

// Route is one line of the route table, for tests and for the manual.
type Route struct {
	Method, Path string
	Action       policy.Action
	Own          bool
}

// Routes are all that can be asked of the server, but for the built files.
func (s *Server) Routes() []Route {
	var out []Route
	for _, r := range s.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		out = append(out, Route{method, path, r.action, r.own})
	}
	return out
}
