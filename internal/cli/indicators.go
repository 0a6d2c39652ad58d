package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/published"
)

func indicatorsImportCommand() command {
	return command{
		name:  "indicators import",
		args:  "[LAYOUT] FILE...",
		about: "Load figures: published ones by their layout, or one's own measure from CSV",
		help: `With a LAYOUT each FILE is as it was published, and goes to the published figures from
which measures are read. LAYOUT is one of absence, survey-organisations, survey-national,
pulse, shmi, friends, leavers, ratings, attendance, directory. Load the directory first:
it has the mergers.

With --indicator the one FILE is CSV with headings that the flags name. The measure is
defined already, on the evidence pages or by a program.

Rows that do not fit are left out and listed with the reason; the others go in. The newest
word on a period counts, and what was said before stays as its history. A file of one's own
that changes figures needs a --reason.

With --dry-run nothing is kept. Of a file of one's own it lists the figures that would be
corrected, with what they said before.

The exit code is 1 if nothing in a file fits.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			var u indicator.Upload
			org := f.String("org", "", "`code` of the organisation (default the only mutual; of published figures, whoever keeps them)")
			dry := f.Bool("dry-run", false, "read the files and say what would be kept, and what does not fit; keep nothing")
			f.StringVar(&u.Indicator, "indicator", "", "`code` of the measure")
			f.StringVar(&u.Columns.Period, "period", "period", "`heading` of the periods")
			f.StringVar(&u.Columns.Value, "value", "", "`heading` of the figures")
			f.StringVar(&u.Columns.Numerator, "numerator", "", "`heading` of what is counted")
			f.StringVar(&u.Columns.Denominator, "denominator", "", "`heading` of what it is out of")
			f.StringVar(&u.Columns.Organisation, "organisation", "", "`heading` of ODS codes, where the file is of several organisations")
			f.StringVar(&u.Columns.Part, "part", "", "`heading` of parts of one's own, where the file is by team, site or service")
			f.StringVar(&u.Reason, "reason", "", "`words` that say why figures of the measure are said anew, where the file changes any")
			return func(c *call) error {
				switch {
				case u.Indicator == "" && len(c.args) > 1:
					return c.importLayout(&db, *org, published.Format(c.args[0]), c.args[1:], *dry)
				case len(c.args) > 1:
					return usagef("--indicator is for one FILE; a LAYOUT has measures of its own")
				}
				return c.importIndicator(&db, *org, u, *dry)
			}
		},
	}
}

// importIndicator loads a file of one's own figures, or with dry says what would come of it.
func (c *call) importIndicator(db *database, code string, u indicator.Upload, dry bool) error {
	if u.Indicator == "" {
		return usagef("--indicator names the measure (`commonweal indicators list` lists them), or a LAYOUT stands before FILE")
	}
	return c.inOrganisation(db, code, func(h *house.House, org string) error {
		o, err := h.Identity.Organisation(c.ctx, org)
		if err != nil {
			return err
		}
		path := c.args[0]
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return fault.Wrap(fault.Invalid, err, "%s cannot be read", path)
		case info.Size() > indicator.MaxFile:
			return fault.Errorf(fault.Invalid, "%s has more than %d MB", path, indicator.MaxFile>>20)
		}
		if u.Content, err = os.ReadFile(path); err != nil {
			return fault.Wrap(fault.Invalid, err, "%s cannot be read", path)
		}
		u.FileName, u.ODS = filepath.Base(path), o.ODS
		if dry {
			return c.tryIndicator(h, org, u)
		}
		out, err := h.Indicators.Import(c.ctx, "setup", org, u)
		for _, r := range out.Rejections {
			pf(c.Out, "left out: %s\n", r)
		}
		if err != nil {
			return err
		}
		if out.Unchanged {
			pf(c.Out, "%s: loaded already on %s, nothing was changed\n", u.FileName, day(out.Imported))
			return nil
		}
		pf(c.Out, "%s: %s: %s kept, %d of which say something else than before, %s left out\n", u.FileName, u.Indicator,
			plural(out.Kept, "figure", "figures"), out.Revised, plural(out.Rejected, "row", "rows"))
		return nil
	})
}

// tryIndicator reads a file as an import would, and lists what does not fit and what would
// be corrected.
func (c *call) tryIndicator(h *house.House, org string, u indicator.Upload) error {
	out, err := h.Indicators.Try(c.ctx, org, u)
	for _, r := range out.Rejections {
		pf(c.Out, "left out: %s\n", r)
	}
	if err != nil {
		return err
	}
	if out.Unchanged {
		pf(c.Out, "%s: loaded already on %s, nothing would be changed\n", u.FileName, day(out.Imported))
		return nil
	}
	d, _, err := h.Indicators.One(c.ctx, org, u.Indicator)
	if err != nil {
		return err
	}
	for _, r := range out.Corrections {
		pf(c.Out, "corrected: %s\n", d.CorrectionWords(r))
	}
	pf(c.Out, "%s: %s: %s, %d of which say something else than before, %s left out; nothing was kept\n", u.FileName, u.Indicator,
		plural(out.Kept, "figure", "figures"), out.Revised, plural(out.Rejected, "row", "rows"))
	if out.Revised > 0 && strings.TrimSpace(u.Reason) == "" {
		pf(c.Out, "A file that corrects figures needs a --reason.\n")
	}
	return nil
}

func indicatorsListCommand() command {
	return command{
		name:  "indicators list",
		about: "List the measures of an organisation, its own and those read from elsewhere",
		help:  "A line a measure: code, revision, how often there is a figure, how many figures there are, where they come from, name.",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation (default the only mutual)")
			return func(c *call) error {
				return c.inOrganisation(&db, *org, func(h *house.House, code string) error {
					all, err := h.Indicators.List(c.ctx, code)
					if err != nil {
						return err
					}
					for _, d := range all {
						list, err := h.Indicators.Figures(c.ctx, code, d.Code)
						if err != nil {
							return err
						}
						pf(c.Out, "%s\trevision %d\teach %s\t%s\t%s\t%s\n", d.Code, d.N, d.Every, plural(len(list), "figure", "figures"), d.Source, d.Name)
					}
					return nil
				})
			}
		},
	}
}
