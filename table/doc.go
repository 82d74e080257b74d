// Package table reads and writes a case as a folder: case.yaml and one CSV file for each table.
//
// The schema is data. The file schema.csv has one row for each column of each table, with its type, unit, default and
// meaning; the reader, the writer, the defaults, the checks of types and units and the reference page all come from it.
//
// Load does its work in this order: it reads the files into cells that know their place, checks the headers and converts
// units that a header names; makes the changes of a scenario; puts other values on claims where they are asked for, leaves out what was
// not known on a day, and computes the figures that rest on either again; fills empty cells from the assumptions; and turns the
// cells into the types of package headroom. Whatever is wrong becomes a finding, and all findings are returned at once. Rules
// that need to know what the numbers mean belong to package check.
//
// Format rewrites the files of a case in canonical form, Write writes a Case that a program made, WriteRows writes tables of
// results, and Init writes a starter case.
package table

//go:generate go run ./internal/gen
