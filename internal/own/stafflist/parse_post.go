package stafflist

import (
	"strconv"
	"strings"
)

func (p *parser) post() {
	p.row.Role, p.row.Site, p.row.Organisation = p.shared(Role), p.shared(Site), p.shared(Organisation)
	if value := p.text(StaffGroup); value != "" {
		name, ok := p.groups.find(value)
		if !ok {
			p.refuse(StaffGroup, value, "Staff group "+quoted(value)+" is not known. "+p.didYouMean(p.groups.nearest(value), "staff groups"))
		}
		p.row.StaffGroup = name
	}
	p.category()
	p.fte()
	switch value := p.raw(Primary); strings.ToLower(value) {
	case "":
	case "yes", "y", "true", "1", "primary":
		p.row.Primary = Yes
	case "no", "n", "false", "0", "secondary":
		p.row.Primary = No
	default:
		p.refuse(Primary, value, "Main assignment "+quoted(value)+" is neither yes nor no. "+p.remedy)
	}
}

func (p *parser) didYouMean(suggestion, known string) string {
	if suggestion != "" {
		return "Did you mean " + suggestion + "?"
	}
	return strings.TrimSuffix(p.remedy, ".") + ", or add it to your " + known + "."
}

func (p *parser) category() {
	if value := p.text(Contract); value != "" {
		category, ok := findCategory(value)
		if !ok {
			suggestion := nearestCategory(value)
			reason := "Contract " + quoted(value) + " is not known. " + p.remedy
			if suggestion != "" {
				reason = "Contract " + quoted(value) + " is not known. Did you mean " + suggestion + "?"
			}
			p.refuse(Contract, value, reason)
		}
		p.row.Category = category
	}
	value := p.text(PersonType)
	if value == "" {
		return
	}
	switch kind, category := readPersonType(value); kind {
	case standingSpecial:
		p.row.Category = category
	case standingApplicant:
		p.refuse(PersonType, value, "This is an applicant, who is not employed yet. Leave applicants out of the list.")
		p.rejects[len(p.rejects)-1].nobody = true
	case standingGone:
		if p.raw(End) == "" {
			p.refuse(End, "", "Marked as "+quoted(value)+" but without a leaving date. "+strings.Replace(p.remedy, "Correct", "Add", 1))
		}
	case standingStaff:
	case standingUnknown:
		p.refuse(PersonType, value, "Person type "+quoted(value)+" is not known, so we cannot tell if this is an employee. "+p.remedy)
	}
}

// fte reads hundredths of whole time.
func (p *parser) fte() {
	value := p.raw(FTE)
	if value == "" {
		return
	}
	number := value
	switch {
	case p.decimal == ",":
		number = strings.Replace(value, ",", ".", 1)
	case p.decimal == "" && strings.Count(value, ",") == 1 && !strings.Contains(value, "."):
		number = strings.Replace(value, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || strings.ContainsAny(number, "xXpPiInN_") {
		p.refuse(FTE, value, "FTE "+quoted(value)+" is not a number. "+p.remedy)
		return
	}
	if n < 0 || n > 2 {
		p.refuse(FTE, value, "FTE "+quoted(value)+" is not between 0 and 2. If it is hours a week, choose another column. If not, c"+strings.TrimPrefix(p.remedy, "C"))
		return
	}
	p.row.FTE = int(n*100 + 0.5)
}
