package keys_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/schema/schematest"
)

// At each step a message that was changed, one of another keyholder, one of another
// setup and none at all is refused, and the keyholder is named; then the right one is
// taken. Sent again it is no error; another one is.
func TestSend_EachStep(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		old := m.whole(true)
		m.sends(old, "key2")
		id := m.begin(false)
		for _, step := range []keys.Step{keys.Cert, keys.Polynomial, keys.Voutput, keys.Check} {
			m.until(id, step)
			_, right := m.next(id, "key2")
			_, another := m.next(id, "key2")
			bad := map[string]string{
				"a digit changed in the middle": digit(right, len(right)/2), "a digit changed at the end": digit(right, len(right)-4),
				"cut short": right[:len(right)-2], "not a message": `{"hello":"there"}`, "of another setup": m.input(old, "key2").Sent[step],
			}
			if step == keys.Polynomial || step == keys.Voutput {
				delete(bad, "a digit changed in the middle") // sealed for one, who alone can tell: see below
			}
			for name, bad := range bad {
				if err := m.svc.Send(ctx, "key2", org, id, step, bad); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "keyholder 2") {
					t.Errorf("%s, %s: %v", step, name, err)
				}
			}
			if step != keys.Cert { // a cert does not say whose it is
				_, other := m.next(id, "key1")
				m.refused(m.svc.Send(ctx, "key2", org, id, step, other), fault.Invalid, "keyholder 2")
			}
			m.refused(m.svc.Send(ctx, "key2", org, id, step, " "), fault.Invalid, "between 1 and")
			m.refused(m.svc.Send(ctx, "key2", org, id, step, strings.Repeat("1", 1<<20)), fault.Invalid, "between 1 and")
			m.refused(m.svc.Send(ctx, "stranger", org, id, step, right), fault.Forbidden, "not a keyholder")
			m.refused(m.svc.Send(ctx, officer, org, id, step, right), fault.Forbidden, "not a keyholder")
			m.refused(m.svc.Send(ctx, "key2", "other", id, step, right), fault.NotFound, "no setup")
			if s := m.setup(id); !slices.ContainsFunc(s.Waiting(), func(h keys.Holder) bool { return h.Number == 2 }) {
				t.Fatalf("%s: something was kept: %+v", step, s)
			}
			entries := m.size()
			m.ok(m.svc.Send(ctx, "key2", org, id, step, right+"\n"))
			m.ok(m.svc.Send(ctx, "key2", org, id, step, right))
			if n := m.size(); n != entries+1 {
				t.Errorf("%s: %d entries for one message", step, n-entries)
			}
			m.refused(m.svc.Send(ctx, "key2", org, id, step, another), fault.Conflict, "already")
			for _, person := range []string{"key1", "key3"} {
				m.sends(id, person)
			}
		}
		m.refused(m.svc.Send(ctx, "key2", org, id, "vinput", "x"), fault.Invalid, "no step")
		m.audit()
	})
}

// A keyholder's own sealed part was spoilt on its way: nobody but they can see it, and
// they do when they check their part. Their seed and what the others sent them give it
// again.
func TestCheck_FindsASpoiltPart(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	id := m.begin(false)
	m.until(id, keys.Voutput)
	m.sends(id, "key1")
	m.sends(id, "key2")
	_, body := m.next(id, "key3")
	m.ok(m.svc.Send(ctx, "key3", org, id, keys.Voutput, digit(body, strings.Index(body, `"}","public_key"`)-5)))
	in, me := m.input(id, "key3"), m.device(id, "key3")
	if _, err := me.PrivateKey(in.Key.Sealed); err == nil {
		t.Fatal("the spoilt part opens")
	}
	in.Step = keys.Voutput
	var again struct {
		Private string `json:"private_key"`
	}
	m.ok(json.Unmarshal([]byte(m.message(in, me)), &again))
	in.Step, in.Key.Sealed = keys.Check, again.Private
	m.ok(m.svc.Send(ctx, "key3", org, id, keys.Check, m.message(in, me)))
}

