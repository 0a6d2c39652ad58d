package wave

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/survey/token"
)

// Audit makes everything about a wave anew that follows from something else, and says in
// sentences what does not agree: the hashes in the notice, the census, and that no more
// passes are spent than issued, nor issued than there are people asked.
func (s *Service) Audit(ctx context.Context, org, id string) (out []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = AuditIn(ctx, tx, org, id)
		return err
	})
	return out, err
}

// AuditAll is [AuditIn] for every wave of an organisation, each sentence with the wave's
// code before it.
func AuditAll(ctx context.Context, tx *db.Tx, org string) (out []string, err error) {
	list, err := waves(ctx, tx, org, "")
	if err != nil {
		return nil, err
	}
	for _, w := range list {
		found, err := auditWave(ctx, tx, w)
		if err != nil {
			return nil, fmt.Errorf("audit survey %s: %w", w.Code, err)
		}
		for _, text := range found {
			out = append(out, "survey "+w.Code+": "+text)
		}
	}
	return append(out, auditReleases(ctx, tx, org, list)...), nil
}

// AuditIn is [Service.Audit] as part of a transaction: of the house's database, or of the
// tables of a bundle of the record that were filled again.
func AuditIn(ctx context.Context, tx *db.Tx, org, id string) ([]string, error) {
	w, err := one(ctx, tx, org, id)
	if err != nil {
		return nil, err
	}
	return auditWave(ctx, tx, w)
}

// audit gathers sentences.
type audit struct{ found []string }

func (a *audit) expect(ok bool, format string, args ...any) {
	if !ok {
		a.found = append(a.found, fmt.Sprintf(format, args...))
	}
}

func auditWave(ctx context.Context, tx *db.Tx, w Wave) ([]string, error) {
	if w.Called.IsZero() {
		return nil, nil
	}
	var a audit
	hash, err := w.Instrument.Hash()
	if err != nil {
		return nil, err
	}
	a.expect(hash == w.InstrumentHash, "The questionnaire has the hash %s, and the notice names %s.", hash, w.InstrumentHash)
	notice, err := w.notice()
	if err != nil {
		return nil, err
	}
	a.expect(bytes.Equal(notice, w.Notice), "The notice is not what the plan of the survey makes.")
	a.expect(hashOf(w.Notice) == w.NoticeHash, "The notice has the hash %s, and was called with %s.", hashOf(w.Notice), w.NoticeHash)
	parts, err := strata(ctx, tx, w.Org, w.ID)
	if err != nil {
		return nil, err
	}
	units, groups := tally(w.Units, w.Groups, parts)
	a.expect(slices.Equal(units, w.Units) && slices.Equal(groups, w.Groups), "The number of those asked by team and staff group does not add up to units and groups.")
	if w.BroughtIn() {
		return a.found, nil
	}
	_, err = token.ParsePublic(w.Key, w.KeyHash)
	a.expect(err == nil, "The key of the notice does not have the hash that stands beside it.")
	return a.found, a.people(ctx, tx, w, parts)
}

// people looks at who is asked, who has a pass, and how many are spent.
func (a *audit) people(ctx context.Context, tx *db.Tx, w Wave, parts []Stratum) error {
	list, err := seats(ctx, tx, w.Org, w.ID)
	if err != nil {
		return err
	}
	a.expect(censusHash(list) == w.CensusHash, "Those who are asked are not those of the census in the notice.")
	a.expect(len(list) == w.Eligible, "%d people are asked, and the notice says %d.", len(list), w.Eligible)
	count := map[Stratum]int{}
	asked := map[string]bool{}
	for _, x := range list {
		asked[x.Person] = true
		count[Stratum{Unit: x.Unit, Group: x.Group}]++
	}
	for _, p := range parts {
		key := Stratum{Unit: p.Unit, Group: p.Group}
		a.expect(count[key] == p.Eligible, "In team %q and staff group %q %d people are asked, and %d are counted.", p.Unit, p.Group, count[key], p.Eligible)
		delete(count, key)
	}
	a.expect(len(count) == 0, "People are asked in teams and staff groups that are not counted.")
	issued, slips := 0, 0
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var person, way string
		err := rows.Scan(&person, &way)
		issued++
		if way == bySlip {
			slips++
		}
		a.expect(asked[person], "Person %s has a pass and is not asked.", person)
		return err
	}, `SELECT person_id, way FROM token_issued WHERE org_id = ? AND wave_id = ? ORDER BY id`, w.Org, w.ID)
	if err != nil {
		return err
	}
	made := 0
	for _, k := range w.Stacks {
		made += k.Slips
	}
	a.expect(slips <= made, "%d paper slips are given, and %d were made.", slips, made)
	a.expect(issued <= w.Eligible, "%d passes are issued to %d people.", issued, w.Eligible)
	found, err := batches(ctx, tx, w.Org, w.ID)
	if err != nil {
		return err
	}
	spent := map[string]bool{}
	n := 0
	for i, b := range found {
		n += len(b.Hashes)
		for _, h := range b.Hashes {
			spent[h] = true
		}
		a.expect(b.Number == i+1, "Batch %d of spent passes comes where %d should.", b.Number, i+1)
		a.expect(hashOf([]byte(batchText(b.Hashes))) == b.SHA256, "Batch %d of spent passes does not have its hash.", b.Number)
		a.expect(slices.IsSorted(b.Hashes), "Batch %d of spent passes is not sorted: its order says something.", b.Number)
		last := i == len(found)-1 && !w.Settled.IsZero()
		a.expect(len(b.Hashes) >= leastBatch || last, "Batch %d has %d spent passes, fewer than %d.", b.Number, len(b.Hashes), leastBatch)
	}
	a.expect(n == len(spent), "A pass is counted twice: %d are spent, of which %d differ.", n, len(spent))
	a.expect(n <= issued, "%d passes are spent, and %d are issued.", n, issued)
	a.expect(w.Settled.IsZero() || w.Answers <= n, "%d answers came, and %d passes are spent.", w.Answers, n)
	return nil
}

func auditReleases(ctx context.Context, tx *db.Tx, org string, list []Wave) []string {
	var a audit
	all, err := releases(ctx, tx, org, true)
	if err != nil {
		return []string{"Releases cannot be read: " + err.Error()}
	}
	known := map[string]bool{}
	for _, w := range list {
		known[w.ID] = true
	}
	var ids []string
	for i, r := range all {
		a.expect(r.Number == i+1, "release %d comes where %d should.", r.Number, i+1)
		a.expect(known[r.Wave], "release %d is of no survey.", r.Number)
		a.expect(hashOf(r.Body) == r.SHA256, "release %d does not have its hash.", r.Number)
		a.expect(slices.Equal(r.TestedWith, ids), "release %d was not tested with every release before it.", r.Number)
		ids = append(ids, r.ID)
	}
	return a.found
}
