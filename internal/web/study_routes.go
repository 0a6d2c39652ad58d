package web

import "commonweal/internal/base/policy"

// studyRoutes are studies: what was registered before its data were looked at, and what
// each showed. Everybody sees them.
func (s *Server) studyRoutes() []route {
	const list = "GET /evidence/studies"
	return []route{
		{pattern: list, action: policy.StudyView, serve: s.studyList},
		{pattern: list + "/{code}", action: policy.StudyView, serve: s.studyShow},
		{pattern: list + "/{code}/spec.json", action: policy.StudyView, serve: s.studySpec},
		{pattern: list + "/{code}/bundle.zip", action: policy.StudyView, serve: s.studyBundle},
		{pattern: "GET /evidence/power", action: policy.EvidenceView, serve: s.powerShow},
	}
}

// studyOperations are the same for programs.
func studyOperations() []operation {
	return group("Studies",
		reads("/studies", policy.StudyView, "listStudies", "Studies with what became of each, newest first", (*visit).apiStudies),
		reads("/studies/{study}", policy.StudyView, "getStudy", "One study: what was registered, its steps, and what a published one said", (*visit).apiStudy),
	)
}
