package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"math/big"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
)

// Further mutations, of the kinds that the first table leaves out.
var more = []mutation{
	// The file.
	{name: "cut in the middle of the last record", make: func(_ *testing.T, x target) []byte { return x.text[:len(x.text)-700] }, verdict: "ends in the middle"},
	{name: "cut before the last event", make: func(_ *testing.T, x target) []byte { return x.text[:len(x.text)-1024] }, verdict: "no event refers to it"},
	{name: "nothing but the header", make: func(_ *testing.T, x target) []byte { return x.text[:1024] }, verdict: "no events"},
	{name: "something in the padding", make: func(_ *testing.T, x target) []byte {
		text := bytes.Clone(x.text)
		text[len(text)-1] = 'x'
		return text
	}, verdict: "padded"},
	{name: "a name in capitals", make: records(func(list []named) []named {
		list[5].name = strings.ToUpper(list[5].name[:64]) + list[5].name[64:]
		return list
	}), verdict: "lower-case"},
	{name: "a record that is neither data nor an event", make: records(func(list []named) []named {
		return append(list, named{"README", []byte("hello")})
	}), verdict: "neither data nor an event"},
	{name: "a record that nothing refers to", make: records(func(list []named) []named {
		body := []byte(`{"quietly":"there"}`)
		r := archive.Record{Hash: belenios.HashOf(body)}
		return slices.Insert(list, 8, named{r.Name(), body})
	}), verdict: "brings 2 records"},
	{name: "another version of the form", make: records(func(list []named) []named {
		list[0].body = bytes.Replace(list[0].body, []byte(`"version":1`), []byte(`"version":2`), 1)
		return list
	}), verdict: "version 2"},

	// The chain.
	{name: "a space in an event", make: lastEvent(`"type"`, ` "type"`), verdict: "one form"},
	{name: "another height", make: lastEvent(`"height":25`, `"height":26`), verdict: "it follows event 24"},
	{name: "another event before it", make: lastEvent(`"parent":"`, `"parent":"0`), verdict: "hash"},
	{name: "an unknown type", make: lastEvent(`"Result"`, `"Outcome"`), verdict: "not known"},
	{name: "another field in an event", make: lastEvent(`}`, `,"note":"x"}`), verdict: "one form"},
	{name: "a second setup", make: func(_ *testing.T, x target) []byte {
		s := x.story.copy()
		data := slices.Clone(s.chapters[0].data)
		data[0] = append(bytes.Clone(data[0]), ' ')
		d := belenios.SetupData{Election: belenios.HashOf(data[0]), Trustees: belenios.HashOf(data[1]), Credentials: belenios.HashOf(data[2])}
		data[3] = d.Bytes()
		s.insert(1, chapter{archive.Setup, data})
		return s.write()
	}, verdict: "twice"},
	{name: "no setup", make: without(archive.Setup, 0), verdict: "the election is not set up"},
	{name: "a second result", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.insert(len(s.chapters), chapter{archive.Result, [][]byte{[]byte(`{"result":[[20,0,0]]}`)}})
		return s.write()
	}, verdict: "the election is finished"},
	{name: "a second end of ballots", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.insert(s.find(t, archive.EndBallots, 0), chapter{archive.EndBallots, nil})
		return s.write()
	}, verdict: "EndBallots may not come here"},
	{name: "the end of shuffles where nothing is shuffled", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.insert(s.find(t, archive.PartialDecryption, 0), chapter{archive.EndShuffles, nil})
		return s.write()
	}, verdict: "without a ranked question"},

	// The setup.
	{name: "a credential twice", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		list := string(s.chapters[0].data[2])
		one := list[1:strings.Index(list, ",")]
		inSetup(t, &s, 2, "]", ","+one+"]")
		return s.write()
	}, verdict: "twice"},
	{name: "a voter's weight", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		list := string(s.chapters[0].data[2])
		one := list[2:strings.Index(list, `",`)]
		inSetup(t, &s, 2, one, one+",7")
		return s.write()
	}, verdict: "weigh"},
	{name: "a voter more", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		e, _ := x.parts(t)
		extra := must[*belenios.Credential](t)(belenios.NewCredential(e.Group(), e.Group().ScalarInt(77)))
		inSetup(t, &s, 2, "]", `,"`+extra.Public().String()+`"]`)
		return s.write()
	}, says: "21 public credentials"},
	{name: "a trustee's proof of another's key", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		other := x.cast.Trustees[1].Public
		inSetup(t, &s, 1, x.cast.Trustees[0].Public.Key.String(), other.Key.String())
		return s.write()
	}, verdict: "proof of knowledge does not verify"},
	{name: "other trustees than the election's key is of", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		e, _ := x.parts(t)
		other := must[*belenios.PrivateKey](t)(belenios.GeneratePrivateKey(e.Group(), rand.Reader))
		key := must[*belenios.TrusteeKey](t)(other.TrusteeKey(rand.Reader))
		list := must[*belenios.Trustees](t)(belenios.NewTrustees(e.Group(), belenios.Single{Key: x.cast.Trustees[0].Public}, belenios.Single{Key: key}))
		inSetup(t, &s, 1, string(s.chapters[0].data[1]), string(list.Bytes()))
		return s.write()
	}, verdict: "their key is not the public key of the election"},
	{name: "an election in no group we know", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		inSetup(t, &s, 0, `"Ed25519"`, `"Ed448"`)
		return s.write()
	}, verdict: "unknown group"},

	// Ballots.
	{name: "a ballot with a vote more", make: change(archive.Ballot, 3, `{"choices":[`, `{"choices":[{"alpha":"`+strings.Repeat("0", 63)+`1","beta":"`+strings.Repeat("0", 63)+`1"},`), verdict: "choices"},
	{name: "another's vote under one's own name", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		from, to := s.find(t, archive.Ballot, 3), s.find(t, archive.Ballot, 4)
		victim, thief := string(s.chapters[from].data[0]), string(s.chapters[to].data[0])
		credential := func(b string) string { return between(b, `"credential":"`, `"`) }
		s.chapters[to].data[0] = []byte(strings.Replace(victim, credential(victim), credential(thief), 1))
		return s.write()
	}, verdict: "signature is of the hash"},
	{name: "a credential that is not on the list", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		e, _ := x.parts(t)
		stranger := must[*belenios.Credential](t)(belenios.NewCredential(e.Group(), e.Group().ScalarInt(77)))
		b := must[*belenios.Ballot](t)(belenios.NewBallot(rand.Reader, e, stranger, [][]int{{1, 0, 0}}))
		s.insert(s.find(t, archive.EndBallots, 0), chapter{archive.Ballot, [][]byte{b.Bytes()}})
		return s.write()
	}, verdict: "not on the list"},
	{name: "a ballot of another election", make: change(archive.Ballot, 3, `{"election_uuid":"`, `{"election_uuid":"1`), verdict: "not made for this election"},
	{name: "a number of a proof with q added to it", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		e, _ := x.parts(t)
		at := s.find(t, archive.Ballot, 3)
		old := between(string(s.chapters[at].data[0]), `"response":"`, `"`)
		n, _ := new(big.Int).SetString(old, 10)
		s.chapters[at].data[0] = replace(t, s.chapters[at].data[0], `"response":"`+old, `"response":"`+n.Add(n, e.Group().Order()).String())
		return s.write()
	}, verdict: "scalar "},
	{name: "a zero before a number", make: change(archive.Ballot, 3, `"response":"`, `"response":"0`), verdict: "canonical"},
	{name: "a point outside the group", make: func(t *testing.T, x target) []byte {
		// The point of order two is on the curve and not in the subgroup.
		const orderTwo = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"
		s := x.story.copy()
		at := s.find(t, archive.Ballot, 3)
		body := s.chapters[at].data[0]
		body = replace(t, body, between(string(body), `"alpha":"`, `"`), orderTwo)
		unsigned, _, _ := strings.Cut(string(body), `,"signature":`)
		body = replace(t, body, between(string(body), `"hash":"`, `"`), belenios.Fingerprint([]byte(unsigned+"}")))
		s.chapters[at].data[0] = body
		return s.write()
	}, verdict: "not a member of the group"},

	// Tally, decryptions, result.
	{name: "a ballot more than there are", make: change(archive.EncryptedTally, 0, `"num_tallied":20`, `"num_tallied":21`), verdict: "21 ballots were counted and 20 count"},
	{name: "more weight than there is", make: change(archive.EncryptedTally, 0, `"total_weight":20`, `"total_weight":"1073741824"`), verdict: "they weigh 20"},
	{name: "a weight as a string that is small", make: change(archive.EncryptedTally, 0, `"total_weight":20`, `"total_weight":"20"`), verdict: "20"},
	{name: "one trustee twice", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		e, c := x.parts(t)
		count := must[*belenios.Count](t)(belenios.NewCount(e, c))
		for n := range 20 {
			b := must[*belenios.Ballot](t)(belenios.ParseBallot(e, s.chapters[s.find(t, archive.Ballot, n)].data[0]))
			if err := count.Add(b); err != nil {
				t.Fatal(err)
			}
		}
		tally, _ := count.Tally()
		d := must[*belenios.PartialDecryption](t)(belenios.NewPartialDecryption(rand.Reader, e, tally, x.cast.Trustees[0].Private))
		o := belenios.Owned{Owner: 1, Payload: d.Hash()}
		s.insert(s.find(t, archive.Result, 0), chapter{archive.PartialDecryption, [][]byte{d.Bytes(), o.Bytes()}})
		return s.write()
	}, verdict: "trustee 1 did it already"},
	{name: "a trustee who is none", make: change(archive.PartialDecryption, 1, `"owner":2`, `"owner":3`), verdict: "trustee 3 and there are 2"},
	{name: "trustee nought", make: change(archive.PartialDecryption, 1, `"owner":2`, `"owner":0`), verdict: "owner"},
	{name: "one trustee's part under the other's name", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		one, two := s.find(t, archive.PartialDecryption, 0), s.find(t, archive.PartialDecryption, 1)
		s.chapters[one].data[1] = replace(t, s.chapters[one].data[1], `"owner":1`, `"owner":2`)
		s.chapters[two].data[1] = replace(t, s.chapters[two].data[1], `"owner":2`, `"owner":1`)
		return s.write()
	}, verdict: "proof does not verify"},
	{name: "the trustees' parts in the other order", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		one, two := s.find(t, archive.PartialDecryption, 0), s.find(t, archive.PartialDecryption, 1)
		s.chapters[one], s.chapters[two] = s.chapters[two], s.chapters[one]
		return s.write()
	}, says: "2 partial decryptions"},
	{name: "a result with spaces", make: change(archive.Result, 0, `[[`, `[ [`), verdict: "not what the tally and the decryptions give"},
	{name: "no result yet", make: without(archive.Result, 0), verdict: unfinished},
}

