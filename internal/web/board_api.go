package web

import (
	"fmt"
	"time"

	"commonweal/internal/base/words"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/tally"
	"commonweal/internal/web/page"
)

type boardLineJSON struct {
	UUID     string   `json:"uuid" doc:"By which the board, the archive and the booth know the vote."`
	Title    string   `json:"title"`
	Poll     string   `json:"poll" doc:"The code of the poll."`
	Called   string   `json:"poll_title"`
	Kind     string   `json:"kind"`
	State    string   `json:"state"`
	Opens    *instant `json:"opens" doc:"Null before notice of poll is given."`
	Closes   *instant `json:"closes"`
	Declared bool     `json:"declared"`
	Board    string   `json:"board" doc:"The address of its page."`
}

func (v *visit) boardLineOf(b boardView) boardLineJSON {
	return boardLineJSON{
		UUID: b.contest.UUID, Title: b.contest.Title, Poll: b.Code, Called: b.Title, Kind: string(b.Kind), State: boardState(b).Word,
		Opens: stampOf(b.Facts().Opens()), Closes: stampOf(b.Closes), Declared: b.declared() != nil, Board: v.house.Address + b.path(),
	}
}

func (v *visit) apiBoards(p pageParams) (list[boardLineJSON], error) {
	all, err := v.boards()
	if err != nil {
		return list[boardLineJSON]{}, err
	}
	out := make([]boardLineJSON, len(all))
	for i, b := range all {
		out[i] = v.boardLineOf(b)
	}
	return pageOf(p, "boards", out, func(b boardLineJSON) string { return b.Poll + " " + b.UUID })
}

// stampOf is an instant for a program; nil where there is none.
func stampOf(at time.Time) *instant {
	if at.IsZero() {
		return nil
	}
	text := instant(at.UTC().Format(world.TimeFormat))
	return &text
}

type boardParams struct {
	UUID string `path:"uuid" doc:"The identifier of the vote."`
}

type boardHeadJSON struct {
	Height int    `json:"height" doc:"How many events came before it."`
	Hash   string `json:"hash"`
	Note   string `json:"note" doc:"Height and hash, signed: the form is that of a C2SP checkpoint."`
}

type turnoutJSON struct {
	At    *instant `json:"at"`
	Voted int      `json:"voted"`
	Of    int      `json:"of" doc:"How many may vote."`
}

type batchJSON struct {
	Code   string `json:"code"`
	Papers int    `json:"papers"`
	SHA256 string `json:"sha256"`
}

type boardJSON struct {
	boardLineJSON
	Rules    string         `json:"rules_sha256"`
	Notice   string         `json:"notice_sha256" doc:"Empty before notice of poll is given."`
	Roll     string         `json:"roll_seal" doc:"Empty before the roll is made."`
	Election string         `json:"election_fingerprint" doc:"As the booth shows it in words; empty before the ballot box is set up."`
	Key      string         `json:"key" doc:"The verifier key of the board’s signed heads."`
	Stage    string         `json:"stage" doc:"How far the archive has come; empty before the ballot box is set up."`
	Sealed   bool           `json:"sealed" doc:"The archive that everybody can have ends before rankings are opened one by one."`
	Head     *boardHeadJSON `json:"head" doc:"The last head of that archive; null before the ballot box is set up."`
	Turnout  []turnoutJSON  `json:"turnout" doc:"At the times that the rules name, and of no roll that is too small."`
	Batches  []batchJSON    `json:"paper_batches" doc:"Of votes on paper and by telephone, once their reckoning is signed."`
}

func (v *visit) apiBoard(boardParams) (boardJSON, error) {
	b, err := v.board()
	if err != nil {
		return boardJSON{}, err
	}
	out := boardJSON{boardLineJSON: v.boardLineOf(b), Rules: b.RulesHash, Notice: b.NoticeHash, Sealed: b.part != 0}
	if b.contest.Roll != nil {
		out.Roll = b.contest.Roll.Seal
	}
	if out.Key, err = v.house.Boxes.VerifierKey(v.org.ID, b.contest.UUID); err != nil || b.head == nil {
		return out, err
	}
	out.Stage, out.Head = b.head.Stage, &boardHeadJSON{b.head.Height, b.head.Hash.String(), b.head.Note}
	if _, out.Election, err = v.house.Boxes.Fingerprint(v.ctx, v.org.ID, b.contest.ID); err != nil {
		return out, err
	}
	if !b.voting() {
		return out, nil
	}
	turnout, err := v.house.Turnout(v.ctx, v.org.ID, b.all, b.contest)
	if err != nil {
		return out, err
	}
	for _, t := range turnout {
		out.Turnout = append(out.Turnout, turnoutJSON{stampOf(t.At), t.Voted, t.Of})
	}
	papers, err := v.house.Papers.Summary(v.ctx, v.org.ID, b.contest.ID)
	for _, one := range papers.Batches {
		out.Batches = append(out.Batches, batchJSON{one.Code, one.Papers, one.SHA256})
	}
	return out, err
}

