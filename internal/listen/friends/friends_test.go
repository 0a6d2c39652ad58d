package friends_test

import (
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/schema/schematest"
)

// An answer counts once, however often its form is sent, also after its month is closed.
func TestService_TakeOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		a := r.answer(friends.Good)
		for range 3 {
			r.must(r.Take(ctx, "wharf-ward", a))
		}
		r.on("2026-11-02")
		_, err := r.Close(ctx, "lead", org, month("2026-10"))
		r.must(err)
		r.must(r.Take(ctx, "wharf-ward", a))
		months, err := r.Months(ctx, org)
		r.must(err)
		if len(months) != 1 || months[0].Answers != 1 || months[0].Since != 0 || r.rows("friends_open") != 0 {
			t.Errorf("%+v", months)
		}
	})
}

func TestService_TakeRefuses(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		for _, c := range []struct {
			name   string
			change func(*friends.Answer)
			field  string
		}{
			{"no answer", func(a *friends.Answer) { a.Rating = 0 }, "rating"},
			{"a seventh answer", func(a *friends.Answer) { a.Rating = 7 }, "rating"},
			{"a way that staff key", func(a *friends.Answer) { a.Mode = friends.PaperThere }, "mode"},
			{"a way that the point has not", func(a *friends.Answer) { a.Mode = friends.SMS }, "mode"},
			{"a language that is not asked", func(a *friends.Answer) { a.Language = "tlh" }, "language"},
			{"too long", func(a *friends.Answer) { a.Text = strings.Repeat("é", friends.MaxText+1) }, "text"},
			{"no nonce", func(a *friends.Answer) { a.Nonce = "" }, "nonce"},
			{"a nonce of one's own", func(a *friends.Answer) { a.Nonce = strings.Repeat("A", 32) }, "nonce"},
		} {
			t.Run(c.name, func(t *testing.T) {
				a := r.answer(friends.Good)
				c.change(&a)
				err := r.Take(ctx, "wharf-ward", a)
				refused(t, err, fault.Invalid, "")
				if fault.FieldOf(err) != c.field {
					t.Errorf("%v is about %q", err, fault.FieldOf(err))
				}
			})
		}
		refused(t, r.Take(ctx, "nowhere", r.answer(friends.Good)), fault.NotFound, "nothing is asked")
		shut := r.clinic
		shut.Closed = day("2026-10-05")
		_, err := r.Save(ctx, "lead", org, shut)
		r.must(err)
		refused(t, r.Take(ctx, "eye-clinic", r.answer(friends.Good)), fault.Conflict, "does not take answers")
		if r.rows("friends_open") != 0 {
			t.Error("something was kept")
		}
	})
}

// A program that sends without end is held up, and the point opens again by itself.
func TestService_TakeBounds(t *testing.T) {
	b := schematest.SQLite(t)
	r := newRoom(t, b)
	taken := 0
	for range 200 {
		if err := r.Take(ctx, "wharf-ward", r.answer(friends.VeryPoor)); err == nil {
			taken++
		} else {
			refused(t, err, fault.Throttled, "this minute")
		}
	}
	if taken != 60 {
		t.Errorf("%d of 200 at once were taken", taken)
	}
	r.must(r.Take(ctx, "eye-clinic", r.answer(friends.Good))) // another point is not held up
	r.Clock.Advance(5 * time.Second)
	r.must(r.Take(ctx, "wharf-ward", r.answer(friends.Good)))
}

// Nothing about the patient or the moment is kept: these are all the columns there are.
func TestAnswer_KeepsNothingElse(t *testing.T) {
	b := schematest.SQLite(t)
	r := newRoom(t, b)
	a := r.answer(friends.Good)
	a.Text = "Kind staff"
	before := r.rows("journal_entry")
	r.must(r.Take(ctx, "wharf-ward", a))
	if r.rows("journal_entry") != before {
		t.Error("an answer made an entry in the record, which has a time")
	}
	for table, want := range map[string]string{
		"friends_open":    "id,org_id,point_id,month,rating,mode,language",
		"friends_answer":  "id,month_id,point_id,rating,mode,language",
		"friends_comment": "id,org_id,point_id,month,rating,publish,sha256,words",
	} {
		var got string
		r.must(r.Journal.DB().Read(ctx, func(tx *dbTx) error {
			return tx.QueryRow(ctx, `SELECT group_concat(name) FROM pragma_table_info('`+table+`')`).Scan(&got)
		}))
		if got != want {
			t.Errorf("%s has %s", table, got)
		}
	}
}

