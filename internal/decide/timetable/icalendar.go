package timetable

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"commonweal/law"
)

// Feed is what a calendar file says besides the days.
type Feed struct {
	ID       string    // of the poll; with Host it makes ids of events that never change
	Host     string    // the name of the machine that people reach: members.example.org
	Title    string    // of the poll
	URL      string    // of its page; may be empty
	At       time.Time // when the timetable was made or last changed
	Revision int       // how often it was changed
	// Cancelled is set where the poll was abandoned, so that the days are struck
	// out in the calendars of those who have them.
	Cancelled bool
}

// ICalendar writes the timetable for a calendar program: RFC 5545. Every step is an
// event of a whole day, and the close one at its instant. The id of an event is the
// same in every version of the file.
func (t Timetable) ICalendar(f Feed) []byte {
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Commonweal//Timetable of a poll//EN")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	for _, d := range t.Days {
		w.line("BEGIN", "VEVENT")
		w.line("UID", plain(string(d.Step)+"."+f.ID+"@"+f.Host))
		w.line("DTSTAMP", instant(f.At))
		w.line("SEQUENCE", fmt.Sprint(f.Revision))
		if d.Step == Closes {
			w.line("DTSTART", instant(t.Closes))
		} else { // without an end the close is over when it begins: section 3.6.1
			w.line("DTSTART;VALUE=DATE", date(d.Day))
			w.line("DTEND;VALUE=DATE", date(d.Day.AddDays(1)))
		}
		w.text("SUMMARY", d.Step.Title()+": "+f.Title)
		about := d.Step.About() + "\n" + d.Reason
		if d.Why != "" {
			about += "\nChanged: " + d.Why
		}
		w.text("DESCRIPTION", about)
		if f.URL != "" {
			w.line("URL", plain(f.URL))
		}
		w.line("TRANSP", "TRANSPARENT")
		if f.Cancelled {
			w.line("STATUS", "CANCELLED")
		} else {
			w.line("STATUS", "CONFIRMED")
		}
		w.line("END", "VEVENT")
	}
	w.line("END", "VCALENDAR")
	return []byte(w.String())
}

func instant(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func date(d law.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// writer writes content lines: RFC 5545, section 3.1.
type writer struct{ strings.Builder }

// octets is the most that a line may have before its end.
const octets = 75

// line writes a property whose value needs no escapes, folded.
func (w *writer) line(name, value string) {
	rest := name + ":" + value
	room := octets
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) { // a character is not cut in two
			cut--
		}
		w.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], octets-1
	}
	w.WriteString(rest + "\r\n")
}

// text writes a property of the type TEXT: section 3.3.11.
func (w *writer) text(name, value string) { w.line(name, escaped.Replace(printable(value))) }

var escaped = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// printable takes out what a TEXT cannot hold: control characters but the end of
// a line.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || !unicode.IsControl(r) && r != utf8.RuneError {
			return r
		}
		return -1
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// plain keeps a value that has no escapes on its line.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}
