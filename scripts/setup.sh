#!/bin/sh
# Sets this checkout up: system libraries and fonts, a virtual environment in .venv, docgen itself.
#
#     sh scripts/setup.sh demo     what `docgen build --pdf` needs
#     sh scripts/setup.sh test     the same, and what the tests need
#     sh scripts/setup.sh fidelity the same, and two fonts for the comparison with LibreOffice, in .cache/
#     sh scripts/setup.sh bench    what the tests need, and unoserver to measure LibreOffice with, in .cache/
#
# What is there already is left alone, so that a second run takes a second. System packages are installed as root, or
# with a sudo that asks for no password; otherwise the line to run is printed and the exit code is 3.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

purpose=${1:-demo}
case $purpose in
demo) extra=pdf ;;
test | fidelity | bench) extra=dev ;;
*)
    echo "usage: sh scripts/setup.sh demo|test|fidelity|bench" >&2
    exit 2
    ;;
esac

fail() {
    echo "docgen set-up: $*" >&2
    exit 3
}

# --- what is missing ------------------------------------------------------------------------------------------------

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# The libraries that WeasyPrint loads. Without the HarfBuzz subset library it works, about 18 times slower.
has_library() {
    "$python" - "$1" 2>/dev/null <<'PYTHON'
import ctypes, ctypes.util, sys
name = sys.argv[1]
for file in (f"lib{name}.so.0", f"lib{name}.0.dylib", ctypes.util.find_library(name)):
    try:
        ctypes.CDLL(file or "lib-not-there")
    except OSError:
        continue
    sys.exit(0)
sys.exit(1)
PYTHON
}

# LibreOffice's library for Python, which is made for the system's own Python.
has_uno() { /usr/bin/python3 -c 'import uno' 2>/dev/null; }

has_command() { command -v "$1" >/dev/null 2>&1; }

# One of these families is installed: the font a template names, or the one that stands in for it.
has_font() {
    has_command fc-list || return 1
    for family in "$@"; do
        [ -z "$(fc-list "$family" family 2>/dev/null)" ] || return 0
    done
    return 1
}

missing() {
    if python=$(find_python); then
        has_venv || echo venv
        has_library pango-1.0 && has_library pangoft2-1.0 || echo pango
        has_library harfbuzz-subset || echo harfbuzz
    else
        echo python venv pango harfbuzz
    fi
    has_command fc-list || echo fontconfig
    has_font "Noto Serif CJK SC" SimSun "Songti SC" && has_font "Noto Sans CJK SC" SimHei "PingFang SC" || echo chinese
    has_font "Liberation Serif" "Times New Roman" && has_font "Liberation Sans" Arial || echo latin
    has_font "DejaVu Sans" || echo symbols
    [ "$purpose" != demo ] || return 0
    has_command soffice || echo libreoffice
    has_command pdftotext && has_command pdftoppm || echo poppler
    has_command qpdf || echo qpdf
    [ "$purpose" != bench ] || has_uno || echo uno
}

# --- how this system calls it -----------------------------------------------------------------------------------------

apt_package() {
    case $1 in
    python) echo python3 ;;
    venv)
        # A Python beside the system's own has its venv in a package of its own.
        case ${python:-python3} in
        */python3 | python3) echo python3-venv ;;
        *) echo "$(basename "$python")-venv" ;;
        esac
        ;;
    pango) echo libpango-1.0-0 libpangoft2-1.0-0 ;;
    harfbuzz) echo libharfbuzz-subset0 ;;
    fontconfig) echo fontconfig ;;
    chinese) echo fonts-noto-cjk ;;
    latin) echo fonts-liberation ;;
    symbols) echo fonts-dejavu-core ;;
    libreoffice) echo libreoffice-writer-nogui ;;
    poppler) echo poppler-utils ;;
    qpdf) echo qpdf ;;
    uno) echo python3-uno ;;
    esac
}

dnf_package() {
    case $1 in
    python | venv) echo python3 ;;
    chinese) echo google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts ;;
    latin) echo liberation-serif-fonts liberation-sans-fonts ;;
    symbols) echo dejavu-sans-fonts ;;
    libreoffice) echo libreoffice-writer ;;
    uno) echo libreoffice-pyuno ;;
    poppler) echo poppler-utils ;;
    *) echo "$1" ;;
    esac
}

pacman_package() {
    case $1 in
    venv) echo python ;;
    chinese) echo noto-fonts-cjk ;;
    latin) echo ttf-liberation ;;
    symbols) echo ttf-dejavu ;;
    libreoffice | uno) echo libreoffice-still ;;
    *) echo "$1" ;;
    esac
}

brew_package() {
    case $1 in
    venv) echo python ;;
    chinese) echo font-noto-serif-cjk-sc font-noto-sans-cjk-sc ;;
    latin) echo font-liberation ;;
    symbols) echo font-dejavu ;;
    *) echo "$1" ;;
    esac
}

