package prove_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commonweal/funnel"
	"commonweal/internal/prove/claim"
	"commonweal/panel"
)

// elsewhere are numbers of the file that are not made here: what test holds them, or why
// there is nothing to hold. The longest beginning of a path counts.
var elsewhere = []struct{ path, test, why string }{
	{"shmi.rows", "funnel.TestSHMI_AsPublished", "of eleven releases; the file has the first six, every row of which is held"},
	{"shmi.releases", "funnel.TestSHMI_AsPublished", "the file has six"},
	{"shmi.banding_counts", "funnel.TestSHMI_AsPublished", "of eleven releases; each row's band is held"},
	{"shmi.per_release.2013-04-01", "", "the file has the first six releases"},
	{"shmi.per_release.2013-07-01", "", "the file has the first six releases"},
	{"shmi.per_release.2013-10-01", "", "the file has the first six releases"},
	{"shmi.per_release.2014", "", "the file has the first six releases"},
	{"funnel_false_alarm_null", "funnel.TestNothingToFind", "another program's rates; every method of ours lies in 0.04 to 0.06"},
	{"spc_false_alarm.any_point_flagged", "spc.TestFalseSignals", "rates of simulations"},
	{"spc_false_alarm.last_point_flagged_n24", "spc.TestFalseSignals", "a rate of simulations"},
	{"spc_false_alarm.rolling12_n24", "spc.TestGuard_RollingWindowsLie", "rates of simulations"},
	{"spc_false_alarm.ar1_0.6_n24", "spc.TestFalseSignals", "rates of simulations; such series are warned of"},
	{"placebo_on_real_shmi.size_5pct", "panel.TestRandomise_PlacebosOnRealMortality", "rates of simulations; that of chance assignment lies in 0.03 to 0.07, and the others are why it is used"},
	{"prop99.sdid_placebo_se_seed12345", "panel.TestPlaceboError_AsSynthdidSeed12345", ""},
	{"prop99.adh", "", "matched on predictors of a file that is not among the published data; by the outcome alone the mix is another"},
	{"mutuals_2021_2024", "internal/prove/claim.TestMutuals", "differences to two digits, and p by draws"},
	{"speed", "", "times of a machine; scripts/bench measures them"},
}

// looser are numbers whose last printed digit is that of where the other program stopped
// looking, and not of the answer.
var looser = []struct {
	path   string
	within float64
	why    string
}{
	{"its_sicily.harmonic_dispersion", 1e-5, "R's glm stops at 1e-8 of the deviance; told to go on it says 2.262183"},
	{"badgett_2020.same_cluster_trust.p", 1e-7, "from an error of seven digits"},
}

// Every number of the file of known answers is made again to the digits that are printed
// there, is held by a test that is named here and exists, or has a reason why not. A
// number that is added to the file and that nothing makes fails.
func TestExpected(t *testing.T) {
	if testing.Short() {
		t.Skip("it works out numbers alone, which other tests exercise")
	}
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	raw, err := os.Open(filepath.Join(root, "expected.json"))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	defer func() { _ = raw.Close() }()
	decoder := json.NewDecoder(raw)
	decoder.UseNumber()
	var file any
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	got := answers(t, root)
	made, held, reasons := 0, 0, 0
	walk("", file, func(path string, printed json.Number) {
		if value, ok := got[path]; ok {
			made++
			delete(got, path)
			want, err := printed.Float64()
			if err != nil {
				t.Fatal(err)
			}
			within := half(printed.String())
			for _, l := range looser {
				if l.path == path {
					within = l.within
				}
			}
			if !(math.Abs(value-want) <= within) {
				t.Errorf("%s: %.10g; the file prints %s", path, value, printed)
			}
			return
		}
		for _, e := range elsewhere {
			if !strings.HasPrefix(path, e.path) {
				continue
			}
			switch {
			case e.test == "" && e.why == "":
				t.Errorf("%s: neither a test nor a reason", path)
			case e.test == "":
				reasons++
			case !exists(t, e.test):
				t.Errorf("%s: there is no test %s", path, e.test)
			default:
				held++
			}
			return
		}
		t.Errorf("%s (%s): nothing makes this number, and no test is named that holds it", path, printed)
	})
	for path := range got {
		t.Errorf("%s is made, and is not in the file", path)
	}
	t.Logf("%d numbers made again, %d held by a named test, %d with a reason", made, held, reasons)
	if made < 200 {
		t.Errorf("only %d numbers were made again", made)
	}
}

