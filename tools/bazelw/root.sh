# shellcheck shell=sh
# Makes the root that Debian's Bazel runs in: Debian unstable with the packages of packages.txt.
# Its folder is named by that list's hash and appears by one rename, when it is finished.

: "${here:?}" "${host?}" "${cache:?}"

# ensure_root: sets $root to a finished root, made now if there is none yet, and sees to bubblewrap.
ensure_root() {
    packages=$here/tools/debian/packages.txt
    root_key=sid-$(uname -m)-$(sha256sum <"$packages" | cut -c 1-12)
    root=$cache/root-$root_key
    if [ ! -e "$root/etc/hermetic_pytest_root" ] || ! command -v bwrap >/dev/null; then
        # shellcheck source=tools/bazelw/lock.sh
        . "$here/tools/bazelw/lock.sh"
        # shellcheck source=tools/bazelw/needs.sh
        . "$here/tools/bazelw/needs.sh"
        # shellcheck source=tools/bazelw/fetch.sh
        . "$here/tools/bazelw/fetch.sh"
        check_debian_family
        mkdir -p "$cache"
        with_lock make_root
    fi
}

# make_root: under the lock, so any partial root found is an interrupted start's.
make_root() {
    install_needs
    if [ -e "$root/etc/hermetic_pytest_root" ]; then
        return
    fi
    check_namespaces
    say "setting up Debian's Bazel below $cache (once; 1.5 GB, a minute or more)"
    discard "$root.partial"
    say "fetching $(wanted | tr ',' '\n' | wc -l) packages and what they need; all output is in $root.log"
    run_logged "$root.log" fetch_root "$root.partial" || fetch_failed
    say "finishing the root"
    prepare_root "$root.partial"
    mv -T "$root.partial" "$root"
    say_total "Debian's Bazel is set up"
}

discard() {
    rm -rf --one-file-system "$1"
}

fetch_failed() {
    discard "$root.partial"
    note "Debian's Bazel: mmdebstrap could not make the root; $root.log ends with:
$(tail -n 5 "$root.log" | sed 's/^/      /')"
    fail_without_bazel
}

# prepare_root DIR: the files that enter.sh binds the host's over must exist, as plain files.
prepare_root() {
    rm -f "$1/etc/resolv.conf"
    for file in resolv.conf hosts passwd group pip.conf bazel/bazelrc hermetic_pytest_root; do
        [ -e "$1/etc/$file" ] || : >"$1/etc/$file"
    done
}
