// Command aftermath walks a facilitator through a post-incident retrospective and stays until the system
// behaves differently. This file only wires: the world to the commands, the commands to the screen.
package main

//go:generate go test ./docs -update

import (
	"cmp"
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"aftermath/cli"
)

// version is set when a release is built; otherwise the module's own is used.
var version = ""

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, cli.Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Version:  versionName(),
		Now:      time.Now,
		Random:   rand.Reader,
		File:     cmp.Or(os.Getenv("AFTERMATH_FILE"), filepath.Join(xdg.DataHome, "aftermath", "retros.db")),
		Config:   filepath.Join(xdg.ConfigHome, "aftermath", "config.toml"),
		Named:    os.Getenv("AFTERMATH_CONFIG"),
		Leases:   filepath.Join(xdg.StateHome, "aftermath", "sites"),
		Author:   account(),
		Zone:     zone(),
		Terminal: terminal,
		Screen:   screen,
	}, os.Args[1:])
	stop()
	os.Exit(code)
}

func versionName() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

// account is the name of who works here, until the configuration says otherwise.
func account() string {
	if name := cmp.Or(os.Getenv("USER"), os.Getenv("USERNAME")); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

// zone is the machine's zone by its name, which can be stored and shown; Go itself only calls it Local.
func zone() *time.Location {
	if name := os.Getenv("TZ"); name != "" {
		if z, err := time.LoadLocation(strings.TrimPrefix(name, ":")); err == nil {
			return z
		}
	}
	if path, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(filepath.ToSlash(path), "/zoneinfo/"); ok {
			if z, err := time.LoadLocation(name); err == nil {
				return z
			}
		}
	}
	return time.UTC
}
