package house_test

import (
	"archive/zip"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	mathrand "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/backup"
	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/house"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/web"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// The linker. Somebody has both databases with their write-ahead logs, from the middle of
// a day and from the end, a backup of each from every evening and every night besides, the
// key files as they are afterwards, and the log of the server; and knows, to the second, in
// which order the members drew their passes, that each answered at once, and that whoever
// named a team and staff group named their own, as half of them did. They look for anything
// at all that has an order, the first backup that has a thing among them, and try whether
// it is that of the members: within each day, over the whole survey, and among those of one
// team and staff group.
//
// Of a spent pass they may know the evening. Of an answer and a comment they may know
// nothing but what is said in it: over the whole survey every pairing must be as likely as
// any other. For each pair of orders found, the linker takes the rank correlation and how
// many it would link rightly, and both must be what chance gives: over all tests made, a
// false alarm in alpha of the runs. And knowing the days must single out nobody whom team
// and staff group alone do not.
const alpha = 1e-4

const linkerDays = 3

// linkerMembers is how many answer: a hundred and fifty, or those of
// COMMONWEAL_LINKER_MEMBERS.
func linkerMembers(t *testing.T) int {
	text := os.Getenv("COMMONWEAL_LINKER_MEMBERS")
	if text == "" {
		if testing.Short() {
			return 90
		}
		return 150
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 60 {
		t.Fatalf("COMMONWEAL_LINKER_MEMBERS is %q: a number of at least 60", text)
	}
	return n
}

// answered is one member's answer, which the linker must not find.
type answered struct {
	day, order  int
	unit, group string // as they named them; "" where they did not
	codes       string // as bytes
	comment     string
	spent       string
}

// cell is what an answer says about who gave it.
func (a answered) cell() string {
	if a.unit == "" {
		return ""
	}
	return a.unit + ", " + a.group
}

// evidence is all that the linker gets.
type evidence struct {
	files map[string][]byte            // as they lay on the disk
	times []string                     // how names of files begin, in the order in which they were taken
	live  map[string]map[string]string // PostgreSQL: what the engine says of each row, by signal and item
	keys  [][]byte
}

func TestLinker_DoesNoBetterThanChance(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		m := newStage(t, filepath.Join(dir, "wye.db"), filepath.Join(dir, "wye.answers.db"))
		m.run()
		m.judge(link(t, m.evidence, m.truth))
		alone := singledOut(m.evidence, m.truth, false)
		if joined := singledOut(m.evidence, m.truth, true); joined != alone {
			t.Errorf("by unit, group and day %d are singled out, and by unit and group %d: the days tell", joined, alone)
		}

		// A box that writes answers open each evening, shuffled and under random ids, is
		// joined by the days, or the tests above show nothing.
		daily := m.daily()
		if joined := singledOut(daily, m.truth, true); joined < alone+len(m.truth)/10 {
			t.Errorf("of a box that writes each evening %d are singled out by unit, group and day, and %d without the day: it is no join", joined, alone)
		}
		if _, rank := strongest(link(t, daily, m.truth)); rank.chanceOfRank > 1e-12 {
			t.Errorf("of a box that writes each evening the linker finds no day: %s, p = %.2g", rank.name, rank.chanceOfRank)
		}

		// The same linker, on a box that keeps order and times as boxes do: it must link
		// nearly all, or the test above shows nothing.
		best, _ := strongest(link(t, m.naive(), m.truth))
		if best.hits < len(m.truth)*95/100 {
			t.Errorf("of a box that keeps the order the linker links %d of %d by %s: it is no linker", best.hits, len(m.truth), best.name)
		}
		// And on this box, were the key of the middle of the day not destroyed.
		leaky := m.evidence
		leaky.keys = append(slices.Clone(leaky.keys), m.stolen...)
		best, _ = strongest(link(t, leaky, m.truth))
		if want := m.perDay / 2; best.hits < want*95/100 {
			t.Errorf("with the key of the day the linker links %d of the %d that waited by %s: it does not try the keys", best.hits, want, best.name)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		m := newStage(t, dbtest.PostgresURL(t), dbtest.PostgresURL(t))
		m.run()
		m.judge(link(t, m.evidence, m.truth))
	})
}

// stage is a house with a survey, and what the linker will get of it.
type stage struct {
	t        *testing.T
	h        *house.House
	clock    *world.Clock
	site     http.Handler
	log      bytes.Buffer
	w        wave.Wave
	people   []string
	perDay   int
	answers  string // source of the answer side
	database string
	keyFile  string
	stolen   [][]byte
	truth    []answered
	places   map[string][2]string // of each who is asked: unit and staff group
	evidence evidence
}

func newStage(t *testing.T, database, answerSide string) *stage {
	t.Helper()
	dir := t.TempDir()
	m := &stage{
		t: t, clock: world.At(time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC)), database: database, answers: answerSide, keyFile: filepath.Join(dir, "answers.key"),
		evidence: evidence{files: map[string][]byte{}, live: map[string]map[string]string{}},
	}
	// Real chance: with a fixed seed the test would try one shuffle for ever.
	w := world.New(m.clock.Now, rand.Reader)
	var err error
	m.h, err = house.Open(t.Context(), w, house.Options{
		Database: database, KeyFile: filepath.Join(dir, "record.key"), Mail: "dir:" + filepath.Join(dir, "mail"), Answers: answerSide, AnswersKey: m.keyFile,
	})
	m.ok(err)
	t.Cleanup(func() { m.ok(m.h.Close()) })
	_, people, err := m.h.Identity.CreateOrganisation(t.Context(), "setup", identity.Organisation{
		ID: "wye", Name: "Wye Community Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: m.today(),
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@wye.example"}, Role: policy.Secretary})
	m.ok(err)
	n := linkerMembers(t)
	m.employ(people[0], n+n/10)
	m.call(people[0])
	m.people, err = m.h.Waves.Asked(t.Context(), "wye", m.w.ID)
	m.ok(err)
	m.perDay = min(n, len(m.people)) / linkerDays
	m.places = map[string][2]string{}
	m.ok(m.h.Journal.DB().Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(t.Context(), func(rows *db.Rows) error {
			var person, unit, group string
			err := rows.Scan(&person, &unit, &group)
			m.places[person] = [2]string{unit, group}
			return err
		}, `SELECT person_id, COALESCE(unit, ''), COALESCE(staff_group, '') FROM wave_person`)
	}))
	// Nobody comes in the order of the list.
	mathrand.Shuffle(len(m.people), func(i, j int) { m.people[i], m.people[j] = m.people[j], m.people[i] })
	m.site, err = web.New(m.h, web.Options{PublicOrg: "wye", Log: slog.New(slog.NewTextHandler(&m.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	m.ok(err)
	return m
}

func (m *stage) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *stage) today() law.Date { return law.Today(m.clock.Now()) }

func (m *stage) employ(secretary string, n int) {
	m.t.Helper()
	var file bytes.Buffer
	m.ok(invent.WriteCSV(&file, invent.Generate(1, n, m.today()), invent.ESR()))
	_, err := m.h.Staff.Import(m.t.Context(), secretary, staff.List{
		Org: "wye", Employer: "wye", AsAt: m.today(), File: bytes.NewReader(file.Bytes()), Size: int64(file.Len()), Name: "esr.csv", Profile: "esr",
	}, staff.Confirmed)
	m.ok(err)
}

func (m *stage) call(secretary string) {
	m.t.Helper()
	m.h.Waves.UseBits(2048)
	in, err := instrument.Load(instrument.Pulse)
	m.ok(err)
	id, err := m.h.Waves.Draft(m.t.Context(), secretary, "wye", wave.Plan{
		Code: "autumn", Title: "Autumn pulse", Kind: wave.Pulse, Instrument: in, Census: m.today(), Opens: m.today(), Closes: m.today().AddDays(linkerDays + 1),
		Comments: true, Weighting: wave.ByGroup,
	})
	m.ok(err)
	m.ok(m.h.CallWave(m.t.Context(), secretary, "wye", id))
	m.w, err = m.h.Waves.Wave(m.t.Context(), "wye", id)
	m.ok(err)
}

// run lets the members draw and answer at once, one after the other, each in their own
// way, and takes the evidence.
func (m *stage) run() {
	m.t.Helper()
	for day := range linkerDays {
		for i := range m.perDay {
			if day == 1 && i == m.perDay/2 {
				m.take("middle", true)
				m.stolen = m.keys()
			}
			m.answer(day, i)
		}
		m.clock.Set(m.clock.Now().Truncate(24 * time.Hour).Add(23*time.Hour + 45*time.Minute))
		m.work()
		m.take(fmt.Sprintf("evening-%d", day), false)
		m.clock.Set(m.clock.Now().Add(8*time.Hour + 15*time.Minute))
	}
	for range 3 {
		m.clock.Advance(24 * time.Hour)
		m.work()
	}
	st, err := m.h.Answers.Status(m.t.Context(), m.w.ID)
	m.ok(err)
	if st.Stage != answers.Closed || st.Counted != len(m.truth) || st.Comments != len(m.truth) {
		m.t.Fatalf("after the close: %+v of %d", st, len(m.truth))
	}
	m.take("end", true)
	m.evidence.keys = m.keys()
	m.evidence.files["log of the server"] = m.log.Bytes()
}

func (m *stage) work() {
	m.t.Helper()
	_, err := m.h.Jobs.RunDue(m.t.Context())
	m.ok(err)
}

// answer is one member who draws a pass and answers with it ten seconds later.
func (m *stage) answer(day, order int) {
	m.t.Helper()
	n := len(m.truth)
	key, err := token.ParsePublic(m.w.Key, m.w.KeyHash)
	m.ok(err)
	blinded, b, err := key.Blind(rand.Reader, m.w.ID)
	m.ok(err)
	signature, err := m.h.Waves.Draw(m.t.Context(), "wye", m.w.ID, m.people[n], blinded)
	m.ok(err)
	tok, err := b.Finish(signature)
	m.ok(err)
	m.clock.Advance(10 * time.Second)

	a := answered{day: day, order: day*1_000_000 + order, comment: fmt.Sprintf("Words of nobody else, %08x.", mathrand.Uint32()), spent: tok.SpentHash()}
	form := url.Values{"pass": {tok.String()}, "comment": {a.comment}, "go": {"send"}, "whole": {"1"}, "step": {"review"}}
	if order%2 == 0 { // the others would rather not say
		a.unit, a.group = m.places[m.people[n]][0], m.places[m.people[n]][1]
		form.Set("unit", a.unit)
		form.Set("group", a.group)
	}
	left := n*7919 + 12345 // another sheet for everybody
	for _, q := range m.w.Instrument.Questions {
		code := 1 + left%5
		left /= 5
		a.codes += string(rune(code))
		form.Set("q."+q.ID, strconv.Itoa(code))
	}
	logged := m.log.Len()
	r := httptest.NewRequest("POST", "/answers/autumn", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = fmt.Sprintf("10.1.%d.%d:4711", n/200, n%200)
	r.Header.Set("User-Agent", "Browser/"+strconv.Itoa(n))
	w := httptest.NewRecorder()
	m.site.ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), a.spent) {
		m.t.Fatalf("answer %d: %d\n%s", n, w.Code, w.Body)
	}
	if m.log.Len() != logged {
		m.t.Errorf("answering left in the log: %s", m.log.Bytes()[logged:])
	}
	if len(w.Result().Cookies()) > 0 {
		m.t.Errorf("answering set a cookie")
	}
	m.truth = append(m.truth, a)
	m.clock.Advance(20 * time.Second)
}

// take takes a backup of each database, and where wanted the files as they lie there.
func (m *stage) take(when string, files bool) {
	m.t.Helper()
	m.evidence.times = append(m.evidence.times, when)
	for name, d := range map[string]*db.DB{"register": m.h.Journal.DB(), "answers": m.h.Answers.DB()} {
		var out bytes.Buffer
		_, err := backup.Write(m.t.Context(), d, &out, m.today().String(), nil)
		m.ok(err)
		m.evidence.files[when+" "+name+" backup"] = unzipped(m.t, out.Bytes())
		if !files {
			continue
		}
		if d.Engine() == db.Postgres {
			m.live(when+" "+name, d)
			continue
		}
		for _, ending := range []string{"", "-wal"} {
			text, err := os.ReadFile(d.Path() + ending)
			m.ok(err)
			m.evidence.files[when+" "+name+" file"+ending] = text
		}
	}
}

func unzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&out, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// keys are those in the key file now.
func (m *stage) keys() (keys [][]byte) {
	m.t.Helper()
	text, err := os.ReadFile(m.keyFile)
	m.ok(err)
	var file struct{ Keys map[string][]byte }
	m.ok(json.Unmarshal(text, &file))
	for _, key := range file.Keys {
		keys = append(keys, key)
	}
	return keys
}

// live is what PostgreSQL says of each row: where it lies and which transaction wrote it.
func (m *stage) live(name string, d *db.DB) {
	if !strings.HasSuffix(name, "answers") {
		return
	}
	for table, column := range map[string]string{"answer": "codes", "comment": "text", "spent": "hash"} {
		for _, system := range []string{"ctid", "xmin", "cmin"} {
			found := map[string]string{}
			m.ok(d.Read(m.t.Context(), func(tx *db.Tx) error {
				return tx.Each(m.t.Context(), func(rows *db.Rows) error {
					var item, value string
					err := rows.Scan(&item, &value)
					found[item] = value
					return err
				}, `SELECT `+column+`, `+system+`::text FROM `+table)
			}))
			m.evidence.live[name+" "+table+" "+system] = found
		}
	}
}

// judge fails the test where any pairing is better than chance.
func (m *stage) judge(tests []pairing) {
	m.t.Helper()
	limit := alpha / float64(2*len(tests))
	for _, p := range tests {
		if p.chanceOfHits < limit {
			m.t.Errorf("%s links %d of %d: by chance %.1f, p = %.2g", p.name, p.hits, p.of, p.expected, p.chanceOfHits)
		}
		if p.chanceOfRank < limit {
			m.t.Errorf("%s has a rank correlation of z = %.1f with what it may not know, p = %.2g", p.name, p.z, p.chanceOfRank)
		}
	}
	hits, rank := strongest(tests)
	if len(tests) < 20 {
		m.t.Errorf("%d tests only: the linker found hardly anything to try", len(tests))
	}
	m.t.Logf("%d members, %d pairs of orders tried; the luckiest links %d of %d (chance %.1f, p %.2g: %s); the strongest correlation has z = %.1f (p %.2g: %s); the limit is p = %.2g",
		len(m.truth), len(tests), hits.hits, hits.of, hits.expected, hits.chanceOfHits, hits.name, rank.z, rank.chanceOfRank, rank.name, limit)
}

// naive is the evidence of a box that does as boxes do: a row for each answer as it
// comes, under an id that holds the time.
func (m *stage) naive() evidence {
	m.t.Helper()
	path := filepath.Join(m.t.TempDir(), "naive.db")
	d, err := db.Open(m.t.Context(), path)
	m.ok(err)
	steps, err := answers.Migrations()
	m.ok(err)
	m.ok(db.Migrate(m.t.Context(), d, steps))
	clock := world.At(time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC))
	w := world.New(clock.Now, rand.Reader)
	exec := func(query string, args ...any) {
		m.ok(d.Write(m.t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(m.t.Context(), query, args...)
			return err
		}))
	}
	exec(`INSERT INTO wave (id, organisation, code, terms, generation, mixed_on, closed_on, erased_on, papers, counted, serials) VALUES ('w', 'wye', 'a', ?, 1, '', '', '', 0, 0, 0)`, []byte("{}"))
	for _, a := range m.truth {
		clock.Advance(30 * time.Second)
		exec(`INSERT INTO answer (id, wave, codes, unit, staff_group) VALUES (?, 'w', ?, '', '')`, w.ID(), []byte(a.codes))
		exec(`INSERT INTO spent (hash, wave) VALUES (?, 'w')`, a.spent)
		exec(`INSERT INTO comment (id, wave, unit, text) VALUES (?, 'w', '', ?)`, w.ID(), a.comment)
	}
	e := evidence{files: map[string][]byte{}, live: map[string]map[string]string{}}
	for _, ending := range []string{"", "-wal"} {
		text, err := os.ReadFile(path + ending)
		m.ok(err)
		e.files["end answers file"+ending] = text
	}
	m.ok(d.Close())
	return e
}

