package web

import (
	"errors"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/law"
	"commonweal/spc"
)

type indicatorJSON struct {
	Code        string          `json:"code"`
	Revision    int             `json:"revision"`
	Name        string          `json:"name"`
	About       string          `json:"about"`
	Kind        indicator.Kind  `json:"kind" doc:"value, proportion, rate or ratio."`
	Numerator   string          `json:"numerator,omitempty"`
	Denominator string          `json:"denominator,omitempty"`
	Per         int             `json:"per,omitempty" doc:"Of a rate: in every so many."`
	Unit        string          `json:"unit,omitempty"`
	Decimals    int             `json:"decimals"`
	Direction   spc.Direction   `json:"direction" doc:"up, down or neutral: which way is better."`
	Every       indicator.Every `json:"every" doc:"month, quarter or year."`
	Covers      int             `json:"covers" doc:"Of how many periods each figure speaks."`
	Starts      law.Date        `json:"starts,omitzero"`
	Source      string          `json:"source"`
	Licence     string          `json:"licence,omitempty"`
	Own         bool            `json:"own" doc:"The organisation keeps the figures itself; otherwise they are read from elsewhere."`
}

func indicatorOf(d indicator.Definition) indicatorJSON {
	return indicatorJSON{
		Code: d.Code, Revision: d.N, Name: d.Name, About: d.About, Kind: d.Kind, Numerator: d.Numerator, Denominator: d.Denominator, Per: d.Per, Unit: d.Unit,
		Decimals: d.Decimals, Direction: d.Direction, Every: d.Every, Covers: d.Covers, Starts: d.Starts, Source: d.Source, Licence: d.Licence, Own: d.Own(),
	}
}

func (v *visit) apiIndicators(p pageParams) (list[indicatorJSON], error) {
	all, err := v.house.Indicators.List(v.ctx, v.org.ID)
	if err != nil {
		return list[indicatorJSON]{}, err
	}
	var out []indicatorJSON
	for _, d := range all {
		out = append(out, indicatorOf(d))
	}
	return pageOf(p, "indicators", out, func(i indicatorJSON) string { return i.Code })
}

type defineJSON struct {
	Code        string          `json:"code" max:"40" doc:"Small letters, digits and hyphens."`
	Name        string          `json:"name" max:"100"`
	About       string          `json:"about" max:"2000" doc:"What it tells, in plain words."`
	Kind        indicator.Kind  `json:"kind" doc:"value, proportion, rate or ratio."`
	Numerator   string          `json:"numerator,omitempty" max:"300"`
	Denominator string          `json:"denominator,omitempty" max:"300"`
	Per         int             `json:"per,omitempty" min:"0" max:"1000000"`
	Unit        string          `json:"unit,omitempty" max:"20"`
	Decimals    int             `json:"decimals" min:"0" max:"4"`
	Direction   spc.Direction   `json:"direction" doc:"up, down or neutral."`
	Every       indicator.Every `json:"every" doc:"month, quarter or year."`
	Covers      int             `json:"covers,omitempty" min:"0" max:"60" doc:"1 where it is left out."`
	Starts      law.Date        `json:"starts"`
	Source      string          `json:"source" max:"200"`
	Licence     string          `json:"licence,omitempty" max:"500"`
	Reason      string          `json:"reason,omitempty" max:"500" doc:"Why it is revised; only of a revision."`
}

func (v *visit) apiDefine(_ none, b defineJSON) (indicatorJSON, error) {
	d, err := v.house.Indicators.Define(v.ctx, v.actor.Person, v.org.ID, indicator.Definition{
		Code: b.Code, Name: b.Name, About: b.About, Kind: b.Kind, Numerator: b.Numerator, Denominator: b.Denominator, Per: b.Per, Unit: b.Unit, Decimals: b.Decimals,
		Direction: b.Direction, Every: b.Every, Covers: b.Covers, Starts: b.Starts, Source: b.Source, Licence: b.Licence, Reason: b.Reason,
	})
	return indicatorOf(d), err
}

type indicatorParams struct {
	Indicator string `path:"indicator" max:"60" doc:"The code of the measure."`
	pageParams
}

type ownFigureJSON struct {
	Period      law.Date `json:"period" doc:"The first day of it."`
	Unit        string   `json:"unit,omitempty" doc:"The ODS code of an organisation, or unit: and the name of a part; left out for the organisation itself."`
	Value       float64  `json:"value"`
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	Note        string   `json:"note,omitempty" doc:"What has to be said beside it."`
}

