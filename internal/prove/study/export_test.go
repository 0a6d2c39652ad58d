package study

// HashOf is the hash that a manifest has of a file.
var HashOf = hashOf
