package poll_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/schema/schematest"
)

// The roll is that of the end of the record date: who joined on that day votes, who
// left on it does not, and who joined the day after does not.
func TestRoll_EndOfTheRecordDate(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("joins", "late", "leaves")
		m.reg["joins"] = []stay{{class: "staff", place: "nursing", votes: 1, from: day("2026-03-25")}}
		m.reg["late"] = []stay{{class: "staff", place: "nursing", votes: 1, from: day("2026-03-26")}}
		m.reg["leaves"] = []stay{{class: "staff", place: "nursing", votes: 1, from: day("2024-01-01"), to: day("2026-03-25")}}
		m.reg["none"] = []stay{{class: "staff", place: "nursing", votes: 0, from: day("2024-01-01")}} // a class without votes
		_, nursing, _, _ := m.contested()
		list, err := m.svc.Voters(ctx, org, nursing.ID)
		m.ok(err)
		var who []string
		for i, e := range list {
			who = append(who, e.Person)
			if e.Number != i+1 || e.Weight != 1 || len(e.Salt) != 16 || len(e.Commitment) != 32 {
				t.Errorf("%+v", e)
			}
		}
		byNumber := strings.Join(who, " ")
		slices.Sort(who)
		if want := "amara bryn cadi dai eira joins"; strings.Join(who, " ") != want {
			t.Errorf("on the roll: %v", who)
		}
		if byNumber == strings.Join(who, " ") {
			t.Error("the voter numbers go by name: they are not drawn")
		}
	})
}

// Anybody can make the seal again from the public lines, and a voter can show that
// theirs is under it with nothing but the receipt.
func TestSeal_AndReceipts(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		_, nursing, _, _ := m.contested()
		list, err := m.svc.Voters(ctx, org, nursing.ID)
		m.ok(err)
		if seal, err := poll.SealOf(list); err != nil || seal != nursing.Roll.Seal || seal != nursing.Roll.FirstSeal {
			t.Fatalf("%s, %v; recorded %s", seal, err, nursing.Roll.Seal)
		}
		leaves, err := m.svc.Leaves(ctx, org, nursing.ID)
		m.ok(err)
		for _, leaf := range leaves {
			for _, who := range staff {
				if strings.Contains(leaf, who) {
					t.Errorf("a public line names somebody: %s", leaf)
				}
			}
		}
		for _, e := range list {
			r, err := m.svc.OwnEntry(ctx, org, nursing.ID, e.Person)
			m.ok(err)
			if err := r.Check(nursing.Roll.Seal); err != nil {
				t.Errorf("%s: %v", e.Person, err)
			}
			for name, change := range map[string]func(r *poll.Receipt){
				"another person":  func(r *poll.Receipt) { r.Person = "mallory" },
				"another number":  func(r *poll.Receipt) { r.Number = r.Number%5 + 1 },
				"two votes":       func(r *poll.Receipt) { r.Weight = 2 },
				"another salt":    func(r *poll.Receipt) { r.Salt = make([]byte, 16) },
				"another contest": func(r *poll.Receipt) { r.Contest = "x" },
				"a roll of none":  func(r *poll.Receipt) { r.Size = 0 },
				"a shorter proof": func(r *poll.Receipt) { r.Proof = r.Proof[:len(r.Proof)-1] },
				"a torn proof":    func(r *poll.Receipt) { r.Proof = append([]string{"zz"}, r.Proof[1:]...) },
				"a seal of wax":   func(r *poll.Receipt) { r.Seal = "wax" },
			} {
				bad := r
				bad.Proof = slices.Clone(r.Proof)
				change(&bad)
				if bad.Check(bad.Seal) == nil {
					t.Errorf("%s passes", name)
				}
			}
			if r.Check(strings.Repeat("00", 32)) == nil {
				t.Error("a receipt passes against another seal")
			}
		}
		_, err = m.svc.OwnEntry(ctx, org, nursing.ID, "ffion")
		m.refused(err, fault.NotFound, "not on the roll")
	})
}

// The form of a line and of a seal, worked out apart: RFC 6962 over the lines.
func TestSeal_KnownAnswer(t *testing.T) {
	list := []poll.Entry{{Number: 1, Weight: 1, Commitment: make([]byte, 32)}, {Number: 2, Weight: 3, Commitment: make([]byte, 32), Struck: "claim"}}
	zero := base64.StdEncoding.EncodeToString(make([]byte, 32))
	want := []string{"commonweal/roll/1 1 1 " + zero, "commonweal/roll/1 2 struck " + zero}
	leaf := func(s string) []byte { return sum(append([]byte{0}, s...)) }
	for i, e := range list {
		if e.Leaf() != want[i] {
			t.Errorf("%q", e.Leaf())
		}
	}
	got, err := poll.SealOf(list)
	if err != nil {
		t.Fatal(err)
	}
	if root := hex.EncodeToString(sum(append(append([]byte{1}, leaf(want[0])...), leaf(want[1])...))); got != root {
		t.Errorf("%s, worked out by hand %s", got, root)
	}
	if _, err := poll.SealOf(list[1:]); err == nil {
		t.Error("a roll without its first voter is sealed")
	}
}

