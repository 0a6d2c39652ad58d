package invent

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Layout is a way to lay out a staff list.
type Layout struct {
	columns []column
	// date is the layout of dates in text.
	date string
}

// column is one column: its heading and its value in a row. A column of dates
// has day instead, so that a workbook can hold a real date.
type column struct {
	heading string
	value   func(stafflist.Row) string
	day     func(stafflist.Row) law.Date
}

// ESR returns the layout of the outbound interface, which [stafflist.ESR] reads.
// It carries columns that a reader must drop.
func ESR() Layout {
	return Layout{date: "20060102", columns: []column{
		{heading: "PersonId", value: func(r stafflist.Row) string { return "9" + r.EmployeeNumber }},
		{heading: "EmployeeNumber", value: func(r stafflist.Row) string { return r.EmployeeNumber }},
		{heading: "LastName", value: func(r stafflist.Row) string { return r.Family }},
		{heading: "FirstName", value: func(r stafflist.Row) string { return r.Given }},
		{heading: "PreferredName", value: func(r stafflist.Row) string { return r.PreferredName }},
		{heading: "DateOfBirth", day: birth},
		{heading: "NiNumber", value: niNumber},
		{heading: "EthnicOrigin", value: func(stafflist.Row) string { return "Not Stated" }},
		{heading: "HireDate", day: func(r stafflist.Row) law.Date { return r.Start }},
		{heading: "ActualTerminationDate", day: func(r stafflist.Row) law.Date { return r.End }},
		{heading: "OfficeEmailAddress", value: func(r stafflist.Row) string { return r.Email }},
		{heading: "AssignmentNumber", value: func(r stafflist.Row) string { return r.AssignmentNumber }},
		{heading: "AssignmentCategory", value: func(r stafflist.Row) string { return r.Category.ESR() }},
		{heading: "PrimaryAssignment", value: yesNo},
		{heading: "Fte", value: fte},
		{heading: "LocationId", value: func(r stafflist.Row) string { return r.Site }},
		{heading: "Grade", value: func(r stafflist.Row) string { return groupOf(r.StaffGroup).band }},
		{heading: "ContractEndDate", day: func(r stafflist.Row) law.Date { return r.ContractEnd }},
		{heading: "JobStaffGroup", value: esrGroup},
		{heading: "JobRole", value: func(r stafflist.Row) string { return r.Role }},
		{heading: "WorkplaceOrgCode", value: func(r stafflist.Row) string { return r.Organisation }},
	}}
}

// Local returns the layout of a report a trust makes for itself, which
// [stafflist.Local] reads.
func Local() Layout {
	return Layout{date: "02/01/2006", columns: []column{
		{heading: "Employee Number", value: func(r stafflist.Row) string { return r.EmployeeNumber }},
		{heading: "Assignment Number", value: func(r stafflist.Row) string { return r.AssignmentNumber }},
		{heading: "Primary Assignment", value: yesNo},
		{heading: "Last Name", value: func(r stafflist.Row) string { return r.Family }},
		{heading: "First Name", value: func(r stafflist.Row) string { return r.Given }},
		{heading: "Preferred Name", value: func(r stafflist.Row) string { return r.PreferredName }},
		{heading: "NI Number", value: niNumber},
		{heading: "Date of Birth", day: birth},
		{heading: "Email Address", value: func(r stafflist.Row) string { return r.Email }},
		{heading: "Organisation Code", value: func(r stafflist.Row) string { return r.Organisation }},
		{heading: "Site", value: func(r stafflist.Row) string { return r.Site }},
		{heading: "Staff Group", value: esrGroup},
		{heading: "Role", value: func(r stafflist.Row) string { return r.Role }},
		{heading: "Pay Band", value: func(r stafflist.Row) string { return groupOf(r.StaffGroup).band }},
		{heading: "FTE", value: fte},
		{heading: "Assignment Category", value: func(r stafflist.Row) string { return r.Category.ESR() }},
		{heading: "Latest Start Date", day: func(r stafflist.Row) law.Date { return r.Start }},
		{heading: "Leaving Date", day: func(r stafflist.Row) law.Date { return r.End }},
		{heading: "Contract End Date", day: func(r stafflist.Row) law.Date { return r.ContractEnd }},
	}}
}

// WriteCSV writes the rows as CSV with line ends as Windows has them.
func WriteCSV(w io.Writer, rows []stafflist.Row, layout Layout) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	cells := make([]string, len(layout.columns))
	for i, c := range layout.columns {
		cells[i] = c.heading
	}
	if err := out.Write(cells); err != nil {
		return fmt.Errorf("write staff list headings: %w", err)
	}
	for _, row := range rows {
		for i, c := range layout.columns {
			cells[i] = layout.text(c, row)
		}
		if err := out.Write(cells); err != nil {
			return fmt.Errorf("write staff list row %d: %w", row.Number, err)
		}
	}
	out.Flush()
	return out.Error()
}

func (l Layout) text(c column, row stafflist.Row) string {
	if c.day == nil {
		return c.value(row)
	}
	day := c.day(row)
	if day.IsZero() {
		return ""
	}
	return civil(day).Format(l.date)
}

func civil(d law.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// WriteXLSX writes the rows as a workbook with dates as real dates.
func WriteXLSX(w io.Writer, rows []stafflist.Row, layout Layout) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	dates, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return fmt.Errorf("write staff list workbook: %w", err)
	}
	out, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return fmt.Errorf("write staff list workbook: %w", err)
	}
	cells := make([]any, len(layout.columns))
	for i, c := range layout.columns {
		cells[i] = c.heading
	}
	if err := out.SetRow("A1", cells); err != nil {
		return fmt.Errorf("write staff list headings: %w", err)
	}
	for n, row := range rows {
		for i, c := range layout.columns {
			switch {
			case c.day == nil:
				cells[i] = c.value(row)
			case c.day(row).IsZero():
				cells[i] = nil
			default:
				cells[i] = excelize.Cell{StyleID: dates, Value: civil(c.day(row))}
			}
		}
		if err := out.SetRow("A"+strconv.Itoa(n+2), cells); err != nil {
			return fmt.Errorf("write staff list row %d: %w", row.Number, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write staff list workbook: %w", err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("write staff list workbook: %w", err)
	}
	return nil
}

func yesNo(r stafflist.Row) string {
	switch r.Primary {
	case stafflist.Yes:
		return "Yes"
	case stafflist.No:
		return "No"
	}
	return ""
}

func fte(r stafflist.Row) string { return fmt.Sprintf("%d.%02d", r.FTE/100, r.FTE%100) }

func esrGroup(r stafflist.Row) string {
	for _, g := range stafflist.StaffGroups() {
		if g.Name == r.StaffGroup {
			return g.ESR
		}
	}
	return r.StaffGroup
}

// niNumber has the form of an NI number and a prefix that is never issued.
func niNumber(r stafflist.Row) string {
	return fmt.Sprintf("QQ%06d%c", digits(r.EmployeeNumber)%1_000_000, 'A'+byte(digits(r.EmployeeNumber)%4))
}

// birth makes up a birth date of someone old enough to have started.
func birth(r stafflist.Row) law.Date { return r.Start.AddYears(-20 - digits(r.EmployeeNumber)%15) }

func digits(s string) int {
	n := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n = (n*10 + int(c-'0')) % 1_000_000_007
		}
	}
	return n
}
