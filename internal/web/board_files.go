package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
)

// What is fixed about a vote is given out as it was fixed, byte for byte, to everybody
// alike: without cookies, with a tag by which a copy can be kept.

// sendKept answers with such bytes.
func (v *visit) sendKept(kind string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	h := v.w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", tag)
	if hasTag(v.r.Header.Values("If-None-Match"), tag) {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(body) // the reader has gone away if this fails
	return nil
}

const (
	jsonText  = "application/json; charset=utf-8"
	plainText = "text/plain; charset=utf-8"
)

// boardSetup gives one of the files that a ballot box was set up with: 0 the election,
// 1 the keyholders' key, 2 the list of credentials.
func (s *Server) boardSetup(which int) func(*visit) error {
	return func(v *visit) error {
		b, err := v.board()
		if err != nil {
			return err
		}
		election, trustees, list, err := v.house.Boxes.Setup(v.ctx, v.org.ID, b.contest.ID)
		if err != nil {
			return err
		}
		return v.sendKept(jsonText, [][]byte{election, trustees, list}[which])
	}
}

// boardRules gives the rules whose hash the notice names.
func (s *Server) boardRules(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	text, err := b.Rules.Text()
	if err != nil {
		return err
	}
	return v.sendKept(jsonText, text)
}

// boardNotice gives the notice of poll as it was given.
func (s *Server) boardNotice(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	if len(b.Notice) == 0 {
		return fault.Errorf(fault.NotFound, "notice of this poll is not given yet")
	}
	return v.sendKept(jsonText, b.Notice)
}

// boardRoll gives the public lines of the roll, from which anybody can make its seal.
func (s *Server) boardRoll(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	if b.contest.Roll == nil {
		return fault.Errorf(fault.NotFound, "the roll of this vote is not made yet")
	}
	lines, err := v.house.Polls.Leaves(v.ctx, v.org.ID, b.contest.ID)
	if err != nil {
		return err
	}
	return v.sendKept(plainText, []byte(strings.Join(lines, "\n")+"\n"))
}

// boardKey gives the key that the board's heads are signed by.
func (s *Server) boardKey(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	key, err := v.house.Boxes.VerifierKey(v.org.ID, b.contest.UUID)
	if err != nil {
		return err
	}
	return v.sendKept(plainText, []byte(key+"\n"))
}

// boardHead gives the newest signed head that everybody can have.
func (s *Server) boardHead(v *visit) error {
	notes, err := v.boardNotes(v.ctx)
	if err != nil {
		return err
	}
	return v.sendKept(plainText, []byte(notes[len(notes)-1]))
}

// boardHeads gives all of them, with an empty line between.
func (s *Server) boardHeads(v *visit) error {
	notes, err := v.boardNotes(v.ctx)
	if err != nil {
		return err
	}
	return v.sendKept(plainText, []byte(strings.Join(notes, "\n")))
}

func (v *visit) boardNotes(ctx context.Context) ([]string, error) {
	b, err := v.board()
	if err != nil {
		return nil, err
	}
	heads, err := v.house.Boxes.Heads(ctx, v.org.ID, b.contest.ID, b.part)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(heads))
	for i, h := range heads {
		out[i] = h.Note
	}
	return out, nil
}
