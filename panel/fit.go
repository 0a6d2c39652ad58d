package panel

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Errors names how standard errors are worked out.
type Errors string

// The standard errors.
const (
	IID       Errors = "iid"
	Robust    Errors = "robust"    // HC1
	Clustered Errors = "clustered" // by Design.Cluster
	TwoWay    Errors = "two-way"   // by Design.Cluster and Design.Cluster2
)

// Design is a regression to fit. Rows are in the caller's order, which should be one
// order whatever the file's: [Rows.Take] makes it.
type Design struct {
	Y     []float64
	X     [][]float64 // by regressor
	Names []string    // of the regressors
	// Effects are absorbed: for each, the place of every row's level, from 0. None adds
	// a constant.
	Effects           [][]int
	Weights           []float64 // nil: all alike
	Errors            Errors
	Cluster, Cluster2 []int
	// ByRows tests clustered estimates by the degrees of freedom of the rows, as R's
	// coeftest does on a plain regression, and not of the clusters, which is safer.
	ByRows bool
	// Unit and Time, where given, are looked at for a regressor that is a treatment with
	// staggered starts. StaggeredAnyway fits it all the same, to show what goes wrong.
	Unit, Time      []int
	StaggeredAnyway bool
}

// Fitted is what came of it.
type Fitted struct {
	N, Clusters int
	Estimates   []Estimate
	Cov         *mat.SymDense // of the regressors' estimates
	Residuals   []float64
	// Within is the share of the variance left by the effects that the regressors
	// account for.
	Within float64
	// Sigma2 is the residual variance with the iid degrees of freedom.
	Sigma2 float64
}

// Of finds an estimate by its term.
func (f *Fitted) Of(term string) (Estimate, bool) {
	for _, e := range f.Estimates {
		if e.Term == term {
			return e, true
		}
	}
	return Estimate{}, false
}

// exact is the share of the size that a regressor's estimate could have below which its
// error is nought but for rounding: the rows follow exactly, or the clusters are so few
// that their scores add up to nought whatever the rows are.
const exact = 1e-10

// Fit is weighted least squares with absorbed effects. The degrees of freedom are those
// of the R package fixest: residual variance over n less everything estimated; clustered
// with G/(G-1) times (n-1)/(n-K), K leaving out effects that lie within clusters, and
// tests with G-1.
//
// It returns an error that names the regressor that the others and the effects already
// say, and where rows are too few. An error of two clusters that cannot differ is not
// known, and not nought: see [Estimate].
func Fit(d Design) (*Fitted, error) {
	n, k := len(d.Y), len(d.X)
	if err := d.check(); err != nil {
		return nil, err
	}
	if d.Unit != nil && !d.StaggeredAnyway {
		for _, x := range d.X {
			if err := staggered(d.Unit, d.Time, x); err != nil {
				return nil, err
			}
		}
	}
	columns := make([][]float64, k+1)
	columns[k] = d.Y
	copy(columns, d.X)
	effects, levels := d.Effects, absorbed(d.Effects)
	if len(effects) == 0 {
		effects, levels = [][]int{make([]int, n)}, 1
	}
	within, err := absorb(columns, effects, d.Weights)
	if err != nil {
		return nil, err
	}
	x, y := within[:k], within[k]
	a := mat.NewSymDense(max(k, 1), nil)
	b := mat.NewVecDense(max(k, 1), nil)
	for i := range k {
		for j := i; j < k; j++ {
			a.SetSym(i, j, dot(x[i], x[j], d.Weights))
		}
		b.SetVec(i, dot(x[i], y, d.Weights))
		// What rounding leaves of a column that the effects say is no regressor.
		c := centred(d.X[i], d.Weights)
		if a.At(i, i) <= 1e-10*dot(c, c, d.Weights)+1e-24*dot(d.X[i], d.X[i], d.Weights) {
			return nil, fmt.Errorf("regressor %s says nothing that the effects do not say already: leave it out", d.Names[i])
		}
	}
	inverse, err := invert(a, d.Names)
	if err != nil {
		return nil, err
	}
	var beta mat.VecDense
	beta.MulVec(inverse, b)
	f := &Fitted{N: n, Residuals: make([]float64, n)}
	var rss, tss sum
	for r := range n {
		e := y[r]
		for i := range k {
			e -= beta.AtVec(i) * x[i][r]
		}
		f.Residuals[r] = e
		rss.add(weight(d.Weights, r) * e * e)
		tss.add(weight(d.Weights, r) * y[r] * y[r])
	}
	if tss.value() <= 1e-24*dot(d.Y, d.Y, d.Weights) {
		return nil, fmt.Errorf("the outcome says nothing that the effects do not say already: there is nothing left to explain")
	}
	f.Within = 1 - rss.value()/tss.value()
	full := n - k - levels
	if full <= 0 {
		return nil, fmt.Errorf("%d rows are too few for %d regressors and %d effects", n, k, levels)
	}
	f.Sigma2 = rss.value() / float64(full)
	cov, df := d.covariance(f, x, inverse, full)
	if d.ByRows {
		df = float64(full)
	}
	f.Cov = cov
	for i := range k {
		if cov.At(i, i) < 0 {
			return nil, fmt.Errorf("the %s error of %s comes out below nought, which too few clusters do: choose clustered or robust", d.Errors, d.Names[i])
		}
		se := math.Sqrt(cov.At(i, i))
		if se <= exact*math.Sqrt(tss.value()/a.At(i, i)) {
			se = math.NaN()
		}
		f.Estimates = append(f.Estimates, tested(d.Names[i], beta.AtVec(i), se, df))
	}
	return f, nil
}

