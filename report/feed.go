package report

import (
	"cmp"
	"crypto/sha1"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"headroom"
)

// Feed is news about a case for programs that follow it: what was learned, the newest first.
type Feed struct {
	Case    string        // its id, from which the ids of the feed and of its entries come
	Title   string        // of the feed
	Updated headroom.Date // used where there is no entry
	Program string        // that wrote it, with its version
	Entries []FeedEntry
}

// FeedEntry is one piece of news. Key names it for ever: the same key gives the same id.
type FeedEntry struct {
	Key    string
	Title  string
	Text   string
	Author string
	URL    string // of the source; only web addresses are written
	Date   headroom.Date
}

// feedSpace is the name space of the ids of feeds: a UUID of this program's own, see RFC 9562, 5.5.
var feedSpace = [16]byte{0x6a, 0x1d, 0x5c, 0x0e, 0x3b, 0x52, 0x4f, 0x7a, 0x9c, 0x41, 0x8e, 0x27, 0xd0, 0x94, 0x13, 0xbb}

// feedID is the id of a name as a URN: a UUID of version 5, so that it stays whatever else is in the feed.
func feedID(parts ...string) string {
	h := sha1.New()
	_, _ = h.Write(feedSpace[:]) // a hash does not fail
	_, _ = io.WriteString(h, strings.Join(parts, "\n"))
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// stamp is a day as RFC 3339 has it.
func stamp(d headroom.Date) string { return d.String() + "T00:00:00Z" }

// web is an address that may be a link, with what no address may have in it escaped, else "".
func web(url string) string {
	lower := strings.ToLower(url)
	if !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return ""
	}
	var b strings.Builder
	for _, r := range clean(url) {
		if r <= ' ' || strings.ContainsRune("\"<>\\^`{|}", r) {
			fmt.Fprintf(&b, "%%%02X", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// sorted are the entries, the newest first.
func (f *Feed) sorted() []FeedEntry {
	out := slices.Clone(f.Entries)
	slices.SortStableFunc(out, func(a, b FeedEntry) int { return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Key, b.Key)) })
	return out
}

// updated is the day of the newest entry.
func (f *Feed) updated() headroom.Date {
	day := f.Updated
	for _, e := range f.Entries {
		day = max(day, e.Date)
	}
	return day
}

// feedAuthor is who a feed is by, where an entry names nobody.
const feedAuthor = "Headroom"

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     atomText   `xml:"title"`
	Updated   string     `xml:"updated"`
	Published string     `xml:"published"`
	Author    atomPerson `xml:"author"`
	Links     []atomLink `xml:"link"`
	Content   atomText   `xml:"content"`
}

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string      `xml:"id"`
	Title     atomText    `xml:"title"`
	Updated   string      `xml:"updated"`
	Author    atomPerson  `xml:"author"`
	Generator string      `xml:"generator,omitempty"`
	Entries   []atomEntry `xml:"entry"`
}

// Atom writes a feed as Atom 1.0 (RFC 4287). The same feed gives the same bytes.
func Atom(w io.Writer, f *Feed) error {
	out := atomFeed{
		ID: feedID(f.Case), Title: atomText{"text", clean(f.Title)}, Updated: stamp(f.updated()), Author: atomPerson{feedAuthor}, Generator: clean(f.Program),
	}
	for _, e := range f.sorted() {
		one := atomEntry{
			ID: feedID(f.Case, e.Key), Title: atomText{"text", clean(e.Title)}, Updated: stamp(e.Date), Published: stamp(e.Date),
			Author: atomPerson{clean(cmp.Or(e.Author, feedAuthor))}, Content: atomText{"text", clean(e.Text)},
		}
		if u := web(e.URL); u != "" {
			one.Links = []atomLink{{"related", u}}
		}
		out.Entries = append(out.Entries, one)
	}
	text, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("atom feed: %w", err)
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID          string       `json:"id"`
	ExternalURL string       `json:"external_url,omitempty"`
	Title       string       `json:"title"`
	ContentText string       `json:"content_text"`
	Published   string       `json:"date_published"`
	Authors     []jsonAuthor `json:"authors"`
}

// JSONFeed writes a feed as JSON Feed 1.1 (jsonfeed.org). The same feed gives the same bytes.
func JSONFeed(w io.Writer, f *Feed) error {
	out := struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		Description string       `json:"description,omitempty"`
		Authors     []jsonAuthor `json:"authors"`
		Items       []jsonItem   `json:"items"`
	}{Version: "https://jsonfeed.org/version/1.1", Title: clean(f.Title), Authors: []jsonAuthor{{feedAuthor}}, Items: []jsonItem{}}
	if f.Program != "" {
		out.Description = "Written by " + clean(f.Program)
	}
	for _, e := range f.sorted() {
		out.Items = append(out.Items, jsonItem{
			ID: feedID(f.Case, e.Key), ExternalURL: web(e.URL), Title: clean(e.Title), ContentText: clean(e.Text), Published: stamp(e.Date),
			Authors: []jsonAuthor{{clean(cmp.Or(e.Author, feedAuthor))}},
		})
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("JSON feed: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
