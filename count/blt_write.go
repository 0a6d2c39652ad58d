package count

import (
	"bufio"
	"io"
	"slices"
	"strconv"
)

// WriteBLT writes the papers in the BLT format in one fixed form: equal rankings
// joined, in an order that depends on nothing but the rankings, every line closed.
// What it writes [ReadBLT] reads back to the same election.
func (b *Ballots) WriteBLT(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := make([]byte, 0, 256)
	flush := func() {
		_, _ = out.Write(append(line, '\n')) // an error stays with out until Flush
		line = line[:0]
	}
	line = strconv.AppendInt(line, int64(len(b.Candidates)), 10)
	line = append(line, ' ')
	line = strconv.AppendInt(line, int64(b.Seats), 10)
	flush()
	for i, c := range b.Candidates {
		if c.Withdrawn {
			line = strconv.AppendInt(line, -int64(i+1), 10)
			flush()
		}
	}
	if b.Order != nil {
		line = append(line, "[tie"...)
		for _, c := range b.Order {
			line = strconv.AppendInt(append(line, ' '), int64(c), 10)
		}
		line = append(line, ']')
		flush()
	}
	m := b.Merged()
	for i, papers := range m.papers {
		line = strconv.AppendUint(line, uint64(papers), 10)
		line = append(line, ' ')
		for _, v := range m.raw(i) {
			if v == gap {
				line = append(line, "- "...)
				continue
			}
			line = strconv.AppendUint(line, uint64(v&^equal), 10)
			if v&equal != 0 {
				line = append(line, '=')
			} else {
				line = append(line, ' ')
			}
		}
		line = append(line, '0')
		flush()
	}
	if b.blank > 0 {
		line = append(strconv.AppendInt(line, b.blank, 10), " 0"...)
		flush()
	}
	line = append(line, '0')
	flush()
	if !b.named() {
		return out.Flush()
	}
	for i := range b.Candidates {
		line = appendQuoted(line, b.Name(i+1))
		flush()
	}
	if b.Title != "" {
		line = appendQuoted(line, b.Title)
		flush()
	}
	return out.Flush()
}

// named reports whether the election has any text to write.
func (b *Ballots) named() bool {
	return b.Title != "" || slices.ContainsFunc(b.Candidates, func(c Candidate) bool { return c.Name != "" })
}

func appendQuoted(line []byte, text string) []byte {
	text = fit(text)
	line = append(line, '"')
	for i := range len(text) {
		if text[i] == '"' || text[i] == '\\' {
			line = append(line, '\\')
		}
		line = append(line, text[i])
	}
	return append(line, '"')
}
