package web_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
)

// Anybody can keep the head, fetch its proofs and check them with tlog's own
// checkers, which know nothing of this program.
func TestRecord_AnybodyCanCheckIt(t *testing.T) {
	s := newSite(t)
	if _, err := s.House.Journal.Sign(s.ctx, "severn"); err != nil {
		t.Fatal(err)
	}
	old := headOf(t, s)
	s.officer(policy.Scrutineer)
	if _, err := s.House.Journal.Sign(s.ctx, "severn"); err != nil {
		t.Fatal(err)
	}
	now := headOf(t, s)
	public := s.as("")

	body := public.get("/record/consistency?old=" + strconv.FormatInt(old.size, 10) + "&new=" + strconv.FormatInt(now.size, 10)).want(http.StatusOK).Body
	if err := tlog.CheckTree(hashesOf(t, body), now.size, now.root, old.size, old.root); err != nil {
		t.Error(err)
	}
	got := public.get("/record/proof/0").want(http.StatusOK)
	lines := strings.Split(got.Body, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != "index 0" {
		t.Fatalf("the proof begins %q", lines[:2])
	}
	proof, _, _ := strings.Cut(strings.Join(lines[2:], "\n"), "\n\n")
	leaf := got.Header.Get("Commonweal-Leaf")
	if err := tlog.CheckRecord(tlog.RecordProof(hashesOf(t, proof)), now.size, now.root, 0, tlog.RecordHash([]byte(leaf))); err != nil {
		t.Error(err)
	}
	leaves := public.get("/record/leaves?from=0").want(http.StatusOK).Body
	if !strings.HasPrefix(leaves, leaf+"\n") {
		t.Errorf("the leaves begin %.80q", leaves)
	}
	public.get("/record").want(http.StatusOK).says("Don’t trust us. Check it yourself.").lacks("Newest entries")
	for _, bad := range []string{"/record/proof/99", "/record/proof/x", "/record/consistency?old=9&new=99", "/record/checkpoint?size=77"} {
		public.get(bad).want(http.StatusNotFound)
	}
	public.get("/record/leaves?from=x").want(http.StatusUnprocessableEntity)
}

// A scrutineer takes the whole record; that it was taken is in it, and the file
// checks clean. A member may not.
func TestRecord_Export(t *testing.T) {
	s := newSite(t)
	watcher := s.as(s.officer(policy.Scrutineer))
	watcher.get("/record/export").want(http.StatusOK).says("Take the whole record with you")
	file := []byte(watcher.post("/record/export").want(http.StatusOK).Body)
	bundle, err := journal.OpenBundle(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := s.House.Journal.Verifier("severn")
	if err != nil {
		t.Fatal(err)
	}
	report, err := journal.Check(s.ctx, bundle, "severn", s.House.Journal.Tables(), verifier)
	if err != nil || !report.OK() {
		t.Fatalf("%v %v", err, report.Findings)
	}
	entries, err := s.House.Journal.Entries(s.ctx, "severn", 0, 1)
	if err != nil || entries[0].Kind != "record.exported" {
		t.Errorf("the newest entry is %v, %v", entries, err)
	}
	s.refused("/record/export")
}

type head struct {
	size int64
	root tlog.Hash
}

func headOf(t *testing.T, s *site) head {
	t.Helper()
	note := s.as("").get("/record/checkpoint").want(http.StatusOK).Body
	verifier, err := s.House.Journal.Verifier("severn")
	if err != nil {
		t.Fatal(err)
	}
	size, root, err := journal.OpenCheckpoint(note, journal.Origin("severn"), verifier)
	if err != nil {
		t.Fatal(err)
	}
	return head{size, root}
}

func hashesOf(t *testing.T, text string) []tlog.Hash {
	t.Helper()
	var out []tlog.Hash
	for _, line := range strings.Fields(text) {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			t.Fatalf("%q is no hash", line)
		}
		out = append(out, tlog.Hash(raw))
	}
	return out
}
