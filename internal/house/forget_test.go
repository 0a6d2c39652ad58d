package house

import (
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// Erasing somebody takes them out of every room in the one change: the requests to
// inspect that they made, the messages that wait for them, how they wanted these.
func TestForget(t *testing.T) {
	h := newHome(t)
	h.class()
	ann, day := h.person("Ann"), h.today()
	_, err := h.Members.Apply(ctx, ann, "wye", member.Application{Person: ann, Class: "patients", Consent: "v1", Area: "NP16", Effective: day})
	h.ok(err)
	_, err = h.Register.Ask(ctx, "wye", register.Ask{
		Person: ann, Audience: law.Interested, Name: "Ann Marsh", Address: "4 Mill Road", Purpose: "To see what is kept of Ann", Shared: register.No,
	})
	h.ok(err)
	h.ok(h.Notices.SetPreference(ctx, "wye", ann, kindApplied, "weekly"))
	_, err = h.Members.WithdrawConsent(ctx, ann, "wye", ann, day)
	h.ok(err)
	due, err := h.Members.Erasures(ctx, "wye")
	h.ok(err)
	if len(due) != 1 {
		t.Fatalf("%d erasures; want one", len(due))
	}
	h.ok(h.Members.Erase(ctx, h.Secretary, "wye", due[0].ID, identity.Keep{}))
	entries, err := h.Journal.Entries(ctx, "wye", 0, 1)
	h.ok(err)
	if n := h.count(`SELECT COUNT(*) FROM inspection_request WHERE erased = ? AND requester IS NULL AND purpose IS NULL`, entries[0].At); n != 1 || entries[0].Kind != "member.erased" {
		t.Errorf("%d requests were erased in the change %s", n, entries[0].Kind)
	}
	if n := h.count(`SELECT COUNT(*) FROM outbox WHERE person_id = ?`, ann) + h.count(`SELECT COUNT(*) FROM notice_preference WHERE who = ?`, ann); n != 0 {
		t.Errorf("%d messages and choices are left", n)
	}
	h.nowhere("Mill Road", "Marsh", "what is kept of Ann", "ann@wye.example", "NP16")
}

// Whoever took their consent back is erased when the month is up, without anybody's
// doing; the society's register keeps the name and address of a former member, and
// nothing is kept of somebody who never was one.
func TestForget_WhenDue(t *testing.T) {
	h := newHome(t)
	h.class()
	ann, ben, day := h.person("Ann"), h.person("Ben"), h.today()
	for _, p := range []string{ann, ben} {
		_, err := h.Members.Apply(ctx, p, "wye", member.Application{Person: p, Class: "patients", Consent: "v1", Area: "NP16", Effective: day})
		h.ok(err)
	}
	_, err := h.Members.Admit(ctx, h.Secretary, "wye", member.Decision{Person: ann, Effective: day})
	h.ok(err)
	day = day.AddDays(7)
	h.Clock.Set(day.Start().Add(9 * time.Hour))
	for _, p := range []string{ann, ben} {
		_, err := h.Members.WithdrawConsent(ctx, p, "wye", p, day)
		h.ok(err)
	}
	erased := func() int { return h.count(`SELECT COUNT(*) FROM person WHERE erased IS NOT NULL`) }
	h.Clock.Set(day.AddMonths(1).AddDays(-1).Start().Add(5 * time.Hour))
	h.work()
	if n := erased(); n != 0 {
		t.Errorf("%d were erased before they had to be", n)
	}
	h.Clock.Set(day.AddMonths(1).Start().Add(5 * time.Hour))
	h.work()
	if n := erased(); n != 2 {
		t.Errorf("%d were erased on the day; want two", n)
	}
	for _, c := range []struct{ person, family string }{{ann, "Marsh"}, {ben, ""}} {
		p, err := h.Identity.Person(ctx, "wye", c.person)
		h.ok(err)
		if p.Family != c.family || p.Email != "" {
			t.Errorf("kept: %+v", p)
		}
	}
	if due, err := h.Members.Erasures(ctx, "wye"); err != nil || len(due) != 0 {
		t.Errorf("still to erase: %+v, %v", due, err)
	}
}

// nowhere checks that the record and the outbox hold none of the texts.
func (h *home) nowhere(texts ...string) {
	h.t.Helper()
	h.ok(h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var value []byte
			if err := rows.Scan(&value); err != nil {
				return err
			}
			for _, text := range texts {
				if strings.Contains(string(value), text) {
					h.t.Errorf("%q is still in %s", text, value)
				}
			}
			return nil
		}, `SELECT value FROM journal_row WHERE value IS NOT NULL UNION ALL SELECT mail FROM outbox WHERE mail IS NOT NULL`)
	}))
}

// Former staff who are forgotten leave no request behind either.
func TestForget_FormerStaff(t *testing.T) {
	h := newHome(t)
	h.load(30)
	var gone string
	h.ok(h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT person_id FROM staff ORDER BY id LIMIT 1`).Scan(&gone)
	}))
	_, err := h.Register.Ask(ctx, "wye", register.Ask{
		Person: gone, Audience: law.Interested, Name: "Somebody Gone", Address: "4 Mill Road", Purpose: "To look", Shared: register.No,
	})
	h.ok(err)
	h.Clock.Set(h.Clock.Now().AddDate(0, 1, 0))
	h.load(0)
	h.Clock.Set(h.Clock.Now().AddDate(2, 0, 0))
	out, err := h.Staff.Forget(ctx, h.Secretary, "wye", law.Retention{ID: "former-staff", Months: 6}, free{}, h.today())
	h.ok(err)
	if out.Erased == 0 {
		t.Fatal("nobody was forgotten")
	}
	h.nowhere("Mill Road", "Somebody Gone")
}

// The address that an account is taken from is told of it, whoever changed it:
// the secretary, or a staff list. Where nothing was lost nothing is sent.
func TestTell_EmailLost(t *testing.T) {
	h := newHome(t)
	ann := h.person("Ann")
	h.mails()
	h.ok(h.Identity.CorrectPerson(ctx, h.Secretary, "wye", identity.Person{ID: ann, Given: "Anne", Family: "Marsh", Email: "ann@wye.example"}))
	h.none()
	h.ok(h.Identity.CorrectPerson(ctx, h.Secretary, "wye", identity.Person{ID: ann, Given: "Anne", Family: "Marsh", Email: "anne@wye.example"}))
	text := h.one("ann@wye.example", "Your e-mail address at Wye Community Health was changed", "tell the secretary at once", "cannot be turned off")
	if strings.Contains(text, "anne@wye.example") {
		t.Errorf("the old address is told the new one:\n%s", text)
	}
	h.load(30)
	h.mails()
	h.loadWith(30, func(email string) string { return "new." + email })
	if n := h.count(`SELECT COUNT(*) FROM notice WHERE kind = 'email.changed'`); n < 20 {
		t.Errorf("%d people of a list that changed every address were told", n)
	}
	for _, m := range h.mails() {
		if strings.Contains(m, "\nTo: ") && strings.Contains(m[strings.Index(m, "\nTo: "):][:80], "new.") {
			t.Errorf("the new address was told:\n%s", m)
		}
	}
}
