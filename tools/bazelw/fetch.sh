# shellcheck shell=sh
# Fetches and unpacks the root's packages, from where and in the way that this machine's apt does.

# fetch_root DIR: in a subshell, since mmdebstrap without root cannot stay in a private folder.
fetch_root() (
    cd /
    # Signatures are always checked. Dates are not: a mirror that is a snapshot is out of date.
    set -- "$1" --verbose --variant=apt --include="$(wanted)" --aptopt='Acquire::Check-Valid-Until "false"'
    while IFS= read -r setting; do
        set -- "$@" --aptopt="$setting"
    done <<SETTINGS
$(apt_settings)
SETTINGS
    dir=$1
    shift
    mirror=$(debian_mirror)
    if is_root; then
        mmdebstrap --mode=root "$@" sid "$dir" ${mirror:+"$mirror"}
    else
        fetch_rootless "$@" sid - ${mirror:+"$mirror"}
    fi
)

# fetch_rootless ARGUMENT...: by way of a tar stream, so that all files are the user's own.
fetch_rootless() {
    mkdir -p "$dir"
    {
        TMPDIR=/var/tmp mmdebstrap --mode=unshare --format=tar "$@" || : >"$dir.failed"
    } | tar -x -C "$dir" --exclude='./dev/*'
    if [ -e "$dir.failed" ]; then
        rm -f "$dir.failed"
        return 1
    fi
}

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
