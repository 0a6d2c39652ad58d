package law

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// formVersion holds every dated item of a form; [formVersion.on] cuts out a day.
type formVersion struct {
	form       Form
	retentions []Retention
	members    []MemberRules
	capital    []Term
	withdraw   []Term
	transfer   []Term
	returns    []returnTerm
	holding    []HoldingLimit
}

// returnTerm is what may be paid on a share, with its cap.
type returnTerm struct {
	Term
	CapPercent int
}

// on returns the form with the items that have effect on a day.
func (v *formVersion) on(day Date) (*Form, error) {
	if !v.form.InForce(day) {
		return nil, &NotInForceError{Rule: string(v.form.ID), On: day, From: v.form.From, To: v.form.To}
	}
	f := v.form
	f.Register = inForce(v.form.Register, day)
	f.Officers = inForce(v.form.Officers, day)
	f.Inspections = inForce(v.form.Inspections, day)
	f.Service = inForce(v.form.Service, day)
	f.Notices = inForce(v.form.Notices, day)
	f.Resolutions = inForce(v.form.Resolutions, day)
	f.Retention = first(inForce(v.retentions, day))
	f.Members = first(inForce(v.members, day))
	f.Shares.Capital = first(inForce(v.capital, day))
	f.Shares.Withdrawable = first(inForce(v.withdraw, day))
	f.Shares.Transferable = first(inForce(v.transfer, day))
	paid := first(inForce(v.returns, day))
	f.Shares.Return, f.Shares.ReturnCapPercent = paid.Term, paid.CapPercent
	if limits := inForce(v.holding, day); len(limits) > 0 {
		limit := limits[0]
		f.Shares.MaxHolding = &limit
	}
	for i, r := range f.Resolutions {
		f.Resolutions[i].Stages = slices.Clone(r.Stages)
	}
	for i, look := range f.Inspections {
		f.Inspections[i].Sees = slices.DeleteFunc(slices.Clone(look.Sees), func(n FieldName) bool { return !f.Holds(n) })
	}
	_, looks := f.Inspection(Member)
	f.HidesOthersShares = looks && f.Holds(FieldShares) && !f.MaySee(Member, FieldShares)
	return &f, nil
}

// dated is an item that has effect between two days.
type dated interface{ InForce(Date) bool }

func inForce[T dated](all []T, day Date) []T {
	var out []T
	for _, item := range all {
		if item.InForce(day) {
			out = append(out, item)
		}
	}
	return out
}

func first[T any](all []T) T {
	var none T
	if len(all) == 0 {
		return none
	}
	return all[0]
}

// each reads a list of items by reading one at a time.
func each[T any](into *[]T, read func(item *T) (required []string, fields map[string]reader)) reader {
	return func(p place, n *yaml.Node) error {
		return p.sequence(n, func(p place, n *yaml.Node) error {
			var item T
			required, fields := read(&item)
			if err := p.mapping(n, required, fields); err != nil {
				return err
			}
			*into = append(*into, item)
			return nil
		})
	}
}

// eachDated is each for items with a law, whose Provenance must stay where it is
// until the sources are settled.
func eachDated[T any](into *[]T, read func(item *T) (required []string, fields map[string]reader)) reader {
	return func(p place, n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode {
			return p.fail(n, "is not a list")
		}
		*into = make([]T, len(n.Content))
		for i, item := range n.Content {
			required, fields := read(&(*into)[i])
			if err := p.at(i).mapping(item, required, fields); err != nil {
				return err
			}
		}
		return nil
	}
}

// readForms reads the legal forms.
func (k *pack) readForms(p place, n *yaml.Node) error {
	return p.sequence(n, func(p place, n *yaml.Node) error {
		v := new(formVersion)
		f := &v.form
		p = p.named(n, "form")
		err := p.mapping(n,
			[]string{"id", "label", "text", "law", "register", "inspections", "retention", "members", "shares", "service", "notices", "resolutions"},
			map[string]reader{
				"id":          text(&f.ID),
				"label":       text(&f.Label),
				"text":        text(&f.Text),
				"law":         k.law(&f.Provenance),
				"register":    eachDated(&f.Register, k.registerField),
				"officers":    eachDated(&f.Officers, k.registerField),
				"inspections": eachDated(&f.Inspections, k.inspection),
				"retention":   eachDated(&v.retentions, k.retention),
				"members":     eachDated(&v.members, k.memberRules),
				"shares":      k.shares(v),
				"service":     eachDated(&f.Service, k.service),
				"notices":     eachDated(&f.Notices, k.notice),
				"resolutions": eachDated(&f.Resolutions, k.resolution),
			})
		if err != nil {
			return err
		}
		k.forms = append(k.forms, v)
		return nil
	})
}

func (k *pack) registerField(f *RegisterField) ([]string, map[string]reader) {
	return []string{"field", "text", "law"}, map[string]reader{
		"field": parsed(&f.Name),
		"text":  text(&f.Text),
		"when":  text(&f.When),
		"law":   k.law(&f.Provenance),
	}
}

