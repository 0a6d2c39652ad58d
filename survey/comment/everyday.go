package comment

// everydayWords are the common words and whatever the shipped comments use:
// they name nobody, so that no word of them is a name alone.
func everydayWords() map[string]bool {
	m := set(common)
	shipped, err := Shipped()
	if err != nil {
		return m // the file is part of the program; a test reads it
	}
	for _, l := range shipped {
		for _, w := range words(l.Text) {
			m[w.folded] = true
		}
	}
	return m
}
