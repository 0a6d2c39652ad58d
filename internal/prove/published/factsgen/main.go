// Command factsgen makes the small table of published figures that the program
// carries, facts/nss2024.csv, out of the published files:
//
//	go run ./internal/prove/published/factsgen -from DIR > internal/prove/published/facts/nss2024.csv
//
// DIR holds the two Staff Survey workbooks and the absence file under their
// published names, or any names: they are known by their content.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"commonweal/internal/prove/published"
)

func main() {
	from := flag.String("from", "", "folder with the published files")
	flag.Parse()
	if *from == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*from); err != nil {
		fmt.Fprintln(os.Stderr, "factsgen:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	facts, err := gather(context.Background(), dir)
	if err != nil {
		return err
	}
	return published.WriteFacts(os.Stdout, facts)
}

// gather reads every published file straight inside dir.
func gather(ctx context.Context, dir string) ([]published.Fact, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	c := newCollector()
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		ext := filepath.Ext(path)
		if !e.Type().IsRegular() || (ext != ".xlsx" && ext != ".csv") {
			continue
		}
		if err := readIfKnown(ctx, path, c); err != nil {
			return nil, err
		}
	}
	return c.facts()
}
