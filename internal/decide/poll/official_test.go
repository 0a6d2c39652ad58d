package poll_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// Registrar, keyholders and returning officer are different people, and so are those
// who watch: whichever office comes first, and also when it was given up.
func TestOfficials_KeptApart(t *testing.T) {
	all := []poll.Office{poll.ReturningOfficer, poll.Registrar, poll.Keyholder, poll.Teller, poll.Observer}
	together := map[[2]poll.Office]bool{
		{poll.Registrar, poll.Teller}: true, {poll.Teller, poll.Registrar}: true,
		{poll.Keyholder, poll.Teller}: true, {poll.Teller, poll.Keyholder}: true,
	}
	for _, a := range all {
		for _, b := range all {
			if a == b {
				continue
			}
			if why := poll.Clash(a, b); (why == "") != together[[2]poll.Office{a, b}] {
				t.Errorf("%s and %s: %q", a, b, why)
			}
		}
	}
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		// Roles that nobody may hold together are refused when they are given, so the
		// poll's own rule is seen where a role was given up meanwhile.
		first := m.name(id, "sec", "key1", poll.Keyholder)
		m.ok(m.svc.EndOffice(ctx, "sec", org, id, first))
		m.swap("key1", policy.Trustee, policy.Registrar)
		_, err := m.svc.Name(ctx, "sec", org, id, poll.Official{Person: "key1", Office: poll.Registrar})
		m.refused(err, fault.Conflict, "having been named keyholder")
		m.swap("key1", policy.Registrar, policy.ReturningOfficer)
		_, err = m.svc.Name(ctx, "sec", org, id, poll.Official{Person: "key1", Office: poll.ReturningOfficer})
		m.refused(err, fault.Conflict, "held apart from those who run")
	})
}

// The appointments themselves are kept apart too: nobody is registrar and keyholder,
// or either and platform administrator, whatever the poll.
func TestOfficials_RolesKeptApart(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		for _, pair := range []struct {
			person string
			role   policy.Role
		}{{"rgr", policy.Trustee}, {"key1", policy.Registrar}, {"ret", policy.Registrar}, {"sec", policy.Registrar}, {"key1", policy.ReturningOfficer}} {
			_, err := m.id.Appoint(ctx, "setup", identity.Appointment{Org: org, Person: pair.person, Role: pair.role})
			m.refused(err, fault.Conflict, "cannot be")
		}
		// The same human being in another organisation, as far as we can tell.
		_, root, err := m.id.CreateOrganisation(ctx, "setup", identity.Organisation{ID: "machine", Name: "Machine", Kind: identity.Platform, Opened: day("2020-01-01")},
			identity.Setup{Person: identity.Person{Given: "Root", Family: "Keeper", Email: "root@example.org"}, Role: policy.PlatformAdministrator})
		m.ok(err)
		if len(root) != 1 {
			t.Fatal("nobody runs the machine")
		}
		here, err := m.id.NewPerson(ctx, "setup", org, identity.Person{Given: "Root", Family: "Keeper", Email: "root@example.org"})
		m.ok(err)
		for _, role := range []policy.Role{policy.Registrar, policy.Trustee, policy.ReturningOfficer, policy.Teller} {
			_, err := m.id.Appoint(ctx, "setup", identity.Appointment{Org: org, Person: here.ID, Role: role})
			m.refused(err, fault.Conflict, "runs the machine")
		}
	})
}

// swap ends one role of somebody and gives another.
func (m *mutual) swap(person string, from, to policy.Role) {
	m.t.Helper()
	list, err := m.id.AppointmentsOf(ctx, org, person)
	m.ok(err)
	for _, a := range list {
		if a.Role == from && a.Ends.IsZero() {
			m.ok(m.id.EndAppointment(ctx, "setup", org, a.ID, day(m.Clock.Now().Format("2006-01-02"))))
		}
	}
	_, err = m.id.Appoint(ctx, "setup", identity.Appointment{Org: org, Person: person, Role: to})
	m.ok(err)
}

func TestName_Refused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		m.officials(id)
		for _, c := range []struct {
			name, by string
			o        poll.Official
			kind     fault.Kind
			says     string
		}{
			{"an office nobody knows", "sec", poll.Official{Person: "tell", Office: "jester"}, fault.Invalid, "no office"},
			{"without the role", "sec", poll.Official{Person: "amara", Office: poll.Teller}, fault.Conflict, "appoint them first"},
			{"oneself", "tell", poll.Official{Person: "tell", Office: poll.Teller}, fault.Forbidden, "themselves"},
			{"a second registrar", "sec", poll.Official{Person: "rgr", Office: poll.Registrar}, fault.Conflict, "already"},
			{"a fourth keyholder", "sec", poll.Official{Person: "key4", Office: poll.Keyholder}, fault.Conflict, "its 3 keyholders"},
			{"a teller of a side", "sec", poll.Official{Person: "tell", Office: poll.Teller, Side: poll.Outside}, fault.Invalid, "only keyholders"},
		} {
			_, err := m.svc.Name(ctx, c.by, org, id, c.o)
			m.refused(err, c.kind, c.says)
		}
		if side := m.poll(id).Holders(poll.Keyholder)[2].Side; side != poll.StaffSide {
			t.Errorf("whom the staff side names stands for %q", side)
		}
		// Nobody else says so in the staff's name, and an outside body does as well.
		third := m.poll(id).Holders(poll.Keyholder)[2]
		m.ok(m.svc.EndOffice(ctx, "sec", org, id, third.ID))
		_, err := m.svc.Name(ctx, "sec", org, id, poll.Official{Person: "key4", Office: poll.Keyholder, Side: poll.StaffSide})
		m.refused(err, fault.Invalid, "only the staff side")
		m.expectTasks(id, poll.CallPoll, poll.NameKeyholders)
		_, err = m.svc.Name(ctx, "sec", org, id, poll.Official{Person: "key4", Office: poll.Keyholder, Side: poll.Outside})
		m.ok(err)
		m.expectTasks(id, poll.CallPoll)
		m.refused(m.svc.EndOffice(ctx, "sec", org, id, third.ID), fault.Conflict, "no more")
		m.refused(m.svc.EndOffice(ctx, "sec", org, id, "nobody"), fault.NotFound, "no official")
	})
}

// Three keyholders of one mind are not enough: one is of the staff side or outside.
func TestKeyMade_NeedsAnIndependentKeyholder(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		for _, who := range []string{"key1", "key2", "key3"} {
			m.name(id, "sec", who, poll.Keyholder)
		}
		m.name(id, "sec", "ret", poll.ReturningOfficer)
		m.expectTasks(id, poll.CallPoll, poll.NameRegistrar, poll.NameKeyholders)
		m.ok(m.svc.Call(ctx, "sec", org, id))
		m.refused(m.record(m.makesKey(id)), fault.Conflict, "not the keyholders")
	})
}
