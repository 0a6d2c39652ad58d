package demo

import (
	"context"

	"commonweal/internal/own/member"
)

// rules writes the rule-book: who may be a member, when it ends, who votes
// with whom.
func (b *builder) rules(ctx context.Context) error {
	b.at(b.start.AddDays(3), 10)
	for _, c := range []member.Class{
		{
			Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.OnApplication,
			Eligibility: `category == "permanent" || category == "apprentice" || ` +
				`category == "fixed_term" && contract_months >= 12 || category == "bank" && service_months >= 12`,
			EligibilityRef: "rule 6", Leaving: member.EmploymentEnds, GraceDays: 28, LeavingRef: "rule 14",
			Votes: 1, Position: 1, Starts: b.start,
		},
		{
			Code: "patients", Name: "Patients and carers", Kind: member.Patient, Admission: member.OnApplication,
			EligibilityRef: "rule 7", Leaving: member.Keeps, LeavingRef: "rule 15", Votes: 0, Position: 2, Starts: b.start,
		},
	} {
		if _, err := b.h.Members.SaveClass(ctx, b.ids["huw"], Org, c); err != nil {
			return err
		}
	}
	parts := []member.Constituency{
		{Code: "nursing", Name: "Community nursing", Rule: `staff_group == "Nursing and midwifery"`},
		{Code: "therapies", Name: "Therapies", Rule: `staff_group == "Allied health professions"`},
		{Code: "support", Name: "Clinical support", Rule: `staff_group == "Additional clinical services"`},
		{Code: "medical", Name: "Medical, dental and scientific", Rule: `staff_group == "Medical and dental" || ` +
			`staff_group == "Healthcare scientists" || staff_group == "Additional professional scientific and technical"`},
		{Code: "running", Name: "Running the service", Rule: `staff_group == "Administrative and clerical" || staff_group == "Estates and ancillary"`},
	}
	for i := range parts {
		parts[i].Class, parts[i].Position, parts[i].Ref = "staff", i+1, "rule 9"
	}
	_, err := b.h.Members.SaveConstituencies(ctx, b.ids["huw"], Org, "staff", b.start, parts)
	return err
}
