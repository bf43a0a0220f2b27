# Runs all tests on Windows: format check, build with warnings as errors, every test project, every smoke configuration.
# The last line of the output is "N passed, N failed", with ", N skipped" where tests were skipped. The twin of scripts/test.
#
#   scripts\test.ps1 [-Filter TEXT]    only tests and smoke configurations whose name contains TEXT; no format check
#
# Exit codes: 0 everything passed; 1 something failed; 3 something is missing (see scripts/setup.ps1).
param([string] $Filter = '')
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
$script:passed = 0
$script:failed = 0
$script:skipped = 0
$script:failures = @()

function Add-Failure([string] $text, [int] $count = 1) {
    $script:failed += $count
    $script:failures += $text
    Write-Host "FAILED: $text"
}

function Complete-Tests {
    Remove-Item -Recurse -Force $scratch
    if ($script:passed + $script:failed + $script:skipped -eq 0) { Add-Failure "no test has '$Filter' in its name" }
    if ($script:failures) {
        Write-Host "`nFailed:"
        $script:failures | ForEach-Object { Write-Host "  $_" }
    }
    $sum = "`n$($script:passed) passed, $($script:failed) failed"
    if ($script:skipped -gt 0) { $sum += ", $($script:skipped) skipped" }
    Write-Host $sum
    if ($script:failed -gt 0) { exit 1 }
    exit 0
}

# A step of the preparation, which counts only when it fails; only then its output is shown.
function Invoke-Step([string] $name, [string[]] $arguments) {
    $output = & dotnet @arguments
    if ($LASTEXITCODE -eq 0) {
        Write-Host "done: $name"
        return $true
    }
    $output | Select-Object -Last 60 | Out-Host
    Add-Failure $name
    return $false
}

function Invoke-TestProject([string] $name) {
    $program = Join-Path $root "tests/$name/bin/Release/net10.0/$name.exe"
    $results = Join-Path $scratch "$name.xml"
    if (-not (Test-Path $program)) {
        Add-Failure "${name}: the build has made no $program; is the project in RnnTrain.sln?"
        return
    }
    $options = @('-noLogo', '-xml', $results)
    if ($Filter -ne '') { $options += @('-method', "*$Filter*") }
    & $program @options | Out-Host
    $code = $LASTEXITCODE
    if (-not (Test-Path $results)) {
        Add-Failure "${name}: ended with exit code $code and no result"
        return
    }
    $result = ([xml](Get-Content -Raw -Encoding UTF8 $results)).assemblies.assembly
    $bad = [int] $result.failed + [int] $result.errors
    $script:passed += [int] $result.passed
    $script:skipped += [int] $result.skipped
    if ($bad -gt 0) { Add-Failure "${name}: $bad of $($result.total) tests" $bad }
    elseif ($code -ne 0) { Add-Failure "${name}: no test failed, and yet the exit code is $code" }
    elseif ([int] $result.total -eq 0 -and $Filter -eq '') { Add-Failure "${name}: holds no test" }
}

function Invoke-Smoke([IO.FileInfo] $config) {
    $run = Join-Path $scratch $config.BaseName
    $output = & (Join-Path $root 'src/RnnTrain/bin/Release/net10.0/rnn.exe') train $config.FullName --run-dir $run
    $code = $LASTEXITCODE
    $metrics = Join-Path $run 'metrics.csv'
    if ($code -ne 0) {
        $output | Select-Object -Last 30 | Out-Host
        Add-Failure "smoke/$($config.BaseName): rnn train ended with exit code $code"
    }
    elseif (-not (Test-Path $metrics) -or @(Get-Content $metrics).Count -lt 2) { Add-Failure "smoke/$($config.BaseName): metrics.csv has no rows" }
    else {
        $script:passed++
        Write-Host "passed: smoke/$($config.BaseName)"
    }
}

Set-Location $root
$env:RNN_HOME = $root # as scripts/rnn.ps1 does, for configurations that read files of this checkout
& (Join-Path $PSScriptRoot 'setup.ps1')
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
New-Item -ItemType Directory $scratch | Out-Null

if (-not (Invoke-Step 'restore' @('restore', 'RnnTrain.sln'))) { Complete-Tests }
if ($Filter -eq '') { Invoke-Step 'format' @('format', 'RnnTrain.sln', '--verify-no-changes', '--no-restore') | Out-Null }
if (-not (Invoke-Step 'build, warnings as errors' @('build', 'RnnTrain.sln', '-c', 'Release', '--no-restore', '--nologo', '-warnaserror'))) { Complete-Tests }
Get-ChildItem tests -Directory -Filter '*.Tests' | ForEach-Object { Invoke-TestProject $_.Name }
$configs = @(Get-ChildItem configs/smoke -Filter '*.yaml')
if ($configs.Count -eq 0) { Add-Failure 'configs/smoke holds no configuration' }
$configs | Where-Object { $_.BaseName.Contains($Filter) } | ForEach-Object { Invoke-Smoke $_ }
Complete-Tests
