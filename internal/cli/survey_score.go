package cli

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"commonweal/internal/base/fault"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
	"commonweal/survey/score"
)

// scoreFlags are the flags of the command survey score.
type scoreFlags struct {
	instrument, by string
	level          float64
	asJSON         bool
}

func surveyScoreCommand() command {
	return command{
		name:  "survey score",
		args:  "FILE",
		about: "Score a file of answers, with intervals",
		help: `FILE is CSV with a column for each question of the instrument, called by its name in
the instrument, and one row a person with the codes of the options; an empty cell is
no answer. - is standard input. Other columns are left alone.

The interval is a t interval on people's values, or Wilson's for a percentage, as if
those who answered had been drawn by lot. For a score that only groups have, the mean
of the group's sub-scores as in the pulse, it is a t interval by the delta method: each
person counts with what they add to each sub-score, so that people who answered all
of it and people who answered half are both in it.

A score is of people who answered, and says nothing of who did not. Nothing is hidden
here: figures of fewer than ten people are for nobody but you.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			o := scoreFlags{}
			f.StringVar(&o.instrument, "instrument", "", "the instrument's `id`, or a file of one (.json, .xlsx)")
			f.StringVar(&o.by, "by", "", "score each group that this `column` names as well")
			f.Float64Var(&o.level, "level", 0.95, "how sure the interval is, as a `part` of 1")
			f.BoolVar(&o.asJSON, "json", false, "print as JSON, figures in full")
			return func(c *call) error { return c.surveyScore(o) }
		},
	}
}

func (c *call) surveyScore(o scoreFlags) error {
	if o.instrument == "" {
		return usagef("name the instrument with --instrument; `commonweal survey instruments` lists them")
	}
	if !(o.level > 0 && o.level < 1) {
		return usagef("--level takes a part of 1, such as 0.95")
	}
	in, err := c.findInstrument(o.instrument)
	if err != nil {
		return err
	}
	if len(in.Scores) == 0 {
		return fault.Errorf(fault.Invalid, "instrument %s has no scores: give it some, or count its answers instead", in.ID)
	}
	scorer, err := score.New(in)
	if err != nil {
		return err
	}
	all, groups, err := c.sample(scorer, o)
	if err != nil {
		return err
	}
	return c.tellScores(in, all, groups, o)
}

// answeredBy is the people whom one value of a column names.
type answeredBy struct {
	name   string
	people *score.Sample
}

// sample reads the answers into one group of all and, if asked, others by a column.
func (c *call) sample(scorer *score.Scorer, o scoreFlags) (*score.Sample, []answeredBy, error) {
	name := c.args[0]
	from := c.In
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, nil, fault.Wrap(fault.Invalid, err, "the answers cannot be opened")
		}
		defer func() { _ = file.Close() }()
		from = file
	}
	var others []string
	if o.by != "" {
		others = []string{o.by}
	}
	all := scorer.Sample()
	var groups []answeredBy
	at := map[string]int{}
	unused, err := door.ReadResponses(from, scorer.Instrument(), others, func(r door.Response) error {
		if err := all.Add(r.Answers); err != nil {
			return err
		}
		if o.by == "" {
			return nil
		}
		i, ok := at[r.Others[0]]
		if !ok {
			i = len(groups)
			at[r.Others[0]] = i
			groups = append(groups, answeredBy{r.Others[0], scorer.Sample()})
		}
		return groups[i].people.Add(r.Answers)
	})
	if err != nil {
		return nil, nil, c.refuseFile(name, err)
	}
	if len(unused) > 0 {
		say(c.Err, "%s: not questions of %s, left alone: %s", name, scorer.Instrument().ID, strings.Join(unused, ", "))
	}
	slices.SortFunc(groups, func(a, b answeredBy) int { return strings.Compare(a.name, b.name) })
	return all, groups, nil
}

// refuseFile tells each trouble of a file on a line of its own.
func (c *call) refuseFile(name string, err error) error {
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	for _, e := range list {
		say(c.Err, "%s: %v", name, e)
	}
	return errFound
}

// scored is one score of one group as it is printed. A score that nobody has
// is null, and so is an interval that cannot be given.
type scored struct {
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	N     int      `json:"n"`
}

type scoredGroup struct {
	Group  string   `json:"group"`
	N      int      `json:"n"`
	Scores []scored `json:"scores"`
}

// scoredBy is there only where groups were asked for.
type scoredBy struct {
	Column string        `json:"column"`
	Groups []scoredGroup `json:"groups"`
}

func (c *call) tellScores(in instrument.Instrument, all *score.Sample, groups []answeredBy, o scoreFlags) error {
	out := struct {
		Instrument string    `json:"instrument"`
		N          int       `json:"n"`
		Scores     []scored  `json:"scores"`
		By         *scoredBy `json:"by,omitempty"`
	}{Instrument: in.ID, N: all.People()}
	var err error
	if out.Scores, err = figures(in, all, o.level); err != nil {
		return err
	}
	small := 0
	if o.by != "" {
		out.By = &scoredBy{Column: o.by, Groups: []scoredGroup{}}
	}
	for _, g := range groups {
		list, err := figures(in, g.people, o.level)
		if err != nil {
			return err
		}
		out.By.Groups = append(out.By.Groups, scoredGroup{g.name, g.people.People(), list})
		if g.people.People() < leastToPass {
			small++
		}
	}
	if small > 0 {
		say(c.Err, "groups of fewer than %d people: %d; pass their figures on to nobody", leastToPass, small)
	}
	if o.asJSON {
		return c.json(out)
	}
	low, high, _ := in.Series.Range()
	table := scoreTable{w: c.Out, low: low, high: high, level: o.level}
	pf(c.Out, "%s, version %d: %s\n", in.ID, in.Version, in.Title.In("en"))
	if err := table.write("Everybody", out.N, out.Scores); err != nil || out.By == nil {
		return err
	}
	for _, g := range out.By.Groups {
		name := g.Group
		if name == "" {
			name = "(none)"
		}
		if err := table.write(o.by+": "+name, g.N, g.Scores); err != nil {
			return err
		}
	}
	return nil
}

// leastToPass is the smallest group whose figures may be passed on.
const leastToPass = 10

// figures estimates every score of a group.
func figures(in instrument.Instrument, people *score.Sample, level float64) ([]scored, error) {
	list := make([]scored, len(in.Scores))
	for i, s := range in.Scores {
		f, err := figure(s, people.Values(i), level)
		if err != nil {
			return nil, fmt.Errorf("score %s: %w", s.ID, err)
		}
		list[i] = scored{ID: s.ID, Label: s.Label.In("en"), N: f.N}
		if f.N > 0 {
			list[i].Value = &f.Value
		}
		if f.HasInterval {
			list[i].Low, list[i].High = &f.Low, &f.High
		}
		if s.Level == instrument.OfScores && f.N > 0 {
			list[i].N = smallest(in, s, people)
		}
	}
	return list, nil
}

// figure estimates one score. Whoever has none is not in the sample at all, so
// that the interval is the plain t interval of those who have.
func figure(s instrument.Score, values []float64, level float64) (estimate.Figure, error) {
	values = slices.DeleteFunc(values, math.IsNaN)
	if s.Kind != instrument.Share {
		return estimate.Mean(estimate.Sample{Values: values}, level)
	}
	for i := range values {
		values[i] /= 100
	}
	f, err := estimate.Proportion(estimate.Sample{Values: values}, level)
	f.Value, f.Low, f.High = 100*f.Value, 100*f.Low, 100*f.High
	return f, err
}

// smallest is the number that stands beside a mean of sub-scores: the smallest
// of theirs, as the pulse is published.
func smallest(in instrument.Instrument, s instrument.Score, people *score.Sample) int {
	least := 0
	for i, part := range in.Scores {
		if !slices.Contains(s.Scores, part.ID) {
			continue
		}
		n := 0
		for _, v := range people.Values(i) {
			if !math.IsNaN(v) {
				n++
			}
		}
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// scoreTable prints scores for people: two decimals from a hundred answers and
// one below, intervals no further than the scale goes.
type scoreTable struct {
	w         io.Writer
	low, high float64
	level     float64
}

func (t scoreTable) write(title string, n int, list []scored) error {
	pf(t.w, "\n%s (%d people)\n", title, n)
	w := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	pf(w, "\tscore\tvalue\t%s%% interval\tn\n", strconv.FormatFloat(100*t.level, 'g', 4, 64))
	for _, s := range list {
		value, interval := "none", ""
		if s.Value != nil {
			value, interval = t.number(*s.Value, s.N), "not known"
		}
		if s.Low != nil {
			interval = t.number(max(*s.Low, t.low), s.N) + " to " + t.number(min(*s.High, t.high), s.N)
		}
		pf(w, "%s\t%s\t%s\t%s\t%d\n", s.ID, s.Label, value, interval, s.N)
	}
	return w.Flush()
}

func (t scoreTable) number(v float64, n int) string {
	decimals := 1
	if n >= 100 {
		decimals = 2
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// findInstrument finds an instrument that comes with the program by its ID, or
// reads one from a file.
func (c *call) findInstrument(name string) (instrument.Instrument, error) {
	if strings.ContainsAny(name, "./\\") {
		return c.instrumentFile(name, "")
	}
	in, err := instrument.Load(name)
	if err != nil {
		return in, fault.Errorf(fault.Invalid, "there is no instrument %q: `commonweal survey instruments` lists those that come with the program; a file is named with its ending, .json or .xlsx", name)
	}
	return in, nil
}
