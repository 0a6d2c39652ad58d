package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// packRoutes are the board pack and an organisation's own figures.
func (s *Server) packRoutes() []route {
	const pack, indicators = "/evidence/pack", "/evidence/indicators"
	return []route{
		{pattern: "GET /evidence/glossary", action: policy.EvidenceView, serve: s.glossaryShow},

		{pattern: "GET " + pack, action: policy.PackView, serve: s.packShow},
		{pattern: "GET " + pack + ".html", action: policy.PackView, serve: s.packPaper},
		{pattern: "GET " + pack + ".csv", action: policy.PackView, serve: s.packTable},
		{pattern: "GET " + pack + ".xlsx", action: policy.PackView, serve: s.packWorkbook},
		{pattern: "GET " + pack + "/edit", action: policy.PackEdit, serve: s.packEdit},
		{pattern: "POST " + pack + "/edit", action: policy.PackEdit, serve: s.packEditDo},
		{pattern: "GET " + pack + "/{measure}", action: policy.PackView, serve: s.packMeasure},
		{pattern: "GET " + pack + "/{measure}/edit", action: policy.PackEdit, serve: s.packMeasureEdit},
		{pattern: "POST " + pack + "/{measure}/edit", action: policy.PackEdit, serve: s.packMeasureEditDo},
		{pattern: "GET " + pack + "/{measure}/leave", action: policy.PackEdit, serve: s.packLeave},
		{pattern: "POST " + pack + "/{measure}/leave", action: policy.PackEdit, serve: s.packLeaveDo},

		{pattern: "GET " + indicators, action: policy.IndicatorView, serve: s.indicatorList},
		{pattern: "GET " + indicators + "/new", action: policy.IndicatorEdit, serve: s.indicatorNew},
		{pattern: "POST " + indicators + "/new", action: policy.IndicatorEdit, serve: s.indicatorNewDo},
		{pattern: "GET " + indicators + "/{code}", action: policy.IndicatorView, serve: s.indicatorShow},
		{pattern: "GET " + indicators + "/{code}/revise", action: policy.IndicatorEdit, serve: s.indicatorRevise},
		{pattern: "POST " + indicators + "/{code}/revise", action: policy.IndicatorEdit, serve: s.indicatorReviseDo},
		{pattern: "GET " + indicators + "/{code}/import", action: policy.IndicatorEdit, serve: s.indicatorImport},
		{pattern: "POST " + indicators + "/{code}/import", action: policy.IndicatorEdit, serve: s.indicatorImportDo, upload: staffUpload},
		{pattern: "GET " + indicators + "/{code}/imports/{id}", action: policy.IndicatorView, serve: s.indicatorImported},
	}
}

// packOperations are the same for programs.
func packOperations() []operation {
	return group("Indicators",
		reads("/indicators", policy.IndicatorView, "listIndicators", "The measures of the organisation: its own, and those read from elsewhere", (*visit).apiIndicators),
		does("/indicators", policy.IndicatorEdit, "defineIndicator", "Define a measure, or revise one", http.StatusCreated, (*visit).apiDefine).
			note("A revision needs a reason. What the measure was before stays to be read."),
		reads("/indicators/{indicator}/figures", policy.IndicatorView, "listIndicatorFigures", "The figures of a measure as they stand", (*visit).apiIndicatorFigures),
		takes("/indicators/{indicator}/imports", policy.IndicatorEdit, "importIndicator", "Load figures of a measure", indicatorFile, (*visit).apiIndicatorImport),
		reads("/pack", policy.PackView, "listPack", "The board pack: each measure with its sentence and what its icons say", (*visit).apiPack),
		does("/pack/measures", policy.PackEdit, "putPackMeasure", "Take a measure into the pack, or change its target, peers and limits", http.StatusOK, (*visit).apiPutMeasure),
		does("/pack/measures/{indicator}/leave", policy.PackEdit, "leavePack", "Take a measure out of the pack", http.StatusOK, (*visit).apiLeavePack).
			note("It stays in the list of those that left, with the day and the reason."),
	)
}

func init() {
	listFiles["/evidence/indicators"] = "listIndicators"
	byProgram["POST /evidence/pack/edit"] = []string{"putPackMeasure"}
	byProgram["POST /evidence/pack/{measure}/edit"] = []string{"putPackMeasure"}
	byProgram["POST /evidence/pack/{measure}/leave"] = []string{"leavePack"}
	byProgram["POST /evidence/indicators/new"] = []string{"defineIndicator"}
	byProgram["POST /evidence/indicators/{code}/revise"] = []string{"defineIndicator"}
	byProgram["POST /evidence/indicators/{code}/import"] = []string{"importIndicator"}
}
