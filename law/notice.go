package law

import "fmt"

// ClearDays counts the days that lie wholly between two days: neither the day
// notice is given nor the day of the meeting is counted (Companies Act 2006,
// s.360). It is nought when there are none.
func ClearDays(given, meeting Date) int {
	return max(given.DaysUntil(meeting)-1, 0)
}

// LatestNotice returns the last day on which notice may be given so that n clear
// days lie before the meeting.
func LatestNotice(meeting Date, n int) Date { return meeting.AddDays(-n - 1) }

// EarliestMeeting returns the first day on which a meeting may be held when
// notice of n clear days is given on a day.
func EarliestMeeting(given Date, n int) Date { return given.AddDays(n + 1) }

// LatestSending returns the last day on which notice may be sent by the given
// means so that it counts as received in time for n clear days before the
// meeting.
//
// It returns an error for a means whose day of receipt no rule fixes. For a
// website, the day is the last on which members may be told that the notice is up.
func LatestSending(cal *Calendar, meeting Date, n int, by ServiceRule) (Deadline, error) {
	given := LatestNotice(meeting, n)
	if _, err := by.ReceivedOn(cal, given); err != nil {
		return Deadline{}, err
	}
	sent := given
	for {
		received, err := by.ReceivedOn(cal, sent)
		if err != nil {
			return Deadline{}, err
		}
		if !received.After(given) {
			break
		}
		sent = sent.AddDays(-1)
	}
	return Deadline{
		Day:   sent,
		Known: cal.Known(sent) && cal.Known(given),
		Reason: fmt.Sprintf("The meeting is on %s. %s must lie between it and the notice, so the notice must count as received by %s. Sent %s, it must go by %s.",
			meeting.Words(), plural(n, "clear day"), given.Words(), by.Channel.Words(), sent.Words()),
	}, nil
}