// A claim that is upheld adds a line, an objection strikes one out, and each gives a
// new seal that follows from the lines; nothing sealed before is lost.
func TestClaims(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("late")
		m.reg["late"] = []stay{{class: "staff", place: "nursing", votes: 1, from: day("2026-03-26")}}
		id := m.called()
		nursing := m.contest(id, "nursing")
		claim := func(by string, kind poll.ClaimKind, about, ground string) (string, error) {
			return m.svc.Claim(ctx, by, org, poll.Claim{Contest: nursing.ID, Person: by, Kind: kind, About: about, Ground: ground})
		}
		decide := func(id string, o poll.Outcome) error {
			return m.svc.DecideClaim(ctx, "ret", org, nursing.ID, id, o, "I looked at the contract.")
		}
		_, err := claim("late", poll.Missing, "", "I signed in February.")
		m.refused(err, fault.Conflict, "no roll yet")
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		m.refused(m.svc.MakeRoll(ctx, "ret", org, id), fault.Conflict, "has its rolls")
		first := m.contest(id, "nursing").Roll.Seal

		_, err = claim("amara", poll.Missing, "", "Me too.")
		m.refused(err, fault.Conflict, "is on the roll")
		_, err = claim("amara", poll.Objection, "ffion", "Works elsewhere.")
		m.refused(err, fault.Conflict, "is not on the roll")
		_, err = claim("amara", "grumble", "bryn", "Hm.")
		m.refused(err, fault.Invalid, "grumble")
		_, err = claim("late", poll.Missing, "", " ")
		m.refused(err, fault.Invalid, "needs a reason")
		_, err = m.svc.Claim(ctx, "amara", org, poll.Claim{Contest: nursing.ID, Person: "late", Kind: poll.Missing, Ground: "For her."})
		m.refused(err, fault.Forbidden, "returning officer")

		missing, err := claim("late", poll.Missing, "", "I signed in February.")
		m.ok(err)
		_, err = claim("late", poll.Missing, "", "I signed in February.")
		m.refused(err, fault.Conflict, "said this already")
		against, err := claim("amara", poll.Objection, "eira", "She left at Christmas.")
		m.ok(err)
		m.expectTasks(id, poll.FindUncontested) // nobody stands, so the roll does not matter unless somebody will
		m.refused(m.svc.DecideClaim(ctx, "sec", org, nursing.ID, missing, poll.Upheld, "x"), fault.Forbidden, "returning officer")
		m.refused(decide(missing, "perhaps"), fault.Invalid, "perhaps")
		m.refused(decide("nothing", poll.Upheld), fault.NotFound, "no claim")
		m.ok(decide(missing, poll.Upheld))
		m.refused(decide(missing, poll.Dismissed), fault.Conflict, "was upheld")
		m.ok(decide(against, poll.Upheld))

		c := m.contest(id, "nursing")
		list, err := m.svc.Voters(ctx, org, c.ID)
		m.ok(err)
		seal, err := poll.SealOf(list)
		m.ok(err)
		if c.Roll.Entries != 6 || c.Roll.Struck != 1 || c.Roll.Votes != 5 || c.Roll.Seal != seal || c.Roll.FirstSeal != first {
			t.Errorf("%+v; the lines make %s", c.Roll, seal)
		}
		if c.Claims[0].NewSeal == "" || c.Claims[0].NewSeal == first || c.Claims[1].NewSeal != seal {
			t.Errorf("the seals: first %s, %s, %s, now %s", first, c.Claims[0].NewSeal, c.Claims[1].NewSeal, seal)
		}
		if last := list[5]; last.Person != "late" || last.Number != 6 || last.Added != missing {
			t.Errorf("%+v", last)
		}
		r, err := m.svc.OwnEntry(ctx, org, c.ID, "late")
		m.ok(err)
		m.ok(r.Check(seal))
		_, err = m.svc.OwnEntry(ctx, org, c.ID, "eira")
		m.refused(err, fault.NotFound, "not on the roll")

		// The one who was struck out may claim in turn and comes back on the same line.
		back, err := claim("eira", poll.Missing, "", "I came back in January.")
		m.ok(err)
		m.ok(decide(back, poll.Upheld))
		if c := m.contest(id, "nursing"); c.Roll.Entries != 6 || c.Roll.Struck != 0 || c.Roll.Seal == seal {
			t.Errorf("%+v", c.Roll)
		}
		// Nobody is on two rolls of one poll.
		two, err := m.svc.Claim(ctx, "amara", org, poll.Claim{Contest: m.contest(id, "support").ID, Person: "amara", Kind: poll.Missing, Ground: "I work in both."})
		m.ok(err)
		m.refused(m.svc.DecideClaim(ctx, "ret", org, m.contest(id, "support").ID, two, poll.Upheld, "She does."), fault.Conflict, "on the roll of contest nursing")
		m.ok(m.svc.DecideClaim(ctx, "ret", org, m.contest(id, "support").ID, two, poll.Dismissed, "She nurses."))

		// The record says what was decided and names nobody.
		if n := m.held(`SELECT COUNT(*) FROM journal_entry WHERE org_id = ? AND kind = 'roll.claim_decided'`, org); n != 4 {
			t.Errorf("%d decisions are in the record", n)
		}
		m.on("2026-04-08") // claims closed on 7 April
		_, err = claim("huw", poll.Missing, "", "Me.")
		m.refused(err, fault.Conflict, "until Tuesday 7 April 2026")
	})
}

