# Sets JAVA_HOME to a JDK 25 or newer. Sourced by mvnw and by the launcher, as a machine's default
# `java` is often older. Looks where a JDK is usually found; leaves JAVA_HOME alone when it is
# new enough already.

# Sets frazil_version to the feature version of the JDK in $1, or to nothing where there is none.
# Starts no process, as it runs at each start.
frazil_read_version() {
  frazil_version=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='="' read -r frazil_key frazil_none frazil_value frazil_rest; do
    [ "$frazil_key" != JAVA_VERSION ] || frazil_version=${frazil_value%%[!0-9]*}
  done <"$1/release"
}

frazil_find_jdk() {
  frazil_looked=""
  if [ -n "${JAVA_HOME:-}" ]; then
    frazil_read_version "$JAVA_HOME"
    [ -z "$frazil_version" ] || [ "$frazil_version" -lt 25 ] || return 0
  fi
  frazil_path_java=$(command -v javac 2>/dev/null || true)
  [ -z "$frazil_path_java" ] || frazil_path_java=$(readlink -f "$frazil_path_java" 2>/dev/null || true)
  set +f
  for frazil_jdk in \
    "${JAVA_HOME:-}" \
    "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    "${frazil_path_java%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.jenv/versions/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$frazil_jdk" ] && [ -d "$frazil_jdk" ] || continue
    frazil_read_version "$frazil_jdk"
    if [ -n "$frazil_version" ] && [ "$frazil_version" -ge 25 ]; then
      JAVA_HOME=$frazil_jdk
      export JAVA_HOME
      return 0
    fi
    frazil_looked="$frazil_looked
  $frazil_jdk (${frazil_version:-no JDK})"
  done
  cat >&2 <<EOF
Frazil needs a JDK 25 or newer and found none. Looked at JAVA_HOME, javac on the PATH, /usr/lib/jvm,
/usr/java, /opt, SDKMAN, mise, asdf, jenv, ~/.jdks and /Library/Java; found there:${frazil_looked:- nothing}
Install one (https://adoptium.net, or 'sdk install java 25-tem'), or set JAVA_HOME to it.
EOF
  return 1
}

frazil_find_jdk || exit 1
