# The rows of the table, read by bench/run. Each says what is compared with what, and the ratio wanted.

if some S1 S2 S3; then filled I incidents 10; fi

if have S1 ttybench; then
  tty S1 "${idle[@]}" --wait-text "$started" --quit q $(home I10) --vs --wait-text ready "${floor[@]}"
  told S1 S1 text_ms 1.5 'first full screen, ms'
  told S1 S1 start_cpu_ms '' 'processor time of the start, ms'
fi
if have S2 ttybench; then
  filled I incidents "$many"
  imported "$big"
  tty S2 --idle 0 --wait-text "$started" --quit q $(home "I$many") --vs $(home I10)
  told S2 S2 text_ms 1.25 "$many incidents against 10, ms"
  tty S2 --idle 0 --wait-text Bench --quit q $(home "F$big") --vs --wait-text "$started" $(home I10)
  told S2 S2 text_ms 1.25 "$big events against 10 incidents, ms"
fi
if have S3 ttybench; then
  tty S3 --idle 0 --mute --wait-text "$started" --quit q $(home I10) --vs --mute=false $(home I10)
  told S3 S3 text_ms 1.1 'a silent terminal, ms'
fi
if have S4 git; then
  against S4 'version' 8 -runs "$shots" "$our --version" 'git --version'
  against S4 'help' 8 -runs "$shots" "$our --help" 'git --version'
fi
if have S5 sqlite3; then
  imported 100000
  plain 100000
  against S5 'first 50 events' 5 -runs "$shots" "$our --file $work/F100000.db events $key --limit 50 --json" "sqlite3 $work/ref100000.db 'select * from ev order by time limit 50'"
fi

if some K1 K5 K6 R1 R2 R4; then
  imported 100000
  if have K1 ttybench || have K5 ttybench || have K6 ttybench || have R1 ttybench || have R2 ttybench || have R4 ttybench; then
    tty K1 "${idle[@]}" --wait-text "$shown" --setup Home --keys "$moving" --hold Down@30x90 --quit q $(timeline F100000) --vs --wait-text ready "${floor[@]}"
  fi
fi
if have K1 ttybench; then
  told K1 K1 key_p50_ms 1.2 'move in 100k events, p50 ms'
  told K1 K1 key_p99_ms 1.5 'move in 100k events, p99 ms'
  told K1 K1 key_max_ms 2 'move in 100k events, max ms'
fi
if have K2 ttybench; then
  imported 1000
  for n in 10000 100000 1000000; do
    [ "$n" -le "$big" ] || continue
    imported "$n"
    tty K2 --idle 0 --wait-text "$shown" --setup Home --keys "$moving" --quit q $(timeline "F$n") --vs $(timeline F1000)
    told K2 K2 key_p50_ms 1.1 "$n events against 1000, p50 ms"
    told K2 K2 key_p99_ms 1.25 "$n events against 1000, p99 ms"
    told K2 K2 rss_mb 1.3 "$n events against 1000, MiB"
  done
fi
if have K3 ttybench; then
  imported 100000
  tty K3 --idle 0 --wait-text "$shown" --keys "$(printf '1 2 3 4 5 6 7 %.0s' 1 2 3 4 5 6 7 8 9 10)" --quit q $(timeline F100000) --vs --wait-text ready --keys 'Down*70' "${floor[@]}"
  told K3 K3 key_p50_ms '' 'from step to step, p50 ms'
  told K3 K3 key_p99_ms 1.5 'from step to step, p99 ms'
fi
if have K4 ttybench; then
  imported 100000
  for size in 200x50 300x80; do
    tty K4 --idle 0 --size "$size" --wait-text "$shown" --setup Home --keys "$moving" --quit q $(timeline F100000) --vs --wait-text ready "${floor[@]}"
    told K4 K4 key_p99_ms 1.5 "$size, p99 ms"
  done
fi
if have K5 ttybench; then
  told K1 K5 hold_lag_ms 2 'held key, lag ms'
  told K1 K5 hold_cpu_pct 3 'held key, % of a core'
fi
if have K6 ttybench; then
  told K1 K6 key_bytes 3 'bytes a key'
  told K1 K6 key_cpu_ms 3 'processor time a key, ms'
