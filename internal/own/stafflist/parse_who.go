package stafflist

import (
	"net/mail"
	"strconv"
	"strings"
)

// maxNumber is longer than any employee number in use.
const maxNumber = 30

func (p *parser) number() {
	value := p.raw(EmployeeNumber)
	switch {
	case value == "":
		p.refuse(EmployeeNumber, "", "No employee number, so we cannot tell who this is. "+strings.Replace(p.remedy, "Correct", "Add", 1))
	case shortened(value):
		p.refuse(EmployeeNumber, value, "Employee number "+quoted(value)+" was shortened by a spreadsheet. Export the list again and keep the column as text.")
	case !numberLike(value):
		p.refuse(EmployeeNumber, value, "Employee number "+quoted(value)+" has signs that such a number does not have. "+p.remedy)
	default:
		p.row.EmployeeNumber = value
	}
	assignment := p.text(AssignmentNumber)
	p.row.AssignmentNumber = assignment
}

// numberLike allows letters, digits and the signs that divide them, and begins
// with a letter or digit, so that no formula is a number.
func numberLike(s string) bool {
	if len(s) > maxNumber || !isAlnum(s[0]) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) && strings.IndexByte("-/._", s[i]) < 0 {
			return false
		}
	}
	return true
}

// shortened recognises 2.04188E+07.
func shortened(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	if !ok {
		return false
	}
	_, err := strconv.ParseFloat(mantissa, 64)
	if err != nil {
		return false
	}
	_, err = strconv.Atoi(exponent)
	return err == nil
}

func (p *parser) names() {
	if _, ok := p.columns[FullName]; ok {
		p.fullName()
	} else {
		p.row.Given, p.row.Family = p.text(Given), p.text(Family)
	}
	p.row.PreferredName = p.text(PreferredName)
	if p.row.Family == "" {
		p.refuse(Family, "", "No surname. "+strings.Replace(p.remedy, "Correct", "Add", 1))
	}
}

var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "doctor": true, "prof": true,
	"professor": true, "rev": true, "reverend": true, "sir": true, "dame": true, "lady": true, "lord": true,
}

// fullName reads "Family, Title Given".
func (p *parser) fullName() {
	value := p.text(FullName)
	family, given, ok := strings.Cut(value, ",")
	p.row.Family = strings.TrimSpace(family)
	if value == "" {
		return
	}
	if !ok {
		p.refuse(FullName, value, "Full name "+quoted(value)+" has no comma, so we cannot tell the surname. Use one column for the surname and one for the first name.")
		return
	}
	parts := strings.Fields(given)
	for len(parts) > 1 && titles[strings.ToLower(strings.TrimSuffix(parts[0], "."))] {
		parts = parts[1:]
	}
	p.row.Given = strings.Join(parts, " ")
}

func (p *parser) email() {
	value := strings.ToLower(p.text(Email))
	if value == "" {
		return
	}
	p.row.Email = value
	if !emailLike(value) {
		p.row.Email = ""
		p.refuse(Email, value, "Email "+quoted(value)+" is not an email address. "+p.remedy)
	}
}

// emailLike takes a bare address whose domain has a dot.
func emailLike(s string) bool {
	if len(s) > 254 {
		return false
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	return !strings.ContainsAny(local, "\" \\") && strings.Contains(strings.Trim(domain, "."), ".") && !strings.HasSuffix(domain, ".")
}
