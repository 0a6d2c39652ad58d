package web

import (
	"reflect"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/own/share"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/venture"
	"commonweal/internal/prove/published"
	"commonweal/law"
)

// closedLists are the types of which there are only certain values. The document
// lists them and the decoder refuses all others.
var closedLists = map[reflect.Type][]string{}

// among declares the values of a type.
func among[T ~string](values ...T) {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	closedLists[reflect.TypeFor[T]()] = texts
}

func valuesOf(t reflect.Type) []string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return closedLists[t]
}

func init() {
	among(policy.Roles()...)
	among(identity.Platform, identity.Mutual, identity.Employer, identity.Body)
	among(law.Holds, law.Fails, law.CannotTell)
	among(law.TypeBool, law.TypeInt, law.TypeDecimal, law.TypePercent, law.TypeDate, law.TypeText, law.TypeMoney)
	among(law.BenefitSociety, law.Cooperative, law.CICGuarantee, law.CICShares, law.EmployeeTrust, law.CharityCIO, law.FoundationTrust, law.JointVenture)
	among(law.OwnEntry, law.Member, law.Interested, law.Trustee, law.Anyone)
	among(law.FieldMemberName, law.FieldPostalAddress, law.FieldServiceAddress, law.FieldEmail, law.FieldEmailPurposes, law.FieldShares,
		law.FieldAmountPaid, law.FieldShareClass, law.FieldOtherProperty, law.FieldMemberClass, law.FieldConstituency, law.FieldEntered,
		law.FieldCeased, law.FieldChanges, law.FieldOffice, law.FieldOfficeFrom, law.FieldOfficeTo)
	among(member.NotAMember, member.Applicant, member.Member, member.Ended, member.CannotTell)
	among(member.Applied, member.Admitted, member.Refused, member.OptedOut, member.OptedIn, member.Withdrew, member.Expelled, member.Died,
		member.Reinstated, member.Consented, member.ConsentWithdrawn, member.AreaGiven, member.Voided)
	among(member.Staff, member.Public, member.Patient, member.Partner)
	among(member.OnApplication, member.ByEligibility, member.Automatic)
	among(member.EmploymentEnds, member.EligibilityEnds, member.Keeps)
	among(register.Yes, register.No)
	among(register.Look, register.Copy)
	among(register.Open, register.AtCourt, register.Closed)
	among(register.Received, register.Shown, register.Copied, register.Refused, register.ToCourt, register.Withdrawn, register.Reminded, register.Escalated)
	among(register.NoRight, register.Incomplete, register.NotPaid, register.CourtOrder, register.NoDuty, register.NoInterest, register.NotAMember,
		register.NotATrustee)
	among(letLook, handCopy)
	among(usually, atOnce, mondays, never)
	among(notice.ByEmail, notice.ByPost, notice.ByDigest, notice.Muted, notice.NoAddress)
	among(notice.NoEmail, notice.Returned)
	among(share.Issue, share.Transfer, share.Convert, share.Redeem, share.Cancel, share.Reverse)
	among(share.Right, share.Role)
	among(stafflist.Permanent, stafflist.FixedTerm, stafflist.Bank, stafflist.Locum, stafflist.Secondee, stafflist.Honorary, stafflist.Agency,
		stafflist.Apprentice, stafflist.NonExecutive)
	among(stafflist.ManyLeavers, stafflist.ManySurnames, stafflist.ManyRefused, stafflist.EmptyList, stafflist.CutShort, stafflist.OlderList)
	among(venture.EveryParent, venture.Shareholding, venture.Number, venture.Named)
	among(published.Higher, published.Lower, published.Neither)
	among(published.KindScore, published.KindPercent, published.KindRate, published.KindDays, published.KindCount, published.KindRatio)
	among(append(published.Formats(), published.FormatCarried)...)
}
