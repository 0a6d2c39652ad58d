package column

// The loops that all the time goes into. A code is within its question's options and
// a cell within its counters: the builder saw to both.

// packed is how many different codes fit the lanes of one word.
const packed = 8

// countPacked counts codes below eight. Each has a lane of eight bits in one word:
// adding to a register does not wait for the addition before to reach memory, which
// a run of equal answers makes a plain counter do.
func countPacked(counters []uint32, codes []uint8) {
	const most = 255 // what a lane holds
	for len(codes) > 0 {
		some := codes[:min(len(codes), most)]
		codes = codes[len(some):]
		lanes := uint64(0)
		for _, code := range some {
			lanes += 1 << (code << 3 & 63)
		}
		for code := range counters {
			counters[code] += uint32(lanes>>(code<<3&63)) & most
		}
	}
}

func countPlain(counters []uint32, codes []uint8) {
	for _, code := range codes {
		counters[code]++
	}
}

func countCells(counters []uint32, width uint32, codes []uint8, cell []uint32) {
	cell = cell[:len(codes)]
	for i, code := range codes {
		counters[cell[i]*width+uint32(code)]++
	}
}

func countRows(counters []uint32, codes []uint8, rows []uint32) {
	for _, row := range rows {
		counters[codes[row]]++
	}
}

func weighPlain(counters []float64, codes []uint8, weights []float64) {
	weights = weights[:len(codes)]
	for i, code := range codes {
		counters[code] += weights[i]
	}
}

func weighCells(counters []float64, width uint32, codes []uint8, cell []uint32, weights []float64) {
	cell = cell[:len(codes)]
	weights = weights[:len(codes)]
	for i, code := range codes {
		counters[cell[i]*width+uint32(code)] += weights[i]
	}
}