// daily is the evidence of a box that writes answers open once a day: shuffled, under
// random ids, with a backup of each evening.
func (m *stage) daily() evidence {
	e := evidence{files: map[string][]byte{}, live: map[string]map[string]string{}}
	var written bytes.Buffer
	for day := range linkerDays {
		when := fmt.Sprintf("evening-%d", day)
		var rows []string
		for _, a := range m.truth {
			if a.day == day {
				rows = append(rows, fmt.Sprintf("%08x %s %s %s\n", mathrand.Uint32(), a.codes, a.unit, a.group))
			}
		}
		for _, row := range slices.Sorted(slices.Values(rows)) {
			written.WriteString(row)
		}
		e.times = append(e.times, when)
		e.files[when+" answers backup"] = bytes.Clone(written.Bytes())
	}
	return e
}

// firstSeen is the place of the first backup or file that has each of the answers, by when
// they were taken.
func (e evidence) firstSeen(kind string, truth []answered) []float64 {
	out := make([]float64, len(truth))
	for i := range out {
		out[i] = math.NaN()
	}
	for at, when := range e.times {
		for name, text := range e.files {
			if !strings.HasPrefix(name, when+" answers") {
				continue
			}
			seen := search(text, truth)
			for i, a := range truth {
				for _, way := range ways {
					if _, ok := seen[string(way.written(a.item(kind)))]; ok && math.IsNaN(out[i]) {
						out[i] = float64(at)
					}
				}
			}
		}
	}
	return out
}

