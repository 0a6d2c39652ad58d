package panel

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// standard is a row for each unit of a constant and its covariates at a time, each about
// its mean and brought near one by a power of two: the estimate is the same in any unit and
// from any nought, and so are its digits.
func standard(names []string, x [][][]float64, at int, role []int) ([][]float64, error) {
	design := make([][]float64, len(role))
	for u := range design {
		design[u] = []float64{1}
	}
	for i, name := range names {
		var all sum
		n, size := 0.0, 0.0
		for u, r := range role {
			if r != 0 {
				all.add(x[i][u][at])
				n, size = n+1, max(size, math.Abs(x[i][u][at]))
			}
		}
		mean, far := all.value()/n, 0.0
		for u, r := range role {
			if r != 0 {
				far = max(far, math.Abs(x[i][u][at]-mean))
			}
		}
		if far <= rounding*size {
			return nil, fmt.Errorf("the covariate %s is the same in every unit: leave it out", name)
		}
		_, exponent := math.Frexp(far)
		for u := range design {
			design[u] = append(design[u], math.Ldexp(x[i][u][at]-mean, -exponent))
		}
	}
	return design, nil
}

// robustCell is the doubly robust difference in differences of Sant'Anna and Zhao
// (Journal of Econometrics 2020, the traditional estimator): units are weighted by their
// odds of being treated, and what the covariates foretell of the change is taken off.
func robustCell(change []float64, role []int, x [][]float64) (float64, []float64, error) {
	k := len(x[0])
	var in []int
	for u, r := range role {
		if r != 0 {
			in = append(in, u)
		}
	}
	n := float64(len(in))
	odds, chance, hessian, err := logit(role, x, in)
	if err != nil {
		return 0, nil, err
	}
	coefficients, bread, err := changeOfCompared(change, role, x, in)
	if err != nil {
		return 0, nil, err
	}
	rest := map[int]float64{}
	var treated, weights, ofTreated, ofCompared sum
	for _, u := range in {
		rest[u] = change[u]
		for i := range k {
			rest[u] -= coefficients[i] * x[u][i]
		}
		if role[u] == 1 {
			treated.add(1)
			ofTreated.add(rest[u])
		} else {
			weights.add(odds[u])
			ofCompared.add(odds[u] * rest[u])
		}
	}
	meanTreated, meanWeight := treated.value()/n, weights.value()/n
	etaTreated, etaCompared := ofTreated.value()/treated.value(), ofCompared.value()/weights.value()
	m1, m2, m3 := make([]float64, k), make([]float64, k), make([]float64, k)
	for _, u := range in {
		for i := range k {
			if role[u] == 1 {
				m1[i] += x[u][i] / n
			} else {
				m2[i] += odds[u] * (rest[u] - etaCompared) * x[u][i] / n
				m3[i] += odds[u] * x[u][i] / n
			}
		}
	}
	influence := make([]float64, len(role))
	scale := float64(len(role)) / n
	for _, u := range in {
		// How the unit moves the regression, and the odds.
		ofChange, ofOdds := make([]float64, k), make([]float64, k)
		for i := range k {
			for j := range k {
				if role[u] == -1 {
					ofChange[i] += bread.At(i, j) * rest[u] * x[u][j]
				}
				score := -chance[u]
				if role[u] == 1 {
					score++
				}
				ofOdds[i] += hessian.At(i, j) * score * x[u][j]
			}
		}
		var a, b float64
		if role[u] == 1 {
			a = rest[u] - etaTreated
		} else {
			b = odds[u] * (rest[u] - etaCompared)
		}
		for i := range k {
			a -= ofChange[i] * m1[i]
			b += ofOdds[i]*m2[i] - ofChange[i]*m3[i]
		}
		influence[u] = scale * (a/meanTreated - b/meanWeight)
	}
	return etaTreated - etaCompared, influence, nil
}

// logit fits the chance of being treated on the covariates, by Newton's steps, and
// returns each unit's odds and chance, and the inverse of the mean information.
func logit(role []int, x [][]float64, in []int) (odds, chance map[int]float64, inverse *mat.SymDense, err error) {
	k := len(x[0])
	beta := make([]float64, k)
	for range 50 {
		odds, chance = map[int]float64{}, map[int]float64{}
		score, information := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
		for _, u := range in {
			eta := 0.0
			for i := range k {
				eta += beta[i] * x[u][i]
			}
			pr := 1 / (1 + math.Exp(-eta))
			odds[u], chance[u] = math.Exp(eta), pr
			d := -pr
			if role[u] == 1 {
				d++
			}
			for i := range k {
				score.SetVec(i, score.AtVec(i)+d*x[u][i])
				for j := i; j < k; j++ {
					information.SetSym(i, j, information.At(i, j)+pr*(1-pr)*x[u][i]*x[u][j])
				}
			}
		}
		var c mat.Cholesky
		if !c.Factorize(information) {
			return nil, nil, nil, fmt.Errorf("the covariates tell treated and other units apart for certain")
		}
		var step mat.VecDense
		inverse = new(mat.SymDense)
		if c.SolveVecTo(&step, score) != nil || c.InverseTo(inverse) != nil {
			return nil, nil, nil, fmt.Errorf("the covariates are too alike to tell apart")
		}
		most := 0.0
		for i := range k {
			beta[i] += step.AtVec(i)
			most = max(most, math.Abs(step.AtVec(i)))
		}
		if most < 1e-12 {
			inverse.ScaleSym(float64(len(in)), inverse)
			return odds, chance, inverse, nil
		}
	}
	return nil, nil, nil, fmt.Errorf("the chance of being treated does not settle: the covariates nearly tell treated and other units apart")
}

// changeOfCompared is the regression of the change on the covariates among comparison
// units, and the inverse of their mean products.
func changeOfCompared(change []float64, role []int, x [][]float64, in []int) ([]float64, *mat.SymDense, error) {
	k := len(x[0])
	a, b := mat.NewSymDense(k, nil), mat.NewVecDense(k, nil)
	for _, u := range in {
		if role[u] != -1 {
			continue
		}
		for i := range k {
			b.SetVec(i, b.AtVec(i)+x[u][i]*change[u])
			for j := i; j < k; j++ {
				a.SetSym(i, j, a.At(i, j)+x[u][i]*x[u][j])
			}
		}
	}
	var c mat.Cholesky
	if !c.Factorize(a) {
		return nil, nil, fmt.Errorf("there are too few comparison units for the covariates")
	}
	var beta mat.VecDense
	var inverse mat.SymDense
	if c.SolveVecTo(&beta, b) != nil || c.InverseTo(&inverse) != nil {
		return nil, nil, fmt.Errorf("the covariates are too alike to tell apart")
	}
	inverse.ScaleSym(float64(len(in)), &inverse)
	return beta.RawVector().Data, &inverse, nil
}
