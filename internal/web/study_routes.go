package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/study"
)

// studyRoutes are studies: what was registered before its data were looked at, and what
// each showed. Everybody sees them.
func (s *Server) studyRoutes() []route {
	const list = "/evidence/studies"
	const one = list + "/{code}"
	return []route{
		{pattern: "GET " + list, action: policy.StudyView, serve: s.studyList},
		{pattern: "GET " + studyNewPath, action: policy.StudyRegister, serve: s.studyNew},
		{pattern: "POST " + studyNewPath, action: policy.StudyRegister, serve: s.studyNewDo},
		{pattern: "GET " + studyNewPath + "/written", action: policy.StudyRegister, serve: s.studyWritten},
		{pattern: "POST " + studyNewPath + "/written", action: policy.StudyRegister, serve: s.studyWrittenDo, upload: study.MaxSpec + 64<<10},
		{pattern: "GET " + one, action: policy.StudyView, serve: s.studyShow},
		{pattern: "GET " + one + "/spec.json", action: policy.StudyView, serve: s.studySpec},
		{pattern: "GET " + one + "/bundle.zip", action: policy.StudyView, serve: s.studyBundle},
		{pattern: "GET " + one + "/lock", action: policy.StudyRun, serve: s.studyLock},
		{pattern: "POST " + one + "/lock", action: policy.StudyRun, serve: s.studyLockDo, upload: study.MaxData + 64<<10},
		{pattern: "GET " + one + "/run", action: policy.StudyRun, serve: studyRun.ask},
		{pattern: "POST " + one + "/run", action: policy.StudyRun, serve: studyRun.took},
		{pattern: "GET " + one + "/publish", action: policy.StudyRun, serve: studyPublish.ask},
		{pattern: "POST " + one + "/publish", action: policy.StudyRun, serve: studyPublish.took},
		{pattern: "GET " + one + "/withdraw", action: policy.StudyRegister, serve: s.studyWithdraw},
		{pattern: "POST " + one + "/withdraw", action: policy.StudyRegister, serve: s.studyWithdrawDo},
		{pattern: "GET " + powerPath, action: policy.EvidenceView, serve: s.powerShow},
		{pattern: "GET " + powerFilePath, action: policy.IndicatorView, serve: s.powerFile},
		{pattern: "POST " + powerFilePath, action: policy.IndicatorView, serve: s.powerFileDo, upload: study.MaxData + 64<<10},
	}
}

// studyOperations are the same for programs.
func studyOperations() []operation {
	return group("Studies",
		reads("/studies", policy.StudyView, "listStudies", "Studies with what became of each, newest first", (*visit).apiStudies),
		takes("/studies", policy.StudyRegister, "registerStudy", "Register what is to be tested, before its data are looked at", studySpecFile, (*visit).apiRegisterStudy).
			note("The body is the specification. Its SHA-256 goes to the record; it can be withdrawn and never changed."),
		reads("/studies/{study}", policy.StudyView, "getStudy", "One study: what was registered, its steps, and what a published one said", (*visit).apiStudy),
		takes("/studies/{study}/lock", policy.StudyRun, "lockStudy", "Lock a registered study to its data", studyDataFile, (*visit).apiLockStudy),
		does("/studies/{study}/lock-to-measures", policy.StudyRun, "lockStudyToMeasures", "Lock a registered study to the figures of the measures that it names", http.StatusOK, (*visit).apiLockToMeasures),
		does("/studies/{study}/run", policy.StudyRun, "runStudy", "Run a locked study; what comes out is kept", http.StatusOK, (*visit).apiRunStudy),
		does("/studies/{study}/publish", policy.StudyRun, "publishStudy", "Show everybody what a study said", http.StatusOK, (*visit).apiPublishStudy),
		does("/studies/{study}/withdraw", policy.StudyRegister, "withdrawStudy", "Withdraw a study, with a reason that stays", http.StatusOK, (*visit).apiWithdrawStudy),
		takes("/power", policy.IndicatorView, "planStudy", "What so many sites can show of an outcome, from a file of its own history", studyDataFile, (*visit).apiPower),
		reads("/indicators/{indicator}/power", policy.IndicatorView, "planStudyOfIndicator", "What so many sites can show of a measure, from its own history", (*visit).apiPowerOf),
	)
}

func init() {
	byProgram["POST "+studyNewPath] = []string{"registerStudy"}
	byProgram["POST "+studyNewPath+"/written"] = []string{"registerStudy"}
	const one = "POST /evidence/studies/{code}"
	byProgram[one+"/lock"] = []string{"lockStudy", "lockStudyToMeasures"}
	byProgram[one+"/run"] = []string{"runStudy"}
	byProgram[one+"/publish"] = []string{"publishStudy"}
	byProgram[one+"/withdraw"] = []string{"withdrawStudy"}
	byProgram["POST "+powerFilePath] = []string{"planStudy"}
}
