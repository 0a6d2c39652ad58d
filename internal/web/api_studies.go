package web

import (
	"encoding/json"

	"commonweal/internal/prove/study"
)

type studyJSON struct {
	Code       string      `json:"code"`
	Title      string      `json:"title"`
	Question   string      `json:"question"`
	Stage      study.Stage `json:"stage" doc:"registered, locked, run, published or withdrawn."`
	SHA256     string      `json:"sha256" doc:"Of the canonical specification, as it is in the record."`
	Registered string      `json:"registered" doc:"The day."`
	Spec       string      `json:"spec,omitempty" doc:"The specification in canonical JSON, as it was hashed."`
	Steps      []studyStep `json:"steps"`
	Says       []string    `json:"says" doc:"What a published study says, one sentence for each outcome."`
	Output     string      `json:"output,omitempty" doc:"output.json of a published study."`
}

type studyStep struct {
	Kind   study.Stage `json:"kind"`
	Day    string      `json:"day"`
	Data   string      `json:"data_sha256,omitempty"`
	Output string      `json:"output_sha256,omitempty"`
	Reason string      `json:"reason,omitempty" doc:"Why it was withdrawn."`
}

func studyOf(s study.Study) studyJSON {
	out := studyJSON{
		Code: s.Code, Title: s.Spec.Title, Question: s.Spec.Question, Stage: s.Stage(), SHA256: s.SHA256, Registered: s.Registered.String(),
		Steps: []studyStep{}, Says: []string{},
	}
	for _, p := range s.Steps {
		out.Steps = append(out.Steps, studyStep{p.Kind, p.Day.String(), p.DataSHA256, p.OutputSHA256, p.Reason})
	}
	return out
}

func (v *visit) apiStudies(p pageParams) (list[studyJSON], error) {
	all, err := v.house.Studies.All(v.ctx, v.org.ID)
	if err != nil {
		return list[studyJSON]{}, err
	}
	var out []studyJSON
	for _, s := range all {
		out = append(out, studyOf(s))
	}
	return pageOf(p, "studies", out, func(s studyJSON) string { return s.Code })
}

type studyParams struct {
	Study string `path:"study" max:"60" doc:"The code of the study."`
}

func (v *visit) apiStudy(p studyParams) (studyJSON, error) {
	s, err := v.house.Studies.One(v.ctx, v.org.ID, p.Study)
	if err != nil {
		return studyJSON{}, err
	}
	out := studyOf(s)
	raw, err := s.Spec.Canonical()
	if err != nil {
		return out, err
	}
	if out.Spec = string(raw); !shown(s) {
		return out, nil
	}
	said, err := v.house.Studies.Output(v.ctx, s)
	if err != nil {
		return out, err
	}
	out.Says = said.Sentences
	raw, err = json.Marshal(said)
	out.Output = string(raw)
	return out, err
}
