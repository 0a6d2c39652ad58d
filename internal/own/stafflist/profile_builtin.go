package stafflist

// ESR returns the profile for the outbound interface of the NHS Electronic Staff
// Record, its Person, Assignment and Position columns laid side by side.
func ESR() Profile {
	return Profile{
		Name:   "esr",
		Source: "ESR",
		Columns: map[Field][]string{
			EmployeeNumber:   {"EmployeeNumber"},
			AssignmentNumber: {"AssignmentNumber"},
			Primary:          {"PrimaryAssignment"},
			Given:            {"FirstName"},
			Family:           {"LastName"},
			PreferredName:    {"PreferredName"},
			Email:            {"OfficeEmailAddress"},
			StaffGroup:       {"JobStaffGroup"},
			Role:             {"JobRole", "JobName"},
			Site:             {"LocationId", "Location"},
			Organisation:     {"WorkplaceOrgCode", "OrganisationId"},
			Contract:         {"AssignmentCategory"},
			PersonType:       {"UserPersonType", "SystemPersonType"},
			FTE:              {"Fte"},
			Start:            {"HireDate", "EffectiveStartDate"},
			End:              {"ActualTerminationDate"},
			ContractEnd:      {"ContractEndDate"},
		},
		DateForms: []string{"yyyyMMdd"},
		Decimal:   ".",
	}
}

// Local returns the profile for the reports trusts make for themselves, whose
// headings are in words.
func Local() Profile {
	return Profile{
		Name:   "local",
		Source: "ESR",
		Columns: map[Field][]string{
			EmployeeNumber:   {"Employee Number", "Employee No", "Employee No.", "Emp No", "Staff Number", "Staff No", "Payroll Number", "Personnel Number", "Pay Number"},
			AssignmentNumber: {"Assignment Number", "Assignment No", "Asg Number", "Position Assignment"},
			Primary:          {"Primary Assignment", "Primary Assignment Flag", "Primary", "Main Assignment", "Primary Flag"},
			Given:            {"First Name", "Forename", "Given Name", "Forenames", "First Names"},
			Family:           {"Last Name", "Surname", "Family Name"},
			FullName:         {"Full Name", "Employee Name", "Employee Full Name"},
			PreferredName:    {"Preferred Name", "Known As", "Preferred First Name"},
			Email:            {"Email Address", "Email", "Work Email", "Work Email Address", "Office Email Address", "E-mail"},
			StaffGroup:       {"Staff Group"},
			Role:             {"Role", "Job Role", "Position Title", "Job Title", "Position", "Position Name"},
			Site:             {"Site", "Location", "Work Location", "Workplace", "Base", "Site Name"},
			Organisation:     {"Organisation Code", "ODS Code", "Org Code", "Workplace Org Code", "Organisation"},
			Contract:         {"Assignment Category", "Contract Type", "Type of Contract", "Employment Type", "Contract"},
			PersonType:       {"Person Type", "User Person Type"},
			FTE:              {"FTE", "WTE", "Contracted FTE", "Contracted WTE", "FTE Contracted"},
			Start:            {"Latest Start Date", "Start Date", "Hire Date", "Latest Hire Date", "Date Started", "Start Date In Organisation"},
			End:              {"Leaving Date", "Termination Date", "Actual Termination Date", "Leave Date", "Date Left", "Last Working Day"},
			ContractEnd:      {"Contract End Date", "Fixed Term End Date", "Fixed Term Temp End Date"},
		},
		DateForms: []string{"dd/MM/yyyy", "dd-MMM-yyyy", "dd-MMM-yy", "dd MMM yyyy", "dd MMMM yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "dd/MM/yy"},
	}
}

// Profiles returns the built-in profiles, the strictest first.
func Profiles() []Profile { return []Profile{ESR(), Local()} }

// Recognise returns the profile that reads most of the headings, among those that
// find every required field. It reports false when none does; [Propose] then helps.
func Recognise(profiles []Profile, headings []string) (Profile, bool) {
	best, most := Profile{}, 0
	for _, p := range profiles {
		m := resolve(p, headings)
		if len(m.missing) > 0 || len(m.repeated) > 0 {
			continue
		}
		if n := len(m.columns); n > most {
			best, most = p, n
		}
	}
	return best, most > 0
}
