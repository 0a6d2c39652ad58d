package register_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/register"
	"commonweal/law"
)

func view(t *testing.T, form law.FormID, a law.Audience, person string) register.Register {
	t.Helper()
	v, err := make3(t, form, "2026-11-21").ViewOf(a, person)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A member sees every entry in the register, but not what shares, loans or
// deposits others hold: Co-operative and Community Benefit Societies Act 2014,
// ss.30(7) and 103.
func TestView_Society_s103_HidesOthersShares(t *testing.T) {
	for _, form := range []law.FormID{law.BenefitSociety, law.Cooperative} {
		for _, a := range []law.Audience{law.Member, law.Interested} {
			v := view(t, form, a, "p1")
			if len(v.Entries) != 4 {
				t.Errorf("%s, %s: %d entries", form, a, len(v.Entries))
			}
			for _, f := range []string{"shares", "amount-paid", "other-property", "share-class"} {
				if slices.Contains(v.Fields(), f) {
					t.Errorf("%s, %s: the column %s is there", form, a, f)
				}
			}
			for _, e := range v.Entries {
				if e.Shares != 0 || e.PaidPence != 0 || e.ByClass != nil || e.OtherProperty != "" {
					t.Errorf("%s, %s: what others hold is still in the entry: %+v", form, a, e)
				}
			}
			if text := csvOf(t, v) + jsonOf(t, v); strings.Contains(text, "11.50") || strings.Contains(text, "1150") {
				t.Errorf("%s, %s: an amount is in what is handed out", form, a)
			}
		}
	}
}

// Nobody but members and people with an interest in its funds may see the register
// of a society, and whoever else asks is told so with the law: ss.30(7) and 103.
func TestView_Society_s103_NotOpenToAnyone(t *testing.T) {
	_, err := make3(t, law.BenefitSociety, "2026-11-21").ViewOf(law.Anyone, "")
	if !fault.Is(err, fault.Forbidden) {
		t.Fatalf("%v", err)
	}
	for _, words := range []string{"community benefit society is not open to everybody", "its members and people with an interest in its funds", "103"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("%q does not say %q", err, words)
		}
	}
}

// One's own account is all there is about oneself and nothing about others: s.103.
func TestView_Society_s103_OwnEntry(t *testing.T) {
	v := view(t, law.BenefitSociety, law.OwnEntry, "p3")
	if len(v.Entries) != 2 || v.Entries[0].Name != "Cadi Moss" || v.Entries[1].Shares != 1 || v.Entries[1].Number != 3 {
		t.Errorf("%+v", v.Entries)
	}
	if none := view(t, law.BenefitSociety, law.OwnEntry, ""); len(none.Entries) != 0 {
		t.Error("nobody in particular sees entries")
	}
}

// Anyone may see the whole register of a company, shares included: Companies Act
// 2006, s.116.
func TestView_Company_s116_AnyoneSeesAll(t *testing.T) {
	full := make3(t, law.CICShares, "2026-11-21")
	v := view(t, law.CICShares, law.Anyone, "")
	if !slices.Equal(v.Fields(), full.Fields()) {
		t.Errorf("%v, the register has %v", v.Fields(), full.Fields())
	}
	if v.Entries[0].Shares != 8 || v.Entries[0].Cell(law.FieldShareClass) != "Community shares: 7; Member shares: 1" {
		t.Errorf("%+v", v.Entries[0])
	}
}

// Whoever has no right of their own where everybody has one sees what everybody
// sees, and on those terms: Companies Act 2006, s.116.
func TestView_Company_s116_EverybodyIsAnyone(t *testing.T) {
	v := view(t, law.CICShares, law.Interested, "")
	if v.View != law.Anyone || len(v.Entries) != 4 {
		t.Errorf("as %s, %d entries", v.View, len(v.Entries))
	}
	if terms := register.TermsFor(v.Form, law.Trustee); !terms.Right || terms.Audience != law.Anyone || terms.WorkingDays != 5 {
		t.Errorf("%+v", terms)
	}
}

