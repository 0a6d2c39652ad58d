// Command withpostgres starts a throw-away PostgreSQL cluster, runs a command
// with COMMONWEAL_TEST_POSTGRES naming it, and removes the cluster.
//
//	go run ./internal/base/db/dbtest/withpostgres go test ./...
//
// PostgreSQL refuses to run as root, so as root the server runs as the user
// postgres (made by Debian's package) or nobody.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"

	"commonweal/internal/base/db/dbtest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARG ...]")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

func run(command []string) (code int, err error) {
	bin, err := findBinaries()
	if err != nil {
		return 0, err
	}
	if err := inMemory(); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "commonweal-postgres-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	as, err := serverUser(dir)
	if err != nil {
		return 0, err
	}
	data := filepath.Join(dir, "data")
	// C locale and no fsync: the cluster lives for one test run.
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "commonweal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr = as
	if out, err := initdb.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir,
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=300", "-c", "log_min_messages=fatal", "-c", "logging_collector=off")
	server.SysProcAttr = as
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return 0, err
	}
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = server.Process.Signal(syscall.SIGINT) // fast shutdown
		_ = server.Wait()
		_ = log.Close()
	}()
	if err := wait(bin, port); err != nil {
		text, _ := os.ReadFile(log.Name())
		return 0, fmt.Errorf("%w\n%s", err, text)
	}
	return test(command, fmt.Sprintf("postgres://commonweal@127.0.0.1:%d/postgres?sslmode=disable", port))
}

// inMemory puts the cluster, and what the tests write, into memory where the machine
// has a folder there with room: a test waits for the disk longer than it computes.
func inMemory() error {
	const folder, room = "/dev/shm", 4 << 30
	var stat syscall.Statfs_t
	if os.Getenv("TMPDIR") != "" || syscall.Statfs(folder, &stat) != nil || stat.Bavail*uint64(stat.Bsize) < room {
		return nil
	}
	return os.Setenv("TMPDIR", folder)
}

// test runs the command and passes its exit code on. Interrupts go to the
// command; the cluster is still taken down after it.
func test(command []string, address string) (int, error) {
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), dbtest.Env+"="+address)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}

func findBinaries() (string, error) {
	if dir := os.Getenv("COMMONWEAL_POSTGRES_BIN"); dir != "" {
		return dir, nil
	}
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	sort.Strings(dirs)
	if len(dirs) > 0 {
		return filepath.Dir(dirs[len(dirs)-1]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errors.New("PostgreSQL's server is not installed: apt-get install postgresql")
}

// serverUser hands the folder to the user that the server runs as.
func serverUser(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func wait(bin string, port int) error {
	for range 150 {
		ready := exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(port))
		if ready.Run() == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return errors.New("PostgreSQL did not start within 30 s")
}
