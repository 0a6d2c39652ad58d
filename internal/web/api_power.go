package web

import (
	"bytes"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
)

type powerParams struct {
	Unit   string `query:"unit" max:"100" doc:"The heading of the sites."`
	Time   string `query:"time" max:"100" doc:"The heading of the times."`
	Column string `query:"column" max:"100" doc:"The heading of the outcome."`
	powerAskedParams
}

type powerAskedParams struct {
	From    string `query:"from" max:"10" doc:"The time at which the later stretch begins: 2025-04, or a year."`
	Sites   string `query:"sites" max:"100" doc:"Numbers of sites, with commas."`
	Matters string `query:"matters" max:"20" doc:"The smallest change that would matter; it may be left out."`
}

type powerOfParams struct {
	Indicator string `path:"indicator" max:"60" doc:"The code of the measure."`
	powerAskedParams
}

type powerJSON struct {
	Says   string          `json:"says"`
	Pool   int             `json:"pool" doc:"Sites that are there at every time."`
	Spread float64         `json:"spread" doc:"Standard deviation of how much sites changed when nothing was tried."`
	Sizes  []powerSizeJSON `json:"sizes"`
	Needed int             `json:"needed,omitempty" doc:"How many sites it takes to show what would matter."`
}

type powerSizeJSON struct {
	Sites    int     `json:"sites"`
	Smallest float64 `json:"smallest" doc:"The smallest change that is found in 80 of 100 studies."`
}

func (p powerAskedParams) asked() (study.Asked, error) {
	a, errs := readPower(p.From, p.Sites, p.Matters)
	for _, name := range powerFields {
		if says, wrong := errs[name]; wrong {
			return a, fault.Fieldf(name, "%s", says)
		}
	}
	return a, nil
}

func (v *visit) apiPower(p powerParams, file []byte) (powerJSON, error) {
	a, err := p.asked()
	if err != nil {
		return powerJSON{}, err
	}
	a.Unit, a.Time, a.Column = p.Unit, p.Time, p.Column
	s, err := study.SizesOf(bytes.NewReader(file), a)
	return powerOf(s, p.Column, ""), err
}

func (v *visit) apiPowerOf(p powerOfParams) (powerJSON, error) {
	a, err := p.asked()
	if err != nil {
		return powerJSON{}, err
	}
	s, d, err := v.powerOfMeasure(p.Indicator, a)
	return powerOf(s, d.Name, measureUnit(d)), err
}

func powerOf(s study.Sized, name, unit string) powerJSON {
	out := powerJSON{Says: s.Says(name, unit), Pool: s.Pool, Spread: s.Spread, Sizes: []powerSizeJSON{}, Needed: s.Needed}
	for _, one := range s.Sizes {
		out.Sizes = append(out.Sizes, powerSizeJSON{one.Sites, one.Smallest})
	}
	return out
}