// A trustee or member of a charitable incorporated organisation may see the
// register for their duties, and the public has no right: SI 2012/3012, Sch.1 para.7.
func TestView_CIO_Sch1_7(t *testing.T) {
	if v := view(t, law.CharityCIO, law.Trustee, ""); len(v.Entries) != 4 {
		t.Errorf("a trustee sees %d entries", len(v.Entries))
	}
	r := make3(t, law.CharityCIO, "2026-11-21")
	if _, err := r.ViewOf(law.Anyone, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the public: %v", err)
	}
	if !register.TermsFor(r.Form, law.Trustee).NeedsDuty {
		t.Error("a trustee need not say for which duty")
	}
}

// Anyone may see names, constituencies and classes of a foundation trust's members
// and nothing more, and not of members who asked to be left out: National Health
// Service Act 2006, Sch.7 para.22, with SI 2004/539.
func TestView_FoundationTrust_Sch7_22(t *testing.T) {
	in := source(t)
	in.Withheld = map[string]bool{"m3": true}
	r := register.New(formOf(t, law.FoundationTrust, "2026-11-21"), day("2026-11-21"), in)
	v, err := r.ViewOf(law.Anyone, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"name", "constituency", "member-class"}; !slices.Equal(v.Fields(), want) {
		t.Errorf("%v", v.Fields())
	}
	if len(v.Entries) != 2 || v.LeftOut != 1 || strings.Contains(csvOf(t, v), "Cadi") {
		t.Errorf("entries %+v, left out %d", v.Entries, v.LeftOut)
	}
	own, err := r.ViewOf(law.OwnEntry, "p3")
	if err != nil || len(own.Entries) != 2 {
		t.Errorf("who asked to be left out still sees their own entry: %v, %v", own.Entries, err)
	}
	if len(r.Entries) != 4 {
		t.Error("the register itself leaves nobody out")
	}
}

// For every form and audience: an entry of a view holds nothing that a column does
// not name, and no number or id of somebody else.
func TestView_DropsWhatItDoesNotShow(t *testing.T) {
	for _, form := range library.Forms(day("2026-11-21")) {
		for _, terms := range register.Audiences(form) {
			v := view(t, form.ID, terms.Audience, "p1")
			for _, c := range v.Columns {
				if !form.MaySee(terms.Audience, c.Field) {
					t.Errorf("%s, %s: sees %s", form.ID, terms.Audience, c.Field)
				}
			}
			for _, e := range v.Entries {
				shown := map[string]bool{}
				for _, c := range v.Columns {
					shown[fieldOf[c.Field]] = true
				}
				shown["Family"] = shown["Name"]
				if terms.Audience == law.OwnEntry {
					shown["Number"], shown["MemberID"], shown["Person"] = true, true, true
				}
				value := reflect.ValueOf(e)
				for i := range value.NumField() {
					if name := value.Type().Field(i).Name; !shown[name] && !value.Field(i).IsZero() {
						t.Errorf("%s, %s: %s is in the entry and in no column", form.ID, terms.Audience, name)
					}
				}
			}
		}
	}
}

var fieldOf = map[law.FieldName]string{
	law.FieldMemberName: "Name", law.FieldPostalAddress: "PostalAddress", law.FieldServiceAddress: "ServiceAddress", law.FieldEmail: "Email",
	law.FieldEmailPurposes: "EmailPurposes", law.FieldShares: "Shares", law.FieldAmountPaid: "PaidPence", law.FieldShareClass: "ByClass",
	law.FieldOtherProperty: "OtherProperty", law.FieldMemberClass: "MemberClass", law.FieldConstituency: "Constituency",
	law.FieldEntered: "Entered", law.FieldCeased: "Ceased", law.FieldChanges: "Changes",
}
