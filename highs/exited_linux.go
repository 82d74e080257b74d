package highs

import (
	"syscall"
	"unsafe"
)

// exited reports whether the child process pid has ended, without collecting it.
func exited(pid int) bool {
	const pPID, wait = 1, syscall.WEXITED | syscall.WNOHANG | syscall.WNOWAIT
	var info [16]uint64 // siginfo_t is 128 bytes
	_, _, errno := syscall.Syscall6(syscall.SYS_WAITID, pPID, uintptr(pid), uintptr(unsafe.Pointer(&info)), wait, 0, 0)
	return errno == 0 && info[0] != 0 // si_signo is SIGCHLD when there was something to tell
}
