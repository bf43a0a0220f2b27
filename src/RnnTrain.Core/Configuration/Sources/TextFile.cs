using System.Text;

namespace RnnTrain.Configuration.Sources;

/// <summary>Reads a file that must be UTF-8.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="file">The path.</param>
    /// <param name="asked">Where the file was asked for: the file itself, or the `extends` that names it.</param>
    /// <param name="path">The key that names the file; empty for the file given on the command line.</param>
    public static string Read(string file, Position asked, string path, MistakeList mistakes)
    {
        if (Directory.Exists(file)) throw mistakes.Fatal(asked, path, $"'{file}' is a folder; name a configuration file");
        try
        {
            var bytes = File.ReadAllBytes(file);
            return Decode(bytes, file, mistakes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw mistakes.Fatal(asked, path, $"the file '{file}' does not exist{NearFile(file)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw mistakes.Fatal(asked, path, $"the file '{file}' cannot be read: {e.Message}");
        }
    }

    private static string Decode(byte[] bytes, string file, MistakeList mistakes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw mistakes.Fatal(new Position(file, 0, 0), "", "byte 0: the file is UTF-16; save it as UTF-8");
        var skip = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return Strict.GetString(bytes, skip, bytes.Length - skip);
        }
        catch (DecoderFallbackException e)
        {
            var offset = skip + e.Index;
            throw mistakes.Fatal(new Position(file, 0, 0), "", $"byte {offset}: 0x{bytes[offset]:X2} is not UTF-8; save the file as UTF-8");
        }
    }

    private static string NearFile(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) return $"; neither does its folder '{folder}'";
        var names = Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>();
        return Binding.NearNames.Nearest(Path.GetFileName(file), names) is { } near ? $"; did you mean '{near}'?" : "";
    }
}
