using RnnTrain.Cells;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Tests;

public sealed class ConfigFilesTests
{
    private static string Folder => Path.Combine(Repository.Root, "configs");

    public static TheoryData<string> Files => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order().Select(path => Path.GetRelativePath(Repository.Root, path))]
        : ["none"];

    [Fact]
    public void There_are_config_files_to_test()
    {
        Repository.RequireSources();
        Assert.True(Files.Count >= 7, $"only {Files.Count} were found");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_config_has_no_mistake_and_begins_with_the_command_that_runs_it(string file)
    {
        Repository.RequireSources();
        var path = Path.Combine(Repository.Root, file);
        ConfigLoader.Load(path, [], Registries.All);
        Assert.StartsWith($"# scripts/rnn train {file.Replace('\\', '/')}", File.ReadLines(path).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cell_has_a_configuration_on_WikiText_2()
    {
        Repository.RequireSources();
        foreach (var cell in CellTable.Cells)
        {
            var path = Path.Combine(Folder, "language_modeling", "cells", $"wikitext2_{cell.Name}.yaml");
            Assert.True(File.Exists(path), $"{path} is missing");
            Assert.Equal(cell.OptionsType, ConfigLoader.Load(path, [], Registries.All).Config.Model.Cell.GetType());
        }
    }

    [Fact]
    public void The_reference_of_all_keys_is_up_to_date()
    {
        Repository.RequireSources();
        var path = Path.Combine(Repository.Root, "docs", "CONFIGURATION.md");
        var generated = ConfigurationDocument.Generate(Registries.All);
        if (Environment.GetEnvironmentVariable("RNN_WRITE_DOCS") == "1") File.WriteAllText(path, generated);
        Assert.True(File.ReadAllText(path) == generated, "docs/CONFIGURATION.md is stale; write it anew with RNN_WRITE_DOCS=1 scripts/test --filter *ConfigFilesTests*");
    }
}