// singledOut is how many of those who named a team and staff group the linker finds: the
// only answer that names theirs, among all, or among those that were first seen when the
// answers of their day were.
func singledOut(e evidence, truth []answered, byDay bool) (n int) {
	seen := e.firstSeen("answer", truth)
	from := map[int]float64{} // of a day: when its answers are first seen, at the earliest
	for i, a := range truth {
		if at, ok := from[a.day]; !math.IsNaN(seen[i]) && (!ok || seen[i] < at) {
			from[a.day] = seen[i]
		}
	}
	for i, a := range truth {
		candidates := 0
		for j, b := range truth {
			if a.cell() == b.cell() && (!byDay || seen[j] == from[a.day]) {
				candidates++
			}
		}
		if a.cell() != "" && candidates == 1 && (!byDay || seen[i] == from[a.day]) {
			n++
		}
	}
	return n
}

// pairing is one way to link that was tried: two orders set side by side.
type pairing struct {
	name         string
	hits, of     int
	expected     float64
	chanceOfHits float64
	z            float64
	chanceOfRank float64
}

func strongest(tests []pairing) (hits, rank pairing) {
	hits.chanceOfHits, rank.chanceOfRank = 2, 2
	for _, p := range tests {
		if p.chanceOfHits < hits.chanceOfHits || p.chanceOfHits == hits.chanceOfHits && p.hits > hits.hits {
			hits = p
		}
		if p.chanceOfRank < rank.chanceOfRank {
			rank = p
		}
	}
	return hits, rank
}

