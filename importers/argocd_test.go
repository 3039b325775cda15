package importers

import (
	"strings"
	"testing"
)

const argocdYAMLApp = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: orders
  namespace: argocd
spec:
  destination:
    name: prod
    namespace: shop
  source:
    path: orders
    repoURL: https://git.example.com/deploys.git
status:
  history:
  - deployStartedAt: "2026-03-04T13:59:58Z"
    deployedAt: "2026-03-04T14:00:00Z"
    id: 14
    initiatedBy:
      username: ada
    revision: ea8759964626a583667a2bfd08f334ec2070040a
  - deployedAt: "2026-03-04T14:10:00Z"
    id: 15
    initiatedBy:
      automated: true
    revision: ea8759964626a583667a2bfd08f334ec2070040a
  operationState:
    finishedAt: "2026-03-04T14:20:05Z"
    message: 'one or more objects failed to apply, reason: the queue is
      unknown'
    operation:
      initiatedBy:
        username: grace
      sync:
        revision: 79e90101242458910cccd35eab0e211dfc359c0a
    phase: Failed
    startedAt: "2026-03-04T14:20:00Z"
`

const argocdLines = "2026-03-04T14:00:00Z deploy|ada|orders|orders deployed ea875996 (history id 14)\n2026-03-04T14:10:00Z deploy|automated sync|orders|orders deployed ea875996 (history id 15)\n" +
	"2026-03-04T14:20:05Z deploy|grace|orders|orders sync failed 79e90101: one or more objects failed to apply, reason: the queue is unknown\n"

func TestArgoCD(t *testing.T) {
	app := `{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"orders","namespace":"argocd"},"spec":{},"status":{"history":[{"id":14,"revisions":["1.2.3","ea8759964626a583667a2bfd08f334ec2070040a"],"deployedAt":"2026-03-04T14:00:00Z"}],` +
		`"operationState":{"phase":"PHASE","startedAt":"2026-03-04T13:59:59Z","finishedAt":FINISHED,"message":"m"}}}`
	with := func(phase, finished string) string {
		return strings.NewReplacer("PHASE", phase, "FINISHED", finished).Replace(app)
	}
	const deployed = "2026-03-04T14:00:00Z deploy||orders|orders deployed 1.2.3, ea875996 (history id 14)\n"
	for name, c := range map[string]struct{ text, want string }{
		"YAML":                        {argocdYAMLApp, argocdLines},
		"YAML in several documents":   {argocdYAMLApp + "---\n" + argocdYAMLApp, argocdLines},
		"a list in YAML":              {"apiVersion: v1\nitems:\n- " + strings.ReplaceAll(strings.TrimRight(argocdYAMLApp, "\n"), "\n", "\n  ") + "\nkind: List\nmetadata:\n  resourceVersion: \"\"\n", argocdLines},
		"a sync that is in history":   {with("Succeeded", `"2026-03-04T14:00:00Z"`), deployed},
		"a sync that runs":            {with("Running", `null`), deployed + "2026-03-04T13:59:59Z deploy||orders|orders sync running\n"},
		"a list in JSON":              {`{"apiVersion":"v1","kind":"List","items":[` + with("Error", `"2026-03-04T14:00:01Z"`) + `]}`, deployed + "2026-03-04T14:00:01Z deploy||orders|orders sync error: m\n"},
		"what argocd app list writes": {`[` + strings.Replace(with("Succeeded", `"2026-03-04T14:00:00Z"`), `"apiVersion":"argoproj.io/v1alpha1","kind":"Application",`, "", 1) + `]`, deployed},
		"the history alone":           {`[{"id":14,"revision":"ea8759964626a583667a2bfd08f334ec2070040a","deployedAt":"2026-03-04T14:00:00Z","source":{"repoURL":"https://git.example.com/x"}}]`, "2026-03-04T14:00:00Z deploy|||deployed ea875996 (history id 14)\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "argocd", c.text, c.want) })
	}
}

func TestArgoCDRefusals(t *testing.T) {
	wantRefused(t, "argocd", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: orders}\n", "save it again with -o json")
	wantRefused(t, "argocd", "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: shop\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: orders\n", "only applications", "no history")
	wantRefused(t, "argocd", `{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"a"},"status":{"history":[{"id":1}]}}`, "no time")
}

func FuzzArgoCD(f *testing.F) {
	fuzzSource(f, "argocd", "x.yaml", argocdYAMLApp, `{"apiVersion":"argoproj.io/v1alpha1","kind":"List","items":[{"metadata":{"name":"a"},"status":{"history":[{"id":1,"deployedAt":"2026-03-04T14:00:00Z"}],"operationState":{"phase":"Failed","startedAt":"2026-03-04T14:00:00Z"}}}]}`)
}
