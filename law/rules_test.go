package law_test

import (
	"strings"
	"testing"

	"commonweal/law"
)

// today is the day the cases ask about when they name no other.
const today = "2026-11-21"

// truth is one line of a rule's truth table.
type truth struct {
	rule  string
	on    string
	why   string
	facts string
	want  law.Verdict
}

// The rules of the packs on facts where the answer is plain from the law cited
// in each, on both sides of every limit.
var truths = []truth{
	// Co-operative and Community Benefit Societies Act 2014, s.2(2)(b)
	{"society.members.minimum", today, "three is enough", `{"members": 3}`, law.Holds},
	{"society.members.minimum", today, "two will do if both are societies", `{"members": 2, "members_that_are_societies": 2}`, law.Holds},
	{"society.members.minimum", today, "two people will not", `{"members": 2, "members_that_are_societies": 0}`, law.Fails},
	{"society.members.minimum", today, "two of whom nothing is known", `{"members": 2}`, law.CannotTell},
	// s.24
	{"society.shares.withdrawable-limit", today, "exactly £100,000", `{"withdrawable_holding_pence": 10000000, "holder_is_society": false}`, law.Holds},
	{"society.shares.withdrawable-limit", today, "a penny over", `{"withdrawable_holding_pence": 10000001, "holder_is_society": false}`, law.Fails},
	{"society.shares.withdrawable-limit", today, "a society is not bound", `{"holder_is_society": true}`, law.Holds},
	// s.2(3)
	{"society.cooperative.not-for-investors", today, "run for members", `{"runs_mainly_for_investors": false}`, law.Holds},
	{"society.cooperative.not-for-investors", today, "run for money", `{"runs_mainly_for_investors": true}`, law.Fails},
	// s.16(1)
	{"society.rules.amendment-in-force", today, "registered", `{"rule_amendment_registered": true}`, law.Holds},
	{"society.rules.amendment-in-force", today, "voted but not registered", `{"rule_amendment_registered": false}`, law.Fails},
	// s.111: two thirds, then more than half, 14 days to a month apart
	{"society.resolution.amalgamation", today, "exactly two thirds, a fortnight apart", `{"first_votes_for": 200, "first_votes_cast": 300, "first_meeting_on": "2026-03-02", "second_meeting_on": "2026-03-16", "second_votes_for": 51, "second_votes_cast": 100}`, law.Holds},
	{"society.resolution.amalgamation", today, "one vote short of two thirds", `{"first_votes_for": 199, "first_votes_cast": 300}`, law.Fails},
	{"society.resolution.amalgamation", today, "the second meeting a day early", `{"first_meeting_on": "2026-03-02", "second_meeting_on": "2026-03-15"}`, law.Fails},
	{"society.resolution.amalgamation", today, "31 January to 28 February is a month", `{"first_votes_for": 3, "first_votes_cast": 3, "first_meeting_on": "2026-01-31", "second_meeting_on": "2026-02-28", "second_votes_for": 2, "second_votes_cast": 3}`, law.Holds},
	{"society.resolution.amalgamation", today, "a day over the month", `{"first_meeting_on": "2026-01-31", "second_meeting_on": "2026-03-01"}`, law.Fails},
	{"society.resolution.amalgamation", today, "half is not more than half", `{"second_votes_for": 50, "second_votes_cast": 100}`, law.Fails},
	{"society.resolution.amalgamation", today, "nobody voted", `{"first_votes_for": 0, "first_votes_cast": 0}`, law.Fails},
	// s.113: 75% of those voting, half of all voting, then more than half
	{"society.resolution.conversion", today, "exactly 75% on exactly half", `{"first_votes_for": 375, "first_votes_cast": 500, "eligible_members": 1000, "first_meeting_on": "2026-03-02", "second_meeting_on": "2026-04-02", "second_votes_for": 2, "second_votes_cast": 3}`, law.Holds},
	{"society.resolution.conversion", today, "all in favour, but one voter short of half", `{"first_votes_for": 499, "first_votes_cast": 499, "eligible_members": 1000}`, law.Fails},
	{"society.resolution.conversion", today, "one vote short of 75%", `{"first_votes_for": 374, "first_votes_cast": 500}`, law.Fails},
	// s.111(5)
	{"society.resolution.sent-in-time", today, "on the fourteenth day", `{"second_meeting_on": "2026-03-16", "resolution_sent_on": "2026-03-30"}`, law.Holds},
	{"society.resolution.sent-in-time", today, "on the fifteenth", `{"second_meeting_on": "2026-03-16", "resolution_sent_on": "2026-03-31"}`, law.Fails},
	// s.106(1)
	{"society.meeting.through-regulator", today, "a hundred of three thousand", `{"members_applying": 100, "members": 3000}`, law.Holds},
	{"society.meeting.through-regulator", today, "a tenth of a small society", `{"members_applying": 5, "members": 50}`, law.Holds},
	{"society.meeting.through-regulator", today, "99 of three thousand", `{"members_applying": 99, "members": 3000}`, law.Fails},
	{"society.meeting.through-regulator", today, "a hundred settles it whatever the membership", `{"members_applying": 100}`, law.Holds},
	// s.89 and the registrar's deadline: 31 March to 31 October
	{"society.return.in-time", today, "the last day", `{"year_end_on": "2026-03-31", "return_sent_on": "2026-10-31"}`, law.Holds},
	{"society.return.in-time", today, "a day late", `{"year_end_on": "2026-03-31", "return_sent_on": "2026-11-01"}`, law.Fails},
	{"society.return.in-time", today, "a year that ends in February", `{"year_end_on": "2026-02-28", "return_sent_on": "2026-09-30"}`, law.Holds},

	// Companies Act 2006, ss.116 and 117
	{"company.register.request-complete", today, "all there", `{"request_names_requester": true, "request_states_purpose": true, "request_states_disclosure": true}`, law.Holds},
	{"company.register.request-complete", today, "no purpose", `{"request_states_purpose": false}`, law.Fails},
	{"company.register.answer-in-time", today, "the fifth working day, over Christmas", `{"request_received_on": "2026-12-21", "request_answered_on": "2026-12-30"}`, law.Holds},
	{"company.register.answer-in-time", today, "the sixth", `{"request_received_on": "2026-12-21", "request_answered_on": "2026-12-31"}`, law.Fails},
	{"company.register.answer-in-time", today, "an answer before the question", `{"request_received_on": "2026-12-21", "request_answered_on": "2026-12-20"}`, law.Fails},
	// s.115
	{"company.register.index", today, "fifty need none", `{"members": 50}`, law.Holds},
	{"company.register.index", today, "fifty-one do", `{"members": 51, "has_index_of_members": false}`, law.Fails},
	// s.121: after the ten years, over a leap day
	{"company.register.former-member", today, "the day after ten years", `{"ceased_on": "2016-02-29", "entry_removed_on": "2026-03-01"}`, law.Holds},
	{"company.register.former-member", today, "the day ten years are up", `{"ceased_on": "2016-02-29", "entry_removed_on": "2026-02-28"}`, law.Fails},
	// ss.113A and 113D, from 18 November 2025: within two months beginning with the day
	{"company.member.details-in-time", today, "the last day", `{"became_member_on": "2026-01-15", "details_given_on": "2026-03-14"}`, law.Holds},
	{"company.member.details-in-time", today, "a day late", `{"became_member_on": "2026-01-15", "details_given_on": "2026-03-15"}`, law.Fails},
	// ss.307 and 360, over the change of clocks
	{"company.meeting.notice", today, "fourteen clear days", `{"notice_received_on": "2026-03-20", "meeting_on": "2026-04-04"}`, law.Holds},
	{"company.meeting.notice", today, "thirteen", `{"notice_received_on": "2026-03-21", "meeting_on": "2026-04-04"}`, law.Fails},
	{"company.meeting.notice", today, "notice after the meeting", `{"notice_received_on": "2026-04-05", "meeting_on": "2026-04-04"}`, law.Fails},
	// ss.312 and 360
	{"company.resolution.special-notice", today, "twenty-eight clear days", `{"special_notice_on": "2026-02-01", "meeting_on": "2026-03-02"}`, law.Holds},
	{"company.resolution.special-notice", today, "twenty-seven", `{"special_notice_on": "2026-02-02", "meeting_on": "2026-03-02"}`, law.Fails},
	// s.303(2)
	{"company.meeting.requisition", today, "exactly 5%", `{"votes_requesting": 50, "votes_of_all_members": 1000}`, law.Holds},
	{"company.meeting.requisition", today, "a vote short", `{"votes_requesting": 49, "votes_of_all_members": 1000}`, law.Fails},
	{"company.meeting.requisition", today, "no votes at all", `{"votes_requesting": 0, "votes_of_all_members": 0}`, law.Fails},
	// s.304(1)
	{"company.meeting.called-in-time", today, "on the last days", `{"meeting_required_on": "2026-02-01", "meeting_called_on": "2026-02-22", "meeting_on": "2026-03-22"}`, law.Holds},
	{"company.meeting.called-in-time", today, "called a day late", `{"meeting_required_on": "2026-02-01", "meeting_called_on": "2026-02-23"}`, law.Fails},
	{"company.meeting.called-in-time", today, "held a day late", `{"meeting_called_on": "2026-02-22", "meeting_on": "2026-03-23"}`, law.Fails},
	// s.297(1)(b): 28 days beginning with the day of circulation
	{"company.resolution.written-in-time", today, "the last day", `{"resolution_circulated_on": "2026-02-01", "resolution_agreed_on": "2026-02-28"}`, law.Holds},
	{"company.resolution.written-in-time", today, "a day late", `{"resolution_circulated_on": "2026-02-01", "resolution_agreed_on": "2026-03-01"}`, law.Fails},

	// Community Interest Company Regulations 2005, regs 17, 19, 22 and 24
	{"cic.dividend.cap", today, "exactly 35%", `{"dividends_declared_pence": 3500000, "dividends_exempt_pence": 0, "distributable_profits_pence": 10000000}`, law.Holds},
	{"cic.dividend.cap", today, "a penny over", `{"dividends_declared_pence": 3500001, "dividends_exempt_pence": 0, "distributable_profits_pence": 10000000}`, law.Fails},
	{"cic.dividend.cap", today, "what goes to a named charity does not count", `{"dividends_declared_pence": 5000000, "dividends_exempt_pence": 1500000, "distributable_profits_pence": 10000000}`, law.Holds},
	{"cic.dividend.cap", today, "a dividend out of a loss", `{"dividends_declared_pence": 1, "dividends_exempt_pence": 0, "distributable_profits_pence": -5}`, law.Fails},
	{"cic.dividend.per-share-cap", "2014-09-30", "exactly a fifth", `{"dividend_per_share_pence": 20, "paid_up_per_share_pence": 100}`, law.Holds},
	{"cic.dividend.per-share-cap", "2014-09-30", "over a fifth", `{"dividend_per_share_pence": 21, "paid_up_per_share_pence": 100}`, law.Fails},
	{"cic.dividend.approved", today, "both", `{"articles_allow_dividend": true, "dividend_approved_by_members": true}`, law.Holds},
	{"cic.dividend.approved", today, "the board alone", `{"dividend_approved_by_members": false}`, law.Fails},
	{"cic.share.buy-back-price", today, "at par", `{"buy_back_per_share_pence": 100, "paid_up_per_share_pence": 100}`, law.Holds},
	{"cic.share.buy-back-price", today, "with a gain", `{"buy_back_per_share_pence": 101, "paid_up_per_share_pence": 100}`, law.Fails},

	// Taxation of Chargeable Gains Act 1992, ss.236LA and 236M
	{"eot.controlling-interest", today, "more than half of everything", `{"trust_shares": 51, "ordinary_shares": 100, "trust_votes": 51, "all_votes": 100, "trust_profit_percent": 51, "trust_assets_percent": 50.1, "agreement_could_end_control": false}`, law.Holds},
	{"eot.controlling-interest", today, "half of the shares is not more than half", `{"trust_shares": 50, "ordinary_shares": 100}`, law.Fails},
	{"eot.controlling-interest", today, "an agreement could end it", `{"agreement_could_end_control": true}`, law.Fails},
	{"eot.trustees", today, "here and independent", `{"trustees_resident_in_uk": true, "former_owners_control_trustees": false}`, law.Holds},
	{"eot.trustees", today, "the former owners decide", `{"former_owners_control_trustees": true}`, law.Fails},
	{"eot.bonus-limit", today, "£3,600", `{"bonus_paid_pence": 360000}`, law.Holds},
	{"eot.bonus-limit", today, "a penny over", `{"bonus_paid_pence": 360001}`, law.Fails},

	// SI 2012/3012, Sch.1 paras 5 and 7; Charities Act 2011, s.224
	{"cio.register.kept-up", today, "the last day", `{"register_event_on": "2026-02-01", "register_updated_on": "2026-03-01"}`, law.Holds},
	{"cio.register.kept-up", today, "a day late", `{"register_event_on": "2026-02-01", "register_updated_on": "2026-03-02"}`, law.Fails},
	{"cio.register.access", today, "a member at their duties", `{"requester_is_member_or_trustee": true, "request_for_own_duties": true}`, law.Holds},
	{"cio.register.access", today, "a member who is curious", `{"requester_is_member_or_trustee": true, "request_for_own_duties": false, "request_for_own_entry": false}`, law.Fails},
	{"cio.register.access", today, "the public", `{"requester_is_member_or_trustee": false}`, law.Fails},
	{"cio.constitution.change", today, "exactly three quarters", `{"votes_for": 75, "votes_cast": 100, "agreed_by_all_in_writing": false}`, law.Holds},
	{"cio.constitution.change", today, "all in writing", `{"agreed_by_all_in_writing": true}`, law.Holds},
	{"cio.constitution.change", today, "a vote short", `{"votes_for": 74, "votes_cast": 100, "agreed_by_all_in_writing": false}`, law.Fails},

	// National Health Service Act 2006, s.59 and Sch.7; model election rules
	{"foundation-trust.staff-membership", today, "a fixed term of twelve months", `{"contract_without_end": false, "contract_months": 12, "months_employed": 0}`, law.Holds},
	{"foundation-trust.staff-membership", today, "six months, six months in", `{"contract_without_end": false, "contract_months": 6, "months_employed": 6}`, law.Fails},
	{"foundation-trust.staff-membership", today, "permanent", `{"contract_without_end": true}`, law.Holds},
	{"foundation-trust.governors.balance", today, "a majority and three", `{"governors": 25, "governors_elected_by_public": 13, "governors_elected_by_staff": 3}`, law.Holds},
	{"foundation-trust.governors.balance", today, "half is no majority", `{"governors": 26, "governors_elected_by_public": 13}`, law.Fails},
	{"foundation-trust.election.secret", today, "nobody stands against", `{"election_contested": false}`, law.Holds},
	{"foundation-trust.election.secret", today, "a show of hands", `{"election_contested": true, "ballot_is_secret": false}`, law.Fails},

	// Model Election Rules 2014, rules 5 and 6; 1 May 2026 has Easter before it
	{"election.timetable", today, "exactly on time, over Easter", `{"notice_of_election_on": "2026-03-04", "nominations_close_on": "2026-03-20", "nominations_statement_on": "2026-03-23", "withdrawals_end_on": "2026-03-25", "notice_of_poll_on": "2026-04-10", "poll_closes_on": "2026-05-01"}`, law.Holds},
	{"election.timetable", today, "notice of poll a day late", `{"notice_of_poll_on": "2026-04-13", "poll_closes_on": "2026-05-01"}`, law.Fails},
	{"election.timetable", today, "withdrawals a day too long", `{"withdrawals_end_on": "2026-03-26", "poll_closes_on": "2026-05-01"}`, law.Fails},
	{"election.timetable.ours", today, "a week to object, two and more to vote", `{"record_date_on": "2026-03-25", "claims_end_on": "2026-04-01", "poll_opens_on": "2026-04-10", "poll_closes_on": "2026-05-01"}`, law.Holds},
	{"election.timetable.ours", today, "four days to object", `{"record_date_on": "2026-03-25", "claims_end_on": "2026-03-31"}`, law.Fails},
	{"election.timetable.ours", today, "four days to vote", `{"poll_opens_on": "2026-04-27", "poll_closes_on": "2026-05-01"}`, law.Fails},
	{"ballot.timetable", today, "five days' notice", `{"notice_of_poll_on": "2026-04-24", "poll_closes_on": "2026-05-01"}`, law.Holds},
	{"ballot.timetable", today, "four", `{"notice_of_poll_on": "2026-04-27", "poll_closes_on": "2026-05-01"}`, law.Fails},
	{"election.question", today, "the last day", `{"result_declared_on": "2026-05-05", "petition_on": "2026-05-26"}`, law.Holds},
	{"election.question", today, "a day later", `{"result_declared_on": "2026-05-05", "petition_on": "2026-05-27"}`, law.Fails},
	{"election.statement", today, "just short enough", `{"statement_words": 250}`, law.Holds},
	{"election.statement", today, "one word too many", `{"statement_words": 251}`, law.Fails},

	// Government's description of a public service mutual, and our own measures
	{"control.public-service-mutual", today, "all three", `{"left_public_sector": true, "delivers_public_services": true, "staff_control_embedded": true}`, law.Holds},
	{"control.public-service-mutual", today, "still inside a trust", `{"left_public_sector": false}`, law.Fails},
	{"control.members", today, "one over half", `{"employee_members": 51, "members": 100, "employee_votes": 51, "votes_of_all_members": 100}`, law.Holds},
	{"control.members", today, "exactly half", `{"employee_members": 50, "members": 100}`, law.Fails},
	{"control.members", today, "members but not votes", `{"employee_members": 90, "members": 100, "employee_votes": 50, "votes_of_all_members": 100}`, law.Fails},
	{"control.members", today, "no members at all", `{"employee_members": 0, "members": 0}`, law.Fails},
	{"control.members.margin", today, "55%", `{"employee_members": 55, "members": 100, "employee_votes": 55, "votes_of_all_members": 100}`, law.Holds},
	{"control.members.margin", today, "54%", `{"employee_members": 54, "members": 100}`, law.Fails},
	{"control.board", today, "five of nine", `{"directors_chosen_by_employees": 5, "directors": 9}`, law.Holds},
	{"control.board", today, "four of eight", `{"directors_chosen_by_employees": 4, "directors": 8}`, law.Fails},
	{"joint-venture.reserved-matter", today, "all three", `{"partners_agreeing": 3, "partners": 3}`, law.Holds},
	{"joint-venture.reserved-matter", today, "two of three", `{"partners_agreeing": 2, "partners": 3}`, law.Fails},

	// Procurement Act 2023, s.33; Procurement Regulations 2024, reg.43
	{"contract.reserved.mutual", today, "not for profit, run by its employees", `{"mainly_reservable_services": true, "not_for_profit": true, "employees_manage_and_control": true}`, law.Holds},
	{"contract.reserved.mutual", today, "profits to members only", `{"mainly_reservable_services": true, "not_for_profit": false, "profits_only_to_members": true, "employees_manage_and_control": true}`, law.Holds},
	{"contract.reserved.mutual", today, "run by users", `{"employees_manage_and_control": false}`, law.Fails},
	{"contract.reserved.available", today, "five years of social care", `{"regulated_health_procurement": false, "contract_months_at_most": 60}`, law.Holds},
	{"contract.reserved.available", today, "five years and a month", `{"contract_months_at_most": 61}`, law.Fails},
	{"contract.reserved.available", today, "NHS health care", `{"regulated_health_procurement": true}`, law.Fails},
	{"contract.reserved.look-back", today, "none before", `{"had_comparable_contract": false}`, law.Holds},
	{"contract.reserved.look-back", today, "the day before the three years begin", `{"had_comparable_contract": true, "comparable_contract_on": "2025-03-10", "award_on": "2028-03-10"}`, law.Holds},
	{"contract.reserved.look-back", today, "the first day of the three years", `{"had_comparable_contract": true, "comparable_contract_on": "2025-03-11", "award_on": "2028-03-10"}`, law.Fails},
	// Public Contracts Regulations 2015, regs 12 and 77
	{"contract.reserved.regulation-77", "2024-06-01", "three years, user-led", `{"mission_linked_to_services": true, "profits_reinvested": true, "participatory_ownership": true, "contract_months_at_most": 36}`, law.Holds},
	{"contract.reserved.regulation-77", "2024-06-01", "four years", `{"contract_months_at_most": 48}`, law.Fails},
	{"contract.in-house.activity", "2024-06-01", "over 80% before the new Act", `{"activities_for_controlling_authority_percent": 80.5}`, law.Holds},
	{"contract.in-house.activity", "2024-06-01", "80% before the new Act", `{"activities_for_controlling_authority_percent": 80}`, law.Fails},
	{"contract.in-house.activity", today, "over 80% since", `{"activities_for_controlling_authority_percent": 80.5}`, law.Holds},
	{"contract.in-house.activity", today, "80% since", `{"activities_for_controlling_authority_percent": 80}`, law.Fails},
	{"contract.in-house.conflict", today, "claims one", `{"claims_in_house_control": false}`, law.Holds},
	{"contract.in-house.conflict", today, "claims both", `{"claims_in_house_control": true, "employees_manage_and_control": true}`, law.Fails},
	// SI 2023/1348, reg.12(2) and (3): notice Monday, begins Tuesday, eighth working day after that
	{"contract.standstill.representations", today, "Friday of the week after", `{"intention_notice_on": "2026-11-02", "representations_made_on": "2026-11-13"}`, law.Holds},
	{"contract.standstill.representations", today, "the Monday after that", `{"intention_notice_on": "2026-11-02", "representations_made_on": "2026-11-16"}`, law.Fails},
	// reg.13(2)
	{"contract.change.without-new-award", today, "small", `{"materially_different": false, "value_change_pence": 49999999, "lifetime_value_pence": 100000000}`, law.Holds},
	{"contract.change.without-new-award", today, "large, but under a quarter", `{"materially_different": false, "value_change_pence": 60000000, "lifetime_value_pence": 1000000000}`, law.Holds},
	{"contract.change.without-new-award", today, "large and a quarter", `{"materially_different": false, "value_change_pence": 250000000, "lifetime_value_pence": 1000000000}`, law.Fails},
	{"contract.change.without-new-award", today, "another kind of contract", `{"materially_different": true}`, law.Fails},
	// SI 2006/246, regs 11(6) and 13A
	{"transfer.employee-information", today, "28 days before", `{"transfer_on": "2026-04-01", "employee_information_given_on": "2026-03-04"}`, law.Holds},
	{"transfer.employee-information", today, "27 days before", `{"transfer_on": "2026-04-01", "employee_information_given_on": "2026-03-05"}`, law.Fails},
	{"transfer.consult-directly", "2024-06-30", "nine employees", `{"has_representatives": false, "invited_election": false, "employees_of_employer": 9}`, law.Holds},
	{"transfer.consult-directly", "2024-06-30", "forty-nine, the day before the change", `{"has_representatives": false, "invited_election": false, "employees_of_employer": 49}`, law.Fails},
	{"transfer.consult-directly", "2024-07-01", "forty-nine, the day of the change", `{"has_representatives": false, "invited_election": false, "employees_of_employer": 49}`, law.Holds},
	{"transfer.consult-directly", "2024-07-01", "a large employer moving nine", `{"has_representatives": false, "invited_election": false, "employees_of_employer": 5000, "employees_transferring": 9}`, law.Holds},
	{"transfer.consult-directly", "2024-07-01", "a union is recognised", `{"has_representatives": true}`, law.Fails},
}

