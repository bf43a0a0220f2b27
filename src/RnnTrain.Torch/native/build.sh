#!/bin/sh
# Builds librnntrain_onednn.so over the oneDNN of this machine. Needs cmake and g++, not the .NET SDK.
#
#   build.sh --identify    prints the include folder and the library file that would be used, or `none` and why
#   build.sh FOLDER        builds FOLDER/librnntrain_onednn.so
#
# oneDNN is $ONEDNN if set (a folder with include/ and lib/, such as that of `pip install onednn-devel`; or `none`), else the
# system's (Debian: libdnnl-dev), else the one within the pip torch of python3 where its headers and symbols are there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "rnntrain_onednn: error : $1" >&2
  exit 1
}

# Prints the include folder and the library of the oneDNN under a prefix.
under() {
  [ -f "$1/include/oneapi/dnnl/dnnl.h" ] || return 1
  for library in "$1"/lib/libdnnl.so "$1"/lib/*/libdnnl.so "$1"/lib64/libdnnl.so; do
    if [ -f "$library" ]; then
      echo "$1/include $library"
      return 0
    fi
  done
  return 1
}

within_torch() {
  command -v python3 > /dev/null && command -v nm > /dev/null || return 1
  torch=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2> /dev/null || true)
  [ -n "$torch" ] && [ -f "$torch/include/oneapi/dnnl/dnnl.h" ] && [ -f "$torch/lib/libtorch_cpu.so" ] || return 1
  nm -D --defined-only "$torch/lib/libtorch_cpu.so" 2> /dev/null | grep -q ' dnnl_sgemm$' || return 1
  echo "$torch/include $torch/lib/libtorch_cpu.so"
}

identify() {
  if [ "${ONEDNN:-}" = none ]; then
    echo "none (ONEDNN=none)"
  elif [ -n "${ONEDNN:-}" ]; then
    under "$ONEDNN" || fail "ONEDNN=$ONEDNN has no include/oneapi/dnnl/dnnl.h and lib/libdnnl.so"
  elif ! command -v cmake > /dev/null || ! command -v g++ > /dev/null; then
    echo "none (cmake or g++ is missing; Debian: apt-get install cmake g++ make)"
  else
    under /usr || under /usr/local || within_torch || echo "none (no oneDNN found; Debian: apt-get install libdnnl-dev; or set ONEDNN to its folder)"
  fi
}

found=$(identify)
[ "${1:-}" != --identify ] || { echo "$found"; exit 0; }
[ $# -eq 1 ] || fail "usage: build.sh --identify | build.sh FOLDER"
case $found in none*) fail "$found" ;; esac

mkdir -p "$1/cmake"
out=$(cd "$1" && pwd)
cmake -S "$here" -B "$out/cmake" -DONEDNN_INCLUDE="${found%% *}" -DONEDNN_LIBRARY="${found#* }" > "$out/cmake.log" 2>&1 \
  && cmake --build "$out/cmake" --clean-first >> "$out/cmake.log" 2>&1 || { cat "$out/cmake.log" >&2; fail "compiling against $found failed, see above"; }
cp -f "$out/cmake/librnntrain_onednn.so" "$out/librnntrain_onednn.so.new"
mv -f "$out/librnntrain_onednn.so.new" "$out/librnntrain_onednn.so"
