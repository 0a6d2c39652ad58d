package wave

import "io"

// Wrong is one thing that is wrong with a file of rules, and what to do about it.
type Wrong struct {
	Row    int    // of the file, the heading is 1
	Field  string // heading of the column, or ""
	Why    string // a sentence
	Remedy string // a sentence
}

// ReadRules reads the rules of units from CSV with the headings code, name, part_of,
// site, staff_group and job_role. It gives the rules or everything that is wrong.
func ReadRules(r io.Reader) ([]Rule, []Wrong) { return nil, []Wrong{{Why: "Not built yet."}} }

// WriteRules writes rules as the CSV that [ReadRules] reads.
func WriteRules(w io.Writer, rules []Rule) error { return unbuilt }
