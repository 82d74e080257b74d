package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"headroom"
)

func exampleFeed() *Feed {
	return &Feed{
		Case: "example", Title: "Example: what was learned", Updated: headroom.NewDate(2026, 1, 1), Program: "headroom v0",
		Entries: []FeedEntry{
			{Key: "claim/OLD", Title: "an old one", Text: "old", Date: headroom.NewDate(2026, 2, 1), URL: "javascript:alert(1)"},
			{Key: "claim/NEW", Title: hostile, Text: hostile + " a < b & c", Author: "The Paper " + hostile, Date: headroom.NewDate(2026, 3, 1), URL: "https://example.org/?a=1&b=2"},
		},
	}
}

func mustFeed(t *testing.T, write func(io.Writer, *Feed) error, f *Feed) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAtom holds a feed to what RFC 4287 requires of one: ids that are IRIs, titles, updated, an author for each entry, and text
// that stays text.
func TestAtom(t *testing.T) {
	t.Parallel()
	type entry struct {
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  []string `xml:"author>name"`
		Content string   `xml:"content"`
		Link    []struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	}
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  []string `xml:"author>name"`
		Entries []entry  `xml:"entry"`
	}
	text := mustFeed(t, Atom, exampleFeed())
	if err := xml.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	ids := map[string]bool{}
	id := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	check := func(what, anID, title, updated string, author []string) {
		if !id.MatchString(anID) || ids[anID] {
			t.Errorf("%s: id %q is no UUID of version 5, or is there twice", what, anID)
		}
		ids[anID] = true
		if _, err := time.Parse(time.RFC3339, updated); err != nil {
			t.Errorf("%s: updated: %v", what, err)
		}
		if title == "" || len(author) != 1 || author[0] == "" {
			t.Errorf("%s: title %q, authors %q", what, title, author)
		}
	}
	check("feed", got.ID, got.Title, got.Updated, got.Author)
	for _, e := range got.Entries {
		check("entry", e.ID, e.Title, e.Updated, e.Author)
	}
	if got.Updated != "2026-03-01T00:00:00Z" || len(got.Entries) != 2 || got.Entries[0].Content != clean(hostile)+" a < b & c" {
		t.Errorf("the newest entry is %+v of a feed of %s", got.Entries[0], got.Updated)
	}
	if len(got.Entries[1].Link) != 0 || got.Entries[0].Link[0].Href != "https://example.org/?a=1&b=2" {
		t.Errorf("links %v", got.Entries)
	}
	if strings.Contains(text, "<script") || strings.ContainsAny(text, "\x07\u202e") {
		t.Error("text of a stranger got through")
	}
}

// TestJSONFeed holds a feed to what JSON Feed 1.1 requires.
func TestJSONFeed(t *testing.T) {
	t.Parallel()
	var got struct {
		Version, Title string
		Items          []struct {
			ID            string
			ContentText   string `json:"content_text"`
			DatePublished string `json:"date_published"`
			ExternalURL   string `json:"external_url"`
			Authors       []struct{ Name string }
		}
	}
	text := mustFeed(t, JSONFeed, exampleFeed())
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "https://jsonfeed.org/version/1.1" || got.Title == "" || len(got.Items) != 2 {
		t.Fatalf("%+v", got)
	}
	for _, i := range got.Items {
		if i.ID == "" || i.ContentText == "" || len(i.Authors) != 1 || i.Authors[0].Name == "" || i.DatePublished == "" {
			t.Errorf("%+v", i)
		}
	}
	if got.Items[1].ExternalURL != "" || strings.Contains(text, "<script") {
		t.Error("text of a stranger got through")
	}
	if none := mustFeed(t, JSONFeed, &Feed{Case: "c", Title: "t"}); !strings.Contains(none, `"items": []`) {
		t.Errorf("a feed without news: %s", none)
	}
}

// TestWebAddress holds that a link is an address of the web, and has nothing in it that no address may have.
func TestWebAddress(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://example.org/?a=1&b=%20": "https://example.org/?a=1&b=%20",
		"http://example.org/a b\"<>{}|":  "http://example.org/a%20b%22%3C%3E%7B%7D%7C",
		"JavaScript:alert(1)":            "",
		"HTTPS://example.org/страница":   "HTTPS://example.org/страница",
	} {
		if got := web(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

// TestFeedIDs holds that an entry keeps its id whatever stands beside it, and that the bytes do not depend on the order of
// entries.
func TestFeedIDs(t *testing.T) {
	t.Parallel()
	a, b := exampleFeed(), exampleFeed()
	b.Entries[0], b.Entries[1] = b.Entries[1], b.Entries[0]
	if mustFeed(t, Atom, a) != mustFeed(t, Atom, b) || mustFeed(t, JSONFeed, a) != mustFeed(t, JSONFeed, b) {
		t.Error("the order of entries changes the bytes")
	}
	one := feedID("example", "claim/NEW")
	b.Entries = b.Entries[:1]
	if !strings.Contains(mustFeed(t, Atom, a), one) || !strings.Contains(mustFeed(t, Atom, b), one) || feedID("other", "claim/NEW") == one {
		t.Error("ids do not come from the case and the claim alone")
	}
}
