package importers

import (
	"strings"
	"testing"
)

const kubernetesCore = `{"apiVersion":"v1","kind":"Event","metadata":{"name":"orders.1","namespace":"shop","uid":"U1","creationTimestamp":"2026-03-04T14:09:00Z"},"involvedObject":{"kind":"Deployment","namespace":"shop","name":"orders"},
 "reason":"ScalingReplicaSet","message":"Scaled up replica set orders-7 to 3","source":{"component":"deployment-controller"},"firstTimestamp":"2026-03-04T14:00:00Z","lastTimestamp":"2026-03-04T14:00:00Z","count":1,"type":"Normal","eventTime":null}`

const kubernetesNew = `{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"uid":"U2","namespace":"shop"},"regarding":{"kind":"Pod","namespace":"shop","name":"orders-7-x"},"reason":"BackOff","note":"Back-off restarting failed container","type":"Warning",
 "reportingController":"kubelet","eventTime":"2026-03-04T14:01:00.123456Z","series":{"count":60,"lastObservedTime":"2026-03-04T14:05:00.000001Z"},"deprecatedFirstTimestamp":"2026-03-04T13:59:00Z","deprecatedCount":9}`

func TestKubernetes(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"a list of both forms", `{"kind":"List","items":[` + kubernetesCore + "," + kubernetesNew + `,{"kind":"Pod","metadata":{"name":"x"}},{"kind":"Event","reason":"Odd","involvedObject":{}}]}`,
			"2026-03-04T14:00:00Z deploy|deployment-controller|shop|ScalingReplicaSet orders: Scaled up replica set orders-7 to 3\n" +
				"2026-03-04T14:01:00.123456Z signal|kubelet|shop|BackOff orders-7-x ×60: Back-off restarting failed container\n", 2},
		{"a watch", `{"type":"ADDED","object":` + strings.ReplaceAll(strings.ReplaceAll(kubernetesNew, "60", "2"), "14:05", "14:02") + "}\n" + `{"type":"MODIFIED","object":` + kubernetesNew + "}\n" +
			`{"type":"BOOKMARK","object":{"kind":"Event"}}` + "\n" + `{"type":"ERROR","object":{"kind":"Status","message":"too old"}}`,
			"2026-03-04T14:01:00.123456Z signal|kubelet|shop|BackOff orders-7-x ×60: Back-off restarting failed container\n", 2},
		{"one event after the other", kubernetesCore + "\n" + kubernetesCore,
			"2026-03-04T14:00:00Z deploy|deployment-controller|shop|ScalingReplicaSet orders: Scaled up replica set orders-7 to 3\n", 0},
		{"flattened", `{"items":[{"namespace":"shop","lastTimestamp":"2026-03-04T16:00:00+02:00","reason":"FailedUpdate","message":"requeue","type":"Warning"}]}`,
			"2026-03-04T14:00:00Z signal||shop|FailedUpdate: requeue\n", 0},
		{"an audit log", `{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"A","stage":"ResponseComplete","requestURI":"/apis/apps/v1/namespaces/shop/deployments/orders/scale","verb":"patch","user":{"username":"ada"},"objectRef":{"resource":"deployments","namespace":"shop","name":"orders","subresource":"scale"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-03-04T14:00:00.000001Z","stageTimestamp":"2026-03-04T14:00:00.1Z"}`,
			"2026-03-04T14:00:00.000001Z change|ada|shop|patch deployments/orders/scale: 200\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "k.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "kubernetes" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "kubernetes", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
		})
	}
	g := gather(t, "kubernetes", Options{}, write(t, "k.json", kubernetesNew)...)
	if e := g.events[0]; e.ExternalID != "kubernetes:event:U2" || e.End.Minute() != 5 || e.Body != "Pod shop/orders-7-x" {
		t.Errorf("got %+v", e)
	}
}

func TestKubernetesText(t *testing.T) {
	yaml := "apiVersion: v1\nitems:\n- apiVersion: v1\n  count: 2\n  firstTimestamp: \"2026-03-04T14:00:00Z\"\n  lastTimestamp: \"2026-03-04T14:05:00Z\"\n  involvedObject:\n    kind: Pod\n    name: orders-1\n    namespace: shop\n" +
		"  kind: Event\n  message: back-off\n  metadata:\n    uid: U1\n  reason: BackOff\n  type: Warning\n- kind: Event\n  involvedObject:\n    kind: Pod\nkind: List\n"
	g := gather(t, "auto", Options{}, write(t, "events.yaml", yaml)...)
	wantLines(t, g, "2026-03-04T14:00:00Z signal||shop|BackOff orders-1 ×2: back-off\n")
	if g.reading.Refused != 1 || g.events[0].ExternalID != "kubernetes:event:U1" {
		t.Errorf("got %s", g.tale())
	}
	pod := "Name:         orders-1\nNamespace:    shop\nStart Time:   Wed, 04 Mar 2026 15:00:00 +0100\nContainers:\n  app:\n    State:          Running\n      Started:      Wed, 04 Mar 2026 15:10:00 +0100\n" +
		"    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n      Finished:     Wed, 04 Mar 2026 15:09:00 +0100\n" +
		"Events:\n  Type     Reason   Age  From     Message\n  ----     ------   ---  ----     -------\n  Warning  BackOff  5m   kubelet  back-off\n"
	g = gather(t, "auto", Options{}, write(t, "pod.txt", pod)...)
	wantLines(t, g, "2026-03-04T14:10:00Z log|kubelet|shop|app started\n2026-03-04T14:09:00Z signal|kubelet|shop|app finished: OOMKilled (exit code 137)\n")
	if g.reading.Refused != 1 || g.reading.Refusals[0].Line != 15 || !strings.Contains(g.reading.Refusals[0].Reason, "ages and no times") {
		t.Errorf("got %s", g.tale())
	}
}

func TestKubernetesFormsThatAreSentBack(t *testing.T) {
	for text, words := range map[string]string{
		"LAST SEEN   TYPE     REASON    OBJECT   MESSAGE\n5m   Warning   BackOff   pod/x   back-off\n": "ages",
	} {
		for _, name := range []string{"kubernetes", "auto"} {
			wantFault(t, gather(t, name, Options{}, write(t, "k", text)...).err, words, "-o json")
		}
	}
}

func FuzzKubernetes(f *testing.F) {
	fuzzSource(f, "kubernetes", "x.json", `{"items":[`+kubernetesCore+`]}`, kubernetesNew, `{"type":"ADDED","object":{"reason":"x","lastTimestamp":"2026-03-04T14:00:00Z"}}`, "apiVersion: v1\nkind: Event\n")
}
