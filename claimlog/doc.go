// Package claimlog keeps claims: the append-only log in which each entry has the hash of the one before, what checks that nothing in it
// was changed, and the rules for what may be entered.
//
// A Log is a list of entries; Seal adds those by which a Ledger (claims, sources and bindings as the tables have them) differs from it,
// Compare says by which it differs, and the head file counts them, so that a log cut short is found. Faults and SourceFaults say what
// is wrong with what is to be entered, Rules what is wrong with how claims are used, ContentID names a claim by what it says, and
// Lookalikes and Similar find claims that look the same.
//
// It reads and writes bytes that are handed to it; files are for the caller.
package claimlog
