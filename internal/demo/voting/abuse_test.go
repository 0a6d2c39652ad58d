package voting_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// Whoever controls the server, its database and the key of its record tries each of
// these. A test says for each whether it cannot be done, or who finds it: "verify" is
// the check of an archive that anybody can run, the mirror keeps heads that were shown
// before, and the voter keeps a tracker, a receipt of their line of the roll and the
// words of the election.

// crime is an open staff ballot in which eight of ten have voted.
type crime struct {
	*stage
	p    *voting.Poll
	c    poll.Contest
	e    *belenios.Election
	seen archive.Head // that a mirror keeps
}

func newCrime(t *testing.T) *crime {
	t.Helper()
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 10)
	p := voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: s.rules(poll.Ask{Kind: poll.Proposal}),
			Closes:   timetable.CloseOn(s.day("2026-05-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int { // blank, yes, no
			if v.Number > 8 {
				return nil
			}
			return []int{0, v.Number % 2, 1 - v.Number%2}
		},
	})
	s.ok(p.Until(ctx, "vote again"))
	now, err := p.Now(ctx)
	s.ok(err)
	k := &crime{stage: s, p: p, c: now.Contests[0]}
	k.seen = k.head()
	text, _, _, err := s.h.Boxes.Setup(ctx, org, k.c.ID)
	s.ok(err)
	k.e, err = belenios.ParseElection(text)
	s.ok(err)
	return k
}

func (k *crime) head() archive.Head {
	h, err := k.h.Boxes.Head(ctx, org, k.c.ID)
	k.ok(err)
	return h.Head
}

func (k *crime) file() []byte {
	var file bytes.Buffer
	_, err := k.h.Boxes.Archive(ctx, org, k.c.ID, &file)
	k.ok(err)
	return file.Bytes()
}

// verify checks the archive as a stranger does; a mirror gives the head that it keeps.
func (k *crime) verify(kept ...archive.Head) string {
	file := k.file()
	r, err := archive.Verify(ctx, bytes.NewReader(file), int64(len(file)), archive.Options{Kept: kept})
	k.ok(err)
	return findings(r)
}

func findings(r *archive.Report) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.String())
	}
	return strings.Join(out, "; ")
}

func (k *crime) audit() string {
	list, err := k.h.AuditPolls(ctx, org)
	k.ok(err)
	return strings.Join(list, "; ")
}

func (k *crime) voter(number int) poll.Entry {
	list, err := k.h.Polls.Voters(ctx, org, k.c.ID)
	k.ok(err)
	return list[number-1]
}

// byHand changes the database beside the record, and gives what puts it back.
func (k *crime) byHand(do, undo string) func() {
	run := func(text string) {
		k.t.Helper()
		k.ok(k.h.Journal.DB().Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, text)
			return err
		}))
	}
	run(do)
	return func() { run(undo) }
}

// forged writes through the record, as a changed program would.
func (k *crime) forged(do func(tx *journal.Tx) error) {
	k.t.Helper()
	_, err := k.h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "server.forged", Actor: "server"}, do)
	k.ok(err)
}

func (k *crime) fsck() string {
	reports, err := k.h.Journal.Fsck(ctx)
	k.ok(err)
	var out []string
	for _, r := range reports {
		for _, f := range r.Findings {
			out = append(out, fmt.Sprint(f))
		}
	}
	return strings.Join(out, "; ")
}

func (k *crime) found(where, got, want string) {
	k.t.Helper()
	if !strings.Contains(got, want) {
		k.t.Errorf("%s should find %q and says %q", where, want, got)
	}
}

func (k *crime) nothing(where, got string) {
	k.t.Helper()
	if got != "" {
		k.t.Errorf("%s finds %q where nothing is wrong", where, got)
	}
}

