package comment_test

import (
	"fmt"
	"log"

	"commonweal/survey/comment"
)

// A comment is scrubbed, a person decides about what is doubtful, and only then
// is it read for its themes and shown.
func Example() {
	s := comment.NewScrubber(comment.Known{Names: []string{"Karen Whitfield"}, Places: []string{"Harbour House"}})
	const text = "Karen at harbour house refuses every request for part time since Gethin left. Ring 01482 555 0123."
	found := s.Scrub(text)
	fmt.Println(found.Text)
	for i, sp := range found.Spans {
		if sp.Doubtful {
			fmt.Printf("doubtful: %q\n", text[sp.Start:sp.End])
			found.Spans[i].Doubtful = false // the person says: a name
		}
	}
	clean, err := comment.Apply(text, found.Spans)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(clean)

	labelled, err := comment.Shipped()
	if err != nil {
		log.Fatal(err)
	}
	model, err := comment.Train(labelled)
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range model.Read(clean).Themes {
		fmt.Println(t.Theme.Label())
	}
	// Output:
	// [name] at [place] refuses every request for part time since Gethin left. Ring [contact].
	// doubtful: "Gethin"
	// [name] at [place] refuses every request for part time since [name] left. Ring [contact].
	// Hours, rotas and life outside work
}
