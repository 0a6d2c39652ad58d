package law_test

import (
	"errors"
	"slices"
	"testing"

	"commonweal/law"
)

func form(t *testing.T, id law.FormID, on string) *law.Form {
	t.Helper()
	f, err := library(t).Form(id, day(t, on))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var everyForm = []law.FormID{
	law.BenefitSociety, law.Cooperative, law.CICGuarantee, law.CICShares,
	law.EmployeeTrust, law.CharityCIO, law.FoundationTrust, law.JointVenture,
}

// Each form says what its register holds, who may see it, how long it is kept,
// and what shares, notices and majorities it has, each with its source.
func TestForms_Whole(t *testing.T) {
	forms := library(t).Forms(day(t, today))
	if len(forms) != len(everyForm) {
		t.Fatalf("there are %d forms, want %d", len(forms), len(everyForm))
	}
	for _, f := range forms {
		t.Run(string(f.ID), func(t *testing.T) {
			if !slices.Contains(everyForm, f.ID) || f.Label == "" {
				t.Errorf("form %s, label %q", f.ID, f.Label)
			}
			sourced(t, "form", f.Provenance)
			plain(t, string(f.ID), f.Text)
			if len(f.Register) == 0 || !f.Holds(law.FieldMemberName) {
				t.Error("the register holds no names")
			}
			for _, r := range append(slices.Clone(f.Register), f.Officers...) {
				sourced(t, "register "+string(r.Name), r.Provenance)
			}
			if _, ok := f.Inspection(law.OwnEntry); !ok {
				t.Error("a member has no right to their own entry")
			}
			for _, i := range f.Inspections {
				sourced(t, "inspection "+string(i.Audience), i.Provenance)
				plain(t, "inspection "+string(i.Audience), i.Text)
				if len(i.Sees) == 0 {
					t.Errorf("%s may look but sees nothing", i.Audience)
				}
				for _, name := range i.Sees {
					if !f.Holds(name) {
						t.Errorf("%s sees %s, which the register does not hold", i.Audience, name)
					}
				}
			}
			for _, r := range f.Register {
				if !f.MaySee(law.OwnEntry, r.Name) {
					t.Errorf("a member does not see %s of their own entry", r.Name)
				}
			}
			sourced(t, "retention", f.Retention.Provenance)
			if f.Retention.Years == 0 {
				t.Error("nothing says how long an entry is kept")
			}
			sourced(t, "members", f.Members.Provenance)
			sourced(t, "shares", f.Shares.Capital.Provenance)
			sourced(t, "return", f.Shares.Return.Provenance)
			if f.Shares.Capital.Allowed == law.Yes {
				sourced(t, "withdrawable", f.Shares.Withdrawable.Provenance)
				sourced(t, "transferable", f.Shares.Transferable.Provenance)
			}
			for _, c := range []law.Channel{law.ByHand, law.ByPost, law.ByEmail, law.ByWebsite} {
				s, ok := f.ServiceBy(c)
				if !ok {
					t.Errorf("nothing says when a notice %s counts as received", c.Words())
				}
				sourced(t, "service "+string(c), s.Provenance)
				if s.AfterNotice != (c == law.ByWebsite) {
					t.Errorf("%s: after notice is %v", c, s.AfterNotice)
				}
			}
			n, ok := f.Notice("general-meeting")
			if !ok || !n.Clear || n.Days < 14 {
				t.Errorf("notice of a general meeting is %d days, clear %v", n.Days, n.Clear)
			}
			for _, n := range f.Notices {
				sourced(t, "notice "+n.ID, n.Provenance)
			}
			if len(f.Resolutions) == 0 {
				t.Error("there is no kind of resolution")
			}
			for _, r := range f.Resolutions {
				sourced(t, "resolution "+r.ID, r.Provenance)
				plain(t, "resolution "+r.ID, r.Text)
				if len(r.Stages) == 0 {
					t.Errorf("resolution %s has no vote", r.ID)
				}
			}
		})
	}
}

func sourced(t *testing.T, what string, p law.Provenance) {
	t.Helper()
	if p.Citation == "" || p.URL == "" || p.From.IsZero() || p.Checked.IsZero() != (p.Source == "") || p.Note() == "" {
		t.Errorf("%s: citation %q, url %q, from %q, checked %s against %q", what, p.Citation, p.URL, p.From, p.Checked, p.Source)
	}
}

// A member of a society sees every entry except other members' shares, loans and
// deposits; nobody outside has a right to look: Co-operative and Community
// Benefit Societies Act 2014, ss.103 and 108.
func TestInspection_Society_HidesOthersShares_CCBSA2014s103(t *testing.T) {
	for _, id := range []law.FormID{law.BenefitSociety, law.Cooperative} {
		f := form(t, id, today)
		if !f.HidesOthersShares {
			t.Errorf("%s shows others' shares", id)
		}
		for _, hidden := range []law.FieldName{law.FieldShares, law.FieldAmountPaid, law.FieldOtherProperty} {
			if f.MaySee(law.Member, hidden) || f.MaySee(law.Interested, hidden) {
				t.Errorf("%s shows others' %s", id, hidden)
			}
			if !f.MaySee(law.OwnEntry, hidden) {
				t.Errorf("%s hides a member's own %s", id, hidden)
			}
		}
		for _, shown := range []law.FieldName{law.FieldMemberName, law.FieldPostalAddress, law.FieldEntered, law.FieldCeased} {
			if !f.MaySee(law.Member, shown) {
				t.Errorf("%s hides %s, which the duplicate register shows", id, shown)
			}
		}
		if _, ok := f.Inspection(law.Anyone); ok {
			t.Errorf("%s opens its register to anyone", id)
		}
	}
}

// A company's register is open to anyone with a stated purpose, shares included,
// within five working days: Companies Act 2006, ss.116 and 117.
func TestInspection_Company_OpenToAnyone_CA2006s116(t *testing.T) {
	for _, id := range []law.FormID{law.CICGuarantee, law.CICShares, law.EmployeeTrust, law.JointVenture} {
		f := form(t, id, today)
		if f.HidesOthersShares {
			t.Errorf("%s hides others' shares", id)
		}
		public, ok := f.Inspection(law.Anyone)
		if !ok || !public.NeedsPurpose || public.WorkingDays != 5 || public.Free {
			t.Errorf("%s: anyone %v, purpose %v, %d working days, free %v", id, ok, public.NeedsPurpose, public.WorkingDays, public.Free)
		}
		member, ok := f.Inspection(law.Member)
		if !ok || !member.Free {
			t.Errorf("%s: a member pays to look", id)
		}
		by, ok := public.Answer(england(t), day(t, "2026-12-21"))
		if !ok || by.Day != day(t, "2026-12-30") {
			t.Errorf("%s: answer by %s", id, by.Day)
		}
	}
	if !form(t, law.CICShares, today).MaySee(law.Anyone, law.FieldShares) {
		t.Error("the public does not see the shares of a company")
	}
}

// A member of a charitable incorporated organisation sees the register for their
// duties only, and the public not at all: SI 2012/3012, Sch.1 para.7.
func TestInspection_CIO_ForDutiesOnly(t *testing.T) {
	f := form(t, law.CharityCIO, today)
	member, ok := f.Inspection(law.Member)
	if !ok || !member.NeedsDuty {
		t.Errorf("a member may look %v, for duties %v", ok, member.NeedsDuty)
	}
	if _, ok := f.Inspection(law.Anyone); ok {
		t.Error("the public may look")
	}
	if _, ok := member.Answer(england(t), day(t, today)); ok {
		t.Error("a time to answer is given where the law sets none")
	}
}

// Anyone may see a foundation trust's register, and a member may ask to be left
// out: National Health Service Act 2006, Sch.7 paras 20 and 22.
func TestInspection_FoundationTrust_MayOptOut(t *testing.T) {
	public, ok := form(t, law.FoundationTrust, today).Inspection(law.Anyone)
	if !ok || !public.MayOptOut || slices.Contains(public.Sees, law.FieldPostalAddress) {
		t.Errorf("anyone %v, may opt out %v, sees %v", ok, public.MayOptOut, public.Sees)
	}
}

// From 18 November 2025 a company's register holds an address for service and
// the dates of changes; until then it held the member's address: Companies Act
// 2006, ss.113 and 113A.
func TestForm_CompanyRegister_ChangesOn18November2025(t *testing.T) {
	before := form(t, law.CICShares, "2025-11-17")
	after := form(t, law.CICShares, "2025-11-18")
	if !before.Holds(law.FieldPostalAddress) || before.Holds(law.FieldServiceAddress) || before.Holds(law.FieldChanges) {
		t.Error("the register of 17 November 2025 is not the old one")
	}
	if after.Holds(law.FieldPostalAddress) || !after.Holds(law.FieldServiceAddress) || !after.Holds(law.FieldChanges) {
		t.Error("the register of 18 November 2025 is not the new one")
	}
	if before.MaySee(law.Anyone, law.FieldServiceAddress) || !after.MaySee(law.Anyone, law.FieldServiceAddress) {
		t.Error("who may see the address did not change with it")
	}
}

// Asking for one day leaves what another day is told alone.
func TestForm_DaysDoNotMix(t *testing.T) {
	l := library(t)
	after, err := l.Form(law.CICShares, day(t, today))
	if err != nil {
		t.Fatal(err)
	}
	after.Register[0].Text = "changed by the caller"
	after.Inspections[0].Sees[0] = law.FieldShares
	again, err := l.Form(law.CICShares, day(t, today))
	if err != nil {
		t.Fatal(err)
	}
	if again.Register[0].Text == "changed by the caller" || again.Inspections[0].Sees[0] == law.FieldShares {
		t.Error("what one caller changed reached another")
	}
}

// The Act of 2014 came into force on 1 August 2014.
func TestForm_SocietyBegins(t *testing.T) {
	var fault *law.NotInForceError
	_, err := library(t).Form(law.BenefitSociety, day(t, "2014-07-31"))
	if !errors.As(err, &fault) {
		t.Errorf("on 31 July 2014: %v", err)
	}
	form(t, law.BenefitSociety, "2014-08-01")
	var unknown *law.NotFoundError
	_, err = library(t).Form("community-benifit-society", day(t, today))
	if !errors.As(err, &unknown) || len(unknown.Near) == 0 || unknown.Near[0] != string(law.BenefitSociety) {
		t.Errorf("a misspelt form: %v", err)
	}
}

// Society Act s.24, Community Interest Company Regulations reg.22, Companies Act
// s.5(1).
func TestForm_Shares(t *testing.T) {
	society := form(t, law.BenefitSociety, today).Shares
	if society.MaxHolding == nil || society.MaxHolding.Pence != 10000000 || !society.MaxHolding.WithdrawableOnly {
		t.Errorf("the society's limit is %+v", society.MaxHolding)
	}
	cic := form(t, law.CICShares, today).Shares
	if cic.Return.Allowed != law.Capped || cic.ReturnCapPercent != 35 || cic.Withdrawable.Allowed != law.No {
		t.Errorf("the company pays %s up to %d%%, withdrawable %s", cic.Return.Allowed, cic.ReturnCapPercent, cic.Withdrawable.Allowed)
	}
	for _, id := range []law.FormID{law.CICGuarantee, law.CharityCIO, law.FoundationTrust} {
		if s := form(t, id, today).Shares; s.Capital.Allowed != law.No || s.Return.Allowed != law.No {
			t.Errorf("%s has shares %s, return %s", id, s.Capital.Allowed, s.Return.Allowed)
		}
	}
	if form(t, law.BenefitSociety, today).Members.Minimum != 3 {
		t.Error("a society needs three members")
	}
}

// The denominator decides: the same hundred votes carry a resolution at a meeting
// and not in writing. Companies Act 2006, ss.282 and 283; Society Act s.113.
func TestStage_Carried(t *testing.T) {
	company := form(t, law.CICGuarantee, today)
	society := form(t, law.BenefitSociety, today)
	stage := func(f *law.Form, id string, n int) law.Stage {
		r, ok := f.Resolution(id)
		if !ok {
			t.Fatalf("no resolution %s", id)
		}
		return r.Stages[n]
	}
	for _, c := range []struct {
		name              string
		stage             law.Stage
		yes, no, eligible int
		want              bool
	}{
		{"ordinary, one more for", stage(company, "ordinary", 0), 51, 50, 1000, true},
		{"ordinary, a tie", stage(company, "ordinary", 0), 50, 50, 1000, false},
		{"the same in writing is nowhere near", stage(company, "ordinary-written", 0), 51, 0, 1000, false},
		{"in writing, more than half of all", stage(company, "ordinary-written", 0), 501, 0, 1000, true},
		{"in writing, exactly half", stage(company, "ordinary-written", 0), 500, 0, 1000, false},
		{"special, exactly 75%", stage(company, "special", 0), 75, 25, 1000, true},
		{"special, one short", stage(company, "special", 0), 74, 25, 1000, false},
		{"special in writing, 75% of all", stage(company, "special-written", 0), 750, 0, 1000, true},
		{"conversion, 75% but too few voted", stage(society, "conversion", 0), 400, 99, 1000, false},
		{"conversion, 75% and half voted", stage(society, "conversion", 0), 400, 100, 1000, true},
		{"conversion, second meeting", stage(society, "conversion", 1), 2, 1, 1000, true},
		{"joining, exactly two thirds", stage(society, "amalgamation", 0), 2, 1, 1000, true},
		{"nobody voted", stage(company, "special", 0), 0, 0, 1000, false},
		{"nobody could vote", stage(company, "special-written", 0), 0, 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.stage.Carried(c.yes, c.no, c.eligible); got != c.want {
				t.Errorf("%d for, %d against of %d: %v, want %v", c.yes, c.no, c.eligible, got, c.want)
			}
		})
	}
	first, last := stage(society, "conversion", 1).Window(day(t, "2026-01-31"))
	if first != day(t, "2026-02-14") || last != day(t, "2026-02-28") {
		t.Errorf("the second meeting may be held from %s to %s", first, last)
	}
}

// Companies Act 2006, s.121: ten years after membership ended.
func TestRetention(t *testing.T) {
	until, ok := form(t, law.CICShares, today).Retention.Until(day(t, "2016-02-29"))
	if !ok || until != day(t, "2026-02-28") {
		t.Errorf("kept until %s", until)
	}
	l := library(t)
	minutes, err := l.Retention("minutes", day(t, today))
	if err != nil {
		t.Fatal(err)
	}
	if _, ends := minutes.Until(day(t, today)); ends {
		t.Error("minutes that are kept for good have an end")
	}
	rejected, err := l.Retention("rejected-imports", day(t, today))
	if err != nil {
		t.Fatal(err)
	}
	if until, ok := rejected.Until(day(t, "2026-11-19")); !ok || until != day(t, "2026-11-26") {
		t.Errorf("a list turned down is kept until %s", until)
	}
	for _, r := range l.Retentions(day(t, today)) {
		sourced(t, "retention "+r.ID, r.Provenance)
		plain(t, "retention "+r.ID, r.Text)
	}
}