// rewrite puts these ballots into the archive instead of those in it, chained anew so
// that it is consistent in itself, through the record, so that fsck sees nothing.
func (k *crime) rewrite(ballots ...[]byte) {
	k.t.Helper()
	type row struct {
		id, name, body string
		n              int
	}
	var rows []row
	k.ok(k.h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(r *db.Rows) error {
			var one row
			err := r.Scan(&one.id, &one.n, &one.name, &one.body)
			rows = append(rows, one)
			return err
		}, `SELECT id, n, name, body FROM box_file WHERE contest_id = ? ORDER BY n`, k.c.ID)
	}))
	var parent belenios.Hash
	first, height := 0, 0
	for i, r := range rows {
		if e, err := archive.ParseEvent([]byte(r.body)); err == nil && strings.HasSuffix(r.name, ".event.json") {
			if e.Type == archive.Ballot {
				first = i - 1
				break
			}
			parent, height = belenios.HashOf([]byte(r.body)), e.Height
		}
	}
	k.forged(func(tx *journal.Tx) error {
		for _, r := range rows[first:] {
			if err := tx.Delete(ctx, "box_file", r.id); err != nil {
				return err
			}
		}
		n, size := first, 0
		put := func(name string, body []byte) error {
			row := journal.Row{"id": fmt.Sprintf("%s/%09d", k.c.ID, n), "contest_id": k.c.ID, "n": n, "name": name, "body": string(body)}
			n, size = n+1, size+len(body)
			return tx.Insert(ctx, "box_file", row)
		}
		for _, body := range ballots {
			payload, was := belenios.HashOf(body), parent
			height++
			event := archive.Event{Parent: &was, Height: height, Type: archive.Ballot, Payload: &payload}.Encode()
			parent = belenios.HashOf(event)
			if err := put(archive.Record{Kind: archive.Data, Hash: payload}.Name(), body); err != nil {
				return err
			}
			if err := put(archive.Record{Kind: archive.EventRecord, Hash: parent}.Name(), event); err != nil {
				return err
			}
		}
		var heads []string
		if err := tx.Each(ctx, func(r *db.Rows) error {
			var id string
			err := r.Scan(&id)
			heads = append(heads, id)
			return err
		}, `SELECT id FROM box_head WHERE contest_id = ? AND stage = 'voting' AND height > 0`, k.c.ID); err != nil {
			return err
		}
		for _, id := range heads {
			if err := tx.Delete(ctx, "box_head", id); err != nil {
				return err
			}
		}
		return tx.Insert(ctx, "box_head", journal.Row{
			"id": fmt.Sprintf("%s/%09d", k.c.ID, height), "contest_id": k.c.ID, "height": height, "head": parent.String(), "stage": "voting",
			"records": n, "size": k.sizeOf(rows[0].body, n, tx), "note": "forged", "at_hour": tx.At()[:13],
		})
	})
}

// sizeOf is the size of the file with so many records.
func (k *crime) sizeOf(_ string, n int, tx *journal.Tx) (size int64) {
	k.ok(tx.Each(ctx, func(r *db.Rows) error {
		var body string
		err := r.Scan(&body)
		size += archive.RecordSize(int64(len(body)))
		return err
	}, `SELECT body FROM box_file WHERE contest_id = ? AND n < ?`, k.c.ID, n))
	return size
}

// ballots are the bodies of all ballots, in the archive's order.
func (k *crime) ballots() (out [][]byte) {
	file := k.file()
	r, err := archive.NewReader(bytes.NewReader(file))
	k.ok(err)
	steps := archive.NewScanner(r, func(archive.Step) (bool, error) { return k.e.Ranked(), nil })
	for {
		step, err := steps.Next()
		if err != nil {
			return out
		}
		if step.Event.Type == archive.Ballot {
			out = append(out, step.Payload())
		}
	}
}

// Read a vote: cannot be done. The server has every ballot, every table and the key of
// the record; what opens a ballot is a threshold of keyholders, and one alone, who
// helps the server, opens nothing. Nor does the server get a keyholder to open a single
// ballot: their part is bound to the tally, and only the whole tally is one.
func TestAbuse_ReadAVote(t *testing.T) {
	k := newCrime(t)
	k.clock.Set(k.p.Plan.Poll.Closes.Add(1))
	k.ok(k.p.Close(ctx))
	k.ok(k.p.Reckon(ctx))
	k.ok(k.p.Decrypt(ctx, k.c, 1))
	if err := k.h.OpenVotes(ctx, k.officials.ReturningOfficer, org, k.c.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("one keyholder of three opened the votes: %v", err)
	}
	var stored bytes.Buffer
	k.ok(k.h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"key_message", "box_file", "credential", "pollbook", "poll"} {
			columns := map[string]string{"key_message": "body", "box_file": "body", "credential": "public", "pollbook": "state", "poll": "rules"}
			if err := tx.Each(ctx, func(rows *db.Rows) error {
				var text string
				err := rows.Scan(&text)
				stored.WriteString(text + "\n")
				return err
			}, `SELECT `+columns[table]+` FROM `+table); err != nil {
				return err
			}
		}
		return nil
	}))
	for n := 1; n <= 3; n++ {
		seed, err := voting.KeyholderSeed("test", "shifts", n)
		k.ok(err)
		if strings.Contains(stored.String(), seed) {
			t.Error("the server has a keyholder's secret")
		}
	}
	for n := 1; n <= 10; n++ {
		code, err := voting.Code("test", k.c.UUID, n)
		k.ok(err)
		secret, err := belenios.DeriveCredential(k.e.Group(), k.c.UUID, code)
		k.ok(err)
		if strings.Contains(stored.String(), code) || !strings.Contains(stored.String(), secret.Public().String()) {
			t.Error("the server has a voter's code, or lacks its public part")
		}
	}
}

