package cli

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"commonweal/internal/prove/sheet"
)

// askedOf are flags with which each method makes something of the made panel.
var askedOf = map[string]panelFlags{
	"fe": {x: "x"}, "mundlak": {x: "x"}, "growth": {x: "x"},
	"cs": {start: "start"}, "sunab": {treated: "on"}, "bacon": {start: "start"}, "sc": {start: "once"}, "sdid": {start: "once"},
	"its": {after: "late", population: "p", harmonics: 1},
}

// estimated is the JSON of one method on a file.
func estimated(text, method string) (string, error) {
	s, err := sheet.Read(strings.NewReader(text))
	if err != nil {
		return "", err
	}
	o := askedOf[method]
	o.unit, o.time, o.y, o.effects, o.errors, o.against, o.month = "unit", "time", "y", "unit,time", "clustered", "never", "month"
	if method == "its" {
		if s, err = s.Where("unit", "u3"); err != nil {
			return "", err
		}
	}
	m := panelMethods[method]
	columns, err := m.columns(o)
	if err != nil {
		return "", err
	}
	d := panelDocument{Method: method}
	if err := m.run(s, o, columns, &d); err != nil {
		return "", err
	}
	out, err := json.Marshal(d)
	return string(out), err
}

// madeLines are the rows of a panel that every method takes.
func madeLines(units, times int) (head string, lines []string) {
	chance := rand.New(rand.NewPCG(1, 6))
	for u := range units {
		start, once := []int{0, 3, 4, 0}[u%4], 0
		if u == 1 {
			once = 4
		}
		for at := 1; at <= times; at++ {
			on, late := 0, 0
			if start > 0 && at >= start {
				on = 1
			}
			if at > times/2 {
				late = 1
			}
			lines = append(lines, fmt.Sprintf("u%d,%d,%.3f,%.3f,%d,%d,%d,%d,%d,%d", u, at, 20+float64(u)+chance.Float64()*9, chance.NormFloat64(), start, once, on, late, 900+10*at, at%12+1))
		}
	}
	return "unit,time,y,x,start,once,on,late,p,month", lines
}

// Rows in another order change no byte of what any method prints.
func TestPanel_AnyOrder(t *testing.T) {
	head, lines := madeLines(12, 9)
	chance := rand.New(rand.NewPCG(2, 6))
	for method := range panelMethods {
		want, err := estimated(head+"\n"+strings.Join(lines, "\n"), method)
		if err != nil {
			t.Errorf("%s: %v", method, err)
			continue
		}
		for range 2 {
			chance.Shuffle(len(lines), func(i, k int) { lines[i], lines[k] = lines[k], lines[i] })
			if got, err := estimated(head+"\n"+strings.Join(lines, "\n"), method); err != nil || got != want {
				t.Errorf("%s: %v\n%s\nis not\n%s", method, err, got, want)
			}
		}
	}
}

// Whatever the file is, every method answers or refuses.
func FuzzPanel(f *testing.F) {
	head, lines := madeLines(5, 6)
	whole := head + "\n" + strings.Join(lines, "\n")
	f.Add(whole)
	f.Add(head + "\n" + strings.Join(lines[:6], "\n"))
	f.Add(head + "\n" + strings.Join(lines[6:12], "\n")) // one unit, which is treated
	f.Add(strings.ReplaceAll(whole, ",3,", ",4,"))
	f.Add(strings.ReplaceAll(whole, "u0", "u1"))
	f.Add(strings.ReplaceAll(whole, "20.", "-"))
	f.Add("unit,time,y,x,start,once,on,late,p,month\nu3,202401,1,0,0,0,0,0,1,1\nu3,202403,1,0,0,0,0,1,1,1\n")
	f.Add("unit,time,y,x,start\na,1,1e308,1e308,1\na,2,-1e308,1e-308,1\nb,1,0,0,9e99\nb,2,0,0,9e99\n")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "\n") > 60 {
			return
		}
		for method := range panelMethods {
			if out, err := estimated(text, method); err == nil && !strings.HasPrefix(out, `{"method":"`+method) {
				t.Errorf("%s: %s", method, out)
			}
		}
	})
}
