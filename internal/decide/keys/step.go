package keys

// Step is one message of the ceremony.
type Step string

// The steps, in order. NoStep is what comes after the last.
const (
	Cert       Step = "cert"
	Polynomial Step = "polynomial"
	Voutput    Step = "voutput"
	// Check comes after the key is made and may be left out: the keyholder opens
	// something small with their part.
	Check  Step = "check"
	NoStep Step = ""
)

// steps are those that make the key.
var steps = []Step{Cert, Polynomial, Voutput}

var allSteps = append(steps[:len(steps):len(steps)], Check)

var stepWords = map[Step]string{
	Cert: "the certificate", Polynomial: "the polynomial", Voutput: "the public part of the key", Check: "the check of the key",
}

// Known reports whether there is such a step.
func (s Step) Known() bool { return stepWords[s] != "" }

// Words names the message of the step.
func (s Step) Words() string { return stepWords[s] }
