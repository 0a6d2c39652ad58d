package rush_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/cli"
	"commonweal/internal/house"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// serverEnv makes the test binary the program itself: the process that is killed.
const serverEnv = "COMMONWEAL_TEST_RUSH_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(serverEnv) != "" {
		os.Exit(cli.Run(context.Background(), cli.Environment{
			Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, World: world.Real(),
		}))
	}
	os.Exit(m.Run())
}

const (
	org    = "wye"
	code   = "autumn"
	kills  = 3
	atOnce = 24 // members at work
)

// members is how many draw and answer.
func members(t *testing.T) (n, bits int) {
	text := os.Getenv("COMMONWEAL_LOAD_MEMBERS")
	if text == "" {
		if testing.Short() {
			t.Skip("short: nobody rushes")
		}
		return 200, 2048
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 50 {
		t.Fatalf("COMMONWEAL_LOAD_MEMBERS is %q: a number of at least 50", text)
	}
	return n, token.Bits
}

// member is one who draws and answers.
type member struct {
	number  int
	session string
	receipt string
	refused bool // a second sheet by the same pass
}

// Everybody draws a pass and answers, over HTTP, while the server is killed three times:
// nobody is lost, nobody counts twice, and register, record and answers agree.
func TestRush_NobodyIsLostAndNobodyCountsTwice(t *testing.T) {
	n, bits := members(t)
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		run(t, n, bits, filepath.Join(dir, "c.db"), filepath.Join(dir, "c.answers.db"))
	})
	t.Run("postgres", func(t *testing.T) { run(t, n, bits, dbtest.PostgresURL(t), dbtest.PostgresURL(t)) })
}

func run(t *testing.T, n, bits int, database, answerSide string) {
	r := newRush(t, n, bits, database, answerSide)
	r.start()
	began := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.everybody()
	}()
	for k := range kills {
		if !r.reached(int64(n*(k+1)/(kills+1)), done) {
			t.Error("all had answered before the server was killed as often as it should be")
			break
		}
		r.kill()
		r.start()
	}
	<-done
	took := time.Since(began)
	r.kill()
	if t.Failed() {
		return
	}
	r.inspect()
	slices.Sort(r.draws)
	slices.Sort(r.sends)
	t.Logf("%d members drew a pass (RSA-%d) and answered in %.1f s, %.0f a second, with the server killed %d times; %d requests were sent again",
		n, bits, took.Seconds(), float64(n)/took.Seconds(), kills, r.again.Load())
	t.Logf("drawing took %v in the middle and %v at most for 99 of 100, answering %v and %v; starting again after a kill %v", at(r.draws, 50), at(r.draws, 99), at(r.sends, 50), at(r.sends, 99), r.starts[1:])
}

func at(sorted []time.Duration, percent int) time.Duration {
	return sorted[(len(sorted)-1)*percent/100].Round(time.Millisecond)
}

// rush is an organisation whose survey is open, and its server.
type rush struct {
	t   *testing.T
	dir string // for key files and mail
	// The two databases.
	database, answers string

	address string
	key     token.PublicKey
	w       wave.Wave
	members []*member
	client  *http.Client

	server *exec.Cmd
	said   *bytes.Buffer
	ended  chan struct{}
	starts []time.Duration

	answered atomic.Int64
	again    atomic.Int64
	mu       sync.Mutex
	draws    []time.Duration
	sends    []time.Duration
}

