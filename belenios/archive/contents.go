package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"commonweal/belenios"
)

// piece is a record that was read once and is read again when it is needed, so
// that an archive need not fit into memory.
type piece struct {
	at   int64 // of its body
	size int64
	hash belenios.Hash
}

func pieceOf(r Record) piece {
	return piece{r.Offset + blockSize, int64(len(r.Body)), r.Hash}
}

// load reads the record again. Its hash is checked again too: the file may have
// been changed in between.
func (p piece) load(in io.ReaderAt) ([]byte, error) {
	body := make([]byte, p.size)
	if _, err := in.ReadAt(body, p.at); err != nil {
		return nil, fmt.Errorf("record %s cannot be read again: %w", p.hash, err)
	}
	if belenios.HashOf(body) != p.hash {
		return nil, fmt.Errorf("record %s was changed while it was being checked", p.hash)
	}
	return body, nil
}

// cast is a Ballot event.
type cast struct {
	piece
	height     int
	credential int  // its place in the list of public credentials
	replaced   bool // by a later one of the same credential
}

// owned is a Shuffle or PartialDecryption event.
type owned struct {
	piece
	height, owner int
}

// contents is what an archive holds, as far as it was read.
type contents struct {
	election    *belenios.Election
	trustees    *belenios.Trustees
	credentials *belenios.Credentials
	byText      map[string]int // public credentials to their place in the list
	rule        Revote
	bound       bool   // partial decryptions must have the proof that binds them to the tally
	prefix      []byte // how every ballot of this election begins

	ballots     []cast
	latest      map[int]int // credential to its latest ballot
	byHash      map[belenios.Hash]bool
	sized       *belenios.SizedTally
	tally       piece
	shuffles    []owned
	decryptions []owned
	result      piece
	stage       Stage
	head        *Head
}

// Revote is what happens when a credential votes again.
type Revote string

// The rules of voting again.
const (
	LastCounts  Revote = "last-counts"  // the latest ballot of a credential counts: section 4.15
	FirstCounts Revote = "first-counts" // a second ballot of a credential is refused
)

// ownField is the field of the election that is ours; the protocol's other
// programs do not look at it.
const ownField = "commonweal"

// revoteOf reads the rule from the election.
func revoteOf(e *belenios.Election) (Revote, error) {
	text, err := ownText(e, "revote")
	switch rule := Revote(text); {
	case err != nil:
		return "", err
	case rule == "":
		return LastCounts, nil
	case rule == LastCounts || rule == FirstCounts:
		return rule, nil
	}
	return "", fmt.Errorf("election: the rule of voting again %q is not known; it is %s or %s", text, LastCounts, FirstCounts)
}

// ownText is the text of a key of our field, empty where there is none. Keys are as
// they are written: "Revote" is not "revote".
func ownText(e *belenios.Election, key string) (string, error) {
	raw, ok := e.Extra(ownField)
	if !ok {
		return "", nil
	}
	var own map[string]json.RawMessage
	if err := json.Unmarshal(raw, &own); err != nil || own == nil {
		return "", errors.Join(fmt.Errorf("election: its field %q is not an object", ownField), err)
	}
	value, ok := own[key]
	if !ok {
		return "", nil
	}
	var text *string
	if err := json.Unmarshal(value, &text); err != nil || text == nil || *text == "" {
		return "", fmt.Errorf("election: %q in its field %q is not a text that we know", key, ownField)
	}
	return *text, nil
}

// rankedIn reads of a Setup whether the election has a ranked question.
func rankedIn(s Step) (bool, error) { return new(contents).setUp(s) }

// take notes what a step brings. It looks only at what can be seen without
// computing; the proofs come later.
func (c *contents) take(s Step) error {
	if err := c.takeData(s); err != nil {
		return err
	}
	c.stage, c.head = s.Stage, &s.Head
	return nil
}