// order is something in the evidence that puts the answers, or the spent passes, or the
// comments, in an order; where two have the same place, chance decides.
type order struct {
	name, kind string
	place      []float64 // of each answered; NaN where it is not found
}

// link tries every order found against that in which the members came, and against
// every order of another kind: whoever ties an answer to a pass ties it to its member's
// receipt.
func link(t *testing.T, e evidence, truth []answered) []pairing {
	t.Helper()
	came := order{name: "the order of the members", kind: "member"}
	for _, a := range truth {
		came.place = append(came.place, float64(a.order))
	}
	orders := append([]order{came}, e.orders(t, truth)...)
	var tests []pairing
	for i, x := range orders {
		for _, y := range orders[:i] {
			if x.kind == y.kind {
				continue
			}
			for _, s := range strata {
				// A pass that is spent may be known to be of its day, and no answer may.
				if s.days && (x.kind == "member" || y.kind == "member") && (x.kind == "spent" || y.kind == "spent") {
					continue
				}
				if p, ok := compare(x, y, s, truth); ok {
					tests = append(tests, p)
				}
			}
		}
	}
	return tests
}

func (a answered) item(kind string) string {
	switch kind {
	case "answer":
		return a.codes
	case "comment":
		return a.comment
	}
	return a.spent
}

