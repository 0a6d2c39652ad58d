package cli

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/prove/published"
)

func publishedImportCommand() command {
	return command{
		name:  "published import",
		args:  "FILE...",
		about: "Import published NHS figures: workbooks, absence, directory",
		help: `Each FILE is a file as it was published, or a folder, in which every file that can be
read is imported and the others are named. What a file is follows from its content:

  NHS Staff Survey, organisations or England   .xlsx
  NHS sickness absence by month                .csv or .xlsx
  National Quarterly Pulse Survey              .csv or .xlsx
  hospital mortality (SHMI)                    .csv or .xlsx
  patients' friends-and-family test            .xlsm, .xlsx or .csv
  leavers and joiners                          .csv or .xlsx
  ratings of the Care Quality Commission       .csv or .xlsx
  accident and emergency attendances           .csv or .xlsx
  directory of trusts with their mergers       .csv

A newer file replaces the figures of the same kind and period; the same file or folder
again changes nothing. Rows that do not fit are left out and listed. The exit code is 1 if a
file could not be read at all; the other files are imported all the same.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation whose record they go to (default the one that has them already, else the platform, else the only mutual)")
			return func(c *call) error { return c.importPublished(&db, *org, c.args) }
		},
	}
}

func publishedListCommand() command {
	return command{
		name:  "published list",
		about: "List the imported files with what they held",
		help:  "With --rejected it lists, file by file, what did not fit and why.",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			rejected := f.Bool("rejected", false, "list what did not fit, with sheet, row and reason")
			return func(c *call) error {
				return c.inHouse(&db, func(h *house.House) error {
					list, err := h.Published.Imports(c.ctx)
					if err != nil {
						return err
					}
					if *rejected {
						return c.listRejected(h, list)
					}
					for _, i := range list {
						pf(c.Out, "%s\t%s\t%d values\t%d hidden\t%d rejected\t%s\t%s entry %d\t%s\n",
							i.Imported, i.Source.FileName, i.Values, i.Hidden, i.Rejected, inForce(i), i.Org, i.Entry, i.Source.Name)
					}
					return nil
				})
			}
		},
	}
}

func inForce(i published.Import) string {
	switch {
	case !i.InForce():
		return "replaced"
	case i.Kept < i.Values+i.Hidden:
		return "in part replaced"
	}
	return "in force"
}

func (c *call) listRejected(h *house.House, list []published.Import) error {
	for _, i := range list {
		_, rejections, err := h.Published.ImportByID(c.ctx, i.ID)
		if err != nil {
			return err
		}
		for _, r := range rejections {
			pf(c.Out, "%s: %s\n", i.Source.FileName, r)
		}
	}
	return nil
}

// publishedKeeper finds the organisation in whose record the imports go.
func (c *call) publishedKeeper(h *house.House, code string) (string, error) {
	if code == "" {
		keeper, err := h.PublishedKeeper(c.ctx)
		if err != nil || keeper != "" {
			return keeper, err
		}
	}
	return c.organisation(h, code)
}

// publishedFile is one file to import.
type publishedFile struct {
	path   string
	format published.Format
	found  bool // in a folder, not named by itself
}

// importPublished imports files and folders and says what came of each. It
// returns errFound if a file could not be read, once the others are in.
func (c *call) importPublished(db *database, org string, paths []string) error {
	return c.inHouse(db, func(h *house.House) error {
		keeper, err := c.publishedKeeper(h, org)
		if err != nil {
			return err
		}
		files, failed, err := c.publishedFiles(paths)
		if err != nil {
			return err
		}
		for _, f := range files {
			bad, err := c.badFile(c.importOne(h, keeper, f))
			if err != nil {
				return err
			}
			failed = failed || bad
		}
		if failed {
			return errFound
		}
		if len(files) == 0 {
			return fault.Errorf(fault.Invalid, "no published file is in %s", strings.Join(paths, ", "))
		}
		return nil
	})
}

// publishedFiles lists the files, and those in the folders. It reports whether one could
// not be read.
func (c *call) publishedFiles(paths []string) (files []publishedFile, failed bool, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			failed = true
			say(c.Err, "%s cannot be read: %v", path, err)
		case info.IsDir():
			found, damaged, err := c.publishedIn(path)
			if err != nil {
				return nil, false, err
			}
			failed = failed || damaged
			files = append(files, found...)
		default:
			files = append(files, publishedFile{path: path})
		}
	}
	return files, failed, nil
}

// badFile says what is wrong with one file of several, so that the others go on; anything
// else that went wrong it gives back.
func (c *call) badFile(err error) (bad bool, other error) {
	var wrong *fault.Error
	if err == nil {
		return false, nil
	}
	if c.ctx.Err() != nil || errors.As(err, &wrong) && wrong.Kind != fault.Invalid {
		return false, err
	}
	say(c.Err, "%v", err)
	return true, nil
}

// publishedIn finds the files in a folder that can be read, in the order in
// which they are best imported, and names those that it passes over. It reports
// whether a workbook among them was damaged: that may be one that was meant.
func (c *call) publishedIn(folder string) (found []publishedFile, damaged bool, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".") && path != folder {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		format, err := detect(path)
		if err != nil {
			say(c.Err, "passed over: %v", err)
			damaged = damaged || !errors.Is(err, published.ErrUnknown) && strings.EqualFold(filepath.Ext(path), ".xlsx")
			return nil
		}
		found = append(found, publishedFile{path, format, true})
		return c.ctx.Err()
	})
	// Names first, so that what follows has them; then by path, so that of two
	// files of one kind the one with the later name stands.
	order := func(f published.Format) int { return slices.Index(published.Formats(), f) }
	sort.SliceStable(found, func(a, b int) bool { return order(found[a].format) < order(found[b].format) })
	return found, damaged, err
}

func detect(path string) (format published.Format, err error) {
	f, closer, err := published.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	return published.Detect(f)
}

// rejectionsTold is how many rejections the terminal is given; the rest are in
// the list.
const rejectionsTold = 10

func (c *call) importOne(h *house.House, keeper string, file publishedFile) (err error) {
	f, closer, err := published.Open(file.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	if file.found {
		// A folder loaded again must not bring back what a later file of it replaced.
		before, had, err := h.Published.Had(c.ctx, f)
		if err != nil {
			return err
		}
		if had && !before.InForce() {
			pf(c.Out, "%s: imported on %s and replaced since, nothing was changed; name the file itself to bring it back\n", f.Name, day(before.Imported))
			return nil
		}
	}
	var watch func(int)
	if c.Terminal {
		pf(c.Err, "%s: reading", f.Name)
		watch = func(figures int) { pf(c.Err, "\r%s: %d figures read", f.Name, figures) }
	}
	out, err := h.Published.Import(c.ctx, "setup", keeper, f, watch)
	if c.Terminal {
		pf(c.Err, "\r\033[K")
	}
	if err != nil {
		return err
	}
	if out.Unchanged {
		pf(c.Out, "%s: imported already on %s, nothing was changed\n", f.Name, day(out.Import.Imported))
		return nil
	}
	i := out.Import
	pf(c.Out, "%s: %s: %d values, %d hidden, %d rejected; entry %d of %s\n", f.Name, i.Source.Name, i.Values, i.Hidden, i.Rejected, i.Entry, i.Org)
	if out.Revised > 0 {
		pf(c.Out, "  %s something else than before; what was said before is kept\n", plural(out.Revised, "figure says", "figures say"))
	}
	for _, r := range out.Replaced {
		if r.InForce() {
			pf(c.Out, "  replaces part of %s\n", r.Source.FileName)
		} else {
			pf(c.Out, "  replaces %s\n", r.Source.FileName)
		}
	}
	for n, r := range out.Rejections {
		if n == rejectionsTold {
			pf(c.Out, "  and %d more; `commonweal published list --rejected` lists them\n", len(out.Rejections)-n)
			break
		}
		pf(c.Out, "  rejected: %s\n", r)
	}
	return nil
}

// day is the day of a stored instant.
func day(stamp string) string {
	d, _, _ := strings.Cut(stamp, "T")
	return d
}
