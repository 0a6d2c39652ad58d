package archive_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
)

// target is the archive that the mutations are made of, with its parties.
type target struct {
	text  []byte
	cast  *rehearsal.Cast
	story story
}

// Twenty voters, two of three candidates, two trustees who are both needed.
var counting = sync.OnceValue(func() rehearsal.Plan {
	return rehearsal.Plan{
		Name: "Target", Group: "Ed25519", Voters: 20, Items: rehearsal.Singles(2),
		Questions: []belenios.Question{homomorphic("One?", 3, 1, 1, false)},
		Votes: func(v int) [][]int {
			vote := []int{0, 0, 0}
			vote[v%3] = 1
			return [][]int{vote}
		},
	}
})

func newTarget(t testing.TB, p rehearsal.Plan) target {
	t.Helper()
	path, cast := hold(t, p)
	text := readFile(t, path)
	return target{text, cast, read(t, text)}
}

// mutation is a change of an archive. All but the first four are made by
// somebody who controls the server: hashes and chain are in order again.
type mutation struct {
	name    string
	make    func(t *testing.T, x target) []byte
	verdict string // of the finding; empty where it is accepted
	says    string // what the report says where it is accepted
}

// The table of mutations that every verifier of such archives should know.
var mutations = []mutation{
	{name: "01 end-of-archive blocks of a standard tar file", make: func(_ *testing.T, x target) []byte {
		return append(bytes.Clone(x.text), make([]byte, 1024)...)
	}, verdict: "tar header"},
	{name: "02 the tar headers of a standard tar file", make: func(t *testing.T, x target) []byte {
		return ustar(t, x)
	}, verdict: "not in the one form"},
	{name: "03 the timestamp as a number", make: func(_ *testing.T, x target) []byte {
		return x.story.writeWith(func(list []named) []named {
			list[0].body = bytes.Replace(list[0].body, []byte(`"1795285962"`), []byte(`1795285962`), 1)
			return list
		})
	}, verdict: "header"},
	{name: "04 another time on one record", make: func(_ *testing.T, x target) []byte {
		first := int64(512 + 512)
		r := archive.AppendRecord(nil, x.story.chapters[0].name(0), x.story.chapters[0].data[0], x.story.header.Timestamp+1)
		return slices.Concat(x.text[:first], r, x.text[first+int64(len(r)):])
	}, verdict: "time"},

	{name: "05 a space inside a ballot", make: change(archive.Ballot, 3, `,"answers"`, `, "answers"`), verdict: "canonical form"},
	{name: "06 the fields of an answer in another order", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Ballot, 3)
		body := string(s.chapters[at].data[0])
		from, mid, to := strings.Index(body, `"individual_proofs"`), strings.Index(body, `"overall_proof"`), strings.Index(body, `}],"signature"`)
		s.chapters[at].data[0] = []byte(body[:from] + body[mid:to] + "," + strings.TrimSuffix(body[from:mid], ",") + body[to:])
		return s.write()
	}, verdict: "canonical form"},
	{name: "07 the election changed under the setup that names the old one", make: func(_ *testing.T, x target) []byte {
		s := x.story.copy()
		s.chapters[0].data[0] = bytes.Replace(s.chapters[0].data[0], []byte("Target"), []byte("target"), 1)
		return s.write()
	}, verdict: "does not come right before it"},

	// The election has no one form: it is hashed as it stands, and every ballot
	// names that hash. Whatever it says besides is in the report.
	{name: "08 spaces and other fields in the election", make: func(t *testing.T, _ target) []byte {
		p := counting()
		p.Extra = []belenios.Field{{Name: "language", Raw: []byte(`{ "spoken" : "cy" }`)}}
		path, _ := hold(t, p)
		return readFile(t, path)
	}, says: "the election also says, which the protocol does not know: language"},
	{name: "09 spaces in the list of credentials", make: inSetupData(2, `","`, `", "`), verdict: "canonical form"},
	{name: "10 another field in the setup data", make: inSetupData(3, `}`, `,"more":1}`), verdict: "setup data"},

	{name: "11 another result", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.chapters[s.find(t, archive.Result, 0)].data[0] = []byte(`{"result":[[8,6,6]]}`)
		return s.write()
	}, verdict: "not what the tally and the decryptions give"},
	{name: "12 a partial decryption is missing", make: without(archive.PartialDecryption, 1), verdict: "are needed"},
	{name: "13 a ballot is missing", make: without(archive.Ballot, 7), verdict: "20 ballots were counted and 19 count"},

	{name: "14 garbage for an encrypted tally", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.EncryptedTally, 0)
		garbage := []byte(`[[]]`)
		sized := belenios.SizedTally{NumTallied: 20, TotalWeight: 20, Tally: belenios.HashOf(garbage)}
		s.chapters[at].data = [][]byte{garbage, sized.Bytes()}
		return s.write()
	}, verdict: "not what the ballots give"},
	{name: "15 no encrypted tally", make: without(archive.EncryptedTally, 0), verdict: "may not come here: voting has closed"},

	{name: "16 no end of ballots", make: without(archive.EndBallots, 0), verdict: "may not come here: voting is open"},
	{name: "17 the end of ballots after everything", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.EndBallots, 0)
		end := s.chapters[at]
		s.remove(at)
		s.insert(len(s.chapters), end)
		return s.write()
	}, verdict: "may not come here: voting is open"},
	{name: "18 an event after the result", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		b := must[*belenios.Ballot](t)(x.cast.Ballot(0))
		s.insert(len(s.chapters), chapter{archive.Ballot, [][]byte{b.Bytes()}})
		return s.write()
	}, verdict: "may not come here: the election is finished"},

	// Taken, this would let whoever runs the server bring back a vote that its
	// voter has replaced.
	{name: "19 the same ballot again", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Ballot, 2)
		s.insert(s.find(t, archive.EndBallots, 0), s.chapters[at])
		return s.write()
	}, verdict: "it is in the archive twice"},
	// Nothing in an archive says in which order its ballots came. The result is
	// the same; only who kept a head sees it.
	{name: "20 ballots in another order", make: func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, archive.Ballot, 2)
		s.chapters[at], s.chapters[at+5] = s.chapters[at+5], s.chapters[at]
		return s.write()
	}, says: "that everybody is shown this same archive: compare heads"},

	{name: "21 ten ballots before the end of ballots, and the tally of the ten after it", make: func(t *testing.T, x target) []byte {
		return lastTen(t, x)
	}, verdict: "Ballot may not come here: voting has closed"},
}