fi
if have K7 ttybench; then
  imported 100000
  tty K7 --idle 0 --wait-text "$shown" --keys "$(printf 'Resize:80x24 Resize:200x50 Resize:120x40 %.0s' 1 2 3 4 5 6 7)" --quit q $(timeline F100000) --vs --wait-text ready "${floor[@]}"
  told K7 K7 key_p95_ms 2 'resize, p95 ms'
fi

# The letters of a filter, each waited for until it has settled: the list, then the strip.
letters='/ c h e c k o u t'
narrowed() { tty "$1" --idle 0 --quiet 250ms --wait-text "$shown" --keys "$letters" --quit C-c $(timeline "F$2") --vs "${@:3}"; }
if have K8 ttybench fzf; then
  imported 100000
  tail -n +2 "$work/E100000.csv" | cut -d, -f6 >"$work/lines100000.txt"
  narrowed K8 100000 --wait-text 100000/100000 --keys 'c h e c k o u t' sh -c "exec fzf < $work/lines100000.txt"
  told K8 K8 key_p50_ms 1 'filter 100k events, settled, p50 ms'
  narrowed K8 100000 --wait-text ready --keys 'Down*8' "${floor[@]}"
  told K8 K8 key_first_ms 1.5 'filter 100k events, a letter seen, ms'
fi
if have K9 ttybench && [ -z "$quick" ]; then
  imported 100000
  imported "$big"
  narrowed K9 "$big" $(timeline F100000)
  told K9 K9 key_p50_ms 3 "filter $big events against 100k, settled, p50 ms"
  told K9 K9 key_first_ms 1.1 "filter $big events against 100k, a letter seen, ms"
fi
if have K10 ttybench; then
  events "$big" csv
  imported 1000
  cp "$work/F1000.db" "$work/K10.db"
  # An import that goes on for seconds, while the questions of the frame are walked through and answered.
  tty K10 --idle 0 --wait-text "$shown" --setup "i $work/E$big.csv Enter Wait:enter Enter Esc 1" --keys 'Down*20 Up*20 Down*20 Up*20 Enter t y p i n g' --quit 'Escape Escape C-c' $(timeline K10) --vs --wait-text ready --setup '' --keys 'Down*40' "${floor[@]}"
  told K10 K10 key_p99_ms 2.5 "typing while $big events come in, p99 ms"
fi

if have R1 ttybench; then told K1 R1 idle_cpu_pct 1.5 'at rest, % of a core'; fi
if have R2 ttybench; then told K1 R2 rss_mb 4 '100k events, MiB'; fi
if have R3; then
  size=$(wc -c <"$our")
  # The bare pair of the screen library and the database, built from the same versions.
  pairSize=8300000
  row R3 'binary, MB' "$(awk "BEGIN { print $size / 1e6 }")" 8.3 "$(awk "BEGIN { print $size / $pairSize }")" 2.5 0
fi
if have R4 ttybench; then told K1 R4 exit_ms 10 'quitting, ms'; fi

fresh() { # an incident without events, to import into
  [ -e "$work/fresh.db" ] || "$our" --file "$work/fresh.db" new --title Bench --started 2026-03-04T14:00:00Z >/dev/null
}
clean="rm -f $work/our.db* $work/r.db*; cp $work/fresh.db $work/our.db"
if some I1 I2 I3 I4 growth sources; then fresh; fi
reading() { echo "$our --file $work/our.db import $key $1 $work/E$2.$1"; }
if have I1 sqlite3; then
  events 100000 csv
  cp "$work/E100000.csv" "$work/events.csv"
  against I1 'import 100k CSV rows' 3 -runs "$runs" -prepare "$clean" "$(reading csv 100000)" "cd $work && sqlite3 r.db < $bench/import.sql"
fi
if have I2 jq; then
  events 100000 jsonl
  against I2 'import 100k JSON lines' 1.5 -runs "$runs" -prepare "$clean" "$(reading jsonl 100000)" "jq -c . $work/E100000.jsonl | wc -l"
