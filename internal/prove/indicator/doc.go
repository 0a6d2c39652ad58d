// Package indicator keeps an organisation's measures: what each counts, by which
// definition, and its figures by period, of the organisation itself, of others and of
// parts of one's own.
//
// What it promises:
//
//   - A definition is never changed in place. A later word is a revision with a number
//     and a reason, and the earlier ones can be read.
//   - A figure is never changed in place. The newest import that has a period counts;
//     what was said before is its history.
//   - A row that does not fit is refused with its row, its heading and the reason. Those
//     that fit go in.
//   - Figures go through the record as the digest of their import ([Seal]): whoever edits
//     one by hand is found.
//
// Measures that other rooms hold (published figures, survey scores, what members do) are
// read as indicators through [Source]. They are never copied.
package indicator