func (c *contents) takeData(s Step) error {
	switch s.Event.Type {
	case Ballot:
		return c.takeBallot(s)
	case EncryptedTally:
		sized, err := belenios.ParseSizedTally(s.Payload())
		if err != nil {
			return err
		}
		c.sized, c.tally = sized, pieceOf(s.Data[0])
	case Shuffle:
		return c.takeOwned(s, &c.shuffles)
	case PartialDecryption:
		return c.takeOwned(s, &c.decryptions)
	case Result:
		c.result = pieceOf(s.Data[0])
	}
	return nil
}

// setUp reads what the election is made of. It says whether it has a ranked
// question, on which the order of events depends.
func (c *contents) setUp(s Step) (ranked bool, err error) {
	data, err := belenios.ParseSetupData(s.Payload())
	if err != nil {
		return false, err
	}
	body := map[belenios.Hash][]byte{}
	for _, r := range s.Data {
		body[r.Hash] = r.Body
	}
	c.election, err = belenios.ParseElection(body[data.Election])
	if err != nil {
		return false, err
	}
	c.trustees, err = belenios.ParseTrustees(c.election.Group(), body[data.Trustees])
	if err != nil {
		return false, err
	}
	c.credentials, err = belenios.ParseCredentials(c.election.Group(), body[data.Credentials])
	if err != nil {
		return false, err
	}
	c.rule, err = revoteOf(c.election)
	if err != nil {
		return false, err
	}
	c.bound, err = boundIn(c.election)
	if err != nil {
		return false, err
	}
	c.byText = make(map[string]int, c.credentials.Len())
	for i := range c.credentials.Len() {
		c.byText[c.credentials.At(i).Key.String()] = i
	}
	c.latest, c.byHash = map[int]int{}, map[belenios.Hash]bool{}
	c.prefix = fmt.Appendf(nil, `{"election_uuid":"%s","election_hash":"%s","credential":"`, c.election.UUID(), c.election.Fingerprint())
	return c.election.Ranked(), nil
}

// takeBallot finds whose ballot it is, without reading all of it: a ballot has
// one form, so the credential stands in one place.
func (c *contents) takeBallot(s Step) error {
	place, err := c.whose(s.Payload())
	if err != nil {
		return fmt.Errorf("ballot %s: %w", belenios.Fingerprint(s.Payload()), err)
	}
	if earlier, again := c.latest[place]; again {
		if c.rule == FirstCounts {
			return fmt.Errorf("ballot %s: its credential has voted already, with event %d, and in this election the first ballot counts",
				belenios.Fingerprint(s.Payload()), c.ballots[earlier].height)
		}
		c.ballots[earlier].replaced = true
	}
	c.latest[place], c.byHash[s.Data[0].Hash] = len(c.ballots), true
	c.ballots = append(c.ballots, cast{piece: pieceOf(s.Data[0]), height: s.Event.Height, credential: place})
	return nil
}

func (c *contents) takeOwned(s Step, list *[]owned) error {
	o, err := belenios.ParseOwned(s.Payload())
	if err != nil {
		return err
	}
	if err := c.mayOwn(o.Owner, *list); err != nil {
		return err
	}
	*list = append(*list, owned{pieceOf(s.Data[0]), s.Event.Height, o.Owner})
	return nil
}

// mayOwn says whether a trustee may add another to the list.
func (c *contents) mayOwn(owner int, list []owned) error {
	if owner < 1 || owner > c.trustees.Count() {
		return fmt.Errorf("its owner is trustee %d and there are %d", owner, c.trustees.Count())
	}
	for _, earlier := range list {
		if earlier.owner == owner {
			return fmt.Errorf("trustee %d did it already, with event %d", owner, earlier.height)
		}
	}
	return nil
}

// watched is an input that keeps the first fault of the disk, so that it is
// not taken for a fault of the archive.
type watched struct {
	io.ReaderAt
	mu  sync.Mutex
	err error
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.err == nil {
			w.err = err
		}
	}
	return n, err
}

func (w *watched) fault() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
