// Package reading says what a text that people wrote means: a number that may have two readings, a date in another form than
// ISO 8601, letters that look like others. It knows no file and no table: packages table and evidence ask it about cells, so
// that a figure reads alike in a CSV file, a workbook, case.yaml, a claim and a flag. It guesses nothing: what has two readings
// is a Problem that names both.
package reading
