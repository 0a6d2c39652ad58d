package policy

import "slices"

// reach says what an action is about, and so what is asked besides the role.
type reach string

const (
	open     reach = "public"       // anybody, signed in or not
	own      reach = "own"          // the actor's own thing, in the actor's organisation
	inside   reach = "organisation" // a thing of the actor's organisation
	platform reach = "platform"     // the machine; any organisation, no personal content
)

// mark adds a condition to a line of the table.
type mark uint8

const (
	personal  mark = 1 << iota // shows or changes what belongs to named people
	appoints                   // never on oneself
	notDemo                    // not for an invented person of the demonstration
	plain     mark = 0
	noToken        = "" // in the scope column: only in a session, never with an API token
	anyoneMay      = "-"
)

// rule is one line of the table.
type rule struct {
	action Action
	reach  reach
	scope  string // what an API token must have
	marks  mark
	who    []Role
	does   string // completes "may ..."
}

func of(who ...Role) []Role { return who }

var (
	signedIn  = of(Applicant) // everybody who is signed in holds this
	onRoll    = of(Member, PatientMember)
	observers = of(Member, PatientMember, Secretary, ReturningOfficer, Registrar, Teller, Trustee, Scrutineer, EngagementLead,
		Director, CouncilMember, StaffSide, SpinOutLead, Commissioner, ProgrammeOfficer, Regulator)
)

