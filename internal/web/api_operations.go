package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/policy"
)

// operations is the complete table, by wing.
func operations() []operation {
	return slices.Concat(
		group("Organisation",
			reads("/organisation", policy.OrganisationView, "getOrganisation", "The organisation’s public facts", (*visit).apiOrganisation).
				note("With a token, the organisation that it is for; without one, the organisation whose site this is."),
			reads("/me", policy.HomeView, "getMe", "Who the token acts for, and what it may do", (*visit).apiMe),
			reads("/officers", policy.OfficerView, "listOfficers", "Who holds which office on a day", (*visit).apiOfficers),
		),
		group("Mine",
			reads("/me/membership", policy.MemberViewOwn, "getMyMembership", "Your membership on a day, with the reason", (*visit).apiMyMembership),
			does("/me/membership/apply", policy.MemberApply, "applyForMembership", "Apply for membership", http.StatusOK, (*visit).apiApply).
				note("In a class that decides by its rule alone the answer says at once whether you are a member."),
			does("/me/membership/withdraw", policy.MemberWithdraw, "withdrawFromMembership", "Withdraw from membership", http.StatusOK, (*visit).apiWithdraw),
			does("/me/membership/apply/withdraw", policy.MemberApply, "takeBackApplication", "Take your application back", http.StatusOK, (*visit).apiTakeBack),
			does("/me/membership/opt-out", policy.MemberWithdraw, "optOut", "Opt out of a class that takes people in without asking", http.StatusOK, (*visit).apiOptOut),
			does("/me/membership/opt-in", policy.MemberApply, "optIn", "Take back that you opted out", http.StatusOK, (*visit).apiOptIn),
			does("/me/consent/withdraw", policy.MemberWithdraw, "withdrawConsent", "Take back your consent, and with it a membership that rests on it", http.StatusOK, (*visit).apiWithdrawConsent).
				note("What the law does not want kept is erased within a month."),
			reads("/consent-wording", policy.MemberClassView, "getConsentWording", "What a private person agrees to who applies", (*visit).apiWording),
			reads("/me/register", policy.MemberViewOwn, "getMyEntry", "What the register says of you on a day", (*visit).apiMyEntry),
			reads("/me/shares", policy.ShareViewOwn, "getMyShares", "Your shares on a day, and how you came by them", (*visit).apiMyShares),
			reads("/me/certificates", policy.CertificateOwn, "listMyCertificates", "Your share certificates", (*visit).apiMyCertificates),
			reads("/me/stakes", policy.StakeViewOwn, "listMyStakes", "The stakes that you hold without capital", (*visit).apiMyStakes),
			reads("/me/messages", policy.NoticeViewOwn, "listMyMessages", "What was sent to you, the newest first", (*visit).apiMyMessages).
				note("It is kept that a message was sent, and not what it said."),
			reads("/me/messages/preferences", policy.NoticePreferences, "listMyPreferences", "Which kinds of message you get, and how", (*visit).apiPreferences),
			does("/me/messages/preferences", policy.NoticePreferences, "choosePreference", "Choose how you get one kind of message", http.StatusOK, (*visit).apiPrefer).
				note("What the law wants you to be told cannot be turned off."),
		),
		group("Members",
			reads("/members", policy.MemberViewAny, "listMembers", "The members on a day", (*visit).apiMembers),
			reads("/members/{person}", policy.MemberViewAny, "getMember", "One person’s membership on a day, with its history", (*visit).apiMember),
			does("/members/{person}/expel", policy.MemberRecord, "expelMember", "Record that a member was expelled", http.StatusOK, (*visit).apiExpel),
			does("/members/{person}/reinstate", policy.MemberRecord, "reinstateMember", "Record that a former member was reinstated", http.StatusOK, (*visit).apiReinstate),
			does("/members/{person}/die", policy.MemberRecord, "recordDeath", "Record that somebody died", http.StatusOK, (*visit).apiDie),
			does("/members/{person}/facts/{fact}/void", policy.MemberRecord, "strikeOutFact", "Strike out a fact that was recorded in error", http.StatusOK, (*visit).apiVoid).
				note("It then counts on no day. It and its striking out stay in the record."),
			reads("/applications", policy.RegisterView, "listApplications", "Applications that wait for a decision, the oldest first", (*visit).apiApplications),
			does("/applications/{person}", policy.MemberApplyFor, "enterApplication", "Enter an application made on paper", http.StatusOK, (*visit).apiApplyFor),
			does("/applications/{person}/admit", policy.MemberAdmit, "admit", "Admit somebody", http.StatusOK, (*visit).apiAdmit).
				note("Somebody whom the rule of the class does not fit is not admitted."),
			does("/applications/{person}/refuse", policy.MemberAdmit, "refuse", "Refuse an applicant", http.StatusOK, (*visit).apiRefuse),
			does("/applications/admit", policy.MemberAdmit, "admitApplicants", "Admit several applicants whom the rule fits", http.StatusOK, (*visit).apiAdmitAll).
				note("All of them are admitted today, in one entry of the record, or none."),
			reads("/classes", policy.MemberClassView, "listClasses", "The classes of members on a day, with their constituencies", (*visit).apiClasses),
			does("/classes/preview", policy.MemberClassEdit, "previewClass", "See whom a version of a class would fit", http.StatusOK, (*visit).apiPreviewClass).
				note("Nothing changes."),
			does("/classes", policy.MemberClassEdit, "saveClass", "Write a new class, or a version of one that there is", http.StatusOK, (*visit).apiSaveClass).
				note("Days on which people have become members under a rule cannot be changed any more."),
			does("/classes/{class}/constituencies/preview", policy.ConstituencyEdit, "previewConstituencies", "See how a set of constituencies would divide a class", http.StatusOK, (*visit).apiPreviewConstituencies).
				note("Nothing changes."),
			does("/classes/{class}/constituencies", policy.ConstituencyEdit, "saveConstituencies", "Decide the constituencies of a class, as a set", http.StatusOK, (*visit).apiSaveConstituencies),
			reads("/control", policy.ControlView, "getControl", "The share of members and votes that employees hold, over time", (*visit).apiControl),
			does("/people/search", policy.MemberApplyFor, "findPeople", "Find people who are known here by the beginning of a name or address", http.StatusOK, (*visit).apiFindPeople).
				note("Names are sent in the body, because they do not belong in an address."),
			does("/people", policy.PersonEdit, "addPerson", "Add somebody who is on no staff list", http.StatusCreated, (*visit).apiAddPerson),
			does("/people/{person}", policy.PersonEdit, "correctPerson", "Correct somebody’s name and postal address", http.StatusOK, (*visit).apiCorrectPerson).
				note("What is left out is empty from then on. A staff list may write names anew. The e-mail address, which they sign in with, is changed on the pages."),
		),
		group("Register",
			reads("/register", policy.RegisterView, "getRegister", "The full register of members on a day", (*visit).apiRegister),
			reads("/register/inspection", policy.RegisterInspect, "inspectRegister", "The register on a day, as the law lets a member see it", (*visit).apiInspection).
				note("What the legal form hides from members is not in the answer."),
			does("/register/copies", policy.RegisterExport, "copyRegister", "Take a copy of the full register on a day", http.StatusCreated, (*visit).apiRegisterCopy).
				note("It comes whole, and the record keeps that it was taken."),
			reads("/inspection/terms", policy.RegisterInspectRequest, "getInspectionTerms", "Who may see the register, and what the law asks of those who ask", (*visit).apiInspectionTerms),
			does("/inspection", policy.RegisterInspectRequest, "askToInspect", "Ask to inspect the register", http.StatusCreated, (*visit).apiAsk).
				note("Without a token as well. The secretary is told, and the record keeps that it came."),
			reads("/inspection/{request}", policy.RegisterInspectRequest, "getInspectionReceipt", "Where a request stands, for whoever has its id", (*visit).apiAsked),
			reads("/inspections", policy.RegisterInspectAnswer, "listInspections", "The requests to inspect the register, with their clocks", (*visit).apiInspections),
			reads("/inspections/{request}", policy.RegisterInspectAnswer, "getInspection", "One request, and what was done about it", (*visit).apiInspectionRequest),
			does("/inspections/{request}/answer", policy.RegisterInspectAnswer, "answerInspection", "Answer a request with a look or a copy", http.StatusOK, (*visit).apiAnswer).
				note("The record keeps which view of which day was handed out, how many entries, and a seal over it. The request is closed."),
			does("/inspections/{request}/refuse", policy.RegisterInspectAnswer, "refuseInspection", "Refuse a request on a ground that the law allows", http.StatusOK, (*visit).apiRefuseInspection),
			does("/inspections/{request}/court", policy.RegisterInspectAnswer, "askCourtAboutInspection", "Record that the court was asked about a request", http.StatusOK, (*visit).apiAskCourt),
			does("/inspections/{request}/withdraw", policy.RegisterInspectAnswer, "closeWithdrawnInspection", "Record that a request was taken back by whoever made it", http.StatusOK, (*visit).apiInspectionWithdrawn),
		),
		group("Staff",
			reads("/staff", policy.StaffView, "listStaff", "Who was employed on a day, by surname and first name", (*visit).apiStaff).
				note("The first page fixes the day and the size of the pages that follow."),
			does("/staff/search", policy.StaffView, "findStaff", "Find people on the staff list of a day", http.StatusOK, (*visit).apiFindStaff).
				note("Names are sent in the body, because they do not belong in an address."),
			reads("/staff/people/{person}", policy.StaffView, "getEmployments", "What the staff lists say of one person, through time", (*visit).apiEmployments),
			reads("/staff/imports", policy.StaffView, "listStaffImports", "Staff lists that were applied, the oldest first", (*visit).apiStaffImports),
			reads("/staff/imports/{import}", policy.StaffView, "getStaffImport", "The receipt of one staff list", (*visit).apiStaffImport),
			reads("/staff/imports/{import}/people", policy.StaffView, "listImportedPeople", "What one staff list changed, person by person", (*visit).apiWritten),
			takes("/staff/uploads", policy.StaffImport, "dryRunStaffList", "Send a staff list and see what it would change", staffListFile, (*visit).apiStaffDryRun).
				note("Nothing changes. The answer names the upload to apply."),
			reads("/staff/uploads", policy.StaffImport, "listStaffUploads", "The staff lists that wait to be applied", (*visit).apiStaffUploads),
			reads("/staff/uploads/{upload}", policy.StaffImport, "getStaffUpload", "A staff list that waits to be applied", (*visit).apiStaffUpload),
			does("/staff/uploads/{upload}/apply", policy.StaffImport, "applyStaffList", "Apply a staff list that waits", http.StatusOK, (*visit).apiStaffApply).
				note("All of it is applied, or nothing. It is a conflict if the staff list is no longer what the dry run saw."),
			does("/staff/uploads/{upload}/discard", policy.StaffImport, "discardStaffList", "Forget a staff list that waits", http.StatusOK, (*visit).apiStaffDiscard),
			reads("/staff/profiles", policy.StaffProfileEdit, "listStaffProfiles", "How staff lists are read: which heading holds what", (*visit).apiProfiles),
			does("/staff/profiles/propose", policy.StaffProfileEdit, "proposeStaffProfile", "See what we make of headings that no profile knows", http.StatusOK, (*visit).apiProposeProfile).
				note("Nothing is kept."),
			does("/staff/profiles", policy.StaffProfileEdit, "saveStaffProfile", "Save how a kind of staff list is read", http.StatusOK, (*visit).apiSaveProfile).
				note("It takes the place of one of the same name. A heading that announces sensitive data is refused."),
		),
		group("Shares",
			reads("/shares/classes", policy.ShareViewAny, "listShareClasses", "The classes of shares, with what there is of each on a day", (*visit).apiShareClasses),
			does("/shares/classes", policy.ShareClassEdit, "makeShareClass", "Make a class of shares", http.StatusCreated, (*visit).apiMakeShareClass).
				note("Its terms never change: other terms are another class."),
			does("/shares/classes/{class}/close", policy.ShareClassEdit, "closeShareClass", "Issue no more shares of a class", http.StatusOK, (*visit).apiCloseShareClass),
			reads("/shares/entries", policy.ShareViewAny, "listShareEntries", "The entries of the ledger, in the order they were made", (*visit).apiShareEntries),
			reads("/shares/holdings", policy.ShareViewAny, "listHoldings", "Who held what on a day", (*visit).apiHoldings),
			does("/shares/issue", policy.ShareIssue, "issueShares", "Issue shares", http.StatusCreated, (*visit).apiIssue),
			does("/shares/transfer", policy.ShareTransfer, "transferShares", "Record a transfer of shares", http.StatusCreated, (*visit).apiTransfer),
			does("/shares/convert", policy.ShareConvert, "convertShares", "Convert shares into another class", http.StatusCreated, (*visit).apiConvert),
			does("/shares/redeem", policy.ShareRedeem, "redeemShares", "Redeem shares at a member’s wish", http.StatusCreated, (*visit).apiRedeem),
			does("/shares/cancel", policy.ShareCancel, "cancelShares", "Cancel shares because a membership ended", http.StatusCreated, (*visit).apiCancel),
			does("/shares/reverse", policy.ShareReverse, "reverseShareEntry", "Undo an entry that was wrong", http.StatusCreated, (*visit).apiReverse).
				note("Both entries stay in the ledger."),
			reads("/shares/to-cancel", policy.ShareCancel, "listSharesToCancel", "The shares that go because a membership ended", (*visit).apiToCancel),
			does("/shares/to-cancel", policy.ShareCancel, "cancelSharesOfLeavers", "Cancel the shares of everybody who left", http.StatusOK, (*visit).apiCancelLeavers).
				note("In one change. It is done by itself each night as well."),
			reads("/shares/to-pay", policy.ShareViewAny, "listSharesToPay", "What is to be paid back for shares", (*visit).apiToPay),
			does("/shares/payments", policy.ShareRedeem, "paySharesBack", "Record that it was paid", http.StatusOK, (*visit).apiPay),
			does("/shares/payments/take-back", policy.ShareRedeem, "takeBackSharePayment", "Record that a payment was not made after all", http.StatusOK, (*visit).apiTakeBackPayment),
			reads("/certificates", policy.CertificateViewAny, "listCertificates", "Share certificates, by number", (*visit).apiCertificates),
			does("/certificates", policy.CertificateIssue, "issueCertificate", "Issue a certificate for the shares that a member holds without one", http.StatusCreated, (*visit).apiCertify),
			does("/shares/classes/{class}/certificates", policy.CertificateIssue, "issueCertificates", "Issue a certificate to everybody who holds shares of a class without one", http.StatusOK, (*visit).apiCertifyAll),
			does("/certificates/{certificate}/cancel", policy.CertificateIssue, "cancelCertificate", "Cancel a certificate that was lost or is wrong", http.StatusOK, (*visit).apiCancelCertificate).
				note("The shares stay."),
			reads("/stakes", policy.StakeViewAny, "listStakes", "Stakes held without capital, and when they were used", (*visit).apiStakes),
			does("/stakes", policy.StakeGrant, "grantStake", "Grant a stake", http.StatusCreated, (*visit).apiGrant),
			does("/stakes/{stake}/end", policy.StakeGrant, "endStake", "End a stake", http.StatusOK, (*visit).apiEndStake),
			does("/stakes/{stake}/use", policy.StakeUseRecord, "useStake", "Record that a stake was used", http.StatusOK, (*visit).apiUseStake),
		),
		group("Joint venture",
			reads("/venture/parents", policy.VentureView, "listParents", "The parents of the venture on a day", (*visit).apiParents),
			does("/venture/parents", policy.VentureEdit, "setParent", "Set the terms of a parent", http.StatusCreated, (*visit).apiSetParent),
			does("/venture/parents/{parent}/end", policy.VentureEdit, "endParent", "Record that a parent leaves", http.StatusOK, (*visit).apiEndParent),
			reads("/venture/matters", policy.VentureView, "listReservedMatters", "What the venture may not decide without its parents, on a day", (*visit).apiMatters),
			does("/venture/matters", policy.VentureEdit, "reserveMatter", "Reserve a matter", http.StatusCreated, (*visit).apiReserve),
			does("/venture/matters/{matter}/release", policy.VentureEdit, "releaseMatter", "Let the venture decide a matter alone again", http.StatusOK, (*visit).apiRelease),
		),
		voteOperations(), conductOperations(), boardOperations(), actionOperations(), friendsOperations(), studyOperations(), keyOperations(), credentialOperations(), paperOperations(), waveOperations(), resultOperations(), surveyOperations(), packOperations(),
		group("Messages",
			reads("/messages/undelivered", policy.NoticeDeliveryView, "listUndelivered", "Messages of the organisation that could not be delivered", (*visit).apiUndelivered),
			reads("/messages/letters", policy.NoticeDeliveryView, "listLetters", "Notices that have to go by post", (*visit).apiLetters),
		),
		group("Published figures",
			reads("/published/organisations", policy.EvidenceView, "listPublishedOrganisations", "Organisations with published figures", (*visit).apiPublishedOrganisations),
			reads("/published/organisations/{ods}", policy.EvidenceView, "getPublishedOrganisation", "One organisation with published figures", (*visit).apiPublishedOrganisation),
			reads("/published/measures", policy.EvidenceView, "listMeasures", "What is published about organisations", (*visit).apiMeasures),
			reads("/published/measures/{measure}/figures", policy.EvidenceExport, "listFigures", "The newest figures of one measure, of every organisation and of England", (*visit).apiFigures),
			reads("/published/imports", policy.EvidenceView, "listPublishedImports", "The files that the figures come from, the oldest first", (*visit).apiPublishedImports),
			takes("/published/imports", policy.PublishedImport, "importPublished", "Load a published file", publishedFigureFile, (*visit).apiPublishedImport),
		),
		group("Record",
			reads("/record/head", policy.RecordView, "getRecordHead", "The newest signed head of the record", (*visit).apiRecordHead),
			reads("/record/checkpoints", policy.RecordView, "listCheckpoints", "All signed heads, oldest first", (*visit).apiCheckpoints),
			reads("/record/leaves", policy.RecordView, "listLeaves", "The public lines of the record’s tree", (*visit).apiLeaves),
			reads("/record/proof/{seq}", policy.RecordCheck, "proveInclusion", "The proof that an entry is under a head", (*visit).apiProof).
				note("The proof is that of RFC 6962, section 2.1.1."),
			reads("/record/consistency", policy.RecordCheck, "proveConsistency", "The proof that the record only grew", (*visit).apiConsistency).
				note("The proof is that of RFC 6962, section 2.1.2."),
			reads("/record/entries", policy.RecordEntryView, "listEntries", "The entries of the record, newest first", (*visit).apiEntries),
			gives("/record/export", policy.RecordExport, "exportRecord", "Take the whole record, to check it elsewhere", "application/zip", (*visit).takeRecord).
				note("A zip for commonweal verify, with personal details of everybody: keep it as you would keep the register. The record keeps that it was taken."),
		),
		group("Law",
			reads("/law/rules", policy.LawView, "listRules", "The rules with effect on a day", (*visit).apiRules),
			reads("/law/rules/{rule}", policy.LawView, "getRule", "One rule as it stood on a day", (*visit).apiRule),
			does("/law/rules/{rule}/evaluate", policy.LawView, "evaluateRule", "Apply a rule to facts", http.StatusOK, (*visit).apiEvaluate).
				note("A fact that is left out is unknown, which is not the same as false: the answer then says what is still needed. Nothing is kept."),
		),
		group("Machine",
			reads("/machine", policy.MachineView, "getMachine", "The health of the machine, without anything about a person", (*visit).apiMachine),
			does("/machine/jobs/{job}/retry", policy.JobsRetry, "retryJob", "Try work again that was given up", http.StatusOK, (*visit).apiRetryJob),
			does("/machine/jobs/{job}/discard", policy.JobsRetry, "discardJob", "Take away work that was given up", http.StatusOK, (*visit).apiDiscardJob),
		),
	)
}