func (d Design) check() error {
	n := len(d.Y)
	if len(d.Names) != len(d.X) || len(d.X) == 0 {
		return fmt.Errorf("%d regressors with %d names: each needs one, and there must be one", len(d.X), len(d.Names))
	}
	if r := slices.IndexFunc(d.Y, unusable); r >= 0 {
		return fmt.Errorf("row %d has the outcome %v: leave rows without a value out", r+1, d.Y[r])
	}
	for i, x := range d.X {
		if len(x) != n {
			return fmt.Errorf("regressor %s has %d values for %d rows", d.Names[i], len(x), n)
		}
		if r := slices.IndexFunc(x, unusable); r >= 0 {
			return fmt.Errorf("row %d has %v for the regressor %s: leave rows without a value out", r+1, x[r], d.Names[i])
		}
	}
	for _, ids := range [][]int{d.Cluster, d.Cluster2} {
		if ids != nil && len(ids) != n {
			return fmt.Errorf("%d clusters for %d rows", len(ids), n)
		}
	}
	for r := range n {
		if w := weight(d.Weights, r); !(w > 0) || math.IsInf(w, 0) {
			return fmt.Errorf("row %d has weight %v: a weight is above nought", r+1, w)
		}
	}
	switch d.Errors {
	case IID, Robust:
		return nil
	case Clustered:
		if d.Cluster != nil {
			return several(d.Cluster)
		}
	case TwoWay:
		if d.Cluster != nil && d.Cluster2 != nil {
			return cmp.Or(several(d.Cluster), several(d.Cluster2))
		}
	default:
		return fmt.Errorf("there are no %q standard errors: choose iid, robust, clustered or two-way", d.Errors)
	}
	return fmt.Errorf("%s standard errors need their clusters", d.Errors)
}

func unusable(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

// several refuses rows that are all in one cluster: nothing then says how clusters differ.
func several(cluster []int) error {
	if levelsOf(cluster) < 2 {
		return fmt.Errorf("all rows are in one cluster, and clustered standard errors take two at least: choose robust or iid")
	}
	return nil
}

// covariance is that of the estimates, and the degrees of freedom of their tests.
func (d Design) covariance(f *Fitted, x [][]float64, inverse *mat.SymDense, full int) (*mat.SymDense, float64) {
	k, n := len(x), f.N
	switch d.Errors {
	case Robust:
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i
		}
		return sandwich(inverse, d.meat(f, x, rows), float64(n)/float64(full)), float64(full)
	case Clustered:
		f.Clusters = levelsOf(d.Cluster)
		g, used := float64(f.Clusters), float64(k+d.outside(d.Cluster))
		return sandwich(inverse, d.meat(f, x, d.Cluster), g/(g-1)*float64(n-1)/(float64(n)-used)), g - 1
	case TwoWay:
		both := make([]int, n)
		second := levelsOf(d.Cluster2)
		for i := range both {
			both[i] = d.Cluster[i]*second + d.Cluster2[i]
		}
		meat := d.meat(f, x, d.Cluster)
		meat.AddSym(meat, d.meat(f, x, d.Cluster2))
		third := d.meat(f, x, both)
		for i := range k {
			for j := i; j < k; j++ {
				meat.SetSym(i, j, meat.At(i, j)-third.At(i, j))
			}
		}
		f.Clusters = min(levelsOf(d.Cluster), second)
		g, used := float64(f.Clusters), float64(k+d.outside(d.Cluster, d.Cluster2))
		return sandwich(inverse, meat, g/(g-1)*float64(n-1)/(float64(n)-used)), g - 1
	}
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, f.Sigma2*inverse.At(i, j))
		}
	}
	return out, float64(full)
}

