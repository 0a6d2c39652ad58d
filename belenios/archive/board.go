package archive

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"commonweal/belenios"
)

// Board is an archive on disk that an election is held on. What is added is
// checked first, whoever brings it, and is on the disk when the method returns
// without an error; if it returns an error nothing was added. The methods may
// be called from several goroutines.
type Board struct {
	mu sync.RWMutex
	*State
	file *File
}

// ErrKnown is wrapped by the error of [Board.Cast] for a ballot that is in the
// archive already: perhaps its voter never heard that it was taken.
var ErrKnown = errors.New("it is in the archive already")

// Opened is what opening an archive found.
type Opened struct {
	Report *Report
	Cut    *Cut // of the end, where a program was stopped in the middle of writing; or nil
}

// Begin makes the archive of a new election in a new file.
func Begin(path string, timestamp int64, e *belenios.Election, t *belenios.Trustees, c *belenios.Credentials) error {
	data := belenios.SetupData{Election: e.Hash(), Trustees: t.Hash(), Credentials: c.Hash()}
	return create(path, Header{timestamp}, e.Bytes(), t.Bytes(), c.Bytes(), data.Bytes())
}

// Open verifies an archive and opens it for adding to it. Nobody else can open
// it until it is closed. If it does not verify there is no board, and the report
// says why.
func Open(ctx context.Context, path string, o Options) (*Board, Opened, error) {
	file, cut, err := open(path, rankedIn, func(Step) error { return nil })
	if err != nil {
		return nil, Opened{}, err
	}
	state, report, err := Load(ctx, file.f, file.end, o)
	if err != nil || state == nil {
		return nil, Opened{report, cut}, errors.Join(err, file.Close())
	}
	return &Board{State: state, file: file}, Opened{report, cut}, nil
}

// Close closes the file. The board must not be used any more.
func (b *Board) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.file.Close()
}

// Stage is how far the election has come.
func (b *Board) Stage() Stage {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.stage
}

// Head is the last event.
func (b *Board) Head() Head {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return *b.head
}

// Tally is what the next trustee works on; see [State.Tally].
func (b *Board) Tally() *belenios.EncryptedTally {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.current
}

// Ballots are the ballots that were cast, in order.
func (b *Board) Ballots() []Entry {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.State.Ballots()
}

// MayShuffle says why a trustee may not shuffle now, if so.
func (b *Board) MayShuffle(owner int) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.State.MayShuffle(owner)
}

// MayDecrypt says why a trustee may not decrypt now, if so.
func (b *Board) MayDecrypt(owner int) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.State.MayDecrypt(owner)
}

// add puts events that were checked into the file and into the state.
func (b *Board) add(list ...addition) error {
	stage := b.stage
	for i := range list {
		next, err := stage.after(list[i].kind, b.election.Ranked())
		if err != nil {
			return err
		}
		list[i].stage, stage = next, next
	}
	steps, err := b.file.append(list...)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if err := b.take(s); err != nil {
			panic("an event that was checked is not taken: " + err.Error())
		}
	}
	return nil
}

// Cast adds ballots, all or none, and returns their trackers. Several at once
// cost one write. Each must be new, for this election, by a credential on the
// list, with proofs that hold; under [FirstCounts] its credential must not have
// voted.
func (b *Board) Cast(ctx context.Context, ballots ...[]byte) ([]string, error) {
	trackers := make([]string, len(ballots))
	errs := make([]error, len(ballots))
	err := parallel(ctx, processors(), len(ballots), func(_, i int) {
		ballot, err := belenios.ParseBallot(b.election, ballots[i])
		if err == nil {
			err = b.verifier.Ballot(ballot)
		}
		trackers[i], errs[i] = belenios.Fingerprint(ballots[i]), err
	})
	if err != nil {
		return nil, err
	}
	if err := first(errs); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.admit(ballots); err != nil {
		return nil, err
	}
	list := make([]addition, len(ballots))
	for i, body := range ballots {
		list[i] = addition{kind: Ballot, data: [][]byte{body}}
	}
	return trackers, b.add(list...)
}

