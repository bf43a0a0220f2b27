using System.Globalization;
using System.Xml.Linq;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

public sealed class DiagnoseTests
{
    /// <summary>Over enough steps, on the same text with the same sizes.</summary>
    private static string Config(string cell, string initialization) => Rnn.Config
        .Replace("steps: 10}", "steps: 60}", StringComparison.Ordinal)
        .Replace("cell: {type: lstm}", $"cell: {cell}\n  initialization: {initialization}", StringComparison.Ordinal)
        .Replace("hidden_size: 8", "hidden_size: 24", StringComparison.Ordinal);

    private static string Diagnosis(string cell, string initialization)
    {
        using var rnn = new Rnn();
        return rnn.Done("diagnose", rnn.Write("diagnosed.yaml", Config(cell, initialization)));
    }

    [Fact]
    public void A_sigmoid_Elman_network_vanishes()
    {
        var told = Diagnosis("{type: elman, activation: sigmoid}", "{type: pytorch}");
        Assert.Matches(@"layer 0: the gradient shrinks 0\.[01]\d+ a step: what is [1-9] steps back cannot be learned", told);
        Assert.Contains("try model.cell.type: gru, or model.initialization.type: orthogonal", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rectified_Elman_network_of_large_weights_explodes_without_clipping()
    {
        var told = Diagnosis("{type: elman, activation: relu}", "{type: uniform, range: 0.6}");
        Assert.Matches(@"layer 0: the gradient grows [1-9]\.\d+ a step: 59 steps back it is \S+e\+\d+ times as large", told);
        Assert.Contains("try training.clip_norm: 1", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_gated_network_whose_gates_begin_open_holds(string cell)
    {
        var told = Diagnosis($"{{type: {cell}}}", "{type: orthogonal, forget_gate_bias: 5}");
        Assert.Matches(@"layer 0: the gradient holds: (0\.9\d*|1\.0\d*) a step, and 59 steps back (\d+ % of it is there|it is \d\.\d times as large)", told);
        Assert.DoesNotContain("try ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_diagnosed_in_its_folder_with_chart_and_CSV()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "model.layers=2");
        var told = rnn.Done("diagnose", "tiny", "--split", "validation", "--steps", "20", "--batches", "1");
        var folder = Path.Combine(rnn.NewestRun(), "diagnosis");
        Assert.Contains(folder, told, StringComparison.Ordinal);
        Assert.Contains("examples of validation data, 19 steps back", told, StringComparison.Ordinal);
        Assert.Matches(@"saturated +i \d+ %, f \d+ %, g \d+ %, o \d+ %, tanh c \d+ %", told);
        var svg = XDocument.Load(Path.Combine(folder, "gradients.svg")).Root!;
        Assert.Equal(["layer 0", "layer 1"], svg.Elements().Where(text => text.Attribute("class")?.Value == "legend").Select(text => text.Value));
        var lines = File.ReadAllLines(Path.Combine(folder, "diagnosis.csv"));
        Assert.Equal("layer,direction,measure,of,steps_back,value", lines[0]);
        var norms = lines.Where(line => line.StartsWith("1,forward,gradient_norm,state,", StringComparison.Ordinal)).Select(line => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(20, norms.Length);
        Assert.All(norms, norm => Assert.True(norm > 0));
        foreach (var measure in new[] { "gradient_norm,c", "jacobian_norm,state", "saturated_share,f", "dead_units_share,output", "spectral_radius", "gradient_rate,state" })
        {
            Assert.Contains(lines, line => line.StartsWith($"0,forward,{measure}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Diagnosing_twice_gives_the_same_and_fused_and_unrolled_are_one_network()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var first = rnn.Done("diagnose", "tiny");
        Assert.Equal(first, rnn.Done("diagnose", "tiny"));
        Assert.Contains("checkpoint", first, StringComparison.Ordinal);
        Assert.Contains("first weights", rnn.Done("diagnose", rnn["config.yaml"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sequence_classification", "layer 0")]
    [InlineData("sequence_labeling", "layer 0", "layer 0 backward")] // in both directions, examples of different lengths
    [InlineData("sequence_regression", "layer 0")]
    public void Networks_that_read_examples_are_diagnosed_too(string config, params string[] layers)
    {
        Repository.RequireSources();
        using var rnn = new Rnn();
        var told = rnn.Done("diagnose", Path.Combine(Repository.Root, "configs", "smoke", $"{config}.yaml"));
        Assert.Equal(layers, told.Split('\n').Where(line => line.Contains(": the gradient", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
        Assert.DoesNotContain("NaN", told, StringComparison.Ordinal);
        var (exitCode, _, error) = rnn.Run("diagnose", Path.Combine(Repository.Root, "configs", "smoke", $"{config}.yaml"), "--steps", "5");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("examples have lengths of their own", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_networks_come_together_in_one_chart()
    {
        using var rnn = new Rnn();
        var other = rnn.Write("other.yaml", Rnn.Config.Replace("name: tiny", "name: other", StringComparison.Ordinal));
        rnn.Done("diagnose", rnn["config.yaml"], other, "--output", rnn["out"]);
        var svg = XDocument.Load(rnn["out/gradients.svg"]).Root!;
        Assert.Equal(["tiny", "other"], svg.Elements().Where(text => text.Attribute("class")?.Value == "legend").Select(text => text.Value));
        Assert.True(File.Exists(rnn["out/tiny/diagnosis.csv"]));
        Assert.True(File.Exists(rnn["out/other/gradients.svg"]));
    }

    [Theory]
    [InlineData("--batches: give 1 or more", "--batches", "0")]
    [InlineData("--steps: give 2 or more", "--steps", "1")]
    [InlineData("the weights belong to the first", "--set", "model.hidden_size=9")]
    public void A_mistake_is_one_line(string line, params string[] arguments)
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var (exitCode, _, error) = rnn.Run(["diagnose", "tiny", .. arguments]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains(line, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_recurrent_layers_is_refused()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("markov.yaml", Rnn.Config.Replace("cell: {type: lstm}", "cell: {type: markov, order: 4}", StringComparison.Ordinal));
        var (exitCode, _, error) = rnn.Run("diagnose", config);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("has no recurrent layers", error, StringComparison.Ordinal);
    }
}
