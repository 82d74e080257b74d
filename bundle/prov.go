package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// provenance is a document of PROV-JSON under way: a section, a record, its attributes.
type provenance struct {
	doc   map[string]map[string]entity
	edges int
}

// node adds a record under a name of its own.
func (p *provenance) node(section, id string, attributes entity) {
	if p.doc[section] == nil {
		p.doc[section] = map[string]entity{}
	}
	for k, v := range attributes {
		if v == "" {
			delete(attributes, k)
		}
	}
	p.doc[section][id] = attributes
}

// edge adds a relation, which has no name of its own.
func (p *provenance) edge(section string, attributes entity) {
	p.edges++
	p.node(section, fmt.Sprintf("_:r%06d", p.edges), attributes)
}

// provID is a qualified name of our namespace; what a name cannot have is escaped as in an address.
func provID(kind string, parts ...string) string {
	for i, s := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return "hr:" + kind + "/" + strings.Join(parts, "/")
}

// provType is a value that is a qualified name.
func provType(name string) entity { return entity{"$": name, "type": "prov:QUALIFIED_NAME"} }

// WriteProv returns the provenance of a bundle's figures in PROV-JSON: claims, sources, bound figures, tables and the results of
// the run are entities; entering claims and the run are activities; publishers, those who entered claims and the program are
// agents. A claim is derived from its source, a figure from its claims, and a claim from the one that it supersedes, as a revision
// of it; a retracted claim was invalidated by the entering of what retracts it. PROV has no word for claims that contradict
// each other: these are attributes. Where claims are not in the log, nothing says when they were entered.
func (b *Bundle) WriteProv(g claimlog.Ledger, l *claimlog.Log) ([]byte, error) {
	p := &provenance{doc: map[string]map[string]entity{}}
	p.node("agent", "hr:headroom", entity{"prov:type": provType("prov:SoftwareAgent"), "prov:label": "Headroom " + b.Program.Version, "hr:commit": b.Program.Commit})
	for _, s := range g.Sources {
		p.source(s)
	}
	entered := map[string]string{} // activity that entered a claim
	for _, e := range l.Entries {
		if e.Action != claimlog.ActionBind {
			entered[e.Claim["claim_id"]] = p.entry(e)
		}
	}
	for _, c := range g.Claims {
		p.claim(c, g, entered)
	}
	for _, x := range g.Bindings {
		p.binding(x)
	}
	p.run(b)
	doc := map[string]any{"prefix": entity{"hr": "urn:headroom:", "prov": "http://www.w3.org/ns/prov#"}}
	for section, records := range p.doc {
		doc[section] = records
	}
	doc["entity"].(map[string]entity)[provID("log")] = entity{"prov:label": "log of claims", "hr:entries": b.Head.Entries, "hr:head": b.Head.Hash}
	return indented(doc)
}

// source adds a source and its publisher.
func (p *provenance) source(s headroom.Source) {
	id := provID("source", s.ID)
	p.node("entity", id, entity{"prov:type": provType("hr:Source"), "prov:label": s.Title, "hr:kind": s.Kind, "hr:url": s.URL, "hr:published_on": s.PublishedOn})
	if s.Publisher != "" {
		p.node("agent", provID("publisher", s.Publisher), entity{"prov:type": provType("prov:Organization"), "prov:label": s.Publisher})
		p.edge("wasAttributedTo", entity{"prov:entity": id, "prov:agent": provID("publisher", s.Publisher)})
	}
}

// entry adds the activity of which an entry of the log is part: all that one person entered at one time.
func (p *provenance) entry(e claimlog.Entry) string {
	id, who := provID("entering", e.At, e.By), provID("person", e.By)
	if _, ok := p.doc["activity"][id]; !ok {
		p.node("activity", id, entity{"prov:type": provType("hr:Entering"), "prov:startTime": e.At, "prov:endTime": e.At})
		if e.By != "" {
			p.node("agent", who, entity{"prov:type": provType("prov:Person"), "prov:label": e.By})
			p.edge("wasAssociatedWith", entity{"prov:activity": id, "prov:agent": who})
		}
	}
	return id
}

