#!/bin/sh
# Starts a Python program of the build: finds the program's runfiles, and becomes the runtime that lies there.
set -eu

main='%main%'
imports='%imports%'

# find_runfiles PROGRAM: sets $runfiles. The program lies beside its runfiles or in the tree of another program,
# or is a symlink to one that does.
find_runfiles() {
    # Unset, it is no folder: a remote worker may have the program's sources in its root folder.
    if [ -n "${RUNFILES_DIR-}" ] && [ -e "$RUNFILES_DIR/$main" ]; then
        runfiles=$RUNFILES_DIR
        return
    fi
    program=$1
    while true; do
        case $program in
        /*) ;;
        *) program=$PWD/$program ;;
        esac
        if [ -d "$program.runfiles" ]; then
            runfiles=$program.runfiles
            return
        fi
        case $program in
        *.runfiles/*)
            runfiles=${program%.runfiles/*}.runfiles
            return
            ;;
        esac
        if [ ! -L "$program" ]; then
            echo "$1: there are no runfiles beside it: start it where Bazel built it" >&2
            exit 1
        fi
        target=$(readlink "$program")
        case $target in
        /*) program=$target ;;
        *) program=${program%/*}/$target ;;
        esac
    done
}

find_runfiles "$0"
path=$runfiles
IFS=:
for import in $imports; do
    path=$path:$runfiles/$import
done
unset IFS
for repository in "$runfiles"/*/; do
    path=$path:${repository%/}
done

export PYTHONPATH="$path${PYTHONPATH:+:$PYTHONPATH}" PYTHONSAFEPATH=1 RUNFILES_DIR="$runfiles"
exec "$runfiles/%python_binary%" "$runfiles/$main" "$@"