// The national percentage is of all responses, those who do not know among them.
func TestService_CloseAndCorrect(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		r.take(r.ward, friends.VeryGood, 6)
		r.take(r.ward, friends.Poor, 1)
		r.take(r.ward, friends.DontKnow, 1)
		r.take(r.clinic, friends.Good, 2)
		_, err := r.Close(ctx, "lead", org, month("2026-10"))
		refused(t, err, fault.Conflict, "is not over")
		_, err = r.Correct(ctx, "lead", org, month("2026-10"), "x")
		refused(t, err, fault.Conflict, "is not over")
		r.must(r.Eligible(ctx, "lead", org, r.ward.ID, month("2026-10"), 20))
		r.on("2026-11-02")
		_, err = r.Correct(ctx, "lead", org, month("2026-10"), "x")
		refused(t, err, fault.Conflict, "not closed yet")
		_, err = r.Close(ctx, "lead", org, month("2026-09"))
		refused(t, err, fault.Conflict, "nobody answered")
		closed, err := r.Close(ctx, "lead", org, month("2026-10"))
		r.must(err)
		_, err = r.Close(ctx, "lead", org, month("2026-10"))
		refused(t, err, fault.Conflict, "closed already")
		_, err = r.Correct(ctx, "lead", org, month("2026-10"), "x")
		refused(t, err, fault.Conflict, "nothing came in")
		_, err = r.Correct(ctx, "lead", org, month("2026-10"), " ")
		refused(t, err, fault.Invalid, "say why")
		if closed.Answers != 10 || closed.N != 1 || closed.Since != 0 || r.rows("friends_open") != 0 || r.rows("friends_answer") != 10 {
			t.Errorf("%+v", closed)
		}
		ward, _ := closed.Of(r.ward.ID)
		if ward.Counts != (friends.Counts{6, 0, 0, 1, 0, 1}) || ward.Modes[1] != 8 || *ward.Eligible != 20 {
			t.Errorf("%+v", ward)
		}
		if percent, ok := friends.Percent(ward.Counts.Positive(), ward.Counts.All()); !ok || percent != 75 {
			t.Errorf("%d", percent)
		}

		// Cards that lay in a drawer come in late. The close stays as it was; the correction has them.
		stack, err := r.Key(ctx, "lead", org, friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{0, 3}})
		r.must(err)
		wrong, err := r.Key(ctx, "lead", org, friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{0, 0, 0, 0, 5}})
		r.must(err)
		r.must(r.Strike(ctx, "lead", org, wrong.ID, "They are of September."))
		refused(t, r.Strike(ctx, "lead", org, wrong.ID, "again"), fault.Conflict, "already")
		now, err := r.Figures(ctx, org, month("2026-10"))
		r.must(err)
		if now.Answers != 10 || now.Since != 3 || now.SHA256 != closed.SHA256 {
			t.Errorf("%+v", now)
		}
		second, err := r.Correct(ctx, "lead", org, month("2026-10"), "Three cards lay in a drawer.")
		r.must(err)
		if second.N != 2 || second.Answers != 13 || second.SHA256 == closed.SHA256 {
			t.Errorf("%+v", second)
		}
		all, err := r.Revisions(ctx, org, month("2026-10"))
		r.must(err)
		if len(all) != 2 || all[0].Answers != 10 || all[1].Reason != "Three cards lay in a drawer." {
			t.Errorf("%+v", all)
		}
		r.must(r.Strike(ctx, "lead", org, stack.ID, "They are of September too."))
		if now, err := r.Figures(ctx, org, month("2026-10")); err != nil || now.Since != 3 {
			t.Errorf("%+v %v", now, err)
		}
	})
}

