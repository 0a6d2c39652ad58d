package comment

// linear is a plane between comments that have a label and those that do not.
type linear struct {
	weights []float64
	bias    float64
}

func (l linear) margin(x []at) float64 {
	m := l.bias
	for _, a := range x {
		m += float64(l.weights[a.feature] * a.weight)
	}
	return m
}

// The training of one plane. Cost is what a comment on the wrong side costs;
// those that have the label, being fewer, cost up to so many times more. Both
// were chosen on the shipped comments.
const (
	cost        = 0.3
	mostBalance = 3.0
	rounds      = 100
	enough      = 1e-2
	// stride goes through the comments in an order that mixes labels, which
	// files keep together. It is a prime above any number of comments here.
	stride = 1000003
)

// separate trains a support vector machine with squared loss by coordinate
// descent on its dual (Hsieh and others 2008), comment by comment in a fixed
// order, so that nothing is left to chance.
func separate(docs [][]at, has []bool, size int) linear {
	yes := 0
	for _, h := range has {
		if h {
			yes++
		}
	}
	l := linear{weights: make([]float64, size)}
	if yes == 0 || yes == len(has) {
		l.bias = -1
		if yes > 0 {
			l.bias = 1
		}
		return l
	}
	with := cost * min(mostBalance, float64(len(has)-yes)/float64(yes))
	alpha := make([]float64, len(docs))
	for range rounds {
		most := 0.0
		for k := range docs {
			i := int(uint64(k) * stride % uint64(len(docs)))
			x := docs[i]
			y, c := -1.0, cost
			if has[i] {
				y, c = 1, with
			}
			ridge := 1 / (2 * c)
			gradient := y*l.margin(x) - 1 + ridge*alpha[i]
			projected := gradient
			if alpha[i] == 0 {
				projected = min(gradient, 0)
			}
			if projected == 0 {
				continue
			}
			most = max(most, max(projected, -projected))
			square := 1 + ridge // the bias is one more feature of weight one
			for _, a := range x {
				square += float64(a.weight * a.weight)
			}
			was := alpha[i]
			alpha[i] = max(0, was-gradient/square)
			step := y * (alpha[i] - was)
			l.bias += step
			for _, a := range x {
				l.weights[a.feature] += float64(step * a.weight)
			}
		}
		if most < enough {
			break
		}
	}
	return l
}