func (k *pack) inspection(i *Inspection) ([]string, map[string]reader) {
	return []string{"audience", "sees", "text", "law"}, map[string]reader{
		"audience":      parsed(&i.Audience),
		"sees":          list(&i.Sees),
		"copy":          flag(&i.Copy),
		"free":          flag(&i.Free),
		"needs-purpose": flag(&i.NeedsPurpose),
		"needs-duty":    flag(&i.NeedsDuty),
		"may-opt-out":   flag(&i.MayOptOut),
		"working-days":  number(&i.WorkingDays, 1, 60),
		"text":          text(&i.Text),
		"law":           k.law(&i.Provenance),
	}
}

func (k *pack) retention(r *Retention) ([]string, map[string]reader) {
	return []string{"id", "label", "anchor", "text", "law"}, map[string]reader{
		"id":        identifier(&r.ID, idPattern),
		"label":     text(&r.Label),
		"years":     number(&r.Years, 1, 100),
		"months":    number(&r.Months, 1, 1200),
		"days":      number(&r.Days, 1, 36500),
		"permanent": flag(&r.Permanent),
		"anchor":    text(&r.Anchor),
		"statutory": flag(&r.Statutory),
		"text":      text(&r.Text),
		"law":       k.law(&r.Provenance),
	}
}

func (k *pack) memberRules(m *MemberRules) ([]string, map[string]reader) {
	return []string{"minimum", "text", "law"}, map[string]reader{
		"minimum":   number(&m.Minimum, 0, 1000),
		"exception": text(&m.Exception),
		"text":      text(&m.Text),
		"law":       k.law(&m.Provenance),
	}
}

func (k *pack) shares(v *formVersion) reader {
	return func(p place, n *yaml.Node) error {
		return p.mapping(n, []string{"capital"}, map[string]reader{
			"capital":      eachDated(&v.capital, k.term),
			"withdrawable": eachDated(&v.withdraw, k.term),
			"transferable": eachDated(&v.transfer, k.term),
			"return":       eachDated(&v.returns, k.returnTerm),
			"max-holding":  eachDated(&v.holding, k.holdingLimit),
		})
	}
}

func (k *pack) term(t *Term) ([]string, map[string]reader) {
	return []string{"allowed", "text", "law"}, map[string]reader{
		"allowed": parsed(&t.Allowed),
		"text":    text(&t.Text),
		"law":     k.law(&t.Provenance),
	}
}

func (k *pack) returnTerm(t *returnTerm) ([]string, map[string]reader) {
	required, fields := k.term(&t.Term)
	fields["cap-percent"] = number(&t.CapPercent, 1, 100)
	return required, fields
}

func (k *pack) holdingLimit(h *HoldingLimit) ([]string, map[string]reader) {
	return []string{"pence", "text", "law"}, map[string]reader{
		"pence":             number(&h.Pence, 1, largest),
		"withdrawable-only": flag(&h.WithdrawableOnly),
		"exempt":            text(&h.Exempt),
		"text":              text(&h.Text),
		"law":               k.law(&h.Provenance),
	}
}

func (k *pack) service(s *ServiceRule) ([]string, map[string]reader) {
	return []string{"channel", "hours", "counting", "text", "law"}, map[string]reader{
		"channel":      parsed(&s.Channel),
		"hours":        number(&s.Hours, 0, maxServiceHours),
		"counting":     parsed(&s.Counting),
		"after-notice": flag(&s.AfterNotice),
		"text":         text(&s.Text),
		"law":          k.law(&s.Provenance),
	}
}

func (k *pack) notice(r *NoticeRule) ([]string, map[string]reader) {
	return []string{"id", "label", "days", "text", "law"}, map[string]reader{
		"id":       identifier(&r.ID, idPattern),
		"label":    text(&r.Label),
		"days":     number(&r.Days, 1, 366),
		"clear":    flag(&r.Clear),
		"by-rules": flag(&r.ByRules),
		"text":     text(&r.Text),
		"law":      k.law(&r.Provenance),
	}
}

func (k *pack) resolution(r *Resolution) ([]string, map[string]reader) {
	return []string{"id", "label", "stages", "text", "law"}, map[string]reader{
		"id":               identifier(&r.ID, idPattern),
		"label":            text(&r.Label),
		"stages":           each(&r.Stages, stage),
		"file-within-days": number(&r.FileWithinDays, 1, 366),
		"on-registration":  flag(&r.OnRegistration),
		"text":             text(&r.Text),
		"law":              k.law(&r.Provenance),
	}
}

func stage(s *Stage) ([]string, map[string]reader) {
	return []string{"means", "num", "den", "base"}, map[string]reader{
		"means":           parsed(&s.Means),
		"num":             number(&s.Num, 1, 100),
		"den":             number(&s.Den, 1, 100),
		"more-than":       flag(&s.MoreThan),
		"base":            parsed(&s.Base),
		"turnout-percent": number(&s.TurnoutPercent, 1, 100),
		"after-days":      number(&s.AfterDays, 1, 366),
		"within-months":   number(&s.WithinMonths, 1, 12),
	}
}

// readRetentions reads how long classes of record other than the register are kept.
func (k *pack) readRetentions(p place, n *yaml.Node) error {
	return eachDated(&k.retentions, k.retention)(p, n)
}
