package web

import (
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
)

// staffLine is somebody on the staff list, for a program.
type staffLine struct {
	Person         string `json:"person"`
	Employer       string `json:"employer"`
	EmployeeNumber string `json:"employee_number"`
	Given          string `json:"given"`
	Family         string `json:"family"`
	PreferredName  string `json:"preferred_name,omitempty"`
	Email          string `json:"email,omitempty"`
	StaffGroup     string `json:"staff_group,omitempty"`
	Role           string `json:"role,omitempty"`
	Site           string `json:"site,omitempty"`
	Organisation   string `json:"organisation,omitempty"`
	Contract       string `json:"contract,omitempty"`
	FTE            string `json:"fte,omitempty"` // of whole time, to two decimals
	Starts         string `json:"starts"`
	Ends           string `json:"ends,omitempty"`
	ContractEnds   string `json:"contract_ends,omitempty"`
}

var staffHeads = []string{
	"Employee number", "First name", "Surname", "Preferred name", "Email", "Staff group", "Role", "Site", "Organisation",
	"Contract", "FTE", "Start date", "Leaving date", "Contract end date", "Employer",
}

func (l staffLine) cells() []string {
	return []string{
		l.EmployeeNumber, l.Given, l.Family, l.PreferredName, l.Email, l.StaffGroup, l.Role, l.Site, l.Organisation,
		l.Contract, l.FTE, l.Starts, l.Ends, l.ContractEnds, l.Employer,
	}
}

func staffLineOf(e staff.Entry) staffLine {
	return staffLine{
		Person: e.PersonID, Employer: e.Employer, EmployeeNumber: e.EmployeeNumber, Given: e.Given, Family: e.Family,
		PreferredName: e.PreferredName, Email: e.Email, StaffGroup: e.Main.StaffGroup, Role: e.Main.Role, Site: e.Main.Site,
		Organisation: e.Main.Organisation, Contract: e.Main.Category.Label(), FTE: hundredths(e.Main.FTE),
		Starts: e.Main.Start.String(), Ends: dateText(e.Main.End), ContractEnds: dateText(e.Main.ContractEnd),
	}
}

// eachStaff calls yield for everybody that the address asks for.
func (v *visit) eachStaff(yield func(staffLine)) (name string, err error) {
	filter, field, ok := v.staffFilter()
	if !ok {
		return "", fieldFault(field)
	}
	if _, kept := v.sought("/staff"); !kept {
		return "", fault.Errorf(fault.Conflict, "we no longer have what you looked for: search again")
	}
	err = v.house.Staff.EachOn(v.ctx, filter, func(e staff.Entry) error {
		yield(staffLineOf(e))
		return nil
	})
	return "staff-" + v.org.ID + "-" + filter.Day.String(), err
}

// staffFile is the staff list on a day, for a spreadsheet or a program.
func (s *Server) staffFile(v *visit) error { return sendLines(v, staffHeads, v.eachStaff) }

// hundredths writes 60 as 0.60, and nothing for what is not said.
func hundredths(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}
