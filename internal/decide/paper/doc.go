// Package paper is the votes that come on paper or by telephone: batches of papers
// that were parted from their envelopes, keyed by two tellers who do not see each
// other's, ruled on where they differ, and reckoned up before anything is counted.
package paper