// outside counts the levels of effects that do not lie within the clusters, and one for
// the constant where all do.
func (d Design) outside(clusters ...[]int) int {
	if len(d.Effects) == 0 {
		return 1
	}
	n, nested := 0, 0
	for _, e := range d.Effects {
		inside := false
		for _, c := range clusters {
			inside = inside || within(e, c)
		}
		if inside {
			nested++
		} else {
			n += levelsOf(e)
		}
	}
	if nested == 0 { // one level of each effect but the first follows from the others
		n -= len(d.Effects) - 1
	}
	return max(n, 1)
}

// within reports whether every level of the effect lies in one cluster.
func within(effect, cluster []int) bool {
	of := make([]int, levelsOf(effect))
	for i := range of {
		of[i] = -1
	}
	for r, level := range effect {
		if of[level] >= 0 && of[level] != cluster[r] {
			return false
		}
		of[level] = cluster[r]
	}
	return true
}

// meat sums the scores of each cluster and their products.
func (d Design) meat(f *Fitted, x [][]float64, cluster []int) *mat.SymDense {
	k := len(x)
	g := 0
	for _, c := range cluster {
		g = max(g, c+1)
	}
	scores := make([]float64, g*k)
	for r, c := range cluster {
		e := weight(d.Weights, r) * f.Residuals[r]
		for i := range k {
			scores[c*k+i] += e * x[i][r]
		}
	}
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			var s sum
			for c := range g {
				s.add(scores[c*k+i] * scores[c*k+j])
			}
			out.SetSym(i, j, s.value())
		}
	}
	return out
}

func sandwich(bread, meat *mat.SymDense, factor float64) *mat.SymDense {
	var half, whole mat.Dense
	half.Mul(bread, meat)
	whole.Mul(&half, bread)
	k, _ := whole.Dims()
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, factor*(whole.At(i, j)+whole.At(j, i))/2)
		}
	}
	return out
}

// invert inverts X'X, scaled so that no regressor counts for more by its unit, and names
// the first that the others already say.
func invert(a *mat.SymDense, names []string) (*mat.SymDense, error) {
	k := len(names)
	scaled := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			scaled.SetSym(i, j, a.At(i, j)/math.Sqrt(a.At(i, i)*a.At(j, j)))
		}
	}
	if at, ok := said(scaled); ok {
		return nil, fmt.Errorf("regressor %s says nothing that those before it do not say already: leave it out", names[at])
	}
	var c mat.Cholesky
	if !c.Factorize(scaled) { // squares of very large figures are no numbers any more
		return nil, fmt.Errorf("the regressors %s cannot be told apart: their figures are too large, or too alike", strings.Join(names, ", "))
	}
	var out mat.SymDense
	if err := c.InverseTo(&out); err != nil {
		return nil, fmt.Errorf("the regressors are too alike to tell apart: %w", err)
	}
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, out.At(i, j)/math.Sqrt(a.At(i, i)*a.At(j, j)))
		}
	}
	return &out, nil
}

// said finds the first column that those before it make up, by the pivots of Cholesky's
// factor.
func said(a *mat.SymDense) (int, bool) {
	k := a.SymmetricDim()
	l := make([]float64, k*k)
	for i := range k {
		for j := 0; j <= i; j++ {
			s := a.At(i, j)
			for m := range j {
				s -= l[i*k+m] * l[j*k+m]
			}
			if i != j {
				l[i*k+j] = s / l[j*k+j]
				continue
			}
			if s < 1e-9 {
				return i, true
			}
			l[i*k+i] = math.Sqrt(s)
		}
	}
	return 0, false
}
