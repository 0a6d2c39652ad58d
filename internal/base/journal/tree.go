package journal

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// memoryTree is a Merkle tree held in memory, made from leaves alone.
type memoryTree struct {
	size   int64
	hashes []tlog.Hash
}

// ReadHashes implements tlog.HashReader.
func (t *memoryTree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, idx := range indexes {
		if idx < 0 || idx >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("the tree has no hash %d", idx)
		}
		out[i] = t.hashes[idx]
	}
	return out, nil
}

func (t *memoryTree) add(leaf string) error {
	hashes, err := tlog.StoredHashes(t.size, []byte(leaf), t)
	if err != nil {
		return err
	}
	t.hashes = append(t.hashes, hashes...)
	t.size++
	return nil
}

func (t *memoryTree) root() tlog.Hash { return t.rootAt(t.size) }

// rootAt is the root when the tree had the given size.
func (t *memoryTree) rootAt(size int64) tlog.Hash {
	root, err := tlog.TreeHash(size, t)
	if err != nil {
		panic("a tree in memory lost a hash: " + err.Error())
	}
	return root
}

func encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