// The returning officer does not decide about themselves.
func TestClaims_NotInOnesOwnCause(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		c := m.contest(id, "nursing")
		own, err := m.svc.Claim(ctx, "ret", org, poll.Claim{Contest: c.ID, Person: "ret", Kind: poll.Missing, Ground: "I nurse on Sundays."})
		m.ok(err)
		m.refused(m.svc.DecideClaim(ctx, "ret", org, c.ID, own, poll.Upheld, "I do."), fault.Forbidden, "cannot decide")
	})
}

// Everybody is told whether they may vote, by which rule, on what it turned, and what
// to do about it until when.
func TestEligible(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		c := m.contest(id, "nursing")
		ask := func(person string) poll.Eligibility {
			t.Helper()
			e, err := m.svc.Eligible(ctx, org, c.ID, person)
			m.ok(err)
			return e
		}
		says := func(got, want string) {
			t.Helper()
			if !strings.Contains(got, want) {
				t.Errorf("%q lacks %q", got, want)
			}
		}
		e := ask("amara")
		if !e.OnRoll || e.Sealed || e.Until != day("2026-03-25") {
			t.Errorf("%+v", e)
		}
		says(e.Answer, "would be on the roll")
		says(e.Rule, "Whoever is a member of the class staff nursing at the end of Wednesday 25 March 2026 may vote.")
		says(e.Fact, "A member of staff in nursing since 2024-01-01.")
		says(e.Object, "tell the secretary")
		if e := ask("ffion"); e.OnRoll {
			t.Errorf("%+v", e)
		}
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		e = ask("amara")
		if !e.OnRoll || !e.Sealed || e.Until != day("2026-04-07") {
			t.Errorf("%+v", e)
		}
		says(e.Answer, fmt.Sprintf("You are on the roll, as voter %d.", e.Entry.Number))
		e = ask("tell")
		says(e.Answer, "You are not on the roll.")
		says(e.Fact, "Not a member on 2026-03-25.")
		says(e.Object, "until Tuesday 7 April 2026")
		claim, err := m.svc.Claim(ctx, "amara", org, poll.Claim{Contest: c.ID, Person: "amara", Kind: poll.Objection, About: "eira", Ground: "She left."})
		m.ok(err)
		m.ok(m.svc.DecideClaim(ctx, "ret", org, c.ID, claim, poll.Upheld, "Her contract ended on 1 March."))
		e = ask("eira")
		says(e.Answer, "taken off the roll")
		says(e.Fact, "Her contract ended on 1 March.")
		m.on("2026-04-08")
		e = ask("eira")
		says(e.Object, "It is settled now.")
		if !e.Until.IsZero() {
			t.Errorf("%+v", e)
		}
	})
}

// After the notice nothing about the roll moves: no claim, no new roll, no record
// date, and whoever joined late cannot vote.
func TestRoll_FrozenWithTheNotice(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("late")
		id, nursing, _ := m.announced()
		before := nursing.Roll.Seal
		m.reg["late"] = []stay{{class: "staff", place: "nursing", votes: 1, from: day("2026-03-01")}} // as if it had always been so
		m.refused(m.svc.MakeRoll(ctx, "ret", org, id), fault.Conflict, "before notice of poll")
		_, err := m.svc.Claim(ctx, "late", org, poll.Claim{Contest: nursing.ID, Person: "late", Kind: poll.Missing, Ground: "Me."})
		m.refused(err, fault.Conflict, "frozen")
		m.refused(m.svc.ChangeDay(ctx, "ret", org, id, timetable.Roll, day("2026-04-01"), "more voters"), fault.Conflict, "frozen")
		m.refused(m.svc.ChangeDay(ctx, "ret", org, id, timetable.Declaration, day("2026-05-06"), "later"), fault.Conflict, "frozen")
		m.refused(m.svc.MoveClose(ctx, "ret", org, id, closing("2026-05-08"), "later"), fault.Conflict, "frozen")
		m.refused(m.svc.Announce(ctx, "ret", org, id), fault.Conflict, "given once")
		m.refused(m.record(m.makesKey(id)), fault.Conflict, "its key does not change")
		if got := m.contest(id, "nursing").Roll.Seal; got != before {
			t.Errorf("the seal changed to %s", got)
		}
		e, err := m.svc.Eligible(ctx, org, nursing.ID, "late")
		m.ok(err)
		if e.OnRoll || !strings.Contains(e.Object, "settled") {
			t.Errorf("%+v", e)
		}
	})
}
