# shellcheck shell=bash
# How a start script runs the player; sourced by the one at the root and by that of the packages.

# A player lives minutes and must start fast: the collector with the least set-up, and no second
# compiler, which took as much processor time in the first seconds as all of Peerlet. Its heap
# begins small, whatever the machine has: garbage else fills a sixty-fourth of that first.
# What the JVM says about itself is for nobody's standard output.
java_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms40m -Xmn16m)
java_options+=(-Xlog:disable -Xlog:all=error:stderr)

# Start-up times count from here; older shells don't know the time.
count_from_here() {
  local micros="${EPOCHREALTIME:-}"
  micros="${micros//[.,]/}"
  export PEERLET_ASKED_MILLIS="${micros%???}"
}

# Whether one of the arguments, up to "--", is an option of this name.
has_option() {
  local name="$1" argument
  shift
  for argument in "$@"; do
    case "$argument" in
      --) return 1 ;;
      "$name" | "$name="*) return 0 ;;
    esac
  done
  return 1
}

# Whether the answer is a text: no window opens.
asks_for_text() {
  has_option --help "$@" || has_option -h "$@" || has_option --version "$@" || has_option -V "$@"
}

# Under the locale C, Java would find no file whose name is not ASCII.
speak_utf8() {
  [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
}

# run_player JAVA CLASS_PATH ARCHIVE COMMAND [ARGUMENT]...: ends with the exit code of the command.
# ARCHIVE holds the classes of a start, ready to be mapped: the first player that shows a window and
# ends well writes it, and each later start is the faster for it. Without a window it would hold
# hardly any, and stay.
run_player() {
  local java="$1" class_path="$2" archive="$3" command="$4"
  shift 4
  local window=false state="" told="" fresh="" begin
  case "$command" in
    play | launch) asks_for_text "$@" || window=true ;;
  esac
  [ ! -e "$archive" ] || java_options+=("-XX:SharedArchiveFile=$archive")
  # Native code that breaks down leaves its trace with the logs, not in the folder one stands in.
  java_options+=("-XX:ErrorFile=${XDG_STATE_HOME:-$HOME/.local/state}/peerlet/log/crash-%p.log")
  speak_utf8
  if [ "$window" = true ] || [ "$command" = demo ]; then
    # JavaFX spools what it reads to a file that it deletes at once; that belongs into the cache.
    local spool="${XDG_CACHE_HOME:-$HOME/.cache}/peerlet/spool"
    if (umask 077 && mkdir -p "$spool") 2>/dev/null; then
      export TMPDIR="$spool"
      state="$spool/state-$$.json"
    fi
  fi
  if [ "$window" = true ] && [ -n "$state" ] && ! has_option --state-file "$@"; then
    [ ! -e "$state" ] || rm -f "$state" # of an earlier process with our number
    told="$state"
    if [ ! -e "$archive" ] && mkdir -p "${archive%/*}" 2>/dev/null && [ -w "${archive%/*}" ]; then
      remove_unfinished "${archive%/*}"
      fresh="$archive.$$"
      java_options+=("-XX:ArchiveClassesAtExit=$fresh")
    fi
  fi
  begin=("$java" "${java_options[@]}" -cp "$class_path" org.peerlet.ui.cli.Peerlet "$command")
  [ "$window" = true ] || exec "${begin[@]}" "$@"
  [ -z "$told" ] || begin+=("--state-file" "$told")
  local code=0
  watch_over "${begin[@]}" "$@" || code=$?
  case "$stopped$code" in
    134 | 139)
      echo "peerlet: the player broke down; starting it again where it was" >&2
      code=0
      watch_over "${begin[@]}" "$@" || code=$?
      ;;
  esac
  if [ -n "$fresh" ] && [ -e "$fresh" ]; then
    # The player wrote its state when the window was there. Of two players, one's archive stays.
    if [ "$code" != 0 ] || [ ! -e "$state" ] || ! mv -f "$fresh" "$archive" 2>/dev/null; then
      rm -f "$fresh"
    fi
  fi
  [ -z "$state" ] || [ ! -e "$state" ] || rm -f "$state"
  exit "$code"
}

# remove_unfinished FOLDER: the archives in it that a script was killed over; its process id is the
# last part of their names.
remove_unfinished() {
  local file
  for file in "$1"/*.jsa.*; do
    [ ! -e "$file" ] || kill -0 "${file##*.}" 2>/dev/null || rm -f "$file"
  done
}

# Runs a command as a child that hears of the signals that we get, and returns its exit code.
# What stopped it, if anything did, is in $stopped.
watch_over() {
  local child="" code=0 again news=""
  stopped=""
  local signal
  for signal in INT TERM HUP; do
    # shellcheck disable=SC2064 # the name of the signal is known now
    trap "stopped=$signal news=true; tell \"\$child\" $signal" "$signal"
  done
  # A child in the background would have Ctrl-C ignored and no standard input.
  [ -e /dev/fd/0 ] || exec </dev/null
  (
    trap - INT TERM HUP
    exec "$@"
  ) <&0 &
  child=$!
  tell "$child" "$stopped" # what came before there was a child
  # A signal ends the wait, but not the child; what the shell says about a crash is not for users.
  wait "$child" 2>/dev/null || code=$?
  while [ -n "$news" ]; do
    news=""
    again=0
    wait "$child" 2>/dev/null || again=$?
    [ "$again" = 127 ] || code=$again # it had ended when we looked the first time
  done
  trap - INT TERM HUP
  return "$code"
}

# tell CHILD SIGNAL: nothing if there is none of either.
tell() {
  if [ -n "$1" ] && [ -n "$2" ]; then kill -"$2" "$1" 2>/dev/null || true; fi
}
