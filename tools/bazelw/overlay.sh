# shellcheck shell=sh
# Puts Debian's rules_python, our files over it, the empty modules and the bazelrc into one folder,
# named by the hash of all that goes into it.

: "${here:?}" "${cache:?}" "${root:?}" "${root_key:?}"

# ensure_overlay: sets $overlay to a finished overlay for $root, made now if there is none yet.
ensure_overlay() {
    overlay=$cache/overlay-$(overlay_key)
    if [ ! -e "$overlay" ]; then
        # shellcheck source=tools/bazelw/lock.sh
        . "$here/tools/bazelw/lock.sh"
        with_lock make_overlay
    fi
}

overlay_key() {
    {
        printf '%s\n' "$root_key"
        cd "$here/tools" || exit
        find debian bazelw/overlay.sh -type f ! -name '*.pyc' -exec sha256sum {} + | LC_ALL=C sort
    } | sha256sum | cut -c 1-12
}

make_overlay() {
    if [ -e "$overlay" ]; then
        return
    fi
    rm -rf "$overlay.partial"
    mkdir -p "$overlay.partial/rules_python" "$overlay.partial/modules"
    lay "$root/usr/share/bazel/rules/python" "$overlay.partial/rules_python"
    lay "$here/tools/debian/rules_python" "$overlay.partial/rules_python"
    declare_loads "$overlay.partial/rules_python/python/BUILD.bazel"
    lay "$here/tools/debian/modules" "$overlay.partial/modules"
    make_bazelrc >"$overlay.partial/bazelrc"
    mv -T "$overlay.partial" "$overlay"
}

# lay TREE OVER: copies what is in TREE into OVER.
lay() {
    cp -R "$1/." "$2"
}

# declare_loads BUILD: has Debian's bzl_libraries of our py_binary.bzl, py_library.bzl and py_test.bzl name what these
# load; starlark_doc_extract (https://bazel.build/reference/be/general) takes no .bzl file whose loads are not declared.
declare_loads() {
    sed -i '/name = "py_\(binary\|test\)_bzl"/,/)/s|deps = \[|&"//python/versioned:program_bzl", |
        /name = "py_library_bzl"/,/)/s|deps = \[|&"//python/bytecode:bytecode_bzl", |' "$1"
}

# make_bazelrc: the path is escaped twice, for Bazel's reader and for sed. The last line differs from overlay to
# overlay, and so from root to root, which makes Bazel restart a server that runs in another view.
make_bazelrc() {
    path=$(printf '%s\n' "$overlay" | sed "s/[ '\"\\\\#]/\\\\&/g; s/[&|\\\\]/\\\\&/g")
    sed "s|@OVERLAY@|$path|g" "$here/tools/debian/bazelrc.in"
    printf 'startup --host_jvm_args=-Dhermetic_pytest.overlay=%s\n' "${overlay##*-}"
}
