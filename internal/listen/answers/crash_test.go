package answers_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/world"
	"commonweal/internal/listen/answers"
	"commonweal/law"
)

// victimEnv makes the test binary answer a survey and end: the process that is killed.
const victimEnv = "COMMONWEAL_TEST_ANSWERS_VICTIM"

func TestMain(m *testing.M) {
	if source := os.Getenv(victimEnv); source != "" {
		if err := victim(source, os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// offered is what the victim is given.
type offered struct {
	Key         string // path of the key file
	Day         int    // of the year
	Sheets      []answers.Sheet
	From, Until int
}

// victim answers from several goroutines, mixes all the time, with a new day at every
// mix, and prints each answer that it gets.
func victim(source, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var in offered
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	var day atomic.Int64
	day.Store(int64(in.Day))
	w := world.New(func() time.Time { return time.Date(2026, 1, int(day.Load()), 12, 0, 0, 0, time.UTC) }, rand.Reader)
	svc, err := answers.OpenAll(ctx, source, in.Key, w)
	if err != nil {
		return err
	}
	fmt.Println("begin")
	var mu sync.Mutex
	var failed error
	var all, mixer sync.WaitGroup
	next := in.From
	for range 8 {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= in.Until {
					return
				}
				receipt, err := svc.Take(ctx, wave, in.Sheets[i])
				if err != nil && strings.Contains(err.Error(), "counted already, under the receipt ") {
					receipt, err = err.Error()[strings.LastIndex(err.Error(), " ")+1:], nil
				}
				mu.Lock()
				if err != nil {
					failed = errors.Join(failed, fmt.Errorf("sheet %d: %w", i, err))
				} else {
					fmt.Println(receipt)
				}
				mu.Unlock()
			}
		})
	}
	stop := make(chan struct{})
	mixer.Go(func() {
		for {
			day.Add(1)
			if err := svc.MixAll(ctx); err != nil {
				mu.Lock()
				failed = errors.Join(failed, fmt.Errorf("mix: %w", err))
				mu.Unlock()
				return
			}
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	all.Wait()
	close(stop)
	mixer.Wait()
	fmt.Println("done")
	return errors.Join(failed, svc.Close())
}

// Killed again and again while people answer and the box is mixed: what was
// acknowledged is in the box once; what was not is there once or not at all, and can be
// sent again; at the close every answer is there once, with its own words.
func TestTake_KilledWhileAnsweringAndMixing(t *testing.T) {
	times := 8
	if testing.Short() {
		times = 3
	}
	each := crashSheets(t, times)
	sheets := make([]answers.Sheet, each*times)
	for i := range sheets {
		sheets[i] = answers.Sheet{Token: draw(t, wave), Answers: answers.Codes{uint8(i%5 + 1), 2, 0, 1}, Comment: "sheet " + strconv.Itoa(i)}
	}
	t.Run("sqlite", func(t *testing.T) { killed(t, filepath.Join(t.TempDir(), "crash.db"), sheets, times) })
	t.Run("postgres", func(t *testing.T) { killed(t, dbtest.PostgresURL(t), sheets, times) })
}

// crashSheets is how many answer between two kills: twenty-five, or those of
// COMMONWEAL_CRASH_MEMBERS shared out, for a longer run than the tests have time for.
func crashSheets(t *testing.T, times int) int {
	text := os.Getenv("COMMONWEAL_CRASH_MEMBERS")
	if text == "" {
		return 25
	}
	n, err := strconv.Atoi(text)
	if err != nil || n/times < 10 {
		t.Fatalf("COMMONWEAL_CRASH_MEMBERS is %q: a number of at least %d", text, 10*times)
	}
	return n / times
}

func killed(t *testing.T, source string, sheets []answers.Sheet, times int) {
	day := 1
	dir := t.TempDir()
	in := offered{Key: filepath.Join(dir, "answers.key"), Sheets: sheets}
	clock := func() time.Time { return time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC) }
	open := func() *answers.Service {
		svc, err := answers.OpenAll(ctx, source, in.Key, world.New(clock, rand.Reader))
		if err != nil {
			t.Fatal(err)
		}
		return svc
	}
	svc := open()
	x := terms(t, wave)
	x.Opens, x.Closes = law.NewDate(2026, 1, 1), law.NewDate(2036, 1, 1)
	if err := svc.Publish(ctx, x); err != nil {
		t.Fatal(err)
	}
	if err := svc.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	r := mathrand.New(mathrand.NewPCG(1, 2))
	each := len(sheets) / times
	stopped := 0
	run := func(from, until, answers int) bool {
		day += 200 // later than the victim ever was
		in.Day, in.From, in.Until = day, from, until
		text, err := json.Marshal(in)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "sheets.json"), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return strike(t, source, filepath.Join(dir, "sheets.json"), answers, acknowledged)
	}
	for i := range times {
		if !run(max(0, each*i-10), each*(i+1), 1+r.IntN(each-5)) { // some are sent again
			stopped++
		}
	}
	if stopped == 0 || len(acknowledged) == 0 {
		t.Errorf("%d of %d were stopped, %d acknowledged: the test shows nothing", stopped, times, len(acknowledged))
	}
	early := len(acknowledged)
	if !run(0, len(sheets), 1<<30) || len(acknowledged) != len(sheets) {
		t.Errorf("after the crashes %d of %d are acknowledged", len(acknowledged), len(sheets))
	}
	day = 365*10 + 10
	svc = open()
	defer func() { _ = svc.Close() }()
	if err := svc.CloseWave(ctx, wave); err != nil {
		t.Fatal(err)
	}
	inspect(t, svc, len(sheets), acknowledged)
	mixes := 0
	err := svc.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT generation - 1 FROM wave`).Scan(&mixes)
	})
	if err != nil || mixes < times/2 {
		t.Errorf("the box was mixed %d times only, %v", mixes, err)
	}
	t.Logf("%d of %d runs were stopped before their end, with %d of %d sheets acknowledged; %d mixes", stopped, times, early, len(sheets), mixes)
}

// inspect holds what is in the closed box against what was acknowledged.
func inspect(t *testing.T, svc *answers.Service, n int, acknowledged map[string]bool) {
	t.Helper()
	spent, err := svc.Spent(ctx, wave)
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range spent {
		if !acknowledged[hash] {
			t.Errorf("%s is counted and was never acknowledged", hash)
		}
		delete(acknowledged, hash)
	}
	for hash := range acknowledged {
		t.Errorf("%s was acknowledged and is lost", hash)
	}
	rows, err := svc.Answers(ctx, wave)
	if err != nil {
		t.Fatal(err)
	}
	list, err := svc.Comments(ctx, wave)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{}
	for _, c := range list {
		said[c.Text]++
	}
	for i := range n {
		if got := said["sheet "+strconv.Itoa(i)]; got != 1 {
			t.Errorf("sheet %d is there %d times", i, got)
		}
	}
	st, err := svc.Status(ctx, wave)
	if err != nil || len(rows) != n || len(spent) != n || len(list) != n || st.Counted != n || st.Lost != 0 {
		t.Errorf("%d answers, %d spent, %d comments, %+v of %d sheets: %v", len(rows), len(spent), len(list), st, n, err)
	}
}

// strike lets a process of its own answer and kills it when it has given so many
// answers. It notes the answers and says whether the process came to its end.
func strike(t *testing.T, source, path string, count int, acknowledged map[string]bool) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), victimEnv+"="+source)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "begin\n" {
		t.Fatalf("the answering did not begin: %q, %v: %s", line, err, &complaint)
	}
	var said strings.Builder
	for range count {
		line, err := lines.ReadString('\n')
		said.WriteString(line)
		if err != nil {
			break
		}
	}
	if !strings.HasSuffix(said.String(), "done\n") {
		_ = cmd.Process.Kill() // or it has just ended
	}
	rest, _ := io.ReadAll(lines)
	said.Write(rest)
	_ = cmd.Wait() // killed is what it shall be
	if complaint.Len() > 0 {
		t.Fatalf("%s", &complaint)
	}
	whole := said.String()[:strings.LastIndex(said.String(), "\n")+1]
	for line := range strings.Lines(whole) {
		if line != "done\n" {
			acknowledged[strings.TrimSpace(line)] = true
		}
	}
	return strings.HasSuffix(whole, "done\n")
}

// Killed between the commit of a mix and the end of the old key: the next start
// destroys it.
func TestOpen_DestroysAKeyThatACrashLeft(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 20 {
			m.take(m.sheet(3, 2, 0, 1))
		}
		before, err := os.ReadFile(m.path)
		m.ok(err)
		m.ok(m.svc.MixAll(ctx))
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
		if got := strings.Join(m.keysIn(), " "); got != "1 2 hold" {
			t.Fatalf("keys %s", got)
		}
		m.reopen()
		if got := strings.Join(m.keysIn(), " "); got != "2 hold" {
			t.Errorf("keys %s", got)
		}
	})
}
