package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"commonweal/internal/base/fault"
	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// instrumentFlags are the flags of the command survey instruments.
type instrumentFlags struct {
	show, read, id, format, out string
	asJSON                      bool
}

func surveyInstrumentsCommand() command {
	return command{
		name:  "survey instruments",
		about: "List what can be asked, and exchange it with other programs",
		help: `Without a flag it lists the instruments that come with the program. --show takes one
of them and --read one from a file: .xlsx is an XLSForm, .json an instrument of ours or a
SurveyJS form. What --read does not understand it refuses, with row, column and remedy.

Formats: json (ours), xlsform, ddi (DDI-Codebook 2.5), csv (code book), sps (labels for
SPSS and PSPP), fhir (R4 Questionnaire, for the patient friends-and-family tests only).
An instrument comes back from XLSForm with the hash that it went out with.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			o := instrumentFlags{}
			f.StringVar(&o.show, "show", "", "one instrument, by its `id`")
			f.StringVar(&o.read, "read", "", "an instrument from a `file`")
			f.StringVar(&o.id, "id", "", "the `id` of what a SurveyJS form becomes (default the file's name)")
			f.StringVar(&o.format, "format", "", "write it in this `format`")
			f.StringVar(&o.out, "out", "", "into this `file` (default standard output)")
			f.BoolVar(&o.asJSON, "json", false, "print as JSON")
			return func(c *call) error { return c.surveyInstruments(o) }
		},
	}
}

func (o instrumentFlags) check() error {
	switch {
	case o.show != "" && o.read != "":
		return usagef("give --show or --read, not both")
	case o.format != "" && o.show == "" && o.read == "":
		return usagef("--format goes with --show or --read")
	case o.out != "" && o.format == "":
		return usagef("--out goes with --format")
	case o.id != "" && o.read == "":
		return usagef("--id goes with --read")
	case o.asJSON && o.format != "":
		return usagef("--json has no meaning with --format")
	case o.format == "xlsform" && o.out == "":
		return usagef("an XLSForm is a workbook: name a file for it with --out")
	}
	if _, ok := writers[o.format]; !ok && o.format != "" {
		return usagef("there is no format %q: json, xlsform, ddi, csv, sps or fhir", o.format)
	}
	return nil
}

// writers are the formats in which an instrument goes out.
var writers = map[string]func(io.Writer, instrument.Instrument) error{
	"json": writeInstrument, "xlsform": door.WriteXLSForm, "ddi": door.WriteDDI,
	"csv": door.WriteCodeBook, "sps": door.WriteSPSS, "fhir": door.WriteFHIR,
}

func writeInstrument(w io.Writer, in instrument.Instrument) error {
	b, err := in.Canonical()
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func (c *call) surveyInstruments(o instrumentFlags) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.show == "" && o.read == "" {
		return c.listInstruments(o.asJSON)
	}
	var in instrument.Instrument
	var err error
	if o.show != "" {
		in, err = c.findInstrument(o.show)
	} else {
		in, err = c.instrumentFile(o.read, o.id)
	}
	if err != nil {
		return err
	}
	switch {
	case o.format != "":
		return c.sendInstrument(in, o)
	case o.asJSON:
		return c.json(in)
	}
	return c.showInstrument(in)
}

// instrumentFile reads an instrument from a file, and says what was left out.
func (c *call) instrumentFile(name, id string) (instrument.Instrument, error) {
	in, notes, err := readInstrument(name, id)
	if err != nil {
		return in, c.refuseFile(name, err)
	}
	for _, n := range notes {
		say(c.Err, "%s: %s", name, n)
	}
	return in, nil
}

// readInstrument reads an instrument from a file, by what the file is. Notes
// say what was left out of it.
func readInstrument(name, id string) (in instrument.Instrument, notes []string, err error) {
	b, err := readLimited(name)
	if err != nil {
		return in, nil, err
	}
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		in, err = door.ReadXLSForm(bytes.NewReader(b))
		return in, nil, err
	}
	if !isSurveyJS(b) {
		in, err = instrument.Read(b)
		return in, nil, err
	}
	if id == "" {
		id = strings.ToLower(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
	}
	return door.ReadSurveyJS(bytes.NewReader(b), id)
}

// mostInstrument is more than any file of an instrument has.
const mostInstrument = 8 << 20

func readLimited(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the instrument cannot be opened")
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, mostInstrument+1))
	if err != nil {
		return nil, err
	}
	if len(b) > mostInstrument {
		return nil, fault.Errorf(fault.Invalid, "%s has more than %d MB: that is no instrument", name, mostInstrument>>20)
	}
	return b, nil
}

// isSurveyJS tells a SurveyJS form from an instrument of ours: it has pages or
// elements.
func isSurveyJS(b []byte) bool {
	var top map[string]json.RawMessage
	if json.Unmarshal(b, &top) != nil {
		return false
	}
	_, pages := top["pages"]
	_, elements := top["elements"]
	return pages || elements
}

// sendInstrument writes a file whole or not at all.
func (c *call) sendInstrument(in instrument.Instrument, o instrumentFlags) error {
	var b bytes.Buffer
	if err := writers[o.format](&b, in); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s cannot be written as %s", in.ID, o.format)
	}
	if o.out == "" {
		_, err := c.Out.Write(b.Bytes())
		return err
	}
	if err := os.WriteFile(o.out, b.Bytes(), 0o644); err != nil { //nolint:gosec // questions are public
		return fault.Wrap(fault.Invalid, err, "the file cannot be written")
	}
	return nil
}

// listed is an instrument in the list.
type listed struct {
	ID        string            `json:"id"`
	Version   int               `json:"version"`
	Title     map[string]string `json:"title"`
	Source    string            `json:"source"`
	Languages []string          `json:"languages"`
	Questions int               `json:"questions"`
	Scores    int               `json:"scores"`
	// Asked says whether every question has a wording, without which no wave
	// can be called.
	Asked bool   `json:"asked"`
	Hash  string `json:"sha256"`
}

func (c *call) listInstruments(asJSON bool) error {
	shipped, err := instrument.Shipped()
	if err != nil {
		return err
	}
	list := make([]listed, 0, len(shipped))
	for _, in := range shipped {
		hash, err := in.Hash()
		if err != nil {
			return err
		}
		list = append(list, listed{in.ID, in.Version, in.Title, in.Source, in.Languages(), len(in.Questions), len(in.Scores), len(in.Unworded()) == 0, hash})
	}
	if asJSON {
		return c.json(list)
	}
	w := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	pf(w, "id\tversion\tquestions\tscores\tlanguages\tuse\ttitle\n")
	for _, l := range list {
		use := "scores answers"
		if l.Asked {
			use = "asks and scores"
		}
		pf(w, "%s\t%d\t%d\t%d\t%s\t%s\t%s\n", l.ID, l.Version, l.Questions, l.Scores, strings.Join(l.Languages, " "), use, l.Title["en"])
	}
	return w.Flush()
}

// showInstrument prints what is asked, what answers are worth, and the scores.
func (c *call) showInstrument(in instrument.Instrument) error {
	hash, err := in.Hash()
	if err != nil {
		return err
	}
	pf(c.Out, "%s, version %d: %s\nsha256 %s\nSource: %s\n", in.ID, in.Version, in.Title.In("en"), hash, in.Source)
	group := ""
	for _, q := range in.Questions {
		if q.Group != group {
			group = q.Group
			pf(c.Out, "\n%s\n", stem(in, group))
		}
		text := q.Text.In("en")
		if text == "" {
			text = "(" + q.Label.In("en") + ")"
		}
		pf(c.Out, "  %-18s %s [%s]\n", q.ID, text, q.Scale)
	}
	for _, s := range in.Scales {
		pf(c.Out, "\n%s:", s.ID)
		for _, o := range s.Options {
			pf(c.Out, " %d %s;", o.Code, o.Label.In("en"))
		}
	}
	pf(c.Out, "\n\n")
	for _, s := range in.Scores {
		pf(c.Out, "%-6s %s: at least %d of %s\n", s.ID, s.Label.In("en"), s.Least, strings.Join(s.Parts(), ", "))
	}
	if list := in.Unworded(); len(list) > 0 {
		pf(c.Out, "\nIt scores answers given elsewhere and cannot be asked: %d questions have no wording here.\n", len(list))
	}
	return nil
}

func stem(in instrument.Instrument, group string) string {
	i := slices.IndexFunc(in.Groups, func(g instrument.Group) bool { return g.ID == group })
	if i < 0 {
		return ""
	}
	return in.Groups[i].Stem.In("en")
}
