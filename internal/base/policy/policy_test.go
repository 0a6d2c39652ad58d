package policy_test

import (
	"testing"

	"commonweal/internal/base/policy"
)

func in(org, person string, roles ...policy.Role) policy.Actor {
	return policy.Actor{Org: org, Person: person, Roles: roles}
}

func withToken(a policy.Actor, scopes ...string) policy.Actor {
	a.Scopes = append([]string{}, scopes...)
	return a
}

func TestAllow(t *testing.T) {
	secretary := in("harbour", "p1", policy.Secretary)
	member := in("harbour", "p2", policy.Member)
	machine := in("platform", "p3", policy.PlatformAdministrator)
	demo := secretary
	demo.Demo = true
	harbour := policy.Resource{Org: "harbour"}
	weak := in("harbour", "p7", policy.Secretary, policy.Member)
	weak.Weak = true
	watcher := in("harbour", "p8", policy.Regulator)
	watcher.Weak = true

	cases := []struct {
		name   string
		actor  policy.Actor
		action policy.Action
		on     policy.Resource
		rule   string
		ok     bool
	}{
		{"the public sees the record", policy.Actor{}, policy.RecordView, harbour, policy.RulePublic, true},
		{"a public action is open across organisations", in("meadow", "p9"), policy.RegisterInspectRequest, harbour, policy.RulePublic, true},
		{"the public does not see the register", policy.Actor{}, policy.RegisterView, harbour, policy.RuleSignIn, false},
		{"a role without a person is the public", policy.Actor{Org: "harbour", Roles: []policy.Role{policy.Secretary}}, policy.RegisterView, harbour, policy.RuleSignIn, false},
		{"the secretary reads the register", secretary, policy.RegisterView, harbour, policy.RuleRole, true},
		{"the secretary of another mutual does not", in("meadow", "p1", policy.Secretary), policy.RegisterView, harbour, policy.RuleElsewhere, false},
		{"a resource that names no organisation is refused", secretary, policy.RegisterView, policy.Resource{}, policy.RuleNowhere, false},
		{"a member does not read the full register", member, policy.RegisterView, harbour, policy.RuleRoleMissing, false},
		{"a member sees their own shares", member, policy.ShareViewOwn, member.Own(), policy.RuleOwn, true},
		{"a member does not see another's shares as their own", member, policy.ShareViewOwn, secretary.Own(), policy.RuleNotYours, false},
		{"an own thing without an owner is nobody's", member, policy.ShareViewOwn, harbour, policy.RuleNotYours, false},
		{"somebody without roles may apply", in("harbour", "p4"), policy.MemberApply, policy.Resource{Org: "harbour", Owner: "p4"}, policy.RuleOwn, true},
		{"somebody without roles may not withdraw", in("harbour", "p4"), policy.MemberWithdraw, policy.Resource{Org: "harbour", Owner: "p4"}, policy.RuleRoleMissing, false},

		{"the secretary appoints another", secretary, policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p2", Kind: "returning_officer"}, policy.RuleRole, true},
		{"nobody appoints themselves", secretary, policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p1", Kind: "returning_officer"}, policy.RuleSelf, false},
		{"a director does not appoint the returning officer", in("harbour", "p5", policy.Director), policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p2", Kind: "returning_officer"}, policy.RuleRoleMissing, false},
		{"a director appoints the secretary, so that the last one may leave", in("harbour", "p5", policy.Director), policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p2", Kind: "secretary"}, policy.RuleRole, true},
		{"a secretary does not make a platform administrator", secretary, policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p2", Kind: "platform_administrator"}, policy.RuleRoleMissing, false},

		{"the platform administrator sees the machine of all", machine, policy.MachineView, policy.Resource{}, policy.RuleRole, true},
		{"the platform administrator creates organisations", machine, policy.OrganisationCreate, harbour, policy.RuleRole, true},
		{"the platform administrator reads no register", machine, policy.RegisterView, harbour, policy.RuleElsewhere, false},
		{"not even in their own organisation, and not even with another role", in("harbour", "p3", policy.PlatformAdministrator, policy.Secretary), policy.RegisterView, harbour, policy.RuleNoContent, false},
		{"a secretary does not see the machine", secretary, policy.MachineView, harbour, policy.RuleRoleMissing, false},

		{"a token with the scope", withToken(secretary, "read:register"), policy.RegisterView, harbour, policy.RuleRole, true},
		{"a token with another scope", withToken(secretary, "read:shares"), policy.RegisterView, harbour, policy.RuleScope, false},
		{"a token without scopes is not a session", withToken(secretary), policy.RegisterView, harbour, policy.RuleScope, false},
		{"a read scope does not write", withToken(secretary, "read:shares"), policy.ShareIssue, harbour, policy.RuleScope, false},
		{"a scope gives no role", withToken(member, "read:register"), policy.RegisterView, harbour, policy.RuleRoleMissing, false},
		{"no token makes tokens", withToken(secretary, policy.Scopes()...), policy.TokenManageOwn, secretary.Own(), policy.RuleNoToken, false},
		{"no token appoints officers", withToken(secretary, policy.Scopes()...), policy.OfficerAppoint, policy.Resource{Org: "harbour", Owner: "p2"}, policy.RuleNoToken, false},
		{"a token still sees what is public", withToken(secretary), policy.EvidenceView, harbour, policy.RulePublic, true},

		{"an invented person works like a real one", demo, policy.RegisterView, harbour, policy.RuleRole, true},
		{"an invented person gets no passkey", demo, policy.PasskeyManageOwn, demo.Own(), policy.RuleInvented, false},
		{"a real person gets one", secretary, policy.PasskeyManageOwn, secretary.Own(), policy.RuleOwn, true},

		{"the staff side names a keyholder", in("harbour", "p6", policy.StaffSide), policy.OfficialName, policy.Resource{Org: "harbour", Owner: "p2", Kind: "trustee"}, policy.RuleRole, true},
		{"and nobody else of a poll", in("harbour", "p6", policy.StaffSide), policy.OfficialName, policy.Resource{Org: "harbour", Owner: "p2", Kind: "registrar"}, policy.RuleRoleMissing, false},
		{"nobody names themselves", in("harbour", "p6", policy.StaffSide), policy.OfficialName, policy.Resource{Org: "harbour", Owner: "p6", Kind: "trustee"}, policy.RuleSelf, false},
		{"the secretary does not make the roll", secretary, policy.RollMake, harbour, policy.RuleRoleMissing, false},

		{"an office counts for nothing without its passkey", weak, policy.RegisterView, harbour, policy.RulePasskey, false},
		{"what one may do as a member one still may", weak, policy.ControlView, harbour, policy.RuleRole, true},
		{"and what is one's own", weak, policy.ShareViewOwn, weak.Own(), policy.RuleOwn, true},
		{"an office that bears on nobody needs none", watcher, policy.ControlView, harbour, policy.RuleRole, true},
		{"who could not do it anyway is told that", weak, policy.MachineView, harbour, policy.RuleRoleMissing, false},

		{"an unknown action is refused to everybody", secretary, "register.burn", harbour, policy.RuleUnknown, false},
		{"also to the platform", machine, "", harbour, policy.RuleUnknown, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := policy.Allow(c.actor, c.action, c.on)
			if got.Allowed != c.ok || got.Rule != c.rule {
				t.Errorf("got %+v, want allowed %v by rule %s", got, c.ok, c.rule)
			}
		})
	}
}

func TestIncompatibleRoles(t *testing.T) {
	for _, pair := range policy.Incompatibilities() {
		if !pair.A.Appointed() || !pair.B.Appointed() {
			t.Errorf("%s and %s: only appointed roles can clash", pair.A, pair.B)
		}
		if pair.Reason == "" || pair.A == pair.B {
			t.Errorf("%s and %s: no reason, or one role twice", pair.A, pair.B)
		}
		if back, ok := policy.Clash(pair.B, pair.A); !ok || back != pair {
			t.Errorf("%s and %s: the order matters, or the pair is there twice", pair.A, pair.B)
		}
	}
	for _, pair := range [][2]policy.Role{
		{policy.PlatformAdministrator, policy.Secretary},
		{policy.PlatformAdministrator, policy.ReturningOfficer},
		{policy.PlatformAdministrator, policy.Trustee},
		{policy.PlatformAdministrator, policy.Registrar},
		{policy.PlatformAdministrator, policy.Teller},
		{policy.Registrar, policy.Trustee},
		{policy.Registrar, policy.ReturningOfficer},
		{policy.Registrar, policy.Secretary},
		{policy.Trustee, policy.ReturningOfficer},
		{policy.Scrutineer, policy.Secretary},
		{policy.Scrutineer, policy.ReturningOfficer},
	} {
		if _, ok := policy.Clash(pair[0], pair[1]); !ok {
			t.Errorf("%s and %s may be held together", pair[0], pair[1])
		}
	}
	if _, ok := policy.Clash(policy.Secretary, policy.EngagementLead); ok {
		t.Error("a secretary may lead on engagement")
	}
}

func TestRolesAreAppointedWhereTheyBelong(t *testing.T) {
	cases := []struct {
		role policy.Role
		kind string
		want bool
	}{
		{policy.Secretary, "mutual", true},
		{policy.Regulator, "body", true},
		{policy.PlatformAdministrator, "platform", true},
		{policy.PlatformAdministrator, "mutual", false}, // it would rule over the others
		{policy.Secretary, "platform", false},
		{policy.Member, "mutual", false}, // follows from the register
		{"chieftain", "mutual", false},
	}
	for _, c := range cases {
		if got := c.role.AppointableIn(c.kind); got != c.want {
			t.Errorf("%s in a %s: got %v", c.role, c.kind, got)
		}
	}
}

// Whatever office may do more than a member may is one that can be made to need a
// passkey: a new line in the table cannot give power to an office without one.
func TestWeighty_EveryOfficeWithPower(t *testing.T) {
	member := map[string]bool{}
	for _, c := range policy.Matrix() {
		if c.Role == policy.Member {
			member[string(c.Action)+"/"+c.Kind] = c.Answer.Allowed
		}
	}
	for _, c := range policy.Matrix() {
		if c.Answer.Allowed && c.Role.Appointed() && !c.Action.IsOwn() && !member[string(c.Action)+"/"+c.Kind] && !c.Role.Weighty() {
			t.Errorf("a %s may do %s, which a member may not, and needs no passkey", c.Role.Title(), c.Action)
		}
	}
}
