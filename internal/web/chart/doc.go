// Package chart draws the charts of the evidence pages as SVG inside a figure
// that also holds the same numbers as a table.
//
// A chart is a pure function of a typed description. The markup holds no
// script, no style element and no style attribute, so that it stands under a
// strict content security policy; the look comes from the page's stylesheet
// (classes cw-chart, cw-key, cw-svg) and from presentation attributes.
//
// Each figure holds two pictures of the same data, 720 and 320 units wide, of
// which the stylesheet shows one: text would be too small if one picture were
// scaled. Marks differ by shape as well as by colour, and every coloured mark
// has a contrast of 3 to 1 against white. No two labels touch, no two dots of a
// strip overlap, and the same description gives the same bytes.
package chart