func (r *rush) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func newRush(t *testing.T, n, bits int, database, answerSide string) *rush {
	t.Helper()
	r := &rush{t: t, dir: t.TempDir(), database: database, answers: answerSide, client: &http.Client{
		Timeout:       2 * time.Minute,
		Transport:     &http.Transport{MaxIdleConnsPerHost: atOnce},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	r.ok(err)
	r.address = l.Addr().String()
	r.ok(l.Close())

	h := r.house(world.Real())
	defer func() { r.ok(h.Close()) }()
	ctx := t.Context()
	today := law.Today(h.World.Now())
	_, people, err := h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Wye Community Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: today,
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@wye.example"}, Role: policy.Secretary})
	r.ok(err)
	var file bytes.Buffer
	r.ok(invent.WriteCSV(&file, invent.Generate(1, n+n/10, today), invent.ESR()))
	_, err = h.Staff.Import(ctx, people[0], staff.List{
		Org: org, Employer: org, AsAt: today, File: bytes.NewReader(file.Bytes()), Size: int64(file.Len()), Name: "esr.csv", Profile: "esr",
	}, staff.Confirmed)
	r.ok(err)
	h.Waves.UseBits(bits)
	in, err := instrument.Load(instrument.Pulse)
	r.ok(err)
	id, err := h.Waves.Draft(ctx, people[0], org, wave.Plan{
		Code: code, Title: "Autumn pulse", Kind: wave.Pulse, Instrument: in, Census: today, Opens: today, Closes: today.AddDays(5), Comments: true, Weighting: wave.ByGroup,
	})
	r.ok(err)
	r.ok(h.CallWave(ctx, people[0], org, id))
	r.w, err = h.Waves.Wave(ctx, org, id)
	r.ok(err)
	r.key, err = token.ParsePublic(r.w.Key, r.w.KeyHash)
	r.ok(err)
	asked, err := h.Waves.Asked(ctx, org, id)
	r.ok(err)
	if len(asked) < n {
		t.Fatalf("%d are asked, %d wanted", len(asked), n)
	}
	for i, person := range asked[:n] {
		in, err := h.Identity.DemoSignIn(ctx, org, person, identity.Client{Agent: "a browser"})
		r.ok(err)
		r.members = append(r.members, &member{number: i, session: in.Secret})
	}
	return r
}

// house opens the database without a server, which does not run meanwhile.
func (r *rush) house(w *world.World) *house.House {
	r.t.Helper()
	h, err := house.Open(r.t.Context(), w, house.Options{
		Database: r.database, KeyFile: filepath.Join(r.dir, "c.key"), Answers: r.answers, AnswersKey: filepath.Join(r.dir, "answers.key"),
		Mail: "dir:" + filepath.Join(r.dir, "mail"), Demo: true, Identity: identity.Options{Demo: true},
	})
	r.ok(err)
	return h
}

// start starts the server and waits until it answers.
func (r *rush) start() {
	r.t.Helper()
	began := time.Now()
	r.server = exec.Command(os.Args[0], "serve", "--demo", "--org", org, "--listen", r.address, "--mail", "dir:"+filepath.Join(r.dir, "mail"),
		"--database", r.database, "--key", filepath.Join(r.dir, "c.key"), "--answers", r.answers, "--answers-key", filepath.Join(r.dir, "answers.key"))
	r.server.Env = append(os.Environ(), serverEnv+"=1")
	r.said = &bytes.Buffer{}
	r.server.Stdout, r.server.Stderr = r.said, r.said
	r.ok(r.server.Start())
	server, ended := r.server, make(chan struct{})
	r.ended = ended
	go func() {
		_ = server.Wait() // killed is what it shall be
		close(ended)
	}()
	for range 1200 {
		resp, err := r.client.Get("http://" + r.address + "/answers/" + code)
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				r.t.Fatalf("the page of answers: %s", resp.Status)
			}
			r.starts = append(r.starts, time.Since(began).Round(time.Millisecond))
			return
		}
		select {
		case <-ended:
			r.t.Fatalf("the server ended: %s", r.said)
		case <-time.After(50 * time.Millisecond):
		}
	}
	r.kill()
	r.t.Fatalf("the server does not answer: %s", r.said)
}

// kill ends the server as a power cut does.
func (r *rush) kill() {
	r.t.Helper()
	r.ok(r.server.Process.Kill())
	<-r.ended
}

