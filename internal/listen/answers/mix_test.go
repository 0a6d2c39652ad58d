package answers_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/backup"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
)

// keysIn are the names of the keys in the key file.
func (m *scene) keysIn() (names []string) {
	m.t.Helper()
	text, err := os.ReadFile(m.path)
	m.ok(err)
	var file struct{ Keys map[string][]byte }
	m.ok(json.Unmarshal(text, &file))
	for name := range file.Keys {
		names = append(names, strings.TrimPrefix(name, wave+"/"))
	}
	slices.Sort(names)
	return names
}

// Everything that is in the box has a new key each evening; ten at least are counted and
// ten stay, once a day; nothing is written open before the close.
func TestMix_TenAtLeastAndOnceADay(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		mix := func(counted, waiting int) {
			t.Helper()
			_, err := m.svc.Mix(ctx, wave)
			m.ok(err)
			again, err := m.svc.Mix(ctx, wave)
			m.ok(err)
			if again {
				t.Error("mixed twice on a day")
			}
			st := m.status()
			if st.Counted != counted || m.count("spent") != counted || m.count("held") != 2*counted || m.count("waiting") != waiting {
				t.Errorf("counted %d, %d spent, %d held, %d wait; want %d and %d", st.Counted, m.count("spent"), m.count("held"), m.count("waiting"), counted, waiting)
			}
			if m.count("answer")+m.count("comment") > 0 {
				t.Error("answers are open before the close")
			}
		}
		keys := func(want ...string) {
			t.Helper()
			if got := m.keysIn(); !slices.Equal(got, want) {
				t.Errorf("keys %v, not %v", got, want)
			}
		}
		for range 19 {
			m.take(m.sheet(5, 2, 0, 2))
		}
		keys("1", "hold")
		mix(0, 19)
		keys("2", "hold")
		m.day(2)
		twentieth := m.sheet(5, 2, 0, 2)
		m.take(twentieth)
		mix(10, 10)
		keys("3", "hold")
		for range 30 {
			m.take(m.sheet(1, 2, 0, 2))
		}
		mix(10, 40) // not twice on one day
		m.day(3)
		mix(40, 10)
		m.day(4)
		mix(40, 10) // nobody new: those who are kept stay
		keys("5", "hold")
		_, err := m.svc.Answers(ctx, wave)
		m.refused("reading while it is open", err, fault.Conflict, "nobody reads its answers before")
		_, err = m.svc.Comments(ctx, wave)
		m.refused("reading while it is open", err, fault.Conflict, "nobody reads")
		m.refused("closing before the last day", m.svc.CloseWave(ctx, wave), fault.Conflict, "open until the end of 2026-06-05")
		m.day(5)
		if rows := m.closing(); len(rows) != 50 {
			t.Errorf("%d answers of 50", len(rows))
		}
		keys()
		if m.count("held")+m.count("waiting") > 0 {
			t.Error("something is sealed after the close")
		}
		m.ok(m.svc.CloseWave(ctx, wave))
		m.ok(m.svc.MixAll(ctx))
		spent, err := m.svc.Spent(ctx, wave)
		if err != nil || len(spent) != 50 || !slices.IsSorted(spent) {
			t.Errorf("%d spent, %v", len(spent), err)
		}
	})
}

// Those who are kept for another day are in the box as firmly as those who are counted:
// the same sheet again has the same receipt, another is refused, and nobody counts twice.
func TestMix_WhoIsKeptCannotAnswerTwice(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		var sheets []answers.Sheet
		for range 24 {
			s := m.sheet(5, 2, 0, 2)
			sheets = append(sheets, s)
			m.take(s)
		}
		kept := map[string]bool{}
		for day := 1; day <= 4; day++ {
			m.day(day)
			m.ok(m.svc.MixAll(ctx))
			same := 0
			for _, s := range sheets {
				_, err := m.svc.Take(ctx, wave, s)
				if err == nil {
					same++
					kept[s.Token] = true
				} else {
					m.refused("a sheet that is counted", err, fault.Conflict, "counted already")
				}
				s.Answers = answers.Codes{1, 2, 0, 1}
				if _, err := m.svc.Take(ctx, wave, s); !fault.Is(err, fault.Conflict) {
					t.Errorf("another sheet by the same pass: %v", err)
				}
			}
			if same != answers.LeastKept {
				t.Errorf("on day %d %d are kept", day, same)
			}
		}
		if len(kept) != answers.LeastKept || m.count("waiting") != answers.LeastKept {
			t.Errorf("%d were kept, %d wait", len(kept), m.count("waiting"))
		}
		if rows := m.closing(); len(rows) != len(sheets) {
			t.Errorf("%d answers of %d", len(rows), len(sheets))
		}
	})
}

