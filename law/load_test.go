package law_test

import (
	"testing"

	"commonweal/law"
)

func library(t testing.TB) *law.Library {
	t.Helper()
	l, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLoad(t *testing.T) { library(t) }
