package study

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/panel"
)

// Fault is one thing that is wrong with a specification.
type Fault struct {
	Field string // as it stands in the JSON: "outcomes[0].column"
	Says  string // what is wrong and what to do
}

func (f Fault) String() string { return f.Field + ": " + f.Says }

var codePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check names everything that is wrong with a specification. A sound one has no faults.
func (s Spec) Check() []Fault {
	c := &checking{}
	c.that(s.V == Version, "v", "is %d, and this program reads %d", s.V, Version)
	c.that(codePattern.MatchString(s.Code) && len(s.Code) <= 60 && s.Code != "new", "code", "%q is not small letters, digits and hyphens (and not the word new)", s.Code)
	c.text("title", s.Title)
	c.text("question", s.Question)
	c.text("data.source", s.Data.Source)
	c.text("data.seen", s.Data.Seen)
	c.that(!s.Data.Library || len(s.Pool.Where) == 0 && len(s.Subgroups) == 0, "data.library", "has no columns to choose rows by: name the units of the pool")
	c.text("unit", s.Unit)
	c.text("time", s.Time)
	c.that(s.Unit != s.Time || s.Unit == "", "time", "is the same heading as unit")
	c.outcomes(s)
	c.treatment(s)
	c.window("window", s.Window)
	c.text("pool.rule", s.Pool.Rule)
	c.names("pool.units", s.Pool.Units)
	c.conditions("pool.where", s.Pool.Where)
	c.conditions("subgroups", s.Subgroups)
	c.that(len(s.Subgroups) <= maxGroups, "subgroups", "are %d: %d at most", len(s.Subgroups), maxGroups)
	c.specification("primary", s, s.Primary)
	c.that(len(s.Also) <= maxAlso, "also", "holds %d specifications: %d at most", len(s.Also), maxAlso)
	seen := map[string]bool{s.Primary.Name: true}
	for i, other := range s.Also {
		at := fmt.Sprintf("also[%d]", i)
		c.specification(at, s, other)
		c.that(!seen[other.Name], at+".name", "%q stands twice: no one could tell them apart", other.Name)
		seen[other.Name] = true
	}
	c.that(s.Correction == Holm || s.Correction == BH, "correction", "%q is neither holm nor bh", s.Correction)
	alpha, err := strconv.ParseFloat(s.Alpha, 64)
	c.that(err == nil && alpha > 0 && alpha <= 0.1 && plainDecimal(s.Alpha), "alpha", "%q is not a decimal above 0 and up to 0.1, written as text: \"0.05\"", s.Alpha)
	smallest, err := strconv.ParseFloat(s.Power.Smallest, 64)
	c.that(err == nil && smallest > 0 && plainDecimal(s.Power.Smallest), "power.smallest", "%q is not a decimal above 0, written as text: say which size would matter", s.Power.Smallest)
	if s.Power.Margin != "" {
		margin, err := strconv.ParseFloat(s.Power.Margin, 64)
		c.that(err == nil && margin > 0 && plainDecimal(s.Power.Margin), "power.margin", "%q is not a decimal above 0, written as text", s.Power.Margin)
		c.that(margin <= smallest, "power.margin", "%s is more than %s, which would matter: a margin is a size too small to matter", s.Power.Margin, s.Power.Smallest)
	}
	if h := s.Power.History; h != nil {
		c.that(h.From < h.Cut && h.Cut <= h.To, "power.history", "%d, %d, %d are not in order: from, before cut, up to to", h.From, h.Cut, h.To)
		c.that(s.Treatment != nil, "power.history", "belongs to a study of a treatment")
	}
	if s.Treatment != nil {
		c.that(s.Power.Sites >= 1 && s.Power.Sites <= maxNames, "power.sites", "%d is not the number of treated units expected", s.Power.Sites)
	}
	c.text("stopping", s.Stopping)
	c.that(s.Seed >= 1 && s.Seed <= maxSeed, "seed", "%d is not a whole number from 1 to %d", s.Seed, int64(maxSeed))
	c.text("what_would_change_our_mind", s.MindChange)
	for _, stated := range []struct{ field, text string }{
		{"anticipation", s.Stated.Anticipation},
		{"spillover", s.Stated.Spillover},
		{"mergers", s.Stated.Mergers},
		{"missing", s.Stated.Missing},
		{"other_policies", s.Stated.OtherPolicies},
		{"measurement", s.Stated.Measurement},
	} {
		c.text("stated."+stated.field, stated.text)
	}
	return c.faults
}

