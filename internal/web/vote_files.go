package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
)

// paragraphs are the parts of a text that people wrote.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// sendFile answers with bytes as they are.
func (v *visit) sendFile(name, media string, body []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(body) // the reader has gone away if this fails
	return nil
}

// voteCalendar is the timetable of a poll for a calendar program.
func (s *Server) voteCalendar(v *visit) error {
	p, err := v.pollAsked()
	if err != nil {
		return err
	}
	host := "localhost"
	if u, err := url.Parse(v.house.Address); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return v.sendFile(p.Code+".ics", "text/calendar; charset=utf-8", p.ICalendar(host, v.house.Address+p.path(), v.now))
}

// voteRules are the rules of a poll, as they were fixed with the call.
func (s *Server) voteRules(v *visit) error {
	p, err := v.pollAsked()
	if err != nil {
		return err
	}
	text, err := p.Rules.Text()
	if err != nil {
		return err
	}
	return v.sendFile(p.Code+"-rules.json", "application/json", text)
}

// voteNotice is the notice of poll, byte for byte: its hash is in the record.
func (s *Server) voteNotice(v *visit) error {
	p, err := v.pollAsked()
	if err != nil {
		return err
	}
	if len(p.Notice) == 0 {
		return fault.Errorf(fault.NotFound, "notice of this poll is not given yet")
	}
	return v.sendFile(p.Code+"-notice.json", "application/json", p.Notice)
}

var photoSum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// votePhoto is the photograph of a candidate, by its hash. Before it is published who
// stands, it is for those alone whose business the nomination is.
func (s *Server) votePhoto(v *visit) error {
	sum := v.r.PathValue("sum")
	missing := fault.Errorf(fault.NotFound, "there is no photograph at this address")
	if !photoSum.MatchString(sum) {
		return missing
	}
	list, err := v.house.Polls.PhotoOf(v.ctx, v.org.ID, sum)
	if err != nil {
		return missing
	}
	public, private := false, false
	for _, one := range list {
		public = public || hasPhoto(v.seenOf(one.Poll).Contests, sum)
		private = private || v.mayLookAt(one, sum)
	}
	if !public && !private {
		return missing
	}
	image, err := v.house.Polls.Photo(v.ctx, v.org.ID, sum)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Cache-Control", "private, max-age=600")
	if public {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(image) // the reader has gone away if this fails
	return nil
}

func hasPhoto(contests []poll.Contest, sum string) bool {
	for _, c := range contests {
		for _, n := range c.Nominations {
			if n.Photo == sum {
				return true
			}
		}
	}
	return false
}

// mayLookAt reports whether a nomination that is not published is the visitor's
// business: their own, one they were asked to back, or one they decide about.
func (v *visit) mayLookAt(m poll.Mine, sum string) bool {
	if v.actor.Person == "" {
		return false
	}
	for _, o := range m.Poll.Holders(poll.ReturningOfficer) {
		if o.Person == v.actor.Person && v.can(policy.NominationDecide) {
			return true
		}
	}
	for _, n := range m.Contest.Nominations {
		if n.Photo != sum {
			continue
		}
		if n.Person == v.actor.Person {
			return true
		}
		for _, b := range n.Backers {
			if b.Person == v.actor.Person {
				return true
			}
		}
	}
	return false
}
