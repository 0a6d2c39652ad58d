package house

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// A poll asks the real register: who was admitted by the end of the record date is on
// the roll, who was not is told why in the register's own words.
func TestPolls_AskTheRegister(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	clock := world.At(time.Date(2026, 9, 1, 9, 30, 0, 0, time.UTC))
	h, err := Open(ctx, world.Fixed(clock, 1), Options{Database: filepath.Join(dir, "c.db"), KeyFile: filepath.Join(dir, "c.key")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day := func(s string) law.Date {
		d, err := law.ParseDate(s)
		ok(err)
		return d
	}
	_, _, err = h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: "wye", Name: "Wye", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: day("2020-01-01"),
	})
	ok(err)
	_, err = h.Members.SaveClass(ctx, "setup", "wye", member.Class{
		Code: "friends", Name: "Friends", Kind: member.Partner, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: day("2020-01-01"),
	})
	ok(err)
	person := func(given string) string {
		p, err := h.Identity.NewPerson(ctx, "setup", "wye", identity.Person{Given: given, Family: "Hart"})
		ok(err)
		return p.ID
	}
	ret, early, late := person("Rhys"), person("Elin"), person("Lowri")
	_, err = h.Identity.Appoint(ctx, "setup", identity.Appointment{Org: "wye", Person: ret, Role: policy.ReturningOfficer})
	ok(err)
	_, err = h.Members.Admit(ctx, "setup", "wye", member.Decision{Person: early, Class: "friends", Effective: day("2026-01-05"), Reason: "Founding member"})
	ok(err)

	rules, err := poll.DefaultRules(h.Law, poll.Ask{Kind: poll.Proposal}, day("2026-09-01"))
	ok(err)
	draft := poll.Poll{
		Code: "name", Title: "Our name", Kind: poll.Proposal, Rules: rules, Closes: timetable.CloseOn(day("2026-10-16")),
		Contests: []poll.Contest{{Code: "all", Title: "Friends", Class: "friends", Question: "Should we keep our name?"}},
	}
	wrong := draft
	wrong.Contests = []poll.Contest{{Code: "all", Title: "Foes", Class: "foes", Question: "Should we?"}}
	if _, err := h.Polls.Prepare(ctx, "setup", "wye", wrong); err == nil {
		t.Error("a poll of a class that the register does not have")
	}
	id, err := h.Polls.Prepare(ctx, "setup", "wye", draft)
	ok(err)
	_, err = h.Polls.Name(ctx, "setup", "wye", id, poll.Official{Person: ret, Office: poll.ReturningOfficer})
	ok(err)
	ok(h.Polls.Call(ctx, ret, "wye", id))
	clock.Set(day("2026-09-22").Start().Add(9 * time.Hour)) // the record date was the 21st
	_, err = h.Members.Admit(ctx, "setup", "wye", member.Decision{Person: late, Class: "friends", Effective: day("2026-09-22"), Reason: "New"})
	ok(err)
	ok(h.Polls.MakeRoll(ctx, ret, "wye", id))
	p, err := h.Polls.PollByCode(ctx, "wye", "name")
	ok(err)
	c := p.Contests[0]
	list, err := h.Polls.Voters(ctx, "wye", c.ID)
	ok(err)
	if len(list) != 1 || list[0].Person != early || list[0].Member == "" {
		t.Errorf("on the roll: %+v", list)
	}
	e, err := h.Polls.Eligible(ctx, "wye", c.ID, late)
	ok(err)
	if e.OnRoll || !strings.Contains(e.Rule, "Whoever is a member of the class Friends at the end of Monday 21 September 2026") || e.Fact == "" {
		t.Errorf("%+v", e)
	}
	e, err = h.Polls.Eligible(ctx, "wye", c.ID, early)
	ok(err)
	if !e.OnRoll || !strings.Contains(e.Fact, "Founding member") {
		t.Errorf("%+v", e)
	}
	ok(h.expirePolls(ctx))
}