// Two backups of two days differ by the number of sheets and nothing else: no row has the
// id, the mark or the bytes that it had, all of a kind have one size, and the key of the
// later day opens nothing of the earlier.
func TestMix_NoRowIsTheSameTheNextDay(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		serial := m.serials(1)[0]
		_, err := m.svc.Key(ctx, wave, "first", answers.Sheet{Serial: serial, Answers: answers.Codes{1, 2, 0, 1}})
		m.ok(err)
		seen := map[string]string{}
		for day := 1; day <= 3; day++ {
			m.day(day)
			for i := range 25 {
				s := m.sheet(3, 2, 0, 1)
				if i%5 == 0 {
					s.Comment = "Some words."
				}
				m.take(s)
			}
			m.ok(m.svc.MixAll(ctx))
			sizes := map[string]map[int]int{}
			for table, mark := range map[string]string{"waiting": "mark", "held": "id", "keying": "mark"} {
				sizes[table] = map[int]int{}
				m.ok(m.db.Read(ctx, func(tx *db.Tx) error {
					return tx.Each(ctx, func(rows *db.Rows) error {
						var id string
						var mark, sealed []byte
						err := rows.Scan(&id, &mark, &sealed)
						sizes[table][len(sealed)]++
						for _, text := range []string{id, string(mark), string(sealed)} {
							if was := seen[text]; was != "" && was != fmt.Sprint(table, day) {
								t.Errorf("day %d: a value of %s is in %s too", day, table, was)
							}
							seen[text] = fmt.Sprint(table, day)
						}
						return err
					}, `SELECT id, `+mark+`, sealed FROM `+table)
				}))
			}
			counted := m.status().Counted
			if len(sizes["waiting"]) != 1 || len(sizes["keying"]) != 1 || len(sizes["held"]) != 2 {
				t.Errorf("sizes %v", sizes)
			}
			for size, n := range sizes["held"] {
				if n != counted {
					t.Errorf("day %d: %d rows of %d bytes, and %d are counted: their number says who wrote a comment", day, n, size, counted)
				}
			}
		}
		twice, err := m.svc.Key(ctx, wave, "second", answers.Sheet{Serial: serial, Answers: answers.Codes{1, 2, 0, 1}})
		if err != nil || !twice.Taken {
			t.Errorf("a paper that was keyed on another day: %+v, %v", twice, err)
		}
		if rows := m.closing(); len(rows) != 76 || m.status().Papers != 1 || m.status().Comments != 15 {
			t.Errorf("%d answers, %+v", len(rows), m.status())
		}
	})
}

// A comment keeps the smallest unit on its writer's path that has twenty answers and
// leaves no fewer beside it, and is opened at the close only: with the name of the north,
// what is left of the community would be the five of the south.
func TestClose_CommentsKeepLargeUnitsOnly(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		put := func(n int, unit string) {
			for i := range n {
				s := m.sheet(4, 2, 0, 1)
				s.Unit = unit
				if i == 0 {
					s.Comment = "from " + unit
				}
				m.take(s)
			}
		}
		put(20, "north")
		put(5, "south")
		put(19, "hospital")
		put(1, "")
		m.ok(m.svc.MixAll(ctx))
		if m.count("held") != 2*35 || m.count("comment") != 0 {
			t.Errorf("%d held, %d open", m.count("held"), m.count("comment"))
		}
		m.closing()
		list, err := m.svc.Comments(ctx, wave)
		m.ok(err)
		got := map[string]string{}
		for _, c := range list {
			got[c.Text] = c.Unit
		}
		want := map[string]string{"from north": "community", "from south": "community", "from hospital": "", "from ": ""}
		delete(want, "from ")
		want["from"] = "" // the blank is trimmed
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if m.status().Comments != 4 || m.count("held") != 0 {
			t.Errorf("%+v, %d held", m.status(), m.count("held"))
		}
		first := list[0].ID
		again, err := m.svc.Comments(ctx, wave)
		if err != nil || again[0].ID != first {
			t.Errorf("another order at another reading: %v", err)
		}
	})
}

