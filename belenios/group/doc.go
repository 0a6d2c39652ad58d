// Package group is the arithmetic of the three groups that Belenios elections use:
// BELENIOS-2048 and RFC-3526-2048, subgroups of the multiplicative group of a finite
// field, and Ed25519, the subgroup of prime order of a curve.
package group
