package column

import "encoding/binary"

// The loops that all the time goes into. A code is within its question's options and
// a cell within its counters: the builder saw to both.

// packed is how many different codes fit the lanes of one word.
const packed = 8

// pairs is what two codes below eight add to the lanes: the one in the low three bits
// of the place, the other in the high three.
var pairs = func() (pairs [packed * packed]uint64) {
	for i := range pairs {
		pairs[i] = 1<<(8*(i%packed)) + 1<<(8*(i/packed))
	}
	return pairs
}()

// countPacked counts codes below eight, two at a time. Each code has a lane of eight
// bits in one word: adding to a register does not wait for the addition before to
// reach memory, as a counter does in a run of equal answers.
func countPacked(counters []uint32, codes []uint8) {
	const most = 248 // whole words of codes, and not more than a lane holds
	for len(codes) > 0 {
		some := codes[:min(len(codes), most)]
		codes = codes[len(some):]
		lanes := uint64(0)
		for ; len(some) >= 8; some = some[8:] {
			word := binary.LittleEndian.Uint64(some)
			word |= word >> 5 // the second of two codes beside the first
			lanes += pairs[word&63] + pairs[word>>16&63] + pairs[word>>32&63] + pairs[word>>48&63]
		}
		for _, code := range some {
			lanes += 1 << (code << 3 & 63)
		}
		for code := range counters {
			counters[code] += uint32(lanes >> (code << 3 & 63) & 255)
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