// claim adds a claim and its relations.
func (p *provenance) claim(c headroom.Claim, g claimlog.Ledger, entered map[string]string) {
	id := provID("claim", c.ID)
	i := slices.IndexFunc(g.Sources, func(s headroom.Source) bool { return s.ID == c.Source })
	var source headroom.Source
	if i >= 0 {
		source = g.Sources[i]
	}
	p.node("entity", id, entity{
		"prov:type": provType("hr:Claim"), "prov:label": strings.TrimSpace(c.Subject + ": " + c.Quantity), "prov:value": c.Value, "hr:unit": c.Unit, "hr:status": c.Status,
		"hr:content": claimlog.ContentID(c, source), "hr:as_of": c.AsOf.String(), "hr:locator": c.Locator, "hr:contradicts": strings.Join(c.Contradicts, " "),
	})
	if activity := entered[c.ID]; activity != "" {
		p.edge("wasGeneratedBy", entity{"prov:entity": id, "prov:activity": activity})
		for _, r := range c.Retracts {
			p.edge("wasInvalidatedBy", entity{"prov:entity": provID("claim", r), "prov:activity": activity, "hr:because": id})
		}
	}
	if i >= 0 {
		p.derived(id, provID("source", c.Source), "prov:PrimarySource")
	}
	for _, s := range c.Supersedes {
		p.derived(id, provID("claim", s), "prov:Revision")
	}
}

// derived adds a derivation of a kind, "" for none.
func (p *provenance) derived(from, used, kind string) {
	e := entity{"prov:generatedEntity": from, "prov:usedEntity": used}
	if kind != "" {
		e["prov:type"] = provType(kind)
	}
	p.edge("wasDerivedFrom", e)
}

// binding adds a figure and what it is derived from.
func (p *provenance) binding(x headroom.Binding) {
	id := provID("figure", x.Table, x.RowKey, x.Column)
	p.node("entity", id, entity{"prov:type": provType("hr:Figure"), "hr:basis": x.Kind, "hr:formula": x.Formula, "hr:chosen_because": x.ChosenBecause, "hr:alternatives": strings.Join(x.Alternatives, " ")})
	for _, c := range x.Claims {
		p.derived(id, provID("claim", c), "")
	}
	p.edge("hadMember", entity{"prov:collection": provID("table", x.Table), "prov:entity": id})
}

// run adds the tables of the case, and the run with its results.
func (p *provenance) run(b *Bundle) {
	for _, f := range b.Case {
		name, _, _ := strings.Cut(f.Name, ".")
		if strings.HasSuffix(f.Name, ".csv") || f.Name == "case.yaml" {
			p.node("entity", provID("table", name), entity{"prov:type": provType("prov:Collection"), "prov:label": f.Name, "hr:sha256": sha(f.Data)})
		}
	}
	if len(b.Run) == 0 {
		return
	}
	p.node("activity", "hr:run", entity{"prov:type": provType("hr:Run"), "prov:label": "headroom " + b.RunKind})
	p.edge("wasAssociatedWith", entity{"prov:activity": "hr:run", "prov:agent": "hr:headroom"})
	for _, id := range slices.Sorted(maps.Keys(p.doc["entity"])) {
		if strings.HasPrefix(id, "hr:table/") {
			p.edge("used", entity{"prov:activity": "hr:run", "prov:entity": id})
		}
	}
	for _, f := range b.Run {
		id := provID("result", f.Name)
		p.node("entity", id, entity{"prov:type": provType("hr:Result"), "prov:label": f.Name, "hr:sha256": sha(f.Data)})
		p.edge("wasGeneratedBy", entity{"prov:entity": id, "prov:activity": "hr:run"})
	}
}

// sha is the SHA-256 of a file in hexadecimal.
func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
