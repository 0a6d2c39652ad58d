package policy

// Action is something that can be done, as noun.verb.
type Action string

// What anybody may do.
const (
	FrontView              Action = "front.view"
	HelpView               Action = "help.view"
	LawView                Action = "law.view"
	OrganisationView       Action = "organisation.view"
	RecordView             Action = "record.view"
	RecordCheck            Action = "record.check"
	EvidenceView           Action = "evidence.view"
	EvidenceExport         Action = "evidence.export"
	RegisterInspectRequest Action = "register.inspect_request"
	PollView               Action = "poll.view"
	SurveyCheck            Action = "survey.check"
	FriendsAnswer          Action = "friends.answer"
	APIOpenAPI             Action = "api.openapi"
	SignIn                 Action = "session.sign_in"
	DemoSignIn             Action = "demo.sign_in"
)

// What concerns the person who does it.
const (
	HomeView          Action = "home.view"
	AccountManageOwn  Action = "account.manage_own"
	SessionManageOwn  Action = "session.manage_own"
	PasskeyManageOwn  Action = "passkey.manage_own"
	EmailChangeOwn    Action = "email.change_own"
	TokenManageOwn    Action = "token.manage_own"
	NoticeViewOwn     Action = "notice.view_own"
	NoticePreferences Action = "notice.preferences"
	PersonExportOwn   Action = "person.export_own"
	MemberViewOwn     Action = "member.view_own"
	MemberApply       Action = "member.apply"
	MemberWithdraw    Action = "member.withdraw"
	ShareViewOwn      Action = "share.view_own"
	CertificateOwn    Action = "certificate.view_own"
	StakeViewOwn      Action = "stake.view_own"
	OfficerResignOwn  Action = "officer.resign_own"
	RollViewOwn       Action = "roll.view_own"
	RollClaim         Action = "roll.claim"
	NominationMakeOwn Action = "nomination.make_own"
	NominationBack    Action = "nomination.back"
	PetitionMake      Action = "petition.make"
	CredentialEnrol   Action = "credential.enrol_own"
	BallotCast        Action = "ballot.cast_own"
	SurveyAnswerOwn   Action = "survey.answer_own"
	ActionAnswerOwn   Action = "action.answer_own"
	ActionReportOwn   Action = "action.report_own"
)

// What is done inside one organisation.
const (
	RegisterInspect       Action = "register.inspect"
	RegisterView          Action = "register.view"
	RegisterExport        Action = "register.export"
	RegisterInspectAnswer Action = "register.inspect_answer"
	MemberViewAny         Action = "member.view_any"
	MemberApplyFor        Action = "member.apply_for"
	MemberAdmit           Action = "member.admit"
	MemberRecord          Action = "member.record"
	MemberClassView       Action = "member.class_view"
	MemberClassEdit       Action = "member.class_edit"
	ConstituencyEdit      Action = "constituency.edit"
	PersonEdit            Action = "person.edit"
	PersonErase           Action = "person.erase"
	StaffView             Action = "staff.view"
	StaffImport           Action = "staff.import"
	StaffProfileEdit      Action = "staff.profile_edit"
	ShareViewAny          Action = "share.view_any"
	ShareClassEdit        Action = "share.class_edit"
	ShareIssue            Action = "share.issue"
	ShareTransfer         Action = "share.transfer"
	ShareConvert          Action = "share.convert"
	ShareRedeem           Action = "share.redeem"
	ShareCancel           Action = "share.cancel"
	ShareReverse          Action = "share.reverse"
	CertificateViewAny    Action = "certificate.view_any"
	CertificateIssue      Action = "certificate.issue"
	StakeViewAny          Action = "stake.view_any"
	StakeGrant            Action = "stake.grant"
	StakeUseRecord        Action = "stake.use_record"
	ControlView           Action = "control.view"
	OfficerView           Action = "officer.view"
	OfficerAppoint        Action = "officer.appoint"
	OfficerEnd            Action = "officer.end"
	OrganisationEdit      Action = "organisation.edit"
	VentureView           Action = "venture.view"
	VentureEdit           Action = "venture.edit"
	NoticeSend            Action = "notice.send"
	NoticeDeliveryView    Action = "notice.delivery_view"
	RecordEntryView       Action = "record.entry_view"
	RecordExport          Action = "record.export"
	PublishedImport       Action = "published.import"
)

// What is done about a poll by those who run it.
const (
	PollDraft        Action = "poll.draft"
	PollCall         Action = "poll.call"
	PollConduct      Action = "poll.conduct"
	OfficialName     Action = "official.name"
	OfficialView     Action = "official.view"
	NominationDecide Action = "nomination.decide"
	RollView         Action = "roll.view"
	RollMake         Action = "roll.make"
	RollDecide       Action = "roll.decide"
	DeclarationMake  Action = "declaration.make"
	PetitionDecide   Action = "petition.decide"
	VacancyRecord    Action = "vacancy.record"
	CredentialIssue  Action = "credential.issue"
	PollbookView     Action = "pollbook.view"
	KeyHold          Action = "key.hold"
	PaperEnter       Action = "paper.enter"
	PaperRule        Action = "paper.rule"
	RankingsView     Action = "rankings.view"
)

// What is done about surveys, what follows from them, and the friends-and-family test.
const (
	SurveyView    Action = "survey.view"
	SurveyPlan    Action = "survey.plan"
	SurveyRelease Action = "survey.release"
	SlipIssue     Action = "slip.issue"
	SheetKey      Action = "sheet.key"
	CommentGate   Action = "comment.gate"
	CommentView   Action = "comment.view"
	ActionView    Action = "action.view"
	ActionEdit    Action = "action.edit"
	FriendsView   Action = "friends.view"
	FriendsEdit   Action = "friends.edit"
)

// What is done about studies of evidence. Everybody may see what was registered.
const (
	StudyView     Action = "study.view"
	StudyRegister Action = "study.register"
	StudyRun      Action = "study.run"
)

// What is done about an organisation's own figures, and the pack its board looks at.
const (
	IndicatorView Action = "indicator.view"
	IndicatorEdit Action = "indicator.edit"
	PackView      Action = "pack.view"
	PackEdit      Action = "pack.edit"
)

// What concerns the machine and no organisation's content.
const (
	OrganisationList   Action = "organisation.list"
	OrganisationCreate Action = "organisation.create"
	OrganisationClose  Action = "organisation.close"
	JobsView           Action = "jobs.view"
	JobsRetry          Action = "jobs.retry"
	MachineView        Action = "machine.view"
	MachineBackup      Action = "machine.backup"
)
