package box_test

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
	"testing"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
)

// victimEnv makes the test binary accept ballots and end: the process that is killed.
const victimEnv = "COMMONWEAL_TEST_BOX_VICTIM"

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

// offered is what the victim is given: the contest and a ballot of each voter.
type offered struct {
	Contest box.Contest
	Voters  []box.Voter
	Ballots [][]byte // of voter 1, 2, ...
	From    int      // the first to be cast now
	Until   int      // the first that is not
}

// victim casts ballots from several goroutines and prints each answer that it gets.
func victim(source, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var in offered
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	j, keys, err := openReal(source, in.Contest.Opens)
	if err != nil {
		return err
	}
	svc := box.NewService(j, keys, &polls{contest: in.Contest, voters: in.Voters})
	fmt.Println("begin")
	var mu sync.Mutex
	var all sync.WaitGroup
	var failed error
	next := in.From
	for range 16 {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= in.Until {
					return
				}
				tracker, err := svc.Accept(ctx, org, in.Contest.ID, fmt.Sprintf("p%d", i+1), in.Ballots[i])
				mu.Lock()
				if err != nil {
					failed = errors.Join(failed, err)
				} else {
					fmt.Println(tracker)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	fmt.Println("done")
	return errors.Join(failed, j.DB().Close())
}

// openReal opens the database as the program does, with real chance.
func openReal(source string, at time.Time) (*journal.Journal, *journal.Keys, error) {
	keys, err := journal.NewKeys(make([]byte, 32))
	if err != nil {
		return nil, nil, err
	}
	j, err := schema.Open(ctx, source, world.New(func() time.Time { return at }, rand.Reader), keys)
	return j, keys, err
}

// Killed again and again in the middle of casting: what was answered is in the
// archive, once; what was not is there once or not at all, and can be sent again;
// record, tables and archive agree.
func TestAccept_KilledWhileCasting(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, filepath.Join(t.TempDir(), "crash.db"), 8) })
	t.Run("postgres", func(t *testing.T) { killed(t, dbtest.PostgresURL(t), 5) })
}

func killed(t *testing.T, source string, times int) {
	if testing.Short() {
		times = min(times, 3)
	}
	j, keys, err := openReal(source, schematest.Start)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.DB().Close() }()
	each := crashVoters(t, times)
	clock := world.At(schematest.Start)
	m := newScene(t, &schematest.Base{Journal: j, Clock: clock, Keys: keys}, plan{group: "Ed25519", questions: yesNo, voters: each * times, revote: archive.LastCounts})
	m.open()
	in := offered{Contest: m.polls.contest, Voters: m.polls.voters}
	for _, c := range m.credentials {
		in.Ballots = append(in.Ballots, m.ballot(c, 0, 1, 0))
	}
	path := filepath.Join(t.TempDir(), "ballots.json")
	r := mathrand.New(mathrand.NewPCG(1, 2))
	answered := map[string]bool{}
	stopped := 0
	for i := range times {
		in.From, in.Until = max(0, each*i-10), each*(i+1) // some are sent again
		text, err := json.Marshal(in)
		m.ok(err)
		m.ok(os.WriteFile(path, text, 0o600))
		if !m.strike(source, path, 1+r.IntN(each-5), answered) {
			stopped++
		}
		m.inspect(in.Ballots, answered)
	}
	if stopped == 0 || len(answered) == 0 {
		t.Errorf("%d of %d were stopped, %d ballots answered for: the test shows nothing", stopped, times, len(answered))
	}
	in.From, in.Until = 0, len(in.Ballots)
	text, err := json.Marshal(in)
	m.ok(err)
	m.ok(os.WriteFile(path, text, 0o600))
	if !m.strike(source, path, len(in.Ballots)+2, answered) || len(answered) != len(in.Ballots) {
		t.Errorf("after the crashes %d of %d voters are answered", len(answered), len(in.Ballots))
	}
	if cast := m.inspect(in.Ballots, answered); cast != len(in.Ballots) {
		t.Errorf("%d ballots of %d voters", cast, len(in.Ballots))
	}
	t.Logf("%d of %d runs were stopped before their end", stopped, times)
}

// crashVoters is how many voters cast between two kills: forty, or those of
// COMMONWEAL_CRASH_VOTERS shared out, for a longer run than the tests have time for.
func crashVoters(t *testing.T, times int) int {
	text := os.Getenv("COMMONWEAL_CRASH_VOTERS")
	if text == "" {
		return 40
	}
	n, err := strconv.Atoi(text)
	if err != nil || n/times < 10 {
		t.Fatalf("COMMONWEAL_CRASH_VOTERS is %q: a number of at least %d", text, 10*times)
	}
	return n / times
}

// strike lets a process of its own cast and kills it when it has given so many
// answers. It notes the answers and says whether the process came to its end.
func (m *scene) strike(source, path string, answers int, answered map[string]bool) bool {
	m.t.Helper()
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), victimEnv+"="+source)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	m.ok(err)
	m.ok(cmd.Start())
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "begin\n" {
		m.t.Fatalf("the casting did not begin: %q, %v: %s", line, err, &complaint)
	}
	var said string
	for range answers {
		line, err := lines.ReadString('\n')
		said += line
		if err != nil {
			break
		}
	}
	if !strings.HasSuffix(said, "done\n") {
		_ = cmd.Process.Kill() // or it has just ended
	}
	rest, _ := io.ReadAll(lines)
	said += string(rest)
	_ = cmd.Wait() // killed is what it shall be
	if complaint.Len() > 0 {
		m.t.Fatalf("%s", &complaint)
	}
	whole := said[:strings.LastIndex(said, "\n")+1]
	for line := range strings.Lines(whole) {
		if line != "done\n" {
			answered[strings.TrimSpace(line)] = true
		}
	}
	return strings.HasSuffix(whole, "done\n")
}

// inspect checks everything after a crash and returns how many ballots were cast.
func (m *scene) inspect(ballots [][]byte, answered map[string]bool) int {
	m.t.Helper()
	schematest.Verify(m.t, m.Journal)
	text, _, report := m.file(archive.Unfinished)
	cast := 0
	for _, b := range ballots {
		times := bytes.Count(text, b)
		cast += times
		if times > 1 || times == 0 && answered[trackerOf(b)] {
			m.t.Errorf("ballot %s is there %d times, answered for: %v", trackerOf(b), times, answered[trackerOf(b)])
		}
	}
	book, err := m.svc.Pollbook(ctx, org, council)
	m.ok(err)
	if report.Ballots.Cast != cast || len(book) != cast {
		m.t.Errorf("%d ballots, the report says %d, the pollbook has %d", cast, report.Ballots.Cast, len(book))
	}
	return cast
}
