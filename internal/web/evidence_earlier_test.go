package web_test

import (
	"net/http"
	"testing"
)

// A figure that a later file says anew is shown in both forms, to everybody.
func TestEvidence_WhatWasPublishedBefore(t *testing.T) {
	s := evidence(t)
	other := surveyRow("RBB", "Community Trusts", 7.1, 500)
	s.importFigures("first.xlsx", surveyWorkbook(t, surveyRow("RAA", "Community Trusts", 7.2, 500), other))
	s.as("").get("/evidence/organisations/RAA").want(http.StatusOK).lacks("What was published before")
	s.importFigures("later.xlsx", surveyWorkbook(t, surveyRow("RAA", "Community Trusts", 7.6, 500), other))
	s.as("").get("/evidence/organisations/RAA").want(http.StatusOK).
		says("What was published before", "Both are kept.", "Staff engagement 2024 7.20 7.60 later.xlsx, loaded")
	s.as("").get("/evidence/organisations/RBB").want(http.StatusOK).lacks("What was published before")
}
