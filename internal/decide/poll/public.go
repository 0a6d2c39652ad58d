package poll

import (
	"time"

	"commonweal/internal/decide/timetable"
)

// Public is what anybody may see of a poll at an instant: nominations once they are
// closed and only of those who stand, without their backers; that there are claims
// and questions and what was decided, and not by whom, about whom or why.
func (p Poll) Public(now time.Time) Poll {
	shown := p.Stage(now).Rank() > Nominating.Rank()
	out := p
	out.Contests = nil
	for _, c := range p.Contests {
		standing := c.Standing()
		c.Nominations = nil
		for _, n := range standing {
			n.Backers, n.Reason, n.DecidedBy = nil, "", ""
			if shown {
				c.Nominations = append(c.Nominations, n)
			}
		}
		claims := c.Claims
		c.Claims = nil
		for _, one := range claims {
			c.Claims = append(c.Claims, Claim{
				ID: one.ID, Contest: one.Contest, Kind: one.Kind, Entered: one.Entered, Decided: one.Decided, Outcome: one.Outcome, NewSeal: one.NewSeal,
			})
		}
		petitions := c.Petitions
		c.Petitions = nil
		for _, one := range petitions {
			c.Petitions = append(c.Petitions, Petition{ID: one.ID, Contest: one.Contest, Entered: one.Entered, Decided: one.Decided, Outcome: one.Outcome})
		}
		out.Contests = append(out.Contests, c)
	}
	return out
}

// ICalendar is the timetable of the poll for a calendar program: host is the name of
// the machine, url the address of the poll's page, at the instant it is asked for.
func (p Poll) ICalendar(host, url string, at time.Time) []byte {
	f := timetable.Feed{ID: p.ID, Host: host, Title: p.Title, URL: url, At: at, Revision: p.Revision, Cancelled: !p.Abandoned.IsZero()}
	if f.Cancelled {
		f.Revision++ // a calendar heeds a cancellation only if it is newer
	}
	return p.Timetable.ICalendar(f)
}