// admit checks what depends on the ballots that are there already.
func (b *Board) admit(ballots [][]byte) error {
	fresh := map[int]bool{}
	seen := map[belenios.Hash]bool{}
	for _, body := range ballots {
		tracker, hash := belenios.Fingerprint(body), belenios.HashOf(body)
		if b.byHash[hash] || seen[hash] {
			return fmt.Errorf("ballot %s: %w", tracker, ErrKnown)
		}
		place, err := b.whose(body)
		if err != nil {
			return fmt.Errorf("ballot %s: %w", tracker, err)
		}
		_, again := b.latest[place]
		if b.rule == FirstCounts && (again || fresh[place]) {
			return fmt.Errorf("ballot %s: its credential has voted already, and in this election the first ballot counts", tracker)
		}
		fresh[place], seen[hash] = true, true
	}
	return nil
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// EndVoting ends the voting and adds the encrypted tally, together.
func (b *Board) EndVoting(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.stage.after(EndBallots, b.election.Ranked()); err != nil {
		return err
	}
	return b.combine(ctx, addition{kind: EndBallots})
}

// Combine adds the encrypted tally where somebody else ended the voting.
func (b *Board) Combine(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.combine(ctx)
}

func (b *Board) combine(ctx context.Context, before ...addition) error {
	tally, faults, err := b.eachBallot(ctx, 0, true, func(*belenios.Ballot) error { return nil })
	if err == nil {
		err = first(faults)
	}
	if err != nil {
		return err
	}
	sized := belenios.SizedTally{NumTallied: len(b.latest), TotalWeight: b.weight(), Tally: tally.Hash()}
	event := addition{kind: EncryptedTally, data: [][]byte{tally.Bytes(), sized.Bytes()}}
	if err := b.add(append(before, event)...); err != nil {
		return err
	}
	b.initial, b.current = tally, tally
	return nil
}

// AddShuffle adds what a trustee made of the ranked ballots.
func (b *Board) AddShuffle(owner int, body []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.State.MayShuffle(owner); err != nil {
		return err
	}
	before := b.current
	err := b.shuffle(body)
	if err == nil {
		err = b.add(ownedBy(Shuffle, owner, body))
	}
	if err != nil {
		b.current = before
	}
	return err
}

// EndShuffles says that no more shuffles come.
func (b *Board) EndShuffles() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.add(addition{kind: EndShuffles})
}

// AddDecryption adds a trustee's partial decryption.
func (b *Board) AddDecryption(owner int, body []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.State.MayDecrypt(owner); err != nil {
		return err
	}
	d, err := belenios.ParsePartialDecryption(b.election, body)
	if err != nil {
		return err
	}
	if err := b.binds(d); err != nil {
		return err
	}
	key, _ := b.trustees.Key(owner)
	if err := d.Verify(b.election, b.current, key); err != nil {
		return err
	}
	if err := b.add(ownedBy(PartialDecryption, owner, body)); err != nil {
		return err
	}
	b.partial = append(b.partial, belenios.OwnedDecryption{Owner: owner, Decryption: d})
	return nil
}

func ownedBy(t EventType, owner int, body []byte) addition {
	o := belenios.Owned{Owner: owner, Payload: belenios.HashOf(body)}
	return addition{kind: t, data: [][]byte{body, o.Bytes()}}
}

// Finish makes the result and adds it. Enough trustees must have decrypted.
func (b *Board) Finish() ([]Question, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.stage.after(Result, b.election.Ranked()); err != nil {
		return nil, err
	}
	result, err := b.opened()
	if err != nil {
		return nil, err
	}
	return b.answers(result), b.add(addition{kind: Result, data: [][]byte{result.Bytes()}})
}
