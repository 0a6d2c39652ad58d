package main

import (
	"time"

	"commonweal/internal/web/page"
)

func brand() page.Brand {
	b := page.DefaultBrand()
	b.Name = "Severn & Wye Community Health"
	return b
}

var present = time.Date(2026, time.November, 19, 15, 0, 0, 0, time.UTC)

// samples are the gallery's pages by the names of their templates.
func samples() map[string]page.Frame {
	return map[string]page.Frame{
		"front":    front(),
		"home":     home(),
		"form":     form(),
		"form-new": formNew(),
		"question": question(),
		"review":   review(),
		"dry-run":  dryRun(),
		"board":    board(),
		"panels":   panels(),
		"numbers":  numbers(),
	}
}

// public is the frame of a page that nobody signed in for.
func public() page.Frame {
	return page.Frame{
		Account: page.Account{SignIn: "#"},
		Record:  page.Record{Entries: 48_213, Signed: time.Date(2026, time.November, 19, 6, 0, 0, 0, time.UTC), Words: "kestrel quarry linen dawn", Check: "/board#verify"},
		Footer:  []page.Link{{Text: "Privacy", Href: "#"}, {Text: "Accessibility", Href: "#"}, {Text: "Help and glossary", Href: "#"}, {Text: "Cymraeg", Href: "#"}},
		Legal:   "Severn & Wye Community Health is a community benefit society, no. 7912 (invented for this demonstration).",
		Now:     present,
	}
}

// signedIn is the frame of somebody's page, with the current link of the five.
func signedIn(name, current string) page.Frame {
	f := public()
	f.Account = page.Account{Name: name, Href: "#", SignOut: "/sent"}
	for _, text := range []string{"Home", "Membership", "Votes", "Surveys", "Evidence"} {
		f.Nav = append(f.Nav, page.Nav{Text: text, Href: "#", Current: text == current})
	}
	return f
}
