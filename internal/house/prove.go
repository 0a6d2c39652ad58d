package house

import (
	"context"

	"commonweal/internal/base/identity"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/study"
)

// openProve opens the rooms of an organisation's own figures and of the board's pack.
func (h *House) openProve() {
	h.Indicators = indicator.New(h.Journal, h.Published, surveyed{h}, activity{h})
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
	return h.packFacts(ctx, o, code, others, mergers, studies)
}

func (h *House) packFacts(ctx context.Context, o identity.Organisation, code string, others map[string]pack.Organisation, mergers map[string]string, studies []study.Study) (pack.Facts, error) {
	f := pack.Facts{Name: o.Name, ODS: o.ODS, Organisations: others, Mergers: mergers}
	var err error
	if f.Definition, _, err = h.Indicators.One(ctx, o.ID, code); err != nil {
		return f, err
	}
	if f.Figures, err = h.Indicators.Figures(ctx, o.ID, code); err != nil {
		return f, err
	}
	f.Studies, err = h.bearing(ctx, studies, code)
	return f, err
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
		f, err := h.packFacts(ctx, o, m.Indicator, others, mergers, studies)
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
