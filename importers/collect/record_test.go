package collect

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aftermath/model"
)

// TestRecordingsPlayAgain records every visit, and collects the same from the recording: over a socket, and in
// its own name without one.
func TestRecordingsPlayAgain(t *testing.T) {
	for name, v := range visits {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			source := v.source
			source.Address = newAPI(t, v.signed, v.replies).URL + v.path
			x := newTrial(source)
			x.Record = folder
			want := x.run(t)
			withoutToken(t, folder)
			replay, err := OpenReplay(filepath.Join(folder, source.Name))
			if err != nil {
				t.Fatal(err)
			}
			y := newTrial(source)
			y.Transport = replay
			got := y.run(t)
			if got.State != want.State || !slices.Equal(requests(got.Pages), requests(want.Pages)) {
				t.Errorf("without a socket: %v, %q", got.Err, names(got.Pages))
			}
			replay, _ = OpenReplay(filepath.Join(folder, source.Name))
			z := newTrial(source)
			z.Sources[0].Address = newAPIOf(t, replay).URL + v.path
			got = z.run(t)
			if d := cmp.Diff(names(want.Pages), names(got.Pages)); d != "" || got.State != want.State {
				t.Errorf("over a socket: %v %s", got.Err, d)
			}
		})
	}
}

// withoutToken looks through all files of a recording, which nobody else may read.
func withoutToken(t *testing.T, folder string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), token) || strings.Contains(string(text), basic("ada", token)) || strings.Contains(string(text), "Authorization") {
			t.Errorf("%s holds the token", path)
		}
		if info, _ := d.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", path, info.Mode())
		}
		return err
	})
	if err != nil || n == 0 {
		t.Error("the recording:", n, err)
	}
}

func TestRefusalsAreRecordedWithoutTheToken(t *testing.T) {
	folder := t.TempDir()
	replies, source := twoPages(reply{status: 429, header: map[string]string{"Retry-After": "3", "Set-Cookie": "session=" + token, "X-RateLimit-Who": token}},
		reply{status: 401, body: `{"message":"no such token: ` + token + `"}`})
	source.Address = newAPI(t, pagerdutySigned, replies).URL
	x := newTrial(source)
	x.Record = folder
	x.run(t)
	withoutToken(t, folder)
	replay, err := OpenReplay(filepath.Join(folder, "pagerduty"))
	if err != nil {
		t.Fatal(err)
	}
	y := newTrial(source)
	y.Transport = replay
	if out := y.run(t); out.State != Failed || len(y.waits) != 1 || !strings.Contains(out.Err.Error(), "401 Unauthorized") {
		t.Errorf("%v after %v", out.Err, y.waits)
	}
}

func TestReplayRefusesInWords(t *testing.T) {
	folder := t.TempDir()
	if _, err := OpenReplay(folder); model.KindOf(err) != model.FaultInput || !strings.Contains(err.Error(), "it holds no recording") {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "0001.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReplay(folder); model.KindOf(err) != model.FaultInput || !strings.Contains(err.Error(), "it is no recorded exchange") {
		t.Error(err)
	}
	req, _ := http.NewRequest("GET", "https://api.example.com/other?b=1", nil)
	if res, err := NewReplay().RoundTrip(req); err != nil || res.StatusCode != 404 {
		t.Error(res, err)
	}
}

func TestRecordingGoesOn(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		replies, source := slackUsers()
		source.Address = newAPI(t, bearerOf, replies).URL
		x := newTrial(source)
		x.Record = folder
		x.run(t)
	}
	if files, _ := filepath.Glob(filepath.Join(folder, "slack", "*.json")); len(files) != 2 {
		t.Errorf("%q", files)
	}
}

// A recording goes on after what is in its folder, and writes over nothing there.
func TestARecordingWritesOverNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "slack"), 0o700); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "slack", "0003.json") // 1 and 2 were removed
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := newRecorder(dir, "slack")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := r.write(Request{Method: "GET", URL: "https://example.com"}, response{status: 200}, func(s string) string { return s }); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(mine); err != nil || string(kept) != "mine" {
		t.Errorf("it was written over: %q, %v", kept, err)
	}
}