// Whoever knows the exponent could have computed what a keyholder gives in a check, from
// their public key alone: so it gives nothing away. And a keyholder's program takes no
// other election for a check, such as one in which people vote.
func TestCheck_GivesNothingAway(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "BELENIOS-2048", 2, 3)
	id := m.whole(false)
	in := m.input(id, "key1")
	e, err := belenios.ParseElection([]byte(in.Key.Election))
	m.ok(err)
	trustees, err := m.svc.Trustees(ctx, org, council)
	m.ok(err)
	public, _ := trustees.Key(1)
	known := m.group.Exp(public, m.group.HashScalar([]byte("commonweal/check|"+e.Fingerprint())))
	body := string(m.opened(in, m.device(id, "key1")).Bytes())
	if want := fmt.Sprintf(`{"decryption_factors":[["%s"]],`, known); !strings.HasPrefix(body, want) {
		t.Errorf("the factor is not what everybody knows: %.200s", body)
	}
	for name, own := range map[string]string{
		"of a contest": `{"rules":"r","roll":"s"}`, "of another setup": `{"check":"x"}`, "of a contest that calls itself a check": fmt.Sprintf(`{"check":%q,"rules":"r"}`, id),
	} {
		other, err := belenios.NewElection(belenios.ElectionParams{
			UUID: e.UUID(), Name: e.Name(), Group: e.Group(), PublicKey: e.PublicKey(), Questions: e.Questions(),
			Extra: []belenios.Field{{Name: "commonweal", Raw: []byte(own)}},
		})
		m.ok(err)
		if _, err := m.setup(id).ReadChallenge(other); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A check is met with the keyholder's own part only, and is bound to the challenge.
func TestCheck_Refusals(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	id := m.whole(false)
	_, of1 := m.next(id, "key1")
	m.refused(m.svc.Send(ctx, "key2", org, id, keys.Check, of1), fault.Invalid, "keyholder 2")
	unbound, _, _ := strings.Cut(of1, `,"binding_proof"`)
	m.refused(m.svc.Send(ctx, "key1", org, id, keys.Check, unbound+"}"), fault.Invalid, "keyholder 1")
	m.ok(m.svc.Send(ctx, "key1", org, id, keys.Check, of1))
	if part, err := m.svc.Part(ctx, org, council, "key1"); err != nil || !part.Checked {
		t.Errorf("the part of key1 is not checked: %v", err)
	}
}

// digit changes one character of a message to another of its kind, at a place or before.
func digit(s string, at int) string {
	for ; at > 0; at-- {
		if s[at] >= '0' && s[at] <= '9' {
			return s[:at] + string('0'+(s[at]-'0'+1)%10) + s[at+1:]
		}
	}
	return s + "x"
}

func (m *scene) size() int {
	m.t.Helper()
	list, err := m.Journal.Entries(ctx, org, 0, 1000)
	m.ok(err)
	return len(list)
}

// What a step needs has to be there: nobody can send a polynomial before all certs, or a
// cert when they are all there.
func TestSend_OnlyWhatIsDue(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	old := m.whole(true)
	in := m.input(old, "key1")
	id := m.begin(false)
	for _, step := range []keys.Step{keys.Polynomial, keys.Voutput} {
		m.refused(m.svc.Send(ctx, "key1", org, id, step, in.Sent[step]), fault.Conflict, "waits for the certificate of 3 keyholders")
	}
	m.refused(m.svc.Send(ctx, "key1", org, id, keys.Check, "x"), fault.Conflict, "waits for the certificate")
	m.sends(id, "key1")
	if in := m.input(id, "key1"); in.Step != keys.NoStep || in.Vinput != "" || in.Key != nil {
		t.Errorf("key1 has nothing to do, and is given %+v", in)
	}
	if in := m.input(id, "key2"); in.Step != keys.Cert {
		t.Errorf("key2 has to send a cert: %+v", in)
	}
	_, err := m.svc.Input(ctx, org, id, "stranger")
	m.refused(err, fault.Forbidden, "not a keyholder")
}

// A key is used in one setup only: the messages do not say for which they are, so with
// the same keys those of one would verify in another. Nor do two keyholders share one.
func TestSend_KeysAreNew(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		old := m.whole(true)
		id := m.begin(false)
		m.refused(m.svc.Send(ctx, "key1", org, id, keys.Cert, m.input(old, "key1").Sent[keys.Cert]), fault.Invalid, "used before")
		m.seeds[id+" key2"] = m.seeds[old+" key3"] // signed anew, and somebody else's
		_, cert := m.next(id, "key2")
		m.refused(m.svc.Send(ctx, "key2", org, id, keys.Cert, cert), fault.Invalid, "used before")
		m.sends(id, "key1")
		m.refused(m.svc.Send(ctx, "key3", org, id, keys.Cert, m.input(id, "key1").Sent[keys.Cert]), fault.Invalid, "used before")
	})
}

