package cli

import (
	"flag"
	"os"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
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