func TestService_KeyRefuses(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		for _, c := range []struct {
			name  string
			cards friends.Cards
			field string
		}{
			{"no point", friends.Cards{Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{1}}, "point"},
			{"no month", friends.Cards{Point: r.ward.ID, Mode: friends.PaperThere, Counts: friends.Counts{1}}, "month"},
			{"a month to come", friends.Cards{Point: r.ward.ID, Month: month("2026-11"), Mode: friends.PaperThere, Counts: friends.Counts{1}}, "month"},
			{"before it opened", friends.Cards{Point: r.ward.ID, Month: month("2026-09"), Mode: friends.PaperThere, Counts: friends.Counts{1}}, "month"},
			{"a way that patients send", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.Online, Counts: friends.Counts{1}}, "mode"},
			{"a way that the point has not", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.Telephone, Counts: friends.Counts{1}}, "mode"},
			{"no cards", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere}, "counts"},
			{"fewer than none", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{5, -1}}, "counts"},
			{"numbers whose sum runs over", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{1 << 62, 1 << 62, 1 << 62, 1 << 62, 5}}, "counts"},
			{"more than a stack", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{5001}}, "counts"},
			{"words of a card that is not there", friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{1}, Texts: []friends.Text{{Rating: friends.Poor, Words: "Cold"}}}, "texts"},
		} {
			t.Run(c.name, func(t *testing.T) {
				_, err := r.Key(ctx, "lead", org, c.cards)
				refused(t, err, fault.Invalid, "")
				if fault.FieldOf(err) != c.field {
					t.Errorf("%v is about %q", err, fault.FieldOf(err))
				}
			})
		}
	})
}

