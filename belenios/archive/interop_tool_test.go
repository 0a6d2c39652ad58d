package archive_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
	"commonweal/belenios/group"
)

// election sets up an election with the tool alone and returns its uuid. The
// trustees are one who is needed and, with members, so many of whom threshold
// suffice; the tool puts those who are always needed first.
func (b tool) election(p rehearsal.Plan, threshold, members int) string {
	b.t.Helper()
	uuid := strings.TrimSpace(b.run(nil, "setup", "generate-token"))
	b.put("voters.txt", []byte(voterLines(p)))
	b.run(nil, "setup", "generate-credentials", "--uuid", uuid, "--group", p.Group, "--file", "voters.txt")
	b.rename("*.pubcreds", "public_creds.json")
	b.rename("*.privcreds", "private_creds.txt")
	b.run(nil, "setup", "generate-trustee-key", "--group", p.Group)
	b.put("public_keys.jsons", b.cat("*.pubkey"))
	if members > 0 {
		b.ceremony(p.Group, threshold, members)
	}
	b.run(nil, "setup", "make-trustees")
	b.put("template.json", template(b.t, p))
	b.run(nil, "setup", "make-election", "--uuid", uuid, "--group", p.Group, "--template", "template.json")
	b.run(nil, "archive", "init")
	return uuid
}

func voterLines(p rehearsal.Plan) string {
	var out strings.Builder
	for v := range p.Voters {
		if p.Weights == nil {
			fmt.Fprintf(&out, "voter%d\n", v+1)
		} else {
			fmt.Fprintf(&out, "voter%d,login%d,%d\n", v+1, v+1, p.Weights[v])
		}
	}
	return out.String()
}

// template is a plan's questions as a plain election file.
func template(t testing.TB, p rehearsal.Plan) []byte {
	t.Helper()
	g, _ := group.ByName(p.Group)
	e, err := belenios.NewElection(belenios.ElectionParams{
		UUID: "11111111111111", Name: p.Name, Group: g, PublicKey: g.Generator(), Questions: p.Questions,
	})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(e.Bytes(), &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"uuid", "group", "public_key", "version"} {
		delete(fields, name)
	}
	out, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (b tool) rename(pattern, name string) {
	b.t.Helper()
	if err := os.Rename(b.only(pattern), b.path(name)); err != nil {
		b.t.Fatal(err)
	}
}

// cat joins files, by name.
func (b tool) cat(pattern string) []byte {
	b.t.Helper()
	var out []byte
	for _, path := range b.all(pattern) {
		out = append(out, readFile(b.t, path)...)
	}
	return out
}

// ceremony makes a shared key with the tool.
func (b tool) ceremony(groupName string, threshold, members int) {
	b.t.Helper()
	step := func(in []byte, args ...string) string {
		return b.run(in, append([]string{"setup", "generate-trustee-key-threshold", "--group", groupName}, args...)...)
	}
	for range members {
		step(nil, "--step", "1")
	}
	b.put("certs.jsons", b.cat("*.cert"))
	step(nil, "--certs", "certs.jsons", "--step", "2")
	var polynomials, voutputs string
	for _, key := range b.all("*.key") {
		polynomials += step(nil, "--certs", "certs.jsons", "--key", key, "--step", "3", "--threshold", fmt.Sprint(threshold))
	}
	b.put("polynomials.jsons", []byte(polynomials))
	step(nil, "--certs", "certs.jsons", "--step", "4", "--polynomials", "polynomials.jsons")
	for _, key := range b.all("*.key") {
		vinput := strings.TrimSuffix(key, ".key") + ".vinput"
		voutputs += step(readFile(b.t, vinput), "--certs", "certs.jsons", "--key", key, "--step", "5")
	}
	b.put("threshold.json", []byte(step([]byte(voutputs), "--certs", "certs.jsons", "--step", "6", "--polynomials", "polynomials.jsons")))
}

// credential is a voter's secret, by the line of the tool's private list.
func (b tool) credential(voter int) string {
	b.t.Helper()
	line := strings.Split(string(readFile(b.t, b.path("private_creds.txt"))), "\n")[voter]
	return line[strings.LastIndex(line, " ")+1:]
}

// ballot makes a ballot with the tool.
func (b tool) ballot(credential string, vote [][]int) string {
	b.t.Helper()
	text, err := json.Marshal(vote)
	if err != nil {
		b.t.Fatal(err)
	}
	b.put("credential", []byte(credential+"\n"))
	b.put("vote.json", text)
	return b.run(nil, "election", "generate-ballot", "--privcred", "credential", "--ballot", "vote.json")
}

// add adds an event with the tool.
func (b tool) add(kind archive.EventType, lines string) {
	b.t.Helper()
	b.run([]byte(lines), "archive", "add-event", "--type="+string(kind))
}

func (b tool) vote(p rehearsal.Plan) {
	b.t.Helper()
	for v := range p.Voters {
		if vote := p.Votes(v); vote != nil {
			b.add(archive.Ballot, b.ballot(b.credential(v), vote))
		}
	}
	for _, v := range p.Again {
		b.add(archive.Ballot, b.ballot(b.credential(v), p.Votes(v)))
	}
}

func (b tool) shuffle(owner int) string {
	return b.run(nil, "election", "shuffle", "--trustee-id", fmt.Sprint(owner))
}

func (b tool) decrypt(owner int) string {
	return b.run(nil, "election", "decrypt", "--privkey", b.only("*.privkey"), "--trustee-id", fmt.Sprint(owner))
}

func (b tool) decryptShared(key string, owner int) string {
	return b.run(nil, "election", "decrypt-threshold", "--key", key,
		"--decryption-key", strings.TrimSuffix(key, ".key")+".dkey", "--trustee-id", fmt.Sprint(owner))
}

// An election that was held with the tool from beginning to end is in order by
// our verifier, at every stage of it, and its result is what was voted.
func TestInterop_TheirArchives(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			b := newTool(t)
			members := 0
			if len(s.plan.Items) > 1 && s.plan.Items[0].Members > 0 {
				members = 3
			}
			uuid := b.election(s.plan, 2, members)
			look := func(stage archive.Stage) *archive.Report {
				t.Helper()
				r := verify(t, readFile(t, b.path(uuid+".bel")))
				if r.Stage != stage {
					t.Fatalf("stage %s, want %s", r.Stage, stage)
				}
				return r
			}
			look(archive.Voting)
			b.vote(s.plan)
			look(archive.Voting)
			b.add(archive.EndBallots, "")
			b.add(archive.EncryptedTally, b.run(nil, "election", "compute-encrypted-tally"))
			look(archive.Tallied)
			if s.plan.Shuffles > 0 {
				b.add(archive.Shuffle, b.shuffle(1))
				look(archive.Shuffling)
				b.add(archive.EndShuffles, "")
			}
			b.add(archive.PartialDecryption, b.decrypt(1))
			for i, key := range b.all("*.key") {
				if i != 1 { // the second of three stays away
					b.add(archive.PartialDecryption, b.decryptShared(key, i+2))
				}
			}
			look(archive.Decrypting)
			b.add(archive.Result, b.run(nil, "election", "compute-result"))
			checkResult(t, look(archive.Finished), s.counts, s.ranks)
		})
	}
}