// Add a ballot for an abstainer. A ballot under a credential that the server makes for
// itself is refused, and found by verify where the server forces it in. One under a
// spare that the registrar gave away is found by fsck, which looks for each ballot's
// holder; and the one who did not vote sees that a vote was received from them.
func TestAbuse_AddForAnAbstainer(t *testing.T) {
	k := newCrime(t)
	nine := k.voter(9)
	x, err := k.e.Group().RandomScalar(rand.Reader)
	k.ok(err)
	made, err := belenios.NewCredential(k.e.Group(), x)
	k.ok(err)
	ballot, err := belenios.NewBallot(rand.Reader, k.e, made, [][]int{{0, 1, 0}})
	k.ok(err)
	if _, err := k.h.Boxes.Accept(ctx, org, k.c.ID, nine.Person, ballot.Bytes()); err == nil {
		t.Error("a ballot under a credential that is on no list was accepted")
	}
	cast := k.ballots()
	k.rewrite(append(cast, ballot.Bytes())...)
	k.found("verify", k.verify(), "credential")
	k.rewrite(cast...)
	k.nothing("verify", k.verify(k.seen))

	// With the registrar's help: a spare is given to the abstainer without a word, and
	// voted with.
	spare, err := k.p.Credential(ctx, k.c, -1)
	k.ok(err)
	stuffed, err := belenios.NewBallot(rand.Reader, k.e, spare, [][]int{{0, 1, 0}})
	k.ok(err)
	k.rewrite(append(cast, stuffed.Bytes())...)
	k.nothing("verify", k.verify(k.seen))
	k.nothing("fsck's comparison of tables", k.fsck())
	k.found("fsck's audit", k.audit(), "credential that nobody holds")
	k.forged(func(tx *journal.Tx) error { // so the spare is given to the abstainer as well
		return tx.Insert(ctx, "pollbook", journal.Row{
			"id": nine.ID, "contest_id": k.c.ID, "channel": "web", "at_hour": tx.At()[:13], "ballot": 22, "state": "voted",
		})
	})
	m, err := k.h.Boxes.Marked(ctx, org, k.c.ID, nine.Person)
	k.ok(err)
	if m == nil {
		t.Error("the abstainer's own page says that no vote was received")
	}
}

// Drop a ballot: the archive verifies by itself, since nobody else knows of the ballot.
// The mirror, which was shown it, cries out; the voter does not find their tracker; and
// fsck finds that the pollbook has more votes than the archive.
func TestAbuse_Drop(t *testing.T) {
	k := newCrime(t)
	cast := k.ballots()
	victim, err := belenios.ParseBallot(k.e, cast[2])
	k.ok(err)
	k.rewrite(append(append([][]byte{}, cast[:2]...), cast[3:]...)...)
	k.nothing("verify alone", k.verify())
	k.found("the mirror", k.verify(k.seen), "no longer there")
	k.found("fsck's audit", k.audit(), "the archive the ballots of 7 voters")
	list, err := k.h.Boxes.Trackers(ctx, org, k.c.ID, 0, 100)
	k.ok(err)
	for _, one := range list {
		if one.Tracker == victim.Tracker() {
			t.Error("the voter still finds the tracker")
		}
	}
}

// Replace a ballot: another under the voter's credential needs the voter's secret, and
// what was signed for one ballot does not fit another.
func TestAbuse_Replace(t *testing.T) {
	k := newCrime(t)
	cast := k.ballots()
	for name, forge := range map[string]func() []byte{
		"with the signature of the first": func() []byte {
			other, err := belenios.ParseBallot(k.e, cast[3])
			k.ok(err)
			mine, err := belenios.ParseBallot(k.e, cast[2])
			k.ok(err)
			return bytes.Replace(cast[3], []byte(other.Credential().String()), []byte(mine.Credential().String()), 1)
		},
		"one number of it": func() []byte {
			at := bytes.Index(cast[2], []byte(`"alpha":"`)) + len(`"alpha":"`)
			out := bytes.Clone(cast[2])
			out[at+1] = '0' + (out[at+1]-'0'+1)%10
			return out
		},
	} {
		changed := append([][]byte{}, cast...)
		changed[2] = forge()
		k.rewrite(changed...)
		if k.verify() == "" {
			t.Errorf("%s: verify finds nothing", name)
		}
		if k.verify(k.seen) == "" {
			t.Errorf("%s: the mirror finds nothing", name)
		}
		k.rewrite(cast...)
	}
	k.nothing("verify", k.verify(k.seen))
}