packages() {
    for thing in $needed; do "$1_package" "$thing"; done | tr ' ' '\n' | awk 'NF && !seen[$0]++' | tr '\n' ' ' | sed 's/ $//'
}

# --- installing ---------------------------------------------------------------------------------------------------------

# Runs a command without its chatter, and shows all of it when the command fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# How to become root without being asked for a password; 1 when that can't be.
find_root() {
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has_command sudo && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
}

install_with_apt() {
    list=$(packages apt)
    line="apt-get update && apt-get install -y --no-install-recommends $list"
    if ! find_root; then
        fail "these system packages are missing; please run:

    sudo sh -c '$line'
"
    fi
    echo "Installing system packages: $list"
    # shellcheck disable=SC2086  # the lists are words
    quietly $as_root apt-get update -qq -o DPkg::Lock::Timeout=300 &&
        quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 $list ||
        fail "the system packages could not be installed (see above): $line"
}

needed=$(missing | tr '\n' ' ')
if [ -n "${needed% }" ]; then
    python=$(find_python) || python=
    if has_command apt-get; then
        install_with_apt
    elif has_command dnf; then
        fail "please run:  sudo dnf install -y $(packages dnf)"
    elif has_command pacman; then
        fail "please run:  sudo pacman -S --needed --noconfirm $(packages pacman)"
    elif has_command brew; then
        fail "please run:  brew install $(packages brew)"
    else
        fail "please install: $needed(names as in the list of scripts/setup.sh)"
    fi
    needed=$(missing | tr '\n' ' ')
fi
python=$(find_python) || fail "Python 3.11 or newer is needed; PYTHON=/path/to/python3 names one that isn't found by itself"
[ -z "${needed% }" ] || fail "still missing after the installation: $needed"

# --- two fonts -----------------------------------------------------------------------------------------------------------

# 仿宋 and 楷体 for the comparison. Debian has them in a package of TeX that needs half of TeX to be installed; only the
# two files are taken out of it. On other systems they are Fandol of CTAN.
fandol=.cache/fidelity/fandol
fandol_package=texlive-lang-chinese
fandol_folder=./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
fandol_files="FandolFang-Regular.otf FandolKai-Regular.otf"

has_fandol() {
    for file in $fandol_files; do
        [ -s "$fandol/$file" ] || return 1
    done
}

download_fandol() {
    # shellcheck disable=SC2086  # the lists are words
    (cd "$1" && apt-get download -q $fandol_package && set -- "$1" *.deb && dpkg-deb --fsys-tarfile "$2" |
        tar -x $(for file in $fandol_files; do echo "$fandol_folder/$file"; done))
}

take_fandol() {
    if ! has_command apt-get || ! has_command dpkg-deb; then
        fail "please put $fandol_files (Fandol, on CTAN) into $fandol"
    fi
    echo "Taking two fonts out of $fandol_package"
    scratch=$(mktemp -d)
    if ! download_fandol "$scratch" >/dev/null 2>&1; then
        if find_root; then
            quietly $as_root apt-get update -qq -o DPkg::Lock::Timeout=300 || true
        fi
        rm -rf "$scratch" && scratch=$(mktemp -d)
        quietly download_fandol "$scratch" || fail "the package $fandol_package could not be downloaded (see above)"
    fi
    mkdir -p "$fandol"
    for file in $fandol_files; do
        mv "$scratch/$fandol_folder/$file" "$fandol/$file" || fail "$file is not in $fandol_package"
    done
    rm -rf "$scratch"
}

if [ "$purpose" = fidelity ] && ! has_fandol; then
    take_fandol
fi

# --- the virtual environment ------------------------------------------------------------------------------------------

# The folder is part of the stamp: a virtual environment that was moved starts the wrong programs.
stamp=$(pwd && cat pyproject.toml constraints.txt | cksum)
mark=.venv/.set-up-for-$extra
pip() { quietly .venv/bin/python -m pip --disable-pip-version-check install -q -c constraints.txt "$@"; }

# It runs in the system's Python beside uno, so it isn't installed into the virtual environment.
take_unoserver() {
    version=$(sed -n 's/^unoserver==//p' constraints.txt)
    [ "$purpose" = bench ] && [ ! -d ".cache/bench/unoserver-$version.dist-info" ] || return 0
    echo "Installing unoserver into .cache/bench"
    rm -rf .cache/bench
    pip --target .cache/bench --no-deps unoserver || fail "pip could not install unoserver (see above)"
}

if [ -x .venv/bin/python ] && [ "$(cat "$mark" 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c 'import docgen'; then
    take_unoserver
    exit 0
fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1 ||
    [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" != "$(pwd -P)/.venv" ]; then
    quietly "$python" -m venv --clear .venv || fail "the virtual environment .venv can't be made (see above)"
fi
echo "Installing docgen and its libraries into .venv"
# Without build isolation the build tools are the pinned ones, too.
pip hatchling editables && pip --no-build-isolation -e ".[$extra]" || fail "pip could not install the libraries (see above)"
printf '%s\n' "$stamp" >"$mark"
take_unoserver
