package collect

import (
	"context"
	"encoding/csv"
	"errors"
	"strings"
)

// program is the request that a program answers. An argument with a space in it is quoted.
func program(args ...string) Request {
	var text strings.Builder
	w := csv.NewWriter(&text)
	w.Comma = ' '
	w.Write(args)
	w.Flush()
	return Request{Method: methodRun, URL: strings.TrimSuffix(text.String(), "\n")}
}

// run answers a request with what a program prints. It is started without a shell.
func (l *line) run(ctx context.Context, req Request) (response, error) {
	if replay, ok := l.job.Transport.(*Replay); ok {
		x := replay.answer(req)
		return response{x.Status, x.Header, x.bytes()}, nil
	}
	r := csv.NewReader(strings.NewReader(req.URL))
	r.Comma = ' '
	args, err := r.Read()
	if err != nil {
		return response{}, errors.New("it is no command")
	}
	out, err := output(ctx, args, int(l.most))
	if errors.Is(err, errTooLarge) {
		return response{}, errOversize
	}
	if err != nil {
		return response{}, errors.New("the program " + err.Error())
	}
	return response{body: out}, nil
}
