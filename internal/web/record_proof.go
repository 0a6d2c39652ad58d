package web

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

func (v *visit) text(body string) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := v.w.Write([]byte(body))
	return err
}

// number reads a whole number from the query.
func (v *visit) number(name string) (int64, error) {
	text := v.r.URL.Query().Get(name)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Fieldf(name, "%s=%q is not a whole number", name, clip(text, 20))
	}
	return n, nil
}

func clip(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "") + "…"
	}
	return s
}

// recordCheckpoint gives a signed head as text: the newest, or the one of ?size=.
func (s *Server) recordCheckpoint(v *visit) error {
	if !v.r.URL.Query().Has("size") {
		head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
		if err != nil {
			return err
		}
		return v.text(head.Note)
	}
	size, err := v.number("size")
	if err != nil {
		return err
	}
	heads, err := v.house.Journal.Checkpoints(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if h.Size == size {
			return v.text(h.Note)
		}
	}
	return fault.Errorf(fault.NotFound, "no head was signed at %d entries", size)
}

// recordKey gives the public key that checks signed heads.
func (s *Server) recordKey(v *visit) error {
	key, err := v.house.Journal.VerifierKey(v.org.ID)
	if err != nil {
		return err
	}
	return v.text(key + "\n")
}

// recordLeaves gives the public lines of the tree, a thousand at most, from ?from=.
func (s *Server) recordLeaves(v *visit) error {
	from, err := v.number("from")
	if err != nil {
		return err
	}
	leaves, err := v.house.Journal.Leaves(v.ctx, v.org.ID, from, 1000)
	if err != nil {
		return err
	}
	var out strings.Builder
	for _, l := range leaves {
		out.WriteString(l + "\n")
	}
	return v.text(out.String())
}

// recordProof gives the proof that an entry is under a signed head, as text in
// the C2SP tlog-proof form: index, hashes, blank line, checkpoint.
func (s *Server) recordProof(v *visit) error {
	seq, err := strconv.ParseInt(v.r.PathValue("seq"), 10, 64)
	if err != nil || seq < 0 {
		return fault.Errorf(fault.NotFound, "there is no entry %q", clip(v.r.PathValue("seq"), 20))
	}
	head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	proof, err := v.house.Journal.ProveInclusion(v.ctx, v.org.ID, seq, head.Size)
	if err != nil {
		return err
	}
	v.w.Header().Set("Commonweal-Leaf", proof.Leaf)
	return v.text(proofText(proof, head))
}

func proofText(p journal.Inclusion, head journal.Head) string {
	var out strings.Builder
	fmt.Fprintf(&out, "c2sp.org/tlog-proof@v1\nindex %d\n", p.Seq)
	writeHashes(&out, p.Proof)
	out.WriteString("\n" + head.Note)
	return out.String()
}

func writeHashes(out *strings.Builder, hashes []tlog.Hash) {
	for _, h := range hashes {
		out.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
}

// recordConsistency gives the proof that the record of ?new= entries only adds
// to that of ?old= entries: one hash a line, in base64.
func (s *Server) recordConsistency(v *visit) error {
	older, err := v.number("old")
	if err != nil {
		return err
	}
	newer, err := v.number("new")
	if err != nil {
		return err
	}
	proof, err := v.house.Journal.ProveConsistency(v.ctx, v.org.ID, older, newer)
	if err != nil {
		return err
	}
	var out strings.Builder
	writeHashes(&out, proof)
	return v.text(out.String())
}
