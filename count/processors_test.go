package count

import (
	"encoding/json"
	"runtime"
	"testing"
)

// A large election comes out the same on one processor and on several, from reading
// to transcript.
func TestCount_AnyNumberOfProcessors_SameTranscript(t *testing.T) {
	text, _ := large(400_000)
	transcripts := func(processors int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		b, err := ParseBLT(text)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, rule := range Rules() {
			data, err := json.Marshal(mustCount(t, b, rule.ID, Options{Lots: inNumber(b)}))
			if err != nil {
				t.Fatal(err)
			}
			all += string(data) + "\n"
		}
		return all
	}
	one := transcripts(1)
	for _, processors := range []int{2, 5} {
		if transcripts(processors) != one {
			t.Errorf("%d processors count otherwise than one", processors)
		}
	}
}
