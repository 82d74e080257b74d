//go:build unix

package highs

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Limits of the talk with a child.
const (
	helloTime = 5 * time.Second        // from start to hello: the library is loaded in it
	lookEvery = 100 * time.Millisecond // how often a silent child is looked at: it may be dead with its pipe held open
)

// child is one running child process. It is used by one solve at a time and holds no goroutine between two.
type child struct {
	cmd     *exec.Cmd
	in      *os.File // to its standard input
	out     *os.File // from its standard output
	err     *os.File // from its standard error
	frames  frameReader
	said    capped // what it printed to standard error
	version string
	jobs    int64
	killing sync.Once
}

// startChild starts binary on library and waits for its hello.
func startChild(binary, library string, memory int64, hello time.Duration) (*child, error) {
	c := &child{cmd: exec.Command(binary, library, strconv.FormatInt(memory, 10))}
	var theirs [3]*os.File
	pipe := func(k int, down bool) error {
		r, w, err := os.Pipe()
		if err != nil {
			return err
		}
		if down {
			c.in, theirs[k] = w, r
		} else if k == 1 {
			c.out, theirs[k] = r, w
		} else {
			c.err, theirs[k] = r, w
		}
		return nil
	}
	defer func() {
		for _, f := range theirs {
			if f != nil {
				f.Close() //nolint:errcheck // our copy only
			}
		}
	}()
	if err := errors.Join(pipe(0, true), pipe(1, false), pipe(2, false)); err != nil {
		return nil, errors.Join(fmt.Errorf("start child: %w", err), c.closeFiles())
	}
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = theirs[0], theirs[1], theirs[2]
	c.cmd.Env = []string{}           // nothing of ours is its business
	c.cmd.Dir = filepath.Dir(binary) // nor is the folder that we work in
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start child: %w", err), c.closeFiles())
	}
	c.frames.r = bufio.NewReaderSize(c.out, 64<<10)
	if err := c.hello(hello); err != nil {
		return nil, err
	}
	return c, nil
}

// hello reads the first frame. Where it is not the right one the child is killed.
func (c *child) hello(within time.Duration) error {
	end := c.listen()
	t := time.AfterFunc(within, c.kill)
	err := c.readHello()
	late := !t.Stop()
	if err == nil && !late {
		end(0)
		return nil
	}
	how := c.bury(end)
	switch {
	case late:
		return fmt.Errorf("no hello within %v", within)
	case errors.Is(err, errEnded):
		return fmt.Errorf("%s before its hello", how)
	}
	return err
}

// errEnded stands for a child that is gone; how it went is told by ended.
var errEnded = errors.New("the child ended")

func (c *child) readHello() error {
	kind, length, sum, err := c.frames.next()
	if err != nil {
		return gone(err)
	}
	switch kind {
	case "FAIL":
		text, err := c.frames.text(length, sum)
		if err != nil {
			return gone(err)
		}
		return errors.New(strings.TrimSpace(text))
	case "HELO":
	default:
		return fmt.Errorf("%w: %q in place of a hello", errGarbage, kind)
	}
	b := make([]byte, helloSize)
	if err := c.frames.payload(length, sum, b); err != nil {
		return gone(err)
	}
	var v [5]int32
	for k := range v {
		v[k] = int32(binary.LittleEndian.Uint32(b[4*k:]))
	}
	c.version = fmt.Sprintf("%d.%d.%d", v[2], v[3], v[4])
	switch {
	case v[0] != frameProtocol:
		return fmt.Errorf("child speaks protocol %d, not %d: build it again", v[0], frameProtocol)
	case v[1] != 4:
		return fmt.Errorf("library has integers of %d bytes; 4 are needed", v[1])
	case v[2] != 1 || v[3] != 15:
		return fmt.Errorf("library is HiGHS %s; 1.15 is needed", c.version)
	}
	return nil
}

// gone turns the errors of a closed pipe into errEnded.
func gone(err error) error {
	if err == nil || errors.Is(err, errGarbage) {
		return err
	}
	return errEnded
}

// listen keeps what the child prints to standard error, and ends the reading of frames when the child is dead though
// somebody holds its pipe open. The returned function ends both and waits for it; what a dead child said last is still read
// within grace.
func (c *child) listen() (end func(grace time.Duration)) {
	var wg sync.WaitGroup
	quit := make(chan struct{})
	wg.Go(func() {
		io.Copy(&c.said, c.err) //nolint:errcheck // ends by deadline or close
	})
	wg.Go(func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
				if exited(c.cmd.Process.Pid) {
					// What it wrote is in the pipe; give the reader a moment to take it.
					c.out.SetReadDeadline(time.Now().Add(lookEvery)) //nolint:errcheck // a pipe has deadlines
					c.in.SetWriteDeadline(time.Now())                //nolint:errcheck // a pipe has deadlines
					return
				}
			}
		}
	})
	var once sync.Once
	return func(grace time.Duration) {
		once.Do(func() {
			close(quit)
			c.err.SetReadDeadline(time.Now().Add(grace)) //nolint:errcheck // a pipe has deadlines
			wg.Wait()
			c.err.SetReadDeadline(time.Time{}) //nolint:errcheck // a pipe has deadlines
		})
	}
}

