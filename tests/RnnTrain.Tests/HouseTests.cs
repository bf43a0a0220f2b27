using System.Text.RegularExpressions;

namespace RnnTrain.Tests;

/// <summary>The order of the house: data flows one way, and a folder uses only what stands to its left.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] Order =
    [
        "Configuration", "Numerics", "Data", "NGrams", "Metrics", "Schedules", "Tensors", "Engines", "Cells", "Layers", "Models", "Tasks", "Training",
        "Generation", "Prediction", "Runs", "Checkpoints", "Reports", "Observers", "Composition", "Commands",
    ];

    [Fact]
    public void A_folder_uses_only_what_stands_to_its_left()
    {
        Repository.RequireSources();
        var wrong = new List<string>();
        var files = 0;
        foreach (var (folder, path) in Sources())
        {
            files++;
            var own = Array.IndexOf(Order, folder);
            Assert.True(own >= 0, $"{path}: the folder {folder} has no place in the order of the house");
            foreach (Match use in Uses().Matches(File.ReadAllText(path)))
            {
                var used = use.Groups[1].Value;
                if (Array.IndexOf(Order, used) > own) wrong.Add($"{path}: {folder} uses {used}");
            }
        }
        Assert.True(files > 60, $"only {files} files were looked at");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_holds_no_tensor()
    {
        Repository.RequireSources();
        var core = Path.Combine(Repository.Root, "src", "RnnTrain.Core");
        Assert.DoesNotContain("UsesTorch", File.ReadAllText(Path.Combine(core, "RnnTrain.Core.csproj")), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Folder, string Path)> Sources()
    {
        foreach (var project in new[] { "RnnTrain.Core", "RnnTrain.Torch", "RnnTrain" })
        {
            var root = Path.Combine(Repository.Root, "src", project);
            foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
            {
                var folder = Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0];
                if (folder is not ("bin" or "obj" or "Program.cs")) yield return (folder, path);
            }
        }
    }

    [GeneratedRegex(@"\bRnnTrain\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex Uses();
}