// reached waits until so many have answered.
func (r *rush) reached(n int64, done <-chan struct{}) bool {
	for {
		if r.answered.Load() >= n {
			return true
		}
		select {
		case <-done:
			return false
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// everybody draws and answers, so many at a time.
func (r *rush) everybody() {
	var all sync.WaitGroup
	next := make(chan *member)
	for range atOnce {
		all.Go(func() {
			for m := range next {
				if err := r.one(m); err != nil {
					r.t.Errorf("member %d: %v", m.number, err)
				}
				r.answered.Add(1)
			}
		})
	}
	for _, m := range r.members {
		next <- m
	}
	close(next)
	all.Wait()
}

// one draws a pass and answers with it. Whatever gets no answer is sent again, as a
// browser or a patient person does.
func (r *rush) one(m *member) error {
	blinded, b, err := r.key.Blind(rand.Reader, r.w.ID)
	if err != nil {
		return err
	}
	began := time.Now()
	status, body, err := r.post("/surveys/"+code+"/token", url.Values{"blinded": {hex.EncodeToString(blinded)}}, m.session)
	if err != nil {
		return err
	}
	drew := time.Since(began)
	var signed struct{ Signature string }
	if err := json.Unmarshal(body, &signed); err != nil || status != http.StatusOK {
		return fmt.Errorf("drawing: status %d: %.300s", status, body)
	}
	signature, err := hex.DecodeString(signed.Signature)
	if err != nil {
		return err
	}
	tok, err := b.Finish(signature)
	if err != nil {
		return err
	}
	form := url.Values{"pass": {tok.String()}, "comment": {"member " + strconv.Itoa(m.number)}, "go": {"send"}, "whole": {"1"}, "step": {"review"}}
	for _, q := range r.w.Instrument.Questions {
		form.Set("q."+q.ID, strconv.Itoa(1+m.number%5))
	}
	began = time.Now()
	status, body, err = r.post("/answers/"+code, form, "")
	if err != nil {
		return err
	}
	if status != http.StatusOK || !strings.Contains(string(body), tok.SpentHash()) {
		return fmt.Errorf("answering: status %d: %.300s", status, headings.FindAll(body, 3))
	}
	sent := time.Since(began)
	m.receipt = tok.SpentHash()
	r.mu.Lock()
	r.draws, r.sends = append(r.draws, drew), append(r.sends, sent)
	r.mu.Unlock()
	if m.number%10 != 0 {
		return nil
	}
	// Every tenth tries to count twice: with the same pass, and with another.
	form.Set("comment", "a second time, member "+strconv.Itoa(m.number))
	if status, _, err = r.post("/answers/"+code, form, ""); err != nil || status == http.StatusOK {
		return fmt.Errorf("a second sheet by the same pass: status %d, %v", status, err)
	}
	more, _, err := r.key.Blind(rand.Reader, r.w.ID)
	if err != nil {
		return err
	}
	status, _, err = r.post("/surveys/"+code+"/token", url.Values{"blinded": {hex.EncodeToString(more)}}, m.session)
	if err != nil || status == http.StatusOK {
		return fmt.Errorf("a second pass: status %d, %v", status, err)
	}
	m.refused = true
	return nil
}

var headings = regexp.MustCompile(`(?s)<h[12].*?</h[12]>|error-message.*?</`)

// post sends a form until there is an answer: while the server is dead there is none.
func (r *rush) post(path string, form url.Values, session string) (int, []byte, error) {
	var last error
	for try := range 2000 {
		if try > 0 {
			r.again.Add(1)
			time.Sleep(50 * time.Millisecond)
		}
		req, err := http.NewRequest("POST", "http://"+r.address+path, strings.NewReader(form.Encode()))
		if err != nil {
			return 0, nil, err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if session != "" {
			req.AddCookie(&http.Cookie{Name: "commonweal", Value: session})
		}
		resp, err := r.client.Do(req)
		if err != nil {
			last = err
			continue
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			last = err
			continue
		}
		return resp.StatusCode, body, nil
	}
	return 0, nil, last
}

// inspect closes the survey after its last day and counts.
func (r *rush) inspect() {
	r.t.Helper()
	h := r.house(world.New(func() time.Time { return time.Now().Add(7 * 24 * time.Hour) }, rand.Reader))
	defer func() { r.ok(h.Close()) }()
	ctx := r.t.Context()
	n := len(r.members)
	r.ok(h.CloseWave(ctx, org, r.w.ID))
	st, err := h.Answers.Status(ctx, r.w.ID)
	r.ok(err)
	if st.Counted != n || st.Lost != 0 || st.Stage != answers.Closed {
		r.t.Errorf("%+v of %d members", st, n)
	}
	spent, err := h.Answers.Spent(ctx, r.w.ID)
	r.ok(err)
	counted := map[string]bool{}
	for _, hash := range spent {
		counted[hash] = true
	}
	list, err := h.Answers.Comments(ctx, r.w.ID)
	r.ok(err)
	said := map[string]int{}
	for _, c := range list {
		said[c.Text]++
	}
	rows, err := h.Answers.Answers(ctx, r.w.ID)
	r.ok(err)
	if len(rows) != n || len(spent) != n || len(list) != n {
		r.t.Errorf("%d answers, %d spent and %d comments of %d members", len(rows), len(spent), len(list), n)
	}
	for _, m := range r.members {
		if !counted[m.receipt] {
			r.t.Errorf("member %d has the receipt %s and is not counted", m.number, m.receipt)
		}
		if got := said["member "+strconv.Itoa(m.number)]; got != 1 {
			r.t.Errorf("what member %d said is there %d times", m.number, got)
		}
		if m.number%10 == 0 && !m.refused {
			r.t.Errorf("member %d was not refused a second time", m.number)
		}
	}
	c, err := h.Waves.Counts(ctx, org, r.w.ID)
	r.ok(err)
	if c.Issued != n || c.Spent != n || c.Eligible < n {
		r.t.Errorf("the record has %d spent, %d issued, %d eligible", c.Spent, c.Issued, c.Eligible)
	}
	found, err := h.AuditWaves(ctx, org)
	r.ok(err)
	reports, err := h.Journal.Fsck(ctx)
	r.ok(err)
	for _, report := range reports {
		for _, f := range report.Findings {
			found = append(found, f.String())
		}
	}
	for _, f := range found {
		r.t.Errorf("the audit finds: %s", f)
	}
}
