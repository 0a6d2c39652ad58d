package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

const credentialRoot = "/votes/{poll}/{contest}/credentials"

// credentialRoutes are what the registrar does: the codes that members vote with. That
// it is the registrar who was named for the vote is asked of the poll.
func (s *Server) credentialRoutes() []route {
	at := func(method, path string, do func(i *issue) error) route {
		return route{pattern: method + " " + credentialRoot + path, action: policy.CredentialIssue, serve: s.issuing(do)}
	}
	send := at(http.MethodPost, "", s.credentialDeposit)
	send.upload = mostCodes
	return []route{
		at(http.MethodGet, "", s.credentialShow),
		send,
		at(http.MethodGet, "/make", s.credentialMake),
		at(http.MethodGet, "/to-make.json", s.credentialWork),
		{pattern: "GET " + credentialRoot + "/to-make-with-names.json", action: policy.RollView, serve: s.issuing(s.credentialWorkNames)},
		at(http.MethodGet, "/list", s.credentialList),
		at(http.MethodGet, "/list.csv", s.credentialListFile),
		at(http.MethodGet, "/list.json", s.credentialListFile),
		at(http.MethodGet, "/replace", s.credentialReplace),
		at(http.MethodPost, "/replace", s.credentialReplaceDo),
		at(http.MethodGet, "/replaced/{mark}", s.credentialReplaced),
		at(http.MethodGet, "/void", s.credentialVoid),
		at(http.MethodPost, "/void", s.credentialVoidDo),
	}
}

// credentialOperations are the same for programs.
func credentialOperations() []operation {
	return group("Credentials",
		reads("/votes/{poll}/{contest}/codes", policy.CredentialIssue, "listCodes", "What every voter of a contest votes with, by number, and the spares", (*visit).apiCodes).
			note("For the registrar who is named for the vote. Codes themselves are not here: the server never has them."),
		reads("/votes/{poll}/{contest}/codes/to-make", policy.CredentialIssue, "getCodesToMake", "Which codes are to be made", (*visit).apiCodesToMake).
			note("It is the file that commonweal election credentials --roll reads."),
		does("/votes/{poll}/{contest}/codes", policy.CredentialIssue, "sendCodesMade", "Send the public parts of codes that were made", http.StatusOK, (*visit).apiCodesMade).
			note("All or nothing, but for voters who need none any more: they are left out and named. One request carries 1 MiB; send some thousand codes in several."),
		does("/votes/{poll}/{contest}/codes/replace", policy.CredentialIssue, "replaceCode", "Give a voter a spare for what was lost", http.StatusOK, (*visit).apiReplaceCode).
			note("Only before a vote was received from the voter."),
		does("/votes/{poll}/{contest}/codes/void", policy.CredentialIssue, "voidCode", "Take a code out of use", http.StatusOK, (*visit).apiVoidCode).
			note("Only before a vote was received from the voter who has it."),
	)
}

func init() {
	byProgram["POST "+credentialRoot] = []string{"sendCodesMade"}
	byProgram["POST "+credentialRoot+"/replace"] = []string{"replaceCode"}
	byProgram["POST "+credentialRoot+"/void"] = []string{"voidCode"}
}
