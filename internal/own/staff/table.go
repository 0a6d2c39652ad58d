package staff

import "commonweal/internal/base/journal"

// Tables are the governed tables of this room. Uploads that wait and rows that
// were refused are not among them: they are gone after some days.
var Tables = []journal.Table{
	journal.Govern("staff", "employer_id", "employee_no", "person_id", "erased"),
	journal.Govern("staff_version", "staff_id", "n int", "effective", "import_id", "given", "family", "preferred", "email",
		"assignment_no", "staff_group", "job_role", "site", "org_code", "category", "fte int", "starts", "ends", "contract_ends", "other_posts"),
	journal.Govern("staff_import", "employer_id", "as_at", "file_name", "file_sha256", "profile", "rows_read int", "joiners int",
		"leavers int", "changes int", "unchanged int", "held int", "rejected int", "dropped", "doubts", "confirmed_by",
		"applied", "applied_by", "entry int"),
	journal.Govern("staff_profile", "name", "mapping", "saved", "saved_by"),
}
