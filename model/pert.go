package model

import (
	"math"
	"math/rand/v2"
)

// What people estimate as low, likely and high is drawn from the PERT distribution, the beta distribution on
// [low, high] with the exponents 1 + 4 (likely − low) ÷ (high − low) and 1 + 4 (high − likely) ÷ (high − low)
// (David Vose, "Risk Analysis", 3rd edition, 2008). Every step below is one of + − × ÷ and the square root,
// which all machines round alike. A product that is added to something is converted first, because a compiler
// may otherwise fuse the two on some machines: the same record gives the same draws everywhere.
const (
	pertQuantiles = 1024 // equally probable values of a range
	pertGrid      = 512  // steps of the integral behind them
	pertShapes    = 256  // places of the likely value between the ends that are told apart
)

// A pert holds the quantiles of the shapes that were asked for.
type pert struct {
	roots  [pertGrid]float64 // the 64th root of each step's middle
	shapes map[int]*[pertQuantiles]float64
}

func newPert() *pert {
	p := &pert{shapes: map[int]*[pertQuantiles]float64{}}
	for i := range p.roots {
		x := (float64(i) + 0.5) / pertGrid
		for range 6 {
			x = math.Sqrt(x)
		}
		p.roots[i] = x
	}
	return p
}

// shape is the quantiles of the distribution on [0, 1] whose likely value is step ÷ pertShapes.
func (p *pert) shape(step int) *[pertQuantiles]float64 {
	if q := p.shapes[step]; q != nil {
		return q
	}
	// x^(4 step ÷ 256) is the 64th root of x to the power of step.
	var weight [pertGrid]float64
	total := 0.0
	for i := range weight {
		weight[i] = float64(power(p.roots[i], step) * power(p.roots[pertGrid-1-i], pertShapes-step))
		total += weight[i]
	}
	q := new([pertQuantiles]float64)
	i, below := 0, 0.0
	for k := range q {
		want := float64((float64(k) + 0.5) / pertQuantiles * total)
		for i < pertGrid-1 && below+weight[i] < want {
			below += weight[i]
			i++
		}
		q[k] = (float64(i) + (want-below)/weight[i]) / pertGrid
	}
	p.shapes[step] = q
	return q
}

func power(x float64, n int) float64 {
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y *= x
		}
		x *= x
	}
	return y
}

// quantiles are equally probable values of a range.
func (p *pert) quantiles(r Range, into *[pertQuantiles]float32, of func(float64) float64) {
	step := 0
	if !r.Point() {
		step = int(math.Round((r.Likely - r.Low) / (r.High - r.Low) * pertShapes))
	}
	width := r.High - r.Low
	for k, q := range p.shape(step) {
		into[k] = float32(of(r.Low + float64(width*q)))
	}
}

// drawsOf fills into with draws of what an action removes in a year for each person-day. The seed is its id, so
// that its draws stay the same whatever happens to other actions.
func (p *pert) drawsOf(id ID, w Worth, into []float32) {
	same := func(v float64) float64 { return v }
	var tables [4][pertQuantiles]float32
	p.quantiles(w.Occurrences, &tables[0], same)
	p.quantiles(w.Loss, &tables[1], same)
	p.quantiles(w.Removes, &tables[2], func(v float64) float64 { return v / 100 })
	p.quantiles(w.Days, &tables[3], func(v float64) float64 { return 1 / v })
	source := rand.NewPCG(seedOf(id), 0x9e3779b97f4a7c15)
	for i := range into {
		u := source.Uint64()
		into[i] = tables[0][u>>10%pertQuantiles] * tables[1][u>>22%pertQuantiles] * tables[2][u>>34%pertQuantiles] * tables[3][u>>46%pertQuantiles]
	}
}

// seedOf is FNV-1a of an id.
func seedOf(id ID) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h
}
