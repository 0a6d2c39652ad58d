package keys_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/keys"
	"commonweal/internal/schema/schematest"
)

// full has a row in every table: a rehearsal, a setup that was given up, and the key of
// the poll, checked and partly destroyed.
func (m *scene) full() (try, given, real string) {
	m.t.Helper()
	try = m.whole(true)
	m.sends(try, "key1")
	given = m.begin(false)
	m.sends(given, "key1")
	m.ok(m.svc.GiveUp(ctx, officer, org, given, "Gone."))
	real = m.whole(false)
	m.sends(real, "key1")
	m.polls.poll.Settled, m.polls.poll.MayMake = true, false
	m.ok(m.svc.Destroy(ctx, "key1", org, council, "Dai", "Done."))
	return try, given, real
}

// Whoever edits a table of keys by hand is found, whichever table, whichever column:
// either the database refuses or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		m.full()
		schematest.Tamper(t, b, keys.Tables)
	})
}

// A key made by other people than those whom the poll names is found too.
func TestAudit_Keyholders(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	m.whole(false)
	m.polls.poll.Keyholders = []string{"key1", "key2", "key9"}
	m.audit("are not those of poll")
}

// Whoever runs the server writes the record itself, so fsck finds nothing. What makes no
// sense the audit finds.
func TestAudit_FindsWhatMakesNoSense(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, "Ed25519", 2, 3)
	try, given, real := m.full()
	m.audit()
	row := func(table, where string, args ...any) (id string) {
		t.Helper()
		m.ok(b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT id FROM `+table+` WHERE `+where+` ORDER BY id`, args...).Scan(&id)
		}))
		return id
	}
	message := func(setup string, step keys.Step, number int) string {
		t.Helper()
		return row("key_message", `setup_id = ? AND step = ? AND number = ?`, setup, step, number)
	}
	body := func(setup string, step keys.Step, person string) string { return m.input(setup, person).Sent[step] }
	for _, one := range []struct {
		name, table, id, column string
		value                   any
		says                    string
	}{
		{"a cert of another setup", "key_message", message(real, keys.Cert, 1), "body", body(try, keys.Cert, "key1"), "stands in the certificate"},
		{"a polynomial of another setup", "key_message", message(real, keys.Polynomial, 1), "body", body(try, keys.Polynomial, "key1"), "polynomial of keyholder 1 does not verify"},
		{"a voutput of another setup", "key_message", message(real, keys.Voutput, 2), "body", body(try, keys.Voutput, "key2"), "public part of the key of keyholder 2 does not verify"},
		{"a check of another setup", "key_message", message(real, keys.Check, 1), "body", body(try, keys.Check, "key1"), "check of the key of keyholder 1 does not verify"},
		{"another number", "key_message", message(real, keys.Cert, 1), "number", int64(4), "not from the keyholder"},
		{"another sender", "key_message", message(real, keys.Cert, 1), "keyholder", "key9", "not from the keyholder"},
		{"another step", "key_message", message(real, keys.Check, 1), "step", "vinput", "of no step"},
		{"another setup", "key_message", message(try, keys.Check, 1), "setup_id", given, "does not verify"},
		{"of nobody", "key_message", message(given, keys.Cert, 1), "keyholder", "key9", "not from the keyholder"},
		{"another time", "key_message", message(real, keys.Cert, 1), "entered", "2026-01-01T00:00:00.000Z", "not under way"},
		{"out of order", "key_message", message(real, keys.Cert, 1), "entered", "2026-11-19T23:59:00.000Z", "before what it depends on"},
		{"another poll", "key_setup", real, "poll_id", "x", "do not agree"},
		{"another group", "key_setup", real, "group_name", "BELENIOS-2048", "does not verify"},
		{"a group that there is not", "key_setup", real, "group_name", "x", "no group"},
		{"another number of keyholders", "key_setup", real, "trustees", int64(4), "there are 3"},
		{"another threshold", "key_setup", real, "threshold", int64(3), "does not verify"},
		{"a rehearsal after all", "key_setup", real, "rehearsal", int64(1), "do not agree"},
		{"no rehearsal", "key_setup", try, "rehearsal", int64(0), "2 keys"},
		{"begun later", "key_setup", real, "begun", "2026-11-20T10:00:00.000Z", "ended before it began"},
		{"not done", "key_setup", real, "done", nil, "do not fit"},
		{"another key", "key_setup", real, "trustees_sha256", strings.Repeat("0", 64), "another key"},
		{"given up", "key_setup", real, "given_up", "2026-11-20T10:00:00.000Z", "do not fit"},
		{"not given up", "key_setup", given, "given_up", nil, "do not fit"},
		{"no reason", "key_setup", given, "reason", nil, "do not fit"},
		{"another number of a keyholder", "key_holder", row("key_holder", `setup_id = ? AND number = 3`, real), "number", int64(4), "without gaps"},
		{"another keyholder", "key_holder", row("key_holder", `setup_id = ? AND number = 3`, real), "keyholder", "key9", "not from the keyholder"},
		{"destroyed another's", "key_destroyed", row("key_destroyed", `setup_id = ?`, real), "setup_id", try, "not that of the poll"},
		{"destroyed before it was made", "key_destroyed", row("key_destroyed", `setup_id = ?`, real), "day", "2026-11-01", "not that of the poll"},
		{"said by somebody else", "key_destroyed", row("key_destroyed", `setup_id = ?`, real), "said_by", officer, "could still be opened"},
		{"destroyed by nobody", "key_destroyed", row("key_destroyed", `setup_id = ?`, real), "keyholder", "key9", "who is no keyholder"},
	} {
		t.Run(one.name, func(t *testing.T) {
			var before any
			write := func(value any) (err error) {
				_, err = b.Journal.Record(ctx, journal.Fact{Org: org, Kind: "key.forged", Actor: "operator"}, func(tx *journal.Tx) error {
					return tx.Amend(ctx, one.table, one.id, func(row journal.Row) { before, row[one.column] = row[one.column], value })
				})
				return err
			}
			m.ok(write(one.value))
			was := before
			m.t = t
			m.audit(one.says)
			m.ok(write(was))
			m.audit()
		})
	}
}
