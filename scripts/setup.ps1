# Makes this checkout ready to build on Windows: chooses where TorchSharp comes from and writes the choice to TorchRuntime.props.
# Running it again is quick and changes nothing. The twin of scripts/setup, which has the runtime `system` (Linux only) besides.
#
#   scripts\setup.ps1 [-Runtime auto|cuda|cpu|path] [-TorchSharpPath DLL]
#
# auto takes the first that is possible: cuda (a GPU, and TorchSharp-cuda-windows on the package feed), cpu (TorchSharp-cpu on the
# feed). Without arguments an earlier choice is kept.
#
# Exit codes: 0 ready; 2 wrong arguments; 3 something is missing, and the output says what.
param(
    [string] $Runtime = '',
    [string] $TorchSharpPath = ''
)
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$choice = Join-Path $root 'TorchRuntime.props'

function Say([string] $text) { Write-Host "setup: $text" }
function Stop-Setup([int] $code, [string] $text) {
    [Console]::Error.WriteLine("setup: $text")
    exit $code
}

function Test-Gpu {
    $ErrorActionPreference = 'Continue' # else Windows PowerShell takes a program's error output for a failure
    if (-not (Get-Command nvidia-smi -ErrorAction SilentlyContinue)) { return $false }
    & nvidia-smi -L *> $null
    return $LASTEXITCODE -eq 0
}

# Why TorchSharp of this kind (cuda or cpu) cannot be taken from the feed; nothing when it can.
function Get-FeedObstacle([string] $kind) {
    $ErrorActionPreference = 'Continue'
    $package = 'TorchSharp-cpu'
    if ($kind -eq 'cuda') { $package = 'TorchSharp-cuda-windows' }
    $versions = Get-Content -Raw (Join-Path $root 'Directory.Packages.props')
    $version = [regex]::Match($versions, "`"$package`" Version=`"([^`"]*)`"").Groups[1].Value
    $answer = & dotnet package search $package --exact-match --format json 2> $null | Out-String
    if ($LASTEXITCODE -ne 0) { return 'no package feed answered' }
    if (-not $answer.Contains("`"version`": `"$version`"")) { return "the package feed has no $package $version" }
    $restore = & dotnet restore (Join-Path $root 'src/RnnTrain/RnnTrain.csproj') "-p:TorchRuntime=$kind" | Out-String
    if ($LASTEXITCODE -ne 0) { return "$package $version could not be restored: $([regex]::Match($restore, 'error [^\r\n]*').Value)" }
    return ''
}

if ($TorchSharpPath -ne '') {
    if ($Runtime -eq '') { $Runtime = 'path' }
    if ($Runtime -ne 'path') { Stop-Setup 2 "-TorchSharpPath goes with -Runtime path, not with -Runtime $Runtime" }
    if (-not (Test-Path -PathType Leaf $TorchSharpPath)) { Stop-Setup 2 "-TorchSharpPath ${TorchSharpPath}: no such file" }
    $TorchSharpPath = (Resolve-Path $TorchSharpPath).Path
}
if ($Runtime -eq 'path' -and $TorchSharpPath -eq '') { Stop-Setup 2 '-Runtime path needs -TorchSharpPath DLL, the TorchSharp.dll to build on' }
if ($Runtime -eq 'system') { Stop-Setup 2 'the runtime system is for Linux; allowed here: auto, cuda, cpu, path' }
if ('', 'auto', 'cuda', 'cpu', 'path' -notcontains $Runtime) { Stop-Setup 2 "unknown runtime '$Runtime'; allowed: auto, cuda, cpu, path" }

if ($Runtime -eq '' -and (Test-Path $choice)) {
    Say "TorchRuntime=$(([xml](Get-Content -Raw $choice)).Project.PropertyGroup.TorchRuntime.'#text'), chosen earlier; -Runtime auto chooses again"
    exit 0
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { Stop-Setup 3 "the .NET 10 SDK is missing: there is no 'dotnet' on the PATH" }

$reason = 'as asked'
if ($Runtime -eq 'cuda' -or $Runtime -eq 'cpu') {
    $obstacle = Get-FeedObstacle $Runtime
    if ($obstacle -ne '') { Stop-Setup 3 "TorchRuntime=$Runtime is not possible here: $obstacle" }
}
elseif ($Runtime -ne 'path') {
    $Runtime = ''
    $reason = 'no GPU; '
    if (Test-Gpu) {
        $reason = 'a GPU; '
        $obstacle = Get-FeedObstacle 'cuda'
        if ($obstacle -eq '') { $Runtime = 'cuda'; $reason += 'TorchSharp-cuda-windows on the package feed' }
        else { $reason += "$obstacle; " }
    }
    if ($Runtime -eq '') {
        $obstacle = Get-FeedObstacle 'cpu'
        if ($obstacle -ne '') { Stop-Setup 3 "no runtime is possible here: $reason$obstacle. Add a package feed that has it, or give -TorchSharpPath." }
        $Runtime = 'cpu'
        $reason += 'TorchSharp-cpu on the package feed'
    }
}

$path = ''
if ($Runtime -eq 'path') {
    $path = "`n    <TorchSharpPath Condition=`"'`$(TorchSharpPath)' == ''`">$TorchSharpPath</TorchSharpPath>"
}
$text = @"
<Project>
  <!-- Written by scripts/setup.ps1. To choose again, delete this file and run scripts/setup.ps1. -->
  <PropertyGroup>
    <TorchRuntime Condition="'`$(TorchRuntime)' == ''">$Runtime</TorchRuntime>$path
  </PropertyGroup>
</Project>
"@
# An unchanged file keeps its time stamp, which scripts/rnn.ps1 takes for a reason to build.
if (-not (Test-Path $choice) -or [IO.File]::ReadAllText($choice) -cne $text) { [IO.File]::WriteAllText($choice, $text) }
Say "TorchRuntime=${Runtime}: $reason"
