package law_test

import (
	"strings"
	"testing"

	"commonweal/law"
)

// goodForms is a pack with a form, a calendar and a class of record that loads.
const goodForms = `pack: Test
sources:
  - {id: s, citation: An Act, checked: no, from: 2020-01-01}
calendar:
  id: somewhere
  label: Somewhere
  law: s
  known-from: 2020-01-01
  known-to: 2027-01-01
  annual:
    - {name: First Monday, kind: weekday, month: 5, weekday: Monday, nth: 1, law: s}
    - {name: Christmas, kind: fixed, month: 12, day: 25, law: s}
  one-off:
    - {day: 2026-05-08, instead-of: 2026-05-04, name: Moved, law: s}
retention:
  - {id: notes, label: Notes, years: 2, anchor: the day, text: Two years., law: s}
forms:
  - id: guild
    label: Guild
    text: A guild.
    law: s
    register:
      - {field: name, text: Name, law: s}
    inspections:
      - {audience: member, sees: [name], text: May look., law: s}
    retention:
      - {id: members-register, label: Register, years: 10, anchor: the end, text: Ten years., law: s}
    members:
      - {minimum: 2, text: Two., law: s}
    shares:
      capital:
        - {allowed: "yes", text: Shares., law: s}
      return:
        - {allowed: capped, cap-percent: 35, text: Capped., law: s}
    service:
      - {channel: email, hours: 48, counting: all, text: Two days., law: s}
    notices:
      - {id: general-meeting, label: Meeting, days: 14, clear: true, text: A fortnight., law: s}
    resolutions:
      - id: ordinary
        label: Ordinary
        stages:
          - {means: meeting, num: 1, den: 2, more-than: true, base: votes-cast}
        text: More than half.
        law: s
`

func TestLoadFrom_GoodForms(t *testing.T) {
	l, err := law.LoadFrom(pack(goodForms))
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.Form("guild", day(t, today))
	if err != nil || f.Shares.ReturnCapPercent != 35 {
		t.Errorf("cap %d, %v", f.Shares.ReturnCapPercent, err)
	}
	cal, err := l.Calendar("somewhere")
	if err != nil || cal.Working(day(t, "2026-05-08")) || !cal.Working(day(t, "2026-05-04")) {
		t.Errorf("the moved day is not where it was moved to, %v", err)
	}
}

func TestLoadFrom_RefusesForms(t *testing.T) {
	for _, c := range []struct{ name, old, new, says string }{
		{"a field twice on one day", "- {field: name, text: Name, law: s}", "- {field: name, text: Name, law: s}\n      - {field: name, text: Again, law: s}", "form guild: register name is there twice"},
		{"a field nobody knows", "field: name", "field: shoe-size", `register[1].field: register field "shoe-size" is not known`},
		{"a sight of what is not held", "sees: [name]", "sees: [name, shares]", "sees shares, which the register never holds"},
		{"an audience nobody knows", "audience: member", "audience: press", `audience "press" is not one of`},
		{"a cap without a number", "cap-percent: 35, ", "", "a cap needs a percentage"},
		{"a number without a cap", "allowed: capped", "allowed: by-rules", "a cap needs a percentage"},
		{"more than everyone", "num: 1, den: 2", "num: 3, den: 2", "3 of 2 is more than everyone"},
		{"a base nobody knows", "base: votes-cast", "base: present", `base "present" is neither`},
		{"means nobody knows", "means: meeting", "means: pigeon", `means "pigeon" is neither`},
		{"a channel nobody knows", "channel: email", "channel: fax", `channel "fax" is not one of`},
		{"hours nobody counts", "counting: all", "counting: daylight", `counting "daylight" is neither`},
		{"a notice next year", "hours: 48", "hours: 9000", `"9000" is not a whole number from 0 to 744`},
		{"a period and for good", "years: 2, ", "years: 2, permanent: true, ", "retention notes: give a period or permanent"},
		{"no period at all", "years: 10, ", "", "retention members-register: give a period or permanent"},
		{"no days of notice", "days: 14, ", "", `field "days" is missing`},
		{"yes or no by another name", "clear: true", "clear: maybe", `"maybe" is neither true nor false`},
		{"a holiday on no day", "kind: fixed, month: 12, day: 25", "kind: fixed, month: 12", "names no day"},
		{"a kind of holiday nobody knows", "kind: fixed", "kind: lunar", "names no day"},
		{"a day of the week nobody knows", "weekday: Monday", "weekday: Moonday", `"Moonday" is not a day of the week`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(goodForms, c.old, c.new, 1)
			if text == goodForms {
				t.Fatal("the case changes nothing")
			}
			_, err := law.LoadFrom(pack(text))
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "p.yaml") {
				t.Errorf("error is %v, want it to say %q and name the file", err, c.says)
			}
		})
	}
}
