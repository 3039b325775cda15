package collect

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"aftermath/model"
)

// A tokenPlace is where a credential of a vendor comes from when nothing is configured.
type tokenPlace struct {
	env      string
	optional bool // the vendor can be asked without
}

// A secret is a credential and where it came from, for the sentence about one that is refused.
type secret struct{ value, origin string }

// tokenTime is how long a program may take to print a token; a person may have to unlock something.
const tokenTime = time.Minute

// secrets finds the credentials of a source.
func (s Source) secrets(ctx context.Context, v *vendor, job *Job) ([]secret, error) {
	var all []secret
	for i, place := range v.tokens {
		env, cmd := s.TokenEnv, s.TokenCmd
		if i == 1 {
			env, cmd = s.AppKeyEnv, s.AppKeyCmd
		}
		named := env != "" || len(cmd) > 0
		if env == "" {
			env = place.env
		}
		found := secret{origin: "the environment variable " + env}
		if len(cmd) > 0 {
			found.origin = "the command " + filepath.Base(cmd[0])
			text, err := printed(ctx, cmd)
			if err != nil {
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				return nil, s.fault(model.FaultInput, found.origin+" "+err.Error(), "run it in a shell to see what it prints; its output is never shown here")
			}
			found.value = text
		} else {
			found.value = strings.TrimSpace(job.getenv(env))
		}
		switch {
		case found.value == "" && (named || !place.optional):
			return nil, s.fault(model.FaultInput, found.origin+" gives no token",
				fmt.Sprintf("put the token into it, or name another place with token_env or token_cmd under [collect.%s]", s.Name))
		case strings.ContainsFunc(found.value, func(r rune) bool { return r <= ' ' || r > '~' }):
			return nil, s.fault(model.FaultInput, "what "+found.origin+" gives is not one word", "a token is one line of letters, digits and signs")
		}
		all = append(all, found)
	}
	return all, nil
}

// printed runs a program without a shell and gives the line that it prints. What it prints to stderr is
// dropped, because nobody knows what it holds.
func printed(ctx context.Context, cmd []string) (string, error) {
	limited, cancel := context.WithTimeout(ctx, tokenTime)
	defer cancel()
	out, err := output(limited, cmd, 64<<10)
	switch {
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("did not end within %v", tokenTime)
	case err != nil:
		return "", err
	}
	return string(bytes.TrimSpace(out)), nil
}

// output runs a program and gives what it prints, up to a number of bytes. The error continues a sentence
// that begins with the program.
func output(ctx context.Context, cmd []string, most int) ([]byte, error) {
	var out cappedBuffer
	out.left = most
	c := exec.CommandContext(ctx, cmd[0], cmd[1:]...)
	c.Stdout = &out
	c.WaitDelay = time.Second
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case out.over:
		return nil, errTooLarge
	case errors.As(err, &exit):
		return nil, fmt.Errorf("ended with status %d", exit.ExitCode())
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("was not found")
	case err != nil:
		return nil, errors.New("could not be run")
	}
	return out.text.Bytes(), nil
}

var errTooLarge = errors.New("prints more than may be read")

// A cappedBuffer takes no more than so many bytes; then it stops the program that writes. It is no bytes.Buffer
// itself, because everything would be read into one past Write.
type cappedBuffer struct {
	text bytes.Buffer
	left int
	over bool
}

func (b *cappedBuffer) Write(p []byte) (int, error) {
	if len(p) > b.left {
		b.over = true
		return 0, errTooLarge
	}
	b.left -= len(p)
	return b.text.Write(p)
}

func basic(user, token string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + token))
}