// run sends a job and reads until its answer. Any error leaves the child useless.
func (c *child) run(ctx context.Context, j *job) (*answer, error) {
	c.jobs++
	number := c.jobs
	sent := make(chan struct{})
	var asking sync.WaitGroup
	defer asking.Wait()
	ask := func() {
		<-sent                                             // the frames must not mix
		c.in.SetWriteDeadline(time.Now().Add(time.Second)) //nolint:errcheck // a pipe has deadlines
		c.in.Write(stopFrame(number))                      //nolint:errcheck // the kill follows
		c.in.SetWriteDeadline(time.Time{})                 //nolint:errcheck // a pipe has deadlines
	}
	stop := j.watch(ctx, func() { asking.Go(ask) }, c.kill)
	defer stop()
	err := writeJob(c.in, j, number)
	close(sent)
	if err != nil {
		// It may have said why.
		c.out.SetReadDeadline(time.Now().Add(time.Second)) //nolint:errcheck // a pipe has deadlines
	}
	return c.readAnswer(j, number)
}

func (c *child) readAnswer(j *job, number int64) (*answer, error) {
	n, m := j.p.Cols(), j.p.Rows()
	for {
		kind, length, sum, err := c.frames.next()
		if err != nil {
			return nil, gone(err)
		}
		switch kind {
		case "TEXT", "FAIL":
			text, err := c.frames.text(length, sum)
			if err != nil {
				return nil, gone(err)
			}
			if kind == "FAIL" {
				return nil, errors.New(strings.TrimSpace(text))
			}
			j.log(text)
		case "PROG", "BEST":
			var head [progressSize]byte
			var x []float64
			if kind == "BEST" && length == progressSize+8*n {
				x = make([]float64, n)
			}
			if err := c.frames.payload(length, sum, head[:], bytesOf(x)); err != nil {
				return nil, gone(err)
			}
			f := decodeProgress(head[:])
			j.progress(f.primal, f.dual, f.nodes)
			if x != nil {
				j.incumbent(f.objective, x)
			}
		case "DONE":
			if length != doneSize+8*(2*n+m) {
				return nil, fmt.Errorf("%w: an answer of %d bytes", errGarbage, length)
			}
			var head [doneSize]byte
			a := &answer{x: make([]float64, n), colDual: make([]float64, n), rowDual: make([]float64, m)}
			if err := c.frames.payload(length, sum, head[:], bytesOf(a.x), bytesOf(a.colDual), bytesOf(a.rowDual)); err != nil {
				return nil, gone(err)
			}
			a.answerHead = decodeHead(head[:])
			if a.Number != number {
				return nil, fmt.Errorf("%w: the answer to another job", errGarbage)
			}
			return a, a.valid()
		default:
			return nil, fmt.Errorf("%w: a frame of the unknown kind %q", errGarbage, kind)
		}
	}
}

// kill ends the child and whatever it started. It may be called at any time, more than once.
func (c *child) kill() {
	c.killing.Do(func() {
		syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL) //nolint:errcheck // it may be gone
		c.out.SetReadDeadline(time.Now().Add(lookEvery))  //nolint:errcheck // a pipe has deadlines
		c.in.SetWriteDeadline(time.Now())                 //nolint:errcheck // a pipe has deadlines
	})
}

// bury kills a child that misbehaved, or is about to end, and tells how it ended.
func (c *child) bury(end func(grace time.Duration)) string {
	for wait := time.Now().Add(lookEvery); !exited(c.cmd.Process.Pid) && time.Now().Before(wait); {
		time.Sleep(time.Millisecond) // let a dying child die its own death, for the message
	}
	c.kill()
	err := c.cmd.Wait()
	end(lookEvery) // its pipe is closed: the reader ends by itself once it has read what is left
	c.closeFiles() //nolint:errcheck // nothing was to be kept
	how := "the child ended without an answer"
	if err != nil {
		how = "the child ended by " + strings.TrimPrefix(err.Error(), "signal: ")
	}
	if line := c.said.lastLine(); line != "" {
		how += ": " + line
	}
	return how
}

// close ends an idle child.
func (c *child) close() {
	c.kill()
	c.cmd.Wait()   //nolint:errcheck // it was killed
	c.closeFiles() //nolint:errcheck // nothing was to be kept
}

func (c *child) closeFiles() error {
	for _, f := range []*os.File{c.in, c.out, c.err} {
		if f != nil {
			f.Close() //nolint:errcheck // a pipe of ours
		}
	}
	return nil
}