func (v *visit) apiIndicatorFigures(p indicatorParams) (list[ownFigureJSON], error) {
	if _, _, err := v.house.Indicators.One(v.ctx, v.org.ID, p.Indicator); err != nil {
		return list[ownFigureJSON]{}, err
	}
	all, err := v.house.Indicators.Figures(v.ctx, v.org.ID, p.Indicator)
	if err != nil {
		return list[ownFigureJSON]{}, err
	}
	var out []ownFigureJSON
	for _, f := range all {
		one := ownFigureJSON{Period: f.Period, Unit: f.Unit, Value: f.Value, Note: f.Note}
		if f.Denominator != 0 {
			one.Numerator, one.Denominator = &f.Numerator, &f.Denominator
		}
		out = append(out, one)
	}
	return pageOf(p.pageParams, "figures-"+p.Indicator, out, func(f ownFigureJSON) string { return f.Unit + " " + f.Period.String() })
}

// indicatorFile is what figures of a measure come as.
var indicatorFile = upload{media: []string{"text/csv", "application/octet-stream"}, limit: indicator.MaxFile, about: "CSV with headings, at most 16 MB."}

type indicatorFileParams struct {
	Indicator    string `path:"indicator" max:"60" doc:"The code of the measure."`
	FileName     string `query:"file_name" max:"200" doc:"The name to keep with the figures."`
	Period       string `query:"period" max:"100" doc:"The heading of the periods."`
	Value        string `query:"value" max:"100" doc:"The heading of the figures."`
	Numerator    string `query:"numerator" max:"100" doc:"The heading of what is counted."`
	Denominator  string `query:"denominator" max:"100" doc:"The heading of what it is out of."`
	Organisation string `query:"organisation" max:"100" doc:"The heading of ODS codes."`
	Part         string `query:"part" max:"100" doc:"The heading of parts of one's own organisation."`
	Reason       string `query:"reason" max:"500" doc:"Why figures say something else than before; a file that changes any is refused without it. A dry run needs none."`
	DryRun       bool   `query:"dry_run" default:"false" doc:"Say what would be kept, what would be corrected and what does not fit, and keep nothing."`
}

type indicatorOutcomeJSON struct {
	Import      uuid                      `json:"import,omitempty" doc:"The id of the import. Left out of a dry run."`
	Rows        int                       `json:"rows"`
	Kept        int                       `json:"kept" doc:"Figures that fit: they were kept, or of a dry run would be."`
	Revised     int                       `json:"revised" doc:"Figures that say something else than before."`
	Unchanged   bool                      `json:"unchanged" doc:"The file is the newest import already, so nothing was done, or would be."`
	Rejections  []indicatorRejectionJSON  `json:"rejections" doc:"What does not fit. The rest goes in."`
	Corrections []indicatorCorrectionJSON `json:"corrections" doc:"What says something else than before. Empty of a file that is the newest import already."`
}

type indicatorCorrectionJSON struct {
	Period law.Date `json:"period" doc:"The first day of it."`
	Unit   string   `json:"unit,omitempty" doc:"The ODS code of an organisation, or unit: and the name of a part; left out for the organisation itself."`
	Was    float64  `json:"was"`
	Now    float64  `json:"now"`
}

type indicatorRejectionJSON struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Reason string `json:"reason"`
}

func (v *visit) apiIndicatorImport(p indicatorFileParams, file []byte) (indicatorOutcomeJSON, error) {
	out, err := v.loadFigures(p.DryRun, indicator.Upload{
		Indicator: p.Indicator, FileName: fileName(p.FileName), Content: file, ODS: v.org.ODS, Reason: p.Reason,
		Columns: indicator.Columns{Period: p.Period, Value: p.Value, Numerator: p.Numerator, Denominator: p.Denominator, Organisation: p.Organisation, Part: p.Part},
	})
	if err != nil {
		var wrong *fault.Error
		if errors.As(err, &wrong) && wrong.Field == "file" {
			return indicatorOutcomeJSON{}, fault.Wrap(fault.Invalid, err, "%s", wrong.Message)
		}
		return indicatorOutcomeJSON{}, err
	}
	answer := indicatorOutcomeJSON{Import: uuid(out.ID), Rows: out.Rows, Kept: out.Kept, Revised: out.Revised, Unchanged: out.Unchanged}
	for _, r := range out.Rejections {
		answer.Rejections = append(answer.Rejections, indicatorRejectionJSON{r.Row, r.Field, r.Cell, r.Reason})
	}
	for _, r := range out.Corrections {
		answer.Corrections = append(answer.Corrections, indicatorCorrectionJSON{r.Was.Period, r.Was.Unit, r.Was.Value, r.Now.Value})
	}
	return answer, nil
}

