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
			reads("/me/register", policy.MemberViewOwn, "getMyEntry", "What the register says of you on a day", (*visit).apiMyEntry),
			reads("/me/shares", policy.ShareViewOwn, "getMyShares", "Your shares on a day, and how you came by them", (*visit).apiMyShares),
			reads("/me/certificates", policy.CertificateOwn, "listMyCertificates", "Your share certificates", (*visit).apiMyCertificates),
			reads("/me/stakes", policy.StakeViewOwn, "listMyStakes", "The stakes that you hold without capital", (*visit).apiMyStakes),
		),
		group("Members",
			reads("/members", policy.MemberViewAny, "listMembers", "The members on a day", (*visit).apiMembers),
			reads("/members/{person}", policy.MemberViewAny, "getMember", "One person’s membership on a day, with its history", (*visit).apiMember),
			does("/members/{person}/expel", policy.MemberRecord, "expelMember", "Record that a member was expelled", http.StatusOK, (*visit).apiExpel),
			does("/members/{person}/reinstate", policy.MemberRecord, "reinstateMember", "Record that a former member was reinstated", http.StatusOK, (*visit).apiReinstate),
			reads("/applications", policy.RegisterView, "listApplications", "Applications that wait for a decision, the oldest first", (*visit).apiApplications),
			does("/applications/{person}", policy.MemberApplyFor, "enterApplication", "Enter an application made on paper", http.StatusOK, (*visit).apiApplyFor),
			does("/applications/{person}/admit", policy.MemberAdmit, "admit", "Admit somebody", http.StatusOK, (*visit).apiAdmit).
				note("Somebody whom the rule of the class does not fit is not admitted."),
			does("/applications/{person}/refuse", policy.MemberAdmit, "refuse", "Refuse an applicant", http.StatusOK, (*visit).apiRefuse),
			reads("/classes", policy.MemberClassView, "listClasses", "The classes of members on a day, with their constituencies", (*visit).apiClasses),
			reads("/control", policy.ControlView, "getControl", "The share of members and votes that employees hold, over time", (*visit).apiControl),
		),
		group("Register",
			reads("/register", policy.RegisterView, "getRegister", "The full register of members on a day", (*visit).apiRegister),
			reads("/register/inspection", policy.RegisterInspect, "inspectRegister", "The register on a day, as the law lets a member see it", (*visit).apiInspection).
				note("What the legal form hides from members is not in the answer."),
			does("/register/copies", policy.RegisterExport, "copyRegister", "Take a copy of the full register on a day", http.StatusCreated, (*visit).apiRegisterCopy).
				note("It comes whole, and the record keeps that it was taken."),
		),
		group("Staff",
			reads("/staff", policy.StaffView, "listStaff", "Who was employed on a day, by surname and first name", (*visit).apiStaff).
				note("The first page fixes the day and the size of the pages that follow."),
			reads("/staff/imports", policy.StaffView, "listStaffImports", "Staff lists that were applied, the oldest first", (*visit).apiStaffImports),
			reads("/staff/imports/{import}", policy.StaffView, "getStaffImport", "The receipt of one staff list", (*visit).apiStaffImport),
			takes("/staff/uploads", policy.StaffImport, "dryRunStaffList", "Send a staff list and see what it would change", staffListFile, (*visit).apiStaffDryRun).
				note("Nothing changes. The answer names the upload to apply."),
			reads("/staff/uploads/{upload}", policy.StaffImport, "getStaffUpload", "A staff list that waits to be applied", (*visit).apiStaffUpload),
			does("/staff/uploads/{upload}/apply", policy.StaffImport, "applyStaffList", "Apply a staff list that waits", http.StatusOK, (*visit).apiStaffApply).
				note("All of it is applied, or nothing. It is a conflict if the staff list is no longer what the dry run saw."),
		),
		group("Shares",
			reads("/shares/classes", policy.ShareViewAny, "listShareClasses", "The classes of shares, with what there is of each on a day", (*visit).apiShareClasses),
			reads("/shares/entries", policy.ShareViewAny, "listShareEntries", "The entries of the ledger, in the order they were made", (*visit).apiShareEntries),
			reads("/shares/holdings", policy.ShareViewAny, "listHoldings", "Who held what on a day", (*visit).apiHoldings),
			does("/shares/issue", policy.ShareIssue, "issueShares", "Issue shares", http.StatusCreated, (*visit).apiIssue),
			does("/shares/transfer", policy.ShareTransfer, "transferShares", "Record a transfer of shares", http.StatusCreated, (*visit).apiTransfer),
			does("/shares/convert", policy.ShareConvert, "convertShares", "Convert shares into another class", http.StatusCreated, (*visit).apiConvert),
			does("/shares/redeem", policy.ShareRedeem, "redeemShares", "Redeem shares at a member’s wish", http.StatusCreated, (*visit).apiRedeem),
			does("/shares/cancel", policy.ShareCancel, "cancelShares", "Cancel shares because a membership ended", http.StatusCreated, (*visit).apiCancel),
			does("/shares/reverse", policy.ShareReverse, "reverseShareEntry", "Undo an entry that was wrong", http.StatusCreated, (*visit).apiReverse).
				note("Both entries stay in the ledger."),
			reads("/certificates", policy.CertificateViewAny, "listCertificates", "Share certificates, by number", (*visit).apiCertificates),
			does("/certificates", policy.CertificateIssue, "issueCertificate", "Issue a certificate for the shares that a member holds without one", http.StatusCreated, (*visit).apiCertify),
			reads("/stakes", policy.StakeViewAny, "listStakes", "Stakes held without capital, and when they were used", (*visit).apiStakes),
			does("/stakes", policy.StakeGrant, "grantStake", "Grant a stake", http.StatusCreated, (*visit).apiGrant),
			does("/stakes/{stake}/end", policy.StakeGrant, "endStake", "End a stake", http.StatusOK, (*visit).apiEndStake),
			does("/stakes/{stake}/use", policy.StakeUseRecord, "useStake", "Record that a stake was used", http.StatusOK, (*visit).apiUseStake),
		),
		group("Joint venture",
			reads("/venture/parents", policy.VentureView, "listParents", "The parents of the venture on a day", (*visit).apiParents),
			reads("/venture/matters", policy.VentureView, "listReservedMatters", "What the venture may not decide without its parents, on a day", (*visit).apiMatters),
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
		),
		group("Law",
			reads("/law/rules", policy.LawView, "listRules", "The rules with effect on a day", (*visit).apiRules),
			reads("/law/rules/{rule}", policy.LawView, "getRule", "One rule as it stood on a day", (*visit).apiRule),
			does("/law/rules/{rule}/evaluate", policy.LawView, "evaluateRule", "Apply a rule to facts", http.StatusOK, (*visit).apiEvaluate).
				note("A fact that is left out is unknown, which is not the same as false: the answer then says what is still needed. Nothing is kept."),
		),
	)
}