// orders finds everything that has an order.
func (e evidence) orders(t *testing.T, truth []answered) (list []order) {
	t.Helper()
	add := func(name, kind string, place func(item string) (float64, bool)) {
		o := order{name: name, kind: kind, place: make([]float64, len(truth))}
		found := 0
		for i, a := range truth {
			at, ok := place(a.item(kind))
			o.place[i] = at
			if !ok {
				o.place[i] = math.NaN()
				continue
			}
			found++
		}
		if found > 0 {
			list = append(list, o)
		}
	}
	for name, text := range e.files {
		seen := search(text, truth)
		for _, kind := range []string{"answer", "spent", "comment"} {
			for _, way := range ways {
				at := func(which int) func(string) (float64, bool) {
					return func(item string) (float64, bool) {
						places, ok := seen[string(way.written(item))]
						return float64(places[which]), ok
					}
				}
				add(name+", first "+way.name+" of "+kind, kind, at(0))
				add(name+", last "+way.name+" of "+kind, kind, at(1))
			}
		}
		if strings.HasSuffix(name, "answers file") {
			list = append(list, e.rows(t, name, truth)...)
		}
	}
	for _, kind := range []string{"answer", "spent", "comment"} {
		list = append(list, order{name: kind + " first seen", kind: kind, place: e.firstSeen(kind, truth)})
	}
	for name, found := range e.live {
		kind := strings.Fields(name)[2]
		add(name, kind, func(item string) (float64, bool) { return ordinal(found[item]) })
	}
	return list
}

