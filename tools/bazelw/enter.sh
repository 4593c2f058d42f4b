# shellcheck shell=sh
# Execs Bazel inside the root. bubblewrap lays out the view of it, nsenter steps in: so this very
# process becomes Bazel, gets every signal and gives its exit code itself.

: "${host?}" "${cache:?}" "${root:?}" "${overlay:?}"

# What happens last, inside. These variables of the host's name files that are not in the root.
# shellcheck disable=SC2016 # expanded inside
step_in='
    kill "$1"
    cd "$2" || exit
    shift 2
    unset JAVA_HOME LD_LIBRARY_PATH LD_PRELOAD
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    exec bazel "$@"'

# enter_root ARGUMENT...: Bazel's arguments.
enter_root() {
    directory=$(pwd -P)
    holder=$(open_view) || fail "bubblewrap could not lay out the root $root; its words are above." \
        "If a folder named there is broken, mend it; to have the root made afresh: rm -rf $root"
    set -- -- /bin/sh -c "$step_in" bazelw "$holder" "$directory" "$@"
    # Without root, bubblewrap makes a namespace for users too; stepping in keeps the user's id.
    if [ "$(readlink /proc/self/ns/user)" != "$(readlink "/proc/$holder/ns/user")" ]; then
        set -- --user --preserve-credentials "$@"
    fi
    exec nsenter --target "$holder" --mount "$@"
}

# open_view: prints the id of a process that keeps the view open until step_in ends it.
# The host's /proc is bound as it is: over a new one Bazel's linux-sandbox could not mount its own.
open_view() {
    set -- --ro-bind "$root" / --dev-bind /dev /dev --bind /proc /proc --ro-bind /sys /sys \
        --tmpfs /run --bind /var/tmp /var/tmp \
        --ro-bind "$overlay/bazelrc" /etc/bazel/bazelrc
    for file in /etc/resolv.conf /etc/hosts /etc/passwd /etc/group /etc/pip.conf \
        /etc/ssl /usr/share/ca-certificates /usr/local/share/ca-certificates; do
        set -- "$@" --ro-bind-try "$host$file" "$file"
    done
    while IFS= read -r folder; do
        [ -d "$root$folder" ] || mkdir -p "$root$folder"
        set -- "$@" --bind-try "$host$folder" "$folder"
    done <<FOLDERS
$(user_folders)
FOLDERS
    # shellcheck disable=SC2016 # expanded inside
    bwrap "$@" -- /bin/sh -c 'sleep 60 >/dev/null 2>&1 & echo "$!"'
}

# user_folders: all folders of the host's / that are not its system's; and where home, the working
# directory or the cache is in a system folder, just that part of it.
user_folders() {
    for folder in "$host"/* "$host"/.[!.]*; do
        case ${folder#"$host"} in
        /bin | /sbin | /lib | /lib[0-9x]* | /usr | /etc | /var | /boot | /dev | /proc | /sys | /run) ;;
        /lost+found) ;;
        *) [ ! -d "$folder" ] || printf '%s\n' "${folder#"$host"}" ;;
        esac
    done
    printf '%s\n' "${HOME:-/}" "$directory" "$cache" |
        sed -n -E 's,^(/(usr|var)/[^/]+/[^/]+|/(var|run)/[^/]+).*,\1,p' | sort -u
}
