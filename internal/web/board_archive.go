package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
)

// boardArchive gives the archive that everybody can have. It is the same for all who
// ask, whoever they are: a mirror that is shown another one has found a fork.
func (s *Server) boardArchive(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	if b.head == nil {
		return fault.Errorf(fault.NotFound, "the ballot box of this vote is not set up yet")
	}
	return v.sendArchive(b, *b.head, b.contest.UUID+".bel")
}

// boardWhole gives the whole archive, with each ranking that was opened, to those whom
// the rules of the poll name.
func (s *Server) boardWhole(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	if err := v.maySeeRankings(b); err != nil {
		return err
	}
	head, err := v.house.Boxes.HeadOf(v.ctx, v.org.ID, b.contest.ID, box.Whole)
	if err != nil {
		return err
	}
	return v.sendArchive(b, head, b.contest.UUID+".bel")
}

// seesRankings says whether the visitor may see the rankings of a contest.
func (v *visit) seesRankings(b boardView) (bool, error) {
	if b.part == box.Whole || v.actor.Person == "" {
		return b.part == box.Whole, nil
	}
	n, err := v.ballotsThatCount(b)
	return b.all.SeesRankings(b.contest, v.actor.Person, n), err
}

// ballotsThatCount is how many there are: of those who voted again one each, or somebody
// could vote so often that a few rankings are enough to be shown. While voting is open
// all ballots are told, since none can be opened.
func (v *visit) ballotsThatCount(b boardView) (int, error) {
	o, err := v.house.Boxes.Opening(v.ctx, v.org.ID, b.contest.ID)
	if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
		return o.Ballots, err
	}
	list, err := v.house.Boxes.Trackers(v.ctx, v.org.ID, b.contest.ID, 0, b.all.Rules.MinimumCell)
	return len(list), err
}

func (v *visit) maySeeRankings(b boardView) error {
	sees, err := v.seesRankings(b)
	if err != nil || sees {
		return err
	}
	return fault.Errorf(fault.Forbidden, "rankings one by one are for those whom the rules of this poll name, %s, and for nobody where fewer than %d ballots were cast: a rare ranking can give its voter away",
		boardReaders(b), b.Rules.MinimumCell)
}

// sendArchive streams an archive up to a head, from the byte on that the reader asks
// for.
func (v *visit) sendArchive(b boardView, head box.Head, name string) error {
	h := v.w.Header()
	tag := `"` + head.Hash.String() + `"`
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", tag)
	h.Set("Accept-Ranges", "bytes")
	if hasTag(v.r.Header.Values("If-None-Match"), tag) {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	from, partial := rangeFrom(v.r.Header.Get("Range"))
	if partial && from >= head.Size {
		h.Set("Content-Range", fmt.Sprintf("bytes */%d", head.Size))
		v.w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return nil
	}
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.FormatInt(head.Size-from, 10))
	if partial {
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, head.Size-1, head.Size))
		v.w.WriteHeader(http.StatusPartialContent)
	} else {
		v.w.WriteHeader(http.StatusOK)
	}
	if v.r.Method == http.MethodHead {
		return nil
	}
	// The length was announced, so a reader sees that something is missing if this
	// fails; a page could not be sent any more.
	if err := v.house.Boxes.ArchiveOf(v.ctx, v.org.ID, b.contest.ID, head, from, v.w); err != nil && v.ctx.Err() == nil {
		v.log.ErrorContext(v.ctx, "an archive was sent in part", slog.String("route", v.r.Pattern), slog.Any("error", err))
	}
	return nil
}

// rangeFrom reads the one kind of range that a mirror asks for: from a byte to the
// end. Any other is answered with the whole, as RFC 9110, 14.2 allows.
func rangeFrom(header string) (int64, bool) {
	text, ok := strings.CutPrefix(header, "bytes=")
	begin, end, dash := strings.Cut(text, "-")
	from, err := strconv.ParseInt(begin, 10, 64)
	if !ok || !dash || end != "" || err != nil || from < 0 {
		return 0, false
	}
	return from, true
}