// Move the record date, before or after the fact: it is in the notice, whose hash the
// record and every voter's message have, and the roll was sealed on it.
func TestAbuse_MoveTheRecordDate(t *testing.T) {
	k := newCrime(t)
	undo := k.byHand(`UPDATE roll SET day = '2026-01-01'`, `UPDATE roll SET day = '`+k.c.Roll.Day.String()+`'`)
	k.found("fsck", k.fsck(), "roll")
	undo()
	k.forged(func(tx *journal.Tx) error {
		return tx.Update(ctx, "roll", journal.Row{
			"id": k.c.Roll.ID, "contest_id": k.c.ID, "day": "2026-01-01", "entries": k.c.Roll.Entries, "struck": k.c.Roll.Struck, "votes": k.c.Roll.Votes,
			"first_seal": k.c.Roll.FirstSeal, "seal": k.c.Roll.Seal, "made": k.c.Roll.Made, "made_by": k.c.Roll.MadeBy,
		})
	})
	k.nothing("fsck's comparison of tables", k.fsck())
	if k.audit() == "" {
		t.Error("fsck's audit finds nothing wrong with the notice")
	}
	if err := k.h.Polls.ChangeDay(ctx, k.officials.ReturningOfficer, org, k.p.ID, timetable.Roll, k.c.Roll.Day.AddDays(-1), "because"); err == nil {
		t.Error("the returning officer moved the record date of an open vote")
	}
}

// Add a voter late: the seal of the roll changes with every line, and it is in the
// election that every ballot refers to. Whoever has a receipt finds that it no longer
// leads to the seal.
func TestAbuse_AddAVoterLate(t *testing.T) {
	k := newCrime(t)
	before, err := k.h.Polls.OwnEntry(ctx, org, k.c.ID, k.voter(1).Person)
	k.ok(err)
	k.forged(func(tx *journal.Tx) error {
		return tx.Insert(ctx, "roll_entry", journal.Row{
			"id": tx.ID(), "roll_id": k.c.Roll.ID, "contest_id": k.c.ID, "number": 11, "person_id": k.officials.Tellers[0], "member_id": "late", "weight": 1,
			"salt": make([]byte, 16), "commitment": make([]byte, 32),
		})
	})
	k.nothing("fsck's comparison of tables", k.fsck())
	k.found("fsck's audit", k.audit(), "seal")
	raw, _ := k.e.Extra("commonweal")
	if !strings.Contains(string(raw), k.c.Roll.Seal) {
		t.Error("the election does not name the seal of the roll")
	}
	// The server publishes a new seal that fits.
	list, err := k.h.Polls.Voters(ctx, org, k.c.ID)
	k.ok(err)
	seal, err := poll.SealOf(list)
	k.ok(err)
	if seal == k.c.Roll.Seal || before.Check(k.c.Roll.Seal) != nil || before.Check(seal) == nil {
		t.Error("a voter's receipt does not tell the two seals apart")
	}
}

// Announce another result: it is not what the archive and the papers come to.
func TestAbuse_AnnounceAnotherResult(t *testing.T) {
	k := newCrime(t)
	k.ok(k.p.Until(ctx, "declare"))
	now, err := k.p.Now(ctx)
	k.ok(err)
	d := now.Contests[0].Declared
	k.nothing("fsck", k.fsck()+k.audit())
	text := `{"against":4,"ballots":8,"blank":0,"carried":false,"eligible":10,"for":4,"unfilled":0}`
	wrong := strings.Replace(strings.Replace(text, `"against":4`, `"against":3`, 1), `"for":4`, `"for":5`, 1)
	undo := k.byHand(`UPDATE declaration SET result = '`+wrong+`'`, `UPDATE declaration SET result = '`+k.stored(`SELECT result FROM declaration`)+`'`)
	k.found("fsck", k.fsck(), "declaration")
	undo()
	k.forged(func(tx *journal.Tx) error {
		return tx.Update(ctx, "declaration", journal.Row{
			"id": d.ID, "contest_id": k.c.ID, "day": d.Day.String(), "result": strings.Replace(wrong, `"carried":false`, `"carried":true`, 1),
			"transcript_sha256": d.Result.Transcript, "archive_head": d.Result.Head, "declared_by": d.By, "petition_until": d.PetitionUntil.String(),
		})
	})
	k.nothing("fsck's comparison of tables", k.fsck())
	k.found("fsck's audit", k.audit(), "not what the archive and the papers come to")

	// Another result in the archive itself: everybody makes it again of the decryptions.
	var id, body string
	k.ok(k.h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(r *db.Rows) error { return r.Scan(&id, &body) }, `SELECT id, body FROM box_file WHERE body LIKE '{"result":%'`)
	}))
	undo = k.byHand(`UPDATE box_file SET body = REPLACE(body, '4', '5') WHERE id = '`+id+`'`, `UPDATE box_file SET body = '`+body+`' WHERE id = '`+id+`'`)
	if k.verify() == "" {
		t.Error("verify finds nothing wrong with another result")
	}
	undo()
}

func (k *crime) stored(query string) (text string) {
	k.ok(k.h.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, query).Scan(&text) }))
	return text
}
