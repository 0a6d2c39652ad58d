package web

import (
	"strings"

	"commonweal/internal/prove/study"
)

// studyFaultAt says at which field of the form a fault of the specification stands; the
// longest beginning counts.
var studyFaultAt = map[string]string{
	"code": "code", "title": "title", "question": "question", "data.source": "source", "data.seen": "seen", "unit": "unit", "time": "time",
	"outcomes": "others", "outcomes[0].name": "outcome", "outcomes[0].column": "column", "outcomes[0].better": "better", "outcomes[0].measure": "pack",
	"exposure": "exposure", "treatment.name": "name", "treatment": "units", "treatment.units": "units", "treatment.from": "start", "treatment.starts": "starts",
	"window": "from", "pool.rule": "rule", "pool.units": "pool", "subgroups": "subgroups", "primary": "primary", "also": "also", "correction": "correction",
	"power.smallest": "smallest", "power.margin": "margin", "power.sites": "sites", "power.history": "history_from", "stopping": "stopping", "seed": "seed",
	"what_would_change_our_mind": "mind", "stated.anticipation": "anticipation", "stated.spillover": "spillover", "stated.mergers": "mergers",
	"stated.missing": "missing", "stated.other_policies": "policies", "stated.measurement": "measurement",
}

// refused puts the faults of a specification at the fields that they are about, and
// returns those that are about none.
func (f *studyForm) refused(faults []study.Fault) (other []string) {
	for _, one := range faults {
		name := f.fieldOf(one)
		if f.follows(name, one) {
			continue
		}
		if _, ok := f.errors[name]; !ok {
			other = append(other, one.String()+".")
			continue
		}
		f.wrong(name, f.faultWords(name, one.Says))
	}
	return other
}

// fieldOf is the field of the form that a fault is about.
func (f *studyForm) fieldOf(one study.Fault) string {
	name, longest := "", 0
	for beginning, at := range studyFaultAt {
		if strings.HasPrefix(one.Field, beginning) && len(beginning) > longest {
			name, longest = at, len(beginning)
		}
	}
	switch {
	case name == "sites" && f.design == designStart:
		return "units" // their number is that of the sites named
	case name == "units" && f.design == designStaggered:
		return "starts"
	case name == "from" && f.get("from", "") != "":
		return "to"
	case f.data == fromMeasures && f.design == designAmount && strings.HasPrefix(one.Field, "outcomes["):
		return "exposure" // a measure against itself
	}
	return name
}

// follows reports whether a fault only follows from another that is said at its own field.
func (f *studyForm) follows(name string, one study.Fault) bool {
	empty := func(name string) bool { return f.get(name, "") == "" }
	switch name {
	case "start":
		return empty("units") || f.sayings("from", "to", "start") || f.time("from") >= f.time("to")
	case "to":
		if f.get("to", "") != "" {
			return f.sayings("from", "to")
		}
	case "primary", "also":
		return f.design == designAmount && empty("exposure")
	case "source", "others":
		return f.data == fromMeasures && empty("measure")
	}
	return false
}

// sayings reports whether something is said at one of the fields already, or it is empty.
func (f *studyForm) sayings(names ...string) bool {
	for _, name := range names {
		if at, ok := f.errors[name]; ok && (*at != "" || f.get(name, "") == "") {
			return true
		}
	}
	return false
}

// missing names the question, so that a list of what is missing tells one from another.
func (f *studyForm) missing(name string) string {
	return "“" + f.labels[name] + "” is missing. Fill it in."
}

// faultWords says a fault as somebody reads it who filled in the form.
func (f *studyForm) faultWords(name, says string) string {
	if f.get(name, "") == "" {
		return f.missing(name)
	}
	switch name {
	case "code":
		return "Write the code in small letters, digits and hyphens, such as own-rotas. It cannot be the word new."
	case "to":
		return "The last time that counts must come after the first."
	case "start":
		return "The start must lie after the first time that counts, and not after the last."
	case "smallest":
		return "Write the smallest change that would matter as a number above nought, such as 0.5."
	case "margin":
		if strings.Contains(says, "which would matter") {
			return "A change too small to matter cannot be larger than the smallest that would matter."
		}
		return "Write the change too small to matter as a number above nought, such as 0.1."
	case "history_from":
		return "Write all three times of the stretch in order: the first, where it is cut, and the last."
	case "sites":
		return "Write how many sites will begin, such as 10."
	case "seed":
		return "Write a whole number to begin the lots from, such as 7."
	case "time":
		return "The times need another heading than the sites."
	case "exposure":
		if strings.Contains(says, "already") {
			return "It cannot be set against itself. Choose something else."
		}
	case "primary", "also":
		if strings.Contains(says, "one treated unit") {
			return "A break in one site’s own series takes one site, and you name more."
		}
	}
	return listFault(name, says)
}

// listFault is what is wrong with one line of a list, or with a heading.
func listFault(name, says string) string {
	switch {
	case strings.HasSuffix(says, "is not in the pool"):
		return strings.TrimSuffix(says, "is not in the pool") + "is not among the sites in the study."
	case strings.HasSuffix(says, "is something else already"):
		return strings.TrimSuffix(says, "is something else already") + "is the heading of something else already."
	case strings.HasPrefix(says, "has \"") && strings.HasSuffix(says, "twice"):
		return strings.TrimSuffix(strings.TrimPrefix(says, "has "), "twice") + "stands there twice."
	case says == "is missing" && name == "others":
		return "Write in each line a heading, the better way and a name, with commas between."
	case says == "is missing" && name == "subgroups":
		return "Write in each line a heading, = and a value."
	case strings.HasPrefix(says, "\""):
		return says + "."
	}
	return "This " + says + "."
}
