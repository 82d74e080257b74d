// Command badchild plays a child process that misbehaves, for the tests of package highs: it is started in place of
// headroom-highs, and the library it is given names the part it plays.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The frames as package highs has them, written down a second time on purpose.
func frame(kind string, payload []byte) []byte {
	h := uint64(14695981039346656037)
	for rest := payload; len(rest) > 0; {
		var w [8]byte
		rest = rest[copy(w[:], rest):]
		h = (h ^ binary.LittleEndian.Uint64(w[:])) * 1099511628211
		h ^= h >> 32
	}
	b := binary.LittleEndian.AppendUint32(nil, 0x314d5248)
	b = append(b, kind...)
	b = binary.LittleEndian.AppendUint64(b, uint64(len(payload)))
	b = binary.LittleEndian.AppendUint64(b, h)
	return append(b, payload...)
}

func hello(words ...uint32) []byte {
	var b []byte
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return frame("HELO", b)
}

// done is the answer to job number for n columns and m rows.
func done(number uint64, n, m int, objective float64) []byte {
	b := binary.LittleEndian.AppendUint64(nil, number)
	for _, w := range []uint32{0, 7, 2, 2} {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	for _, w := range []float64{objective, objective, 0, 0} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w))
	}
	b = binary.LittleEndian.AppendUint64(b, 1)
	return frame("DONE", append(b, make([]byte, 8*(2*n+m))...))
}

// best is a better solution of n columns.
func best(number uint64, n int, objective float64) []byte {
	b := binary.LittleEndian.AppendUint64(nil, number)
	b = binary.LittleEndian.AppendUint64(b, 3)
	for _, w := range []float64{0.1, objective, objective - 1, objective} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w))
	}
	return frame("BEST", append(b, make([]byte, 8*n)...))
}

func main() {
	part, number, _ := strings.Cut(filepath.Base(os.Args[1]), "-")
	argument, _ := strconv.Atoi(number)
	out := os.Stdout
	switch part {
	case "version":
		out.Write(hello(2, 4, 1, 12, 0, 0)) //nolint:errcheck // a test's parent may be gone
		hang()
	case "integers":
		out.Write(hello(2, 8, 1, 15, 1, 0)) //nolint:errcheck // as above
		hang()
	case "protocol":
		out.Write(hello(9, 4, 1, 15, 1, 0)) //nolint:errcheck // as above
		hang()
	case "load":
		syscall.Kill(os.Getpid(), syscall.SIGSEGV) //nolint:errcheck // dies
	case "mute":
		hang()
	}
	out.Write(hello(2, 4, 1, 15, 1, 0)) //nolint:errcheck // as above
	if part == "early" {
		os.Exit(0)
	}
	var head [24]byte
	if _, err := io.ReadFull(os.Stdin, head[:]); err != nil {
		return
	}
	job := make([]byte, binary.LittleEndian.Uint64(head[8:]))
	if _, err := io.ReadFull(os.Stdin, job); err != nil {
		return
	}
	n, m := int(binary.LittleEndian.Uint32(job)), int(binary.LittleEndian.Uint32(job[4:]))
	act(part, argument, out, binary.LittleEndian.Uint64(job[40:]), n, m)
}

// act is what the parts do with a job.
func act(part string, argument int, out *os.File, number uint64, n, m int) {
	write := func(b []byte) { out.Write(b) } //nolint:errcheck // a test's parent may be gone
	signal.Ignore(syscall.SIGTERM)
	switch part {
	case "good":
		write(done(number, n, m, 5))
		hang()
	case "segv":
		signal.Reset(syscall.SIGSEGV)
		syscall.Kill(os.Getpid(), syscall.SIGKILL) //nolint:errcheck // Go would print its goroutines on SIGSEGV
	case "abort":
		fmt.Fprintln(os.Stderr, "free(): invalid pointer")
		os.Exit(134)
	case "memory":
		write(best(number, n, 7))
		fmt.Fprintln(os.Stderr, "terminate called after throwing an instance of 'std::bad_alloc'")
		os.Exit(134)
	case "nothing":
		os.Exit(0)
	case "cut": // a part in twenty of the answer
		b := done(number, n, m, 5)
		write(b[:len(b)*argument/20])
	case "flood":
		b := make([]byte, 1<<20)
		for range 1024 {
			write(b)
		}
	case "chatter":
		b := []byte(strings.Repeat("x", 1<<20))
		for range 64 {
			os.Stderr.Write(b) //nolint:errcheck // as above
		}
		write(done(number, n, m, 5))
		hang()
	case "hang":
		hang()
	case "best":
		write(best(number, n, 7))
		hang()
	case "garbage":
		write([]byte(strings.Repeat("Running HiGHS 1.15.1\n", 10)))
		hang()
	case "kind":
		write(frame("WHAT", nil))
		hang()
	case "sum":
		b := done(number, n, m, 5)
		b[len(b)-1] ^= 1
		write(b)
		hang()
	case "huge":
		b := frame("DONE", nil)
		binary.LittleEndian.PutUint64(b[8:], 1<<39)
		write(b)
		hang()
	case "other":
		write(done(number+1, n, m, 5))
		hang()
	case "status":
		b := done(number, n, m, 5)
		binary.LittleEndian.PutUint32(b[24+12:], 99)
		write(frame("DONE", b[24:]))
		hang()
	case "nan":
		write(done(number, n, m, math.NaN()))
		hang()
	case "deaf": // closes its ears, and answers late
		os.Stdin.Close() //nolint:errcheck // it was read
		time.Sleep(200 * time.Millisecond)
		write(done(number, n, m, 5))
		hang()
	case "grandchild": // dies, with a child of its own that holds the pipes
		c := exec.Command("/bin/sleep", "60")
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(0)
	}
}

// hang does not end by itself.
func hang() { time.Sleep(time.Hour) }