// table is the whole policy: roles x actions.
var table = []rule{
	{FrontView, open, anyoneMay, plain, nil, "see the front page"},
	{HelpView, open, anyoneMay, plain, nil, "read the help, privacy and accessibility pages"},
	{LawView, open, anyoneMay, plain, nil, "read the rules and where they come from"},
	{OrganisationView, open, anyoneMay, plain, nil, "see an organisation's name, form and registered office"},
	{RecordView, open, anyoneMay, plain, nil, "see the head of the record, its signed checkpoints and proofs"},
	{RecordCheck, open, anyoneMay, plain, nil, "check a proof against the record"},
	{EvidenceView, open, anyoneMay, plain, nil, "see published figures"},
	{EvidenceExport, open, anyoneMay, plain, nil, "download published figures"},
	{StudyView, open, anyoneMay, plain, nil, "see studies: what was registered, and what they showed"},
	{RegisterInspectRequest, open, anyoneMay, plain, nil, "ask to inspect the register"},
	{PollView, open, anyoneMay, plain, nil, "see a poll: its notice, timetable, candidates and result"},
	{SurveyCheck, open, anyoneMay, plain, nil, "check that a survey pass is counted, and how many there are"},
	{FriendsAnswer, open, anyoneMay, plain, nil, "answer the friends-and-family question"},
	{APIOpenAPI, open, anyoneMay, plain, nil, "read the description of the programming interface"},
	{SignIn, open, anyoneMay, plain, nil, "sign in"},
	{DemoSignIn, open, anyoneMay, plain, nil, "try the demonstration as an invented person, where it is one"},

	{HomeView, own, "read:account", plain, signedIn, "see their home page"},
	{AccountManageOwn, own, noToken, plain, signedIn, "see and change their account"},
	{SessionManageOwn, own, noToken, plain, signedIn, "see and end their sessions"},
	{PasskeyManageOwn, own, noToken, notDemo, signedIn, "add and remove their passkeys"},
	{EmailChangeOwn, own, noToken, notDemo, signedIn, "change their e-mail address"},
	{TokenManageOwn, own, noToken, plain, signedIn, "make and revoke their access tokens"},
	{NoticeViewOwn, own, "read:account", plain, signedIn, "read the messages sent to them"},
	{NoticePreferences, own, "write:account", plain, signedIn, "choose which messages they get"},
	{PersonExportOwn, own, noToken, personal, signedIn, "download what is held about them"},
	{MemberViewOwn, own, "read:membership", personal, signedIn, "see their membership"},
	{MemberApply, own, "write:membership", personal, signedIn, "apply for membership"},
	{MemberWithdraw, own, "write:membership", personal, onRoll, "withdraw from membership"},
	{ShareViewOwn, own, "read:membership", personal, signedIn, "see their shares"},
	{CertificateOwn, own, "read:membership", personal, signedIn, "see their share certificates"},
	{StakeViewOwn, own, "read:membership", personal, signedIn, "see their stakes"},
	{OfficerResignOwn, own, noToken, plain, of(Secretary, ReturningOfficer, Registrar, Teller, Trustee, Scrutineer, EngagementLead, Director,
		CouncilMember, StaffSide, SpinOutLead, Commissioner, ProgrammeOfficer, Regulator, PlatformAdministrator), "give up an office"},
	{RollViewOwn, own, "read:votes", personal, signedIn, "see whether they may vote, and why"},
	{RollClaim, own, "write:votes", personal, signedIn, "say that the roll of voters is wrong"},
	{NominationMakeOwn, own, "write:votes", personal, onRoll, "stand for election and withdraw"},
	{NominationBack, own, "write:votes", personal, onRoll, "propose or second a candidate"},
	{PetitionMake, own, "write:votes", personal, onRoll, "question the result of a poll"},
	{CredentialEnrol, own, noToken, personal, onRoll, "make the key that they vote with"},
	{BallotCast, own, noToken, personal, signedIn, "cast a vote, while they are on its roll"},
	{SurveyAnswerOwn, own, noToken, personal, signedIn, "fetch their one-time pass for a survey, while they are asked"},
	{ActionAnswerOwn, own, "write:surveys", plain, signedIn, "say what they think of an action that followed a survey"},
	{ActionReportOwn, own, "write:surveys", plain, signedIn, "say what was done about an action that they own, or move its day"},

	{RegisterInspect, inside, "read:register", personal, onRoll, "inspect the register as the law allows a member"},
	{RegisterView, inside, "read:register", personal, of(Secretary), "read the full register of members"},
	{RegisterExport, inside, "read:register", personal, of(Secretary), "download the register"},
	{RegisterInspectAnswer, inside, "write:register", personal, of(Secretary), "answer a request to inspect the register"},
	{MemberViewAny, inside, "read:register", personal, of(Secretary, ReturningOfficer), "see any member's entry"},
	{MemberApplyFor, inside, "write:register", personal, of(Secretary), "enter an application made on paper"},
	{MemberAdmit, inside, "write:register", personal, of(Secretary), "admit or refuse an applicant"},
	{MemberRecord, inside, "write:register", personal, of(Secretary), "record a fact about a membership"},
	{MemberClassView, inside, "read:rules", plain, signedIn, "see the classes and constituencies"},
	{MemberClassEdit, inside, "write:rules", plain, of(Secretary), "change the classes of membership"},
	{ConstituencyEdit, inside, "write:rules", plain, of(Secretary), "change the constituencies"},
	{PersonEdit, inside, "write:register", personal, of(Secretary), "correct a person's name and address"},
	{PersonErase, inside, noToken, personal, of(Secretary), "erase a person's details"},
	{StaffView, inside, "read:staff", personal, of(Secretary), "see the staff list"},
	{StaffImport, inside, "write:staff", personal, of(Secretary), "load a staff list"},
	{StaffProfileEdit, inside, "write:staff", plain, of(Secretary), "change how a staff list is read"},
	{ShareViewAny, inside, "read:shares", personal, of(Secretary), "see any member's shares"},
	{ShareClassEdit, inside, "write:rules", plain, of(Secretary), "change the classes of shares"},
	{ShareIssue, inside, "write:shares", personal, of(Secretary), "issue shares"},
	{ShareTransfer, inside, "write:shares", personal, of(Secretary), "record a transfer of shares"},
	{ShareConvert, inside, "write:shares", personal, of(Secretary), "convert shares"},
	{ShareRedeem, inside, "write:shares", personal, of(Secretary), "redeem shares"},
	{ShareCancel, inside, "write:shares", personal, of(Secretary), "cancel shares"},
	{ShareReverse, inside, "write:shares", personal, of(Secretary), "reverse an entry in the share ledger"},
	{CertificateViewAny, inside, "read:shares", personal, of(Secretary), "see any share certificate"},
	{CertificateIssue, inside, "write:shares", personal, of(Secretary), "issue and cancel share certificates"},
	{StakeViewAny, inside, "read:register", personal, of(Secretary), "see any member's stakes"},
	{StakeGrant, inside, "write:register", personal, of(Secretary), "grant and end a stake without capital"},
	{StakeUseRecord, inside, "write:register", personal, of(Secretary), "record that a stake was used"},
	{ControlView, inside, "read:rules", plain, observers, "see what share of members and votes staff hold"},
	{OfficerView, inside, "read:rules", personal, observers, "see who holds which office"},
	{OfficerAppoint, inside, noToken, appoints, of(Secretary), "appoint an officer"},
	{OfficerEnd, inside, noToken, plain, of(Secretary), "end an appointment"},
	{OrganisationEdit, inside, noToken, plain, of(Secretary), "change the organisation's details and look"},
	{VentureView, inside, "read:rules", plain, observers, "see the parents and reserved matters of a joint venture"},
	{VentureEdit, inside, "write:rules", plain, of(Secretary), "change the parents and reserved matters of a joint venture"},
	{NoticeSend, inside, noToken, personal, of(Secretary, ReturningOfficer), "send a notice to members"},
	{NoticeDeliveryView, inside, "read:register", personal, of(Secretary, ReturningOfficer), "see which notices did not arrive"},
	{RecordEntryView, inside, "read:record", personal, of(Secretary, ReturningOfficer, Scrutineer), "read what the record holds under an entry"},
	{RecordExport, inside, "read:record", personal, of(Secretary, Scrutineer), "download the whole record with what it proves"},
	{PublishedImport, inside, "write:evidence", plain, of(Secretary, EngagementLead, PlatformAdministrator), "load published figures"},

	{PollDraft, inside, "write:polls", plain, of(Secretary, ReturningOfficer), "prepare a poll"},
	{PollCall, inside, "write:polls", plain, of(Secretary, ReturningOfficer), "call a poll"},
	{PollConduct, inside, "write:polls", plain, of(ReturningOfficer), "run a poll: change a day, give notice, abandon it"},
	{OfficialName, inside, noToken, appoints, of(Secretary), "name the officials of a poll"},
	{OfficialView, inside, "read:polls", plain, observers, "see who the officials of a poll are"},
	{NominationDecide, inside, "write:polls", personal, of(ReturningOfficer), "accept a nomination or rule it out"},
	{RollView, inside, "read:polls", personal, of(ReturningOfficer, Registrar), "see who is on the roll of a poll"},
	{RollMake, inside, "write:polls", personal, of(ReturningOfficer), "make the roll of a poll from the register"},
	{RollDecide, inside, "write:polls", personal, of(ReturningOfficer), "decide about claims and objections to the roll"},
	{DeclarationMake, inside, noToken, plain, of(ReturningOfficer), "declare the result of a poll"},
	{PetitionDecide, inside, noToken, personal, of(Secretary), "record what became of a question about a result"},
	{VacancyRecord, inside, "write:polls", plain, of(Secretary, ReturningOfficer), "record a vacancy and how it is filled"},
	{CredentialIssue, inside, "write:credentials", personal, of(Registrar), "make and replace the codes that members vote with"},
	{PollbookView, inside, "read:polls", personal, of(ReturningOfficer), "see from whom a vote has come"},
	{KeyHold, inside, noToken, plain, of(Trustee), "hold a part of the key of a poll, and open votes with it"},
	{PaperEnter, inside, noToken, personal, of(Teller), "receive votes on paper or by telephone, and key them"},
	{PaperRule, inside, noToken, personal, of(ReturningOfficer), "rule on papers that two tellers read differently, and sign the reckoning of them"},
	{RankingsView, inside, noToken, personal, of(ReturningOfficer, Trustee, Teller, Scrutineer, Member, PatientMember), "see the rankings that were opened, where the rules allow it"},

	{SurveyView, inside, "read:surveys", plain, signedIn, "see surveys and the results that were released"},
	{SurveyPlan, inside, "write:surveys", plain, of(EngagementLead), "plan a survey, call it, remind those who are asked, and close or abandon it"},
	{SurveyRelease, inside, noToken, plain, of(EngagementLead), "release the results of a survey"},
	{SlipIssue, inside, noToken, personal, of(EngagementLead, Secretary), "give out paper slips for a survey, and see to whom one was given"},
	{SheetKey, inside, noToken, plain, of(Teller), "key the answers on paper of a survey"},
	{CommentGate, inside, noToken, plain, of(EngagementLead, StaffSide), "decide which comments of a survey are shown, after names are taken out"},
	{CommentView, inside, "read:surveys", plain, of(EngagementLead, Director, StaffSide, CouncilMember), "read the comments of a survey that were let through"},
	{ActionView, inside, "read:surveys", plain, signedIn, "see the actions that followed from surveys"},
	{ActionEdit, inside, "write:surveys", plain, of(EngagementLead, Director), "set an action, report on it and end it"},
	{FriendsView, inside, "read:surveys", plain, signedIn, "see the figures of the friends-and-family test"},
	{FriendsEdit, inside, "write:surveys", plain, of(EngagementLead, Secretary), "set up the places of the friends-and-family test, and enter papers"},

	{StudyRegister, inside, "write:evidence", plain, of(Secretary, EngagementLead, Director, StaffSide), "register a study before its data are looked at, and withdraw it"},
	{StudyRun, inside, "write:evidence", plain, of(Secretary, EngagementLead, Director, StaffSide), "lock a registered study to its data, run it and publish it"},

	{IndicatorView, inside, "read:evidence", plain, signedIn, "see the organisation's own figures, where they come from and what was revised"},
	{IndicatorEdit, inside, "write:evidence", plain, of(Secretary, EngagementLead, Director), "define the organisation's own measures, and load their figures"},
	{PackView, inside, "read:evidence", plain, signedIn, "read the board pack"},
	{PackEdit, inside, "write:evidence", plain, of(Secretary, Director), "choose the measures of the board pack, with targets and peers"},

	{OrganisationList, platform, "read:machine", plain, of(PlatformAdministrator), "list the organisations on this machine"},
	{OrganisationCreate, platform, noToken, plain, of(PlatformAdministrator), "set up an organisation and its first secretary"},
	{OrganisationClose, platform, noToken, plain, of(PlatformAdministrator), "close an organisation"},
	{JobsView, platform, "read:machine", plain, of(PlatformAdministrator), "see work that waits"},
	{JobsRetry, platform, "write:machine", plain, of(PlatformAdministrator), "try failed work again"},
	{MachineView, platform, "read:machine", plain, of(PlatformAdministrator), "see the health of the machine"},
	{MachineBackup, platform, noToken, plain, of(PlatformAdministrator), "back the machine up"},
}

