# shellcheck shell=sh
# What a machine needs before the root can be made: a Debian family, a few packages, namespaces.

: "${host?}" "${cache:?}"

check_debian_family() {
    if [ ! -e "$host/etc/debian_version" ] || ! command -v apt-get >/dev/null; then
        note "Debian's Bazel: this machine is not of the Debian family (no /etc/debian_version or no apt-get)"
        fail_without_bazel
    fi
}

is_root() {
    [ "$(id -u)" = 0 ]
}

# install_needs: installs the packages that are missing, or says which they are.
install_needs() {
    missing=
    command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
    command -v bwrap >/dev/null || missing="$missing bubblewrap"
    # mmdebstrap mounts /proc for the packages that need it, and goes on without if it cannot.
    command -v mount >/dev/null || missing="$missing mount"
    is_root || command -v newuidmap >/dev/null || missing="$missing uidmap"
    set -- "$host"/usr/share/keyrings/debian-archive-keyring.*
    [ -e "$1" ] || missing="$missing debian-archive-keyring"
    missing=${missing# }
    if [ -z "$missing" ]; then
        return
    fi
    if ! is_root; then
        note "Debian's Bazel: packages are missing; as root: apt-get install $missing"
        fail_without_bazel
    fi
    say "installing $missing with apt"
    apt_install || {
        say "trying again with fresh package lists"
        run_logged "$cache/apt.log" apt-get update && apt_install
    } || {
        note "Debian's Bazel: apt-get could not install $missing: $(tail -n 1 "$cache/apt.log")"
        fail_without_bazel
    }
}

apt_install() {
    # shellcheck disable=SC2086 # a list of package names
    DEBIAN_FRONTEND=noninteractive run_logged "$cache/apt.log" \
        apt-get install --yes --no-install-recommends $missing
}

# check_namespaces: asks bubblewrap for what enter.sh will, before minutes are spent on a root.
check_namespaces() {
    if ! words=$(bwrap --ro-bind / / --dev-bind /dev /dev --bind /proc /proc -- true 2>&1); then
        note "Debian's Bazel: bubblewrap gets no namespaces here, as in a container without them: $words"
        fail_without_bazel
    fi
    if ! is_root && ! grep -q -e "^$(id -un):" -e "^$(id -u):" "$host/etc/subuid" 2>/dev/null; then
        note "Debian's Bazel: no subordinate ids; as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
        fail_without_bazel
    fi
}
