package house

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/staff"
)

// Employers are the organisations whose staff lists may be loaded for an
// organisation: itself, the one it came out of, its parents where it is a joint
// venture, and those of which a list has been loaded.
func (h *House) Employers(ctx context.Context, org string) ([]identity.Organisation, error) {
	own, err := h.Identity.Organisation(ctx, org)
	if err != nil {
		return nil, err
	}
	out, seen := []identity.Organisation{own}, map[string]bool{org: true}
	codes := []string{own.Parent}
	parents, err := h.Ventures.Parents(ctx, org)
	if err != nil {
		return nil, err
	}
	for _, p := range parents {
		codes = append(codes, p.Org)
	}
	counts, err := h.Staff.Counts(ctx, staff.Filter{Org: org}, staff.ByEmployer)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		codes = append(codes, c.Name)
	}
	for _, code := range codes {
		if code == "" || seen[code] {
			continue
		}
		seen[code] = true
		o, err := h.Identity.Organisation(ctx, code)
		if fault.Is(err, fault.NotFound) {
			continue // a parent that is not on this machine loads no list here
		}
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
