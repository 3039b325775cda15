package docs

import (
	"slices"
	"strings"
	"testing"

	"aftermath/config"
	"aftermath/importers/collect"
)

func TestCollect(t *testing.T) {
	p := &page{}
	p.line("# Collecting from live APIs")
	p.line("")
	p.line("`aftermath collect KEY` asks every source that has a table in config.toml what happened around the incident: from an hour")
	p.line("before it started to an hour after it was resolved, or from `--from` to `--to`. config.example.toml shows a table for every")
	p.line("source. A source without a table is never asked, and no host but that of its address.")
	p.line("")
	p.head("table", "asks", "token from", "own keys", "skip can leave out")
	for _, v := range collect.Vendors() {
		address := "an address of yours"
		if v.Address != "" {
			address = v.Address
		}
		if v.Name == "kubernetes" {
			address = "kubectl"
		}
		tokens := "needs none"
		if len(v.Tokens) > 0 {
			tokens = code(strings.Join(v.Tokens, "`, `"))
		}
		own := slices.DeleteFunc(config.KeysOf(v.Name), func(key string) bool { return slices.Contains(config.SharedKeys(), key) })
		p.row(code("[collect."+v.Name+"]"), address, tokens, codes(own), codes(config.PartsOf(v.Name)))
	}
	p.line("")
	p.line("## Tokens")
	p.line("")
	p.line("A token stands in an environment variable, the one above or the one that `token_env` names, or a program prints it:")
	p.line("`token_cmd = [\"pass\", \"show\", \"slack\"]` is run without a shell for at most a minute, and what it prints is shown nowhere. A")
	p.line("configuration that holds a token itself is refused. No token gets into the data file, an error, a remark or a recording, and")
	p.line("an answer that repeats one is not kept. Give each token the right to read and nothing else. For Slack make an internal app:")
	p.line("apps that are sold to others may ask once a minute only.")
	p.line("")
	p.line("## What is kept")
	p.line("")
	p.line("Each answer is kept as it came before anything is read from it, with its request, time, who asked, and SHA-256. Then the same")
	p.line("readers as those of `import` read it. Every list is followed to its end or to the end of the window. A wait that a vendor asks")
	p.line("for is waited up to a quarter of an hour; a longer one ends the collection with a sentence. Collecting again goes on where it")
	p.line("broke off: what was kept is not asked for again, provided that the window was over when it was kept, or that this was a")
	p.line("quarter of an hour ago at most. A collection that was complete is made anew, since more may have come to light.")
	p.line("")
	p.line("An answer that is cut off, empty, a web page or larger than `max_body_mb` is not kept. Neither a redirect nor a link leads to")
	p.line("another host; a proxy that HTTPS_PROXY names is used. Thread replies in Slack are found by their parents, so a thread that")
	p.line("began before the window is missing unless a reply was also sent to the channel. Kubernetes and Alertmanager forget soon:")
	p.line("collect while the incident lasts.")
	p.line("")
	p.line("A page that is refused, does not come whole or cannot be read keeps no other back, within its source or beside it. The")
	p.line("sentence at the end names it, the exit status is 4 where the source was at fault and 3 where the configuration or the page")
	p.line("is, and what came is in the timeline. After two requests in a row without a page the rest of that source is not asked for.")
	p.line("")
	p.line("## Queries")
	p.line("")
	p.line("Prometheus and Loki are asked the `queries` of their tables. Each is a text, or a table with a threshold:")
	p.line("")
	p.line("```toml")
	p.line("[collect.prometheus]")
	p.line(`address = "https://prometheus.example.com"`)
	p.line("queries = [")
	p.line(`  "up",`)
	p.line("  {query = \"sum(rate(http_requests_total{code=~\\\"5..\\\"}[1m]))\", above = 0.8, title = \"Errors a second\"},")
	p.line(`  {query = "min(probe_success)", below = 1},`)
	p.line("]")
	p.line("```")
	p.line("")
	p.line("With `above`, `below` or both, every stretch of a series beyond its threshold becomes an event of kind metric, with its peak. A")
	p.line("query without either asks nothing: each of its series becomes one event over the time of its values, titled with the lowest")
	p.line("and the highest. All points of either stay in the kept page, to which the event leads (`o` on the timeline, or `aftermath")
	p.line("origin`). `--above` and `--below` hold for all queries that have no threshold of their own. The title stands in place of the")
	p.line("metric's name; changing it brings no event twice.")
	p.line("")
	p.line("Prometheus is asked for values every 15 seconds, and further apart where the window is longer than some 40 hours. So an alert")
	p.line("starts at the first of these moments at which it fired; Alertmanager knows its start to the millisecond.")
	p.line("")
	p.line("## Recordings")
	p.line("")
	p.line("`--record DIR` writes every exchange into a folder of the source's name, as JSON in files that are numbered in their order:")
	p.line("")
	p.line("```json")
	p.line("{")
	p.line(`  "request": "GET https://api.example.com/things?limit=100",`)
	p.line(`  "posted": "the body of a POST",`)
	p.line(`  "status": 200,`)
	p.line(`  "header": {"Link": ["<https://api.example.com/things?page=2>; rel=\"next\""]},`)
	p.line(`  "body": "the answer, or raw: the answer in base64 where it is not UTF-8"`)
	p.line("}")
	p.line("```")
	p.line("")
	p.line("Headers are those that paging and limits need. `--replay DIR` answers from such a folder in place of the network and of the")
	p.line("tokens; the window and the sources must be those of the recording. Recordings hold what your tools answered: look at them")
	p.line("before you pass them on.")
	p.hold(t, "collect.md")
}

func codes(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return code(strings.Join(words, "`, `"))
}
