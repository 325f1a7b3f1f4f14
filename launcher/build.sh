# Builds the application when it is missing or its sources have changed, and prepares it for quick starts.

out=$home/target/launcher
turn=$home/.building
app=
log=
began=

build() {
  if ! is_current; then
    take_turn
    is_current || make_all
    rm -f "$turn"
    trap - INT TERM EXIT
  fi
  app=$(cat "$out/current")
  # Java silently ignores a cache that does not match or is damaged.
  [ -s "$app/start.aot" ] && java_flags+=("-XX:AOTCache=$app/start.aot" -XX:+VerifySharedSpaces -Xlog:disable)
  return 0
}

sources() {
  (cd "$home" && find src/main pom.xml launcher -type f | LC_ALL=C sort)
}

# The JDK that created the cache; another one cannot use it.
java_used() {
  printf '%s %s' "$java_home" "$(cksum <"$java_home/release" 2>/dev/null)"
}

is_current() {
  [ -f "$out/sources" ] && [ -d "$(cat "$out/current")" ] && [ "$(sources)" = "$(cat "$out/sources")" ] \
    && [ -z "$(cd "$home" && find src/main pom.xml launcher -type f -newer "$out/sources" | head -n 1)" ] \
    && [ "$(java_used)" = "$(cat "$out/java" 2>/dev/null)" ]
}

# Two builds in one folder would disturb each other, so the second waits and then has nothing to do.
take_turn() {
  local owner said=
  while ! (set -C && echo $$ >"$turn") 2>/dev/null; do
    owner=$(cat "$turn" 2>/dev/null)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$turn"
    elif [ -w "$home" ]; then
      [ -n "$said" ] || say "Waiting for another build in this folder (process $owner)…"
      said=yes
      sleep 1
    else
      fail "The folder $home is not writable, so nothing can be built."
    fi
  done
  trap 'rm -f "$turn" "$began"' EXIT
  trap 'rm -f "$log"; exit 130' INT TERM
}

make_all() {
  local found
  command -v mvn >/dev/null 2>&1 || fail "Building needs Maven, which was not found. $(install_maven)"
  if [ -f "$out/sources" ]; then
    say "The sources have changed, building…"
  else
    say "Building; the first time takes a few minutes…"
  fi
  mkdir -p "$out" && log=$(mktemp "$out/build.XXXXXX") || fail "No file could be created in $out. Make room there, and give this user permission to write."
  began=$(mktemp "$out/build.XXXXXX")
  found=$(sources)
  package "$log" "$found" || report_failed_build "$log"
  lay_out "$log" || report_failed_build "$log"
  prepare_quick_start
  printf '%s\n' "$app" >"$out/current"
  retire_others
  java_used >"$out/java"
  # Files that change during the build are newer than this.
  printf '%s\n' "$found" >"$out/sources" && touch -r "$began" "$out/sources"
  rm -f "$log" "$began"
}

# Classes of deleted sources would remain, so everything is compiled again when the sources have changed.
package() {
  if [ -f "$out/sources" ] && [ "$2" != "$(cat "$out/sources")" ]; then
    rm -rf "$home/target/classes" "$home/target/generated-sources" "$home/target/maven-status"
  fi
  (cd "$home" && JAVA_HOME=$java_home mvn -B -Dmaven.test.skip=true package 2>&1) | progress "$1"
  [ "${PIPESTATUS[0]}" -eq 0 ]
}

# Writes everything to the log and shows the progress.
progress() {
  local line fetched=0 doing=
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    case $line in
      *"Downloaded from"*)
        fetched=$((fetched + 1))
        show "downloading dependencies: $fetched files" $((fetched % 100))
        ;;
      *":compile "*) doing=compiling ;;
      *":repackage "*) doing=packaging ;;
    esac
    if [ -n "$doing" ]; then
      show "$doing" 0
      doing=
    fi
  done
  [ -t 2 ] && printf '\r\033[K' >&2
}

# Updates a line on a terminal; elsewhere prints a line now and then.
show() {
  if [ -t 2 ]; then
    printf '\r\033[K  %s' "$1" >&2
  elif [ "$2" -eq 0 ]; then
    say "  $1"
  fi
}

report_failed_build() {
  say "The build failed:"
  grep -E '^(\[ERROR\]|ERROR|Error)' "$1" | grep -v -e 'Re-run Maven' -e 'For more information' -e '-> \[Help' -e '^\[ERROR\] *$' -e '\[Help 1\]' \
    | head -n 30 >&2
  fail "The complete output is in $1."
}

# Extracts the application beside its libraries, into a new folder for each build, so that a running server keeps its files.
lay_out() {
  app=$out/app.$(date +%Y%m%d%H%M%S).$$
  mkdir -p "$out" && "$java_home/bin/java" -Djarmode=tools -jar "$home/target/coral.jar" extract --destination "$app" >>"$1" 2>&1
}

retire_others() {
  local other running
  running=$(ps -A -ww -o args)
  for other in "$out"/app.*; do
    case $running in
      *"$other/coral.jar"*) ;;
      *) [ "$other" = "$app" ] || rm -rf "$other" ;;
    esac
  done
}

# Starts once with separate data and caches the loaded classes. If this fails, later starts only take longer.
prepare_quick_start() {
  local trial=$out/trial
  show "preparing quick starts" 0
  rm -rf "$trial"
  {
    env -u DATABASE_URL -u APP_URL -u ENCRYPTION_KEY -u ENCRYPTION_KEYS_OLD -u DATABASE_APP_PASSWORD -u CORAL_ROLE -u CORAL_DEMO \
      CORAL_DATA="$trial" PORT=0 \
      "$java_home/bin/java" "${java_flags[@]}" -XX:AOTMode=record -XX:AOTConfiguration="$app/start.new" -Xlog:disable \
      -Dcoral.installation.trial=true -jar "$app/coral.jar" \
      && "$java_home/bin/java" "${java_flags[@]}" -XX:AOTMode=create -XX:AOTConfiguration="$app/start.new" \
        -XX:AOTCache="$app/start.cache" -Xlog:disable -jar "$app/coral.jar" \
      && mv "$app/start.cache" "$app/start.aot"
  } >"$out/quick-start.log" 2>&1 </dev/null
  rm -rf "$trial" "$app/start.new" "$app/start.cache"
  [ -t 2 ] && printf '\r\033[K' >&2
  return 0
}

install_maven() {
  if [ "$(uname -s)" = Darwin ]; then
    printf 'Run: brew install maven'
  elif command -v apt-get >/dev/null 2>&1; then
    printf 'Run: sudo apt-get install maven'
  else
    printf 'Install it from https://maven.apache.org'
  fi
}