// unfinished marks a mutation that leaves an archive in order which has not come
// to its end.
const unfinished = "unfinished"

// records changes the records of the tar file.
func records(change func([]named) []named) func(*testing.T, target) []byte {
	return func(_ *testing.T, x target) []byte { return x.story.writeWith(change) }
}

// lastEvent replaces text in the last event, which keeps its right name.
func lastEvent(old, new string) func(*testing.T, target) []byte {
	return func(t *testing.T, x target) []byte {
		return x.story.writeWith(func(list []named) []named {
			last := &list[len(list)-1]
			last.body = replace(t, last.body, old, new)
			last.name = archive.Record{Kind: archive.EventRecord, Hash: belenios.HashOf(last.body)}.Name()
			return list
		})
	}
}

// between is the text between two others.
func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	out, _, _ := strings.Cut(rest, to)
	return out
}

// What can be done to an election by rankings.
var rankedMutations = []mutation{
	{name: "no shuffle", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.remove(s.find(t, archive.Shuffle, 1))
		s.remove(s.find(t, archive.Shuffle, 0))
		return s.write()
	}, verdict: "before any shuffle"},
	{name: "one shuffle is missing", make: without(archive.Shuffle, 0), verdict: "shuffle of trustee 2"},
	{name: "no end of shuffles", make: without(archive.EndShuffles, 0), verdict: "may not come here: the trustees are shuffling"},
	{name: "the shuffles in the other order", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Shuffle, 0)
		s.chapters[at], s.chapters[at+1] = s.chapters[at+1], s.chapters[at]
		return s.write()
	}, verdict: "shuffle of trustee 2"},
	{name: "two shuffles of one trustee", make: change(archive.Shuffle, 1, `"owner":2`, `"owner":1`), verdict: "trustee 1 did it already"},
	{name: "a ciphertext of the shuffle is another", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Shuffle, 0)
		body := string(s.chapters[at].data[0])
		alphas := strings.Split(body, `{"alpha":"`)
		first, second := between(alphas[1], "", `"`), between(alphas[2], "", `"`)
		body = strings.Replace(body, first, second, 1)
		o := belenios.Owned{Owner: 1, Payload: belenios.HashOf([]byte(body))}
		s.chapters[at].data = [][]byte{[]byte(body), o.Bytes()}
		return s.write()
	}, verdict: "does not hold"},
	{name: "a ranking is missing from the result", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Result, 0)
		body := string(s.chapters[at].data[0])
		s.chapters[at].data[0] = []byte(body[:strings.LastIndex(body, ",[")] + "]]}")
		return s.write()
	}, verdict: "not what the tally and the decryptions give"},
	{name: "a shuffle after the end of shuffles", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Shuffle, 1)
		late := s.chapters[at]
		s.remove(at)
		s.insert(s.find(t, archive.EndShuffles, 0)+1, late)
		return s.write()
	}, verdict: "Shuffle may not come here: the trustees are decrypting"},
}

