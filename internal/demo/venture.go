package demo

import (
	"bytes"
	"context"
	"fmt"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/own/venture"
	"commonweal/law"
)

// Venture is the code of the joint venture: urgent care, run by the society and
// a hospital together.
const (
	Venture  = "border-urgent"
	hospital = "marches-hospital"
)

// venture makes the joint venture with its two parents, the staff that each of
// them brings, what is reserved to the parents, and who may inspect what.
func (b *builder) venture(ctx context.Context) error {
	day := law.Today(b.clock.Now()).AddDays(1)
	b.at(day, 9)
	_, _, err := b.h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: hospital, Name: "Marches Hospital", Kind: identity.Employer, Opened: day,
	})
	if err != nil {
		return err
	}
	_, people, err := b.h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: Venture, Name: "Border Urgent Care", Kind: identity.Mutual, LegalForm: string(law.JointVenture),
		RegisteredNo: "00079120", RegisteredOffice: "Quarry Road Health Centre, Severn Bridge", Opened: day,
	}, identity.Setup{Person: identity.Person{Given: "Carys", Family: "Holloway", Email: "carys.holloway@example.org"}, Role: policy.Secretary})
	if err != nil {
		return err
	}
	carys := people[0]
	b.ids["carys"] = carys
	for _, p := range []venture.Parent{
		{Org: Org, ShareholdingBP: 5_100, BoardSeats: 3, Starts: day},
		{Org: hospital, ShareholdingBP: 4_900, BoardSeats: 2, Starts: day},
	} {
		if _, err := b.h.Ventures.SetParent(ctx, carys, Venture, p); err != nil {
			return err
		}
	}
	for _, m := range []venture.Matter{
		{Code: "admit", Title: "A new parent", Text: "Nobody becomes a parent without the consent of all parents.", Rule: venture.EveryParent, Starts: day},
		{Code: "close", Title: "Closing a site", Text: "A site is closed only with the consent of parents who hold three quarters.", Rule: venture.Shareholding, Threshold: 7_500, Starts: day},
	} {
		if _, err := b.h.Ventures.Reserve(ctx, carys, Venture, m); err != nil {
			return err
		}
	}
	if err := b.ventureRules(ctx, carys, day); err != nil {
		return err
	}
	for i, employer := range []string{Org, hospital} {
		if err := b.ventureStaff(ctx, carys, employer, uint64(i+1), day); err != nil {
			return err
		}
	}
	return b.ventureMembers(ctx, carys, day.AddDays(5))
}

func (b *builder) ventureRules(ctx context.Context, by string, day law.Date) error {
	parents, err := b.h.Ventures.Parents(ctx, Venture)
	if err != nil {
		return err
	}
	_, err = b.h.Members.SaveClass(ctx, by, Venture, member.Class{
		Code: "staff", Name: "Staff of the parents", Kind: member.Staff, Admission: member.OnApplication,
		Eligibility: venture.EmployersRule(parents, day), EligibilityRef: "article 8", Leaving: member.EligibilityEnds, GraceDays: 0,
		LeavingRef: "article 11", Votes: 1, Position: 1, Starts: day,
	})
	if err != nil {
		return err
	}
	set := venture.Constituencies(parents, map[string]string{Org: "Severn & Wye Community Health", hospital: "Marches Hospital"}, day)
	for i := range set {
		set[i].Class = "staff"
	}
	if _, err := b.h.Members.SaveConstituencies(ctx, by, Venture, "staff", day, set); err != nil {
		return err
	}
	b.ids["venture-class"], err = b.h.Shares.MakeClass(ctx, by, Venture, share.Class{
		Code: "a", Name: "A share", NominalPence: 100, CancelsOnLeaving: true, MaxHoldingPence: 100, Starts: day,
	})
	return err
}

// ventureStaff loads the list of those whom one parent sends, from a report
// that the parent makes for itself.
func (b *builder) ventureStaff(ctx context.Context, by, employer string, number uint64, day law.Date) error {
	rows := invent.Generate(seed+1000*number, max(20, b.Staff/45), day)
	for i := range rows {
		rows[i].Email = fmt.Sprintf("jv%d.%s", number, rows[i].Email)
	}
	profile := stafflist.Local()
	profile.Name = "report of " + employer
	if err := b.h.Staff.SaveProfile(ctx, by, Venture, profile); err != nil {
		return err
	}
	var file bytes.Buffer
	if err := invent.WriteCSV(&file, rows, invent.Local()); err != nil {
		return err
	}
	_, err := b.h.Staff.Import(ctx, by, staff.List{
		Org: Venture, Employer: employer, AsAt: day, File: bytes.NewReader(file.Bytes()), Size: int64(file.Len()),
		Name: employer + ".csv", Profile: profile.Name,
	}, staff.Confirmed)
	return err
}

func (b *builder) ventureMembers(ctx context.Context, by string, day law.Date) error {
	b.at(day, 10)
	var list []member.Entrant
	err := b.h.Staff.EachOn(ctx, staff.Filter{Org: Venture, Day: day}, func(e staff.Entry) error {
		if e.Main.Category == stafflist.Permanent && chance(e.PersonID, 100) < 70 {
			list = append(list, member.Entrant{Person: e.PersonID, Class: "staff", Applied: day, Effective: day, Reason: "signed the founding application"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.h.Members.AdmitAll(ctx, by, Venture, member.Source{}, list); err != nil {
		return err
	}
	rows, err := b.h.Members.Register(ctx, Venture, day)
	if err != nil {
		return err
	}
	var entries []share.Entry
	for _, r := range rows {
		entries = append(entries, share.Entry{
			Kind: share.Issue, Class: b.ids["venture-class"], To: r.MemberID, Quantity: 1, PaidPence: 100, Effective: day, Reason: "on admission",
		})
	}
	if _, err := b.h.Shares.Record(ctx, by, Venture, entries...); err != nil {
		return err
	}
	_, err = b.h.Journal.Sign(ctx, Venture)
	return err
}
