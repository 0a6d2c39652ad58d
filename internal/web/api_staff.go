package web

import (
	"fmt"

	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

type staffParams struct {
	dayParams
	pageParams
	Employer string `query:"employer" max:"40" doc:"Only those on the list of this organisation."`
	Group    string `query:"staff_group" max:"200" doc:"Only those of this staff group."`
	Site     string `query:"site" max:"200" doc:"Only those at this site."`
}

type staffSearchJSON struct {
	Search   string   `json:"search" max:"200" doc:"Words of a name, or the beginning of an employee number or work e-mail address."`
	On       law.Date `json:"on,omitzero" doc:"The day asked about; today where it is left out."`
	Employer string   `json:"employer,omitempty" max:"40" doc:"Only those on the list of this organisation."`
	Group    string   `json:"staff_group,omitempty" max:"200" doc:"Only those of this staff group."`
	Site     string   `json:"site,omitempty" max:"200" doc:"Only those at this site."`
	Limit    int      `json:"limit,omitempty" min:"1" max:"500" doc:"How many items to give at most; 100 where it is left out."`
	Cursor   string   `json:"cursor,omitempty" max:"1000" doc:"Where to go on: next of the page before, with the same search."`
}

type staffJSON struct {
	Staff          uuid     `json:"staff" doc:"The id of the line on the employer's list."`
	Person         uuid     `json:"person"`
	Employer       string   `json:"employer"`
	EmployeeNumber string   `json:"employee_number"`
	Given          string   `json:"given"`
	Family         string   `json:"family"`
	PreferredName  string   `json:"preferred_name,omitempty"`
	Email          string   `json:"email,omitempty"`
	Main           postJSON `json:"main_post"`
	Erased         bool     `json:"erased" doc:"The details are gone."`
}

type postJSON struct {
	StaffGroup   string             `json:"staff_group,omitempty"`
	Role         string             `json:"role,omitempty"`
	Site         string             `json:"site,omitempty"`
	Organisation string             `json:"organisation,omitempty" doc:"An ODS code, or the list's own word."`
	Category     stafflist.Category `json:"category,omitempty"`
	FTE          int                `json:"fte_hundredths,omitempty" doc:"Hundredths of whole time."`
	Starts       law.Date           `json:"starts,omitzero"`
	Ends         law.Date           `json:"ends,omitzero" doc:"The last day of employment, past or planned."`
	ContractEnds law.Date           `json:"contract_ends,omitzero"`
}

func postJSONOf(p stafflist.Post) postJSON {
	return postJSON{p.StaffGroup, p.Role, p.Site, p.Organisation, p.Category, p.FTE, p.Start, p.End, p.ContractEnd}
}

func (v *visit) apiStaff(p staffParams) (list[staffJSON], error) {
	return v.staffFound(staff.Filter{Org: v.org.ID, Employer: p.Employer, Day: p.day(v), Group: p.Group, Site: p.Site, Page: 1, Size: p.Limit}, p.Cursor)
}

// apiFindStaff takes the words in the body, because names do not belong in an
// address.
func (v *visit) apiFindStaff(_ none, b staffSearchJSON) (list[staffJSON], error) {
	if b.Limit == 0 {
		b.Limit = 100
	}
	return v.staffFound(staff.Filter{
		Org: v.org.ID, Employer: b.Employer, Day: v.orToday(b.On), Group: b.Group, Site: b.Site, Search: b.Search, Page: 1, Size: b.Limit,
	}, b.Cursor)
}

// staffFound pages by number, because a list of 100,000 is cut in the database.
// The cursor keeps the day and the size, so that midnight moves nothing.
func (v *visit) staffFound(filter staff.Filter, cursor string) (list[staffJSON], error) {
	place, err := openCursor("staff", cursor)
	if err != nil {
		return list[staffJSON]{}, err
	}
	if place != "" {
		var day string
		if _, err := fmt.Sscanf(place, "%s %d %d", &day, &filter.Page, &filter.Size); err != nil || filter.Page < 1 || filter.Size < 1 || filter.Size > 500 {
			return list[staffJSON]{}, errCursor()
		}
		if filter.Day, err = law.ParseDate(day); err != nil {
			return list[staffJSON]{}, errCursor()
		}
	}
	found, err := v.house.Staff.On(v.ctx, filter)
	if err != nil {
		return list[staffJSON]{}, err
	}
	var out list[staffJSON]
	for _, e := range found.Entries {
		out.Items = append(out.Items, staffJSON{
			Staff: uuid(e.Staff), Person: uuid(e.PersonID), Employer: e.Employer, EmployeeNumber: e.EmployeeNumber, Given: e.Given, Family: e.Family,
			PreferredName: e.PreferredName, Email: e.Email, Main: postJSONOf(e.Main), Erased: e.Erased,
		})
	}
	if filter.Page*filter.Size < found.Total {
		out.Next = makeCursor("staff", fmt.Sprintf("%s %d %d", filter.Day, filter.Page+1, filter.Size))
	}
	return out, nil
}
