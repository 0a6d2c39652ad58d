package web

import (
	"commonweal/internal/decide/keys"
)

// keyStep is what the pages call a message of the making of a key.
type keyStep struct {
	step    keys.Step
	title   string // of the step in a list
	heading string // when it is the reader's turn
	label   string // of the button that does it
	about   []string
	command string // of the program that does it away from the web
}

// keySteps are the steps, in order.
var keySteps = []keyStep{
	{
		keys.Cert, "Everybody makes a secret", "Step 1 of 3: make your secret", "Make my secret",
		[]string{
			"Your browser draws a secret of 22 letters and digits. You save it twice. It is all that you keep, and it never leaves your device.",
			"From it follow two public keys. They are what is sent: your certificate, by which the others know you.",
		},
		"commonweal election keygen --threshold cert draft.json",
	},
	{
		keys.Polynomial, "Everybody sends the others their numbers", "Step 2 of 3: send the others their numbers", "Send the others their numbers",
		[]string{"Your browser draws a number for each keyholder, locks each so that only that keyholder can read it, and sends them. Nothing needs to be saved."},
		"commonweal election keygen --threshold poly --certs certs.txt --secret YOUR.key --need %d draft.json",
	},
	{
		keys.Voutput, "Everybody puts their part together", "Step 3 of 3: put your part together", "Put my part together",
		[]string{
			"Your browser unlocks the numbers that the others sent you, checks each against what its sender has published, and adds them up. The sum is your part of the key. Nothing needs to be saved.",
			"If it says that a number is wrong, stop: say so with the link below.",
		},
		"commonweal election keygen --threshold voutput --certs certs.txt --secret YOUR.key --vinput vinput.txt draft.json",
	},
}

// tryStep comes after the key is made.
var tryStep = keyStep{
	keys.Check, "Everybody tries their part", "The key is made. Try your part.", "Try my part",
	[]string{"Your browser opens one vote that nobody cast, to see that the secret you saved works. If it does not, it is found out now and not when the votes are to be opened."},
	"",
}

func keyStepOf(step keys.Step) keyStep {
	for _, s := range keySteps {
		if s.step == step {
			return s
		}
	}
	return tryStep
}

// keyDone is the banner after a step was sent.
var keyDone = map[string]string{
	"begun":                 "It has begun. The keyholders find it on this page, under Keys.",
	string(keys.Cert):       "Your certificate is sent. Keep your secret in both places until the result is settled.",
	string(keys.Polynomial): "The numbers are sent.",
	string(keys.Voutput):    "Your part is put together.",
	string(keys.Check):      "Your part works.",
	"given-up":              "It is given up, with your reason, and that is in the record.",
	"destroyed":             "That you destroyed your part is in the record.",
}

// keyState is how a setup stands, in a word or two.
func keyState(k *keySetup) string {
	switch k.State() {
	case keys.GivenUp:
		return "Given up"
	case keys.Lost:
		return "Made, then lost"
	case keys.Made:
		switch gone := len(k.Destroyed()); {
		case gone == len(k.Holders):
			return "Destroyed"
		case gone > 0:
			return "Destroyed by " + number(gone) + " of " + number(len(k.Holders))
		}
		return "Made"
	}
	for i, s := range keySteps {
		if s.step == k.Step() {
			return "Step " + number(i+1) + " of 3"
		}
	}
	return "Under way"
}
