package web

import "commonweal/internal/web/page"

// employerNames are the organisations whose staff may be on lists here, by code.
func (v *visit) employerNames() (map[string]string, error) {
	list, err := v.house.Employers(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, o := range list {
		out[o.ID] = o.Name
	}
	return out, nil
}

// employerField asks whose staff a list is of. Where there is one employer
// there is nothing to ask.
func (v *visit) employerField(value string) (page.Radios, error) {
	list, err := v.house.Employers(v.ctx, v.org.ID)
	if err != nil {
		return page.Radios{}, err
	}
	field := page.Radios{Name: "employer", Legend: "Whose staff is it?", Value: value}
	for _, o := range list {
		field.Options = append(field.Options, page.Option{Value: o.ID, Label: o.Name})
	}
	if len(list) == 1 {
		field.Value = list[0].ID
	}
	return field, nil
}
