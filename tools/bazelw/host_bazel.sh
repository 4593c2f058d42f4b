# shellcheck shell=sh
# Looks for a Bazel on PATH that can build this project: 7.4 or newer, with the central registry in
# reach. The verdict on each is kept in the cache, so that later starts ask nothing.

: "${here:?}" "${self:?}" "${cache:?}"

# exec_host_bazel ARGUMENT...: returns only if there is no usable one, and has noted why.
exec_host_bazel() {
    for name in bazelisk bazel; do
        path=$(command -v "$name") || {
            note "$name: not on PATH"
            continue
        }
        # Somebody may have linked this script into PATH under Bazel's name.
        if [ "$(readlink -f -- "$path")" = "$self" ]; then
            note "$name: $path is bazelw itself"
            continue
        fi
        verdict=$(verdict_on "$path")
        if [ "$verdict" = usable ]; then
            exec "$path" "$@"
        fi
        note "$name: $path $verdict"
    done
}

# verdict_on PATH: prints "usable" or the reason why not, from the cache if it can. A reason holds
# for an hour only: the network may come back.
verdict_on() {
    wanted_version=$(nearest_version_file)
    key=$({ ls -inL "$1" && printf '%s\n' "$1" "${USE_BAZEL_VERSION:-}" "$wanted_version"; } | cksum | tr ' ' '-')
    kept=$cache/verdict-$key
    if [ -z "$(find "$kept" -mmin -60 2>/dev/null)" ] && [ "$(cat "$kept" 2>/dev/null)" != usable ]; then
        # shellcheck source=tools/bazelw/probe.sh
        . "$here/tools/bazelw/probe.sh"
        mkdir -p "$cache"
        probe "$1" >"$kept.$$"
        mv "$kept.$$" "$kept"
        say "    $(cat "$kept")"
    fi
    cat "$kept"
}

# What bazelisk would run here: the text of .bazelversion in this folder or the nearest above it.
nearest_version_file() {
    folder=$(pwd -P)
    while [ -n "$folder" ] && [ ! -f "$folder/.bazelversion" ]; do
        folder=${folder%/*}
    done
    cat "$folder/.bazelversion" 2>/dev/null || true
}