// Sound refuses a specification with faults, naming each.
func (s Spec) Sound() error {
	faults := s.Check()
	if len(faults) == 0 {
		return nil
	}
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = f.String()
	}
	return fault.Errorf(fault.Invalid, "the specification has %d faults: %s", len(faults), strings.Join(lines, "; "))
}

type checking struct{ faults []Fault }

func (c *checking) that(ok bool, field, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, Fault{field, fmt.Sprintf(format, args...)})
	}
}

func (c *checking) text(field, text string) {
	c.that(strings.TrimSpace(text) != "", field, "is missing")
	c.that(len(text) <= maxText, field, "has %d bytes: %d at most", len(text), maxText)
	c.that(!strings.ContainsFunc(text, notText), field, "holds characters that are not text")
}

func notText(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == '\ufffd' }

func (c *checking) names(field string, list []string) {
	c.that(len(list) <= maxNames, field, "are %d: %d at most", len(list), maxNames)
	seen := map[string]bool{}
	for _, name := range list {
		c.that(name == strings.TrimSpace(name) && name != "", field, "holds %q, with white space about it or nothing in it", name)
		c.that(!strings.ContainsFunc(name, notText), field, "holds %q, which has characters that are not text", name)
		c.that(!seen[name], field, "has %q twice", name)
		seen[name] = true
	}
}

func (c *checking) outcomes(s Spec) {
	c.that(len(s.Outcomes) > 0 && len(s.Outcomes) <= maxOutcomes, "outcomes", "are %d: one to %d", len(s.Outcomes), maxOutcomes)
	columns, names := map[string]bool{}, map[string]bool{}
	for i, o := range s.Outcomes {
		at := fmt.Sprintf("outcomes[%d].", i)
		c.text(at+"name", o.Name)
		c.text(at+"column", o.Column)
		c.that(!columns[o.Column] && !names[o.Name], at+"column", "%q or its name stands twice", o.Column)
		columns[o.Column], names[o.Name] = true, true
		c.that(o.Column != s.Unit && o.Column != s.Time && o.Column != s.Exposure || o.Column == "", at+"column", "%q is something else already", o.Column)
		c.that(o.Better == Up || o.Better == Down || o.Better == Neutral, at+"better", "%q is neither up, down nor neutral", o.Better)
		c.that(o.Measure == "" || len(o.Measure) <= 60 && codePattern.MatchString(o.Measure), at+"measure", "%q is not the code of a measure", o.Measure)
		c.that(o.Covers == 1, at+"covers", "is %d. It must be 1: values that cover several times overlap, and carry what was before the start into the time after it. Take one value of each stretch", o.Covers)
	}
}

func (c *checking) treatment(s Spec) {
	t := s.Treatment
	if t == nil {
		c.that(s.Exposure != "", "exposure", "is missing, and so is treatment: one is needed")
		c.text("exposure", s.Exposure)
		return
	}
	c.that(s.Exposure == "", "exposure", "and treatment are both given: a study has one")
	c.text("treatment.name", t.Name)
	ways := 0
	for _, given := range []bool{t.Starts != "", t.Switch != "", len(t.Units) > 0} {
		if given {
			ways++
		}
	}
	c.that(ways == 1, "treatment", "needs one of starts, switch and units")
	c.that((len(t.Units) > 0) == (t.From != 0), "treatment.from", "goes with named units, and only with them")
	c.names("treatment.units", t.Units)
	if len(t.Units) > 0 {
		c.that(t.From > s.Window.From && t.From <= s.Window.To, "treatment.from", "%d leaves nothing before or nothing after it in the window %d to %d", t.From, s.Window.From, s.Window.To)
		for _, u := range t.Units {
			c.that(len(s.Pool.Units) == 0 || slices.Contains(s.Pool.Units, u), "treatment.units", "%q is not in the pool", u)
		}
	}
}

