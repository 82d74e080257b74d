// Package bundle writes a case, its log and a run for others to keep and check: as RO-Crate with the hash of every file, with its
// provenance by PROV, and as the log of a quality assurance after the AQuA book; and reads such a crate again.
//
// It knows the names of the files that it holds and reads and writes them as bytes.
package bundle
