package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/cli"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/internal/web/static"
	"commonweal/law"
)

// boardScene is a mutual with a poll that everybody can follow.
type boardScene struct {
	*site
	officials voting.Officials
	members   []string
	poll      *voting.Poll
}

// newBoardScene prepares a staff ballot, or where ranked is given the election of one
// of three people, of so many voters.
func newBoardScene(t testing.TB, ranked bool, voters int) *boardScene {
	t.Helper()
	m := &boardScene{site: newSite(t)}
	var err error
	m.officials, m.members, err = voting.Gather(m.ctx, m.House, "severn", m.Secretary, voters, m.day("2026-11-01"))
	m.must(err)
	m.officials.Observers = []string{m.officer(policy.Scrutineer)}
	ask := poll.Ask{Kind: poll.Proposal, Form: law.BenefitSociety}
	plan := voting.Plan{
		Org: "severn", Officials: m.officials, Seed: "test", Hour: 8,
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Closes: timetable.CloseOn(m.day("2027-03-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int { return [][]int{{0, 1, 0}, {0, 0, 1}, {0, 1, 0}}[v.Number%3] },
	}
	if ranked {
		ask.Kind = poll.Constituency
		plan.Poll = poll.Poll{
			Code: "council", Title: "Staff council", Kind: poll.Constituency, Closes: timetable.CloseOn(m.day("2027-03-01")),
			Contests: []poll.Contest{{Code: "all", Title: "Community nursing", Class: voting.Class, Constituency: voting.Constituency, Seats: 1}},
		}
		for i, name := range []string{"Alys Adams", "Bedwyr Bevan", "Carys Cole"} {
			plan.Candidates = append(plan.Candidates, voting.Candidate{Contest: "all", Person: m.members[i], Name: name, Statement: "I nurse at night.", Backers: m.members[3+2*i : 5+2*i]})
		}
		plan.Votes = func(_ poll.Contest, v poll.Entry) []int {
			return [][]int{{1, 2, 3}, {2, 1, 3}, {3, 1, 2}, {1, 0, 2}}[v.Number%4]
		}
	}
	rules, err := poll.DefaultRules(m.House.Law, ask, m.day("2026-11-19"))
	m.must(err)
	plan.Poll.Rules = rules
	m.poll = voting.New(m.House, m.Clock, plan)
	return m
}

func (m *boardScene) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *boardScene) until(act string) {
	m.t.Helper()
	m.must(m.poll.Until(m.ctx, act))
}

func (m *boardScene) contest() poll.Contest {
	m.t.Helper()
	p, err := m.poll.Now(m.ctx)
	m.must(err)
	return p.Contests[0]
}

func (m *boardScene) at() string { return "/board/" + m.contest().UUID }

// voter is a line of the roll by number, with a ballot locked by its holder.
func (m *boardScene) voter(number int, values ...int) (person string, ballot []byte) {
	m.t.Helper()
	c := m.contest()
	list, err := m.House.Polls.Voters(m.ctx, "severn", c.ID)
	m.must(err)
	election, _, _, err := m.House.Boxes.Setup(m.ctx, "severn", c.ID)
	m.must(err)
	e, err := belenios.ParseElection(election)
	m.must(err)
	b, err := m.poll.Ballot(e, c, list[number-1], values)
	m.must(err)
	return list[number-1].Person, b.Bytes()
}

// cast sends a ballot as the booth does.
func (b *browser) cast(board string, ballot []byte) answer {
	b.t.Helper()
	req := httptest.NewRequest(http.MethodPost, board+"/ballots", bytes.NewReader(ballot))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(req)
}

// The booth's one request that says who votes: it is answered with the tracker once
// the ballot is in, again the same when it is sent again, and with words for the voter
// when it is refused.
func TestBoard_Cast(t *testing.T) {
	m := newBoardScene(t, false, 12)
	m.until("notice")
	board := m.at()
	first, ballot := m.voter(1, 0, 1, 0)
	second, other := m.voter(2, 0, 0, 1)
	voter := m.as(first)

	voter.cast(board, ballot).want(http.StatusConflict).says("Voting opens on Monday").lacks("..")
	p, err := m.poll.Now(m.ctx)
	m.must(err)
	m.Clock.Set(p.Facts().Opens().Add(time.Minute))
	voter = m.as(first)
	signedOut := m.as("").cast(board, ballot).want(http.StatusUnauthorized)
	if !strings.Contains(signedOut.Body, `"message"`) || signedOut.Location != "" {
		t.Errorf("%s leads to %q", signedOut.Body, signedOut.Location)
	}
	m.as(m.officials.ReturningOfficer).cast(board, ballot).want(http.StatusForbidden)
	m.as(second).cast(board, ballot).want(http.StatusForbidden).says("not yours in this vote")
	voter.cast(board, []byte(`{"election_uuid":"x"}`)).want(http.StatusUnprocessableEntity).says("Something is wrong with this ballot")
	torn := bytes.Replace(ballot, []byte(`"response":"`), []byte(`"response":"1`), 1)
	voter.cast(board, torn).want(http.StatusUnprocessableEntity).says("lock your vote once more")

	var got struct{ Tracker string }
	taken := voter.cast(board, ballot).want(http.StatusOK)
	m.must(json.Unmarshal([]byte(taken.Body), &got))
	if got.Tracker != belenios.Fingerprint(ballot) {
		t.Errorf("tracker %s", got.Tracker)
	}
	if again := voter.cast(board, ballot).want(http.StatusOK); again.Body != taken.Body {
		t.Errorf("sent again: %s", again.Body)
	}
	_, changed := m.voter(1, 0, 0, 1)
	voter.cast(board, changed).want(http.StatusConflict).says("the first ballot counts")

	// The roll is that of its day: who has left since may still vote.
	third, theirs := m.voter(3, 0, 1, 0)
	_, err = m.House.Members.Withdraw(m.ctx, third, "severn", third, law.Today(m.Clock.Now()))
	m.must(err)
	m.as(third).cast(board, theirs).want(http.StatusOK)

	form := httptest.NewRequest(http.MethodPost, board+"/ballots", bytes.NewReader(other))
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	m.as(second).do(form).want(http.StatusUnsupportedMediaType)
	foreign := httptest.NewRequest(http.MethodPost, board+"/ballots", bytes.NewReader(other))
	foreign.Header.Set("Content-Type", "application/json")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	m.as(second).do(foreign).want(http.StatusForbidden)
	m.as(second).cast("/board/2vLgQHW7Bd1nUf", other).want(http.StatusNotFound)

	limited := false
	for range 12 {
		limited = limited || voter.cast(board, changed).Status == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("a person may try as often as they like")
	}
	m.Clock.Set(p.Closes.Add(time.Second))
	m.as(second).cast(board, other).want(http.StatusConflict).says("Voting closed on")
	m.as(first).cast(board, ballot).want(http.StatusOK).says(got.Tracker) // who did not hear the first time
}

// What is fixed is given out byte for byte, the same to everybody, without a cookie.
func TestBoard_Files(t *testing.T) {
	m := newBoardScene(t, false, 12)
	m.until("call")
	board := m.at()
	public := m.as("")
	public.get(board + "/election.json").want(http.StatusNotFound)
	public.get(board + "/archive.bel").want(http.StatusNotFound)
	public.get(board + "/heads").want(http.StatusNotFound)
	public.get(board).want(http.StatusOK).says("Voting has not begun", "The ballot box is not set up yet")
	m.until("vote")
	c := m.contest()
	election, trustees, list, err := m.House.Boxes.Setup(m.ctx, "severn", c.ID)
	m.must(err)
	p, err := m.poll.Now(m.ctx)
	m.must(err)
	rules, err := p.Rules.Text()
	m.must(err)
	key, err := m.House.Boxes.VerifierKey("severn", c.UUID)
	m.must(err)
	var whole bytes.Buffer
	_, err = m.House.Boxes.Archive(m.ctx, "severn", c.ID, &whole)
	m.must(err)
	for path, want := range map[string]string{
		"/election.json": string(election), "/trustees.json": string(trustees), "/credentials.json": string(list), "/rules.json": string(rules),
		"/notice.json": string(p.Notice), "/key": key + "\n", "/archive.bel": whole.String(),
	} {
		got := public.get(board + path).want(http.StatusOK)
		if got.Body != want {
			t.Errorf("%s: %.80q, want %.80q", path, got.Body, want)
		}
		if got.Header.Get("Set-Cookie") != "" || got.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %v", path, got.Header)
		}
		if theirs := m.as(m.members[0]).get(board + path); theirs.Body != want || theirs.Header.Get("ETag") != got.Header.Get("ETag") {
			t.Errorf("%s is another for a member", path)
		}
		r := httptest.NewRequest(http.MethodGet, board+path, nil)
		r.Header.Set("If-None-Match", got.Header.Get("ETag"))
		public.do(r).want(http.StatusNotModified)
	}
	if roll := public.get(board + "/roll").want(http.StatusOK); strings.Count(roll.Body, "commonweal/roll/1 ") != 12 {
		t.Errorf("%s", roll.Body)
	}
	size := whole.Len()
	for _, tc := range []struct {
		name, header string
		status       int
		from         int
		span         string
	}{
		{"from a byte on", "bytes=1000-", http.StatusPartialContent, 1000, fmt.Sprintf("bytes 1000-%d/%d", size-1, size)},
		{"nothing is new", fmt.Sprintf("bytes=%d-", size), http.StatusRequestedRangeNotSatisfiable, size, fmt.Sprintf("bytes */%d", size)},
		{"another kind of range", "bytes=1-2", http.StatusOK, 0, ""},
		{"no range", "lines=7-", http.StatusOK, 0, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, board+"/archive.bel", nil)
		r.Header.Set("Range", tc.header)
		got := public.do(r)
		if got.Status != tc.status || got.Header.Get("Content-Range") != tc.span || got.Body != whole.String()[tc.from:] {
			t.Errorf("%s: %d %q, %d bytes", tc.name, got.Status, got.Header.Get("Content-Range"), len(got.Body))
		}
	}
}