// walk visits the numbers of a document by their paths.
func walk(path string, v any, visit func(string, json.Number)) {
	switch v := v.(type) {
	case json.Number:
		visit(path, v)
	case []any:
		for i, one := range v {
			walk(fmt.Sprintf("%s[%d]", path, i), one, visit)
		}
	case map[string]any:
		for name, one := range v {
			walk(strings.TrimPrefix(path+"."+name, "."), one, visit)
		}
	}
}

// half is half a unit of the last digit that is printed.
func half(printed string) float64 {
	_, fraction, _ := strings.Cut(printed, ".")
	return 0.5000001 * math.Pow(10, -float64(len(fraction)))
}

// exists finds a test, named as package.Test, in the source.
func exists(t *testing.T, name string) bool {
	t.Helper()
	folder, test, _ := strings.Cut(name, ".")
	files, err := filepath.Glob(filepath.Join("..", "..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(parsed.Decls, func(d ast.Decl) bool {
			f, ok := d.(*ast.FuncDecl)
			return ok && f.Name.Name == test
		}) {
			return true
		}
	}
	return false
}

// answers makes the numbers, by their paths in the file.
func answers(t *testing.T, root string) map[string]float64 {
	a := made{t: t, root: root, values: map[string]float64{}}
	for _, of := range []func(){a.shmi, a.paper, a.engagement, a.grunfeld, a.staggered, a.did, a.counties, a.california, a.sicily} {
		of()
	}
	return a.values
}

type made struct {
	t      *testing.T
	root   string
	values map[string]float64
}

func (a made) ok(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a made) set(path string, value float64) { a.values[path] = value }

// pair sets an estimate and its error as a list of two.
func (a made) pair(path string, e panel.Estimate) {
	a.set(path+"[0]", e.Value)
	a.set(path+"[1]", e.SE)
}

func (a made) rows(name string, comma rune, unit, time string) panel.Rows {
	a.t.Helper()
	f, err := os.Open(filepath.Join(a.root, name))
	a.ok(err)
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.Comma = comma
	cells, err := reader.ReadAll()
	a.ok(err)
	u, at := slices.Index(cells[0], unit), slices.Index(cells[0], time)
	out := panel.Rows{Columns: map[string][]float64{}}
	for _, row := range cells[1:] {
		year, err := strconv.Atoi(row[at])
		a.ok(err)
		out.Unit, out.Time = append(out.Unit, row[u]), append(out.Time, year)
		for i, h := range cells[0] {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				v = math.NaN()
			}
			out.Columns[h] = append(out.Columns[h], v)
		}
	}
	return out
}

func (a made) take(r panel.Rows, columns ...string) *panel.Panel {
	a.t.Helper()
	p, err := r.Take(columns...)
	a.ok(err)
	return p
}

// fit regresses, with unit, time, both or no effects.
func (a made) fit(p *panel.Panel, effects string, errors panel.Errors, y string, x map[string][]float64, names ...string) *panel.Fitted {
	a.t.Helper()
	d := panel.Design{Y: p.Column(y), Names: names, Errors: errors, Cluster: p.Unit, Cluster2: p.Time, StaggeredAnyway: true}
	for _, name := range names {
		column := p.Column(name)
		if x[name] != nil {
			column = x[name]
		}
		d.X = append(d.X, column)
	}
	if strings.Contains(effects, "u") {
		d.Effects = append(d.Effects, p.Unit)
	}
	if strings.Contains(effects, "t") {
		d.Effects = append(d.Effects, p.Time)
	}
	f, err := panel.Fit(d)
	a.ok(err)
	return f
}

func (a made) shmi() {
	f, err := os.Open(filepath.Join(a.root, "funnel", "shmi_published_2011-10_2013-01.csv"))
	a.ok(err)
	defer func() { _ = f.Close() }()
	cells, err := csv.NewReader(f).ReadAll()
	a.ok(err)
	releases := map[string][]funnel.Unit{}
	for _, row := range cells[1:] {
		observed, err := strconv.ParseFloat(row[4], 64)
		a.ok(err)
		expected, err := strconv.ParseFloat(row[5], 64)
		a.ok(err)
		releases[row[0]] = append(releases[row[0]], funnel.Unit{Name: row[1], Observed: observed, Of: expected})
	}
	for release, units := range releases {
		r, err := funnel.Plot(funnel.SHMI, units, funnel.Options{})
		a.ok(err)
		for name, v := range map[string]float64{"n": float64(len(units)), "n_used": float64(r.Kept), "phi": r.Phi, "tau2": r.Tau2} {
			a.set("shmi.per_release."+release+"."+name, v)
		}
	}
}

