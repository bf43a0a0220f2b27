using System.Globalization;
using RnnTrain.Cells;
using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tensors;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.Optimizers;

namespace RnnTrain.Commands;

/// <summary>A model in numbers, for people: layers, shapes, parameters, multiply-adds, memory.</summary>
public static class ModelReport
{
    private const double Mebibyte = 1024 * 1024;

    /// <param name="output">Where it is written.</param>
    /// <param name="config">The experiment.</param>
    /// <param name="summary">Its model; null for one that counts.</param>
    /// <param name="batch">Examples or lanes of a training batch, and its time steps.</param>
    public static void Write(TextWriter output, ExperimentConfig config, ModelSummary? summary, (int BatchSize, int Steps) batch)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        if (summary is null)
        {
            Line($"model            {CellTable.Cells.NameOf(config.Model.Cell)}: counts, no network");
            return;
        }
        foreach (var layer in summary.Layers)
        {
            Line($"layer {layer.Layer,-10} {layer.Cell}, {layer.InputSize} → {layer.HiddenSize}{(layer.Directions == 2 ? " in each direction" : "")}, {layer.Path}: {layer.Reason}");
        }
        foreach (var parameter in summary.Parameters) Line($"  {parameter.Name,-26} [{string.Join(", ", parameter.Shape)}] = {parameter.Count:N0}");
        Line($"parameters       {summary.ParameterCount:N0}");
        Line($"multiply-adds    {summary.MultiplyAddsPerToken:N0} a time step, forward");
        Line($"precision        {Describe(config.Precision)}");
        using var optimizer = OptimizerTable.Optimizers.Create(config.Training.Optimizer, []);
        var remembered = optimizer.BuffersPerParameter + (AverageTable.Create(config.Training) is null ? 0 : 1);
        var memory = summary.Memory(batch.BatchSize / config.Training.Accumulate, batch.Steps, remembered, config.Precision);
        Line($"memory           {memory.Total / Mebibyte:N1} MiB at least: parameters {memory.Parameters / Mebibyte:N1}, gradients {memory.Gradients / Mebibyte:N1}, optimizer {memory.OptimizerState / Mebibyte:N1}, activations {memory.Activations / Mebibyte:N1}");
    }

    /// <summary>The tables of a model that counts, as its last checkpoint holds them; only that knows their sizes.</summary>
    public static void WriteTables(TextWriter output, CheckpointStore checkpoints)
    {
        using var saved = checkpoints.LoadModel("last");
        foreach (var (name, table) in saved.Model) output.WriteLine(FormattableString.Invariant($"  {name,-26} [{table.numel()}] = {table.numel():N0}"));
        output.WriteLine(FormattableString.Invariant($"numbers          {saved.Model.Sum(named => named.Tensor.numel()):N0}"));
    }

    private static string Describe(Precision precision) => precision switch
    {
        Precision.Fp32 => "fp32",
        Precision.Tf32 => "tf32: numbers of 32 bits, their products in TF32",
        Precision.Bf16 => "bf16: recurrent and output layers; embedding, loss, trained weights and optimizer in fp32",
        _ => $"{precision.Name()}: recurrent and output layers; embedding, loss, trained weights and optimizer in fp32; the loss is scaled",
    };
}