// The board says where a vote stands, at each step; a voter finds their ballot by its
// words in any order; turnout is said at the times of the rules alone.
func TestBoard_Pages(t *testing.T) {
	m := newBoardScene(t, false, 12)
	m.until("vote")
	board := m.at()
	public := m.as("")
	public.get("/board").want(http.StatusOK).says("All staff", "Voting is open until", "/booth/booth.html", "commonweal election booth http://mutual.example")
	open := public.get(board).want(http.StatusOK).says("Voting is open until", "12 members may vote", "commonweal election mirror http://mutual.example"+board, "belenios-tool election verify", "Find a ballot")
	open.lacks("had voted")
	public.get(board + "/trackers").want(http.StatusOK).says("Every ballot that came in by the web is here")
	var list []struct{ Tracker, Words string }
	m.must(json.Unmarshal([]byte(public.get(board+"/trackers.json").want(http.StatusOK).Body), &list))
	if len(list) != 6 {
		t.Fatalf("%d trackers", len(list))
	}
	for i := 1; i < len(list); i++ {
		if list[i].Words < list[i-1].Words {
			t.Error("trackers do not stand in the order of their words")
		}
	}
	words := strings.Fields(list[0].Words)
	anyOrder := strings.Join([]string{words[2], words[0], words[3], words[1]}, ", ")
	for name, tc := range map[string]struct {
		typed  string
		status int
		says   string
	}{
		"four words":         {list[0].Words, 200, "It is here"},
		"in any order":       {anyOrder, 200, "It is here"},
		"the whole tracker":  {list[0].Tracker, 200, "It is here"},
		"of no ballot here":  {"barley otter lantern maple", 200, "It is not here"},
		"not cast":           {belenios.Fingerprint([]byte("another")), 200, "It is not here"},
		"not a word of ours": {"barley otter lantern zzzzz", 422, "Look at your receipt"},
		"nothing":            {" ", 422, "Type the four words"},
	} {
		got := public.post(board+"/find", "tracker", tc.typed)
		if got.Status != tc.status || !strings.Contains(got.Body, tc.says) {
			t.Errorf("%s: %d, and it does not say %q", name, got.Status, tc.says)
		}
	}
	p, err := m.poll.Now(m.ctx)
	m.must(err)
	m.Clock.Set(p.TurnoutTimes()[0].Add(time.Minute))
	public.get(board).says("6 of 12 members had voted.")
	m.must(m.poll.Vote(m.ctx, 2, 1))
	public.get(board).says("6 of 12 members had voted.").lacks("12 of 12")
	public.get(board + "/result").want(http.StatusOK).says("No result here yet")
	public.get(board + "/transcript.txt").want(http.StatusNotFound)

	m.until("declare")
	public.get(board).says("See the count", "12 of 12 members had voted.", "Declared", "Questions may be raised until").lacks("rare ranking")
	result := public.get(board+"/result").want(http.StatusOK).says("8", "What it needed", "Full transcript")
	result.lacks("This is not what was declared")
	var r struct {
		For, Against int64
		Carried      bool
		Transcript   string `json:"transcript_sha256"`
		Declared     string
	}
	m.must(json.Unmarshal([]byte(public.get("/api/v1/boards/"+m.contest().UUID+"/result").want(http.StatusOK).Body), &r))
	if r.For != 8 || r.Against != 4 || !r.Carried || r.Transcript != r.Declared {
		t.Errorf("%+v", r)
	}
}