func (a made) paper() {
	list, err := claim.Specifications(os.DirFS(a.root))
	a.ok(err)
	for path, v := range map[string]float64{
		"n": float64(list[2].Rows), "b": list[2].Value, "se": list[2].SE, "p": list[2].P,
		"same_unweighted.b": list[4].Value, "same_unweighted.se": list[4].SE, "same_unweighted.p": list[4].P,
		"same_cluster_trust.se": list[3].SE, "same_cluster_trust.p": list[3].P,
	} {
		a.set("badgett_2020."+path, v)
	}
	a.set("shmi_engagement_panel.twfe.weighted_clinical_responses.b", list[7].Value)
	a.set("shmi_engagement_panel.twfe.weighted_clinical_responses.se", list[7].SE)
}

func (a made) engagement() {
	const y, x, at = "SHMI.Index", "Engagement.Index", "shmi_engagement_panel."
	rows := a.rows("NSS-2012-2019-trusts-engagement-SHMI-merged.csv", ',', "Code", "Year.Index")
	p := a.take(rows, y, x)
	a.set(at+"rows_used", float64(p.Len()))
	a.set(at+"trusts", float64(len(p.Units)))
	for name, effects := range map[string]string{"pooled_cluster": "", "year_fe_cluster": "t"} {
		e, _ := a.fit(p, effects, panel.Clustered, y, nil, x).Of(x)
		a.set(at+name+".b", e.Value)
		a.set(at+name+".se", e.SE)
		a.set(at+name+".p", e.P)
	}
	for kind, name := range map[panel.Errors]string{panel.IID: "se_iid", panel.Robust: "se_hetero", panel.TwoWay: "se_twoway", panel.Clustered: "se_cluster_trust"} {
		f := a.fit(p, "ut", kind, y, nil, x)
		e, _ := f.Of(x)
		a.set(at+"twfe."+name, e.SE)
		if kind == panel.Clustered {
			a.set(at+"twfe.b", e.Value)
			a.set(at+"twfe.p", e.P)
			a.set(at+"twfe.ci95[0]", e.Low)
			a.set(at+"twfe.ci95[1]", e.High)
			a.set(at+"twfe.within_r2", f.Within)
		}
	}
	a.between(p, y, x)
	m, err := panel.Mundlak(p, y, x)
	a.ok(err)
	for _, term := range []string{"within", "between"} {
		e, _ := m.Of(term)
		a.set(at+"mundlak_reml_year_dummies."+term+"_b", e.Value)
		a.set(at+"mundlak_reml_year_dummies."+term+"_se", e.SE)
	}
	null, err := panel.Null(p, y)
	a.ok(err)
	a.set(at+"icc_null_model", null.Share)
	g, err := panel.Growth(p, y, x, 2012)
	a.ok(err)
	start, _ := g.Of("start")
	slope, _ := g.Of("time x start")
	for name, v := range map[string]float64{"n": float64(g.N), "trusts": float64(g.Units), "e0": start.Value, "t_x_e0": slope.Value, "t_x_e0_se": slope.SE} {
		a.set(at+"growth_reml_baseline_2012."+name, v)
	}
	_, changes := panel.Changes(a.take(rows, y), y, 2016)
	power, err := panel.Detectable(changes, 10)
	a.ok(err)
	a.set("placebo_on_real_shmi.sd_trust_change", power.Spread)
}

// between regresses the means of units.
func (a made) between(p *panel.Panel, y, x string) {
	n := len(p.Units)
	means := func(column string) []float64 {
		sums, rows := make([]float64, n), make([]float64, n)
		for i, u := range p.Unit {
			sums[u] += p.Column(column)[i]
			rows[u]++
		}
		for u := range sums {
			sums[u] /= rows[u]
		}
		return sums
	}
	f, err := panel.Fit(panel.Design{Y: means(y), X: [][]float64{means(x)}, Names: []string{x}, Errors: panel.IID})
	a.ok(err)
	a.set("shmi_engagement_panel.between.b", f.Estimates[0].Value)
	a.set("shmi_engagement_panel.between.se", f.Estimates[0].SE)
}

