using System.Text.Json;
using System.Text.Json.Serialization;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Training;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>What of a training state goes into a checkpoint, and back.</summary>
public static class TrainingCheckpoint
{
    /// <summary>Before the name of a weight that training goes on with, where the model holds averages.</summary>
    private const string RawPrefix = "raw.";

    /// <summary>The state's own tensors, not copies: save them before the next step.</summary>
    public static CheckpointContents Of(TrainingState state) => new()
    {
        Step = state.Progress.Step,
        Model = [.. state.IsAveraged ? state.Average!.Tensors : Raw(state, ""), .. state.Model.Tables],
        Optimizer = state.IsAveraged ? [.. state.Optimizer.Memory, .. Raw(state, RawPrefix)] : state.Optimizer.Memory,
        Carried = state.Carried is null ? [] : [.. state.Carried.NamedTensors()],
        ProgressJson = JsonSerializer.Serialize(state.Progress, ProgressJson.Default.TrainingProgress),
        ValidationLoss = state.Progress.EvaluatedStep == state.Progress.Step ? state.Progress.ValidationLoss : null,
        Criterion = state.Progress.EvaluatedStep == state.Progress.Step ? state.Progress.Criterion : null,
    };

    /// <summary>Where a run stood at its newest checkpoint; null where there is none or it is damaged.</summary>
    public static TrainingProgress? NewestProgress(CheckpointStore checkpoints)
    {
        try
        {
            return checkpoints.NewestProgressJson() is { } json ? JsonSerializer.Deserialize(json, ProgressJson.Default.TrainingProgress) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts a saved state into a freshly built one, which must have the same shapes.</summary>
    /// <exception cref="UserMistakeException">The checkpoint belongs to another model or optimizer.</exception>
    public static void Restore(CheckpointContents saved, TrainingState state, Device device)
    {
        try
        {
            var model = saved.Model.ToDictionary(pair => pair.Name, pair => pair.Tensor);
            state.Model.TakeTables(model);
            var optimizer = saved.Optimizer.ToDictionary(pair => pair.Name, pair => pair.Tensor);
            var raw = optimizer.Where(pair => pair.Key.StartsWith(RawPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[RawPrefix.Length..], pair => pair.Value);
            ParameterLoading.Load(state.Precision.Parameters, raw.Count > 0 ? raw : model);
            if (raw.Count > 0) state.Average?.Restore(model);
            state.Precision.UpdateModel();
            state.Optimizer.Restore(optimizer);
            state.Progress = JsonSerializer.Deserialize(saved.ProgressJson, ProgressJson.Default.TrainingProgress)
                ?? throw new InvalidDataException("its progress is null");
            state.Precision.LossScale?.Restore(state.Progress.LossScale ?? new LossScaleState());
            state.Carry(saved.Carried.Count > 0
                ? state.Model.RestoreState(saved.Carried.ToDictionary(pair => pair.Name, pair => pair.Tensor.to(device)))
                : null);
        }
        catch (Exception mismatch) when (mismatch is InvalidDataException or JsonException or ArgumentException)
        {
            throw new UserMistakeException($"checkpoint {saved.Step} does not fit this configuration: {mismatch.Message}");
        }
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Raw(TrainingState state, string prefix) =>
        state.Precision.Parameters.Select(named => (prefix + named.Name, (Tensor)named.Parameter));
}

[JsonSerializable(typeof(TrainingProgress))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class ProgressJson : JsonSerializerContext;