// search goes through a file once and notes where it first and last has each item, in
// each way of writing it.
func search(text []byte, truth []answered) map[string][2]int {
	const head = 8
	wanted := map[string][]string{} // by their first bytes
	var begins [1 << 16]bool        // by their first two
	for _, a := range truth {
		for _, kind := range []string{"answer", "spent", "comment"} {
			for _, way := range ways {
				w := string(way.written(a.item(kind)))
				wanted[w[:head]] = append(wanted[w[:head]], w)
				begins[int(w[0])<<8|int(w[1])] = true
			}
		}
	}
	seen := map[string][2]int{}
	for i := 0; i+head <= len(text); i++ {
		if !begins[int(text[i])<<8|int(text[i+1])] {
			continue
		}
		for _, w := range wanted[string(text[i:i+head])] {
			if bytes.HasPrefix(text[i:], []byte(w)) {
				places, again := seen[w]
				if !again {
					places[0] = i
				}
				places[1] = i
				seen[w] = places
			}
		}
	}
	return seen
}

// ways are how an item may be written in a file.
var ways = []struct {
	name    string
	written func(string) []byte
}{
	{"place", func(s string) []byte { return []byte(s) }},
	{"place in base64", func(s string) []byte { return []byte(base64.StdEncoding.EncodeToString([]byte(s))) }},
	{"place in bytes", func(s string) []byte {
		if b, err := hex.DecodeString(s); err == nil {
			return b
		}
		return []byte("\x00 not hexadecimal \x00")
	}},
}

