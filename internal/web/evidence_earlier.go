package web

import (
	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

// earlierPart is what was published of an organisation before its figures were revised.
type earlierPart struct {
	Table *page.Table
	Same  string // of revisions that the figures as shown do not tell apart
}

// earlierPart lists each figure that a later file says otherwise, beside what stands now.
func (v *visit) earlierPart(o published.Listed) (p earlierPart, err error) {
	measures := append(evidenceMeasures(), published.AbsenceRate)
	by, ids := map[string]published.Measure{}, make([]string, len(measures))
	for i, m := range measures {
		by[m.ID], ids[i] = m, m.ID
	}
	list, err := v.house.Published.Revisions(v.ctx, o.ODS, ids...)
	if err != nil {
		return p, err
	}
	t := page.Table{Caption: "What was published before", Shape: page.Scrolled, Columns: []page.Column{
		{Head: "Measure"}, {Head: "Of"}, {Head: "It said", Number: true}, {Head: "It says now", Number: true}, {Head: "Said anew in", Wide: true},
	}}
	same := 0
	for _, r := range list {
		m := by[r.Measure]
		was, now := revisedWord(m, r.Was), revisedWord(m, r.Now)
		if r.Gone {
			now = "nothing"
		}
		if was == now {
			same++
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: m.Label}, {Text: r.Period.String()}, {Text: was}, {Text: now, Kind: page.Strong}, {Text: r.By + ", loaded " + v.moment(r.On)}})
	}
	if len(t.Rows) > 0 {
		p.Table = &t
	}
	if same > 0 {
		p.Same = count(same, "figure", "figures") + " came again in a later file with more or fewer digits, and what is shown here is the same."
	}
	return p, nil
}

func revisedWord(m published.Measure, v published.Value) string {
	if v.Suppressed {
		return hiddenWord
	}
	return m.Format(v.Value, v.Base)
}
