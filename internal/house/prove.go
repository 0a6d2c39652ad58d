package house

import (
	"context"
	"slices"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/world"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/study"
	"commonweal/law"
)

// openProve opens the rooms of an organisation's own figures and of the board's pack. Each
// room that counts something gives it as one source.
func (h *House) openProve() {
	h.Indicators = indicator.New(h.Journal, h.Published, surveyed{h}, voted{h}, acted{h})
	h.Packs = pack.NewService(h.Journal)
	h.Studies.UseLibrary(library{h})
}

// PackFacts are what a page about a measure is made of.
func (h *House) PackFacts(ctx context.Context, o identity.Organisation, code string) (pack.Facts, error) {
	others, mergers, err := h.others(ctx)
	if err != nil {
		return pack.Facts{}, err
	}
	studies, err := h.Studies.All(ctx, o.ID)
	if err != nil {
		return pack.Facts{}, err
	}
	p, err := h.Packs.Pack(ctx, o.ID)
	if err != nil {
		return pack.Facts{}, err
	}
	return h.packFacts(ctx, o, code, pack.Facts{Organisations: others, Mergers: mergers, Terms: p.Terms(code)}, studies)
}

// packFacts adds to what is known already what is asked of each measure.
func (h *House) packFacts(ctx context.Context, o identity.Organisation, code string, f pack.Facts, studies []study.Study) (pack.Facts, error) {
	f.Name, f.ODS = o.Name, o.ODS
	var err error
	if f.Definition, f.Revisions, err = h.Indicators.One(ctx, o.ID, code); err != nil {
		return f, err
	}
	if f.Figures, err = h.Indicators.Figures(ctx, o.ID, code); err != nil {
		return f, err
	}
	if f.Definition.Own() {
		if f.Corrections, err = h.corrections(ctx, o.ID, code); err != nil {
			return f, err
		}
	}
	f.Studies, err = h.bearing(ctx, studies, code)
	return f, err
}

// corrections are the files of a measure that said something else than what was said
// before, the newest first, each with the newest figure that it changed.
func (h *House) corrections(ctx context.Context, org, code string) (out []pack.Correction, err error) {
	imports, err := h.Indicators.Imports(ctx, org, code)
	imports = slices.DeleteFunc(imports, func(i indicator.Import) bool { return i.Revised == 0 })
	if err != nil || len(imports) == 0 {
		return nil, err
	}
	history, err := h.Indicators.History(ctx, org, code)
	if err != nil {
		return nil, err
	}
	revised := indicator.Revised(history)
	for _, i := range imports {
		at, err := time.Parse(world.TimeFormat, i.Imported)
		if err != nil {
			return nil, err
		}
		c := pack.Correction{Day: law.Today(at), Figures: i.Revised, Why: i.Reason}
		for _, r := range revised {
			if r.By == i.ID && r.Was.Unit == indicator.Whole {
				c.Was, c.Now = r.Was, r.Now
				break
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// bearing are the studies of which a measure is an outcome, with what each came to.
func (h *House) bearing(ctx context.Context, all []study.Study, code string) ([]pack.Study, error) {
	var out []pack.Study
	for _, s := range all {
		outcome := s.Spec.Covers(code)
		if outcome < 0 {
			continue
		}
		one := pack.Study{Code: s.Code, Title: s.Spec.Title, Waits: s.Waits()}
		if s.Stage() == study.Published {
			said, err := h.Studies.Output(ctx, s)
			if err != nil {
				return nil, err
			}
			one.Shows, one.Shown = s.Spec.Plain(said, outcome), said.Tests[outcome].Shown
		}
		out = append(out, one)
	}
	return out, nil
}

// PackPages are the board's pack and the page of each measure in it, in order.
func (h *House) PackPages(ctx context.Context, o identity.Organisation) (pack.Pack, []pack.Page, error) {
	p, err := h.Packs.Pack(ctx, o.ID)
	if err != nil {
		return p, nil, err
	}
	others, mergers, err := h.others(ctx)
	if err != nil {
		return p, nil, err
	}
	studies, err := h.Studies.All(ctx, o.ID)
	if err != nil {
		return p, nil, err
	}
	var pages []pack.Page
	for _, m := range p.Shown() {
		f, err := h.packFacts(ctx, o, m.Indicator, pack.Facts{Organisations: others, Mergers: mergers, Terms: p.Terms(m.Indicator)}, studies)
		if err != nil {
			return p, nil, err
		}
		pages = append(pages, pack.Make(m, f))
	}
	return p, pages, nil
}

// others are the organisations of which something is published, and which went into which.
func (h *House) others(ctx context.Context) (map[string]pack.Organisation, map[string]string, error) {
	list, err := h.Published.Organisations(ctx, published.Search{})
	if err != nil {
		return nil, nil, err
	}
	others, mergers := map[string]pack.Organisation{}, map[string]string{}
	for _, l := range list {
		others[l.ODS] = pack.Organisation{Name: l.ShortName(), Group: l.Group}
	}
	successions, _, err := h.Published.Successions(ctx)
	for _, s := range successions {
		mergers[s.From] = s.To
	}
	return others, mergers, err
}
