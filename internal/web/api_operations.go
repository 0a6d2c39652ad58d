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
			reads("/organisation", policy.OrganisationView, "getOrganisation", "The organisation's public facts", (*visit).apiOrganisation).
				note("With a token, the organisation that it is for; without one, the organisation whose site this is."),
			reads("/me", policy.HomeView, "getMe", "Who the token acts for, and what it may do", (*visit).apiMe),
			reads("/officers", policy.OfficerView, "listOfficers", "Who holds which office on a day", (*visit).apiOfficers),
		),
		group("Record",
			reads("/record/head", policy.RecordView, "getRecordHead", "The newest signed head of the record", (*visit).apiRecordHead),
			reads("/record/checkpoints", policy.RecordView, "listCheckpoints", "All signed heads, oldest first", (*visit).apiCheckpoints),
			reads("/record/leaves", policy.RecordView, "listLeaves", "The public lines of the record's tree", (*visit).apiLeaves),
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
