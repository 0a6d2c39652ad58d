package stafflist

import (
	"strconv"
	"strings"
	"time"

	"commonweal/law"
)

// earliestStart is before anyone now employed began; lists write 1 January 1900
// for "not known".
var earliestStart = law.NewDate(1945, time.January, 1)

func (p *parser) days() {
	start, okStart := p.day(Start)
	end, okEnd := p.day(End)
	contractEnd, okContract := p.day(ContractEnd)
	p.row.Start, p.row.End, p.row.ContractEnd = start, end, contractEnd
	if !okStart {
		return
	}
	if start.IsZero() {
		p.refuse(Start, "", "No start date. "+strings.Replace(p.remedy, "Correct", "Add", 1))
		return
	}
	if start.Before(earliestStart) {
		p.refuse(Start, start.String(), "Start date "+spoken(start)+" is too long ago to be right. "+p.remedy)
		return
	}
	if okEnd && !end.IsZero() && end.Before(start) {
		p.refuse(End, end.String(), "Leaving date "+spoken(end)+" is before the start date "+spoken(start)+". "+p.remedy)
	}
	if okContract && !contractEnd.IsZero() && contractEnd.Before(start) {
		p.refuse(ContractEnd, contractEnd.String(), "Contract end date "+spoken(contractEnd)+" is before the start date "+spoken(start)+". "+p.remedy)
	}
}

// day reads a date. An empty cell is no date and no fault.
func (p *parser) day(f Field) (law.Date, bool) {
	value := p.raw(f)
	if value == "" {
		return law.Date{}, true
	}
	if day, ok := p.dates.read(value); ok {
		return day, true
	}
	if !p.csv {
		// A date cell whose format was lost still holds the day's number.
		if n, err := strconv.Atoi(value); err == nil && n > 16_000 && n < 80_000 {
			if day, ok := serialDay(float64(n), p.list.Source.from1904); ok {
				return day, true
			}
		}
	}
	p.refuse(f, value, f.Label()+" "+quoted(value)+" is not a date. "+p.remedy)
	return law.Date{}, false
}
