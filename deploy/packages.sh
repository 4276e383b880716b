# packages.sh - what Renda needs from the system's packages, and how to get what is missing.
# Sourced by deploy/run, tests/run and .ci/run. Everything said here goes to standard error.
# shellcheck shell=sh disable=SC2034,SC2048,SC2086,SC2154

say() { printf '%s\n' "$*" >&2; }

# Sets $os to "debian 12" or the like, and the package lists.
packages_init()
{
    os=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}") || os=unknown
    case $os in
    "debian 12" | "ubuntu 24.04") msgpack=libmsgpack-dev ;;
    *) msgpack=libmsgpack-c-dev ;;
    esac
    build_packages="cmake ninja-build gcc libc6-dev pkgconf ca-certificates
        libzmq3-dev $msgpack libsqlite3-dev libcurl4-openssl-dev libxml2-dev libzstd-dev libxxhash-dev zlib1g-dev
        libyaml-dev libjansson-dev libseccomp-dev libpcre2-dev libuchardet-dev libmicrohttpd-dev
        libpoppler-glib-dev poppler-data libzip-dev"
    test_packages="libcmocka-dev python3 python3-zmq python3-msgpack python3-jsonschema"
}

# packages_need NAME…: installs those that are not here yet. Without any missing it asks nobody and needs
# no network. Does not return on a system that it does not know, where it says $by_hand (exit 2), or when
# installing fails (exit 1).
packages_need()
{
    case $os in
    "debian 12" | "debian 13" | "ubuntu 24.04") ;;
    *)  say "$0: this is '$os'; packages are installed on Debian 12, Debian 13 and Ubuntu 24.04 only."
        say "Elsewhere, install what these Debian packages hold:" $*
        say "then: $by_hand"
        exit 2 ;;
    esac

    missing=
    for package; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed*) ;;                          # "installedinstalled" where two architectures are
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0

    say "Installing:$missing"
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { say "$0: run this as root once, or install sudo"; exit 1; }
        as_root=sudo
    fi
    set -- -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3
    $as_root apt-get "$@" -qq update >&2 || say "$0: apt-get update failed; trying with the lists that are here"
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get "$@" -qq -y --no-install-recommends install $missing >&2 ||
        { say "$0: could not install:$missing"; exit 1; }
}
