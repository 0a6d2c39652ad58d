// Package portrait turns whatever photograph somebody uploads into one that may be
// shown: decoded and encoded anew, so that nothing but pixels is left of the file,
// upright, and no larger than it needs to be.
//
// What a telephone writes into a photograph (where it was taken, when, with which
// device) is gone, because only the pixels go into the new file. The one thing read
// of it is which way is up.
package portrait