func TestVerify_MutationsOfRankedElection(t *testing.T) {
	x := newTarget(t, rehearsal.Plan{
		Name: "Target", Group: ranked, Voters: 3, Items: rehearsal.Singles(2), Shuffles: 2,
		Questions: []belenios.Question{rankedQuestion(3)},
		Votes:     func(v int) [][]int { return [][]int{{1 + v, 1 + (v+1)%3, 1 + (v+2)%3}} },
	})
	whole := verify(t, x.text)
	for _, m := range rankedMutations {
		t.Run(m.name, func(t *testing.T) { judge(t, m, m.make(t, x), whole) })
	}
}

// Voters who vote again: which ballot counts is the election's rule.
func TestVerify_Revotes(t *testing.T) {
	p := counting()
	p.Voters, p.Again = 4, []int{0, 0, 1}
	last := newTarget(t, p)
	r := verify(t, last.text)
	if r.Ballots != (archive.Ballots{Cast: 7, Counted: 4, Revotes: 3, TotalWeight: 4}) {
		t.Errorf("%+v", r.Ballots)
	}
	if !strings.Contains(r.Text(), "7 cast, 4 counted of weight 4, 3 replaced by a later one of the same credential (last-counts)") {
		t.Error(r.Text())
	}

	t.Run("first counts", func(t *testing.T) {
		p := p
		p.Extra = []belenios.Field{{Name: "commonweal", Raw: []byte(`{"revote":"first-counts"}`)}}
		dir := t.TempDir() + "/"
		_, err := rehearsal.Hold(context.Background(), rand.Reader, 1, func(uuid string) string { return dir + uuid }, p)
		if err == nil || !strings.Contains(err.Error(), "has voted already") {
			t.Fatalf("a second ballot was taken: %v", err)
		}
		p.Again = nil
		x := newTarget(t, p)
		if r := verify(t, x.text); r.Election.Revote != archive.FirstCounts {
			t.Errorf("the rule is %s", r.Election.Revote)
		}
		s := x.story.copy()
		b := must[*belenios.Ballot](t)(x.cast.Ballot(0))
		s.insert(s.find(t, archive.EndBallots, 0), chapter{archive.Ballot, [][]byte{b.Bytes()}})
		judge(t, mutation{verdict: "the first ballot counts"}, s.write(), nil)
	})

	t.Run("the order of a voter's ballots", func(t *testing.T) {
		s := last.story.copy()
		again := s.find(t, archive.Ballot, 4)
		s.chapters[again], s.chapters[again+1] = s.chapters[again+1], s.chapters[again]
		text := s.write()
		judge(t, mutation{verdict: "is not what the ballots give"}, text, nil)
	})
}