// Everybody's sheet has one size, whatever they wrote.
func TestTake_OneSizeForEverybody(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		short, long := m.sheet(4, 0, 0, 0), m.sheet(4, 1, 5, 1)
		short.Unit, short.Group = "", ""
		long.Comment = strings.Repeat("ŵ", 2000)
		m.take(short)
		m.take(long)
		var sizes int
		m.ok(m.db.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM (SELECT length(sealed) FROM waiting GROUP BY length(sealed)) AS size`).Scan(&sizes)
		}))
		if sizes != 1 {
			t.Errorf("%d sizes", sizes)
		}
	})
}

// A backup from the middle of a survey gives no answers back: the keys of its day are
// destroyed. That is told, nobody is counted twice, the survey cannot be closed as if they
// had never come, and it can be given up.
func TestRestore_FromABackupOfAnOpenSurvey(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 22 {
			m.take(m.sheet(5, 2, 0, 2))
		}
		m.ok(m.svc.MixAll(ctx))
		waited := m.sheet(1, 2, 0, 1)
		m.take(waited)
		path := filepath.Join(t.TempDir(), "backup.zip")
		f, err := os.Create(path)
		m.ok(err)
		_, err = backup.Write(ctx, m.db, f, "2026-06-01", nil)
		m.ok(err)
		size, err := f.Seek(0, io.SeekEnd)
		m.ok(err)
		m.day(2)
		for range 12 {
			m.take(m.sheet(5, 2, 0, 2))
		}
		m.ok(m.svc.MixAll(ctx)) // and the key of the backup's day is gone

		d, err := db.Open(ctx, filepath.Join(t.TempDir(), "restored.db"))
		m.ok(err)
		steps, err := answers.Migrations()
		m.ok(err)
		m.ok(db.Migrate(ctx, d, steps))
		_, err = backup.Read(ctx, d, f, size)
		m.ok(err)
		restored, err := answers.NewService(ctx, d, m.path, m.world)
		m.ok(err)
		defer func() { _ = restored.Close() }()
		st, err := restored.Status(ctx, wave)
		m.ok(err)
		if st.Counted != 12 || st.Lost != 23 {
			t.Errorf("%+v", st)
		}
		if _, err := restored.Take(ctx, wave, waited); err != nil {
			t.Errorf("whoever was lost and not counted may not answer again: %v", err)
		}
		m.day(6)
		m.refused("closing as if nobody had answered", restored.CloseWave(ctx, wave), fault.Conflict, "put the file back")
		m.ok(restored.GiveUp(ctx, wave))
		st, err = restored.Status(ctx, wave)
		if err != nil || st.Lost != 0 || st.Stage != answers.Erased {
			t.Errorf("%+v, %v", st, err)
		}
	})
}

// A survey that is abandoned takes no answer more, on whatever day, and what was answered
// is gone with its keys.
func TestGiveUp_TakesNoMore(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		serial := m.serials(2)[1]
		for range 25 {
			m.take(m.sheet(5, 2, 0, 2))
		}
		m.ok(m.svc.MixAll(ctx))
		m.ok(m.svc.GiveUp(ctx, wave))
		m.ok(m.svc.GiveUp(ctx, wave))
		_, err := m.svc.Take(ctx, wave, m.sheet(1, 2, 0, 1))
		m.refused("an answer", err, fault.Conflict, "given up on 2026-06-01")
		_, err = m.svc.Key(ctx, wave, "first", answers.Sheet{Serial: serial, Answers: answers.Codes{1, 2, 0, 1}})
		m.refused("a paper", err, fault.Conflict, "paper")
		_, err = m.svc.MakeSerials(ctx, wave, 1)
		m.refused("more slips", err, fault.Conflict, "takes no more answers")
		for _, table := range []string{"waiting", "held", "serial", "stack", "keying", "answer", "comment"} {
			if n := m.count(table); n > 0 {
				t.Errorf("%d rows are in %s", n, table)
			}
		}
		if got := m.keysIn(); len(got) > 0 {
			t.Errorf("keys %v are left", got)
		}
	})
}

// Serials that were made and did not reach anybody's hands are found again, until somebody
// has them.
func TestMakeSerials_FoundAgainUntilHandedOut(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		made, err := m.svc.MakeSerials(ctx, wave, 4)
		m.ok(err)
		m.reopen()
		again, err := m.svc.Unprinted(ctx, wave)
		m.ok(err)
		if len(again) != 1 || !slices.Equal(again[0], made) {
			t.Errorf("%v, not %v", again, made)
		}
		m.ok(m.svc.HandedOut(ctx, wave))
		if again, err = m.svc.Unprinted(ctx, wave); err != nil || len(again) > 0 {
			t.Errorf("after they were handed out: %v, %v", again, err)
		}
		if _, err := m.svc.Take(ctx, wave, answers.Sheet{Serial: made[2], Answers: answers.Codes{1, 2, 0, 1}}); err != nil {
			t.Errorf("a serial that was found again: %v", err)
		}
	})
}

// A key file of another database would be taken for the right one and its keys for
// superfluous.
func TestOpen_RefusesTheKeyFileOfAnother(t *testing.T) {
	m := newScene(t, filepath.Join(t.TempDir(), "answers.db"))
	_, err := answers.OpenAll(ctx, filepath.Join(t.TempDir(), "second.db"), m.path, m.world)
	m.refused("another's key file", err, fault.Conflict, "belongs to another answers database")
	m.ok(os.WriteFile(m.path, []byte("hello"), 0o600))
	_, err = answers.OpenAll(ctx, m.source, m.path, m.world)
	m.refused("a torn key file", err, fault.Invalid, "cannot be read")
}

// The key file was lost for a day and found again: nobody is lost, nobody counts twice.
func TestOpen_KeyFileLostAndFound(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		lost := m.sheet(1, 2, 0, 1)
		m.take(lost)
		m.take(m.sheet(2, 2, 0, 1))
		before, err := os.ReadFile(m.path)
		m.ok(err)
		m.ok(os.Remove(m.path))
		m.reopen()
		if m.status().Lost != 2 {
			t.Errorf("%+v", m.status())
		}
		lost.Answers = answers.Codes{3, 2, 0, 1}
		m.take(lost)
		after, err := os.ReadFile(m.path)
		m.ok(err)
		var old, now struct {
			Box  string            `json:"box"`
			Keys map[string][]byte `json:"keys"`
		}
		m.ok(json.Unmarshal(before, &old))
		m.ok(json.Unmarshal(after, &now))
		for name, key := range old.Keys {
			now.Keys[name] = key
		}
		text, err := json.Marshal(now)
		m.ok(err)
		m.ok(os.WriteFile(m.path, text, 0o600))
		m.reopen()
		rows := m.closing()
		seen := map[string]int{}
		for _, r := range rows {
			seen[fmt.Sprint([]byte(r.Answers))]++
		}
		if len(rows) != 2 || seen["[3 2 0 1]"] != 1 || seen["[2 2 0 1]"] != 1 {
			t.Errorf("answers %v", seen)
		}
	})
}

func TestImport_OfAWaveThatOthersAsked(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		x := terms(t, other)
		x.BroughtIn, x.PublicKey, x.KeyHash = true, nil, ""
		m.ok(m.svc.Publish(ctx, x))
		var sheets []answers.Sheet
		for i := range 25 {
			s := answers.Sheet{Answers: answers.Codes{uint8(i%5 + 1), 2, 0, 3}, Unit: "north"}
			if i < 3 {
				s.Comment = fmt.Sprint("comment ", i)
			}
			sheets = append(sheets, s)
		}
		bad := slices.Clone(sheets)
		bad[6].Unit = "moon"
		m.refused("a sheet that is not whole", m.svc.Import(ctx, other, bad), fault.Invalid, `answer 7: the survey has no team "moon"`)
		m.refused("into a wave that is asked here", m.svc.Import(ctx, wave, sheets), fault.Conflict, "one-time passes")
		_, err := m.svc.Take(ctx, other, m.sheet(1, 2, 0, 3))
		m.refused("an answer to a wave of others", err, fault.Conflict, "asked by others")
		m.ok(m.svc.Import(ctx, other, sheets))
		m.refused("twice", m.svc.Import(ctx, other, sheets), fault.Conflict, "brought in already")
		rows, err := m.svc.Answers(ctx, other)
		if err != nil || len(rows) != 25 {
			t.Fatalf("%d answers, %v", len(rows), err)
		}
		list, err := m.svc.Comments(ctx, other)
		if err != nil || len(list) != 3 || list[0].Unit != "north" {
			t.Errorf("comments %v, %v", list, err)
		}
		st, err := m.svc.Status(ctx, other)
		if err != nil || st.Counted != 25 || st.Stage != answers.Closed {
			t.Errorf("%+v, %v", st, err)
		}
		m.refused("erasing what is open", m.svc.Erase(ctx, wave), fault.Conflict, "not closed")
		m.ok(m.svc.Erase(ctx, other))
		m.ok(m.svc.Erase(ctx, other))
		_, err = m.svc.Answers(ctx, other)
		m.refused("reading what was erased", err, fault.Conflict, "were erased on 2026-06-01")
		st, err = m.svc.Status(ctx, other)
		if err != nil || st.Counted != 25 || st.Stage != answers.Erased || m.count("answer") != 0 {
			t.Errorf("%+v, %v", st, err)
		}
	})
}

// Nothing of an erased wave is in the file.
func TestErase_LeavesNothingInTheFile(t *testing.T) {
	dir := t.TempDir()
	m := newScene(t, filepath.Join(dir, "answers.db"))
	for range 20 {
		s := m.sheet(4, 2, 0, 1)
		s.Comment = "the lift is broken again"
		m.take(s)
	}
	m.closing()
	find := func() bool {
		m.ok(m.svc.Close()) // brings the log into the file
		text, err := os.ReadFile(m.source)
		m.ok(err)
		m.svc, err = answers.OpenAll(ctx, m.source, m.path, m.world)
		m.ok(err)
		return strings.Contains(string(text), "the lift is broken")
	}
	if !find() {
		t.Fatal("the test looks for what is not there")
	}
	m.ok(m.svc.Erase(ctx, wave))
	if find() {
		t.Error("the comments are in the file after they were erased")
	}
}
