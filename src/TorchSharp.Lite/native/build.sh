#!/bin/sh
# Builds libtorchsharp_lite.so over the libtorch of this machine. Needs cmake and g++, not the .NET SDK.
#
#   build.sh --locate      prints the folder of the libtorch that would be used
#   build.sh --identify    prints its folder and its version
#   build.sh FOLDER        builds FOLDER/libtorchsharp_lite.so
#
# libtorch is $LIBTORCH if set (a folder with lib/ and include/, such as .../site-packages/torch), else the pip torch of
# python3, else the system's (Debian: libtorch-dev).
set -eu
here=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "torchsharp_lite: error : $1" >&2
  exit 1
}

is_libtorch() { [ -f "$1/lib/libtorch_cpu.so" ] && [ -d "$1/include/ATen" ]; }

locate() {
  if [ -n "${LIBTORCH:-}" ]; then
    if [ "$LIBTORCH" = /usr ]; then find_system && return; fi
    is_libtorch "$LIBTORCH" || fail "LIBTORCH=$LIBTORCH has no lib/libtorch_cpu.so and include/ATen"
    echo "$LIBTORCH"
    return
  fi
  if command -v python3 > /dev/null; then
    found=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2> /dev/null || true)
    if [ -n "$found" ] && is_libtorch "$found"; then
      echo "$found"
      return
    fi
  fi
  find_system || fail "no libtorch found; install one (Debian: apt-get install libtorch-dev; or: pip install torch) or set LIBTORCH to its folder"
}

find_system() {
  [ -d /usr/include/ATen ] || return 1
  for library in /usr/lib/*/libtorch_cpu.so /usr/lib/libtorch_cpu.so /usr/lib64/libtorch_cpu.so; do
    if [ -f "$library" ]; then
      echo /usr
      return 0
    fi
  done
  return 1
}

# torch/version.h holds the version, or includes torch/headeronly/version.h, which does.
version() {
  for header in include/torch/headeronly/version.h include/torch/csrc/api/include/torch/version.h; do
    [ ! -f "$1/$header" ] || sed -n 's/^#define TORCH_VERSION_M[A-Z]* \([0-9]*\)$/\1/p; s/^#define TORCH_VERSION_PATCH \([0-9]*\)$/\1/p' "$1/$header"
  done | head -n 3 | paste -s -d .
}

root=$(locate)
case ${1:-} in
  --locate) echo "$root"; exit 0 ;;
  --identify) echo "$root $(version "$root")"; exit 0 ;;
esac
[ $# -eq 1 ] || fail "usage: build.sh --locate | build.sh --identify | build.sh FOLDER"
for tool in cmake g++; do
  command -v $tool > /dev/null || fail "$tool is missing; install it (Debian: apt-get install cmake g++ make)"
done

abi=
if [ "$root" = /usr ]; then
  include="/usr/include;/usr/include/torch/csrc/api/include"
  for library in /usr/lib/*/libtorch_cpu.so /usr/lib/libtorch_cpu.so /usr/lib64/libtorch_cpu.so; do
    if [ -f "$library" ]; then lib=$(dirname "$library"); fi
  done
else
  include="$root/include;$root/include/torch/csrc/api/include"
  lib="$root/lib"
  config="$root/share/cmake/Torch/TorchConfig.cmake"
  if [ -f "$config" ]; then abi=$(sed -n 's/.*_GLIBCXX_USE_CXX11_ABI=\([01]\).*/\1/p' "$config" | head -n 1); fi
fi

mkdir -p "$1/cmake"
out=$(cd "$1" && pwd)
cmake -S "$here" -B "$out/cmake" -DLIBTORCH_INCLUDE="$include" -DLIBTORCH_LIB="$lib" -DLIBTORCH_CXX11_ABI="$abi" \
  -DLIBTORCH_VERSION="$(version "$root")" > "$out/cmake.log" 2>&1 \
  && cmake --build "$out/cmake" --clean-first >> "$out/cmake.log" 2>&1 || { cat "$out/cmake.log" >&2; fail "compiling against $root failed, see above"; }
cp -f "$out/cmake/libtorchsharp_lite.so" "$out/libtorchsharp_lite.so.new"
mv -f "$out/libtorchsharp_lite.so.new" "$out/libtorchsharp_lite.so"
