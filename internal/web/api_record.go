package web

import (
	"encoding/base64"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/words"
)

type headJSON struct {
	Size   int64    `json:"size" min:"0" doc:"How many entries are under it."`
	Root   string   `json:"root" format:"byte" doc:"The root of the tree (RFC 6962), in base64."`
	Words  []string `json:"words" doc:"The root as four words, for people to compare."`
	Signed instant  `json:"signed"`
	Note   string   `json:"note" doc:"The signed head as a C2SP checkpoint."`
	Key    string   `json:"key" doc:"The verifier key of the signature."`
}

func headOf(h journal.Head, key string) headJSON {
	four := words.Four(h.Root[:])
	return headJSON{Size: h.Size, Root: encodeHash(h.Root), Words: four[:], Signed: instant(h.At), Note: h.Note, Key: key}
}

func encodeHash(h tlog.Hash) string { return base64.StdEncoding.EncodeToString(h[:]) }

func encodeHashes(hashes []tlog.Hash) []string {
	out := make([]string, len(hashes))
	for i, h := range hashes {
		out[i] = encodeHash(h)
	}
	return out
}

func (v *visit) apiRecordHead(none) (headJSON, error) {
	head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
	if err != nil {
		return headJSON{}, err
	}
	key, err := v.house.Journal.VerifierKey(v.org.ID)
	return headOf(head, key), err
}

func (v *visit) apiCheckpoints(p pageParams) (list[headJSON], error) {
	key, err := v.house.Journal.VerifierKey(v.org.ID)
	if err != nil {
		return list[headJSON]{}, err
	}
	heads, err := v.house.Journal.Checkpoints(v.ctx, v.org.ID)
	if err != nil {
		return list[headJSON]{}, err
	}
	out := make([]headJSON, len(heads))
	for i, h := range heads {
		out[i] = headOf(h, key)
	}
	return pageOf(p, "checkpoints", out, func(h headJSON) string { return inOrder(h.Size) })
}

type leavesParams struct {
	From  int64 `query:"from" min:"0" default:"0" doc:"The number of the first entry to give."`
	Limit int   `query:"limit" min:"1" max:"1000" default:"1000" doc:"How many to give at most."`
}

type leafJSON struct {
	Seq  int64  `json:"seq"`
	Leaf string `json:"leaf" doc:"What the tree holds: format, number, day, kind and commitment. The leaf's hash is over this text and a line feed."`
}

type leavesJSON struct {
	Items []leafJSON `json:"items"`
	From  int64      `json:"next_from" doc:"What to pass as from to go on."`
}

func (v *visit) apiLeaves(p leavesParams) (leavesJSON, error) {
	leaves, err := v.house.Journal.Leaves(v.ctx, v.org.ID, p.From, p.Limit)
	out := leavesJSON{From: p.From + int64(len(leaves))}
	for i, leaf := range leaves {
		out.Items = append(out.Items, leafJSON{p.From + int64(i), leaf})
	}
	return out, err
}

type proofParams struct {
	Seq  int64 `path:"seq" min:"0" doc:"The number of the entry, from 0."`
	Size int64 `query:"size" min:"1" doc:"The size of the head to prove it under; the newest where it is left out."`
}

type proofJSON struct {
	Seq   int64    `json:"seq"`
	Size  int64    `json:"size"`
	Leaf  string   `json:"leaf"`
	Proof []string `json:"proof" doc:"Hashes in base64, from the leaf up."`
}

func (v *visit) apiProof(p proofParams) (proofJSON, error) {
	if p.Size == 0 {
		head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
		if err != nil {
			return proofJSON{}, err
		}
		p.Size = head.Size
	}
	proof, err := v.house.Journal.ProveInclusion(v.ctx, v.org.ID, p.Seq, p.Size)
	return proofJSON{proof.Seq, proof.Size, proof.Leaf, encodeHashes(proof.Proof)}, err
}

type consistencyParams struct {
	Old int64 `query:"old" required:"true" min:"1" doc:"The size of the head that you have."`
	New int64 `query:"new" min:"1" doc:"The size of the later head; the newest where it is left out."`
}

type consistencyJSON struct {
	Old   int64    `json:"old"`
	New   int64    `json:"new"`
	Proof []string `json:"proof" doc:"Hashes in base64."`
}

func (v *visit) apiConsistency(p consistencyParams) (consistencyJSON, error) {
	if p.New == 0 {
		head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
		if err != nil {
			return consistencyJSON{}, err
		}
		p.New = head.Size
	}
	if p.New < p.Old {
		return consistencyJSON{}, fault.Fieldf("new", "new=%d is less than old=%d", p.New, p.Old)
	}
	proof, err := v.house.Journal.ProveConsistency(v.ctx, v.org.ID, p.Old, p.New)
	return consistencyJSON{p.Old, p.New, encodeHashes(proof)}, err
}

type entryJSON struct {
	Seq  int64   `json:"seq"`
	At   instant `json:"at"`
	Kind string  `json:"kind" doc:"What happened: share.issue, member.admit."`
	By   string  `json:"by" doc:"The id of the person who did it, or setup, system or rule."`
	Leaf string  `json:"leaf"`
}

// apiEntries goes back from the newest. The cursor is the lowest number that was
// given, which a long record finds at once.
func (v *visit) apiEntries(p pageParams) (list[entryJSON], error) {
	place, err := openCursor("entries", p.Cursor)
	if err != nil {
		return list[entryJSON]{}, err
	}
	var before int64
	if place != "" {
		if before, err = strconv.ParseInt(place, 10, 64); err != nil || before < 1 {
			return list[entryJSON]{}, errCursor()
		}
	}
	entries, err := v.house.Journal.Entries(v.ctx, v.org.ID, before, p.Limit)
	var out list[entryJSON]
	for _, e := range entries {
		out.Items = append(out.Items, entryJSON{e.Seq, instant(e.At), e.Kind, e.Actor, e.Leaf})
	}
	if n := len(entries); n == p.Limit && entries[n-1].Seq > 0 {
		out.Next = makeCursor("entries", strconv.FormatInt(entries[n-1].Seq, 10))
	}
	return out, err
}
