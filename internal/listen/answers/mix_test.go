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

// Nine wait for a tenth; once a day at most; and the key of what was mixed is gone.
func TestMix_TenAtLeastAndOnceADay(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		mix := func(want bool) {
			t.Helper()
			m.ok(m.svc.MixAll(ctx))
			before := m.count("answer")
			mixed, err := m.svc.Mix(ctx, wave)
			m.ok(err)
			if mixed || m.count("answer") != before {
				t.Error("mixed twice on a day")
			}
			if got := m.status().Counted > 0; got != want {
				t.Errorf("counted %d", m.status().Counted)
			}
		}
		for range 9 {
			m.take(m.sheet(5, 2, 0, 2))
		}
		mix(false)
		if got := m.status(); got.Counted != 0 || got.Stage != answers.Open {
			t.Errorf("while nothing is mixed nothing is counted: %+v", got)
		}
		m.take(m.sheet(5, 2, 0, 2))
		if got := m.keysIn(); !slices.Equal(got, []string{"1", "hold"}) {
			t.Errorf("keys %v", got)
		}
		mix(true)
		if m.count("waiting") != 0 || m.count("answer") != 10 || m.count("spent") != 10 {
			t.Errorf("%d wait, %d answers, %d spent", m.count("waiting"), m.count("answer"), m.count("spent"))
		}
		if got := m.keysIn(); !slices.Equal(got, []string{"2", "hold"}) {
			t.Errorf("after the mix the keys are %v", got)
		}
		for range 30 {
			m.take(m.sheet(1, 2, 0, 2))
		}
		mix(true)
		if got := m.status().Counted; got != 10 {
			t.Errorf("mixed twice on one day: %d are counted", got)
		}
		m.day(2)
		mix(true)
		if got := m.status().Counted; got != 40 {
			t.Errorf("%d are counted", got)
		}
		m.take(m.sheet(1, 2, 0, 2)) // one alone waits for the close
		_, err := m.svc.Answers(ctx, wave)
		m.refused("reading while it is open", err, fault.Conflict, "nobody reads its answers before")
		_, err = m.svc.Comments(ctx, wave)
		m.refused("reading while it is open", err, fault.Conflict, "nobody reads")
		m.day(4)
		m.refused("closing before the last day", m.svc.CloseWave(ctx, wave), fault.Conflict, "open until the end of 2026-06-05")
		if rows := m.closing(); len(rows) != 41 {
			t.Errorf("%d answers of 41", len(rows))
		}
		if got := m.keysIn(); len(got) != 0 {
			t.Errorf("after the close there are keys: %v", got)
		}
		m.ok(m.svc.CloseWave(ctx, wave))
		m.ok(m.svc.MixAll(ctx))
		spent, err := m.svc.Spent(ctx, wave)
		if err != nil || len(spent) != 41 || !slices.IsSorted(spent) {
			t.Errorf("%d spent, %v", len(spent), err)
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
		if m.count("held") != 4 || m.count("comment") != 0 {
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

// A backup gives back what was mixed. What waited on its day cannot be opened: it is
// told as lost, left alone, and the people may answer again.
func TestRestore_FromABackup(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 12 {
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
		if st.Counted != 12 || st.Lost != 1 {
			t.Errorf("%+v", st)
		}
		if _, err := restored.Take(ctx, wave, waited); err != nil {
			t.Errorf("whoever was lost may not answer again: %v", err)
		}
		m.day(6)
		m.ok(restored.CloseWave(ctx, wave))
		rows, err := restored.Answers(ctx, wave)
		if err != nil || len(rows) != 13 {
			t.Errorf("%d answers, %v", len(rows), err)
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
