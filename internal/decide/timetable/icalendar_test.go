package timetable_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"commonweal/internal/decide/timetable"
)

// property is one content line, unfolded: RFC 5545, section 3.1.
type property struct{ name, params, value string }

var contentLine = regexp.MustCompile(`^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^;:"]+)*):(.*)$`)

// read takes a calendar apart by the rules of the RFC and fails on what breaks one.
func read(t testing.TB, data []byte) []property {
	t.Helper()
	if !bytes.HasSuffix(data, []byte("\r\n")) {
		t.Fatal("the last line has no end")
	}
	raw := strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n")
	var lines []string
	for _, l := range raw {
		if len(l) > 75 {
			t.Errorf("a line of %d octets (section 3.1): %q", len(l), l)
		}
		if strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
			t.Errorf("a bare line break, or half a character: %q", l)
		}
		if folded, ok := strings.CutPrefix(l, " "); ok {
			lines[len(lines)-1] += folded
			continue
		}
		lines = append(lines, l)
	}
	var out []property
	for _, l := range lines {
		m := contentLine.FindStringSubmatch(l)
		if m == nil {
			t.Fatalf("no content line: %q", l)
		}
		out = append(out, property{m[1], m[2], m[3]})
	}
	return out
}

var textForm = regexp.MustCompile(`^(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*$`)

// text undoes section 3.3.11.
func text(t testing.TB, value string) string {
	t.Helper()
	if !textForm.MatchString(value) {
		t.Fatalf("no TEXT: %q", value)
	}
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n").Replace(value)
}

var title = "Staff council; nursing, midwifery & \"therapies\" \\ Ward 7 – über alle, with a name so long that every line about it has to be folded more than once"

func feed() timetable.Feed {
	return timetable.Feed{
		ID: "0192-poll", Host: "members.example.org", Title: title, URL: "https://members.example.org/votes/council-2027",
		At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Revision: 2,
	}
}

// RFC 5545: what a calendar and an event must have, once each, and the values
// each property may take.
func TestICalendar_RFC5545(t *testing.T) {
	tt := table(t, timetable.Election, "2027-01-15")
	lines := read(t, tt.ICalendar(feed()))
	if first, last := lines[0], lines[len(lines)-1]; first != (property{"BEGIN", "", "VCALENDAR"}) || last != (property{"END", "", "VCALENDAR"}) {
		t.Fatalf("%v ... %v", first, last)
	}
	head := map[string]string{}
	var events []map[string]property
	for _, l := range lines[1 : len(lines)-1] {
		switch {
		case l.name == "BEGIN" && l.value == "VEVENT":
			events = append(events, map[string]property{})
		case l.name == "END":
		case len(events) == 0:
			head[l.name] = l.value
		default:
			e := events[len(events)-1]
			if _, twice := e[l.name]; twice {
				t.Errorf("%s is there twice", l.name)
			}
			e[l.name] = l
		}
	}
	if head["VERSION"] != "2.0" || head["PRODID"] == "" { // section 3.6
		t.Errorf("%v", head)
	}
	if len(events) != len(tt.Days) {
		t.Fatalf("%d events of %d steps", len(events), len(tt.Days))
	}
	day, moment := regexp.MustCompile(`^\d{8}$`), regexp.MustCompile(`^\d{8}T\d{6}Z$`)
	seen := map[string]bool{}
	for i, e := range events {
		d := tt.Days[i]
		uid := e["UID"].value
		if uid == "" || seen[uid] || !strings.HasSuffix(uid, "@members.example.org") { // section 3.8.4.7
			t.Errorf("id %q", uid)
		}
		seen[uid] = true
		if !moment.MatchString(e["DTSTAMP"].value) || e["SEQUENCE"].value != "2" {
			t.Errorf("%v %v", e["DTSTAMP"], e["SEQUENCE"])
		}
		if got := text(t, e["SUMMARY"].value); got != d.Step.Title()+": "+title {
			t.Errorf("%q", got)
		}
		if got := text(t, e["DESCRIPTION"].value); !strings.Contains(got, d.Reason) {
			t.Errorf("%q", got)
		}
		start, end := e["DTSTART"], e["DTEND"]
		if d.Step == timetable.Closes {
			if start.value != "20270115T170000Z" || start.params != "" || end.value != "" {
				t.Errorf("the close: %v %v", start, end)
			}
			continue
		}
		// Section 3.8.2.2: the end is not part of the event, and later than its start.
		if start.params != ";VALUE=DATE" || end.params != ";VALUE=DATE" || !day.MatchString(start.value) ||
			start.value != strings.ReplaceAll(d.Day.String(), "-", "") || end.value != strings.ReplaceAll(d.Day.AddDays(1).String(), "-", "") {
			t.Errorf("%s: %v %v", d.Step, start, end)
		}
	}
}

// An event keeps its id when its day changes, so that calendars move it and do not
// show it twice; an abandoned poll is struck out.
func TestICalendar_StableIDs(t *testing.T) {
	tt := table(t, timetable.Election, "2027-01-15")
	moved, err := tt.Move(timetable.CloseOn(day("2027-01-22")), day("2026-11-10"), "ret", "x")
	if err != nil {
		t.Fatal(err)
	}
	ids := func(tt timetable.Timetable) (out []string) {
		for _, l := range read(t, tt.ICalendar(feed())) {
			if l.name == "UID" {
				out = append(out, l.value)
			}
		}
		return out
	}
	if a, b := fmt.Sprint(ids(tt)), fmt.Sprint(ids(moved)); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	f := feed()
	f.Cancelled = true
	if n := strings.Count(string(tt.ICalendar(f)), "STATUS:CANCELLED\r\n"); n != len(tt.Days) {
		t.Errorf("%d of %d are cancelled", n, len(tt.Days))
	}
}

// Whatever a title holds, the file stays a calendar and gives it back.
func FuzzICalendar(f *testing.F) {
	for _, s := range []string{"Plain", title, "a\nb\r\nc\rd", "\\n;,", strings.Repeat("é", 200), "x\nEND:VCALENDAR", "\x00\x1b\u2028\u0085", "\xff"} {
		f.Add(s)
	}
	tt := table(f, timetable.Ballot, "2026-10-16")
	f.Fuzz(func(t *testing.T, s string) {
		about := feed()
		about.Title, about.URL, about.ID = s, "https://x.example/"+s, s
		n := 0
		for _, l := range read(t, tt.ICalendar(about)) {
			if l.name == "BEGIN" || l.name == "END" {
				n++
			}
			if l.name == "SUMMARY" && !strings.Contains(text(t, l.value), ": ") {
				t.Errorf("%q", l.value)
			}
		}
		if n != 2+2*len(tt.Days) {
			t.Errorf("%d components", n)
		}
	})
}
