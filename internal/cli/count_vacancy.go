package cli

import (
	"flag"

	"commonweal/count"
)

// vacancyFlags ask who takes a seat that fell empty.
type vacancyFlags struct {
	left                   int
	sitting, unwilling, by string
}

func (v *vacancyFlags) declare(f *flag.FlagSet) {
	wholeFlag(f, &v.left, "vacancy", "fill the seat that this `candidate` has left")
	f.StringVar(&v.sitting, "sitting", "", "with --vacancy: `numbers` of who still sit (default the others whom the count elects)")
	f.StringVar(&v.unwilling, "unwilling", "", "with --vacancy: `numbers` of who would not take the seat")
	f.StringVar(&v.by, "by", "", "with --vacancy: the `way`, countback or next-highest (default as the rules say)")
}

type vacancyAnswer struct {
	Left      int           `json:"left"`
	By        count.Filling `json:"by"`
	Candidate int           `json:"candidate"`
	Count     *count.Result `json:"count"`
}

func (c *call) fillVacancy(b *count.Ballots, rule count.Rule, options count.Options, o countFlags) error {
	v := count.Vacancy{Left: o.vacancy.left, By: count.Filling(o.vacancy.by)}
	var err error
	if v.Sitting, err = candidateList("sitting", o.vacancy.sitting); err != nil {
		return err
	}
	if v.Unwilling, err = candidateList("unwilling", o.vacancy.unwilling); err != nil {
		return err
	}
	filled, err := count.FillVacancy(b, rule, options, v)
	if err != nil {
		return wantsLot(err)
	}
	if o.asJSON {
		return c.json(vacancyAnswer{filled.Left, filled.By, filled.Candidate, filled.Result})
	}
	if err := c.tellCount(filled.Result, o); err != nil {
		return err
	}
	pf(c.Out, "\nThe seat that %s left goes to %s, by %s.\n", b.Name(filled.Left), b.Name(filled.Candidate), filled.By)
	return nil
}
