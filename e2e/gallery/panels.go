package main

import "commonweal/internal/web/page"

func panels() page.Frame {
	f := signedIn("Amara Okafor", "")
	f.Demo = true
	f.Heading = "Empty, refused, not known, not shown"
	f.Sentence = "What a page says when it has nothing to show, and what the reader may do."
	f.Notice = page.Notice{Text: "Your application is in. The secretary answers by Friday 27 November.", Done: true, More: page.Link{Text: "See it", Href: "#"}}
	f.Data = []page.Panel{
		page.Empty("No proposals yet", "Members have not put forward a proposal since the society began. Anyone may write the first; it takes five names to bring it to the council.", page.Link{Text: "Write a proposal", Href: "#"}),
		page.Refused("You cannot vote in this election", "It is for members in the therapies constituency on 5 October. On that date you were in community nursing.",
			"If that is wrong, tell the returning officer by Monday 23 November. The roll can be corrected until then, and each correction is on record.", page.Link{Text: "Say that the roll is wrong", Href: "#"}),
		page.CannotTell("Whether you may become a member", []string{"the day your contract ends", "whether you already hold a share"}, page.Link{Text: "Tell us", Href: "#"}),
		page.NotShown(page.Link{Text: "See the directorate instead", Href: "#"}),
		page.OurFault("7F3K-22QD", "Nothing you had sent was lost.", page.Link{Text: "Back to what waits for you", Href: "#"}),
	}
	return f
}
