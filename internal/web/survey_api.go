package web

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// surveyJSON is a survey in a list.
type surveyJSON struct {
	ID       uuid     `json:"id"`
	Code     string   `json:"code" doc:"In addresses."`
	Title    string   `json:"title"`
	Kind     string   `json:"kind" doc:"annual or pulse."`
	Stage    string   `json:"stage" doc:"called, open, closed, released, ended or abandoned."`
	Called   law.Date `json:"called"`
	Census   law.Date `json:"census" doc:"Who was employed on this day is asked."`
	Opens    law.Date `json:"opens" doc:"The first day."`
	Closes   law.Date `json:"closes" doc:"The last day."`
	Eligible int      `json:"eligible" doc:"How many are asked."`
	Source   string   `json:"source,omitempty" doc:"Who held it, where it was brought in."`
}

func surveyJSONOf(s survey) surveyJSON {
	return surveyJSON{
		ID: uuid(s.ID), Code: s.Code, Title: s.Title, Kind: string(s.Kind), Stage: string(s.stage), Called: s.Called, Census: s.Census,
		Opens: s.Opens, Closes: s.Closes, Eligible: s.Eligible, Source: s.Source,
	}
}

func (v *visit) apiSurveys(p pageParams) (list[surveyJSON], error) {
	all, err := v.surveys()
	if err != nil {
		return list[surveyJSON]{}, err
	}
	out := make([]surveyJSON, len(all))
	for i, s := range all {
		out[i] = surveyJSONOf(s)
	}
	return pageOf(p, "surveys", out, func(x surveyJSON) string { return x.Closes.String() + " " + string(x.ID) })
}

type surveyParams struct {
	Wave string `path:"wave" max:"40" doc:"The code of the survey."`
}

type wholeSurveyJSON struct {
	surveyJSON
	About          string           `json:"about,omitempty"`
	Minimum        int              `json:"minimum" doc:"Fewest answers of a group whose results are shown."`
	Comments       bool             `json:"comments" doc:"A comment is asked for."`
	CommentMinimum int              `json:"comment_minimum,omitempty" doc:"Fewest answers of a group whose comments are shown."`
	Languages      []string         `json:"languages"`
	Paper          bool             `json:"paper" doc:"Slips with a serial are given out besides."`
	KeptUntil      law.Date         `json:"kept_until,omitzero" doc:"Answers are erased after this day."`
	Instrument     string           `json:"instrument" doc:"What is asked, by its identifier."`
	InstrumentHash string           `json:"instrument_sha256"`
	KeyHash        string           `json:"key_sha256,omitempty" doc:"Of the key that passes are signed with."`
	NoticeHash     string           `json:"notice_sha256,omitempty" doc:"Of the notice, which is to be had at /surveys/{wave}/files/notice.json."`
	Abandoned      law.Date         `json:"abandoned,omitzero"`
	Reason         string           `json:"reason,omitempty" doc:"Why it was abandoned."`
	Parts          []surveyPartJSON `json:"parts" doc:"What is asked, in the order in which it is put."`
}

type surveyPartJSON struct {
	Stem      string   `json:"stem"`
	Questions []string `json:"questions"`
}

func (v *visit) apiSurvey(p surveyParams) (wholeSurveyJSON, error) {
	s, err := v.surveyNamed(p.Wave)
	if err != nil {
		return wholeSurveyJSON{}, err
	}
	out := wholeSurveyJSON{
		surveyJSON: surveyJSONOf(s), About: s.About, Minimum: s.Minimum, Comments: s.Comments, Languages: s.Languages, Paper: s.Paper,
		Instrument: s.Instrument.ID, InstrumentHash: s.InstrumentHash, KeyHash: s.KeyHash, NoticeHash: s.NoticeHash, Abandoned: s.Abandoned, Reason: s.Reason,
	}
	if s.Comments {
		out.CommentMinimum = s.CommentMinimum
	}
	if !s.BroughtIn() {
		out.KeptUntil = s.KeptUntil()
	}
	for _, part := range surveyParts(s.Instrument) {
		out.Parts = append(out.Parts, surveyPartJSON(part))
	}
	return out, nil
}

type surveyChecksJSON struct {
	Eligible int               `json:"eligible" doc:"How many are asked."`
	Issued   int               `json:"issued" doc:"How many of them have a pass or a slip; while it is open, by the record of last evening."`
	Spent    int               `json:"spent" doc:"How many passes are used and counted."`
	Slips    int               `json:"slips" doc:"How many paper slips were given out, once the last passes are counted."`
	BySlips  int               `json:"by_slips" doc:"How many answers came on slips, once the last passes are counted."`
	Findings []string          `json:"findings" doc:"What does not agree about slips; none where all does."`
	Settled  bool              `json:"settled" doc:"The last passes are counted."`
	Lists    []countedListJSON `json:"lists" doc:"The marks of passes that are counted are at /surveys/{wave}/files/counted-{number}.txt."`
}

type countedListJSON struct {
	Number int      `json:"number"`
	Day    law.Date `json:"day"`
	Passes int      `json:"passes"`
	SHA256 string   `json:"sha256" doc:"Of the file."`
}

func (v *visit) apiSurveyChecks(p surveyParams) (surveyChecksJSON, error) {
	s, err := v.surveyNamed(p.Wave)
	if err != nil {
		return surveyChecksJSON{}, err
	}
	if s.BroughtIn() {
		return surveyChecksJSON{}, fault.Errorf(fault.Conflict, "survey %s was held by %s: it had no passes", s.Code, s.Source)
	}
	counts, err := v.house.Waves.Counts(v.ctx, v.org.ID, s.ID)
	if err != nil {
		return surveyChecksJSON{}, err
	}
	batches, err := v.house.Waves.Batches(v.ctx, v.org.ID, s.ID)
	if err != nil {
		return surveyChecksJSON{}, err
	}
	slips, err := v.house.Waves.SlipsUsed(v.ctx, v.org.ID, s.ID)
	if err != nil {
		return surveyChecksJSON{}, err
	}
	out := surveyChecksJSON{
		Eligible: counts.Eligible, Issued: counts.Issued, Spent: counts.Spent, Findings: []string{}, Settled: !s.Settled.IsZero(),
	}
	if slips.Settled {
		out.Slips, out.BySlips = slips.Given, slips.Answers
	}
	if text := slips.Finding(); text != "" {
		out.Findings = append(out.Findings, text)
	}
	for _, b := range batches {
		out.Lists = append(out.Lists, countedListJSON{b.Number, b.Day, len(b.Hashes), b.SHA256})
	}
	return out, nil
}

type countedParams struct {
	Wave string `path:"wave" max:"40" doc:"The code of the survey."`
	List int64  `path:"list" min:"1" doc:"The number of the list."`
}

type countedJSON struct {
	Marks []string `json:"marks" doc:"SHA-256, in hexadecimal, sorted."`
}

func (v *visit) apiSurveyCounted(p countedParams) (countedJSON, error) {
	s, err := v.surveyNamed(p.Wave)
	if err != nil {
		return countedJSON{}, err
	}
	batches, err := v.house.Waves.Batches(v.ctx, v.org.ID, s.ID)
	for _, b := range batches {
		if int64(b.Number) == p.List {
			return countedJSON{b.Hashes}, err
		}
	}
	if err != nil {
		return countedJSON{}, err
	}
	return countedJSON{}, fault.Errorf(fault.NotFound, "survey %s has no list %s", s.Code, strconv.FormatInt(p.List, 10))
}
