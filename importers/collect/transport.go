package collect

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// requestTime is how long one request may take, its answer included.
const requestTime = time.Minute

// A wrongAddress is why a request is not sent.
type wrongAddress string

func (w wrongAddress) Error() string { return string(w) }

var (
	errTooMany  = errors.New("it is redirected again and again")
	errOversize = errors.New("the answer is larger than may be read")
	errSlow     = fmt.Errorf("there was no whole answer within %v", requestTime)
)

// newClient follows redirects within the configured host only.
func (l *line) newClient() *http.Client {
	transport := l.job.Transport
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxResponseHeaderBytes = 1 << 20
		own.ResponseHeaderTimeout = requestTime
		transport = own
	}
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > 5 {
			return errTooMany
		}
		return l.allowed(Request{Method: req.Method, URL: req.URL.String()})
	}}
}

// allowed says why a request may not be sent: anything but the configured host would be told our token.
func (l *line) allowed(req Request) error {
	if req.Method == methodRun {
		return nil
	}
	u, err := url.Parse(req.URL)
	switch {
	case err != nil || l.base == nil:
		return wrongAddress("it is no address")
	case u.Scheme != l.base.Scheme || !strings.EqualFold(u.Host, l.base.Host) || u.User != nil:
		return wrongAddress(fmt.Sprintf("it leads to another host, %s://%s", u.Scheme, u.Host))
	case l.leaks([]byte(req.String())):
		return wrongAddress("it holds the token")
	}
	return nil
}

// ask sends a request once and reads the whole answer.
func (l *line) ask(ctx context.Context, req Request) (response, error) {
	limited, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	a, err := l.exchange(limited, req)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		err = errSlow
	}
	if err == nil && l.record != nil {
		err = l.record.write(req, a, l.scrub)
	}
	return a, err
}

func (l *line) exchange(ctx context.Context, req Request) (response, error) {
	if err := l.allowed(req); err != nil {
		return response{}, err
	}
	if req.Method == methodRun {
		return l.run(ctx, req)
	}
	r, err := http.NewRequestWithContext(ctx, req.Method, req.URL, strings.NewReader(req.Body))
	if err != nil {
		return response{}, wrongAddress("it is no address")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "aftermath")
	if req.Body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range l.vendor.header {
		r.Header.Set(name, value)
	}
	if l.source.Tenant != "" {
		r.Header.Set("X-Scope-OrgID", l.source.Tenant)
	}
	var tokens []string
	for _, s := range l.secrets {
		tokens = append(tokens, s.value)
	}
	l.vendor.sign(r.Header, l.source.Settings, tokens)
	got, err := l.client.Do(r)
	if err != nil {
		return response{}, err
	}
	defer got.Body.Close()
	// What is read here is unpacked already, so a small answer that unpacks to a large one is stopped as well.
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(got.Body, l.most+1))
	if n > l.most {
		return response{}, errOversize
	}
	if err != nil {
		return response{}, cut{err}
	}
	return response{got.StatusCode, got.Header, body.Bytes()}, nil
}

// A cut is an answer that broke off.
type cut struct{ error }

func (c cut) Unwrap() error { return c.error }
func (c cut) Error() string { return "the connection broke off in the middle of the answer" }

// isCut says whether a request that failed may succeed when it is sent again.
func isCut(err error) bool {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var network *url.Error
	switch {
	case errors.As(err, new(wrongAddress)), errors.Is(err, errTooMany), errors.Is(err, errOversize), errors.As(err, &certificate), errors.As(err, &name) && name.IsNotFound:
		return false
	}
	return errors.Is(err, errSlow) || errors.As(err, new(cut)) || errors.As(err, &network)
}

// unreachable says in words why no answer came.
func (l *line) unreachable(req Request, err error) error {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	reason, remedy := plain(err), "look at the address in the configuration"
	switch {
	case req.Method == methodRun && !errors.Is(err, errOversize):
		remedy = "run it in a shell to see why; what it says is not shown here"
	case errors.Is(err, errTooMany):
		err = errBad
	case errors.As(err, new(wrongAddress)):
		err = errBad
		remedy = "the token was not sent there; if the API has moved, write its new address into the configuration"
	case errors.Is(err, errOversize):
		err = errBad
		reason = fmt.Sprintf("the answer is larger than %d MB", l.most>>20)
		remedy = fmt.Sprintf("give a smaller window, or raise max_body_mb under [collect.%s]", l.source.Name)
	case errors.As(err, &name):
		reason = "there is no host of the name " + name.Name
	case errors.As(err, &certificate):
		reason, remedy = "the host cannot prove who it is: "+plain(certificate.Err), "look at the address, and at what stands between here and it"
	}
	return l.fault(req, reason, remedy, err)
}

// plain is what went wrong in people's words, without the request that Go puts before it.
func plain(err error) string {
	var network *url.Error
	if errors.As(err, &network) {
		err = network.Err
	}
	var dial *net.OpError
	if !errors.As(err, &dial) || dial.Op != "dial" || dial.Addr == nil {
		return err.Error()
	}
	cause := dial.Err
	if call := (*os.SyscallError)(nil); errors.As(cause, &call) {
		cause = call.Err
	}
	return fmt.Sprintf("%s cannot be reached: %v", dial.Addr, cause)
}