func (a made) grunfeld() {
	p := a.take(a.rows("panel/grunfeld.csv", ',', "firm", "year"), "inv", "value", "capital")
	for path, effects := range map[string]string{"pooled": "", "firm_fe": "u", "twfe": "ut"} {
		for kind, name := range map[panel.Errors]string{panel.IID: "se_iid", panel.Clustered: "se_cluster_firm"} {
			f := a.fit(p, effects, kind, "inv", nil, "value", "capital")
			for i, e := range f.Estimates {
				a.set("grunfeld."+path+"."+e.Term, e.Value)
				if path != "pooled" {
					a.set(fmt.Sprintf("grunfeld.%s.%s[%d]", path, name, i), e.SE)
				}
			}
		}
	}
}

func (a made) staggered() {
	p := a.take(a.rows("panel/base_stagg.csv", ',', "id", "year"), "y", "x1", "year_treated", "time_to_treatment", "treated", "treatment_effect_true")
	post := make([]float64, p.Len())
	truth, n := 0.0, 0.0
	for i := range post {
		if p.Column("treated")[i] == 1 && p.Column("time_to_treatment")[i] >= 0 {
			post[i] = 1
			truth += p.Column("treatment_effect_true")[i]
			n++
		}
	}
	a.set("base_stagg.true_att", truth/n)
	x := map[string][]float64{"post": post}
	for path, names := range map[string][]string{"twfe_y_x1_post": {"post", "x1"}, "twfe_no_x1": {"post"}} {
		e, _ := a.fit(p, "ut", panel.Clustered, "y", x, names...).Of("post")
		a.set("base_stagg."+path+".post", e.Value)
		a.set("base_stagg."+path+".se", e.SE)
	}
	starts, err := panel.Starts(p, "year_treated")
	a.ok(err)
	for path, covariates := range map[string][]string{"sunab_x1_att": {"x1"}, "sunab_no_x1_att": nil} {
		f, err := panel.SunAbraham(p, "y", starts, covariates...)
		a.ok(err)
		a.set("base_stagg."+path+".att", f.Total.Value)
		a.set("base_stagg."+path+".se", f.Total.SE)
		if covariates != nil {
			for _, c := range f.Cohort {
				a.set("base_stagg.sunab_x1_by_cohort."+c.Term, c.Value)
			}
		}
	}
}

func (a made) did() {
	p := a.take(a.rows("panel/base_did.csv", ',', "id", "period"), "y", "x1", "post", "treat")
	x, names := map[string][]float64{"treat x post": make([]float64, p.Len())}, []string{"x1"}
	for i := range p.Len() {
		x["treat x post"][i] = p.Column("treat")[i] * p.Column("post")[i]
	}
	e, _ := a.fit(p, "ut", panel.Clustered, "y", x, "x1", "treat x post").Of("treat x post")
	a.set("base_did.did_treat_post.b", e.Value)
	a.set("base_did.did_treat_post.se", e.SE)
	for at, period := range p.Times {
		if period == 5 {
			continue
		}
		name := fmt.Sprint(period)
		x[name], names = make([]float64, p.Len()), append(names, name)
		for i := range p.Len() {
			if p.Time[i] == at {
				x[name][i] = p.Column("treat")[i]
			}
		}
	}
	for _, e := range a.fit(p, "ut", panel.Clustered, "y", x, names...).Estimates[1:] {
		a.set("base_did.event_ref5."+e.Term, e.Value)
	}
}

