// Package prove holds nothing but what all that is proved is held to: the answers that are
// known beforehand. Its test walks the file of them, makes every number again, and fails
// for one that nothing makes.
package prove