// Whoever kept a head finds what else nobody could: the order of ballots, a
// ballot that is gone before the tally was made.
func TestVerify_KeptHeads(t *testing.T) {
	p := counting()
	p.Voters, p.Stop = 6, archive.Voting
	x := newTarget(t, p)
	kept := *verify(t, x.text).Head
	look := func(text []byte) *archive.Report {
		return must[*archive.Report](t)(archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{Kept: []archive.Head{kept}}))
	}
	s := x.story.copy()
	b := must[*belenios.Ballot](t)(x.cast.Ballot(1))
	s.insert(len(s.chapters), chapter{archive.Ballot, [][]byte{b.Bytes()}})
	if r := look(s.write()); !r.OK() || !strings.Contains(r.Text(), "nothing was taken out or changed since 1 head was kept") {
		t.Errorf("an archive that only grew:\n%s", r.Text())
	}
	shorter := x.story.copy()
	shorter.remove(len(shorter.chapters) - 1)
	if r := look(shorter.write()); r.OK() || !strings.Contains(r.Text(), "something was taken out") {
		t.Errorf("a ballot is gone:\n%s", r.Text())
	}
	other := x.story.copy()
	other.chapters[2], other.chapters[3] = other.chapters[3], other.chapters[2]
	if r := look(other.write()); r.OK() || !strings.Contains(r.Text(), "the archive was changed, or is another") {
		t.Errorf("ballots in another order:\n%s", r.Text())
	}
}
