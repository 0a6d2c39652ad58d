package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// setup is who acts for a command.
const setup = "setup"

// waves are the flags of every command about waves.
type waves struct {
	database
	org string
}

func (w *waves) declare(f *flag.FlagSet) {
	w.database.declare(f)
	w.declareAnswers(f)
	f.StringVar(&w.org, "org", "", "`code` of the organisation")
}

// open opens the house and finds the organisation.
func (w *waves) open(c *call) (*house.House, string, error) {
	h, err := w.house(c, false, house.Options{})
	if err != nil {
		return nil, "", err
	}
	org, err := c.organisation(h, w.org)
	if err != nil {
		return nil, "", errors.Join(err, h.Close())
	}
	return h, org, nil
}

// waveCommand makes a command that works on one wave, named by its code.
func waveCommand(name, about, help string, flags func(f *flag.FlagSet) func(c *call, h *house.House, w wave.Wave) error) command {
	return command{
		name: name, args: "CODE", about: about, help: help,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var where waves
			where.declare(f)
			run := flags(f)
			return func(c *call) (err error) {
				h, org, err := where.open(c)
				if err != nil {
					return err
				}
				defer leave(h, &err)
				w, err := h.Waves.ByCode(c.ctx, org, c.args[0])
				if err != nil {
					return err
				}
				return run(c, h, w)
			}
		},
	}
}

// planFile is a plan as it stands in a file. Days are text.
type planFile struct {
	Code           string     `json:"code"`
	Title          string     `json:"title"`
	Kind           string     `json:"kind"`
	About          string     `json:"about"`
	Instrument     string     `json:"instrument"`
	Census         law.Date   `json:"census"`
	Opens          law.Date   `json:"opens"`
	Closes         law.Date   `json:"closes"`
	PaperUntil     law.Date   `json:"paper_until"`
	Whom           string     `json:"whom"`
	Minimum        int        `json:"minimum"`
	Comments       bool       `json:"comments"`
	CommentMinimum int        `json:"comment_minimum"`
	Languages      []string   `json:"languages"`
	Paper          bool       `json:"paper"`
	Weighting      string     `json:"weighting"`
	RemindOn       []law.Date `json:"remind_on"`
	KeepMonths     int        `json:"keep_months"`
	Teams          string     `json:"teams"`
	// Of a survey that is brought in.
	Source   string `json:"source"`
	Eligible string `json:"eligible"`
}

// readPlan reads a plan file. Files that it names stand beside it.
func readPlan(path string) (p wave.Plan, f planFile, err error) {
	raw, err := os.Open(path)
	if err != nil {
		return p, f, fault.Wrap(fault.Invalid, err, "the plan cannot be opened")
	}
	defer func() { _ = raw.Close() }()
	d := json.NewDecoder(io.LimitReader(raw, 1<<20))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return p, f, fault.Wrap(fault.Invalid, err, "the plan %s cannot be read", path)
	}
	in, err := askedIn(beside(path, f.Instrument, ".json", ".xlsx"))
	if err != nil {
		return p, f, err
	}
	p = wave.Plan{
		Code: f.Code, Title: f.Title, Kind: wave.Kind(f.Kind), About: f.About, Instrument: in, Census: f.Census, Opens: f.Opens, Closes: f.Closes,
		PaperUntil: f.PaperUntil, Whom: wave.Whom(f.Whom), Minimum: f.Minimum, Comments: f.Comments, CommentMinimum: f.CommentMinimum,
		Languages: f.Languages, Paper: f.Paper, Weighting: wave.Weighting(f.Weighting), RemindOn: f.RemindOn, KeepMonths: f.KeepMonths,
	}
	if f.Teams != "" {
		p.Rules, err = readTeams(beside(path, f.Teams, ""))
	}
	return p, f, err
}

// askedIn is the instrument of a plan: one that comes with the program, or a file.
func askedIn(name string) (instrument.Instrument, error) {
	if !strings.ContainsAny(name, "./\\") {
		in, err := instrument.Load(name)
		if err != nil {
			err = fault.Fieldf("instrument", "there is no instrument %q: `commonweal survey instruments` lists those that come with the program; a file is named with its ending, .json or .xlsx", name)
		}
		return in, err
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return instrument.Instrument{}, fault.Wrap(fault.Invalid, err, "the instrument %s cannot be opened", name)
	}
	var in instrument.Instrument
	if strings.HasSuffix(name, ".xlsx") {
		in, err = door.ReadXLSForm(bytes.NewReader(raw))
	} else {
		in, err = instrument.Read(raw)
	}
	if err != nil {
		err = fault.Wrap(fault.Invalid, err, "the instrument %s cannot be read", name)
	}
	return in, err
}

