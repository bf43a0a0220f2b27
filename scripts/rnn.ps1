# Runs rnn on Windows: sets this checkout up if it is not, builds what has changed, then runs the program. The twin of scripts/rnn.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$project = Join-Path $root 'src/RnnTrain'
$program = Join-Path $project 'bin/Release/net10.0/rnn.exe'
$stamp = Join-Path $project 'bin/Release/rnn.stamp'
$choice = Join-Path $root 'TorchRuntime.props'

function Test-Current {
    if (-not ((Test-Path $program) -and (Test-Path $stamp) -and (Test-Path $choice))) { return $false }
    $built = [IO.File]::GetLastWriteTimeUtc($stamp)
    $sources = @(Get-ChildItem $root -File -Filter 'Directory.*') + @(Get-Item $choice, (Join-Path $root 'global.json'))
    foreach ($folder in Get-ChildItem (Join-Path $root 'src') -Directory) {
        $sources += Get-ChildItem $folder.FullName -File
        foreach ($inner in Get-ChildItem $folder.FullName -Directory -Exclude bin, obj) { $sources += $inner; $sources += Get-ChildItem $inner.FullName -Recurse }
    }
    foreach ($source in $sources) { if ($source.LastWriteTimeUtc -gt $built) { return $false } }
    return $true
}

function Build-Program {
    if (-not (Test-Path $choice)) {
        & (Join-Path $PSScriptRoot 'setup.ps1') | Out-Host
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    }
    New-Item -ItemType Directory -Force (Split-Path $stamp) | Out-Null
    # The stamp bears the time before the build: what is edited meanwhile is built by the next call.
    [IO.File]::WriteAllText("$stamp.new", '')
    [Console]::Error.WriteLine('rnn: building what changed')
    $log = & dotnet build (Join-Path $project 'RnnTrain.csproj') -c Release --nologo -v quiet -nodeReuse:false
    if ($LASTEXITCODE -ne 0) {
        $log | ForEach-Object { [Console]::Error.WriteLine($_) }
        [Console]::Error.WriteLine('rnn: the build failed')
        exit 1
    }
    Move-Item -Force "$stamp.new" $stamp
}

if (-not (Test-Current)) {
    if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
        [Console]::Error.WriteLine("rnn: the .NET 10 SDK is missing: there is no 'dotnet' on the PATH")
        exit 3
    }
    # One build at a time; who waited finds it done.
    $lock = New-Object System.Threading.Mutex($false, ('rnn-' + ($root -replace '[^A-Za-z0-9]', '-')))
    try { $lock.WaitOne() | Out-Null } catch [System.Threading.AbandonedMutexException] { Write-Verbose 'an earlier build was broken off' }
    try { if (-not (Test-Current)) { Build-Program } } finally { $lock.ReleaseMutex() }
}
$env:RNN_PROGRAM = $PSCommandPath
$env:RNN_HOME = $root
& $program @args
exit $LASTEXITCODE