type packMeasureJSON struct {
	Position  int      `json:"position"`
	Indicator string   `json:"indicator"`
	Name      string   `json:"name"`
	Sentence  string   `json:"sentence" doc:"What the figures show, in words."`
	Variation string   `json:"variation"`
	Assurance string   `json:"assurance"`
	Refused   string   `json:"refused,omitempty" doc:"Why no chart is drawn."`
	Beside    string   `json:"beside,omitempty" doc:"How it stands beside its peers."`
	Target    string   `json:"target,omitempty"`
	Peers     string   `json:"peers,omitempty"`
	Rebase    law.Date `json:"rebase,omitzero" doc:"The limits begin anew here."`
	Why       string   `json:"why,omitempty"`

	Notes   []string         `json:"notes,omitempty" doc:"What has to be said beside figures, such as that one took the place of another of the same time."`
	Changes []packChangeJSON `json:"changes,omitempty" doc:"What was changed in how it is defined, counted and shown, the newest first."`
}

type packChangeJSON struct {
	Day  law.Date `json:"day"`
	What string   `json:"what"`
	Why  string   `json:"why,omitempty"`
}

func (v *visit) apiPack(p pageParams) (list[packMeasureJSON], error) {
	_, pages, err := v.house.PackPages(v.ctx, v.org)
	if err != nil {
		return list[packMeasureJSON]{}, err
	}
	var out []packMeasureJSON
	for _, one := range pages {
		out = append(out, packMeasureOf(one))
	}
	return pageOf(p, "pack", out, func(m packMeasureJSON) string {
		return string(rune('A'+m.Position/26)) + string(rune('a'+m.Position%26))
	})
}

func packMeasureOf(p pack.Page) packMeasureJSON {
	m := packMeasureJSON{
		Position: p.Measure.Position, Indicator: p.Measure.Indicator, Name: p.Definition.Name, Sentence: p.Sentence, Variation: p.Variation.Title, Assurance: p.Assurance.Title,
		Refused: p.Refused, Target: p.Measure.Target, Peers: string(p.Measure.Peers), Rebase: p.Measure.Rebase, Why: p.Measure.Why,
	}
	if p.Beside != nil {
		m.Beside = p.Beside.Sentence
	}
	m.Notes = p.Notes
	for _, c := range p.Changes {
		m.Changes = append(m.Changes, packChangeJSON(c))
	}
	return m
}

type putMeasureJSON struct {
	Indicator string   `json:"indicator" max:"60" doc:"The code of the measure."`
	Target    string   `json:"target,omitempty" max:"20" doc:"A number as text, such as 4.5."`
	Peers     string   `json:"peers,omitempty" max:"110" doc:"parts, organisations, or group: and the name of a benchmarking group."`
	Rebase    law.Date `json:"rebase,omitzero" doc:"The first day of the period from which the limits begin anew."`
	Why       string   `json:"why,omitempty" max:"500" doc:"What changed in the work then."`
	Reason    string   `json:"reason,omitempty" max:"500" doc:"Of a measure that is in the pack already: why it is shown in another way. It is asked for where the target, the peers or the limits change."`
	Position  int      `json:"position,omitempty" min:"0" max:"60" doc:"Its place from 1; at the end, or where it was, if it is left out."`
}

func (v *visit) apiPutMeasure(_ none, b putMeasureJSON) (packMeasureJSON, error) {
	_, err := v.putMeasure(pack.Measure{Indicator: b.Indicator, Target: b.Target, Peers: pack.Peers(b.Peers), Rebase: b.Rebase, Why: b.Why, Reason: b.Reason})
	if err == nil && b.Position > 0 {
		err = v.house.Packs.Move(v.ctx, v.actor.Person, v.org.ID, b.Indicator, b.Position)
	}
	if err != nil {
		return packMeasureJSON{}, err
	}
	_, m, err := v.packAsked(b.Indicator)
	if err != nil {
		return packMeasureJSON{}, err
	}
	facts, err := v.house.PackFacts(v.ctx, v.org, b.Indicator)
	return packMeasureOf(pack.Make(m, facts)), err
}

type leavePackParams struct {
	Indicator string `path:"indicator" max:"60" doc:"The code of the measure."`
}

type leavePackJSON struct {
	Reason string `json:"reason" max:"500"`
}

type leftPackJSON struct {
	Indicator string `json:"indicator"`
	Reason    string `json:"reason"`
}

func (v *visit) apiLeavePack(p leavePackParams, b leavePackJSON) (leftPackJSON, error) {
	err := v.house.Packs.Leave(v.ctx, v.actor.Person, v.org.ID, p.Indicator, b.Reason)
	return leftPackJSON{p.Indicator, b.Reason}, err
}
