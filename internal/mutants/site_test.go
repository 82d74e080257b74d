package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sites of a small package are those that one finds by hand, and each changes just its place.
func TestSites(t *testing.T) {
	dir := t.TempDir()
	const text = `package p

import "errors"

const limit = 3

func f(a, b int) (int, error) {
	if a < b {
		return max(a, 2), nil
	}
	if x := 0.5; x < float64(a) {
		b++
	}
	b += a
	return a * b, errors.New("a" + "b")
}
`
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sites, err := sitesOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sites {
		got = append(got, s.what)
		if n := strings.Count(string(s.mutated), "\n"); n != strings.Count(text, "\n") {
			t.Errorf("%s: %d lines", s.what, n)
		}
		if string(s.mutated) == text {
			t.Errorf("%s: nothing is changed", s.what)
		}
	}
	want := "if is turned round, < becomes <=, < becomes >, max becomes min, 2 becomes 3, if is turned round, < becomes >, += becomes -=, * becomes /"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}
