// Package boothtest runs the modules of the polling booth (web/booth) in Node.js and holds them against the Go packages that
// check ballots: what the one makes the other must accept, what the one refuses the other must refuse, and from the same
// chance both must make the same bytes.
package boothtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// booth is one process that answers for the modules; testdata/driver.mjs says what it can be asked.
type booth struct {
	sync.Mutex
	in  io.WriteCloser
	out *bufio.Scanner
}

var running struct {
	sync.Once
	*booth
	cmd *exec.Cmd
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if running.cmd != nil {
		_ = running.in.Close() // the driver ends with its input
		if err := running.cmd.Wait(); err != nil {
			fmt.Fprintln(os.Stderr, "the booth's process:", err)
			code = 1
		}
	}
	os.Exit(code)
}

func start() {
	node, err := exec.LookPath("node")
	if err != nil {
		running.err = err
		return
	}
	cmd := exec.Command(node, "testdata/driver.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		running.err = err
		return
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		running.err = err
		return
	}
	if running.err = cmd.Start(); running.err != nil {
		return
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	running.booth, running.cmd = &booth{in: in, out: lines}, cmd
}

// open returns the booth. Without Node.js the test is skipped, but not where CI is set.
func open(t *testing.T) *booth {
	t.Helper()
	running.Do(start)
	switch {
	case errors.Is(running.err, exec.ErrNotFound) && os.Getenv("CI") == "":
		t.Skip("node is not installed: the booth's modules are not tested")
	case running.err != nil:
		t.Fatal("the booth's modules cannot be tested: ", running.err)
	}
	return running.booth
}

// refusal is an error that the booth answered with.
type refusal string

func (r refusal) Error() string { return string(r) }

// ask sends a request and decodes the answer.
func ask[T any](t *testing.T, b *booth, request map[string]any) (T, error) {
	t.Helper()
	b.Lock()
	defer b.Unlock()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	if !b.out.Scan() {
		t.Fatalf("the booth did not answer %v: %v", request["do"], b.out.Err())
	}
	var answer struct {
		OK    T
		Error string
	}
	if err := json.Unmarshal(b.out.Bytes(), &answer); err != nil {
		t.Fatalf("%v: %v", request["do"], err)
	}
	if answer.Error != "" {
		return answer.OK, refusal(answer.Error)
	}
	return answer.OK, nil
}

// must is ask where nothing may go wrong.
func must[T any](t *testing.T, b *booth, request map[string]any) T {
	t.Helper()
	answer, err := ask[T](t, b, request)
	if err != nil {
		t.Fatalf("%v: %v", request["do"], err)
	}
	return answer
}