fi
if have I3 && [ -z "$quick" ]; then
  for form in csv jsonl; do
    for n in 1000 10000 100000 1000000; do events "$n" "$form"; done
    # A million events against a hundred thousand: ten times the time is flat.
    "$work/pair" -runs 2 -prepare "$clean" "$(reading "$form" 1000000)" "$(reading "$form" 100000)" >"$work/pair.json"
    row I3 "$form, time per event at 1M against 100k" $(jq -r '[.a.ms / 1000, .b.ms / 100, .ratio.ms / 10, 1.25, .other_cpu_pct] | @tsv' "$work/pair.json")
    row I3 "$form, processor time per event at 1M" $(jq -r '[.a.cpu_ms / 1000, .b.cpu_ms / 100, .ratio.cpu_ms / 10] | @tsv' "$work/pair.json") '' "$(jq .other_cpu_pct "$work/pair.json")"
    most=$(jq .a.mib "$work/pair.json")
    "$work/pair" -runs 2 -prepare "$clean" "$(reading "$form" 10000)" "$(reading "$form" 1000)" >"$work/pair.json"
    least=$(jq .a.mib "$work/pair.json")
    row I3 "$form, memory at 1M against 10k, MiB" "$most" "$least" "$(awk "BEGIN { print $most / $least }")" 1.5 0
    row I3 "$form, memory at 1M against 96 MiB" "$most" 96 "$(awk "BEGIN { print $most / 96 }")" 1 0
  done
fi
if have I4; then
  imported 100000
  against I4 'import again what is there' 1 -runs "$runs" -prepare "$clean" "$our --file $work/F100000.db import $key csv $work/E100000.csv" "$(reading csv 100000)"
