using System.Runtime.CompilerServices;

namespace RnnTrain.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Skips a test that reads the sources where they are not at hand, as on a machine that got only the built tests.</summary>
    public static void RequireSources() => Assert.SkipUnless(File.Exists(Path.Combine(Root, "RnnTrain.sln")), "the sources are not here");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
