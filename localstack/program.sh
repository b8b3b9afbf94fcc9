# Sourced by the scripts beside it: starts a program of the runner with a JDK 25.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(dirname "$here")

fail() {
  echo "localstack/$(basename "$0"): $1" >&2
  exit 1
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2> /dev/null
}

# Follows links by hand: readlink -f is not everywhere.
home_of_java_on_path() {
  local java link
  java=$(command -v java) || return 1
  while link=$(readlink "$java"); do
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd "$(dirname "$java")/.." && pwd -P)
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(home_of_java_on_path || true)" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /opt/java* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  done
  if [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -v 25 2> /dev/null) && is_jdk_25 "$home"; then
    echo "$home"
    return
  fi
  return 1
}

need_jdk() {
  find_jdk || fail "a JDK 25 is needed and was not found (JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks)"
}

class_path() {
  echo "$(echo "$here"/runner/target/turnout-runner-*.jar):$here/runner/target/lib/*"
}

run_program() {
  local jdk
  jdk=$(need_jdk)
  [ -d "$here/runner/target/lib" ] || fail "not built yet: localstack/up builds it"
  exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(class_path)" "$@"
}