// change replaces text in the n-th payload of a kind.
func change(kind archive.EventType, n int, old, new string) func(*testing.T, target) []byte {
	return func(t *testing.T, x target) []byte {
		s := x.story.copy()
		at := s.find(t, kind, n)
		s.chapters[at].data[len(s.chapters[at].data)-1] = replace(t, s.chapters[at].data[len(s.chapters[at].data)-1], old, new)
		return s.write()
	}
}

func replace(t *testing.T, body []byte, old, new string) []byte {
	t.Helper()
	if !bytes.Contains(body, []byte(old)) {
		t.Fatalf("%.100s has no %s", body, old)
	}
	return bytes.Replace(body, []byte(old), []byte(new), 1)
}

// inSetup replaces text in a record of the setup, and mends the setup data.
func inSetup(t *testing.T, s *story, record int, old, new string) {
	t.Helper()
	data := s.chapters[0].data
	data[record] = replace(t, data[record], old, new)
	if record < 3 {
		d := belenios.SetupData{Election: belenios.HashOf(data[0]), Trustees: belenios.HashOf(data[1]), Credentials: belenios.HashOf(data[2])}
		data[3] = d.Bytes()
	}
}

func inSetupData(record int, old, new string) func(*testing.T, target) []byte {
	return func(t *testing.T, x target) []byte {
		s := x.story.copy()
		inSetup(t, &s, record, old, new)
		return s.write()
	}
}

// without takes the n-th event of a kind out.
func without(kind archive.EventType, n int) func(*testing.T, target) []byte {
	return func(t *testing.T, x target) []byte {
		s := x.story.copy()
		s.remove(s.find(t, kind, n))
		return s.write()
	}
}

// ustar writes the records as archive/tar does.
func ustar(t *testing.T, x target) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	_ = x.story.writeWith(func(list []named) []named {
		for _, n := range list {
			h := tar.Header{Name: n.name, Mode: 0o644, Size: int64(len(n.body)), Format: tar.FormatUSTAR}
			if err := w.WriteHeader(&h); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(n.body); err != nil {
				t.Fatal(err)
			}
		}
		return list
	})
	return out.Bytes()
}

