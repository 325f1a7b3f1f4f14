# Finds a JDK that is new enough, and tells what to install when there is none.

java_home=
needed_java=25

# The major version of the JDK in a folder, from its release file where there is one; nothing for what is no JDK.
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

# The folders where JDKs are, one a line, the likeliest first.
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

# The JDK that a command on the path stands for.
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
    [ -n "$version" ] || fail "CORAL_JAVA_HOME names $CORAL_JAVA_HOME, and no JDK is there; $(install_java)"
    [ "$version" -ge $needed_java ] \
      || fail "CORAL_JAVA_HOME names a JDK $version, and Coral Social needs $needed_java or newer; leave it out to have one looked for, or $(install_java)"
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
    fail "Coral Social needs a JDK $needed_java or newer, and the newest here is $newest (in $newest_folder); $(install_java)"
  else
    fail "Coral Social needs a JDK $needed_java or newer, and none was found; $(install_java)"
  fi
}

install_java() {
  local other="install Temurin $needed_java from https://adoptium.net into /opt, or name one with CORAL_JAVA_HOME"
  if [ "$(uname -s)" = Darwin ]; then
    printf 'run: brew install openjdk@%s' $needed_java
  elif command -v apt-cache >/dev/null 2>&1 && apt-cache show openjdk-$needed_java-jdk-headless >/dev/null 2>&1; then
    printf 'run: sudo apt-get install openjdk-%s-jdk-headless' $needed_java
  elif command -v dnf >/dev/null 2>&1; then
    printf 'run: sudo dnf install java-%s-openjdk-devel, or %s' $needed_java "$other"
  else
    printf '%s' "$other"
  fi
}

# Small enough for a small machine; CORAL_JAVA_OPTS comes after and can say otherwise.
# Counters that nobody reads are not kept in a file of the system's temporary folder, which may be full.
# A process without memory ends, so that whoever watches it starts it again; it would hang instead.
# A library still uses memory in a way that the JDK warns of at each start; it is no fault of the installation.
java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xms64m -Xmx512m -XX:+PerfDisableSharedMem -XX:+ExitOnOutOfMemoryError)