func TestRules_TruthTable(t *testing.T) {
	l := library(t)
	for _, c := range truths {
		t.Run(c.rule+"/"+strings.ReplaceAll(c.why, " ", "_"), func(t *testing.T) {
			on := day(t, c.on)
			r, err := l.Rule(c.rule, on)
			if err != nil {
				t.Fatal(err)
			}
			facts, err := l.DecodeFacts([]byte(c.facts))
			if err != nil {
				t.Fatal(err)
			}
			got, err := r.Evaluate(facts, on)
			if err != nil {
				t.Fatal(err)
			}
			if got.Verdict != c.want {
				t.Errorf("%s: %s, want %s; missing %q; %s", c.facts, got.Verdict, c.want, missing(got), r.Citation)
			}
			for _, reason := range got.Reasons {
				if strings.ContainsAny(reason, "{}") {
					t.Errorf("a place in %q was not filled", reason)
				}
			}
		})
	}
}

// Every version of every rule is in the table with a case that holds and one
// that fails, and with nothing known no rule claims to know.
func TestRules_EachHasBothAnswers(t *testing.T) {
	l := library(t)
	for _, r := range l.Versions(law.Filter{}) {
		seen := map[law.Verdict]bool{}
		for _, c := range truths {
			if c.rule == r.ID && r.InForce(day(t, c.on)) {
				seen[c.want] = true
			}
		}
		if !seen[law.Holds] || !seen[law.Fails] {
			t.Errorf("rule %s from %s lacks a case that holds or one that fails", r.ID, r.From)
		}
		got, err := r.Evaluate(law.Facts{}, r.From)
		if err != nil {
			t.Errorf("rule %s with nothing known: %v", r.ID, err)
			continue
		}
		if got.Verdict != law.CannotTell || len(got.Missing) == 0 {
			t.Errorf("rule %s with nothing known: %s, missing %q", r.ID, got.Verdict, missing(got))
		}
	}
}