// A server puts a certificate of its own in a keyholder's place, or leaves their polynomial
// out of what it hands on: their program goes no further.
func TestInput_SwappedByTheServer(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	old := m.whole(true)
	id := m.begin(false)
	m.until(id, keys.Polynomial)
	in, others := m.input(id, "key2"), m.input(old, "key2")
	in.Certs[1] = others.Certs[1]
	if _, err := m.device(id, "key2").Polynomial(rand.Reader, m.certs(in), in.Threshold); err == nil || !strings.Contains(err.Error(), "no cert is of this seed") {
		t.Errorf("the certificate was swapped, and the program says %v", err)
	}
	m.until(id, keys.Voutput)
	in = m.input(id, "key2")
	good := in.Vinput
	for name, bad := range map[string]string{"the vinput of another keyholder": m.input(id, "key1").Vinput, "the vinput of another setup": others.Vinput} {
		in.Vinput = bad
		if err := m.voutput(in, "key2"); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	in.Vinput = good
	m.ok(m.voutput(in, "key2"))
	m.until(id, keys.Check)
	in = m.input(id, "key2")
	in.Key.Sealed = m.input(id, "key1").Key.Sealed
	if _, err := m.device(id, "key2").PrivateKey(in.Key.Sealed); err == nil {
		t.Error("the sealed part of another opens")
	}
}

// All keyholders send at the same instant, twice: each message is kept once, the key is
// made once.
func TestSend_AtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		id := m.begin(false)
		for _, step := range []keys.Step{keys.Cert, keys.Polynomial, keys.Voutput} {
			bodies := map[string]string{}
			for _, person := range m.holders() {
				_, bodies[person] = m.next(id, person)
			}
			var all sync.WaitGroup
			errs := make(chan error, 100)
			for person, body := range bodies {
				for range 2 {
					all.Go(func() { errs <- m.svc.Send(ctx, person, org, id, step, body) })
				}
			}
			all.Wait()
			close(errs)
			for err := range errs {
				m.ok(err)
			}
		}
		if s := m.setup(id); s.State() != keys.Made || !slices.Equal(m.polls.told, []string{"made Ed25519"}) {
			t.Errorf("the setup is %s and the poll was told %q", s.State(), m.polls.told)
		}
		m.audit()
	})
}

// The program ends between any two messages and begins again; and when the poll does not
// take the key, or the database does not take the last row, nothing of that change is
// kept and the same message makes the key later.
func TestSend_AfterACrash(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		id := m.begin(false)
		for _, step := range []keys.Step{keys.Cert, keys.Polynomial} {
			for _, person := range m.holders() {
				if m.input(id, person).Step != step {
					t.Fatalf("%s is not at %s", person, step)
				}
				m.sends(id, person)
				m.restart()
			}
		}
		m.sends(id, "key1")
		m.sends(id, "key2")
		_, last := m.next(id, "key3")
		m.polls.fails = errors.New("the lights went out")
		if err := m.svc.Send(ctx, "key3", org, id, keys.Voutput, last); !errors.Is(err, m.polls.fails) {
			t.Fatalf("got %v", err)
		}
		if s := m.setup(id); s.State() != keys.UnderWay || len(s.Waiting()) != 1 || s.Hash != "" {
			t.Errorf("after the crash the setup is %+v", s)
		}
		m.polls.fails = nil
		m.restart()
		m.ok(m.svc.Send(ctx, "key3", org, id, keys.Voutput, last))
		m.opensWith(2)
		m.audit()
	})
}

// Keyholders changed, or notice was given, since the setup began: it cannot be finished.
func TestSend_PollChanged(t *testing.T) {
	for name, change := range map[string]func(p *keys.Poll){
		"a keyholder":     func(p *keys.Poll) { p.Keyholders = []string{"key1", "key2", "new"} },
		"one fewer":       func(p *keys.Poll) { p.Keyholders = p.Keyholders[:2] },
		"the group":       func(p *keys.Poll) { p.Group = "BELENIOS-2048" },
		"the threshold":   func(p *keys.Poll) { p.Threshold = 3 },
		"it is announced": func(p *keys.Poll) { p.MayMake = false },
	} {
		t.Run(name, func(t *testing.T) {
			m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
			id := m.begin(false)
			m.sends(id, "key1")
			_, cert := m.next(id, "key2")
			change(&m.polls.poll)
			if err := m.svc.Send(ctx, "key2", org, id, keys.Cert, cert); !fault.Is(err, fault.Conflict) {
				t.Errorf("got %v", err)
			}
		})
	}
	// In another order they are the same: numbers were fixed.
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	id := m.begin(false)
	m.sends(id, "key1")
	m.polls.poll.Keyholders = m.holders()
	m.sends(id, "key3")
	if h := m.setup(id).Holders; h[0].Person != "key1" || h[2].Person != "key3" {
		t.Errorf("the keyholders are %+v", h)
	}
}

// The words are 256 that cannot be taken for one another by how they begin.
func TestWords(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range keys.Vocabulary() {
		begins := fmt.Sprintf("%.4s", w)
		if seen[begins] || strings.ToLower(w) != w {
			t.Errorf("the word %q", w)
		}
		seen[begins] = true
	}
	if len(seen) != 256 {
		t.Errorf("%d words", len(seen))
	}
	if a, b := keys.Words([]byte("one")), keys.Words([]byte("two")); len(a) != 16 || slices.Equal(a, b) {
		t.Errorf("%q, %q", a, b)
	}
}