type trackersParams struct {
	UUID string `path:"uuid" doc:"The identifier of the vote."`
	pageParams
}

type trackerJSON struct {
	Tracker string `json:"tracker" doc:"The SHA-256 of the ballot, in base64."`
	Words   string `json:"words" doc:"Its first 40 bits as four words."`
}

func (v *visit) apiTrackers(p trackersParams) (list[trackerJSON], error) {
	b, err := v.board()
	if err != nil {
		return list[trackerJSON]{}, err
	}
	all, err := v.trackersOf(b)
	if err != nil {
		return list[trackerJSON]{}, err
	}
	out := make([]trackerJSON, len(all))
	for i, t := range all {
		out[i] = trackerJSON{t.Tracker, t.Words}
	}
	return pageOf(p.pageParams, "trackers", out, func(t trackerJSON) string { return t.Words + " " + t.Tracker })
}

type neededJSON struct {
	Text string `json:"text"`
	Met  bool   `json:"met"`
}

type boardResultJSON struct {
	Sentence   string       `json:"sentence"`
	Elected    []string     `json:"elected" doc:"Names as they stood on the ballot, in the order of their election."`
	For        int64        `json:"for"`
	Against    int64        `json:"against"`
	Blank      int64        `json:"blank"`
	Carried    bool         `json:"carried"`
	Ballots    int64        `json:"ballots"`
	Eligible   int64        `json:"eligible"`
	Web        int64        `json:"by_web"`
	Paper      int64        `json:"by_paper_or_telephone"`
	Needed     []neededJSON `json:"needed" doc:"Of a question: what it needed, and whether that was met."`
	Transcript string       `json:"transcript_sha256"`
	Declared   string       `json:"declared" doc:"The SHA-256 that was declared. It is the same, or something is wrong."`
}

func (v *visit) apiBoardResult(boardParams) (boardResultJSON, error) {
	b, o, err := v.counted()
	if err != nil {
		return boardResultJSON{}, err
	}
	return boardResultOf(b, o), nil
}

func boardResultOf(b boardView, o *tally.Outcome) boardResultJSON {
	r := o.Result
	out := boardResultJSON{
		Sentence: boardResultWords(b), Elected: boardElected(b), For: r.For, Against: r.Against, Blank: r.Blank, Carried: r.Carried, Ballots: r.Ballots,
		Eligible: r.Eligible, Web: o.Web, Paper: o.Paper, Transcript: r.Transcript, Declared: b.declared().Result.Transcript,
	}
	if o.Decision != nil {
		for _, f := range o.Decision.Findings {
			out.Needed = append(out.Needed, neededJSON{page.Begin(f.Text), f.Met})
		}
	}
	return out
}

type boothJSON struct {
	Path   string   `json:"path"`
	SHA256 string   `json:"sha256" doc:"Of the page. It names script and style by their hashes, so this stands for all that runs."`
	Words  string   `json:"words"`
	Parts  []string `json:"parts" doc:"What the page loads."`
}

type boothListJSON struct {
	Pages []boothJSON `json:"pages"`
}

func (v *visit) apiBooth(none) (boothListJSON, error) {
	var out boothListJSON
	for _, p := range v.assets.Booth().Pages {
		out.Pages = append(out.Pages, boothJSON{p.Path, p.Hash, words.Text(p.Sum[:]), p.Parts})
	}
	return out, nil
}

// sendTrackers is the list of trackers as a file.
func (s *Server) sendTrackers(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	for _, o := range boardOperations() {
		if o.id == "listTrackers" {
			return v.sendList("/board-"+b.contest.UUID, o)
		}
	}
	return fmt.Errorf("there is no operation that lists trackers")
}
