# Runs the tests and the benchmarks, and installs what they need besides the JDK and Maven.

run_tests() {
  # Most tests spend most of their time waiting for processes, so three run in parallel.
  local options=-DforkCount=3 without=
  find_java
  command -v mvn >/dev/null 2>&1 || fail "Testing needs Maven, which was not found. $(install_maven)"
  need chromium "the browser tests" "$(chromium_path)" \
    || without=browser
  need pgbouncer "the tests with a pooler" "$(pgbouncer_path)" \
    || without="${without:+$without,}pgbouncer"
  [ -z "$without" ] || options="$options -Dcoral.test.without=$without"
  if need "$(postgres_package)" "the tests with an external PostgreSQL" "$(postgres_bin)"; then
    options="$options -Dcoral.test.operators-postgres=$(postgres_bin)"
  fi
  cd "$home" || exit 1
  # shellcheck disable=SC2086
  JAVA_HOME=$java_home exec mvn -B -ntp verify -Dchecks $options "$@"
}

# Checks for a program and installs it if possible. In CI a missing program is an error.
need() {
  local package=$1 purpose=$2 found=$3
  [ -n "$found" ] && return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing $package, for $purpose…"
    install_package "$package" && return 0
    say "$package could not be installed."
  elif command -v apt-get >/dev/null 2>&1; then
    say "For $purpose run: sudo apt-get install $package"
  else
    say "For $purpose install $package"
  fi
  [ "${CI:-}" = true ] && fail "In CI no tests may be skipped: $purpose need $package."
  say "Skipping $purpose."
  return 1
}

install_package() {
  # Debian would start a server on the default port as soon as PostgreSQL is installed.
  if [ "$1" != chromium ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  apt-get update -qq >&2 \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$1" >&2
}

chromium_path() {
  command -v chromium || command -v chromium-browser || command -v google-chrome || true
}

# Debian installs it in a folder that only an administrator's PATH has.
pgbouncer_path() {
  PATH="$PATH:/usr/sbin" command -v pgbouncer || true
}

# Prints the programs folder of the oldest installed PostgreSQL from version 15.
postgres_bin() {
  local major folder
  for major in 15 16 17; do
    for folder in "/usr/lib/postgresql/$major/bin" "/opt/homebrew/opt/postgresql@$major/bin" "/usr/local/opt/postgresql@$major/bin"; do
      if [ -x "$folder/initdb" ]; then
        printf '%s' "$folder"
        return
      fi
    done
  done
}

postgres_package() {
  if apt-cache show postgresql-15 >/dev/null 2>&1; then
    printf 'postgresql-15'
  else
    printf 'postgresql'
  fi
}

run_bench() {
  local section
  for section in "$@"; do
    case $section in
      knowledge | quality | reading | bystanders | collecting | importing | spending | models | waiting | steps | pipeline) ;;
      *) fail "./coral bench does not know \"$section\". Its sections are knowledge, quality, reading, bystanders, collecting, importing, spending, models, waiting, steps and pipeline." 2 ;;
    esac
  done
  run_from_tests social.coral.bench.Bench "$@"
}

# Takes the README's screenshot of a running demo.
run_screenshot() {
  need chromium "the screenshot" "$(chromium_path)" || exit 1
  run_from_tests social.coral.web.Screenshot "$@"
}

# Runs a program from the test sources, because it needs their dependencies.
run_from_tests() {
  find_java
  command -v mvn >/dev/null 2>&1 || fail "This needs Maven, which was not found. $(install_maven)"
  local classpath=$home/target/tests.classpath
  (cd "$home" && JAVA_HOME=$java_home mvn -q -B -ntp test-compile dependency:build-classpath -Dmdep.outputFile="$classpath" >&2) \
    || fail "The tests could not be compiled."
  cd "$home" || exit 1
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" "${java_flags[@]}" ${CORAL_JAVA_OPTS:-} -cp "target/test-classes:target/classes:$(cat "$classpath")" "$@"
}
