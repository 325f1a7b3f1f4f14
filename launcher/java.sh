# Finds a JDK that is new enough, or says what to install.

java_home=
needed_java=25

# Prints the major version of the JDK in a folder; nothing if there is none.
java_version() {
  local version=
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p' | head -n 1)
  fi
  version=${version#1.}
  printf '%s' "${version%%[!0-9]*}"
}

# Lists the usual folders of JDKs, the most likely first.
java_folders() {
  local found
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  for found in \
    /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$found/bin" ] && printf '%s\n' "$found"
  done
  found=$(command -v java) && java_of_command "$found"
}

# Prints the JDK that a command on the path belongs to.
java_of_command() {
  local target=$1 link
  while link=$(readlink "$target"); do
    case $link in
      /*) target=$link ;;
      *) target=$(dirname "$target")/$link ;;
    esac
  done
  dirname "$(dirname "$target")"
}

find_java() {
  local folder version newest=0 newest_folder=
  if [ -n "${CORAL_JAVA_HOME:-}" ]; then
    version=$(java_version "$CORAL_JAVA_HOME")
    [ -n "$version" ] || fail "CORAL_JAVA_HOME is $CORAL_JAVA_HOME, but there is no JDK. $(install_java)"
    [ "$version" -ge $needed_java ] \
      || fail "CORAL_JAVA_HOME is a JDK $version, but Coral Social needs $needed_java or newer. Unset it to search for one. $(install_java)"
    java_home=$CORAL_JAVA_HOME
    return
  fi
  while IFS= read -r folder; do
    version=$(java_version "$folder")
    [ -n "$version" ] || continue
    if [ "$version" -eq $needed_java ]; then
      java_home=$folder
      return
    fi
    if [ "$version" -gt "$newest" ]; then
      newest=$version
      newest_folder=$folder
    fi
    # No here-document: bash may keep one in the system's folder for temporary files, which may be full.
  done < <(java_folders)
  if [ "$newest" -gt $needed_java ]; then
    java_home=$newest_folder
  elif [ "$newest" -gt 0 ]; then
    fail "Coral Social needs a JDK $needed_java or newer, but the newest here is $newest (in $newest_folder). $(install_java)"
  else
    fail "Coral Social needs a JDK $needed_java or newer, but none was found. $(install_java)"
  fi
}

install_java() {
  local other="install Temurin $needed_java from https://adoptium.net into /opt, or set CORAL_JAVA_HOME"
  if [ "$(uname -s)" = Darwin ]; then
    printf 'Run: brew install openjdk@%s' $needed_java
  elif command -v apt-cache >/dev/null 2>&1 && apt-cache show openjdk-$needed_java-jdk-headless >/dev/null 2>&1; then
    printf 'Run: sudo apt-get install openjdk-%s-jdk-headless' $needed_java
  elif command -v dnf >/dev/null 2>&1; then
    printf 'Run: sudo dnf install java-%s-openjdk-devel, or %s.' $needed_java "$other"
  else
    printf 'Please %s.' "$other"
  fi
}

# For small machines; CORAL_JAVA_OPTS comes later and overrides these.
# No performance counters in the system's temporary folder, which may be full.
# A process that is out of memory exits instead of hanging, so that a supervisor can restart it.
# A library still uses sun.misc.Unsafe, which the JDK would warn about at each start.
java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xms64m -Xmx512m -XX:+PerfDisableSharedMem -XX:+ExitOnOutOfMemoryError)