func (a made) counties() {
	p := a.take(a.rows("causal/mpdta.csv", ',', "countyreal", "year"), "lemp", "lpop", "first.treat")
	starts, err := panel.Starts(p, "first.treat")
	a.ok(err)
	cs := func(against panel.Comparison, covariates ...string) *panel.Effects {
		e, err := panel.CallawaySantAnna(p, "lemp", starts, against, covariates...)
		a.ok(err)
		return e
	}
	e := cs(panel.NeverTreated)
	for _, c := range e.Cells {
		a.pair(fmt.Sprintf("mpdta.att_gt_never.%d,%d", c.Start, c.Time), c.Estimate)
	}
	for _, one := range e.Event {
		a.pair("mpdta.event."+one.Term, one)
	}
	a.set("mpdta.pretest.W", e.Pretest.W)
	a.set("mpdta.pretest.df", float64(e.Pretest.DF))
	a.set("mpdta.pretest.p", e.Pretest.P)
	a.pair("mpdta.calendar", e.Calendar)
	notYet := cs(panel.NotYetTreated)
	a.set("mpdta.notyet.pretest_p", notYet.Pretest.P)
	for path, e := range map[string]*panel.Effects{"mpdta.": e, "mpdta.notyet.": notYet, "mpdta.dr_lpop.": cs(panel.NeverTreated, "lpop")} {
		a.pair(path+"simple", e.Simple)
		a.pair(path+"dynamic", e.Dynamic)
		a.pair(path+"group", e.Group)
	}
	f, err := panel.SunAbraham(p, "lemp", starts)
	a.ok(err)
	a.pair("mpdta.sunab_att", f.Total)
	post := make([]float64, p.Len())
	for i, u := range p.Unit {
		if p.Time[i] >= starts[u] {
			post[i] = 1
		}
	}
	plain, _ := a.fit(p, "ut", panel.Clustered, "lemp", map[string][]float64{"post": post}, "post").Of("post")
	a.pair("mpdta.twfe_post", plain)
	list, err := panel.Bacon(p, "lemp", starts)
	a.ok(err)
	order := []string{"2006 never", "2007 never", "2004 never", "2004 2007", "2004 2006", "2006 2007", "2007 2004", "2007 2006", "2006 2004"}
	for _, c := range list {
		i := slices.Index(order, c.Treated+" "+c.Against)
		a.set(fmt.Sprintf("mpdta.bacon[%d][2]", i), c.Estimate)
		a.set(fmt.Sprintf("mpdta.bacon[%d][3]", i), c.Weight)
	}
}

func (a made) california() {
	p := a.take(a.rows("causal/prop99_synthdid.csv", ';', "State", "Year"), "PacksPerCapita", "treated")
	starts, err := panel.SwitchedOn(p, "treated")
	a.ok(err)
	for path, of := range map[string]func(*panel.Panel, string, panel.Treated) (*panel.Synthetic, error){"sdid": panel.SyntheticDiD, "sc": panel.SyntheticControl, "did": panel.DiD} {
		s, err := of(p, "PacksPerCapita", starts)
		a.ok(err)
		a.set("prop99."+path, s.Estimate.Value)
		if path == "sdid" {
			for _, w := range s.Times {
				a.set("prop99.sdid_time_weights."+w.Name, w.Weight)
			}
		}
	}
}

func (a made) sicily() {
	rows := a.rows("causal/its_sicily_smoking_ban.csv", ',', "time", "time")
	s := panel.Series{Counts: rows.Columns["aces"], At: rows.Columns["stdpop"], After: rows.Columns["smokban"]}
	var rates []float64
	for i, m := range rows.Columns["month"] {
		s.Month = append(s.Month, int(m))
		rates = append(rates, s.Counts[i]/s.At[i]*1e5)
	}
	three := func(path string, e panel.Estimate) {
		a.set("its_sicily."+path+"[0]", e.Value)
		a.set("its_sicily."+path+"[1]", e.Low)
		a.set("its_sicily."+path+"[2]", e.High)
	}
	f, err := panel.Interrupted(s, 0)
	a.ok(err)
	three("poisson_rr", f.Poisson)
	three("quasi_rr", f.Quasi)
	a.set("its_sicily.quasi_dispersion", f.Dispersion)
	f, err = panel.Interrupted(s, 2)
	a.ok(err)
	three("quasi_harmonic2_rr", f.Quasi)
	a.set("its_sicily.harmonic_dispersion", f.Dispersion)
	l, err := panel.Segmented(rates, s.After, 3)
	a.ok(err)
	for name, v := range map[string]float64{"level": l.Level.Value, "se_ols": l.Level.SE, "se_newey_west_lag3": l.LevelNW.SE, "slope_change": l.Slope.Value, "dw": l.DurbinWatson} {
		a.set("its_sicily.linear_segmented_on_rate_per_100k."+name, v)
	}
}
