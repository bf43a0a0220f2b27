# Tokens a second of rnn over those of the equivalent PyTorch program, on Windows; scripts\bench.ps1 --help lists the options.
# $env:PYTHON names the Python that has PyTorch (default: python).
$ErrorActionPreference = 'Stop'
$python = 'python'
if ($env:PYTHON) { $python = $env:PYTHON }
if (-not (Get-Command $python -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('bench: no Python found; install one with PyTorch, or name it in $env:PYTHON')
    exit 3
}
& $python (Join-Path $PSScriptRoot 'benchmark/compare.py') @args
exit $LASTEXITCODE
