package cli

import (
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/prove/published"
)

// importLayout loads files of one published layout, or with dry says what would be kept.
func (c *call) importLayout(db *database, org string, layout published.Format, paths []string, dry bool) error {
	if !slices.Contains(published.Formats(), layout) {
		var names []string
		for _, f := range published.Formats() {
			names = append(names, string(f))
		}
		return usagef("there is no layout %q; they are %s", string(layout), strings.Join(names, ", "))
	}
	return c.inHouse(db, func(h *house.House) error {
		keeper, err := c.publishedKeeper(h, org)
		if err != nil {
			return err
		}
		failed := false
		for _, path := range paths {
			found, err := detect(path)
			switch {
			case err != nil:
			case found != layout:
				err = fault.Errorf(fault.Invalid, "%s is not of the layout %s: it is of %s", path, string(layout), string(found))
			case dry:
				err = c.tryPublished(h, path)
			default:
				err = c.importOne(h, keeper, publishedFile{path: path, format: layout})
			}
			bad, err := c.badFile(err)
			if err != nil {
				return err
			}
			failed = failed || bad
		}
		if failed {
			return errFound
		}
		return nil
	})
}

// tryPublished reads a file as an import would, and lists all that does not fit.
func (c *call) tryPublished(h *house.House, path string) (err error) {
	f, closer, err := published.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	report, rejected, err := h.Published.Try(c.ctx, f)
	if err != nil {
		return err
	}
	pf(c.Out, "%s: %s: %d values, %d hidden, %d rejected, %d rows passed over; nothing was kept\n",
		f.Name, report.Source.Name, report.Values, report.Suppressed, report.Rejected, report.Passed)
	for _, r := range rejected {
		pf(c.Out, "  rejected: %s\n", r)
	}
	return nil
}