// byKind replaces who may do an action when the thing is of a certain kind: who
// appoints depends on the office.
var byKind = map[Action]map[string][]Role{
	OfficialName:   {string(Trustee): of(Secretary, StaffSide)},
	OfficerAppoint: {string(Secretary): of(Secretary, Director), string(PlatformAdministrator): of(PlatformAdministrator)},
	OfficerEnd:     {string(Secretary): of(Secretary, Director), string(PlatformAdministrator): of(PlatformAdministrator)},
}

var index = func() map[Action]*rule {
	m := map[Action]*rule{}
	for i := range table {
		m[table[i].action] = &table[i]
	}
	return m
}()

// Actions are all actions, in the order of the table.
func Actions() []Action {
	out := make([]Action, len(table))
	for i, r := range table {
		out[i] = r.action
	}
	return out
}

// Known reports whether the action is in the table.
func (a Action) Known() bool { return index[a] != nil }

// Does completes the sentence "may ...", or is "" for an unknown action.
func (a Action) Does() string {
	if r := index[a]; r != nil {
		return r.does
	}
	return ""
}

// IsPublic reports whether anybody may do it without signing in.
func (a Action) IsPublic() bool { r := index[a]; return r != nil && r.reach == open }

// IsOwn reports whether it concerns the actor's own things alone.
func (a Action) IsOwn() bool { r := index[a]; return r != nil && r.reach == own }

// Scopes are the scopes that an API token may have, sorted.
func Scopes() []string {
	var out []string
	for _, r := range table {
		if r.scope != noToken && r.scope != anyoneMay && !slices.Contains(out, r.scope) {
			out = append(out, r.scope)
		}
	}
	slices.Sort(out)
	return out
}
