// Package files is the one room in which files are read and written.
//
// What is read is a regular file and no more of it than a limit: a pipe, a device, a socket or a folder in its place is refused
// at once, before anything is waited for.
//
// What is written replaces what was there whole: it goes into a temporary file or folder beside its place, is brought to the
// disk, and takes its place by one step of the file system, which is brought to the disk too. Whoever is stopped at any moment,
// by a signal or by the power, leaves the old or the new and no mixture; and once a function has returned without an error,
// what it wrote stays. Temporary files are locked while their owner lives; those of the dead are swept by the next writer.
//
// No other package writes (internal/layers tests that). Tests watch and break each step with Watch.
package files
