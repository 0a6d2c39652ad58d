package comment

import "strings"

// cues are words that speak for a theme or a tone by what they mean, from what
// staff surveys ask about. A few hundred comments cannot hold all of them; the
// model learns how far each list is to be trusted.
var cues = cueStems(map[string]string{
	string(Kindness): `fair unfair fairness fairly equal equally equality unequal inequality inclusive inclusion include included excluded racism racist race
		ethnic ethnicity minority black asian white bame overseas foreign accent accents background discrimination discriminate discriminated prejudice bias
		biased sexist sexism homophobic homophobia gay lesbian trans gender religion religious faith pray prayer culture cultural disabled disability
		disabilities adjustment adjustments age ageism ageist maternity pregnant pregnancy bully bullied bullying bullies harass harassed harassment
		victimised respect respected respectful disrespect disrespectful dignity kind kindness unkind compassion compassionate caring civility rude
		rudeness polite belong belonging favouritism favourites favoured favourite clique cliques cliquey nepotism promotion promoted diversity diverse differences treated
		humiliated humiliate belittled sneered banter jokes grievance friends
		colour skin hijab mosque church wheelchair deaf dyslexic autistic neurodiverse transitioned partner pronouns mispronounced gentle gently decent decency manners human stupid mocked mocking mimic mimics laughed chosen face crowd club unwelcome welcome welcomed welcoming outsider gossiped microaggressions woman women man men girls older younger generation`,
	string(Recognition): `pay paid underpaid unpaid salary salaries wage wages money band banding bands rebanded increment increments bonus reward rewards rewarded
		rewarding recognition recognise recognised recognize recognized value valued values undervalued appreciate appreciated appreciation unappreciated
		thank thanks thanked praise praised award awards credit acknowledged acknowledge acknowledgement gratitude grateful cost living earn earnings pension overtime mileage
		expenses enhancements allowance financial incentive incentives loyalty loyal celebrate celebrated celebration granted voucher vouchers shares dividend
		profit rent poor afford payroll
		paycheck pounds hourly grade graded grading regraded poorly afford mortgage bills debt badge medal biscuits clap clapping email birthday service worth worthless worthwhile noticed seen invisible overlooked charges supermarket lift higher lower `,
	string(Voice): `listen listens listened listening unheard heard hear voice say opinion opinions views view suggest suggested suggestion suggestions idea ideas feedback
		consult consulted consultation consultations decision decisions decide decided involve involved involvement vote votes voting elect elected speak speaking
		spoke concern concerns raise raised raising whistleblower whistleblowers whistleblowing guardian report reported reporting transparency transparent openness honest
		honesty communication communicate communicated told informed influence autonomy micromanaged micromanagement trusted permission ignored ignore
		dismissed fear afraid survey surveys executives executive board council representatives change changes reorganisation restructure trouble troublemaker
		top-down owner owners ownership proposal proposals meeting input
		asked ask proposal proposals input pushed parapet upstairs directors bosses imposed announced forced agenda minutes governance votes voted ballot truth lies lied hidden secret secretive doors closed show pretend tokenistic tokenism ignoring brushed carpet incident incidents forms datix outcome`,
	string(Wellbeing): `wellbeing well-being health healthy unwell ill illness sick sickness stress stressed stressful stresses burnout burnt burned exhausted exhausting exhaustion
		tired tiredness fatigue fatigued drained worn anxious anxiety depressed depression mental cry crying tears sleep sleepless insomnia injury injured
		hurt pain back shoulder violence violent assault assaulted attacked attack abuse abused abusive aggression aggressive threatened threat punched
		kicked spat unsafe alarm alarms security breaks break drink counselling counsellor debrief debriefs trauma traumatic traumatised menopause occupational
		resilience yoga emotional emotionally breakdown rest recovery dread worry worrying lone headaches
		shattered struggle struggling suffering migraine migraines palpitations panic headache knees nerves counsellor psychologist therapy doctor signed hungry lunch eat toilet water weight fit swimming gym bereavement died funeral suicide restrained restraining knife chair sworn swearing shouting shouted empty finished collapse collapsed safe unsafe scared frightened`,
	string(Staffing): `staffing staffed understaffed short-staffed short shortage shortages workload workloads caseload caseloads vacancy vacancies recruit recruited recruitment
		recruiting agency bank cover covered covering numbers enough turnover retention replaced replace replacement skeleton pressure pressures pressured overworked overload overloaded
		overwhelmed demand demands deadlines targets target unrealistic unmanageable manageable rushed stretched thin paperwork duplication admin extra hands gaps gap posts post
		freeze freezing frozen leavers leaving ratio ratios goodwill busy hire hired hiring referrals double volume
		bodies replaced leavers six four three one two half alone covering understaffing list lists diary visits calls backlog overtime relentless nonstop non-stop released busier quieter clerk coordinator student notice advert advertised`,
	string(Learning): `training train trained trainer training learn learning learnt learned course courses study studies studying degree qualification qualifications qualified appraisal appraisals
		development develop developing career careers progression progress supervision mentor mentoring mentorship preceptorship induction apprenticeship apprenticeships
		education educator educators teach teaching taught teacher skill skills knowledge workshop workshops e-learning modules module mandatory competencies competency
		conference objectives goals coaching coach shadow shadowing secondment secondments opportunity opportunities pdp university library cpd
		exam exams prescribing master masters phd nursing qualified yearly review reviews educator mentor preceptor budget conferences journal resus explained explain ropes ladder promotion stuck apprenticeships apprentice student students taught shown`,
	string(Flexibility): `flexible flexibly flexibility flexi flexitime hours shift shifts rota rotas roster rosters rostering self-rostering part-time full-time weekend weekends night
		nights holiday holidays leave annual childcare children child kids school family families home remote remotely hybrid balance work-life compressed carer carers caring job-share
		term swap swaps days off-duty early late rest notice christmas on-call start finish pattern patterns condensed parents parent daughter son
		toddler baby nursery mum dad mother father wife husband alzheimer weekend fortnight fridays wednesdays monday afternoon evening early lates birthday wedding graduation bus seven roster off-duty requests request annualised retire retirement `,
	string(Team): `team teams teamwork colleague colleagues manager managers management managed managing boss supervisor supervisors line matron leader leaders leadership
		supportive support supported atmosphere morale friendly together silo silos departments department gossip conflict huddle one-to-one approachable visible
		trust backstabbing backbiting relationships relationship camaraderie pull workmates peers handover handovers directorate toxic
		crew bunch mates girls lads lead bosses hello morning each other together jell gel camps cliques kettle huddles meetings backs handed`,
	string(Equipment): `equipment computer computers laptop laptops it system systems software wifi internet network printer printers phone phones telephone building buildings office offices room
		rooms roof heating cold hot freezing boiling temperature parking park car desk desks chair chairs toilet toilets kitchen fridge microwave canteen lift lifts leak leaks leaking
		broken break mend repair repaired repairs fix fixed hoist hoists bed beds monitor monitors supplies stock uniform uniforms locker lockers changing environment facilities facility
		machine machines tablet tablets record log login passwords password helpdesk estates space storage dirty filthy mould windows air ventilation scanner scanners tools gloves
		screen screens load loads crash crashes crashed logging kit photocopier copier trolley trolleys batteries battery thermometer cuff pumps pump mattress minibus van bike bikes barrier fines permit signal blinds ceiling boiler stairs store cupboard keys wheelchair wheelchairs ramps smartcard`,
	string(Care): `patient patients care quality treatment treated clients client service services user users safety safe dignity waiting waits wait lists list discharge discharges discharged
		relatives relative trolley trolleys corridor corridors medication medicines medicine harm harmed falls infection infections complaint complaints clinical dementia elderly
		standard standards recommend treated residents resident appointments appointment cancelled operation operations surgery diagnosis outcomes bedside end-of-life palliative food fed community
		gentleman lady man old frail elderly die dying died death hospice stroke cancer asthma ambulance ambulances nursing bell bells washed wash turned feeding sheets dose drug meds scan scans readmissions readmitted readmit revolving home homes families family mistakes errors visit visits humane compassion recover rehabilitate rehabilitation`,
	string(Good): `good great excellent brilliant amazing fantastic wonderful superb outstanding lovely love happy enjoy enjoyed proud pride pleased pleasure supportive helpful best better improved
		improvement friendly kind thank encouraging encouraged positive well fair privilege blessing nice always helped helps works success valued appreciated respected trust smooth smoothly
		dedicated grateful rewarding safe quickly easy
		credit marvellous angels lifeline joy proudly smiling perfect decent medal godsend relieved gentle `,
	string(Bad): `not no never nobody none nothing nowhere bad poor worse worst terrible awful dreadful appalling disgrace disgraceful disgusting shocking ridiculous unacceptable insulting impossible
		unfair unsafe dangerous bully bullying ignored refused denied lack lacking broken failing fail failed exhausted stress stressed ill angry frustrated frustrating frustration
		too without cannot can't don't doesn't isn't won't hate dread struggle struggling waste wrong problem problems blame fear abuse cut cuts short scandal joke unrealistic constant
		constantly still again only hardly cancelled slow late missing unable leaving toxic
		ashamed furious moan moans lost died hurt spat shouted laughed stuck hide hides invisible worthless shattered finished relentless closed nuisance fines`,
	string(Wish): `please should would could need needs needed wish want let allow more less stop bring introduce provide give make consider review ask hold fill fix buy start improve increase reduce
		better instead hope suggest recommend must put offer publish tell involve ensure look
		could can somebody someone somewhere like deserve deserves dream`,
})

// cueWeight is the weight of one cue; that of a word seldom is above six. It was
// chosen on the shipped comments.
const cueWeight = 4.0

func cueStems(lists map[string]string) map[string][]string {
	m := map[string][]string{}
	for _, label := range sortedKeys(lists) {
		mark := "#" + label
		for w := range strings.FieldsSeq(lists[label]) {
			s := stem(w)
			if n := len(m[s]); n == 0 || m[s][n-1] != mark {
				m[s] = append(m[s], mark)
			}
		}
	}
	return m
}
