package comment

import "strings"

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// titles come before a name. Those that are true are written short and need no
// capital after them.
var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": false, "mx": true, "dr": true, "prof": true,
	"doctor": false, "professor": false, "sister": false, "matron": false, "nurse": false,
	"sir": false, "dame": false, "lord": false, "lady": false, "rev": true, "reverend": false,
	"father": false, "auntie": false, "uncle": false, "sr": true,
}

func isTitle(w string) bool { _, ok := titles[w]; return ok }

// particles are parts of names that are not names by themselves.
var particles = set(`al bin da de del den der di dos du el ibn la le o of san st van von y the and`)

// introductions come before a name.
var introductions = set(`called named manager managers boss supervisor colleague colleagues consultant
consultants surgeon director lead leader mentor tutor physio therapist registrar coordinator
administrator receptionist secretary porter thanks thank under with by to from ask asked told
including especially and or`)

// numbered places have a number or a letter after them, named places a name
// before them.
var (
	numbered = set(`ward wards room bay bed theatre theatres clinic unit level floor block wing corridor bungalow suite
pod zone site flat house station lift entrance car-park`)
	named = set(`ward hospital house clinic unit road street avenue lane surgery lodge court building wing centre
suite infirmary hospice park cottage practice close crescent drive square terrace grove gardens`)
)

