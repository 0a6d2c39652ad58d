package poll_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

func TestStand_Refused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		m.officials(id)
		c := m.contest(id, "nursing")
		good := poll.Nomination{Contest: c.ID, Person: "amara", BallotName: "Amara", Statement: "I listen.", Interests: "None."}
		_, err := m.svc.Stand(ctx, "amara", org, good)
		m.refused(err, fault.Conflict, "being prepared")
		m.ok(m.svc.Call(ctx, "sec", org, id))
		_, err = m.svc.Stand(ctx, "amara", org, good)
		m.refused(err, fault.Conflict, "nominations are open")
		m.on("2026-03-04")
		m.reg["ret"] = m.reg["amara"]
		long := strings.Repeat("word ", 251)
		for _, c := range []struct {
			name, by string
			change   func(n *poll.Nomination)
			kind     fault.Kind
			says     string
		}{
			{"for somebody else", "bryn", func(*poll.Nomination) {}, fault.Forbidden, "not the returning officer"},
			{"of another constituency", "ffion", func(n *poll.Nomination) { n.Person = "ffion" }, fault.Conflict, "no voter of contest nursing"},
			{"no member at all", "tell", func(n *poll.Nomination) { n.Person = "tell" }, fault.Conflict, "Not a member"},
			{"who runs the poll", "ret", func(n *poll.Nomination) { n.Person = "ret" }, fault.Conflict, "was named returning officer"},
			{"no name", "amara", func(n *poll.Nomination) { n.BallotName = " " }, fault.Invalid, "between 1 and 80"},
			{"a name of a hundred letters", "amara", func(n *poll.Nomination) { n.BallotName = strings.Repeat("a", 100) }, fault.Invalid, "between 1 and 80"},
			{"a name written backwards", "amara", func(n *poll.Nomination) { n.BallotName = "A\u202emara" }, fault.Invalid, "cannot be seen"},
			{"a statement too long", "amara", func(n *poll.Nomination) { n.Statement = long }, fault.Invalid, "at most 250"},
			{"a statement of one long word", "amara", func(n *poll.Nomination) { n.Statement = strings.Repeat("x", 4000) }, fault.Invalid, "letters"},
			{"tags", "amara", func(n *poll.Nomination) { n.Statement = "<b>Vote</b> for me" }, fault.Invalid, "plain text"},
			{"a script", "amara", func(n *poll.Nomination) { n.Interests = "<script>alert(1)</script>" }, fault.Invalid, "plain text"},
			{"codes of web pages", "amara", func(n *poll.Nomination) { n.Statement = "&lt;b&gt;" }, fault.Invalid, "plain text"},
			{"no interests declared", "amara", func(n *poll.Nomination) { n.Interests = "" }, fault.Invalid, "declare interests"},
		} {
			n := good
			c.change(&n)
			_, err := m.svc.Stand(ctx, c.by, org, n)
			m.refused(err, c.kind, c.says)
		}
		n := good
		n.Statement = "a < b, a & b, 3 <4: signs that are no tags.\r\n\tSecond line\x07"
		nid, err := m.svc.Stand(ctx, "ret", org, n) // on paper
		m.ok(err)
		if got := m.contest(id, "nursing").Nominations[0]; got.Statement != "a < b, a & b, 3 <4: signs that are no tags.\n Second line" || got.ID != nid {
			t.Errorf("%q", got.Statement)
		}
		other := good
		other.Person = "bryn"
		_, err = m.svc.Stand(ctx, "bryn", org, other)
		m.refused(err, fault.Invalid, "tells the two apart")
		_, err = m.svc.Stand(ctx, "amara", org, poll.Nomination{Contest: "nowhere", Person: "amara"})
		m.refused(err, fault.NotFound, "no contest")
		m.on("2026-03-21")
		_, err = m.svc.Stand(ctx, "bryn", org, poll.Nomination{Contest: c.ID, Person: "bryn", BallotName: "B", Statement: "I.", Interests: "None."})
		m.refused(err, fault.Conflict, "closed for nominations")
	})
}

