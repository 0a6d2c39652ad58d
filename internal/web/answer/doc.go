// Package answer is the pages on which a survey is answered.
//
// It knows answers and nobody who gives them. It imports nothing that knows people,
// reads no cookie and sets none, asks for no session, and logs neither address nor
// browser nor time. A test reads its imports and its sources for all of that.
//
// # The way through
//
// One address, /answers/{wave}. Opening it says what is asked; from there each page is
// a form that is posted to the same address and answered with the next page. Nothing is
// kept between two pages: what was answered before travels in the form. A browser that
// runs scripts keeps a draft besides, on the device, and nobody sends it. Only the last
// page reaches the answer side's database, with the one-time pass or the number of a
// paper slip.
//
// # Languages
//
// A page is in one language from end to end. A survey offers a language only where all
// of its wordings have it and these pages do.
package answer