func (c *checking) window(field string, w Window) {
	c.that(w.From > 0 && w.From < w.To, field, "from %d to %d holds fewer than two times", w.From, w.To)
}

func (c *checking) conditions(field string, list []Condition) {
	for i, one := range list {
		at := fmt.Sprintf("%s[%d].", field, i)
		c.text(at+"column", one.Column)
		c.text(at+"value", one.Value)
	}
}

func (c *checking) specification(at string, s Spec, p Specification) {
	c.text(at+".name", p.Name)
	c.that(len(p.Why) <= maxText, at+".why", "is too long")
	switch p.Method {
	case FixedEffects:
	case Mundlak:
		c.that(s.Exposure != "", at+".method", "mundlak takes an exposure, and not a treatment")
	case Staggered, SunAbraham, Synthetic, SyntheticDiD, Interrupted, Chance:
		c.that(s.Treatment != nil, at+".method", "%s takes a treatment, and not an exposure", p.Method)
	default:
		c.that(false, at+".method", "%q is none of fe, mundlak, cs, sunab, sc, sdid, its and ri", p.Method)
	}
	only := func(field string, given bool, methods ...Method) {
		c.that(!given || slices.Contains(methods, p.Method), at+"."+field, "does not go with %s", p.Method)
	}
	only("errors", p.Errors != "", FixedEffects)
	only("effects", len(p.Effects) > 0, FixedEffects)
	only("weights", p.Weights != "", FixedEffects)
	only("covariates", len(p.Covariates) > 0, FixedEffects, Staggered, SunAbraham)
	only("against", p.Against != "", Staggered)
	only("population", p.Population != "", Interrupted)
	only("harmonics", p.Harmonics != 0, Interrupted)
	only("lags", p.Lags != 0, Interrupted)
	only("draws", p.Draws != 0, Chance)
	c.that(slices.Contains([]string{"", "iid", "robust", "clustered", "two-way"}, p.Errors), at+".errors", "%q is none of iid, robust, clustered and two-way", p.Errors)
	for _, e := range p.Effects {
		c.that(e == "unit" || e == "time" || e == "none" && len(p.Effects) == 1, at+".effects", "%q is neither unit nor time, nor none alone", e)
	}
	c.that(len(p.Effects) < 2 || p.Effects[0] != p.Effects[1] && len(p.Effects) == 2, at+".effects", "hold one effect twice")
	c.names(at+".covariates", p.Covariates)
	c.that(slices.Contains([]string{"", "never", "not-yet"}, p.Against), at+".against", "%q is neither never nor not-yet", p.Against)
	c.that(p.Harmonics >= 0 && p.Harmonics <= 5 && (p.Harmonics == 0 || p.Population != ""), at+".harmonics", "%d: up to 5, and with counts (population)", p.Harmonics)
	c.that(p.Lags >= 0 && p.Lags <= 24, at+".lags", "%d is not from 0 to 24", p.Lags)
	c.that(p.Draws == 0 || p.Draws >= panel.Least && p.Draws <= maxDraws, at+".draws", "%d is not from %d to %d", p.Draws, panel.Least, maxDraws)
	c.that(p.Method != Interrupted || s.Treatment == nil || len(s.Treatment.Units) == 1 || s.Treatment.Units == nil, at+".method", "its takes one treated unit")
	if p.Window != nil {
		c.window(at+".window", *p.Window)
	}
}

// plainDecimal reports whether text is a decimal in its shortest form: 0.05, not 5e-2 or
// 0.050, so that one number has one form.
func plainDecimal(text string) bool {
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && strconv.FormatFloat(v, 'f', -1, 64) == text
}