// lastTen is what a server could do together with all trustees, or before they
// decrypt: it tells a whole story, with valid decryptions, of half the ballots.
func lastTen(t *testing.T, x target) []byte {
	t.Helper()
	s := x.story.copy()
	s.remove(s.find(t, archive.EndBallots, 0))
	e, c := x.parts(t)
	count := must[*belenios.Count](t)(belenios.NewCount(e, c))
	for n := 10; n < 20; n++ {
		b := must[*belenios.Ballot](t)(belenios.ParseBallot(e, s.chapters[s.find(t, archive.Ballot, n)].data[0]))
		if err := count.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	s.insert(s.find(t, archive.Ballot, 10), chapter{archive.EndBallots, nil})
	tally, sized := count.Tally()
	s.chapters[s.find(t, archive.EncryptedTally, 0)].data = [][]byte{tally.Bytes(), sized.Bytes()}
	x.redecrypt(t, &s, e, tally)
	return s.write()
}

// parts are the election and the credentials of the target.
func (x target) parts(t testing.TB) (*belenios.Election, *belenios.Credentials) {
	t.Helper()
	e := must[*belenios.Election](t)(belenios.ParseElection(x.story.chapters[0].data[0]))
	return e, must[*belenios.Credentials](t)(belenios.ParseCredentials(e.Group(), x.story.chapters[0].data[2]))
}

// redecrypt has the trustees decrypt another tally, and makes its result.
func (x target) redecrypt(t testing.TB, s *story, e *belenios.Election, tally *belenios.EncryptedTally) {
	t.Helper()
	var all []belenios.OwnedDecryption
	for i, trustee := range x.cast.Trustees {
		d := must[*belenios.PartialDecryption](t)(belenios.NewPartialDecryption(rand.Reader, e, tally, trustee.Private))
		o := belenios.Owned{Owner: trustee.Owner, Payload: d.Hash()}
		s.chapters[s.find(t, archive.PartialDecryption, i)].data = [][]byte{d.Bytes(), o.Bytes()}
		all = append(all, belenios.OwnedDecryption{Owner: trustee.Owner, Decryption: d})
	}
	trustees := must[*belenios.Trustees](t)(belenios.ParseTrustees(e.Group(), s.chapters[0].data[1]))
	result := must[*belenios.Result](t)(belenios.NewResult(e, trustees, tally, all, 20))
	s.chapters[s.find(t, archive.Result, 0)].data[0] = result.Bytes()
}

// Each mutation is refused for the reason given, or accepted with the reason in
// the report; then the result is that of the original.
func TestVerify_Mutations(t *testing.T) {
	x := newTarget(t, counting())
	whole := verify(t, x.text)
	for _, m := range append(mutations, more...) {
		t.Run(m.name, func(t *testing.T) {
			text := m.make(t, x)
			if bytes.Equal(text, x.text) {
				t.Fatal("nothing was changed")
			}
			judge(t, m, text, whole)
		})
	}
}

func judge(t *testing.T, m mutation, text []byte, whole *archive.Report) {
	t.Helper()
	r, err := archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case m.verdict == unfinished:
		if !r.OK() || r.Verdict != archive.Unfinished || len(r.Questions) != 0 {
			t.Errorf("the verdict is %s:\n%s", r.Verdict, r.Text())
		}
	case m.verdict == "" && !r.OK():
		t.Fatalf("refused: %v", r.Findings)
	case m.verdict == "":
		if !strings.Contains(r.Text(), m.says) {
			t.Errorf("the report does not say %q:\n%s", m.says, r.Text())
		}
		if fmt.Sprint(r.Questions) != fmt.Sprint(whole.Questions) {
			t.Errorf("the result is %v", r.Questions)
		}
	case r.OK():
		t.Fatalf("accepted:\n%s", r.Text())
	case !strings.Contains(fmt.Sprint(r.Findings), m.verdict):
		t.Errorf("refused because %v, want %q", r.Findings, m.verdict)
	case r.Verdict != archive.Refused || r.Questions == nil || len(r.Questions) != 0:
		t.Errorf("a refused archive has the verdict %s and a result %v", r.Verdict, r.Questions)
	}
}

// name is the name of a chapter's n-th record.
func (c chapter) name(n int) string {
	return archive.Record{Kind: archive.Data, Hash: belenios.HashOf(c.data[n])}.Name()
}
