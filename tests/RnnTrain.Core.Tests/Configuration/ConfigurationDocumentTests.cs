using System.Reflection;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ConfigurationDocumentTests
{
    private static readonly string Document = ConfigurationDocument.Generate(FakeComponents.Registries);

    [Theory]
    [InlineData("### The top of the file\n\n| key | accepts | default | meaning |\n|---|---|---|---|\n| `name` | text |  |")]
    [InlineData("runs/&lt;name>/&lt;date-time>/.")]
    [InlineData("| `seed` | a whole number, at least 0 | `1` | The seed of every random choice")]
    [InlineData("| `device` | auto, cpu, cuda, or cuda:N | `auto` |")]
    [InlineData("| `task` | one of the [tasks](#tasks) |  |")]
    [InlineData("| `evaluation` | a block of keys | each key's own |")]
    [InlineData("| `sample` | a block of keys, or null | `null` |")]
    [InlineData("\n### `data.split`\n\nShares of")]
    [InlineData("| `between_layers` | a number, at least 0 and below 1 | `0.0` |")]
    [InlineData("| `path` | `auto`, `fused` or `unrolled` | `auto` | How a layer is computed: auto takes the fused path wherever cell and options allow it, else the parallel one. `auto`: Fused wherever")]
    [InlineData("\n## Cells\n\nThe choices of `type` in `model.cell` or `model.decoder.cell`.\n\n### `plain`\n\nA plain cell.\n\nNo further keys.\n")]
    [InlineData("| `end_of_line` | text, or null | `<eos>` |")]
    [InlineData("| `shares` | a list, each item a number, at least 0 and at most 1 | `[0.5, 0.5]` |")]
    [InlineData("refused with its name.\n\n- `name`: names the folder")]
    public void The_reference_says(string part) => Assert.Contains(part, Document, StringComparison.Ordinal);

    [Fact]
    public void Every_property_of_every_options_record_is_in_the_reference()
    {
        var records = typeof(ExperimentConfig).Assembly.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)
            && type.Namespace == typeof(ExperimentConfig).Namespace && !type.IsAbstract).Append(typeof(ExperimentConfig)).ToList();
        Assert.True(records.Count >= 9, $"only {records.Count} records were found");
        foreach (var property in records.SelectMany(record => record.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Where(property => property.CanWrite))
        {
            var name = string.Concat(property.Name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
            Assert.Contains($"| `{name}` |", Document, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_holds_no_carriage_return_whatever_the_sources_line_ends() => Assert.DoesNotContain('\r', Document);
}
