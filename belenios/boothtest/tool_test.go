package boothtest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bench is a directory in which the program of the Belenios project itself holds an election.
type bench struct {
	*testing.T
	dir string
}

func (b bench) tool(stdin string, args ...string) string {
	b.Helper()
	cmd := exec.Command("belenios-tool", args...)
	cmd.Dir, cmd.Stdin = b.dir, strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "BELENIOS_USE_URANDOM=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("belenios-tool %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// event adds an event whose payload is the last line of its records.
func (b bench) event(kind, records string) {
	b.Helper()
	b.tool(records, "archive", "add-event", "--type", kind)
}

// file is the only file with that ending.
func (b bench) file(ending string) string {
	b.Helper()
	found, err := filepath.Glob(filepath.Join(b.dir, "*"+ending))
	if err != nil || len(found) != 1 {
		b.Fatalf("files %s: %v, %v", ending, found, err)
	}
	return found[0]
}

func (b bench) read(path string) string {
	b.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimRight(string(text), "\n")
}

func (b bench) write(name, text string) {
	b.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}

// In an election that belenios-tool made, with codes that it printed, the booth's ballots are accepted, tallied, shuffled,
// decrypted and counted as they were meant.
func TestTool_CountsBallotsOfTheBooth(t *testing.T) {
	if _, err := exec.LookPath("belenios-tool"); err != nil {
		t.Skip("belenios-tool is not installed: the other implementation to compare with")
	}
	const choices = `{"answers":["a","b","c"],"min":1,"max":2,"question":"Two of three"},{"answers":["yes","no"],"blank":true,"min":1,"max":1,"question":"Or blank"}`
	const ranking = `{"type":"NonHomomorphic","value":{"answers":["a","b","c"],"question":"Rank"}}`
	for _, c := range []struct {
		group, questions, result string
		votes                    [][][]int
	}{
		{
			"BELENIOS-2048", choices, `{"result":[[2,1,1],[1,1,0]]}`,
			[][][]int{{{1, 0, 1}, {1, 0, 0}}, {{1, 1, 0}, {0, 1, 0}}},
		},
		{
			"RFC-3526-2048", choices + "," + ranking, `{"result":[[0,1,1],[0,0,1],[[2,0,1]]]}`,
			[][][]int{{{0, 1, 1}, {0, 0, 1}, {2, 0, 1}}},
		},
	} {
		t.Run(c.group, func(t *testing.T) {
			b := bench{t, t.TempDir()}
			node := open(t)
			b.tool("", "setup", "generate-trustee-key", "--group", c.group)
			b.write("public_keys.jsons", b.read(b.file(".pubkey"))+"\n")
			b.tool("", "setup", "make-trustees")
			b.tool("", "setup", "generate-credentials", "--group", c.group, "--uuid", uuid, "--count", "2")
			if err := os.Rename(b.file(".pubcreds"), filepath.Join(b.dir, "public_creds.json")); err != nil {
				t.Fatal(err)
			}
			b.write("template.json", `{"description":"d","name":"n","questions":[`+c.questions+`]}`)
			b.tool("", "setup", "make-election", "--group", c.group, "--uuid", uuid, "--template", "template.json")
			b.tool("", "archive", "init")

			election := b.read(filepath.Join(b.dir, "election.json"))
			list := b.read(filepath.Join(b.dir, "public_creds.json"))
			codes := strings.Fields(b.read(b.file(".privcreds"))) // each after its number
			for i, values := range c.votes {
				voter := must[credential](t, node, map[string]any{"do": "fromCode", "group": c.group, "uuid": uuid, "code": codes[2*i+1]})
				if !must[bool](t, node, map[string]any{"do": "isListed", "list": list, "text": voter.Text}) {
					t.Error("the booth does not find the code in the list")
				}
				got := must[locked](t, node, map[string]any{"do": "lock", "election": election, "secret": voter.Secret, "values": values})
				b.event("Ballot", got.Text+"\n")
			}
			b.event("EndBallots", "")
			b.event("EncryptedTally", b.tool("", "election", "compute-encrypted-tally"))
			if strings.Contains(c.questions, "NonHomomorphic") {
				b.event("Shuffle", b.tool("", "election", "shuffle", "--trustee-id", "1"))
				b.event("EndShuffles", "")
			}
			b.event("PartialDecryption", b.tool("", "election", "decrypt", "--privkey", b.file(".privkey"), "--trustee-id", "1"))
			result := b.tool("", "election", "compute-result")
			b.event("Result", result)
			b.tool("", "election", "verify")
			if !json.Valid([]byte(result)) || strings.TrimSpace(result) != c.result {
				t.Errorf("result %s, want %s", result, c.result)
			}
		})
	}
}