// Every rule says where it comes from, since when, whether it was checked, and
// says it in plain words.
func TestRules_Provenance(t *testing.T) {
	l := library(t)
	for _, r := range l.Versions(law.Filter{}) {
		if r.Citation == "" || r.URL == "" || r.From.IsZero() || r.Jurisdiction == "" {
			t.Errorf("rule %s: citation %q, url %q, from %q, jurisdiction %q", r.ID, r.Citation, r.URL, r.From, r.Jurisdiction)
		}
		if r.Checked.IsZero() != (r.Source == "") {
			t.Errorf("rule %s: checked %s against %q", r.ID, r.Checked, r.Source)
		}
		for _, text := range []string{r.Text, r.Holds, r.Fails} {
			plain(t, "rule "+r.ID, text)
		}
		for _, f := range r.Facts {
			if !strings.HasSuffix(f.Question, "?") {
				t.Errorf("fact %s: %q is no question", f.Name, f.Question)
			}
			plain(t, "fact "+f.Name, f.Question)
		}
	}
}

// plain refuses what the voice of the house does not say.
func plain(t *testing.T, where, text string) {
	t.Helper()
	for _, word := range []string{"!", "please", "Please", "invalid", "Invalid", "oops", "leverage", "stakeholder", "pursuant", "aforesaid", "hereby", ";"} {
		if strings.Contains(text, word) {
			t.Errorf("%s says %q: %s", where, word, text)
		}
	}
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ':' || r == '?' }) {
		if words := strings.Fields(sentence); len(words) > 38 {
			t.Errorf("%s has a sentence of %d words: %s", where, len(words), sentence)
		}
	}
}

// The unchecked rules are those whose number nobody has seen in its source. The
// list is here so that it changes on purpose.
func TestRules_UncheckedAreKnown(t *testing.T) {
	want := map[string]bool{
		"cic.dividend.per-share-cap": true, "election.timetable": true, "election.timetable.ours": true,
		"election.question": true, "election.statement": true, "ballot.timetable": true,
		"control.members": true, "control.members.margin": true, "control.board": true,
		"joint-venture.reserved-matter": true, "contract.reserved.regulation-77": true,
		"contract.in-house.activity": true, "contract.in-house.conflict": true,
	}
	for _, r := range library(t).Versions(law.Filter{Unchecked: true}) {
		if _, ok := want[r.ID]; !ok {
			t.Errorf("rule %s is not checked", r.ID)
		}
		want[r.ID] = false
	}
	for id, unseen := range want {
		if unseen {
			t.Errorf("rule %s is checked now: take it off the list", id)
		}
	}
}
