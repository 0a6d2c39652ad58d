package web

import (
	"bytes"
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
	Plain      []string    `json:"plain,omitempty" doc:"The same in plain words."`
	Output     string      `json:"output,omitempty" doc:"output.json of a published study."`
}

type studyStep struct {
	Kind   study.Stage `json:"kind"`
	Day    string      `json:"day"`
	Data   string      `json:"data_sha256,omitempty"`
	Output string      `json:"output_sha256,omitempty"`
	Reason string      `json:"reason,omitempty" doc:"Why it was withdrawn."`
	Loaded string      `json:"loaded,omitempty" doc:"Of a lock: the day on which figures of the data were loaded here, where that was before the registration."`
}

func studyOf(s study.Study) studyJSON {
	out := studyJSON{
		Code: s.Code, Title: s.Spec.Title, Question: s.Spec.Question, Stage: s.Stage(), SHA256: s.SHA256, Registered: s.Registered.String(),
		Steps: []studyStep{}, Says: []string{},
	}
	for _, p := range s.Steps {
		out.Steps = append(out.Steps, studyStep{p.Kind, p.Day.String(), p.DataSHA256, p.OutputSHA256, p.Reason, p.Loaded})
	}
	return out
}

// tell adds what a study says; out is nil where not everybody may see that.
func (j *studyJSON) tell(s study.Study, out *study.Output) {
	if out != nil {
		j.Says, j.Plain = out.Sentences, plainAnswers(s.Spec, out)
	}
}

func (v *visit) apiStudies(p pageParams) (list[studyJSON], error) {
	all, err := v.house.Studies.All(v.ctx, v.org.ID)
	if err != nil {
		return list[studyJSON]{}, err
	}
	said, err := v.house.Studies.Outputs(v.ctx, v.org.ID, all)
	if err != nil {
		return list[studyJSON]{}, err
	}
	var out []studyJSON
	for _, s := range all {
		one := studyOf(s)
		one.tell(s, said[s.Code])
		out = append(out, one)
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
	if out.Spec = string(raw); !s.Shown() {
		return out, nil
	}
	said, err := v.house.Studies.Output(v.ctx, s)
	if err != nil {
		return out, err
	}
	out.tell(s, said)
	raw, err = json.Marshal(said)
	out.Output = string(raw)
	return out, err
}

// What specifications and data of studies come as.
var (
	studySpecFile = upload{media: []string{"application/json"}, limit: study.MaxSpec, about: "A specification in JSON, at most 256 kB."}
	studyDataFile = upload{media: []string{"text/csv", "application/octet-stream"}, limit: study.MaxData, about: "CSV with headings, at most 32 MB."}
)

func (v *visit) apiRegisterStudy(_ none, file []byte) (studyJSON, error) {
	spec, err := study.ReadSpec(bytes.NewReader(file))
	if err != nil {
		return studyJSON{}, err
	}
	s, err := v.house.Studies.Register(v.ctx, v.actor.Person, v.org.ID, spec)
	if err != nil {
		return studyJSON{}, err
	}
	return v.apiStudy(studyParams{s.Code})
}

func (v *visit) apiLockStudy(p studyParams, file []byte) (studyJSON, error) {
	if _, err := v.house.Studies.Lock(v.ctx, v.actor.Person, v.org.ID, p.Study, bytes.NewReader(file)); err != nil {
		return studyJSON{}, err
	}
	return v.apiStudy(p)
}

func (v *visit) apiLockToMeasures(p studyParams, _ none) (studyJSON, error) {
	if _, err := v.house.Studies.LockToLibrary(v.ctx, v.actor.Person, v.org.ID, p.Study); err != nil {
		return studyJSON{}, err
	}
	return v.apiStudy(p)
}

type ranJSON struct {
	Study    string   `json:"study"`
	SHA256   string   `json:"output_sha256" doc:"Of output.json, as it is in the record."`
	Says     []string `json:"says" doc:"One sentence for each outcome."`
	Plain    []string `json:"plain" doc:"The same in plain words."`
	Warnings []string `json:"warnings"`
}

func (v *visit) apiRunStudy(p studyParams, _ none) (ranJSON, error) {
	s, out, err := v.house.Studies.Run(v.ctx, v.actor.Person, v.org.ID, p.Study)
	if err != nil {
		return ranJSON{}, err
	}
	ran, _ := s.Step(study.Ran)
	return ranJSON{s.Code, ran.OutputSHA256, out.Sentences, plainAnswers(s.Spec, out), out.Warnings}, nil
}

func (v *visit) apiPublishStudy(p studyParams, _ none) (studyJSON, error) {
	if _, err := v.house.Studies.Publish(v.ctx, v.actor.Person, v.org.ID, p.Study); err != nil {
		return studyJSON{}, err
	}
	return v.apiStudy(p)
}

type withdrawStudyJSON struct {
	Reason string `json:"reason" max:"2000" doc:"Everybody reads it."`
}

func (v *visit) apiWithdrawStudy(p studyParams, b withdrawStudyJSON) (studyJSON, error) {
	if _, err := v.house.Studies.Withdraw(v.ctx, v.actor.Person, v.org.ID, p.Study, b.Reason); err != nil {
		return studyJSON{}, err
	}
	return v.apiStudy(p)
}
