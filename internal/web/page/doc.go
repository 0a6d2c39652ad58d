// Package page turns data into pages: the layout, the components, the brand, and the way numbers and dates are worded.
// It decides nothing and reads nothing; a handler gives it a [Frame] and it gives back HTML.
//
// # A page in five minutes
//
// Write a template, say member_show.html, in the folder of pages that was given to [New]. The file is the content under
// the heading; it has no layout of its own. The dot is the [Frame], and what the handler made for this page is .Data:
//
//	{{with .Data}}
//	{{show .Facts}}
//	<h2>{{plural .Shares "Your share" "Your shares"}}</h2>
//	<p>You have held {{words .Shares}} since {{day $.Now .Since}}.</p>
//	{{show .Next}}
//	{{end}}
//	{{define "aside"}}{{show .Data.WhatYouMayDo}}{{end}}
//
// Then fill a frame in the handler and render it:
//
//	frame.Heading = "Your membership"
//	frame.Sentence = "You have been a member since 4 March 2019."
//	frame.Data = memberPage{...}
//	err := renderer.Render(w, http.StatusOK, "member_show", frame)
//
// If Render returns an error, nothing has been sent yet.
//
// # Blocks
//
// A page may define two blocks besides its content: "aside", which stands to the right from 990 px and below on a phone,
// and "hero", which runs across the whole page above everything else (it then brings the page's h1, and the frame's
// Heading stays empty). Files in a folder parts/ beside the pages hold definitions for all of them.
//
// # Components
//
// A component is a value of this package; {{show .It}} writes it. Forms: [Text], [TextArea], [Upload], [Select],
// [Radios], [Checkboxes], [DateField]; [Problems] gathers what is wrong with them for [Frame.Errors]. Lists: [Table],
// [Defs], [Summary], [Links], [Waits], [News], [Timeline]. Numbers: [Figure], [Figures], [Tally]. Panels: [Empty],
// [Refused], [CannotTell], [NotShown], [OurFault], [Verify], [Details], [Notice]. Acts: [Actions], [Button], [Pages].
// For anything else write the HTML, with the classes of web/style.
//
// # Wording
//
// In templates and in Go alike: number, decimal, percent, money, plural, words, list, and for time day, weekday, moment,
// lately, away. Functions of time take the present first, so that this year's dates have no year: {{day $.Now .Since}}.
// A sentence about data is made in Go, where it can be tested as a string.
//
// # What holds
//
//   - Pages work without scripts. No page has an inline style or script: [ContentSecurityPolicy] forbids both.
//   - Everything a template prints is escaped. The one thing let through is an organisation's mark, reduced to plain
//     shapes by the package itself.
//   - A page has one h1, one button that matters, and one sentence that says the thing first.
package page

// ContentSecurityPolicy is the policy under which every page works.
const ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
