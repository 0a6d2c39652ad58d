package claim

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/panel"
)

// Recommended is how many of an organisation's staff would be happy with its care for a
// friend or relative: the friends-and-family question as staff are asked it.
type Recommended struct {
	ODS     string  `json:"ods"`
	Name    string  `json:"name"`
	Percent float64 `json:"percent"` // who agree, strongly or not, weighted as published
	Answers int     `json:"answers"`
	Low     float64 `json:"low"` // likely range
	High    float64 `json:"high"`
	// Beside is the kind of trust that it stands beside, with the middle of those.
	Beside string  `json:"beside"`
	Middle float64 `json:"middle"`
	Trusts int     `json:"trusts"`
}

const (
	workbookFile    = "NSS24-detailed-organisational-results.xlsx"
	communityTrusts = "Community Trusts"
)

// Friends reads the workbook of the staff survey and sets each mutual beside the trusts
// that do the same work; and the six community mutuals together against those trusts.
func Friends(ctx context.Context, data fs.FS) ([]Recommended, Apart, error) {
	f, err := data.Open(workbookFile)
	if err != nil {
		return nil, Apart{}, fmt.Errorf("the published data are needed: %w", err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, published.MaxFile+1))
	if err != nil {
		return nil, Apart{}, fmt.Errorf("%s: %w", workbookFile, err)
	}
	a := answers{groups: map[string]published.Organisation{}, percent: map[string]float64{}, base: map[string]int{}}
	if _, err := published.Read(ctx, published.File{Name: workbookFile, Content: bytes.NewReader(raw), Size: int64(len(raw))}, &a); err != nil {
		return nil, Apart{}, err
	}
	return a.mutuals()
}

// answers is a sink for the two options of the question that mean yes.
type answers struct {
	groups  map[string]published.Organisation
	percent map[string]float64
	base    map[string]int
}

func (*answers) Source(published.Source) error    { return nil }
func (*answers) Measure(published.Measure) error  { return nil }
func (*answers) Reject(published.Rejection) error { return nil }

// Organisation implements published.Sink.
func (a *answers) Organisation(o published.Organisation) error {
	if o.Scope == published.ScopeOrganisation && o.Group != "" {
		a.groups[o.ODS] = o
	}
	return nil
}

// Value implements published.Sink.
func (a *answers) Value(v published.Value) error {
	if (v.Measure == "nss2024.Q25d.agree" || v.Measure == "nss2024.Q25d.strongly-agree") && !v.Suppressed {
		a.percent[v.ODS] += v.Value
		a.base[v.ODS] = v.Base
	}
	return nil
}

func (a *answers) mutuals() ([]Recommended, Apart, error) {
	beside := map[string][]float64{}
	var names []string
	for ods, o := range a.groups {
		if a.base[ods] == 0 {
			continue
		}
		beside[o.Group] = append(beside[o.Group], a.percent[ods])
		names = append(names, ods)
	}
	slices.Sort(names)
	var out []Recommended
	var means []float64
	var mutual []bool
	for _, ods := range names {
		o := a.groups[ods]
		isMutual := published.IsMutual(o.Group)
		community := strings.HasSuffix(o.Group, "- Community")
		if isMutual && community || o.Group == communityTrusts {
			means, mutual = append(means, a.percent[ods]), append(mutual, isMutual)
		}
		if !isMutual {
			continue
		}
		r := Recommended{ODS: ods, Name: o.ShortName(), Percent: a.percent[ods], Answers: a.base[ods], Beside: communityTrusts}
		if !community {
			r.Beside = mentalHealthTrusts
		}
		r.Trusts = len(beside[r.Beside])
		r.Middle, _ = published.Median(beside[r.Beside])
		r.Low, r.High = wilson(r.Percent/100, float64(r.Answers))
		out = append(out, r)
	}
	together := Apart{Measure: "Would be happy with care for a friend"}
	for _, m := range mutual {
		if m {
			together.Mutuals++
		} else {
			together.Trusts++
		}
	}
	c, err := panel.Randomise(means, mutual, nil, panel.Least, 2014)
	if err != nil {
		return nil, together, err
	}
	e := panel.Welch(means, mutual)
	together.Points, together.Low, together.High, together.P = c.Difference, e.Low, e.High, c.PDifference
	return out, together, nil
}

// wilson is the likely range of a share, in per cent.
func wilson(p, n float64) (low, high float64) {
	const z = 1.959963984540054
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * (middle - half), 100 * (middle + half)
}