// capitalised are words that English or the health service writes with a
// capital and that name nobody.
var capitalised = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may
june july august september october november december christmas easter eid diwali ramadan english welsh
scottish irish british polish romanian indian filipino nigerian european african asian caribbean christian
muslim jewish hindu sikh england wales scotland ireland britain europe london nhs covid teams outlook excel word
windows microsoft google zoom whatsapp facebook datix esr systmone rio emis lorenzo epic healthroster allocate
unison unite gmb rcn rcm bma csp hr it cqc ics icb pals band brexit bame lgbt pride trust board executive
agenda change god ok okay mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct
nov dec commonweal xmas`)

// shortForms of given names, so that Dave is found where the list has David.
var shortForms = map[string][]string{
	"abigail": {"abi", "abby"}, "alan": {"al"}, "albert": {"bert", "bertie"}, "alexander": {"alex", "sandy"},
	"alexandra": {"alex", "sandra"}, "alfred": {"alf", "alfie"}, "alison": {"ali"}, "amanda": {"mandy"},
	"andrea": {"andie"}, "andrew": {"andy", "drew"}, "angela": {"angie", "ange"}, "anthony": {"tony"},
	"antony": {"tony"}, "barbara": {"barb", "babs"}, "benjamin": {"ben"}, "bernadette": {"bernie"},
	"bradley": {"brad"}, "bridget": {"bridie"}, "cameron": {"cam"}, "catherine": {"cathy", "cath", "kate", "katie"},
	"charlotte": {"charlie", "lottie"}, "charles": {"charlie", "chas"}, "christine": {"chris", "chrissie"},
	"christina": {"tina", "chris"}, "christopher": {"chris"}, "claire": {"clare"}, "daniel": {"dan", "danny"},
	"danielle": {"dani"}, "david": {"dave", "davey"}, "deborah": {"deb", "debbie", "debs"}, "debra": {"deb", "debbie"},
	"dennis": {"den"}, "dominic": {"dom"}, "donald": {"don"}, "dorothy": {"dot", "dottie"}, "douglas": {"doug"},
	"edward": {"ed", "eddie", "ted", "ned"}, "eleanor": {"ellie", "nell"}, "elizabeth": {"liz", "lizzie", "beth", "betty", "libby", "eliza"},
	"emily": {"em"}, "emma": {"em", "ems"}, "francesca": {"fran"}, "frances": {"fran"}, "francis": {"frank"},
	"frederick": {"fred", "freddie"}, "gabrielle": {"gabby"}, "geoffrey": {"geoff"}, "gerald": {"gerry"},
	"gillian": {"gill"}, "graham": {"gray"}, "gregory": {"greg"}, "harold": {"harry"}, "helen": {"nell"},
	"henry": {"harry"}, "imogen": {"immy"}, "isabel": {"izzy", "bella"}, "isabella": {"izzy", "bella"},
	"jacqueline": {"jackie", "jacqui"}, "james": {"jim", "jimmy", "jamie"}, "janet": {"jan"}, "janice": {"jan"},
	"jason": {"jay"}, "jeffrey": {"jeff"}, "jennifer": {"jen", "jenny"}, "jessica": {"jess", "jessie"}, "joanna": {"jo"},
	"joanne": {"jo"}, "john": {"johnny", "jack"}, "jonathan": {"jon", "jonny"}, "joseph": {"joe", "joey"},
	"josephine": {"jo", "josie"}, "joshua": {"josh"}, "judith": {"judy", "jude"}, "julia": {"jules"}, "julie": {"jules"},
	"katherine": {"kate", "kath", "kathy", "katie"}, "kathleen": {"kath", "kathy"}, "kenneth": {"ken", "kenny"},
	"kimberley": {"kim"}, "laurence": {"larry", "laurie"}, "leonard": {"len", "lenny"}, "leslie": {"les"}, "lesley": {"les"},
	"louise": {"lou"}, "lucinda": {"lucy"}, "madeleine": {"maddie"}, "margaret": {"maggie", "meg", "peggy", "marge"},
	"maria": {"mia"}, "martin": {"marty"}, "matthew": {"matt"}, "maureen": {"mo"}, "melanie": {"mel"}, "melissa": {"mel"},
	"michael": {"mike", "mick", "micky"}, "michelle": {"shell"}, "mohammed": {"mo"}, "muhammad": {"mo"}, "natalie": {"nat"},
	"natasha": {"tash", "tasha"}, "nathan": {"nate"}, "nicholas": {"nick", "nicky"}, "nicola": {"nicky", "nic"},
	"oliver": {"ollie"}, "olivia": {"liv"}, "pamela": {"pam"}, "patricia": {"pat", "tricia", "trish", "patsy"},
	"patrick": {"pat", "paddy"}, "penelope": {"penny"}, "peter": {"pete"}, "philip": {"phil"}, "philippa": {"pip", "pippa"},
	"phillip": {"phil"}, "rachel": {"rach"}, "raymond": {"ray"}, "rebecca": {"becky", "becca", "bex"}, "richard": {"rich", "rick", "dick"},
	"robert": {"rob", "bob", "bobby", "robbie"}, "roberta": {"bobbie"}, "roger": {"rog"}, "ronald": {"ron", "ronnie"}, "rosemary": {"rose", "rosie"},
	"russell": {"russ"}, "samantha": {"sam", "sammy"}, "samuel": {"sam", "sammy"}, "sandra": {"sandy"}, "sarah": {"sally"},
	"sharon": {"shaz"}, "simon": {"si"}, "sophia": {"sophie"}, "stephanie": {"steph"}, "stephen": {"steve"}, "steven": {"steve"},
	"stuart": {"stu"}, "susan": {"sue", "susie", "suzie"}, "suzanne": {"sue", "suzie"}, "tamara": {"tammy"}, "theresa": {"terri", "tess"},
	"theodore": {"theo", "ted"}, "thomas": {"tom", "tommy"}, "timothy": {"tim"}, "valerie": {"val"}, "veronica": {"ronnie"},
	"victoria": {"vicky", "tori"}, "vincent": {"vince"}, "vivienne": {"viv"}, "wendy": {"wend"}, "william": {"will", "bill", "billy"},
	"yvonne": {"von"}, "zachary": {"zac", "zack"},
}

// common are words of everyday English that are names of people and places as
// well, and those that often stand with a capital at a title or a place.
const common = `
a able about above across act add after again against age all almost alone along already also although always am among
an and angel another answer any anybody anyone anything are area around art as ash ask asked at autumn away back bad bailey baker
banks bar barber bay be bear because become been before began begin behind being believe bell best better between bill bird
bishop black blue board bond book both brook brooks brown built burns bush but butcher butler by call called came can care carer
carpenter carry carter case cause centre chance change chapel chapman charge charity chase cherry church clay clear clerk close coal
coffey cole cook cool cooper corner could court cross crystal curtis daily dale daisy dark dawn day days dean deal dear department did
different director do does done doctor dolly don down draper drew driver during each early earth east easy either else end ended english
enough ever every everybody everyone everything experience eve ever face fair faith fall family far farmer father fay fear feel felt fern few
field find finally first fisher flowers foot for ford forest found fox frank free french fresh friend friends from full further gale gardener gave
general german get gill give given glen go gold gone good got grace grant gray great green grey ground group guy had hale hall
hand hands hard hardy harmony has have hazel he head health heart heath help her here hers high hill him his holly home honest
honey honestly hope hospital house how however hunt hunter i if in instead into iris is it its ivy jack jasmine jay jewel job joy just
keen keep kept key kind king knight know known lake lamb land lane large last late law lay lead leader least leave led lee left less let
lily line little live lodge long look lord lot love low made main make man management manager mango many marina mark marks marsh mason
may maybe me mean means meeting melody mercy might mill miller mine miss mist money month moon moor more morning most mother mr much
must my near need never new next nice night no nobody noble none nor north not nothing now nurse nurses of off office often oh old olive
on once one only open or order other others our out over own page paige pansy parent parents park parker part past patience patient pat
paul pay peace pearl penny people perhaps person piper place plant plum point pole pool poor pope poppy porter potter power price prime prince
prior proper queen quick quiet quite raise rather ray read ready really red reed reeves rest rich right rise river road rob robin rock
roman rose round rowan royal ruby rule run rush safe sage said same sandy saw say school sea see seem self senior service services set several
sharp she shaw shift ship short should shown shut side silver simple since skip skye small smart snow so some somebody someone something sometimes son soon
south spring staff star stark start steel step sterling still stone stop storm story street strong sue suite summer sun support sure swan sweet swift
take taken tanner taylor teal team teams tell than that the their them then there these they thing things think this those though thought through
time to today told too took top town travel true trust try turner two under unit until up upon us use used usually van vale very
violet waits wade walker wall want ward wards ware was watch waters way we week weeks well went were west what when where whether which while
white who whole why wild will willow wing winter wise with within without wolf wood woods word work worked worker works world would yard year years
yes yet york you young your
abbot allgood ambler archer armour arrow ball band barn baron beam beard berry blood bloom boast bold bone boon booth bottle bow bowl box brace brand brave bread
bright broad bull bullock bunch burden butter button camp candle cannon cash castle cave chair chalk champion chase cheese chick christian cobbler cock coin comfort
constable constant cope cork corn cotton couch crane crisp crook crow crown cruise cup daft dance daring dart deacon deed deeds dent dove drake dream drinkwater drum duck duke
dyer eagle earl eagles early fairy falcon fast faithful feather field finch fish flint flood fold fortune fountain fowler frost fry fuller gain gale game garland garner
garrison gates gentle giant gift glass glover goat golden goodman goose grave gravel grill gull gunner guest hail ham hammer hammond happy hare harp hart haste hawk hay
heard heather heaven hedge herring hike hind hogg hook hooper horn horse host hood hurt hide inch ink ivory jester jolly judge jump keen kettle kidney kiss kitchen kite knife
ladd lark laughter leaf leather lever lightfoot lock looker loud lovely luck lucky lush mace major maker mallet marble marshal mate may mayor meadow meek mercer merry
merriman miles minister mole moody moss mould mountain mouse nail neat neighbour nettle night nightingale noon nut oakes onions orange orchard owl pace pack pain painter paper pardon
parish parsons partridge patch patten peacock pears peel pepper perfect pickles pickup pike pilgrim pink pitcher plank pledge plow poet pond popular porch pounds powder press
pretty print proud purchase pure race rain rainbow raven reader reason record redhead render rice rider ring roach robins rook root roper rough rouse rudd sadler sail sailor
sales salmon salt sand sands sargent savage saxon scales scholar seal sealy seller sergeant shade shaker shepherd shield shine shore shower silk singer skill skinner slater
slaughter slow smiles smoker snell speed spence spicer spark sparrow speaker squire squires stable staples stamp stead steer stern sticker stock stores stout strain strange
street stride stringer sugar summers sumner sunday swan sword tailor tame teller temple tempest tennant thick thorn thorne tidy tiger timber toll tough towers townsend tree
trim trout trow tucker twist twin tyler usher verity vicar victory vine virtue wagner wait waiter waiting wake warden warm warner wash waterman wax weaver weather weight
wheel wheeler whistle whiting wilder wiles winch wind window winner wish wisdom wonder woodman worth wren wright yardley
administrator assistant associate band bank chief clinical community consultant coordinator corporate deputy domestic executive governor
healthcare housekeeper line medical member members midwife midwives ops paramedic physio physiotherapist practitioner receptionist registrar
secretary specialist student supervisor surgeon therapist trainee volunteer occupational speech district public mental crisis intensive
emergency outpatients pharmacy radiology theatre theatres estates finance therapies children adult older
`