// What a patient writes is read by the gate alone, first with names taken out, and is
// gone once the gate has decided. What was shown can be taken out again, of the record
// too.
func TestService_Gate(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		a := r.answer(friends.VeryGood)
		a.Text, a.Publish = "Megan was\r\nkind.\x00", true
		r.must(r.Take(ctx, "wharf-ward", a))
		_, err := r.Key(ctx, "lead", org, friends.Cards{
			Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{0, 0, 0, 2},
			Texts: []friends.Text{{Rating: friends.Poor, Words: "Cold food."}, {}},
		})
		r.must(err)
		list, err := r.Waiting(ctx, org)
		r.must(err)
		if len(list) != 2 {
			t.Fatalf("%+v", list)
		}
		if list[0].Words == "Cold food." {
			list[0], list[1] = list[1], list[0]
		}
		if list[0].Words != "Megan was\nkind." || list[0].Without != "[name] was\nkind." || !list[0].Publish || list[1].Publish || list[1].Rating != friends.Poor {
			t.Errorf("%+v", list)
		}
		refused(t, r.Decide(ctx, "gate", org, friends.Decision{Comment: list[0].ID, Show: true}), fault.Invalid, "enter the words")
		refused(t, r.Decide(ctx, "gate", org, friends.Decision{Comment: list[0].ID}), fault.Invalid, "say why")
		r.must(r.Decide(ctx, "gate", org, friends.Decision{Comment: list[0].ID, Show: true, Words: "A nurse was kind."}))
		r.must(r.Decide(ctx, "gate", org, friends.Decision{Comment: list[1].ID, Reason: "It is about another hospital."}))
		refused(t, r.Decide(ctx, "gate", org, friends.Decision{Comment: list[0].ID, Show: true, Words: "x"}), fault.NotFound, "somebody has decided")
		if waiting, err := r.Waiting(ctx, org); err != nil || len(waiting) != 0 {
			t.Errorf("%+v %v", waiting, err)
		}
		var left int
		r.must(r.Journal.DB().Read(ctx, func(tx *dbTx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM friends_comment WHERE words IS NOT NULL`).Scan(&left)
		}))
		if left != 1 {
			t.Error("words of a comment that is shown stay, or one reader alone has deleted some")
		}
		shown, err := r.Through(ctx, org)
		if err != nil || len(shown) != 1 || shown[0].Words != "A nurse was kind." || !shown[0].Publish {
			t.Errorf("%+v %v", shown, err)
		}
		r.must(r.TakeBack(ctx, "gate", org, shown[0].ID, "The nurse is the only one on nights."))
		refused(t, r.TakeBack(ctx, "gate", org, shown[0].ID, "x"), fault.Conflict, "not shown")
		if shown, err := r.Through(ctx, org); err != nil || len(shown) != 0 {
			t.Errorf("%+v %v", shown, err)
		}
	})
}

// One reader alone withholds nothing for good: the reason is on record, everybody sees how
// many there are, and a second reader agrees or brings the comment back.
func TestService_GateAgain(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		say := func(words string) string {
			a := r.answer(friends.Poor)
			a.Text = words
			r.must(r.Take(ctx, "wharf-ward", a))
			list, err := r.Waiting(ctx, org)
			r.must(err)
			return list[0].ID
		}
		counts := func(want friends.Written) {
			t.Helper()
			if got, err := r.Written(ctx, org); err != nil || got != want {
				t.Errorf("%+v %v, want %+v", got, err, want)
			}
		}
		first := say("Nobody came when I rang.")
		r.must(r.Decide(ctx, "lead", org, friends.Decision{Comment: first, Reason: "It is not true."}))
		counts(friends.Written{All: 1, Held: 1})
		list, err := r.Held(ctx, org)
		r.must(err)
		if len(list) != 1 || list[0].Words != "Nobody came when I rang." || list[0].Reason != "It is not true." || list[0].By != "lead" {
			t.Fatalf("%+v", list)
		}
		refused(t, r.Again(ctx, "lead", org, friends.Decision{Comment: first, Show: true, Words: "x"}), fault.Forbidden, "somebody else")
		refused(t, r.Again(ctx, "lead", org, friends.Decision{Comment: first}), fault.Forbidden, "somebody else")
		refused(t, r.Again(ctx, "union", "another", friends.Decision{Comment: first}), fault.NotFound, "second reader")
		refused(t, r.Again(ctx, "union", org, friends.Decision{Comment: first, Show: true}), fault.Invalid, "enter the words")
		r.must(r.Again(ctx, "union", org, friends.Decision{Comment: first, Show: true, Words: "Nobody came when I rang."}))
		counts(friends.Written{All: 1, Shown: 1})
		shown, err := r.Through(ctx, org)
		if err != nil || len(shown) != 1 || shown[0].Words != "Nobody came when I rang." {
			t.Fatalf("%+v %v", shown, err)
		}
		refused(t, r.Again(ctx, "union", org, friends.Decision{Comment: first}), fault.NotFound, "second reader")

		r.must(r.TakeBack(ctx, "union", org, shown[0].ID, "She is known on the ward."))
		counts(friends.Written{All: 1, Held: 1})
		refused(t, r.Again(ctx, "union", org, friends.Decision{Comment: first}), fault.Forbidden, "somebody else")
		r.must(r.Again(ctx, "lead", org, friends.Decision{Comment: first}))
		counts(friends.Written{All: 1, Withheld: 1})
		if list, err := r.Held(ctx, org); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		say("Good tea.")
		counts(friends.Written{All: 2, Withheld: 1})
		if n := b.Findings(t); n != 0 {
			t.Errorf("%d findings", n)
		}
	})
}

func TestService_SaveRefuses(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		for _, c := range []struct {
			name   string
			change func(*friends.Point)
			field  string
		}{
			{"no name", func(p *friends.Point) { p.Name = " " }, "name"},
			{"an address with a stroke", func(p *friends.Point) { p.Code = "a/b" }, "code"},
			{"an address that is taken", func(p *friends.Point) { p.Code = "eye-clinic" }, "code"},
			{"another address than on its posters", func(p *friends.Point) { p.Code = "wharf" }, "code"},
			{"no kind of care", func(p *friends.Point) { p.Setting = "spa" }, "setting"},
			{"a site code with a space", func(p *friends.Point) { p.SiteCode = "RX 1" }, "site_code"},
			{"a site code without a name", func(p *friends.Point) { p.SiteName = "" }, "site_name"},
			{"people who stay, on no ward", func(p *friends.Point) { p.Ward = "" }, "ward"},
			{"a ward of outpatients", func(p *friends.Point) { p.Setting = friends.Outpatient }, "ward"},
			{"no way in", func(p *friends.Point) { p.Modes = nil }, "modes"},
			{"a way that is none", func(p *friends.Point) { p.Modes = []friends.Mode{"pigeon"} }, "modes"},
			{"no language", func(p *friends.Point) { p.Languages = nil }, "languages"},
			{"a language without the question", func(p *friends.Point) { p.Languages = []string{"en", "xx"} }, "languages"},
			{"closed before it opened", func(p *friends.Point) { p.Closed = day("2026-09-01") }, "closed"},
		} {
			t.Run(c.name, func(t *testing.T) {
				p := r.ward
				c.change(&p)
				_, err := r.Save(ctx, "lead", org, p)
				refused(t, err, fault.Invalid, "")
				if fault.FieldOf(err) != c.field {
					t.Errorf("%v is about %q", err, fault.FieldOf(err))
				}
			})
		}
		_, err := r.Save(ctx, "lead", "another", r.ward)
		refused(t, err, fault.NotFound, "no point")
	})
}

// What somebody with the database open changes by hand is found: in the governed tables,
// and in the answers of a closed month, which the seal holds.
func TestTamper(t *testing.T) {
	b := schematest.SQLite(t)
	r := newRoom(t, b)
	a := r.answer(friends.Good)
	a.Text = "Kind"
	r.must(r.Take(ctx, "wharf-ward", a))
	r.take(r.ward, friends.VeryPoor, 3)
	r.must(r.Eligible(ctx, "lead", org, r.ward.ID, month("2026-10"), 20))
	_, err := r.Key(ctx, "lead", org, friends.Cards{Point: r.ward.ID, Month: month("2026-10"), Mode: friends.PaperThere, Counts: friends.Counts{1}})
	r.must(err)
	list, err := r.Waiting(ctx, org)
	r.must(err)
	r.must(r.Decide(ctx, "gate", org, friends.Decision{Comment: list[0].ID, Show: true, Words: "Kind"}))
	_, err = r.Import(ctx, "lead", org, strings.NewReader("month,questions,setting,site,ward,first,second,third,fourth,fifth,dont_know,eligible\n2019-10,2014,inpatient,Ferry Lane,Wharf,5,2,0,1,0,0,20\n"))
	r.must(err)
	r.on("2026-11-02")
	_, err = r.Close(ctx, "lead", org, month("2026-10"))
	r.must(err)
	schematest.Tamper(t, b, friends.Tables)
	for name, statement := range map[string]string{
		"a bad answer made good":  `UPDATE friends_answer SET rating = 1 WHERE rating = 5`,
		"a bad answer taken away": `DELETE FROM friends_answer WHERE id = (SELECT id FROM friends_answer WHERE rating = 5 LIMIT 1)`,
		"an answer put in":        `INSERT INTO friends_answer (id, month_id, point_id, rating, mode, language) SELECT 'x', month_id, point_id, 1, mode, language FROM friends_answer LIMIT 1`,
		"a comment taken away":    `DELETE FROM friends_said`,
	} {
		t.Run(name, func(t *testing.T) {
			b := schematest.SQLite(t)
			r := newRoom(t, b)
			r.take(r.ward, friends.VeryPoor, 3)
			a := r.answer(friends.Good)
			a.Text = "Kind"
			r.must(r.Take(ctx, "wharf-ward", a))
			r.on("2026-11-02")
			_, err := r.Close(ctx, "lead", org, month("2026-10"))
			r.must(err)
			if n := b.Findings(t); n != 0 {
				t.Fatalf("%d findings before anything was done", n)
			}
			r.must(b.Edit(statement))
			if b.Findings(t) == 0 {
				t.Error("fsck found nothing")
			}
		})
	}
}

// The months of submission: the ninth working day, for ambulances the thirteenth, of the
// month after (New Year's Day is no working day).
func TestService_Due(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	for _, c := range []struct {
		month   string
		setting friends.Setting
		want    string
	}{
		{"2026-10", friends.Inpatient, "2026-11-12"},
		{"2026-10", friends.Ambulance, "2026-11-18"},
		{"2026-12", friends.Inpatient, "2027-01-14"},
	} {
		if got := r.Due(month(c.month), c.setting); got.Day != day(c.want) || !got.Known {
			t.Errorf("%s %s: %s (known %v), want %s", c.month, c.setting, got.Day, got.Known, c.want)
		}
	}
}

// Every language says everything: no patient reads half a page in another tongue.
func TestLanguages_AreWhole(t *testing.T) {
	for _, a := range friends.Languages() {
		for i, s := range append([]string{a.Code, a.Name, a.About, a.Text, a.Why, a.WhyHint, a.Publish, a.Send, a.Missing, a.Long, a.Busy, a.Closed, a.Thanks, a.Counted, a.Again, a.Private, a.Paper}, a.Ratings[:]...) {
			if s == "" {
				t.Errorf("%s lacks words %d", a.Code, i)
			}
		}
		if !strings.Contains(a.About, "%s") {
			t.Errorf("%s does not name the place", a.Code)
		}
	}
}
