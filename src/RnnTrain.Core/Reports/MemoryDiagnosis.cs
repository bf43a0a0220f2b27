using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace RnnTrain.Reports;

/// <summary>What `rnn diagnose` measured of a network: how far back in time it can learn.</summary>
/// <param name="Layers">A row a layer and direction.</param>
/// <param name="Examples">How many examples it is the mean of.</param>
public sealed record MemoryDiagnosis(IReadOnlyList<LayerMemory> Layers, int Examples)
{
    /// <summary>How far from the first norm the chart shows others: beyond that they teach nothing, and would press the rest flat.</summary>
    private const double ChartRatio = 1e8;

    private static readonly string[] Columns = ["layer", "direction", "measure", "of", "steps_back", "value"];

    /// <summary>Steps looked back.</summary>
    public int Steps => Layers.Max(layer => layer.GradientNorms.Count) - 1;

    /// <summary>A gradient explodes where one layer's does; it reaches as far back as the layer reaches that holds it best.</summary>
    public MemoryVerdict Verdict
    {
        get
        {
            var verdicts = Layers.Select(layer => layer.Reach.Verdict).ToArray();
            if (verdicts.Contains(MemoryVerdict.Exploding)) return MemoryVerdict.Exploding;
            return verdicts.All(verdict => verdict == MemoryVerdict.Vanishing) ? MemoryVerdict.Vanishing : MemoryVerdict.Holding;
        }
    }

    /// <summary>A line a layer: the norm of the gradient, on a logarithmic axis, against the steps back.</summary>
    /// <param name="name">What was measured.</param>
    public LineChart Chart(string name) => Chart([(name, this)]);

    /// <summary>The same of several networks in one chart.</summary>
    public static LineChart Chart(IReadOnlyList<(string Name, MemoryDiagnosis Diagnosis)> networks) => new()
    {
        Title = $"how far back the last loss reaches{(networks.Count == 1 ? $": {networks[0].Name}" : "")}",
        XLabel = "steps back from the loss",
        YLabel = "‖∂loss/∂state‖, mean over examples",
        YScale = AxisScale.Logarithmic,
        YRange = RangeOf([.. networks.SelectMany(network => network.Diagnosis.Layers.Select(layer => layer.GradientNorms[0])).Where(norm => norm > 0)]),
        Description = string.Join(" ", networks.SelectMany(network => network.Diagnosis.Layers
            .Select(layer => $"{NameOf(network, layer, networks.Count)}: {MemoryAdvice.Sentence(layer.Reach)}."))),
        Lines =
        [
            .. networks.SelectMany(network => network.Diagnosis.Layers.Select(layer =>
                new ChartLine(NameOf(network, layer, networks.Count), [.. layer.GradientNorms.Select((norm, back) => ((double)back, norm))]))),
        ],
    };

    /// <summary>Everything as tidy CSV: layer, direction, measure, of, steps_back (empty where it is of no single step), value.</summary>
    public string ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (var column in Columns) csv.WriteField(column);
            csv.NextRecord();
            foreach (var layer in Layers)
            {
                foreach (var (measure, of, back, value) in Rows(layer))
                {
                    csv.WriteField(layer.Layer);
                    csv.WriteField(layer.IsBackward ? "backward" : "forward");
                    csv.WriteField(measure);
                    csv.WriteField(of);
                    csv.WriteField(back);
                    csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
                    csv.NextRecord();
                }
            }
        }
        return text.ToString();
    }

    private static (double Least, double Most)? RangeOf(double[] first) => first.Length == 0 ? null : (first.Min() / ChartRatio, first.Max() * ChartRatio);

    private static string NameOf((string Name, MemoryDiagnosis Diagnosis) network, LayerMemory layer, int networks) => networks == 1
        ? layer.Name
        : network.Diagnosis.Layers.Count == 1 ? network.Name : $"{network.Name}, {layer.Name}";

    private static IEnumerable<(string Measure, string Of, int? StepsBack, double Value)> Rows(LayerMemory layer)
    {
        var reach = layer.Reach;
        for (var back = 0; back < layer.GradientNorms.Count; back++) yield return ("gradient_norm", "state", back, layer.GradientNorms[back]);
        foreach (var (part, norms) in layer.PartNorms)
        {
            for (var back = 0; back < norms.Count; back++) yield return ("gradient_norm", part, back, norms[back]);
        }
        foreach (var (back, value) in layer.JacobianNorms) yield return ("jacobian_norm", "state", back, value);
        foreach (var (gate, share) in layer.Saturation) yield return ("saturated_share", gate, null, share);
        yield return ("dead_units_share", "output", null, layer.DeadUnits);
        foreach (var (block, value) in layer.SpectralRadii) yield return ("spectral_radius", block, null, value);
        yield return ("gradient_rate", "state", null, reach.Rate);
        if (reach.Horizon is { } horizon) yield return (reach.HorizonIsMeasured ? "horizon" : "horizon_extrapolated", "state", null, horizon);
    }
}
