package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

type employmentsJSON struct {
	Items []employmentJSON `json:"items" doc:"One for each list that the person is or was on."`
}

type employmentJSON struct {
	Staff          uuid          `json:"staff" doc:"The id of the line on the employer’s list."`
	Employer       string        `json:"employer"`
	EmployeeNumber string        `json:"employee_number,omitempty"`
	Erased         bool          `json:"erased" doc:"The details are gone."`
	Times          []stretchJSON `json:"times" doc:"What the list said, from when until when."`
}

type stretchJSON struct {
	From   law.Date   `json:"from"`
	To     law.Date   `json:"to,omitzero" doc:"The first day on which it said something else."`
	Import string     `json:"import" doc:"The id of the list that said it."`
	Given  string     `json:"given,omitempty"`
	Family string     `json:"family,omitempty"`
	Email  string     `json:"email,omitempty"`
	Main   postJSON   `json:"main_post"`
	Others []postJSON `json:"other_posts"`
}

// apiEmployments is what the staff lists say of one person, through time.
func (v *visit) apiEmployments(p onlyPersonParams) (employmentsJSON, error) {
	all, err := v.house.Staff.History(v.ctx, v.org.ID, string(p.Person))
	if err == nil && len(all) == 0 {
		err = fault.Errorf(fault.NotFound, "person %s is on no staff list", p.Person)
	}
	var out employmentsJSON
	for _, e := range all {
		one := employmentJSON{Staff: uuid(e.Staff), Employer: e.Employer, EmployeeNumber: e.EmployeeNumber, Erased: e.Erased}
		for _, t := range e.Timeline {
			one.Times = append(one.Times, stretchJSON{t.From, t.To, t.Import, t.Given, t.Family, t.Email, postJSONOf(t.Main), postsOf(t.Others)})
		}
		out.Items = append(out.Items, one)
	}
	return out, err
}

func postsOf(posts []stafflist.Post) []postJSON {
	out := make([]postJSON, len(posts))
	for i, p := range posts {
		out[i] = postJSONOf(p)
	}
	return out
}

type writtenParams struct {
	importIDParams
	pageParams
}

type writtenJSON struct {
	Staff          uuid      `json:"staff"`
	Person         uuid      `json:"person"`
	EmployeeNumber string    `json:"employee_number,omitempty"`
	Given          string    `json:"given,omitempty"`
	Family         string    `json:"family,omitempty"`
	Was            *postJSON `json:"was,omitempty" doc:"The main post before; left out of somebody who was new."`
	Now            postJSON  `json:"now" doc:"The main post since."`
}

// apiWritten is what a list that was applied wrote of each person.
func (v *visit) apiWritten(p writtenParams) (list[writtenJSON], error) {
	if _, err := v.house.Staff.ImportByID(v.ctx, v.org.ID, p.Import); err != nil {
		return list[writtenJSON]{}, err
	}
	var out []writtenJSON
	err := v.house.Staff.WrittenBy(v.ctx, v.org.ID, p.Import, func(w staff.Written) error {
		one := writtenJSON{uuid(w.Staff), uuid(w.PersonID), w.Now.EmployeeNumber, w.Now.Given, w.Now.Family, nil, postJSONOf(w.Now.Main)}
		if w.Was != nil {
			was := postJSONOf(w.Was.Main)
			one.Was = &was
		}
		out = append(out, one)
		return nil
	})
	if err != nil {
		return list[writtenJSON]{}, err
	}
	return pageOf(p.pageParams, "written", out, func(w writtenJSON) string { return string(w.Staff) })
}
