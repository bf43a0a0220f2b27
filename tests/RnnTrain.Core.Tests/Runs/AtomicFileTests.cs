using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_file_is_replaced_and_nothing_is_left_beside_it()
    {
        AtomicFile.Write(temporary["a.json"], "first");
        AtomicFile.Write(temporary["a.json"], "ü");
        Assert.Equal([0xC3, 0xBC], File.ReadAllBytes(temporary["a.json"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there()
    {
        Directory.CreateDirectory(temporary["a.json"]);
        File.WriteAllText(Path.Combine(temporary["a.json"], "inside"), "");
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(temporary["a.json"], "new"));
        Assert.Equal([temporary["a.json"]], Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_flushed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows needs no flush of folders");
        Assert.Throws<IOException>(() => AtomicFile.FlushFolder(temporary["none"]));
    }
}