fi
if have sources; then
  # Ten thousand records of each kind of file, read alone and stored, in microseconds an event against JSON lines.
  "$work/fill" records 10000 "$work/records"
  for file in "$work"/records/*/*; do
    source=$(basename "$(dirname "$file")")
    told=(--zone UTC --year 2026 --date 2026-03-04)
    [ "$("$our" --file "$work/fresh.db" import "$key" "$source" "$file" --dry-run --json "${told[@]}" | jq '[.read, .refused] == [10000, 0]')" = true ] ||
      { echo "bench: $source does not read its ten thousand records" >&2; exit 1; }
    for what in 'reading --dry-run' storing; do
      "$work/pair" -runs "$runs" -prepare "$clean" "$our --file $work/our.db import $key $source $file ${told[*]} ${what#[a-z]*ing}" \
        "$our --file $work/our.db import $key jsonl $work/records/jsonl/x.jsonl ${what#[a-z]*ing}" >"$work/pair.json"
      row sources "${what%% *} $source, µs an event" $(jq -r '[.a.ms / 10, .b.ms / 10, .ratio.ms] | @tsv' "$work/pair.json") '' "$(jq .other_cpu_pct "$work/pair.json")"
    done
  done
fi
if have growth; then
  row growth 'file against plain rows, bytes a row' $(go test ./storage -run '^TestGrowthOfTheFile$' -count=1 -v | awk '/plain [0-9]+:/ { gsub(/[,:]/, ""); print $2 / 20000, $5 / 20000, $6 }') 1.10 0
fi

if some Q1 Q2 Q3; then imported 100000; plain 100000; fi
words='certificate expired'
found() { echo "$our --file $work/F$1.db search certificate expired --limit 50 --json"; }
match() { echo "sqlite3 $work/ref100000.db \"select rowid from f where f match '$words' order by $1 limit 50\""; }
if have Q1 sqlite3; then
  against Q1 'search, newest first' 5 -runs "$shots" "$(found 100000)" "$(match 'rowid desc')"
  against Q1 'search, by rank' 2.5 -runs "$shots" "$(found 100000) --rank" "$(match rank)"
fi
if have Q2; then
  imported 1000
  imported "$big"
  against Q2 "search, $big against 1000" 1.5 -runs "$shots" "$(found "$big")" "$(found 1000)"
fi
if have Q3 rg; then
  imported "$big"
  events "$big" jsonl
  against Q3 "search $big against a scan" 1 -runs "$shots" "$(found "$big")" "rg -c '$words' $work/E$big.jsonl | cat"
fi

written() { echo "$our --file $work/F$1.db export $key --format $2 > /dev/null"; }
if have X1 sqlite3; then
  imported 10000
  plain 10000
  against X1 'Markdown of 10k events' 4 -runs "$runs" "$(written 10000 markdown)" "sqlite3 -markdown $work/ref10000.db 'select * from ev' > /dev/null"
fi
if have X2 sqlite3; then
  imported 100000
  plain 100000
  against X2 'JSON of 100k events' 5 -runs "$runs" "$(written 100000 json)" "sqlite3 -json $work/ref100000.db 'select * from ev' > /dev/null"
fi
if have X4 && [ -z "$quick" ]; then
  imported 10000
  imported 1000000
  for format in markdown json; do
    "$work/pair" -runs 2 "$(written 1000000 "$format")" "$(written 10000 "$format")" >"$work/pair.json"
    row X4 "$format, time per event at 1M against 10k" $(jq -r '[.a.ms / 1000, .b.ms / 10, .ratio.ms / 100, 1.25, .other_cpu_pct] | @tsv' "$work/pair.json")
    row X4 "$format, memory at 1M against 10k, MiB" $(jq -r '[.a.mib, .b.mib, .ratio.mib, 2, .other_cpu_pct] | @tsv' "$work/pair.json")
  done
fi

if have W1 task; then
  imported 1000
  imported "$big"
  printf 'data.location=%s/task\nconfirmation=no\n' "$work" >"$work/taskrc"
  for n in 1000 "$big"; do
    against W1 "one edit in $n events" 3 -runs "$shots" "$our --file $work/F$n.db add $key event 14:07_@maya_p99_at_4_s" "task rc:$work/taskrc add hello"
  done
fi

if have W2 ttybench; then
  imported 100000
  cp "$work/F100000.db" "$work/W2.db"
  tty W2 --idle 0 --wait-text "$shown" --setup a --keys 'x y z Enter a x y z Enter a x y z Enter' --quit q $(timeline W2) --vs --wait-text ready --setup '' --keys 'Down*15' "${floor[@]}"
  told W2 W2 key_p99_ms 2 'one line typed and kept, p99 ms'
fi
if have X3 ttybench; then
  imported 10000
  tty X3 --idle 0 --wait-text 'Can someone' --setup v --keys 'Down*40 PageDown*20' --quit q "$our" --file "$work/F10000.db" open "$key" --step publish --vs --wait-text ready --setup '' "${floor[@]}"
  told X3 X3 key_p99_ms 1.5 'scroll the preview of 10k events, p99 ms'
fi
if have G1 ttybench; then
  filled I incidents 10
  filled I incidents "$many"
  tty G1 --idle 0 --wait-text "$started" --keys 'Down*40 PageDown*20' --quit q $(home "I$many") --vs $(home I10)
  told G1 G1 key_p50_ms 1.25 "home with $many incidents against 10, p50 ms"
fi

if have G3 ttybench; then
  filled I incidents "$many"
  newest=$("$our" --file "$work/I$many.db" list --json | jq -r '.[0].key')
  # A condition is typed while the file is looked through for what was named before; a letter is waited for until it has settled.
  tty G3 --idle 0 --quiet 100ms --wait-text aligned --setup a --keys 'c o n d i t i o n Space l e t Space t h e Space p o o l Space r u n' --quit 'Escape C-c' \
    "$our" --file "$work/I$many.db" open "$newest" --step factors --vs --wait-text ready --setup '' --keys 'Down*26' "${floor[@]}"
  told G3 G3 key_first_ms 1.5 "a letter of a condition among $many incidents, ms"
  told G3 G3 key_p99_ms 3 "the same, settled, p99 ms"
fi

if some H1 H2; then filled H changes 100000; fi
if have H1 git; then
  commits 100000
  against H1 'all of 100k changes' 1 -runs "$runs" "$our --file $work/H100000.db log > /dev/null" "git -C $work/g100000 log --oneline > /dev/null"
fi
if have H2 git; then
  commits 100000
  against H2 'the newest 50' 6 -runs "$shots" "$our --file $work/H100000.db log --limit 50" "git -C $work/g100000 log --oneline -50"
fi