func TestBackers(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		c := m.contest(id, "nursing")
		amara := m.stands(c.ID, "amara")
		ask := func(by, nomination, who string) error {
			_, err := m.svc.AskBacker(ctx, by, org, c.ID, nomination, who)
			return err
		}
		m.refused(ask("amara", amara, "amara"), fault.Invalid, "themselves")
		m.refused(ask("bryn", amara, "dai"), fault.Forbidden, "not the returning officer")
		m.refused(ask("amara", amara, "ffion"), fault.Conflict, "no voter")
		m.ok(ask("amara", amara, "bryn"))
		m.ok(ask("amara", amara, "cadi"))
		m.refused(ask("amara", amara, "dai"), fault.Conflict, "as many are asked")
		if asked, err := m.svc.AskedOf(ctx, org, "bryn"); err != nil || len(asked) != 1 || asked[0].Nomination != amara || asked[0].Backer.Role != poll.Proposer {
			t.Errorf("%+v %v", asked, err)
		}
		answer := func(by, nomination, who string, a poll.Answer) error {
			return m.svc.AnswerBacking(ctx, by, org, c.ID, nomination, who, a)
		}
		m.refused(answer("amara", amara, "bryn", poll.Yes), fault.Forbidden, "not the returning officer")
		m.refused(answer("dai", amara, "dai", poll.Yes), fault.NotFound, "not asked")
		m.refused(answer("bryn", amara, "bryn", "perhaps"), fault.Invalid, "perhaps")
		m.ok(answer("bryn", amara, "bryn", poll.No))
		m.ok(answer("cadi", amara, "cadi", poll.Yes))
		m.ok(ask("amara", amara, "dai")) // in place of the one who declined
		m.ok(answer("dai", amara, "dai", poll.Yes))
		n := m.contest(id, "nursing").Nominations[0]
		if n.Agreed() != 2 || len(n.Missing(m.poll(id).Rules)) > 0 || n.Backers[2].Role != poll.Proposer {
			t.Errorf("%+v", n)
		}

		// Nobody backs more candidates than there are seats: here two.
		bryn, cadi := m.stands(c.ID, "bryn"), m.stands(c.ID, "cadi")
		for _, nomination := range []string{bryn, cadi} {
			m.ok(ask(map[string]string{bryn: "bryn", cadi: "cadi"}[nomination], nomination, "dai"))
		}
		m.ok(answer("dai", bryn, "dai", poll.Yes))
		m.refused(answer("dai", cadi, "dai", poll.Yes), fault.Conflict, "as many as there are seats")

		// Whoever changes what backers read has to find them again.
		_, err := m.svc.Stand(ctx, "amara", org, poll.Nomination{Contest: c.ID, Person: "amara", BallotName: "Given amara", Statement: "I changed my mind about nights.", Interests: "None."})
		m.ok(err)
		if n := m.contest(id, "nursing").Nominations[0]; n.Agreed() != 0 {
			t.Errorf("they agreed to what they had not read: %+v", n.Backers)
		}
		m.on("2026-03-23")
		m.refused(answer("dai", amara, "dai", poll.Yes), fault.Conflict, "nominations are open")
		m.refused(m.svc.DecideNomination(ctx, "ret", org, c.ID, amara, poll.Yes, ""), fault.Conflict, "2 backers who agreed")
	})
}

func TestWithdraw(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		c := m.contest(id, "nursing")
		amara, bryn := m.stands(c.ID, "amara", "dai", "eira"), m.stands(c.ID, "bryn", "dai", "eira")
		m.refused(m.svc.Withdraw(ctx, "bryn", org, c.ID, amara), fault.Forbidden, "returning officer")
		m.ok(m.svc.Withdraw(ctx, "amara", org, c.ID, amara))
		m.refused(m.svc.Withdraw(ctx, "amara", org, c.ID, amara), fault.Conflict, "withdrawn")
		// Until nominations close somebody may come back.
		if again := m.stands(c.ID, "amara"); again != amara {
			t.Errorf("a second nomination of one person: %s", again)
		}
		m.on("2026-03-25") // the last day to withdraw
		m.accept(c.ID, bryn)
		m.ok(m.svc.Withdraw(ctx, "bryn", org, c.ID, bryn))
		if n := len(m.contest(id, "nursing").Standing()); n != 0 {
			t.Errorf("%d stand", n)
		}
		m.accept(c.ID, amara)
		m.on("2026-03-26")
		m.refused(m.svc.Withdraw(ctx, "amara", org, c.ID, amara), fault.Conflict, "until Wednesday 25 March 2026")
	})
}

// A photograph is kept by its hash, shared, and gone from the record once nobody
// has it.
func TestPhoto(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		c := m.contest(id, "nursing")
		amara, bryn := m.stands(c.ID, "amara"), m.stands(c.ID, "bryn")
		m.refused(m.svc.SetPhoto(ctx, "amara", org, c.ID, amara, []byte("<svg>")), fault.Invalid, "JPEG or PNG")
		m.refused(m.svc.SetPhoto(ctx, "bryn", org, c.ID, amara, picture(t, 9)), fault.Forbidden, "returning officer")
		m.ok(m.svc.SetPhoto(ctx, "amara", org, c.ID, amara, picture(t, 9)))
		m.ok(m.svc.SetPhoto(ctx, "amara", org, c.ID, amara, picture(t, 9)))
		m.ok(m.svc.SetPhoto(ctx, "bryn", org, c.ID, bryn, picture(t, 9)))
		sum := m.contest(id, "nursing").Nominations[0].Photo
		image, err := m.svc.Photo(ctx, org, sum)
		if err != nil || !strings.HasPrefix(string(image), "\xff\xd8") {
			t.Fatalf("%v", err)
		}
		m.ok(m.svc.SetPhoto(ctx, "amara", org, c.ID, amara, picture(t, 200)))
		if _, err := m.svc.Photo(ctx, org, sum); err != nil {
			t.Errorf("bryn's photograph went with amara's: %v", err)
		}
		m.ok(m.svc.SetPhoto(ctx, "bryn", org, c.ID, bryn, nil))
		_, err = m.svc.Photo(ctx, org, sum)
		m.refused(err, fault.NotFound, "no photograph")
		// Of its versions in the record only the last has a value: the one without image.
		if n := m.held(`SELECT COUNT(*) FROM journal_row WHERE tbl = 'photo' AND row_key = (SELECT id FROM photo WHERE sha256 = ?) AND value IS NOT NULL`, sum); n != 1 {
			t.Errorf("%d versions of the photograph are in the record", n)
		}
		m.ok(m.svc.SetPhoto(ctx, "bryn", org, c.ID, bryn, picture(t, 9))) // and once more
		if _, err := m.svc.Photo(ctx, org, sum); err != nil {
			t.Error(err)
		}
	})
}