// beside is where a file is that another file names; a name without one of the endings is
// no file.
func beside(path, name string, endings ...string) string {
	for _, e := range endings {
		if name != "" && strings.HasSuffix(name, e) && !filepath.IsAbs(name) {
			at := filepath.Join(filepath.Dir(path), name)
			if !strings.ContainsAny(at, "/\\") {
				at = "./" + at
			}
			return at
		}
	}
	return name
}

func readTeams(path string) ([]wave.Rule, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file of teams cannot be opened")
	}
	defer func() { _ = f.Close() }()
	rules, wrong := wave.ReadRules(f)
	if len(wrong) > 0 {
		lines := make([]string, len(wrong))
		for i, w := range wrong {
			lines[i] = w.String()
		}
		return nil, fault.Errorf(fault.Invalid, "the file of teams %s: %s", path, strings.Join(lines, "; "))
	}
	return rules, nil
}

func surveyWavePlanCommand() command {
	return command{
		name:  "survey wave plan",
		args:  "FILE",
		about: "Make the draft of a survey from a plan, or change it, and say whom it would ask",
		help: `FILE is JSON; the manual has every field. Nothing of a draft is fixed: give the plan again
to change it. Then open it with commonweal survey wave open.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var where waves
			where.declare(f)
			asJSON := f.Bool("json", false, "print as JSON")
			return func(c *call) (err error) {
				p, file, err := readPlan(c.args[0])
				if err != nil {
					return err
				}
				if file.Source != "" || file.Eligible != "" {
					return usagef("a plan with a source is of a survey that somebody else asked: bring it in with commonweal survey wave import")
				}
				h, org, err := where.open(c)
				if err != nil {
					return err
				}
				defer leave(h, &err)
				w, err := h.Waves.ByCode(c.ctx, org, p.Code)
				switch {
				case fault.Is(err, fault.NotFound):
					if w.ID, err = h.Waves.Draft(c.ctx, setup, org, p); err != nil {
						return err
					}
				case err != nil:
					return err
				default:
					if err := h.Waves.Change(c.ctx, setup, org, w.ID, p); err != nil {
						return err
					}
				}
				look, err := h.Waves.Foresee(c.ctx, org, w.ID)
				if err != nil {
					return err
				}
				if *asJSON {
					return printJSON(c.Out, look)
				}
				pf(c.Out, "%s: a draft that would ask %d people in %d units and %d staff groups\n", p.Code, look.Eligible, len(look.Units)-1, len(look.Groups))
				for _, u := range look.Units[1:] {
					indent := "  "
					if u.Level == wave.Team && u.PartOf != wave.Whole {
						indent = "    "
					}
					pf(c.Out, "%s%s\t%d\n", indent, u.Name, u.Eligible)
				}
				if look.Unplaced > 0 {
					pf(c.Out, "  in no team\t%d\n", look.Unplaced)
				}
				for _, m := range look.Missing {
					say(c.Err, "%s", m)
				}
				return nil
			}
		},
	}
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func surveyWaveOpenCommand() command {
	return waveCommand("survey wave open", "Call a survey: fix everything about it, and open it on its first day",
		`Takes the census, makes the key and puts the notice into the record. After this nobody
changes the survey; it can only be abandoned, on the pages. On its first day it opens, and
everybody who is asked is told: at once where the day has come, else by the server.`,
		func(*flag.FlagSet) func(*call, *house.House, wave.Wave) error {
			return func(c *call, h *house.House, w wave.Wave) (err error) {
				if w.Stage(c.World.Now()) == wave.Draft {
					err = h.CallWave(c.ctx, setup, w.Org, w.ID)
				} else {
					err = h.OpenWave(c.ctx, w.Org, w.ID)
				}
				if err != nil {
					return err
				}
				if w, err = h.Waves.Wave(c.ctx, w.Org, w.ID); err != nil {
					return err
				}
				pf(c.Out, "%s is %s: %d people are asked, from %s to %s\nnotice %s\nkey    %s\n", w.Code, w.Stage(c.World.Now()).Words(), w.Eligible, w.Opens, w.Closes, w.NoticeHash, w.KeyHash)
				return nil
			}
		})
}

func surveyWaveCloseCommand() command {
	return waveCommand("survey wave close", "Count the last passes of a survey whose last day is past",
		`The server does it by itself within an hour. After it the private key is destroyed, no
answer is taken, and the results can be released. Again it changes nothing.`,
		func(*flag.FlagSet) func(*call, *house.House, wave.Wave) error {
			return func(c *call, h *house.House, w wave.Wave) error {
				if err := h.CloseWave(c.ctx, w.Org, w.ID); err != nil {
					return err
				}
				w, err := h.Waves.Wave(c.ctx, w.Org, w.ID)
				if err != nil {
					return err
				}
				count, err := h.Waves.Counts(c.ctx, w.Org, w.ID)
				if err != nil {
					return err
				}
				pf(c.Out, "%s is closed: %d were asked, %d passes and slips issued, %d passes spent, %d answers\n", w.Code, w.Eligible, count.Issued, count.Spent, w.Answers)
				return nil
			}
		})
}

func surveyWaveReleaseCommand() command {
	return waveCommand("survey wave release", "Release the results of a survey, when nothing hidden can be worked out",
		`Scores the answers, hides what would give anybody away, and attacks what is left together
with everything released before. Refused where anything hidden is found. It is done once.`,
		func(f *flag.FlagSet) func(*call, *house.House, wave.Wave) error {
			rehearse := f.Bool("rehearse", false, "make and attack the release, and store nothing")
			asJSON := f.Bool("json", false, "print the certificate as JSON")
			return func(c *call, h *house.House, w wave.Wave) error {
				said := "would be released"
				if !*rehearse {
					if _, err := h.ReleaseWave(c.ctx, setup, w.Org, w.ID); err != nil {
						return err
					}
					said = "is released"
				}
				_, certificate, err := released(c, h, w, *rehearse)
				if err != nil {
					return err
				}
				if *asJSON {
					return printJSON(c.Out, certificate)
				}
				pf(c.Out, "%s %s: %d of %d cells shown; %d hidden quantities attacked as flows of %d networks and with %d linear programmes, together with %d earlier releases, and none found\n",
					w.Code, said, certificate.Shown.Cells, certificate.Shown.Cells+certificate.Hidden.Cells, certificate.Effort.Quantities, certificate.Effort.Networks, certificate.Effort.Programmes, len(certificate.Earlier))
				return nil
			}
		})
}

func surveyWaveListCommand() command {
	return command{
		name:  "survey wave list",
		about: "List the surveys, with where they stand",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var where waves
			where.declare(f)
			asJSON := f.Bool("json", false, "print as JSON")
			return func(c *call) (err error) {
				h, org, err := where.open(c)
				if err != nil {
					return err
				}
				defer leave(h, &err)
				list, err := h.Waves.List(c.ctx, org)
				if err != nil {
					return err
				}
				type line struct {
					Code, Title, Kind, Stage, Opens, Closes, Source string
					Eligible, Answers                               int
				}
				lines := []line{}
				for _, w := range list {
					l := line{
						Code: w.Code, Title: w.Title, Kind: string(w.Kind), Stage: string(w.Stage(c.World.Now())), Opens: w.Opens.String(), Closes: w.Closes.String(),
						Source: w.Source, Eligible: w.Eligible,
					}
					if !w.Settled.IsZero() {
						l.Answers = w.Answers
					}
					lines = append(lines, l)
				}
				if *asJSON {
					return printJSON(c.Out, lines)
				}
				for _, l := range lines {
					pf(c.Out, "%s\t%s\t%s to %s\t%d asked\t%d answers\t%s\n", l.Code, l.Stage, l.Opens, l.Closes, l.Eligible, l.Answers, l.Title)
				}
				return nil
			}
		},
	}
}

// readEligible reads how many were asked in a survey that somebody else held, by team and
// staff group: CSV with the headings unit, staff_group and eligible.
func readEligible(path string, units []wave.Unit, groups func(string) string) (out []wave.Stratum, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file of those who were asked cannot be opened")
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(io.LimitReader(f, 1<<20)).ReadAll()
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s cannot be read", path)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != "unit,staff_group,eligible" {
		return nil, fault.Errorf(fault.Invalid, "%s: row 1: the headings are unit,staff_group,eligible", path)
	}
	code := map[string]string{"": ""}
	for _, u := range units {
		code[strings.ToLower(u.Code)], code[strings.ToLower(u.Name)] = u.Code, u.Code
	}
	sum := map[wave.Stratum]int{}
	var order []wave.Stratum
	for i, row := range rows[1:] {
		unit, ok := code[strings.ToLower(row[0])]
		n, err := strconv.Atoi(row[2])
		switch {
		case !ok:
			return nil, fault.Errorf(fault.Invalid, "%s: row %d, unit: there is no team %q: give it a rule in the file of teams", path, i+2, row[0])
		case err != nil || n < 0:
			return nil, fault.Errorf(fault.Invalid, "%s: row %d, eligible: %q is no number of people", path, i+2, row[2])
		}
		at := wave.Stratum{Unit: unit, Group: groups(row[1])}
		if _, seen := sum[at]; !seen {
			order = append(order, at)
		}
		sum[at] += n
	}
	for _, at := range order {
		out = append(out, wave.Stratum{Unit: at.Unit, Group: at.Group, Eligible: sum[at]})
	}
	return out, nil
}