// Of ranked votes everybody gets the archive up to where rankings would be read, and
// the count by stages; the rest is for those whom the rules name.
func TestBoard_Ranked(t *testing.T) {
	m := newBoardScene(t, true, 12)
	m.until("declare")
	board, c := m.at(), m.contest()
	public := m.as("")
	sealed := public.get(board + "/archive.bel").want(http.StatusOK).Body
	report, err := archive.Verify(m.ctx, strings.NewReader(sealed), int64(len(sealed)), archive.Options{})
	m.must(err)
	if report.Verdict != archive.Unfinished || report.Stage != archive.Decrypting || len(report.Questions) > 0 {
		t.Fatalf("%s", report.Text())
	}
	for _, who := range []string{m.members[5], m.officials.Registrar, m.officials.Tellers[0]} {
		m.as(who).get(board + "/whole.bel").want(http.StatusForbidden)
		m.as(who).get(board + "/rankings.blt").want(http.StatusForbidden)
		m.as(who).get(board).lacks("Take the whole archive")
	}
	public.get(board + "/whole.bel").want(http.StatusSeeOther)
	for _, who := range []string{m.officials.ReturningOfficer, m.officials.Keyholders[0], m.officials.Observers[0]} {
		m.as(who).get(board).says("Take the whole archive")
		whole := m.as(who).get(board + "/whole.bel").want(http.StatusOK).Body
		if report, err = archive.Verify(m.ctx, strings.NewReader(whole), int64(len(whole)), archive.Options{}); err != nil || report.Verdict != archive.Verified {
			t.Errorf("%v %v", report, err)
		}
		if !strings.HasPrefix(whole, sealed) {
			t.Error("the whole does not begin with what everybody has")
		}
		m.as(who).get(board + "/rankings.blt").want(http.StatusOK).says("Alys Adams")
	}
	heads := public.get(board + "/heads").want(http.StatusOK).Body
	if last := fmt.Sprintf("\n%d\n", report.Head.Height); strings.Contains(heads, last) {
		t.Error("the head of the result is shown: a short list of rankings can be guessed from it")
	}
	if opened := fmt.Sprintf("\n%d\n", report.Head.Height-1); !strings.Contains(heads, opened) {
		t.Error("the head of the last decryption is not shown")
	}
	public.get(board).says("a rare ranking can give its voter away", "Two mixes, by keyholders", "Roll, by its seal", "See the count, stage by stage")
	public.get(board+"/result").want(http.StatusOK).says("elected", "What happened at each stage", "Stage 1. First preferences", "The full count", "are not published", "How each candidate reached the quota").
		lacks("This is not what was declared", "rankings.blt")
	public.get(board + "/transcript.json").want(http.StatusOK).says(`"stages"`)
	text := public.get(board + "/transcript.txt").want(http.StatusOK).Body
	if sum := belenios.HashOf([]byte(text)).String(); sum != c.Declared.Result.Transcript {
		t.Errorf("the transcript has the hash %s, and %s was declared", sum, c.Declared.Result.Transcript)
	}
}

