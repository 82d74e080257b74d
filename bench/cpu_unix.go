//go:build unix

package bench

import (
	"syscall"
	"time"
)

// cpuTime is the CPU time of this process and of its children that have ended.
func cpuTime() time.Duration {
	sum := int64(0)
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			sum += u.Utime.Nano() + u.Stime.Nano()
		}
	}
	return time.Duration(sum)
}
