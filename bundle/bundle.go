package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"headroom"
	"headroom/claimlog"
)

// A bundle is a ZIP file of a case, and of the results of a run where there is one, with a description of both: an RO-Crate
// 1.3 with the profile Process Run Crate. The case is in the folder case/, the run in run/. Files are in the order of their
// names and all of one time, so that the same case gives the same bytes.
const (
	crateFile    = "ro-crate-metadata.json"
	crateCase    = "case/"
	crateRun     = "run/"
	crateVersion = "https://w3id.org/ro/crate/1.3"
	crateProfile = "https://w3id.org/ro/wfrun/process/0.6"
)

// CodeBrokenBundle is the code of findings about a bundle that is not whole, or is made to do harm.
const CodeBrokenBundle = "BrokenBundle"

// BundleFile is a file of a bundle; Name is without folders.
type BundleFile struct {
	Name string
	Data []byte
}

// Software is the program that made a run.
type Software struct{ Version, Commit string }

// Bundle is what a ZIP file of a case holds.
type Bundle struct {
	Title    string // of the case
	Licence  string // of the case, "" where nothing is said
	Program  Software
	Agent    string // who has it made
	Case     []BundleFile
	Run      []BundleFile  // empty without a run
	RunKind  string        // plan, brief …
	Head     claimlog.Head // of the log
	LastDate string        // day of the last entry of the log, or of the newest claim
}