// Nobody sees rankings one by one where few voted, not even those whom the rules name.
func TestBoard_RankedByFew(t *testing.T) {
	m := newBoardScene(t, true, 9)
	m.poll.Plan.Poll.Rules.Revote = poll.LastCounts
	m.until("vote again")
	for _, again := range [][]int{{1, 2, 3}, {3, 1, 2}, {1, 0, 2}} { // one of nine votes so often that there are enough ballots, and not enough that count
		person, ballot := m.voter(1, again...)
		_, err := m.House.Boxes.Accept(m.ctx, "severn", m.contest().ID, person, ballot)
		m.must(err)
	}
	m.until("declare")
	board := m.at()
	for _, who := range []string{m.officials.ReturningOfficer, m.officials.Keyholders[0], m.officials.Observers[0]} {
		m.as(who).get(board + "/whole.bel").want(http.StatusForbidden)
		m.as(who).get(board + "/rankings.blt").want(http.StatusForbidden)
	}
	m.as("").get(board).lacks("had voted")
}

// A stranger's mirror follows a real board with one command, and the booth that is
// served is the one in the program.
func TestBoard_MirrorAndBooth(t *testing.T) {
	m := newBoardScene(t, false, 10)
	m.until("vote")
	server := httptest.NewServer(m.pages)
	defer server.Close()
	kept := t.TempDir()
	command := func(want int, says string, args ...string) {
		t.Helper()
		var out bytes.Buffer
		code := cli.Run(context.Background(), cli.Environment{
			Args: args, In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" }, World: world.New(time.Now, rand.Reader),
		})
		if code != want || !strings.Contains(out.String(), says) {
			t.Errorf("%s: exit code %d: %s", args, code, out.String())
		}
	}
	mirror := []string{"election", "mirror", server.URL + m.at(), "--out", kept}
	command(0, "every one fits", mirror...)
	command(0, "nothing new", mirror...)
	m.must(m.poll.Vote(m.ctx, 2, 1))
	command(0, "grew by 5 events", mirror...)
	m.until("declare")
	command(0, "grew by ", mirror...)
	command(0, "serves this booth", "election", "booth", server.URL)
	command(1, "answered 404", "election", "mirror", server.URL+"/board/2vLgQHW7Bd1nUf", "--out", t.TempDir())
}

// boards is what TestAPIEveryOperation asks about public boards, without a token.
func (c *caller) boards() {
	c.t.Helper()
	m := newBoardScene(c.t, false, 10)
	m.until("declare")
	one := m.caller(m.officials.ReturningOfficer)
	one.called = c.called
	at := "/api/v1/boards/" + m.contest().UUID
	for _, path := range []string{"/api/v1/boards", at, at + "/trackers?limit=5", at + "/result", "/api/v1/booth"} {
		one.anybody().reads(path)
	}
}

// While people vote the board warns where the booth that is served is not the one that
// the notice of poll names; and says nothing of it where it is.
func TestBoard_AnotherBooth(t *testing.T) {
	const warning = "The booth that is served here is not the one that the notice of poll names"
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, named string
		warns       bool
	}{
		{"the same", assets.Booth().Pages[0].Hash, false}, {"another", strings.Repeat("0", 64), true}, {"none is named", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := newBoardScene(t, false, 10)
			m.House.Polls.UseBooth(tc.named)
			m.until("vote")
			if page := m.as("").get(m.at()).want(http.StatusOK); strings.Contains(page.Body, warning) != tc.warns {
				t.Errorf("it warns: %v", !tc.warns)
			}
		})
	}
}
