package law

import (
	"fmt"
	"time"
)

// Channel is a way of sending a notice.
type Channel string

// The ways of sending a notice that the rules know.
const (
	ByHand    Channel = "hand"
	ByPost    Channel = "first-class-post"
	ByEmail   Channel = "email"
	ByWebsite Channel = "website"
)

var channels = map[Channel]string{
	ByHand: "by hand", ByPost: "by first-class post", ByEmail: "by e-mail", ByWebsite: "on a website",
}

// Words returns the channel as part of a sentence: "by first-class post".
func (c Channel) Words() string {
	if words, ok := channels[c]; ok {
		return words
	}
	return "by " + string(c)
}

// UnmarshalText accepts the known channels only.
func (c *Channel) UnmarshalText(text []byte) error {
	if _, ok := channels[Channel(text)]; !ok {
		return fmt.Errorf("channel %q is not one of hand, first-class-post, email, website", clip(string(text)))
	}
	*c = Channel(text)
	return nil
}

// HourCount says which hours run towards the time of receipt.
type HourCount string

const (
	// AllHours counts every hour.
	AllHours HourCount = "all"
	// WorkingDayHours leaves out any part of a day that is not a working day.
	WorkingDayHours HourCount = "working-days"
)

// UnmarshalText accepts the known ways of counting only.
func (h *HourCount) UnmarshalText(text []byte) error {
	switch v := HourCount(text); v {
	case AllHours, WorkingDayHours:
		*h = v
		return nil
	}
	return fmt.Errorf("counting %q is neither all nor working-days", clip(string(text)))
}

// ServiceRule says when a notice sent in one way counts as received.
type ServiceRule struct {
	Channel Channel
	// Hours run from sending to deemed receipt.
	Hours int
	// Counting says which hours run.
	Counting HourCount
	// AfterNotice is set for a website: receipt is when the page was up or, if
	// later, when the member is taken to have been told of it. Pass the later of
	// the two as the moment of sending.
	AfterNotice bool
	// Text is the rule in our words.
	Text string
	Provenance
}

// Received returns the moment at which a notice sent at a moment counts as
// received. Only [WorkingDayHours] looks at the calendar.
func (r ServiceRule) Received(cal *Calendar, sent time.Time) time.Time {
	left := time.Duration(r.Hours) * time.Hour
	if left <= 0 || r.Counting != WorkingDayHours {
		return sent.Add(max(left, 0))
	}
	now := sent
	for day := Today(sent); ; day = day.AddDays(1) {
		if day == maxDate {
			return now
		}
		if !cal.Working(day) {
			now = day.End()
			continue
		}
		// A day may have 23 or 25 hours; the clock that runs is the real one.
		today := day.End().Sub(now)
		if left < today {
			return now.Add(left)
		}
		left -= today
		now = day.End()
	}
}

// ReceivedOn returns the day on which a notice sent at any time on a day counts
// as received, taking the last moment of that day, so that it never comes out
// early. It returns an error for a rule that no pack can hold, such as the empty
// one that comes from asking for a channel the form does not have.
func (r ServiceRule) ReceivedOn(cal *Calendar, sent Date) (Date, error) {
	if r.Counting != AllHours && r.Counting != WorkingDayHours {
		return Date{}, fmt.Errorf("no rule says when a notice %s counts as received", r.Channel.Words())
	}
	if r.Hours < 0 || r.Hours > maxServiceHours {
		return Date{}, fmt.Errorf("service %s: %d hours is not between 0 and %d", r.Channel, r.Hours, maxServiceHours)
	}
	return Today(r.Received(cal, sent.End().Add(-time.Nanosecond))), nil
}

// maxServiceHours bounds what a pack may say, so that a slip of the pen cannot
// make a notice arrive next year.
const maxServiceHours = 24 * 31