// ordinal makes a number of what PostgreSQL says of a row: "(page,line)" or a number.
func ordinal(text string) (float64, bool) {
	page, line, two := strings.Cut(strings.Trim(text, "()"), ",")
	n, err := strconv.ParseFloat(page, 64)
	if err != nil {
		return 0, false
	}
	if two {
		m, err := strconv.ParseFloat(line, 64)
		return n*1e6 + m, err == nil
	}
	return n, true
}

// rows opens a copy of the answers database and takes the orders that the engine gives:
// by row number, by id, by the time an id would hold, by the size of the row; and of
// what waits, those rows that one of the keys opens.
func (e evidence) rows(t *testing.T, name string, truth []answered) (list []order) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, e.files[name], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"-wal", e.files[name+"-wal"], 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	query := func(kind, what, text string, place func(v any) (float64, bool)) {
		found := map[string]float64{}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.Each(t.Context(), func(rows *db.Rows) error {
				var item string
				var v any
				err := rows.Scan(&item, &v)
				if at, ok := place(v); ok {
					found[item] = at
				}
				return err
			}, text)
		})
		if err != nil {
			t.Fatal(err)
		}
		o := order{name: name + ", " + kind + " by " + what, kind: kind}
		for _, a := range truth {
			at, ok := found[a.item(kind)]
			if !ok {
				at = math.NaN()
			}
			o.place = append(o.place, at)
		}
		if len(found) > 0 {
			list = append(list, o)
		}
	}
	number := func(v any) (float64, bool) { n, ok := v.(int64); return float64(n), ok }
	leading := func(v any) (float64, bool) {
		s, _ := v.(string)
		s = strings.ReplaceAll(s, "-", "")
		b, err := hex.DecodeString(s[:min(12, len(s))])
		if err != nil || len(b) < 6 {
			return 0, false
		}
		return float64(binary.BigEndian.Uint64(append([]byte{0, 0}, b...))), true
	}
	query("answer", "row", `SELECT codes, rowid FROM answer`, number)
	query("answer", "id", `SELECT codes, id FROM answer`, leading)
	query("answer", "size", `SELECT codes, length(codes) + length(id) + length(unit) + length(staff_group) FROM answer`, number)
	query("comment", "row", `SELECT text, rowid FROM comment`, number)
	query("comment", "id", `SELECT text, id FROM comment`, leading)
	query("spent", "row", `SELECT hash, rowid FROM spent`, number)
	query("spent", "hash", `SELECT hash, hash FROM spent`, leading)
	opened := map[string]map[string]float64{}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(t.Context(), func(rows *db.Rows) error {
			var id string
			var row int64
			var mark, sealed []byte
			if err := rows.Scan(&id, &row, &mark, &sealed); err != nil {
				return err
			}
			for _, key := range e.keys {
				for kind, item := range openWaiting(key, id, mark, sealed, truth) {
					if opened[kind] == nil {
						opened[kind] = map[string]float64{}
					}
					opened[kind][item] = float64(row)
				}
			}
			return nil
		}, `SELECT id, rowid, mark, sealed FROM waiting`)
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, found := range opened {
		o := order{name: name + ", " + kind + " of waiting rows that a key opens", kind: kind}
		for _, a := range truth {
			at, ok := found[a.item(kind)]
			if !ok {
				at = math.NaN()
			}
			o.place = append(o.place, at)
		}
		list = append(list, o)
	}
	return list
}