// crateTime is the time of all files of a bundle.
var crateTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// WriteCrate returns the bundle as a ZIP file.
func (b *Bundle) WriteCrate() ([]byte, error) {
	files := map[string][]byte{}
	for _, f := range b.Case {
		files[crateCase+f.Name] = f.Data
	}
	for _, f := range b.Run {
		files[crateRun+f.Name] = f.Data
	}
	meta, err := b.metadata(files)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	write := func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: crateTime})
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
	if err := write(crateFile, meta); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	for _, name := range sortedNames(files) {
		if err := write(name, files[name]); err != nil {
			return nil, fmt.Errorf("bundle: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return out.Bytes(), nil
}

// sortedNames are the names of files in their order.
func sortedNames(files map[string][]byte) []string {
	return slices.Sorted(maps.Keys(files))
}

// entity is an object of linked data; JSON sorts its members.
type entity map[string]any

// idOf points to an entity.
func idOf(id string) entity { return entity{"@id": id} }

// pathID is a file as a relative address.
func pathID(name string) string { return (&url.URL{Path: name}).EscapedPath() }

// metadata is the description of the bundle.
func (b *Bundle) metadata(files map[string][]byte) ([]byte, error) {
	var parts, inputs, results []entity
	graph := []entity{
		{"@id": crateFile, "@type": "CreativeWork", "conformsTo": idOf(crateVersion), "about": idOf("./")},
	}
	var list []entity
	for _, name := range sortedNames(files) {
		sum := sha256.Sum256(files[name])
		f := entity{"@id": pathID(name), "@type": "File", "name": path.Base(name), "contentSize": fmt.Sprint(len(files[name])), "sha256": hex.EncodeToString(sum[:]), "encodingFormat": formatOf(name)}
		list = append(list, f)
		parts = append(parts, idOf(pathID(name)))
		if strings.HasPrefix(name, crateCase) {
			inputs = append(inputs, idOf(pathID(name)))
		} else {
			results = append(results, idOf(pathID(name)))
		}
	}
	licence := b.Licence
	if licence == "" {
		licence = "No licence is stated; what is quoted belongs to the sources in case/source.csv"
	}
	root := entity{
		"@id": "./", "@type": "Dataset", "name": b.Title, "description": "A case of Headroom: which vehicles get built in which plants, with the claims that its figures rest on",
		"datePublished": b.LastDate, "license": licence, "hasPart": parts, "identifier": idOf("#head"), "conformsTo": idOf(crateProfile), "author": idOf("#agent"),
	}
	graph = append(graph, root)
	graph = append(graph, list...)
	graph = append(graph,
		entity{"@id": "#head", "@type": "PropertyValue", "propertyID": claimlog.LogFile, "name": "head of the log of claims", "value": b.Head.Hash, "description": fmt.Sprintf("%d entries", b.Head.Entries)},
		entity{"@id": "#agent", "@type": "Person", "name": b.Agent},
		entity{"@id": "#headroom", "@type": "SoftwareApplication", "name": "Headroom", "softwareVersion": b.Program.Version, "identifier": b.Program.Commit},
		entity{"@id": crateProfile, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.6"},
	)
	if len(b.Run) > 0 {
		root["mentions"] = idOf("#run")
		graph = append(graph, entity{
			"@id": "#run", "@type": "CreateAction", "name": "headroom " + b.RunKind, "instrument": idOf("#headroom"), "object": inputs, "result": results,
			"agent": idOf("#agent"), "actionStatus": idOf("http://schema.org/CompletedActionStatus"),
		})
	}
	return indented(entity{"@context": crateVersion + "/context", "@graph": graph})
}

// indented is JSON for people, with a line end.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// formats are the media types of a case's files.
var formats = map[string]string{
	".csv": "text/csv", ".yaml": "application/yaml", ".md": "text/markdown", ".json": "application/json", ".log": "application/jsonl", ".head": "application/json",
}

// formatOf is the media type of a file.
func formatOf(name string) string {
	if f := formats[path.Ext(name)]; f != "" {
		return f
	}
	if f := mime.TypeByExtension(path.Ext(name)); f != "" {
		return f
	}
	return "application/octet-stream"
}

// Limits of a bundle that is read.
const (
	maxBundleFiles    = 1_000
	maxBundleUnzipped = 256 << 20
	maxBundleRatio    = 1_000 // of a file of more than a megabyte
)

// ReadCrate reads a bundle that WriteCrate made: every file is one that its description has, with the hash that stands there,
// and none is missing. Only names within case/ and run/ are taken, so that nothing is written elsewhere. The error is a
// *headroom.Error of code BrokenBundle.
func ReadCrate(name string, data []byte) (*Bundle, error) {
	files, err := unzip(name, data)
	if err != nil {
		return nil, err
	}
	fail := func(file, format string, args ...any) error {
		return headroom.Errorf(CodeBrokenBundle, headroom.Place{File: name + "!" + file}, "get the bundle again from where it came", format, args...)
	}
	meta, ok := files[crateFile]
	if !ok {
		return nil, fail(crateFile, "the bundle has no description")
	}
	var doc struct {
		Graph []struct {
			ID      string `json:"@id"`
			Type    any    `json:"@type"`
			SHA256  string `json:"sha256"`
			Value   any    `json:"value"`
			Version any    `json:"softwareVersion"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal(meta, &doc); err != nil {
		return nil, fail(crateFile, "the description is not JSON-LD of a crate")
	}
	want, b := map[string]string{}, &Bundle{}
	for _, e := range doc.Graph {
		if e.Type == "File" {
			file, err := url.PathUnescape(e.ID)
			if err != nil {
				return nil, fail(crateFile, "%q is not the address of a file", e.ID)
			}
			want[file] = e.SHA256
		}
		if e.ID == "#head" {
			b.Head.Hash, _ = e.Value.(string)
		}
	}
	for file := range want {
		if _, ok := files[file]; !ok {
			return nil, fail(file, "the file is in the description and not in the bundle")
		}
	}
	for _, file := range sortedNames(files) {
		sum := sha256.Sum256(files[file])
		switch f := (BundleFile{path.Base(file), files[file]}); {
		case file == crateFile:
		case want[file] == "":
			return nil, fail(file, "the file is in the bundle and not in its description")
		case want[file] != hex.EncodeToString(sum[:]):
			return nil, fail(file, "the file does not have the hash of its description: it was changed")
		case path.Dir(file)+"/" == crateCase:
			b.Case = append(b.Case, f)
		case path.Dir(file)+"/" == crateRun:
			b.Run = append(b.Run, f)
		default:
			return nil, fail(file, "files are in %s and %s and nowhere else", crateCase, crateRun)
		}
	}
	if len(b.Case) == 0 {
		return nil, fail(crateCase, "there is no case in the bundle")
	}
	return b, nil
}

// unzip reads the files of a ZIP file into memory, within limits, and refuses names that lead out of it, links and folders in
// disguise.
func unzip(name string, data []byte) (map[string][]byte, error) {
	fail := func(file, format string, args ...any) error {
		if file != "" {
			file = "!" + file
		}
		return headroom.Errorf(CodeBrokenBundle, headroom.Place{File: name + file}, "get the bundle again from where it came", format, args...)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fail("", "this is not a ZIP file")
	}
	if len(z.File) > maxBundleFiles {
		return nil, fail("", "the bundle has more than %d files", maxBundleFiles)
	}
	files, seen, left := map[string][]byte{}, map[string]bool{}, uint64(maxBundleUnzipped)
	for _, f := range z.File {
		folded := strings.ToLower(f.Name)
		switch {
		case strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 && cleanName(strings.TrimSuffix(f.Name, "/")):
			continue // a folder
		case !cleanName(f.Name):
			return nil, fail("", "%q is a name that leads out of the bundle, or that not every system can have", f.Name)
		case !f.Mode().IsRegular():
			return nil, fail(f.Name, "this is a link or a device, and not a file")
		case seen[folded]:
			return nil, fail(f.Name, "the file stands twice")
		case f.UncompressedSize64 > left:
			return nil, fail(f.Name, "the bundle unpacks to more than %d MB", maxBundleUnzipped>>20)
		case f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxBundleRatio > f.CompressedSize64:
			return nil, fail(f.Name, "the file unpacks to more than %d times its size", maxBundleRatio)
		}
		seen[folded] = true
		left -= f.UncompressedSize64
		if files[f.Name], err = inflate(f); err != nil {
			return nil, fail(f.Name, "the file is damaged: %v", err)
		}
	}
	return files, nil
}

// inflate unpacks a file, of which it takes no more than the size that the ZIP file gives.
func inflate(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // it was only read
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// cleanName reports whether a name in a ZIP file stays within it on every system: plain folders and a file, no drive, no device,
// nothing hidden.
func cleanName(name string) bool {
	if name == "" || len(name) > 200 || strings.ContainsAny(name, "\\:*?\"<>|") || path.Clean("/"+name) != "/"+name {
		return false
	}
	for _, part := range strings.Split(name, "/") {
		base, _, _ := strings.Cut(strings.ToUpper(part), ".")
		device := slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, base) || len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT"))
		if device || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' })
}
