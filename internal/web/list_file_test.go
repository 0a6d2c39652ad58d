package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/own/share"
	"commonweal/internal/web"
)

// Every list is to be had as a spreadsheet and as data, with the same number of
// rows, for those who may see it.
func TestListFiles(t *testing.T) {
	w, _ := visited(t)
	server, ok := w.pages.(*web.Server)
	if !ok {
		t.Fatal("the pages are no server")
	}
	huw := w.as(w.Secretary)
	seen := 0
	for _, route := range server.Routes() {
		list, isFile := strings.CutSuffix(route.Path, ".csv")
		if !isFile || strings.Contains(list, "{") || strings.HasPrefix(list, "/evidence") {
			continue
		}
		text := huw.get(list + ".csv").want(http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.Body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Errorf("%s.csv: %v", list, err)
		}
		var items []map[string]any
		if err := json.Unmarshal([]byte(huw.get(list+".json").want(http.StatusOK).Body), &items); err != nil {
			t.Errorf("%s.json: %v", list, err)
		}
		if len(rows) != len(items)+1 {
			t.Errorf("%s: %d rows under the heads and %d items", list, len(rows)-1, len(items))
		}
		if seen++; !strings.Contains(text.Header.Get("Content-Disposition"), `.csv"`) {
			t.Errorf("%s.csv is sent as %s", list, text.Header.Get("Content-Disposition"))
		}
	}
	if seen < 15 {
		t.Errorf("only %d lists have files", seen)
	}
	w.refused("/stakes.csv", "/inspections.json", "/applications.csv", "/officers.json")
	w.as("").get("/notices.csv").leads("/sign-in")
}

// A spreadsheet runs a cell that begins like a formula, so none does. What is
// within an item has columns or stands in one cell; a program gets it as it is.
func TestListFiles_DefuseFormulas(t *testing.T) {
	w, _ := visited(t)
	_, err := w.House.Shares.Grant(w.ctx, w.Secretary, "severn", share.Stake{
		Member: w.memberID(w.Amara), Kind: share.Right, Title: `=HYPERLINK("http://evil.example","See")`, Basis: "-rule 22", Granted: w.day("2026-01-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
	stakes, err := w.House.Shares.Stakes(w.ctx, "severn", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range stakes {
		if err := w.House.Shares.UseStake(w.ctx, w.Secretary, "severn", k.ID, w.day("2026-11-10"), "rota panel"); err != nil {
			t.Fatal(err)
		}
	}
	huw := w.as(w.Secretary)
	file := huw.get("/stakes.csv").want(http.StatusOK).contains(`"'=HYPERLINK(""http://evil.example"",""See"")"`, "'-rule 22", "2026-11-10, rota panel", "Amara Okafor")
	head, _, _ := strings.Cut(strings.TrimPrefix(file.Body, "\ufeff"), "\r\n")
	if head != "Id,Member,Holder,Holder number,Kind,Title,Basis,Granted,Ends,Ended reason,Uses" {
		t.Errorf("the heads are %s", head)
	}
	huw.get("/stakes.json").contains(`"title": "=HYPERLINK(\"http://evil.example\",\"See\")"`)
	huw.get("/stakes").says("Download all rights and roles as a spreadsheet (CSV) or data (JSON).").contains(`href="/stakes.csv"`)
	huw.get("/classes?on=2026-01-01").contains(`href="/classes.csv?on=2026-01-01"`)
	huw.get("/classes.csv?on=2020-01-01").want(http.StatusOK).lacks("Staff")
	huw.get("/classes.csv?onn=2020-01-01").want(http.StatusUnprocessableEntity)
}
