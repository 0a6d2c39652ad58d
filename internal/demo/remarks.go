package demo

// remarks are what people of a directorate write under the survey, invented. Some name
// somebody or a place, as people do; that is taken out before anybody reads them.
var remarks = map[string][]string{
	"community": {
		"The new rota app is a great help. I know two weeks ahead when I am on.",
		"We drive too far between visits. Somebody should plan the rounds by postcode.",
		"Proud of my team. We cover for each other without being asked.",
		"Paperwork takes an hour of every shift. Half of it nobody reads.",
		"Please mend the car park lights at Ferry Lane, it is pitch dark at five.",
		"Sarah Pemberton is the best manager I have had.",
		"My ideas are listened to since we became our own employer.",
		"Pay has fallen behind the agency nurses who work beside us.",
	},
	"inpatient": {
		"There are not enough of us on nights. It is not safe and we have said so.",
		"Breaks are a thing of the past on the ward.",
		"I love the patients and I dread the shift.",
		"We were told about the bed closures by the local paper.",
		"Too many agency staff who do not know where anything is.",
		"Nobody from the top has been on the ward since the spring.",
		"Dr Hollis shouts at the juniors and nothing is done.",
		"I am looking for another job after eleven years. That says it.",
		"The night team at Hilltop deserve a medal.",
	},
	"therapies": {
		"Good supervision, time to learn, decent kit. Keep it up.",
		"The waiting list is longer every month and it wears you down.",
		"Working from home two days has made all the difference.",
		"Rooms are double booked every week.",
		"It feels like everyone pulls together here.",
	},
	"children": {
		"It has turned round since we chose our own team leads.",
		"Two years ago I would not have recommended it. Now I do.",
		"The council of staff got us the second clinic room. Somebody listened.",
		"Still short of a health visitor in the north of the county.",
		"Safeguarding supervision every month now, which we asked for.",
		"Elin Tudor made the difference for us.",
	},
	"running": {
		"The computers take ten minutes to start.",
		"We are forgotten in the offices until something breaks.",
		"I like that members can ask the board questions and get answers.",
		"More notice of changes, please.",
		"The heating at Alder House is either off or tropical.",
	},
}
