# shellcheck shell=sh
# Fetches and unpacks the root's packages, from where and in the way that this machine's apt does.

: "${packages:?}"

# fetch_root FOLDER: in a subshell, since mmdebstrap without root cannot stay in a private folder.
fetch_root() (
    cd /
    target=$1
    mirror=$(debian_mirror)
    # Signatures are always checked. Dates are not: a mirror that is a snapshot is out of date.
    set -- --verbose --variant=apt --include="$(wanted)" --aptopt='Acquire::Check-Valid-Until "false"'
    # What unstable has no more comes from the release that had it; of all else apt takes the newer one, unstable's.
    # shellcheck disable=SC2016 # expanded by mmdebstrap
    set -- "$@" --setup-hook='sed "s/ sid / bookworm /" "$1/etc/apt/sources.list" >"$1/etc/apt/sources.list.d/older.list"'
    while IFS= read -r setting; do
        set -- "$@" ${setting:+--aptopt="$setting"}
    done <<SETTINGS
$(apt_settings)
SETTINGS
    if is_root; then
        mmdebstrap --mode=root "$@" sid "$target" ${mirror:+"$mirror"}
    else
        unpack_rootless "$target" --mode=unshare --format=tar "$@" sid - ${mirror:+"$mirror"}
    fi
)

# unpack_rootless FOLDER ARGUMENT...: mmdebstrap's arguments. By way of a tar stream, so that all
# files are the user's own; its temporary root has other owners, who must be able to reach it.
unpack_rootless() {
    tree=$1
    shift
    mkdir -p "$tree"
    {
        TMPDIR=/var/tmp mmdebstrap "$@" || : >"$tree.failed"
    } | tar -x -C "$tree" --exclude='./dev/*' || return
    if [ -e "$tree.failed" ]; then
        rm -f "$tree.failed"
        return 1
    fi
}

# wanted: the package list, joined by commas.
wanted() {
    sed '/^#/d; /^$/d' "$packages" | paste -sd , -
}

# How apt reaches its mirrors: proxies, timeouts, retries.
apt_settings() {
    apt-config dump | grep -E '^Acquire::(https?|Retries)\b.*"[^"]+";$' || true
}

# The first of apt's sources that is Debian's archive; none (then mmdebstrap has a default) where
# apt has no package lists yet, or only another distribution's.
debian_mirror() {
    # shellcheck disable=SC2016 # apt's own variable
    apt-get indextargets --format '$(REPO_URI)' \
        'Created-By: Packages' 'Label: Debian' 'Component: main' 2>/dev/null | sed -n 1p
}