// openWaiting does with a key what the box does: it opens the row, and finds which spent
// pass the mark is of.
func openWaiting(key []byte, id string, mark, sealed []byte, truth []answered) map[string]string {
	derive := func(purpose string) []byte {
		h := hmac.New(sha256.New, key)
		_, _ = h.Write([]byte("commonweal answers " + purpose))
		return h.Sum(nil)
	}
	out := map[string]string{}
	for _, a := range truth {
		h := hmac.New(sha256.New, derive("mark"))
		_, _ = h.Write([]byte(a.spent))
		if hmac.Equal(h.Sum(nil), mark) {
			out["spent"] = a.spent
		}
	}
	block, err := aes.NewCipher(derive("seal"))
	if err != nil {
		return out
	}
	aead, err := cipher.NewGCM(block)
	if err != nil || len(sealed) < aead.NonceSize() {
		return out
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(id))
	if err != nil {
		return out
	}
	for _, a := range truth {
		if bytes.Contains(plain, []byte(a.comment)) {
			out["answer"], out["comment"] = a.codes, a.comment
		}
	}
	return out
}

// stratum is a way to cut those who answered into sets within which the linker pairs.
type stratum struct {
	name   string
	fewest int  // of a set
	days   bool // a set has those of several days
	of     func(a answered) string
}

var strata = []stratum{
	{"day by day", 8, false, func(a answered) string { return strconv.Itoa(a.day) }},
	{"over the whole survey", 8, true, func(answered) string { return "all" }},
	{"by unit and group", 3, true, answered.cell},
}

// compare sets two orders side by side, set by set.
func compare(x, y order, s stratum, truth []answered) (pairing, bool) {
	p := pairing{name: x.name + " against " + y.name + ", " + s.name}
	sets := map[string][]int{}
	for i, a := range truth {
		if !math.IsNaN(x.place[i]) && !math.IsNaN(y.place[i]) {
			sets[s.of(a)] = append(sets[s.of(a)], i)
		}
	}
	days := 0
	for _, items := range sets {
		rx, ry := ranks(x, items), ranks(y, items)
		if len(items) < s.fewest || rx == nil || ry == nil {
			continue
		}
		days++
		n := float64(len(items))
		var squares float64
		for k := range items {
			squares += (rx[k] - ry[k]) * (rx[k] - ry[k])
			if rx[k] == ry[k] {
				p.hits++
			}
		}
		p.of += len(items)
		p.z += (1 - 6*squares/(n*(n*n-1))) * math.Sqrt(n-1)
	}
	if days == 0 {
		return p, false
	}
	p.z /= math.Sqrt(float64(days))
	p.expected = float64(days)
	p.chanceOfHits = poissonAtLeast(p.hits, p.expected)
	p.chanceOfRank = math.Erfc(math.Abs(p.z) / math.Sqrt2)
	return p, true
}

// ranks are the places of items in an order, from nought; nil where it has none: all in
// one place.
func ranks(o order, items []int) []float64 {
	by := make([]int, len(items))
	chance := mathrand.Perm(len(items))
	for k := range by {
		by[k] = k
	}
	sort.Slice(by, func(a, b int) bool {
		x, y := o.place[items[by[a]]], o.place[items[by[b]]]
		return x < y || x == y && chance[by[a]] < chance[by[b]]
	})
	if len(items) == 0 || o.place[items[by[0]]] == o.place[items[by[len(by)-1]]] {
		return nil
	}
	out := make([]float64, len(items))
	for rank, k := range by {
		out[k] = float64(rank)
	}
	return out
}

// poissonAtLeast is the chance of so many or more where so many are expected: the pairs
// that a random pairing gets right, one a day.
func poissonAtLeast(n int, expected float64) float64 {
	term, below := math.Exp(-expected), 0.0
	for k := range n {
		below += term
		term *= expected / float64(k+1)
	}
	if below < 0.999 {
		return 1 - below
	}
	sum := 0.0 // the tail itself, where the difference would be lost
	for k := n; k < n+200; k++ {
		sum += term
		term *= expected / float64(k+1)
	}
	return sum
}
